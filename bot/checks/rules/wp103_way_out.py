"""WP103: whatever one chooses, help or an end can still be reached by choosing on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from bot.checks.exploration import Stand
from bot.checks.finding import Severity
from bot.checks.journeys import Journeys
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Content


def look(subject: Subject) -> Iterator[Violation]:
    """Every place without services, backwards from those that have some: whatever is never met has no way out."""
    journeys = subject.journeys
    before: dict[Stand, list[Stand]] = {}
    lost: dict[Stand, None] = {}
    found: deque[Stand] = deque()
    for stand in journeys.exploration.came_from:
        if _arrived(stand, journeys, subject.content):
            continue
        onward = [there for _, there in journeys.onward(stand)]
        if any(_arrived(there, journeys, subject.content) for there in onward):
            found.append(stand)
        elif onward:
            lost[stand] = None
        for there in onward:
            before.setdefault(there, []).append(stand)
    while found:
        for stand in before.get(found.popleft(), ()):
            if stand in lost:
                del lost[stand]
                found.append(stand)
    for stand in lost:
        step = subject.content.steps.get(journeys.sighting(stand).screen.state.step)
        if step is not None:
            yield Violation(
                step.place,
                f"from `{step.id}` no choice ever comes to services or to an end",
                str(step.id),
                subject.exploration.situation(stand),
            )


def _arrived(stand: Stand, journeys: Journeys, content: Content) -> bool:
    screen = journeys.sighting(stand).screen
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
