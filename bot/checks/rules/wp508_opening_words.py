"""WP508: each of the texts for opening times says its own thing, and nothing that another one says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Language
from bot.dialogue.availability import MONTH_TEXTS, WEEKDAY_TEXTS

_WORD: Final = re.compile(r"(?<!\{)\b\w+\b(?!\})")

_OPEN: Final = (
    "open_day_and_night",
    "open_now",
    "open_until",
    "open_until_midnight",
    "open_until_midnight_tomorrow",
    "open_until_midnight_day",
    "open_until_midnight_date",
    "open_until_tomorrow",
    "open_until_day",
    "open_until_date",
)
_CLOSED: Final = ("opens_today", "opens_tomorrow", "opens_day", "opens_date")
_UNKNOWN: Final = "times_unknown"

_ENGLISH: Final = dict(
    zip(
        (*WEEKDAY_TEXTS, *MONTH_TEXTS),
        [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        strict=True,
    )
)


def look(subject: Subject) -> Iterator[Violation]:
    """The texts of every language: no text of an open service says what only those of closed ones say, or the other way
    round; days and months are all different, and in English those they are."""
    for language in subject.content.languages.values():
        yield from _contradictions(language)
        for keys in (WEEKDAY_TEXTS, MONTH_TEXTS):
            yield from _names(language, keys)


def _contradictions(language: Language) -> Iterator[Violation]:
    words = {key: frozenset(_WORD.findall(language.texts[key].casefold())) for key in (*_OPEN, *_CLOSED, _UNKNOWN)}
    for own, other in ((_OPEN, _CLOSED), (_CLOSED, _OPEN)):
        if said := sorted(words[_UNKNOWN] & _telling(words, own, other)):
            message = f"`{_UNKNOWN}` says “{said[0]}”, though it stands where the times are not known"
            yield Violation(language.places[_UNKNOWN], message, f"texts.{_UNKNOWN}")
    shut = frozenset.intersection(*(words[key] for key in _CLOSED[1:])) - words["open_now"]
    if len(shut) == 0 and language.code == "en":
        odd = next((key for key in _CLOSED if "closed" not in words[key]), _CLOSED[0])
        yield Violation(language.places[odd], f"`{odd}` does not say that nobody answers now", f"texts.{odd}")
    for own, other in ((_OPEN, _CLOSED), (_CLOSED, _OPEN)):
        foreign = _telling(words, other, own)
        for key in own:
            if said := sorted(words[key] & foreign):
                message = f"`{key}` says “{said[0]}”, which belongs to `{other[-1]}` and its like"
                yield Violation(language.places[key], message, f"texts.{key}")


def _telling(words: Mapping[str, frozenset[str]], own: Sequence[str], other: Sequence[str]) -> frozenset[str]:
    """Words of one kind of texts alone. One text of either kind may be the mistaken one."""
    everywhere = frozenset().union(*(words[key] for key in own))
    return frozenset(
        word
        for word in everywhere
        if sum(word in words[key] for key in own) >= len(own) - 1 and sum(word in words[key] for key in other) <= 1
    )


def _names(language: Language, keys: tuple[str, ...]) -> Iterator[Violation]:
    seen: dict[str, str] = {}
    for key in keys:
        name = language.texts[key].strip().casefold()
        if name in seen:
            message = f"`{key}` and `{seen[name]}` are both “{language.texts[key]}”"
            yield Violation(language.places[key], message, f"texts.{key}")
        elif language.code == "en" and name != _ENGLISH[key].casefold():
            message = f"`{key}` is “{language.texts[key]}”, and should be “{_ENGLISH[key]}”"
            yield Violation(language.places[key], message, f"texts.{key}")
        seen.setdefault(name, key)


RULE = Rule(
    code="WP508",
    severity=Severity.ERROR,
    title="The words for opening times say what they are for",
    why="“Open now” above a line that is closed sends somebody to a door that stays shut. They may not try another.",
    fix="Say in each text just what its name says, and in each language every day and month by its own name.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/shared/texts.yaml": ('opens_tomorrow: "Closed now. Opens', 'opens_tomorrow: "Open now. Opens')},
    mends={"flows/shared/texts.yaml": ('opens_tomorrow: "Closed now. Opens', 'opens_tomorrow: "Closed now. It opens')},
    silenceable=False,
)
