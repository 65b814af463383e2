"""WP802: every language that has a translation has the emergency card at least."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.translations import entry_place, example_file, reason
from bot.content.editions import LEAST

FILE = "flows/locale/fr/waypost.po"


def look(subject: Subject) -> Iterator[Violation]:
    """Every file with anything translated in it. Without its card a language is offered to nobody, without a word."""
    texts = subject.translatable
    for language, translation in subject.content.translations.items():
        begun = translation.texts or translation.unsure or translation.outdated
        for id_ in sorted(LEAST) if begun else ():
            if id_ in texts and id_ not in translation.texts:
                message = f"{language}: the emergency card needs `{id_}`, and {reason(translation, id_)}: so nobody is "
                yield Violation(entry_place(translation, id_), f"{message}offered this language", f"{language}:card")


RULE = Rule(
    code="WP802",
    severity=Severity.ERROR,
    title="Every language has its emergency card",
    why="Who reads no English must at least be told in their own language what to ring.",
    fix="Translate these few texts, or take the file away.",
    part=Part.CONTENT,
    look=look,
    breaks={FILE: example_file(("answer:age/under_13/button", "Under 13", "Moins de 13 ans"))},
    mends={FILE: example_file()},
    silenceable=False,
)
