"""WP804: a translation says the same numbers as the English words, and no others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.checks.facts_in_prose import addresses, plain
from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.translations import example_file

FILE = "flows/locale/fr/waypost.po"
_DIGITS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[a-z]+")
_SPELLED: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
"""Numbers that English texts write out, from one on; another language may write digits for them."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every translation, of every language that has a file: its digits, in any script, and addresses."""
    texts = subject.translatable
    for language, translation in subject.content.translations.items():
        for id_, translated in translation.texts.items():
            english = texts[id_].text
            words = plain(translated.text)
            wanted, given = Counter(_DIGITS.findall(plain(english))), Counter(_DIGITS.findall(words))
            about = f"{language}:{texts[id_].about}"
            if wanted != given and not wanted <= given <= wanted + _spelled(english):
                message = f"{language}: `{id_}` has the numbers {_listed(given)}, the English words {_listed(wanted)}"
                yield Violation(translated.place, message, about)
            elif address := _address(words, english):
                message = f"{language}: `{id_}` holds an address, “{address}”, which the English words do not"
                yield Violation(translated.place, message, about)


def _spelled(english: str) -> Counter[str]:
    words = (word.removesuffix("s") for word in _WORD.findall(english.casefold()))
    return Counter(str(_SPELLED.index(word) + 1) for word in words if word in _SPELLED)


def _address(words: str, english: str) -> str:
    return next((address for address in addresses(words) if address not in english), "")


def _listed(numbers: Counter[str]) -> str:
    return ", ".join(sorted(numbers.elements())) or "none"


RULE = Rule(
    code="WP804",
    severity=Severity.ERROR,
    title="A translation has the numbers of the English words",
    why="A digit that slipped, or a helpline of another country put in by heart, is found by nobody who reads English.",
    fix="Write the same numbers as in English; names in braces are filled in with the right ones.",
    part=Part.CONTENT,
    look=look,
    breaks={FILE: example_file(("answer:age/under_13/button", "Under 13", "Moins de 15 ans"))},
    mends={FILE: example_file()},
    silenceable=False,
)
