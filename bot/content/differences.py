"""What packs change of the packs before them, thing by thing, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.content.model import Content, Signpost
from bot.content.text import Reference, Template


class Change(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different: what it is, such as ``service childline``, the part of it, before and after."""

    change: Change
    thing: str
    part: str = ""
    before: str = ""
    after: str = ""


def differences(before: Content, after: Content) -> Iterator[Difference]:
    """Everything that a person could meet otherwise: answers, services, flows, shared texts, what typed words do."""
    yield from _answers(before, after)
    yield from _things("service", _services(before), _services(after))
    yield from _flows(before, after)
    for code, language in after.languages.items():
        texts = before.languages[code].texts if code in before.languages else {}
        yield from _parts(f"shared texts ({code})", dict(texts), dict(language.texts))
    yield from _things("intent", _intents(before), _intents(after))


def _answers(before: Content, after: Content) -> Iterator[Difference]:
    for id_ in (*after.answers, *(id_ for id_ in before.answers if id_ not in after.answers)):
        old, new = (
            {value.id: value.label for value in content.answers[id_].values} if id_ in content.answers else {}
            for content in (before, after)
        )
        yield from _parts(f"answer {id_}", old, new)


def _services(content: Content) -> dict[str, Any]:
    return {
        id_: service.facts.model_dump(mode="json") for id_, service in content.services.items() if not service.left_out
    }


def _without_passports(value: Any) -> Any:
    """A passport changes with what it vouches for, and nobody reads it."""
    if isinstance(value, Mapping):
        return {key: _without_passports(item) for key, item in value.items() if key != "passport"}
    return [_without_passports(item) for item in value] if isinstance(value, list) else value


def _flows(before: Content, after: Content) -> Iterator[Difference]:
    for id_ in (*before.flows, *(id_ for id_ in after.flows if id_ not in before.flows)):
        if id_ not in after.flows:
            yield Difference(Change.REMOVED, f"flow {id_}")
        elif id_ not in before.flows:
            count = len(after.flows[id_].steps)
            yield Difference(Change.ADDED, f"flow {id_}", after=f"{count} {'step' if count == 1 else 'steps'}")
        else:
            old, new = before.flows[id_], after.flows[id_]
            heads = [{"title": flow.title, "risk": flow.risk, "start": flow.start.step} for flow in (old, new)]
            yield from _parts(f"flow {id_}", heads[0], heads[1])
            yield from _things("step", _steps(before, id_), _steps(after, id_))


def _steps(content: Content, flow: str) -> dict[str, Any]:
    return {
        str(id_): {
            "say": [_said(line.template) for line in step.say],
            "ask": _said(step.ask) if step.ask else "",
            "risk": step.risk,
            "signpost": _signposted(step.signpost) if step.signpost else "",
            "choices": [f"{choice.label} → {choice.target}" for choice in step.choices],
        }
        for id_ in content.flows[flow].steps
        if (step := content.steps[id_])
    }


def _said(template: Template) -> str:
    return " ".join(
        "".join(f"{{{part.name}}}" if isinstance(part, Reference) else part.text for part in line)
        for _, lines in template.blocks
        for line in lines
    )


def _signposted(signpost: Signpost) -> str:
    chosen = f"topic {signpost.topic}" if signpost.topic else ", ".join(signpost.services)
    always = f", always {', '.join(signpost.always)}" if signpost.always else ""
    return f"{chosen}{always}, at most {signpost.at_most}"


def _intents(content: Content) -> dict[str, Any]:
    return {
        f"{intent.id} ({language})": {"go": intent.target, "risk": intent.risk, "phrases": list(intent.phrases)}
        for language, intents in content.intents.items()
        for intent in intents
    }


def _things(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for id_ in (*before, *(id_ for id_ in after if id_ not in before)):
        if id_ not in after:
            yield Difference(Change.REMOVED, f"{kind} {id_}")
        elif id_ not in before:
            yield Difference(Change.ADDED, f"{kind} {id_}")
        else:
            yield from _parts(f"{kind} {id_}", before[id_], after[id_])


def _parts(thing: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in (*before, *(key for key in after if key not in before)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if _have_ids(old) and _have_ids(new):
            by_id = [{item["id"]: item for item in items or ()} for items in (old, new)]
            for id_ in (*by_id[0], *(id_ for id_ in by_id[1] if id_ not in by_id[0])):
                one, other = (items.get(id_) or {} for items in by_id)
                name = f"{key}.{id_}"
                yield from (
                    _named(thing, f"{name}.{one_key}", one, other, one_key) for one_key in _different(one, other)
                )
        else:
            yield _named(thing, key, before, after, key)


def _named(thing: str, part: str, before: Mapping[str, Any], after: Mapping[str, Any], key: str) -> Difference:
    old, new = before.get(key), after.get(key)
    if old in (None, "", [], ()):
        return Difference(Change.ADDED, thing, part, after=_words(new))
    if new in (None, "", [], ()):
        return Difference(Change.REMOVED, thing, part, before=_words(old))
    return Difference(Change.CHANGED, thing, part, *map(_words, _only_what_differs(old, new)))


def _only_what_differs(old: Any, new: Any) -> tuple[Any, Any]:
    """Of two lists of texts, such as the lines of a screen or its buttons, those that are not in both.

    Lists that differ only in their order are given whole.
    """
    if not (_are_texts(old) and _are_texts(new)):
        return old, new
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    return (gone, come) if gone or come else (old, new)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _different(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    yield from (key for key in {**one, **other} if one.get(key) != other.get(key))


def _have_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) and "id" in item for item in value)


def _words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(_words, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_words(item)}" for key, item in value.items() if item not in (None, [], {}))
    return " ".join(str(value).split())
