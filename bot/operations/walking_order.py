"""The order in which somebody walks through the flows, and for each screen the ways that lead to it.

Translators get the texts in this order, so that they meet a sentence where a reader meets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.content.model import Content, Step, StepId
from bot.dialogue.places import EMERGENCY, MENU

_Place = TypeVar("_Place", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Way:
    """A button that leads to a screen, and the screen it stands on."""

    step: StepId
    label: str


@dataclass(frozen=True, slots=True)
class WalkingOrder:
    """Every step, flow by flow: first the emergency screens, then the menu, then what the menu leads to."""

    steps: tuple[StepId, ...]
    ways: Mapping[StepId, tuple[Way, ...]]


def walking_order(content: Content) -> WalkingOrder:
    """The order for this content."""
    ways: dict[StepId, list[Way]] = defaultdict(list)
    for step in content.steps.values():
        for choice in step.choices:
            ways[choice.target].append(Way(step.id, choice.label))
    flows = _reached([EMERGENCY, MENU], {id_: _flows_from(id_, content) for id_ in content.flows})
    steps = [step for flow in flows for step in _steps_of(flow, content)]
    return WalkingOrder(tuple(steps), {step: tuple(found) for step, found in ways.items()})


def _steps_of(flow: str, content: Content) -> list[StepId]:
    within = {
        step: [choice.target for choice in content.steps[step].choices if choice.target.flow == flow]
        for step in content.flows[flow].steps
    }
    return _reached([content.flows[flow].start], within)


def _flows_from(flow: str, content: Content) -> list[str]:
    steps: Iterable[Step] = (content.steps[step] for step in _steps_of(flow, content))
    return [choice.target.flow for step in steps for choice in step.choices if choice.target.flow in content.flows]


def _reached(starts: list[_Place], leads: Mapping[_Place, list[_Place]]) -> list[_Place]:
    """Every place, those that can be reached from ``starts`` first and the nearest of them first of all."""
    order: dict[_Place, None] = dict.fromkeys(starts)
    todo = list(starts)
    for place in todo:
        news = [there for there in dict.fromkeys(leads[place]) if there not in order]
        order |= dict.fromkeys(news)
        todo.extend(news)
    return [*order, *(place for place in leads if place not in order)]
