"""WP302: numbers, addresses and hours stand in resources.yaml, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.checks.facts_in_prose import Passage, Sort, passages
from bot.checks.finding import Severity
from bot.checks.number_plan import VOICE_CODES
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.texts import Paragraph, Where, paragraphs
from bot.checks.words.plain_words import plain_words
from bot.checks.words.pointing import point
from bot.content.model import Service

_RELAY: Final = "18001"
"""Dialled before any number to have the call relayed as text."""

_HINTS: Final = {
    Where.SERVICE: "Take it out of the words: numbers, links and hours have keys of their own beside them."
}

_TYPED: Final = 3
"""So many digits has what people type of themselves, such as 999 and 101."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every text, in every language, and what people type."""
    services = subject.content.services
    own = {id_: _own(service) for id_, service in services.items()}
    known = frozenset(_digits(phone.number) for service in services.values() for phone in service.facts.phones)
    for paragraph in paragraphs(subject.content):
        for passage in passages(paragraph.words, known):
            if not _allowed(paragraph, passage, own.get(paragraph.about, frozenset())):
                article = "an" if passage.sort is Sort.HOURS else "a"
                message = f"{article} {passage.sort} stands in {paragraph.where}: “{passage.words.strip()}”"
                place = point(paragraph.place, plain_words(passage.words))
                yield Violation(place, message, paragraph.about, hint=_HINTS.get(paragraph.where, ""))


def _own(service: Service) -> frozenset[str]:
    """What a service may call its own: its numbers, also by text relay, what is in its name, and its sites."""
    numbers = {_digits(phone.number) for phone in service.facts.phones}
    numbers |= {passage.digits for passage in passages(service.facts.name) if passage.digits in VOICE_CODES}
    sites = {_site(urlsplit(link.url).netloc) for link in service.facts.links}
    return frozenset(numbers | {f"{_RELAY}{number}" for number in numbers} | sites)


def _allowed(paragraph: Paragraph, passage: Passage, own: Collection[str]) -> bool:
    """A service's words may hold its own number: that stands right beside them, so a change of either is noticed. Its
    name may be an address of its own. People type what they like, but a helpline's digits in a phrase are misplaced.
    """
    sort = passage.sort
    match paragraph.where:
        case Where.PHRASE:
            return sort in {Sort.HOURS, Sort.PRICE} or (len(passage.digits) == _TYPED and passage.digits in VOICE_CODES)
        case Where.SERVICE_NAME:
            return passage.digits in own or (sort is Sort.ADDRESS and _site(passage.words) in own)
        case Where.SERVICE:
            return sort is Sort.NUMBER and passage.digits in own
        case Where.SHARED:
            return sort is Sort.HOURS and paragraph.about.startswith("open")  # the engine chooses these by the hour
        case _:
            return False


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _site(host: str) -> str:
    return host.lower().removeprefix("www.")


RULE = Rule(
    code="WP302",
    severity=Severity.ERROR,
    title="No number, address, opening time or price stands in a text",
    why="What is written into a text is corrected nowhere when it changes, and has no source: sooner or later it sends "
    "somebody to a stranger or to a closed door.",
    fix="Put the fact into resources.yaml and name it: {childline.phone}. The engine says the hours by itself.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": ("People at {childline} listen", "Ring oh eight hundred, one one one one. They listen")
    },
    mends={"flows/topic.yaml": ("People at {childline} listen", "Ring {childline.phone}. They listen")},
    silenceable=False,
)
