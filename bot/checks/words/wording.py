"""Everything that people read, piece by piece, with the place where it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from bot.checks.rule import Violation
from bot.checks.words.plain_words import FACT, PlainWord, has_hidden_signs, plain_words
from bot.content.assembly import DEPLOYMENT_FACTS
from bot.content.errors import Place
from bot.content.languages import english_name
from bot.content.model import Content, Service, Step
from bot.content.text import Reference, Span, Template, parse
from bot.content.translatable import TextRole, Translatable
from bot.dialogue.facts import Deployment, Facts


class Role(StrEnum):
    """What the words are there for."""

    SAY = "say"
    ASK = "ask"
    LABEL = "label"
    TITLE = "title"
    SHARED = "shared"
    SERVICE = "service"


_ROLES: Final = {
    TextRole.SAY: Role.SAY,
    TextRole.ASK: Role.ASK,
    TextRole.BUTTON: Role.LABEL,
    TextRole.SHARED: Role.SHARED,
    TextRole.QUESTION: Role.ASK,
    TextRole.FACT: Role.SERVICE,
}


@dataclass(frozen=True)
class Wording:
    """Words without their markup, line by line: a paragraph or an item of a list each.

    ``lines`` have a `FACT` in the place of each fact, ``filled`` the fact itself. ``about`` names the step
    (``flow.step``), the flow, the service, the text (``texts.key``) or the answer (``answers.id``) they belong to.
    """

    lines: tuple[str, ...]
    filled: tuple[str, ...]
    role: Role
    place: Place
    about: str
    language: str
    translated: bool = False
    """Whether it stands in a PO file; in the YAML files otherwise."""

    def violation(self, message: str, place: Place | None = None, hint: str = "") -> Violation:
        """What a rule found in it, at ``place`` or at its beginning. Of a translation the language is named."""
        if not self.translated:
            return Violation(place or self.place, message, self.about, hint=hint)
        message = f"{english_name(self.language)}: {message}"
        return Violation(place or self.place, message, f"{self.language}:{self.about}", hint=hint)

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @cached_property
    def readings(self) -> tuple[tuple[PlainWord, ...], ...]:
        """The words: once, or twice where an invisible sign may stand inside a word or between two."""
        readings = [tuple(plain_words(self.text))]
        if has_hidden_signs(self.text):
            readings.append(tuple(plain_words(self.text, hidden_signs_part=True)))
        return tuple(readings)


def translated_wordings(content: Content, texts: Mapping[str, Translatable]) -> Iterator[Wording]:
    """All translations into every language, whether it is offered whole or not. ``texts`` are those translated."""
    writer = _Writer(content)
    for language, translation in content.translations.items():
        for id_, translated in translation.texts.items():
            text = texts[id_]
            role = Role.LABEL if text.role is TextRole.SHARED and text.key.startswith("button_") else _ROLES[text.role]
            if text.role is TextRole.FACT and text.key == "name":
                continue  # nobody's choice of words
            about = _about(text)
            if text.role.is_markup:
                yield writer.template(parse(translated.text), role, translated.place, about, language, translated=True)
            else:
                yield writer.plain(translated.text, role, translated.place, about, language, translated=True)


def _about(text: Translatable) -> str:
    if text.role is TextRole.SHARED:
        return f"texts.{text.key}"
    return f"answers.{text.about}" if text.id.startswith("answer:") else str(text.about)


def wordings(content: Content) -> Iterator[Wording]:
    """All of the YAML files: flows, services, answers and shared texts. What people type is not among them."""
    writer = _Writer(content)
    for flow in content.flows.values():
        yield writer.plain(flow.title, Role.TITLE, flow.title_place, flow.id)
    for step in content.steps.values():
        yield from _of_step(step, writer)
    for service in content.services.values():
        yield from _of_service(service, writer)
    for answer in content.answers.values():
        yield writer.template(parse(answer.ask), Role.ASK, answer.place, f"answers.{answer.id}")
        for value in answer.values:
            yield writer.plain(value.label, Role.LABEL, value.place, f"answers.{answer.id}")
    for spoken in content.languages.values():
        for key, text in spoken.texts.items():
            role = Role.LABEL if key.startswith("button_") else Role.SHARED
            yield writer.template(parse(text), role, spoken.places[key], f"texts.{key}", spoken.code)


class _Writer:
    """Makes wordings in the content's own language unless another is named."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._facts = Facts(content, Deployment())

    def plain(
        self, text: str, role: Role, place: Place, about: str, language: str = "", *, translated: bool = False
    ) -> Wording:
        """Words that know no markup; a line break in them is a space."""
        lines = (" ".join(text.split()),)
        return Wording(lines, lines, role, place, about, language or self._content.own_language, translated)

    def template(
        self, template: Template, role: Role, place: Place, about: str, language: str = "", *, translated: bool = False
    ) -> Wording:
        """Words that may hold facts."""
        language = language or self._content.own_language
        lines = _lines(template, lambda _: FACT)
        filled = _lines(template, lambda reference: self._fact(reference, language))
        return Wording(lines, filled, role, place, about, language, translated)

    def _fact(self, reference: Reference, language: str) -> str:
        """A fact as people read it. A shared text's own placeholder (``{time}``) is one word."""
        if reference.service in self._content.services or reference.service in DEPLOYMENT_FACTS:
            return self._facts.span(reference, language).text
        return reference.name


def _of_step(step: Step, writer: _Writer) -> Iterator[Wording]:
    for line in step.say:
        yield writer.template(line.template, Role.SAY, line.place, str(step.id))
    if step.ask is not None:
        yield writer.template(step.ask, Role.ASK, step.ask_place, str(step.id))
    for choice in step.choices:
        yield writer.plain(choice.label, Role.LABEL, choice.place, str(step.id))


def _of_service(service: Service, writer: _Writer) -> Iterator[Wording]:
    facts = service.facts
    found: list[tuple[str | None, tuple[str | int, ...]]] = [(facts.description, ("description",))]
    for index, phone in enumerate(facts.phones):
        shown = {"instructions": phone.instructions, "cost": phone.cost, "bill": phone.bill}
        found.extend((words, ("phones", index, key)) for key, words in shown.items())
    if (contact := facts.on_contact) is not None:
        shown = {key: getattr(contact, key) for key in ("happens", "police", "name", "account", "passes_on")}
        found.extend((words, ("on_contact", key)) for key, words in shown.items())
    found.extend((words, ("accessibility", index)) for index, words in enumerate(facts.accessibility))
    for words, path in found:
        if words:
            yield writer.plain(words, Role.SERVICE, service.at(*path), service.id)


def _lines(template: Template, fact: Callable[[Reference], str]) -> tuple[str, ...]:
    return tuple(
        "".join(part.text if isinstance(part, Span) else fact(part) for part in line)
        for _, lines in template.blocks
        for line in lines
    )
