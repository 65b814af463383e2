"""WP103: whatever one chooses, help or an end can still be reached by choosing on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.places import Move, Node, Stand, numbers_in
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Content
from bot.dialogue.screen import Screen


def look(subject: Subject) -> Iterator[Violation]:
    """Everybody who sees no services, backwards from those who do: whoever is never met has no way out."""
    journeys, places = subject.journeys, subject.exploration.places
    leading = journeys.backwards()
    helped: dict[Node, int] = {}
    todo: deque[Node] = deque()

    def help_(group: Stand, people: int) -> None:
        node = (group.step, group.view)
        new = people & ~helped.get(node, 0)
        if new:
            helped[node] = helped.get(node, 0) | new
            if node not in todo:
                todo.append(node)

    for group, sighting, people in journeys.groups():
        # Where nothing leads on, it is a dead end that WP102 tells of, or one can only go back.
        if _arrived(sighting.screen, subject.content) or not journeys.onward(group):
            help_(group, people)
    while todo:
        node = todo.popleft()
        for group, move in leading.get(node, ()):
            help_(group, _who_come(group, move, helped[node], subject))
    for group, sighting, people in journeys.groups():
        lost = people & ~helped.get((group.step, group.view), 0)
        step = subject.content.steps.get(sighting.screen.state.step)
        if lost and step is not None:
            yield Violation(
                step.place,
                f"from `{step.id}` no choice ever comes to services or to an end",
                str(step.id),
                subject.exploration.situation(next(places.stands((group.step, group.view), lost))),
            )


def _who_come(group: Stand, move: Move, there: int, subject: Subject) -> int:
    """Those in a group whom a button leads to ``there``, some people at the place behind it."""
    people = subject.exploration.people(group)
    if subject.quick:  # whom it left out, those who were met there stand for
        return people
    if not move.given:
        return people & there
    combinations = subject.exploration.places.combinations
    return sum(1 << number for number in numbers_in(people) if there >> combinations.after(number, move.given) & 1)


def _arrived(screen: Screen, content: Content) -> bool:
    step = content.steps.get(screen.state.step)
    return bool(screen.cards) or (step is not None and step.end)


RULE = Rule(
    code="WP103",
    severity=Severity.ERROR,
    title="No way goes round in circles without coming to help",
    why="Somebody who is led round in a ring gives up before anyone could have helped.",
    fix="Give one of the steps in the ring a signpost, or a choice that leads to one.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n"
            "      - {label: Let me think, go: pause}\n"
            "  pause:\n"
            "    say: Take all the time you need.\n"
            "    choices:\n"
            "      - {label: I am not ready yet, go: breathe}\n"
            "  breathe:\n"
            "    say: Take a slow breath.\n"
            "    choices:\n"
            "      - {label: Let me think again, go: pause}\n",
        )
    },
    mends={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n"
            "      - {label: Let me think, go: pause}\n"
            "  pause:\n"
            "    say: Take all the time you need.\n"
            "    choices:\n"
            "      - {label: I am not ready yet, go: breathe}\n"
            "  breathe:\n"
            "    say: Take a slow breath.\n"
            "    choices:\n"
            "      - {label: Let me think again, go: pause}\n"
            "      - {label: I am ready, go: last}\n",
        )
    },
)
