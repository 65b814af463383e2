"""WP704: no two buttons of a screen say the same."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.looks_alike import skeleton
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.written_choice import written_choice
from bot.content.errors import Place


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen in every language. To a hurried eye, capitals, spaces, signs and look-alike letters are the same."""
    yield from _explored(subject)
    for spoken in subject.spoken[1:]:
        for seen in spoken.at_views():
            said = [skeleton(button.label) for button in seen.screen.buttons]
            if len(named := [one for one in said if one]) == len(set(named)):
                continue
            twice = {one for one in named if named.count(one) > 1}
            label = next(one.label for one in reversed(seen.screen.buttons) if skeleton(one.label) in twice)
            place = spoken.place_of_label(seen.step, label)
            yield spoken.violation(seen.step.id, f"two buttons of `{seen.step.id}` say `{label}`", place, seen.stand)


def _explored(subject: Subject) -> Iterator[Violation]:
    skeletons: dict[str, str] = {}
    for stand, sighting, step in subject.exploration.at_views():
        places: dict[str, Place] = {}
        for move in sighting.moves:
            label = move.button.label
            said = skeletons.get(label) or skeletons.setdefault(label, skeleton(label))
            if not said:
                continue
            choice = written_choice(step, move, stand.answers)
            place = choice.place if choice is not None else step.place
            if said in places:
                # The author can change their own choice, not the engine's button.
                place = place if choice is not None else places[said]
                message = f"two buttons of `{step.id}` say `{move.button.label}`"
                yield Violation(place, message, str(step.id), subject.exploration.situation(stand))
            places[said] = place


RULE = Rule(
    code="WP704",
    severity=Severity.ERROR,
    title="No two buttons of a screen say the same",
    why="Two buttons alike make somebody guess, and one of the two guesses is wrong.",
    fix="Say on each button what sets it apart from the other. *Back* and the like are the engine's own.",
    part=Part.SCREENS,
    look=look,
    breaks={"flows/topic.yaml": ("label: Show me that again,", "label: That is all,")},
    mends={"flows/topic.yaml": ("label: Show me that again,", "label: Show me the first page,")},
)
