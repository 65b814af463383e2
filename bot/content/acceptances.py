"""The findings that authors take as they are: `accept` on a flow, a step or a service, gathered for the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content import flow_schema, service_schema
from bot.content.document import Document
from bot.content.model import Acceptance
from bot.content.written import Written


def acceptances(
    flows: Mapping[str, Written], services: Mapping[str, tuple[service_schema.WrittenService, Document]]
) -> Iterator[Acceptance]:
    """All of them, each with the name of what it is written on."""
    for id_, written in flows.items():
        flow: flow_schema.WrittenFlow = written.model
        yield from _on(id_, flow.accept, written.document)
        for step, model in flow.steps.items():
            yield from _on(f"{id_}.{step}", model.accept, written.document, "steps", step)
    for id_, (service, document) in services.items():
        yield from _on(id_, service.accept, document, "services", id_)


def _on(
    about: str, accepted: tuple[flow_schema.WrittenAcceptance, ...], document: Document, *path: str | int
) -> Iterator[Acceptance]:
    for index, written in enumerate(accepted):
        place = document.place(*path, "accept", index)
        language = written.language or ""
        named = f"{language}:{about}" if language else about
        yield Acceptance(named, written.code, written.because, written.by, written.until, place, language)
