"""WP308: what texts and signposts name is there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.errors import Place
from bot.content.model import Content, Service
from bot.content.service_schema import Status
from bot.content.text import Template, parse


def look(subject: Subject) -> Iterator[Violation]:
    """Every service named in a text, and every one listed in a signpost, by its status.

    A signpost may list a paused service, which is left out there and comes back by itself, and one that a later pack
    has left out.
    """
    content = subject.content
    for place, service, about in _in_texts(content):
        found = content.services.get(service)
        if found is not None and found.facts.status is not Status.ACTIVE:
            status = "left out by a pack" if found.left_out else f"{found.facts.status}"
            yield Violation(place, f"`{service}` is {status}, and this text names it", about, hint=_hint(found))
    for step in content.steps.values():
        signpost = step.signpost
        for service in dict.fromkeys((*signpost.services, *signpost.always)) if signpost else ():
            found = content.services[service]
            if found.facts.status is Status.CLOSED and not found.left_out:
                yield Violation(step.place, f"`{service}` is closed, and this signpost lists it", str(step.id))


def _hint(service: Service) -> str:
    return "Name another service in this text, in a pack of your own." if service.left_out else ""


def _in_texts(content: Content) -> Iterator[tuple[Place, str, str]]:
    for step in content.steps.values():
        about = str(step.id)
        texts: list[tuple[Place, Template]] = [(line.place, line.template) for line in step.say]
        texts += [(step.ask_place, step.ask)] if step.ask else []
        for place, template in texts:
            yield from ((place, service, about) for service in _services(template))
    for language in content.languages.values():
        for key, text in language.texts.items():
            yield from ((language.places[key], service, key) for service in _services(parse(text)))


def _services(template: Template) -> Iterator[str]:
    yield from dict.fromkeys(reference.service for reference in template.references)


RULE = Rule(
    code="WP308",
    severity=Severity.WARNING,
    title="Only services that are active are named",
    why="A text that names a paused service still shows its number. It is a warning, so that a service can be paused "
    "at once and the texts follow.",
    fix="Name another service there, or set this one back to `status: active`.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "resources.yaml": (
            "name: Report Remove\n    kind: removal\n    status: active",
            "name: Report Remove\n    kind: removal\n    status: paused",
        ),
    },
    mends={
        "resources.yaml": (
            "name: Report Remove\n    kind: removal\n    status: active",
            "name: Report Remove\n    kind: removal\n    status: paused",
        ),
        "flows/shared/texts.yaml": ("{report_remove}", "{childline}"),
    },
)
