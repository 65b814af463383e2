"""WP808: a translation names each fact where the English words name it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.translations import example_file
from bot.content.languages import english_name
from bot.content.text import Reference, parse

FILE = "flows/locale/fr/waypost.po"


def look(subject: Subject) -> Iterator[Violation]:
    """Every translation into every language, line by line. That none is lost or added is seen when it is loaded."""
    for language, translation in subject.content.translations.items():
        for id_, translated in translation.texts.items():
            text = subject.translatable[id_]
            if not text.role.is_markup or "{" not in text.text:
                continue
            for english, given in zip(_facts(text.text), _facts(translated.text), strict=True):
                if english != given:
                    message = f"{english_name(language)}: `{id_}` names {_listed(given)} where English names "
                    about = f"{language}:{text.about}"
                    yield Violation(translated.place, f"{message}{_listed(english)}", about)
                    break


def _facts(text: str) -> list[list[str]]:
    """The names of each paragraph or list item, in order."""
    return [
        [part.name for part in line if isinstance(part, Reference)] for _, lines in parse(text).blocks for line in lines
    ]


def _listed(names: Sequence[str]) -> str:
    return " then ".join(f"{{{name}}}" for name in names) or "nothing"


_ENGLISH = "Somebody listens day and night, {childline} to the young and {samaritans} to all."

RULE = Rule(
    code="WP808",
    severity=Severity.ERROR,
    title="A translation names each service and number where the English words name it",
    why="Two numbers that have changed places send a child to the line for adults, in words that all look right.",
    fix="Keep the names in braces in the order of the English words; make two sentences where the grammar forbids it.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": ("People at {childline} listen every day.", _ENGLISH),
        FILE: example_file(
            (
                "topic/first/say",
                f"Thank you for telling me. {_ENGLISH}",
                "Merci de me l'avoir dit. {samaritans} écoute les jeunes, {childline} tout le monde.",
            )
        ),
    },
    mends={
        "flows/topic.yaml": ("People at {childline} listen every day.", _ENGLISH),
        FILE: example_file(),
    },
    silenceable=False,
)
