"""WP206: no more than four services on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.dialogue.places import EMERGENCY
from bot.dialogue.signposting import MOST_CARDS


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen but those of the emergency flow."""
    for stand, sighting, step in subject.exploration.at_steps():
        count = len(sighting.screen.cards)
        if count > MOST_CARDS and step.id.flow != EMERGENCY:
            message = f"`{step.id}` shows {count} services"
            yield Violation(step.place, message, str(step.id), subject.exploration.situation(stand))


RULE = Rule(
    code="WP206",
    severity=Severity.ERROR,
    title="At most four services stand on a screen",
    why="A frightened person who must choose among many chooses none.",
    fix="Lower `at_most` to 4 or fewer.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "{topic: listening, at_most: 3}\n    end",
            "{services: [childline, samaritans, report_remove, iwf_report, emergency_999], at_most: 6}\n    end",
        )
    },
    mends={
        "flows/topic.yaml": (
            "{topic: listening, at_most: 3}\n    end",
            "{services: [childline, samaritans, report_remove, iwf_report], at_most: 4}\n    end",
        )
    },
)
