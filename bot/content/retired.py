"""Steps that only people with a retired answer could reach, taken out with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.content.model import Flow, Step, StepId


def without_dead_ends_of(
    dropped: AbstractSet[StepId], flows: Mapping[str, Flow], steps: Mapping[StepId, Step], entered: Iterable[StepId]
) -> tuple[dict[str, Flow], dict[StepId, Step]]:
    """Flows and steps without what the ``dropped`` targets led to and nothing else leads to any more.

    ``entered`` are the steps that typed words and old buttons lead to. What nobody could reach before stays, so that
    `check` still says so.
    """
    roots = {flow.start for flow in flows.values()} | set(entered)
    alive = _reachable(roots, steps)
    orphans = _reachable(dropped, steps) - alive
    kept = {id_: step for id_, step in steps.items() if id_ not in orphans}
    return {
        id_: replace(flow, steps=tuple(step for step in flow.steps if step in kept)) for id_, flow in flows.items()
    }, kept


def _reachable(roots: AbstractSet[StepId], steps: Mapping[StepId, Step]) -> set[StepId]:
    seen: set[StepId] = set()
    waiting = list(roots)
    while waiting:
        id_ = waiting.pop()
        if id_ in seen or id_ not in steps:
            continue
        seen.add(id_)
        waiting.extend(choice.target for choice in steps[id_].choices)
    return seen
