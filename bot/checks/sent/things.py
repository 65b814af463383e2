"""What older content said of its services, flows, screens, texts and intents, in words that can be kept and compared.

None of it makes a button mean something else. But a service with another number, a screen shown to others or a button
with another word on it may be a slip, or worse, that only stands out beside what was there before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.content.errors import Place
from bot.content.model import Choice, Content, Service, Step, When
from bot.content.schema import Risk
from bot.content.service_schema import Eligibility, Link, OnContact, Phone, Schedule

Facets = Mapping[str, str]
"""What is said of a thing, by the key in its file. What is not said is not in it."""

Thing = tuple[str, str]
"""What sort of thing it is, and its id: ``("service", "childline")``."""

_SHOWN: Final = 60
_ON_CONTACT: Final = ("happens", "police", "name", "account", "passes_on")


def things(content: Content) -> dict[Thing, Facets]:
    """Everything that is compared; of texts and intents those of the language that people read by default."""
    found: dict[Thing, dict[str, str]] = {}
    for service in content.services.values():
        found["service", service.id] = _service(service)
    for flow in content.flows.values():
        found["flow", flow.id] = {"for": ", ".join(flow.audience), "title": flow.title}
    for step in content.steps.values():
        found["step", str(step.id)] = _step(step, content)
    for key, text in content.languages[content.default_language].texts.items():
        found["text", key] = {"words": text}
    for intent in content.intents.get(content.default_language, ()):
        about = ", ".join(f"{whose}: {other}" for whose, other in sorted(intent.about.items()))
        found["intent", intent.id] = {
            "go": str(intent.target),
            "risk": intent.risk.value,
            "label": intent.label,
            "priority": str(intent.priority),
            "denied": intent.denied,
            "past": intent.past,
            "about": about,
        }
    for nation, days in content.holidays.items():
        by_year: dict[str, list[str]] = {}
        for day in sorted(days):
            by_year.setdefault(str(day.year), []).append(f"{day:%d %b}")
        found["holidays", nation] = {year: ", ".join(names) for year, names in by_year.items()}
    told = {thing: {facet: words for facet, words in facets.items() if words} for thing, facets in found.items()}
    return {thing: facets for thing, facets in told.items() if facets}


def changed(old: Mapping[Thing, Facets], new: Mapping[Thing, Facets]) -> Iterator[tuple[Thing, str, str]]:
    """Each thing that both contents have, the facet of it that is another now, and what to say of that."""
    for thing, before in old.items():
        after = new.get(thing)
        if after is None:
            continue
        for facet in (*before, *(facet for facet in after if facet not in before)):
            if (was := before.get(facet, "")) != (now := after.get(facet, "")):
                yield thing, facet, f"`{facet}` of `{thing[1]}` was {_short(was, now)}, and is {_short(now, was)} now"


def place(thing: Thing, facet: str, content: Content) -> Place:
    """Where it stands in the content that has it."""
    sort, id_ = thing
    if sort == "service":
        service = content.services[id_]
        path = ("schedules" if facet == "hours" else facet).split(".")
        return service.at(*path) if getattr(service.facts, path[0]) else service.place
    if sort == "flow":
        flow = content.flows[id_]
        return flow.title_place if facet == "title" else flow.place
    if sort == "step":
        return next(step.place for step in content.steps.values() if str(step.id) == id_)
    if sort == "holidays":
        return content.holidays_place
    if sort == "text":
        return content.languages[content.default_language].places[id_]
    return next(intent.place for intent in content.intents[content.default_language] if intent.id == id_)


def _service(service: Service) -> dict[str, str]:
    facts = service.facts
    return {
        "name": facts.name,
        "kind": facts.kind.value,
        "status": facts.status.value,
        "description": facts.description,
        "eligibility": "; ".join(_group(group) for group in facts.eligibility),
        "nations": ", ".join(facts.nations),
        "topics": ", ".join(f"{topic}: {rank}" for topic, rank in sorted(facts.topics.items())),
        "pair": facts.pair or "",
        "languages": ", ".join(facts.languages),
        "accessibility": "; ".join(facts.accessibility),
        "phones": "; ".join(_phone(phone) for phone in facts.phones),
        "links": "; ".join(_link(link) for link in facts.links),
        "hours": " | ".join(_hours(schedule) for schedule in facts.schedules),
        **_on_contact(facts.on_contact),
    }


def _group(group: Eligibility) -> str:
    low, high = group.minimum_age, group.maximum_age
    ages = "" if low is None and high is None else f" {low or 0}-{'' if high is None else high}"
    return f"{', '.join(group.who)}{ages}"


def _phone(phone: Phone) -> str:
    words = (phone.id, phone.type.value, phone.number, phone.keyword, phone.instructions, phone.cost, phone.bill)
    return " ".join(word for word in words if word)


def _link(link: Link) -> str:
    return f"{link.id} {link.type.value} {link.url}"


def _hours(schedule: Schedule) -> str:
    whose = f" PH of {schedule.holidays_of}" if schedule.holidays_of else ""
    return f"{', '.join(schedule.contacts)} {schedule.opening_hours or 'not known'}{whose}".strip()


def _on_contact(words: OnContact | None) -> dict[str, str]:
    if words is None:
        return {}
    told = {f"on_contact.{key}": getattr(words, key) or "" for key in _ON_CONTACT}
    return {**told, "on_contact.know_first": ", ".join(words.know_first or ())}


def _step(step: Step, content: Content) -> dict[str, str]:
    conditions = [
        words
        for when in (step.when, *(line.when for line in step.say), *(choice.when for choice in step.choices))
        if (words := _when(when, content))
    ]
    sets = [f"{choice.target} {words}" for choice in step.choices if (words := _answers(choice.answers, content))]
    return {
        "at_most": str(step.signpost.at_most) if step.signpost else "",
        "when": "; ".join(conditions),
        "set": "; ".join(sets),
        "go": "; ".join(
            f"{choice.label} → {choice.target}" for choice in step.choices if _leaves(choice, step, content)
        ),
    }


def _leaves(choice: Choice, step: Step, content: Content) -> bool:
    """Whether it leads to another flow, or to help in danger: the ways that matter most, and few enough to keep."""
    there = content.steps.get(choice.target)
    return choice.target.flow != step.id.flow or (there is not None and there.risk is Risk.IMMEDIATE)


def _when(when: When, content: Content) -> str:
    parts = []
    for clause in when:
        answer = content.answers_by_code[clause.answer]
        names = sorted(value.id if (value := answer.value(code)) else "unknown" for code in clause.codes)
        parts.append(f"{answer.id} {'not ' if clause.negated else ''}{'|'.join(names)}")
    return " and ".join(parts)


def _answers(answers: tuple[tuple[int, int], ...], content: Content) -> str:
    named = []
    for code, value_code in answers:
        answer = content.answers_by_code[code]
        value = answer.value(value_code)
        named.append(f"{answer.id}: {value.id if value else value_code}")
    return ", ".join(named)


def _short(text: str, other: str) -> str:
    """The words, from about where they differ from the others."""
    if not text:
        return "nothing"
    if len(text) <= _SHOWN:
        return f"“{text}”"
    alike = next((at for at, pair in enumerate(zip(text, other, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, min(alike - _SHOWN // 3, len(text) - _SHOWN))
    return f"“{'…' if start else ''}{text[start : start + _SHOWN]}{'…' if start + _SHOWN < len(text) else ''}”"
