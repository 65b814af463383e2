"""WP210: Yes and No below a question about safety lead where they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Choice, Content, Step
from bot.content.schema import Risk
from bot.content.text import Span
from bot.dialogue.places import EMERGENCY

_GRAVITY: Final = {Risk.NONE: 0, Risk.CONCERN: 1, Risk.HIGH: 2, Risk.IMMEDIATE: 3}
_WORD: Final = re.compile(r"[a-z]+")

_WELL: Final = frozenset({"safe", "safely", "okay", "ok", "alright"})
"""Who says no to these is in danger."""

_SURE: Final = re.compile(r"no,? (?:not|never|i['’]?m not)\b|no\W*$|not really\b", re.IGNORECASE)
"""Two such answers to one question say the same, and lead to different places."""

_ILL: Final = frozenset(
    [
        "danger",
        "dangerous",
        "risk",
        "hurt",
        "hurting",
        "harm",
        "harming",
        "unsafe",
        "suicide",
        "suicidal",
        "kill",
        "killing",
        "die",
        "dying",
        "bleeding",
        "afraid",
        "threatening",
        "threatened",
        "weapon",
        "missing",
        "overdose",
    ]
)
"""Who says yes to these is."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every question in English with a choice that begins with yes and one that begins with no.

    What is asked about well-being is graver when denied, what is asked about danger when confirmed. Of two choices as
    grave as each other, the one that leads into a flow named in the question has to be the graver one. Where a flow is
    named, the graver choice leads there or to the emergency screen.
    """
    if subject.content.default_language != "en":
        return
    for step in subject.content.steps.values():
        question = _question(step)
        yes, no = (_beginning(step.choices, word) for word in ("yes", "no"))
        if yes and no and not question:
            yield Violation(yes.place, f"`{yes.label}` answers, and no question is asked", str(step.id))
        if twice := [choice for choice in step.choices if _SURE.match(choice.label)][1:]:
            yield Violation(twice[0].place, f"`{twice[0].label}` says the same as a choice above it", str(step.id))
        if yes is None or no is None or not question & (_WELL | _ILL):
            continue
        graver, other = (no, yes) if question & _WELL else (yes, no)
        named = question & subject.content.flows.keys()
        if named and graver.target.flow not in {*named, EMERGENCY}:
            message = f"`{graver.label}` does not lead to `{'` or `'.join(sorted(named))}`, which the question names"
            yield Violation(graver.place, message, str(step.id))
            continue
        if _gravity(graver, question, subject.content) < _gravity(other, question, subject.content):
            message = f"`{other.label}` leads to `{other.target}`, which is graver than `{graver.target}`, where "
            yield Violation(graver.place, f"{message}`{graver.label}` leads", str(step.id))


def _question(step: Step) -> frozenset[str]:
    parts = [part for _, lines in (step.ask.blocks if step.ask else ()) for line in lines for part in line]
    return frozenset(_WORD.findall(" ".join(part.text for part in parts if isinstance(part, Span)).lower()))


def _beginning(choices: Sequence[Choice], word: str) -> Choice | None:
    found = [choice for choice in choices if _WORD.findall(choice.label.lower())[:1] == [word]]
    return found[0] if len(found) == 1 else None


def _gravity(choice: Choice, question: frozenset[str], content: Content) -> tuple[int, bool]:
    step = content.steps.get(choice.target)
    return (_GRAVITY[step.risk] if step is not None else 0, choice.target.flow in question)


_ASKED = (
    "      - {label: What comes next, go: second}\n  second:",
    "    ask: Are you safe right now?\n    choices:\n"
    "      - {label: Yes I am, go: %s}\n      - {label: No I am not, go: %s}\n  second:",
)


def _asking(yes: str, no: str) -> tuple[str, str]:
    return ("    choices:\n" + _ASKED[0], _ASKED[1] % (yes, no))


RULE = Rule(
    code="WP210",
    severity=Severity.ERROR,
    title="Yes and No below a question about safety lead where they say",
    why="Two buttons that were exchanged by a slip send whoever is in danger on as if nothing were the matter.",
    fix="Exchange where the two choices lead, or ask in other words.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": _asking("emergency", "second")},
    mends={"flows/topic.yaml": _asking("second", "emergency")},
)
