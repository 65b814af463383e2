"""WP801: whoever reads another language reads in it whatever they need in danger."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.translations import entry_place, example_file, offered_whole, reason

FILE = "flows/locale/fr/waypost.po"


def look(subject: Subject) -> Iterator[Violation]:
    """Every language that is offered whole: each text of a step of high or immediate risk, and each of the engine's own
    that stands on such screens."""
    texts = subject.translatable
    for translation in offered_whole(subject.content):
        for text in texts.values():
            if text.safety and text.id not in translation.texts:
                message = f"{translation.language}: somebody in danger may need `{text.id}`, and "
                about = f"{translation.language}:{text.about}"
                yield Violation(entry_place(translation, text.id), message + reason(translation, text.id), about)


RULE = Rule(
    code="WP801",
    severity=Severity.ERROR,
    title="What somebody in danger needs is there in every language that is offered whole",
    why="Nobody may fall back into a language they do not read just where it matters most.",
    fix="Translate it, and clear its mark once somebody who speaks the language has looked. Until then leave the "
    "language out of LANGUAGES, or its reviewer out of the header: then people get the emergency card in it.",
    part=Part.CONTENT,
    look=look,
    breaks={FILE: example_file(reviewed_by="Camille Example")},
    mends={FILE: example_file()},
    silenceable=False,
)
