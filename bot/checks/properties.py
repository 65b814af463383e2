"""Everything that a finding can be about: the rules, and the few properties that no rule can look for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.checks.finding import Severity
from bot.checks.rule import Edits
from bot.checks.rules import all_rules


class Property(Protocol):
    """What a code stands for. Every `bot.checks.rule.Rule` is one."""

    @property
    def code(self) -> str:
        """Stable for ever: ``WP`` and three digits."""

    @property
    def severity(self) -> Severity:
        """How much its findings count."""

    @property
    def title(self) -> str:
        """What holds, in a short statement."""

    @property
    def why(self) -> str:
        """What would happen to people if it did not."""

    @property
    def fix(self) -> str:
        """What an author does about a finding."""

    @property
    def breaks(self) -> Edits:
        """An edit of the example content that violates it."""

    @property
    def mends(self) -> Edits:
        """A similar edit that does not."""

    @property
    def silenceable(self) -> bool:
        """Whether its findings can be accepted at their place."""


@dataclass(frozen=True, slots=True)
class OwnProperty:
    """A property that no rule looks for, because loading, the acceptances or older content are needed to see it."""

    code: str
    severity: Severity
    title: str
    why: str
    fix: str
    breaks: Edits = field(repr=False)
    mends: Edits = field(repr=False)
    silenceable: bool = False


_ACCEPTED: Final = "    accept: [{{code: {code}, because: {because}, by: our editor, until: {until}}}]\n"
_LAST_STEP: Final = "  last:\n"


def _accepting(code: str, until: str) -> Edits:
    written = _ACCEPTED.format(code=code, because="Ends well", until=until)
    return {"flows/topic.yaml": (_LAST_STEP, _LAST_STEP + written)}


LOADS: Final = OwnProperty(
    code="WP001",
    severity=Severity.ERROR,
    title="The content loads",
    why="What cannot be read cannot be shown, so nothing of it goes live.",
    fix="Mend the line; docs/writing.md shows how everything is written.",
    breaks={"flows/topic.yaml": ("go: second", "go: secund")},
    mends={"flows/topic.yaml": ("label: What comes next", "label: What happens next")},
)

ACCEPTANCES_COUNT: Final = OwnProperty(
    code="WP002",
    severity=Severity.WARNING,
    title="Every acceptance is in force and silences something",
    why="An old permission to ignore a finding would hide the next, different one at the same place.",
    fix="Remove the `accept`, or look at the finding again and give it a new reason and a new date.",
    breaks=_accepting("WP401", "2026-03-31"),
    mends={"flows/topic.yaml": ("say: You asked for help", "say: Well done. You asked for help")},
)

ACCEPTABLE: Final = OwnProperty(
    code="WP003",
    severity=Severity.ERROR,
    title="What may never be accepted is not accepted",
    why="Some properties keep people from harm so directly that nobody may sign them away.",
    fix="Remove the `accept` and mend what the rule finds.",
    breaks=_accepting("WP101", "2027-03-31"),
    mends={"flows/topic.yaml": ("say: You asked for help", "say: Well done. You asked for help")},
)

ACCEPTED_FOR_A_YEAR: Final = OwnProperty(
    code="WP004",
    severity=Severity.ERROR,
    title="No acceptance counts for more than a year",
    why="Whoever signs today may be gone in a year, and nobody would ever ask again.",
    fix="Set `until` to a day within the coming year; whoever is there then looks at it again.",
    breaks=_accepting("WP401", "2029-03-31"),
    mends={"flows/topic.yaml": ("say: You asked for help", "say: Well done. You asked for help")},
)

BUTTONS_KEEP_THEIR_MEANING: Final = OwnProperty(
    code="WP601",
    severity=Severity.ERROR,
    title="No button already sent means something else now",
    why="Buttons stay in people's chats for years. Somebody who presses one must get what it promised, or be told "
    "kindly that it is gone; never something they did not ask for.",
    fix="Give the new meaning an id (or a code) of its own. If the old one has a successor, name that in `moved_to`.",
    breaks={
        "flows/topic.yaml": (
            "    say: You are doing well. One small step is enough.\n    signpost: {topic: listening, at_most: 3}\n",
            "    say: Ring if somebody nearby could be hurt tonight.\n"
            "    signpost: {topic: immediate_danger, at_most: 2}\n",
        )
    },
    mends={"flows/topic.yaml": ("One small step is enough.", "One small step at a time is enough.")},
    silenceable=True,
)

NOTHING_LIGHTER_UNSEEN: Final = OwnProperty(
    code="WP602",
    severity=Severity.WARNING,
    title="Nothing became less grave since the older content without anybody seeing it",
    why="A lowered risk, services taken off a screen and buttons that were exchanged, in whatever language, all read "
    "well by themselves. Only beside what was there before can somebody see that it was a slip.",
    fix="Look at the change once more. If it is meant, there is nothing to do: the next older content has it.",
    breaks={
        "flows/topic.yaml": (
            "    say: You are doing well. One small step is enough.\n    signpost: {topic: listening, at_most: 3}\n",
            "    say: You are doing well. One small step is enough.\n",
        )
    },
    mends={"flows/topic.yaml": ("One small step is enough.", "One small step at a time is enough.")},
    silenceable=True,
)

OWN: Final = (
    LOADS,
    ACCEPTANCES_COUNT,
    ACCEPTABLE,
    ACCEPTED_FOR_A_YEAR,
    BUTTONS_KEEP_THEIR_MEANING,
    NOTHING_LIGHTER_UNSEEN,
)


def all_properties() -> tuple[Property, ...]:
    """The rules and our own, by code."""
    properties: list[Property] = [*all_rules(), *OWN]
    return tuple(sorted(properties, key=lambda found: found.code))
