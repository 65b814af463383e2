"""WP313: a number in a text stands beside the name of its own service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.plain_words import plain_words
from bot.checks.words.pointing import point
from bot.content.errors import Place
from bot.content.model import Content
from bot.content.text import Reference, Template, parse

_BETWEEN: Final = re.compile(r"[^.!?;]{0,25}")
"""What may stand between a name and a number that read as one: "on", ", free, on"."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every text of a step, and the shared ones: each number or address that is filled in right after a name."""
    content = subject.content
    for template, place, about in _texts(content):
        for _, lines in template.blocks:
            for line in lines:
                named, between = "", ""
                for part in line:
                    if not isinstance(part, Reference):
                        between += part.text
                        continue
                    if part.contact and named not in {"", part.service} and _BETWEEN.fullmatch(between):
                        message = f"`{part.name}` stands right after the name of `{named}`"
                        yield Violation(point(place, plain_words(part.name)), message, about)
                    named, between = "" if part.contact else part.service, ""


def _texts(content: Content) -> Iterator[tuple[Template, Place, str]]:
    for step in content.steps.values():
        for line in step.say:
            yield line.template, line.place, str(step.id)
        if step.ask is not None:
            yield step.ask, step.ask_place, str(step.id)
    own = content.languages[content.own_language]
    for key, words in own.texts.items():
        yield parse(words), own.places[key], f"texts.{key}"


RULE = Rule(
    code="WP313",
    severity=Severity.ERROR,
    title="A number stands beside the name of its own service",
    why="Who rings one service under the name of another tells strangers what was meant for somebody else, or hears "
    "that nobody there can help.",
    fix="Name the same service twice: {childline}, {childline.phone}. If two are meant, put them into two sentences.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "One small step is enough.",
            "Take all the time you need. Then ring {iwf_report} on {childline.phone}.",
        )
    },
    mends={
        "flows/topic.yaml": (
            "One small step is enough.",
            "Take all the time you need. Then ring {childline} on {childline.phone}.",
        )
    },
    silenceable=False,
)
