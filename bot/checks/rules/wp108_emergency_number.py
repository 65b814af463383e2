"""WP108: the number to ring is at most one press away."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

from bot.checks.exploration import Exploration
from bot.checks.finding import Severity
from bot.checks.places import Answers, Stand
from bot.checks.rule import Part, Rule, Violation
from bot.checks.spoken import Spoken
from bot.checks.subject import Subject
from bot.content.model import NATION, OUTSIDE, Content
from bot.content.service_schema import Kind, Status
from bot.dialogue.places import EMERGENCY, LEAVE
from bot.dialogue.screen import Screen
from bot.dialogue.state import State


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen but the one after leaving, for the nation of each person who can meet it.

    In another language the emergency screen, which WP101 finds one press from every screen, has to say the number; and
    so has the emergency card of whoever cannot read all of it.
    """
    yield from _explored(subject)
    for spoken in subject.spoken[1:]:
        yield from _in_language(spoken, subject)


def _explored(subject: Subject) -> Iterator[Violation]:
    exploration = subject.exploration
    nation_code = (subject.content.answers[NATION].code,)
    numbers = _Numbers(subject.content)
    emergency = subject.content.flows[EMERGENCY]
    known: dict[tuple[Hashable, str], bool] = {}

    def tells(stand: Stand, nation: str) -> bool:
        key = exploration.grouping.key(stand)
        if (key, nation) not in known:
            known[key, nation] = numbers.stand_on(_screen(stand, exploration), nation)
        return known[key, nation]

    for group, sighting in exploration.sightings.items():
        if group.step == LEAVE:
            continue
        drawn = subject.content.steps.get(sighting.screen.state.step)
        for stand in exploration.different(group, nation_code):
            nation = numbers.nation(stand.answers)
            moves = (move for move in sighting.moves if move.step == emergency.start)
            if any(tells(move.after(stand.answers), nation) for move in moves) or tells(stand, nation):
                continue
            yield Violation(
                drawn.place if drawn else emergency.place,
                f"from `{sighting.screen.state.step}`, no emergency number of {nation or 'the United Kingdom'} is "
                "within one press",
                str(sighting.screen.state.step),
                subject.exploration.situation(stand),
            )


def _in_language(spoken: Spoken, subject: Subject) -> Iterator[Violation]:
    content, numbers = subject.content, _Numbers(subject.content)
    codes = (content.answers[NATION].code,)
    start = content.flows[EMERGENCY].start
    for seen in spoken.at_steps():
        if seen.step.id != start:
            continue
        for stand in subject.exploration.different(seen.stand, codes):
            nation = numbers.nation(stand.answers)
            if not numbers.stand_on(seen.screen, nation):
                message = f"`{start}` shows no emergency number of {nation or 'the United Kingdom'}"
                yield spoken.violation(start, message, spoken.place(seen.step), stand)
    for card in spoken.cards:
        nation = numbers.nation(card.state.answers)
        if not numbers.stand_on(card, nation):
            message = f"the emergency card shows no emergency number of {nation or 'the United Kingdom'}"
            key = "notice_immediate_outside" if nation == OUTSIDE else "notice_immediate"
            yield spoken.on_card(card, message, key)


def _screen(stand: Stand, exploration: Exploration) -> Screen:
    """What is shown there, drawn for this very place if a quick exploration left it out."""
    try:
        return exploration.sightings[exploration.group(stand)].screen
    except KeyError:
        return exploration.engine.draw(State(stand.step, stand.view, stand.answers), exploration.now)


class _Numbers:
    """Each emergency number that can be rung, and the nations it belongs to."""

    def __init__(self, content: Content) -> None:
        self._answer = content.answers[NATION]
        self._kingdom = frozenset(value.id for value in self._answer.values) - {OUTSIDE}
        self._numbers = [
            (re.compile(rf"(?<!\d)(?<!\d ){re.escape(phone.number)}(?! ?\d)"), frozenset(service.facts.nations))
            for service in content.services.values()
            if service.facts.kind is Kind.EMERGENCY and service.facts.status is Status.ACTIVE
            for phone in service.facts.phones
            if not phone.type.is_text
        ]

    def nation(self, answers: Answers) -> str:
        """The person's nation, empty where it is not known."""
        value = self._answer.value(dict(answers).get(self._answer.code, 0))
        return value.id if value is not None else ""

    def stand_on(self, screen: Screen, nation: str) -> bool:
        """Whether a number for this nation can be read there; where none is known, for each one in the kingdom."""
        blocks = [*screen.blocks, *screen.question, *(block for card in screen.cards for block in card.blocks)]
        words = "\n".join(block.plain for block in blocks)
        served = {place for number, nations in self._numbers if number.search(words) for place in nations}
        return nation in served if nation else served >= self._kingdom


RULE = Rule(
    code="WP108",
    severity=Severity.ERROR,
    title="An emergency number is at most one press away",
    why="In danger there is time for one press, and the number must be right for the place where one is.",
    fix="Keep the number in the shared texts `notice_immediate…` or the signpost at the start of the flow `emergency`.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "resources.yaml": (
            "nations: [england, wales, scotland, northern_ireland]\n    topics: {immediate_danger: 1}",
            "nations: [england, wales, scotland]\n    topics: {immediate_danger: 1}",
        )
    },
    mends={
        "resources.yaml": (
            "nations: [england, wales, scotland, northern_ireland]\n    topics: {immediate_danger: 1}",
            "nations: [northern_ireland, scotland, wales, england]\n    topics: {immediate_danger: 1}",
        )
    },
    silenceable=False,
)
