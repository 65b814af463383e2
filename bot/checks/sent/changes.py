"""What became lighter since older content: no error by itself, but nothing that should happen unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.checks.sent.meaning import Meaning
from bot.content.model import Content, StepId
from bot.content.schema import Risk

_GRAVITY: Final = {Risk.NONE.value: 0, Risk.CONCERN.value: 1, Risk.HIGH.value: 2, Risk.IMMEDIATE.value: 3}


Facets = Mapping[str, str]
"""What a service is for, by the key in its file."""

_GRAVE: Final = frozenset({Risk.HIGH.value, Risk.IMMEDIATE.value})
_SHOWN: Final = 60


def lighter(
    old: Mapping[StepId, Meaning], new: Mapping[StepId, Meaning], emergencies: Collection[str] = ()
) -> Iterator[tuple[StepId, str]]:
    """Each step, and what about it somebody should look at again: a lowered risk, services that no longer stand there
    or are others where much is at stake, a service among ``emergencies`` that its words no longer name, a button of
    the same words that leads elsewhere now."""
    emergencies = frozenset(emergencies)
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
        if after.risk in _GRAVE and (lost := sorted((before.words - after.words) & emergencies)):
            yield id_, f"`{id_}` named {', '.join(lost)}, and does not any more"
    yield from _led_elsewhere(old, new)


def services_changed(old: Mapping[str, Facets], new: Mapping[str, Facets]) -> Iterator[tuple[str, str, str]]:
    """Each service that both contents have, the facet of it that is another now, and what to say of that."""
    for id_, before in old.items():
        for facet, was in before.items():
            now = new.get(id_, before).get(facet, "")
            if now != was:
                yield id_, facet, f"`{facet}` of `{id_}` was {_short(was)}, and is {_short(now)} now"


def audiences_changed(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each flow that both contents have and that speaks to others now."""
    for id_, was in old.items():
        if (now := new.get(id_, was)) != was:
            yield id_, f"`{id_}` was for {was or 'everybody'}, and is for {now or 'everybody'} now"


def facets(content: Content) -> dict[str, Facets]:
    """What a service is for: what is no number, address or hour, and has no passport of its own."""
    return {
        service.id: {
            "kind": service.facts.kind.value,
            "status": service.facts.status.value,
            "description": service.facts.description,
            "languages": ", ".join(service.facts.languages),
            "pair": service.facts.pair or "",
            "topics": ", ".join(f"{topic}: {rank}" for topic, rank in sorted(service.facts.topics.items())),
        }
        for service in content.services.values()
    }


def audiences(content: Content) -> dict[str, str]:
    """Whom each flow speaks to."""
    return {flow.id: ", ".join(flow.audience) for flow in content.flows.values()}


def _short(text: str) -> str:
    if not text:
        return "nothing"
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[: _SHOWN - 1]}…”"


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
