"""What became lighter since older content: no error by itself, but nothing that should happen unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.checks.sent.meaning import Meaning
from bot.content.model import StepId
from bot.content.schema import Risk

_GRAVITY: Final = {Risk.NONE.value: 0, Risk.CONCERN.value: 1, Risk.HIGH.value: 2, Risk.IMMEDIATE.value: 3}

_GRAVE: Final = frozenset({Risk.HIGH.value, Risk.IMMEDIATE.value})


def lighter(
    old: Mapping[StepId, Meaning], new: Mapping[StepId, Meaning], services: Collection[str] = ()
) -> Iterator[tuple[StepId, str]]:
    """Each step, and what about it somebody should look at again: a lowered risk, services that no longer stand there
    or are others where much is at stake, one of ``services`` that its words no longer name there, a button of the same
    words that leads elsewhere now."""
    services = frozenset(services)
    for id_, before in old.items():
        after = new.get(id_)
        if after is None:
            continue
        if _GRAVITY.get(after.risk, 0) < _GRAVITY.get(before.risk, 0):
            yield id_, f"`{id_}` was of risk `{before.risk}`, and is of risk `{after.risk}` now"
        if before.subject and not after.subject:
            yield id_, f"`{id_}` showed services ({', '.join(before.subject)}), and shows none now"
        elif before.subject != after.subject and after.risk in _GRAVE:
            yield (
                id_,
                f"`{id_}` showed {', '.join(before.subject) or 'no services'}, and {', '.join(after.subject)} now",
            )
        if after.risk in _GRAVE and (lost := sorted((before.words - after.words) & services)):
            yield id_, f"`{id_}` named {', '.join(lost)}, and does not any more"
    yield from _led_elsewhere(old, new)


def _led_elsewhere(old: Mapping[StepId, Meaning], new: Mapping[StepId, Meaning]) -> Iterator[tuple[StepId, str]]:
    """Buttons by their words: those that left one step for another which both contents have."""
    both = [id_ for id_ in old if id_ in new]
    gained: dict[str, list[StepId]] = {}
    for id_ in both:
        for label in new[id_].labels - old[id_].labels:
            gained.setdefault(label, []).append(id_)
    for id_ in both:
        for label in sorted(old[id_].labels - new[id_].labels):
            if len(gained.get(label, ())) == 1:
                now = gained[label][0]
                yield now, f"the button `{label}`, which led to `{id_}`, leads to `{now}` now"
