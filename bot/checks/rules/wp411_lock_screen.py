"""WP411: a locked phone gives nothing away."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.first_glance import GLANCE, first_glances
from bot.checks.words.listed import message
from bot.checks.words.matching import HarmfulWords, Phrases
from bot.checks.words.plain_words import plain_words
from bot.checks.words.pointing import point
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """What can stand first in a message. Names count here: a helpline's name says what somebody asked about."""
    lists = {
        language: HarmfulWords(lists.get(WordList.LOCK_SCREEN, ()), Phrases(()))
        for language, lists in subject.content.words.items()
    }
    for glance in first_glances(subject):
        wording = glance.wording
        if wording.language in lists:
            for found in lists[wording.language].look(plain_words(glance.text)):
                hint = f"Better: {found.harm.instead}"
                yield wording.violation(message(found), point(wording.place, found.words), hint=hint)


RULE = Rule(
    code="WP411",
    severity=Severity.ERROR,
    title=f"The first {GLANCE} characters of a screen give nothing away",
    why="They show on a locked phone, where a parent, a partner or whoever does the harm may read them.",
    fix="Begin with words that fit anything, such as “Thank you for telling me.” An emergency number may stand there.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("say: You are doing well.", "say: Being blackmailed is hard.")},
    mends={"flows/topic.yaml": ("say: You are doing well.", "say: You are doing well. This can feel very hard.")},
)
