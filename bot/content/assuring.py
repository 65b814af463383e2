"""Assuring facts anew: their dates and passports set in the file itself, with everything else left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from bot.content.changes import CHANGE, changed_resources
from bot.content.document import Document, Path_
from bot.content.errors import ContentError, Place, Problem, nearest
from bot.content.passport import ON_CONTACT, Assurable, ServiceCard, assurable, passport
from bot.content.service_schema import ResourcesFile
from bot.content.validation import validated
from bot.content.yaml_document import parse
from bot.content.yaml_edit import set_values

_ASSURANCE: Final = frozenset({"source", "source_date", "evidence", "assured_date"})


@dataclass(frozen=True, slots=True)
class Renewal:
    """A fact as it stands, and the keys that assuring it sets, with their new texts."""

    before: Assurable
    sets: dict[str, str]

    @property
    def path(self) -> Path_:
        """Where the fact stands in its file."""
        return self.before.written_at or ("services", self.before.service, *self.before.path)

    @property
    def changes(self) -> bool:
        """Whether anything would be different afterwards."""
        fact = self.before.fact
        return any(str(getattr(fact, key)) != text for key, text in self.sets.items())


def read_facts(data: bytes, shown: Path, earlier: Mapping[str, Document] | None = None) -> tuple[Assurable, ...]:
    """Every fact that a resources.yaml holds, and every card. Raises `ContentError` where it cannot be read.

    ``earlier`` are the services of the packs before it, which it may change in parts.
    """
    document = parse(data, shown)
    below = earlier or {}
    whole = changed_resources(document, below.get, below)
    resources = validated(whole, ResourcesFile)
    every = (fact for id_, service in resources.services.items() for fact in assurable(id_, service))
    return tuple(here for fact in every if (here := _in_its_file(fact, document, whole)))


def _in_its_file(fact: Assurable, document: Document, whole: Document) -> Assurable | None:
    """The fact with its place in this file; None if it stands in an earlier pack's."""
    if document.value.get("services") and fact.service in document.value["services"]:
        return fact
    if _vouched_for_here(fact, document):
        return replace(fact, written_at=(CHANGE, fact.service, *fact.path))
    if isinstance(fact, ServiceCard):
        return None
    place = whole.place("services", fact.service, *fact.path)
    written_at = next((path for path, found in document.values.items() if found == place and path[0] == CHANGE), None)
    return replace(fact, written_at=written_at) if written_at else None


def _vouched_for_here(fact: Assurable, document: Document) -> bool:
    """Whether this file changes a card, or what happens on contact, with a day of its own: then it vouches for all."""
    changes = document.value.get(CHANGE)
    words = changes.get(fact.service) if isinstance(changes, Mapping) else None
    if fact.path == (ON_CONTACT,):
        words = words.get(ON_CONTACT) if isinstance(words, Mapping) else None
    elif not isinstance(fact, ServiceCard):
        return False
    return isinstance(words, Mapping) and "assured_date" in words


def chosen(facts: Sequence[Assurable], names: Sequence[str], shown: Path) -> tuple[Assurable, ...]:
    """The facts that go by these names: a service (all of its facts and its card), a contact, ``service.card``,
    ``service.schedule`` (all of them), ``service.schedule.2``, ``service.on_contact``. Raises `ContentError` for a name
    that no fact goes by."""
    known: dict[str, list[Assurable]] = {}
    for fact in facts:
        parts = fact.name.split(".")
        for length in range(1, len(parts) + 1):
            known.setdefault(".".join(parts[:length]), []).append(fact)
    unknown = [name for name in names if name not in known]
    if unknown:
        problems = (Problem(Place(shown), f"no fact goes by the name `{name}`", _hint(name, known)) for name in unknown)
        raise ContentError(problems)
    return tuple({(fact.name, fact.path): fact for name in names for fact in known[name]}.values())


def _hint(name: str, known: dict[str, list[Assurable]]) -> str:
    service = name.partition(".")[0]
    below = [other for other in known if other.startswith(f"{service}.")]
    return nearest(name, below or known) or (
        "Write SERVICE, SERVICE.CONTACT, SERVICE.card, SERVICE.schedule or SERVICE.on_contact."
    )


def renewal(fact: Assurable, on: date | None, source: str | None = None) -> Renewal:
    """What assuring a fact sets. ``on`` None keeps the date that stands there, ``source`` None the source; a card has
    no source of its own."""
    if isinstance(fact, ServiceCard):
        return _renewal_of_card(fact, on)
    given = {"source": source or fact.fact.source, "assured_date": on or fact.fact.assured_date}
    assured = fact.fact.model_copy(update=given)
    sets = {"source": source} if source else {}
    sets |= {"assured_date": str(assured.assured_date), "passport": passport(fact.service, assured, fact.serves)}
    return Renewal(fact, sets)


def _renewal_of_card(card: ServiceCard, on: date | None) -> Renewal:
    day = on or card.fact.assured_date or max((fact.fact.assured_date for fact in card.facts), default=None)
    assured = replace(card, fact=card.fact.model_copy(update={"assured_date": day}))
    # Behind the last key that every service has, so that the two new ones have somewhere to go.
    place = {} if card.written_at else {"confidence": card.fact.confidence}
    return Renewal(card, {**place, **({"assured_date": str(day)} if day else {}), "passport": assured.passport})


def renewed(data: bytes, shown: Path, renewals: Sequence[Renewal]) -> bytes:
    """The file's bytes with these facts assured. Raises `ContentError` where one cannot be edited in place."""
    return set_values(data, shown, {item.path: item.sets for item in renewals})


def stamped(data: bytes, shown: Path, which: Callable[[Assurable], bool] = lambda _: True) -> bytes:
    """The file's bytes with a passport on every fact that ``which`` picks, each with the date that it has.

    For content made on the spot, such as the rules' example. A real fact goes through `bot.operations.assure`, which
    shows it to somebody first.
    """
    return renewed(data, shown, [renewal(fact, None) for fact in read_facts(data, shown) if which(fact)])


def described(item: Renewal) -> Iterator[tuple[str, str, str]]:
    """The fact key by key: its name, what stands there, and what will (the same where nothing changes).

    Without its passport: whoever says no afterwards shall not have read the new one.
    """
    if isinstance(item.before, ServiceCard):
        written = {"assured_date": None, **item.before.vouched}
    else:
        written = item.before.fact.model_dump(mode="json", exclude={"note", "passport"})
    for key in sorted(written, key=lambda key: key in _ASSURANCE):
        value = written[key]
        if key not in item.sets and value in (None, [], {}):
            continue
        now = ", ".join(value) if isinstance(value, list) else str(value or "")
        yield key, now, item.sets.get(key, now)
