"""Facts named in texts, filled in: services, their contacts, and what the deployment says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.model import OUTSIDE, Content
from bot.content.service_schema import Kind
from bot.content.text import Block, Reference, Span, Template, parse
from bot.dialogue.cards import contact_address, contact_words


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the people who run this bot set: its name, and where to complain about it (empty: not given)."""

    brand: str = "Waypost"
    feedback_contact: str = ""


class Facts:
    """Looks up what a `Reference` stands for. Names were checked when the content was loaded."""

    def __init__(self, content: Content, deployment: Deployment) -> None:
        self._content = content
        self._deployment = deployment
        self._templates: dict[str, Template] = {}
        self._filled: dict[tuple[str, str], tuple[Block, ...]] = {}
        """Author's text and language of the content → what is shown: as many as the content holds."""

    def fill(self, text: str, language: str, values: Mapping[str, str] | None = None) -> tuple[Block, ...]:
        """A shared text with facts, and ``values`` for its own placeholders, filled in."""
        if not values:
            key = (text, self._content.edition(language).language)
            filled = self._filled.get(key)
            if filled is None:
                filled = self._filled[key] = self._fill(text, language, {})
            return filled
        return self._fill(text, language, values)

    def _fill(self, text: str, language: str, given: Mapping[str, str]) -> tuple[Block, ...]:
        def fact(reference: Reference) -> Span:
            if reference.name in given:
                return Span(given[reference.name], bold=reference.bold)
            return self.span(reference, language)

        return self._template(text).fill(fact)

    def _instead(self, reference: Reference, texts: Mapping[str, str]) -> str:
        """What to say abroad instead of a contact; empty where it works there too."""
        facts = self._content.services[reference.service].facts
        if OUTSIDE in facts.nations:
            return ""
        key = {Kind.EMERGENCY: "elsewhere_emergency", Kind.POLICE: "elsewhere_police"}.get(facts.kind)
        return texts[key or "elsewhere_helpline"]

    def _template(self, text: str) -> Template:
        """A shared text read once. Only authors' texts come here, so there are as many as the content holds."""
        if text not in self._templates:
            self._templates[text] = parse(text)
        return self._templates[text]

    def span(self, reference: Reference, language: str, *, elsewhere: bool = False) -> Span:
        """The words for a fact, in the language of the screen.

        ``elsewhere``: for somebody outside the United Kingdom, where a number that does not work there would mislead,
        and a service of the United Kingdom is called that.
        """
        edition = self._content.edition(language)
        texts = edition.texts
        if elsewhere and reference.contact and (words := self._instead(reference, texts)):
            return Span(words, bold=reference.bold)
        if reference.service == "brand":
            return Span(self._deployment.brand, bold=reference.bold)
        if reference.service == "feedback_contact":
            return Span(self._deployment.feedback_contact or texts["feedback_nobody"], bold=reference.bold)
        facts = edition.services[reference.service].facts
        for phone in facts.phones:
            if phone.id == reference.contact:
                return Span(contact_words(phone, texts), bold=reference.bold, url=contact_address(phone))
        for link in facts.links:
            if link.id == reference.contact:
                return Span(contact_words(link, texts), bold=reference.bold, url=contact_address(link))
        abroad = elsewhere and OUTSIDE not in facts.nations
        name = texts["elsewhere_name"].replace("{name}", facts.name) if abroad else facts.name
        return Span(name, bold=reference.bold)
