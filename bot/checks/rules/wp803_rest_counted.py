"""WP803: how much of a language that is offered whole is still in English."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.translations import example_file, offered_whole

FILE = "flows/locale/fr/waypost.po"


def look(subject: Subject) -> Iterator[Violation]:
    """Every language that is offered whole: how many texts are missing, how many are marked, and whether anybody who
    speaks it has read it."""
    texts = subject.translatable
    for translation in offered_whole(subject.content):
        language = translation.language
        if missing := sum(id_ not in translation.texts for id_ in texts):
            unsure = f", {len(translation.unsure)} of them marked fuzzy" if translation.unsure else ""
            message = f"{language}: {missing:,} of {len(texts):,} texts are shown in English{unsure}"
            yield Violation(translation.place, message, f"{language}:rest")
        if not translation.reviewers:
            message = f"{language}: offered whole, though nobody who speaks it has reviewed what a machine translated"
            yield Violation(translation.place, message, f"{language}:reviewed")


RULE = Rule(
    code="WP803",
    severity=Severity.WARNING,
    title="A language that is offered whole is translated and reviewed",
    why="Half a conversation in a language one does not read is hard on anybody, and a machine makes mistakes that "
    "only people who speak the language can see.",
    fix="Translate the rest (`python -m bot translate status --missing`), and name who reviewed it in X-Reviewed-By.",
    part=Part.CONTENT,
    look=look,
    breaks={FILE: example_file(reviewed_by="Camille Example")},
    mends={FILE: example_file()},
)
