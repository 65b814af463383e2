"""Every button that older content could have sent, pressed on the engine of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.checks.finding import Finding, Situation
from bot.checks.grouping import Grouping
from bot.checks.places import Stand
from bot.checks.properties import BUTTONS_KEEP_THEIR_MEANING, NOTHING_LIGHTER_UNSEEN, OwnProperty
from bot.checks.sent import changes
from bot.checks.sent.judgement import Judge, answer_complaint
from bot.checks.sent.meaning import meanings
from bot.checks.sent.memory import Memory, sent_answers
from bot.checks.sent.things import Facets, Thing, changed, place, things
from bot.checks.sent.translated import other_words
from bot.content.errors import Place
from bot.content.identity import step_hash
from bot.content.model import Content, StepId, holds
from bot.dialogue.engine import Engine
from bot.dialogue.state import State
from bot.dialogue.token import Encoder, Gone, decode


class Landing(StrEnum):
    """Where an old button leads."""

    SAME = "the same words"
    CHANGED = "the same step with changed words"
    SUCCESSOR = "the step named under moved_to"
    ASIDE = "another step, since this one was not for them then either"
    RESTART = "the beginning, with a word of explanation"
    ELSEWHERE = "something else"


@dataclass(frozen=True, slots=True)
class Landings:
    """How many states of which older content land where. ``successors`` and ``gone`` name the steps."""

    name: str
    fingerprint: str
    counts: Mapping[Landing, int]
    successors: Mapping[StepId, StepId]
    gone: tuple[StepId, ...]
    findings: tuple[Finding, ...]


def press_all(memory: Memory, engine: Engine, now: datetime, progress: Callable[[str], None]) -> Landings:
    """Press everything that ``memory`` holds at ``now``, and judge whether it still means what it meant."""
    content = engine.content
    pressing = _Pressing(memory, engine, now)
    counts: Counter[Landing] = Counter()
    landed: dict[StepId, set[Landing]] = {}
    for number, stand in enumerate(memory.all_places()):
        if number % 5000 == 0:
            progress(f"{number} old buttons")
        landing = pressing.land(stand)
        counts[landing] += 1
        landed.setdefault(stand.step, set()).add(landing)
    successors = {
        step: content.moved_by_hash[step_hash(step.flow, step.step)]
        for step, found in landed.items()
        if Landing.SUCCESSOR in found
    }
    gone = tuple(sorted(step for step in landed if step not in content.steps and step not in successors))
    findings = (*pressing.findings, *_answer_findings(memory, content))
    findings = (*findings, *_moved_elsewhere(memory, content), *_lighter(memory, content))
    ordered = {landing: counts[landing] for landing in Landing if counts[landing]}
    return Landings(memory.name, memory.fingerprint, ordered, successors, gone, findings)


@dataclass
class _Pressing:
    """Presses old buttons. States whose screens cannot differ are drawn once."""

    memory: Memory
    engine: Engine
    now: datetime
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        content = self.engine.content
        before = {**self.memory.retired, **self.memory.steps}
        after = meanings(content)
        judge = Judge(before, after)
        self._encoder = Encoder(content)
        self._grouping = Grouping(self.engine, self.now)
        self._unchanged = {id_ for id_ in before if id_ in after and before[id_].digest == after[id_].digest}
        facets = things(content)
        self._conditioned = self._unchanged | {
            id_
            for id_ in before
            if (thing := ("step", str(id_))) in facets and _when(facets, thing) == _when(self.memory.things, thing)
        }
        """Steps with the conditions that they had: who does not see one now did not see it then."""
        self._complaints = {id_: judge.complaint(id_, before[id_], after[id_]) for id_ in before if id_ in after}
        self._shown: dict[object, StepId] = {}
        self._told: set[StepId] = set()

    def land(self, stand: Stand) -> Landing:
        """Where the button to a place leads."""
        step, content = stand.step, self.engine.content
        token = self._encoder.encode(State(step, stand.view, stand.answers))
        there = decode(token, self.engine.content)
        if isinstance(there, Gone):
            self._show(token, ("gone", there.flow, there.state.answers))
            return Landing.RESTART
        shown = self._show(token, self._grouping.key(Stand(there.step, there.view, there.answers)))
        if there.step != step:
            if step_hash(step.flow, step.step) in self.engine.content.moved_by_hash:
                return Landing.SUCCESSOR
            return self._elsewhere(step, there.step, token, f"a button to `{step}` now leads to `{there.step}`")
        if complaint := self._complaints.get(step, ""):
            return self._elsewhere(step, step, token, complaint)
        if shown != step:
            hidden_then = step in self._conditioned and not holds(content.steps[step].when, dict(stand.answers))
            return Landing.ASIDE if hidden_then else Landing.RESTART
        return Landing.SAME if step in self._unchanged else Landing.CHANGED

    def _show(self, token: str, key: object) -> StepId:
        if key not in self._shown:
            self._shown[key] = self.engine.press(token, self.now).state.step
        return self._shown[key]

    def _elsewhere(self, old: StepId, new: StepId, token: str, complaint: str) -> Landing:
        if old not in self._told:
            self._told.add(old)
            place = self.engine.content.steps[new].place
            self.findings.append(_finding(place, complaint, str(new), Situation((f"token {token}",))))
        return Landing.ELSEWHERE


def _when(of: Mapping[Thing, Facets], thing: Thing) -> str:
    return of.get(thing, {}).get("when", "")


def _lighter(memory: Memory, content: Content) -> Iterator[Finding]:
    """What is less grave, or for others, than in the older content."""
    for step, message in changes.lighter(memory.steps, meanings(content), content.services):
        yield _finding(content.steps[step].place, message, str(step), about=NOTHING_LIGHTER_UNSEEN)
    for thing, facet, message in changed(memory.things, things(content)):
        yield _finding(place(thing, facet, content), message, thing[1], about=NOTHING_LIGHTER_UNSEEN)
    for other in other_words(memory.things, content):
        about = BUTTONS_KEEP_THEIR_MEANING if other.taken and other.answer else NOTHING_LIGHTER_UNSEEN
        yield _finding(other.place, other.message, other.about, about=about)


def _moved_elsewhere(memory: Memory, content: Content) -> Iterator[Finding]:
    """Buttons of steps that were gone already then, and whose successor is another one now."""
    for hash_, was in memory.moved.items():
        now = content.moved_by_hash.get(hash_)
        followed = content.moved_by_hash.get(step_hash(was.flow, was.step), was)
        if now is None and was in content.steps:
            message = f"buttons of a step that is gone led to `{was}` (`moved_to`), and begin anew now"
            yield _finding(content.steps[was].place, message, str(was), about=NOTHING_LIGHTER_UNSEEN)
        elif now is not None and now not in {was, followed} and (was in content.steps or followed != was):
            message = f"buttons of a step that is gone led to `{was}` (`moved_to`), and lead to `{now}` now"
            yield _finding(content.steps[now].place, message, str(now))


def _answer_findings(memory: Memory, content: Content) -> Iterator[Finding]:
    """Codes that now say something about a person which that person never said."""
    after = sent_answers(content)
    for codes, old in memory.answers.items():
        if codes in after and (complaint := answer_complaint(codes, old, after[codes], memory.answers.values())):
            answer = content.answers_by_code[codes[0]]
            value = answer.value(codes[1])
            yield _finding(value.place if value else answer.place, complaint)


def _finding(
    place: Place,
    message: str,
    at: str = "",
    situation: Situation | None = None,
    *,
    about: OwnProperty = BUTTONS_KEEP_THEIR_MEANING,
) -> Finding:
    return Finding(about.code, about.severity, place, message, about.fix, at, situation)
