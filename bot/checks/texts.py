"""Every text that a person may read, with its place: what rules about words look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.content.errors import Place
from bot.content.model import Content, Service
from bot.content.text import Reference, Template, parse


class Where(StrEnum):
    """What sort of text it is."""

    FLOW = "a flow"
    SHARED = "a shared text"
    ANSWER = "an answer"
    SERVICE_NAME = "the name of a service"
    SERVICE = "the words of a service"
    PHRASE = "a phrase"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (or item of a list) without markup; every fact that stands in it by name is an ``OBJECT``.

    ``about`` names the step, flow, shared text, answer, service or intent it belongs to.
    """

    where: Where
    words: str
    place: Place
    about: str


OBJECT = "\ufffc"
"""Stands for a fact that is filled in from resources.yaml."""


def paragraphs(content: Content) -> Iterator[Paragraph]:
    """All of them: flows, shared texts of every language, answers, services, and the phrases people type."""
    yield from _of_flows(content)
    for language in content.languages.values():
        for key, text in language.texts.items():
            yield from _of_template(Where.SHARED, parse(text), language.places[key], key)
    for answer in content.answers.values():
        yield Paragraph(Where.ANSWER, answer.ask, answer.place, answer.id)
        for value in answer.values:
            yield Paragraph(Where.ANSWER, value.label, value.place, answer.id)
    for service in content.services.values():
        yield from _of_service(service)
    for intents in content.intents.values():
        for intent in intents:
            for phrase, place in zip(intent.phrases, intent.phrase_places, strict=True):
                yield Paragraph(Where.PHRASE, phrase, place, intent.id)


def _of_flows(content: Content) -> Iterator[Paragraph]:
    for flow in content.flows.values():
        yield Paragraph(Where.FLOW, flow.title, flow.title_place, flow.id)
    for step in content.steps.values():
        about = str(step.id)
        for line in step.say:
            yield from _of_template(Where.FLOW, line.template, line.place, about)
        if step.ask is not None:
            yield from _of_template(Where.FLOW, step.ask, step.ask_place, about)
        for choice in step.choices:
            yield Paragraph(Where.FLOW, choice.label, choice.place, about)


def _of_template(where: Where, template: Template, place: Place, about: str) -> Iterator[Paragraph]:
    for _, lines in template.blocks:
        for line in lines:
            words = "".join(OBJECT if isinstance(part, Reference) else part.text for part in line)
            yield Paragraph(where, words, place, about)


def _of_service(service: Service) -> Iterator[Paragraph]:
    facts = service.facts
    id_ = service.id
    yield Paragraph(Where.SERVICE_NAME, facts.name, service.at("name"), id_)
    yield Paragraph(Where.SERVICE, facts.description, service.at("description"), id_)
    for index, words in enumerate(facts.accessibility):
        yield Paragraph(Where.SERVICE, words, service.at("accessibility", index), id_)
    for index, phone in enumerate(facts.phones):
        for key in ("keyword", "instructions", "cost", "bill"):
            if said := getattr(phone, key):
                yield Paragraph(Where.SERVICE, said, service.at("phones", index, key), id_)
    for key in ("happens", "police", "name", "account", "passes_on"):
        if said := getattr(facts.on_contact, key, None):
            yield Paragraph(Where.SERVICE, said, service.at("on_contact", key), id_)
