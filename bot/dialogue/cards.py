"""A service as a person sees it: the first things in a few words, the rest behind *What happens if I contact them*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import quote

from bot.content.model import Service
from bot.content.service_schema import Evidence, Link, LinkType, Phone
from bot.content.text import Block, Reference, Span, parse
from bot.dialogue.availability import MONTH_TEXTS, describe
from bot.dialogue.screen import Card
from bot.dialogue.signposting import Rank, Standing, has_people

_LINK_TEXTS = {
    LinkType.WEBCHAT: "card_webchat",
    LinkType.FORM: "card_form",
    LinkType.WEBSITE: "card_website",
    LinkType.EMAIL: "card_email",
    LinkType.WHATSAPP: "card_whatsapp",
}

_FIRST_LINKS = (LinkType.WEBCHAT, LinkType.FORM, LinkType.WHATSAPP, LinkType.WEBSITE, LinkType.EMAIL)
"""Which address the short card shows where a service has several."""


def contact_words(contact: Phone | Link, texts: Mapping[str, str]) -> str:
    """A contact inside a sentence: "0800 1111", "text SHOUT to 85258", or an address."""
    if isinstance(contact, Link):
        return contact.url.removeprefix("mailto:")
    if not contact.type.is_text:
        return contact.number
    words = text_words(contact, texts)
    return words[:1].lower() + words[1:]


def text_words(phone: Phone, texts: Mapping[str, str]) -> str:
    """How to text a number, as a sentence of its own."""
    if phone.keyword:
        return texts["card_text_keyword"].format(keyword=phone.keyword, number=phone.number)
    return texts["card_text"].format(number=phone.number)


def contact_address(contact: Phone | Link) -> str:
    """What pressing the contact does where that works: ``tel:``, ``sms:`` with its keyword, or a web address."""
    if isinstance(contact, Link):
        return "" if contact.type is LinkType.EMAIL else contact.url
    number = "".join(character for character in contact.number if character.isdigit() or character == "+")
    if not contact.type.is_text:
        return f"tel:{number}"
    return f"sms:{number}?body={quote(contact.keyword)}" if contact.keyword else f"sms:{number}"


def short_card(standing: Standing, texts: Mapping[str, str], now: datetime, *, uk_time: bool) -> Card:
    """The card as it stands among others. ``uk_time`` says whose clock is meant, for people elsewhere."""
    service = standing.service
    times = availability(standing, texts, now, uk_time=uk_time)
    return Card(service.id, service.facts.name, times, first_words(service, texts))


def first_words(service: Service, texts: Mapping[str, str]) -> tuple[Block, ...]:
    """What the card says at any moment: what the service is, what to know first, the first ways to reach it."""
    lines = [
        (Span(" ".join([service.facts.description, *_know_first(service, texts)])),),
        *_contact_lines(service, texts, everything=False),
    ]
    return tuple(Block((line,)) for line in lines)


def long_card(standing: Standing, texts: Mapping[str, str], now: datetime, *, uk_time: bool) -> Card:
    """Everything known about what happens when one gets in touch, and when that was last checked."""
    service = standing.service
    on_contact = service.facts.on_contact
    lines: list[tuple[Span, ...]] = []
    if on_contact is not None:
        known = ((key, getattr(on_contact, key)) for key in ("happens", "police", "name", "account", "passes_on"))
        lines.extend(_labelled(texts[f"details_{key}"], words) for key, words in known if words)
    if not lines:
        lines.append((Span(texts["details_unknown"]),))
    lines.extend(_contact_lines(service, texts, everything=True))
    if service.facts.accessibility:
        lines.append(_labelled(texts["details_accessibility"], ", ".join(service.facts.accessibility)))
    lines.append((Span(_checked(service, texts)),))
    return Card(
        service.id,
        service.facts.name,
        availability(standing, texts, now, uk_time=uk_time),
        (Block(tuple(lines), bullets=True),),
    )


def _know_first(service: Service, texts: Mapping[str, str]) -> list[str]:
    on_contact = service.facts.on_contact
    return [texts[f"know_first_{key}"] for key in on_contact.know_first or ()] if on_contact else []


def availability(standing: Standing, texts: Mapping[str, str], now: datetime, *, uk_time: bool) -> str:
    """When somebody answers, in one short line, whichever the language of ``texts``."""
    if standing.hours is not None and standing.opening is not None:
        always = standing.hours.hours.always
        words = describe(standing.opening, always, now, texts)
        return f"{words} {texts['uk_time']}" if uk_time and not always else words
    if standing.rank is Rank.EMERGENCY:
        return texts["emergency_any_time"]
    if standing.rank is Rank.ANY_TIME:
        return texts["page_any_time"]
    return texts["times_unknown"] if has_people(standing.service) else texts["page_any_time"]


def _contact_lines(service: Service, texts: Mapping[str, str], *, everything: bool) -> Iterator[tuple[Span, ...]]:
    phones = [phone for phone in service.facts.phones if not phone.type.is_text]
    texting = [phone for phone in service.facts.phones if phone.type.is_text]
    for phone in phones if everything else phones[:1]:
        before, after = texts["card_ring"].split("{number}")
        tail = f"{after} ({phone.cost.lower()})" if phone.cost else after
        spans = [Span(before), Span(phone.number, bold=True, url=contact_address(phone)), Span(f"{tail}.")]
        if phone.instructions:
            spans.append(Span(f" {phone.instructions}"))
        if everything and phone.bill:
            spans.append(Span(f" {phone.bill}"))
        yield tuple(spans)
    for phone in texting if everything else texting[:1]:
        words = f" {phone.instructions}" if phone.instructions else ""
        bill = f" {phone.bill}" if everything and phone.bill else ""
        yield (Span(text_words(phone, texts), bold=True, url=contact_address(phone)), Span(f".{words}{bill}"))
    links = sorted(service.facts.links, key=lambda link: _FIRST_LINKS.index(link.type))
    for link in links if everything else links[:1]:
        yield (Span(texts[_LINK_TEXTS[link.type]], url=link.url),)


def _labelled(text: str, words: str) -> tuple[Span, ...]:
    """A text such as ``**Police:** {words}`` with the words filled in."""
    block = parse(text).fill(lambda reference: _words(reference, words))[0]
    return block.lines[0]


def _words(reference: Reference, words: str) -> Span:
    return Span(words, bold=reference.bold)


def _checked(service: Service, texts: Mapping[str, str]) -> str:
    """The oldest date at which a fact on the card was held against its source, and how good that source is."""
    facts = (*service.facts.phones, *service.facts.links, *service.facts.schedules)
    oldest = min(fact.assured_date for fact in facts)
    date = texts["checked_date"].format(
        day_of_month=oldest.day, month=texts[MONTH_TEXTS[oldest.month - 1]], year=oldest.year
    )
    own = all(fact.evidence is Evidence.OWN_SITE for fact in facts)
    return texts["details_checked" if own else "details_checked_secondary"].format(date=date)
