"""WP112: whoever is asked which of two things they mean finds both on the buttons."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Edits, Part, Rule, Violation
from bot.checks.subject import Subject
from bot.dialogue.places import WHICH


def look(subject: Subject) -> Iterator[Violation]:
    """Every choice that typed words can bring up: each flow among what they may mean, on a button of its own."""
    content = subject.content
    told: set[str] = set()
    for stand, sighting in subject.exploration.sightings.items():
        if stand.step != WHICH or stand.typed is None:
            continue
        led_to = {move.step.flow for move in sighting.moves}
        for target in stand.typed.other:
            flow = content.flows.get(target.flow)
            if flow is None or flow.id in led_to or flow.id in told:
                continue
            told.add(flow.id)
            message = f"words that may be about `{flow.id}` bring up a choice without a button for it"
            yield Violation(flow.place, message, flow.id, subject.exploration.situation(stand))


_OTHER = """\
flow: other
title: Another subject that a neighbour may come with
risk: concern
start: begin
steps:
  begin:
    say: Thank you for telling me.
    signpost: {topic: listening}
    choices:
      - {label: That is all, go: topic.last}
"""

_PHRASES = (
    "phrases: [talk to someone]}",
    "phrases: [talk to someone]}\n  other: {go: other, phrases: [neighbour shouts]}",
)


def _talk(*choices: str) -> str:
    buttons = "".join(f"      - {choice}\n" for choice in choices)
    return (
        "flow: small_talk\ntitle: A few kind words\nrisk: none\nstart: begin\nsteps:\n"
        f"  begin:\n    say: These are the subjects that I know.\n    choices:\n{buttons}"
        "  which:\n    say: Your words fit more than one thing.\n    ask: Which is nearest?\n"
        "    choices:\n      - {label: All subjects, go: begin}\n"
    )


def _pack(*choices: str) -> Edits:
    return {
        "flows/other.yaml": _OTHER,
        "flows/phrases/en.yaml": _PHRASES,
        "flows/small_talk.yaml": _talk("{label: I want to talk, go: topic}", *choices),
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n      - {label: All subjects, go: small_talk}\n"
            "      - {label: Go on, go: other.begin}\n",
        ),
    }


RULE = Rule(
    code="WP112",
    severity=Severity.ERROR,
    title="When typed words fit two subjects, each of them is on a button",
    why="Who is asked which of two things they mean, and does not find theirs, has been misunderstood twice.",
    fix="Name this flow on a choice of `small_talk` or `menu`, whose label is used then, or give it a short title.",
    part=Part.SCREENS,
    look=look,
    breaks=_pack(),
    mends=_pack("{label: A neighbour worries me, go: other}"),
)
