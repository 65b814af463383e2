"""Finds numbers, addresses and hours that somebody wrote into a text, also in disguise.

They belong into resources.yaml, where each has a source and a passport; in a text nobody would ever correct them.
Ages, counts and years are no such facts ("under 18", "2 people", "since 2015").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.checks.number_plan import VOICE_CODES
from bot.checks.spelled_numbers import spelled_numbers


class Sort(StrEnum):
    """What a passage is."""

    NUMBER = "phone number"
    ADDRESS = "web or e-mail address"
    HOURS = "opening time"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found: the words as they stand (a number's digits after them where they were spelled out)."""

    sort: Sort
    words: str
    digits: str = ""


_GAP: Final = r"[ \u00a0\u2009\u202f()./\-\u2010-\u2015]"
_RUN: Final = re.compile(rf"\+?\d(?:{_GAP}{{0,3}}\d)*")
_THOUSANDS: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_YEARS: Final = re.compile(r"(?:19|20)\d\d(?:\s?[-/\u2010-\u2015]\s?(?:(?:19|20)\d\d|\d\d))?")
_DATE: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d")
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d\d(?:\s?[-\u2010-\u2015]\s?\d{1,2}[:.]\d\d)?")

_DIALLED: Final = re.compile(r"(?i)\b(?:ext(?:ension)?|dial|ring|call|text|phone|fax)\.? (?:us on |it on |on )?$")
"""Before a number however short."""

_FEWEST_DIALLED: Final = 3
_LONG: Final = 5
"""So many digits together are no count that somebody would write in a text without a comma."""

_ENDINGS: Final = (
    "com|org|net|info|gov|edu|app|chat|help|online|site|website|page|link|club|life|care|support|health|charity|social"
    "|blog|cymru|wales|scot|london|ngo|foundation|community|uk|eu|ie|us|io|co|me|ly|gg|tv|to|be|de|fr|nl|se|no|dk|fi|pl"
    "|es|it|pt|ch|at|au|nz|ca|in|ru|cn"
)
_SCHEME: Final = re.compile(r"(?i)\b(?:https?|ftp|mailto|tel|sms|tg|whatsapp):\S+|\bwww\.\S+")
_MAIL: Final = re.compile(
    r"(?i)[\w.+-]+@[\w-]+(?:\.[\w-]+)*|[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\s?\.\s?[\w-]+)+"
)
_HANDLE: Final = re.compile(r"(?<![\w@])@\w{3,}")
_SITE: Final = re.compile(rf"(?<![\w@.])(?:[a-z0-9][a-z0-9-]*\.)+(?:{_ENDINGS})(?![\w-])(?:/\S*)?", re.IGNORECASE)
_SPACED_SITE: Final = re.compile(r"\b[a-z0-9-]{2,}(?: \. ?| ?\. )(?:com|org|net|co \. ?uk|org \. ?uk|gov \. ?uk)\b")
_DOTTED: Final = re.compile(rf"(?i)\b[a-z0-9-]+\s?[\[(]?\bdot\b[\])]?\s?(?:{_ENDINGS})\b")

_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?|weekdays?|weekends?"
_DAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|bank holidays?"
_PARTS: Final = r"evenings|mornings|afternoons|every (?:evening|morning|afternoon)"
_HOUR: Final = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_TO: Final = r"(?:to|and|until|till|through|[-\u2010-\u2015])"
_HOURS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m|p\.m)\b",
        r"\b(?:[01]?\d|2[0-4]):[0-5]\d\b",
        rf"\b\d{{1,2}}\.[0-5]\d\s?{_TO}\s?\d{{1,2}}\.[0-5]\d\b",
        r"\b24\s?[/\-\u2010-\u2015x]\s?7\b|\btwenty[- ]four[- /]seven\b",
        r"\b(?:24|twenty[- ]four)[- ]?(?:hours?|hrs?|h)\b(?=[- ](?:a|per|each|every) day|[- ]\w*(?:line|chat))",
        r"\b(?:[01]?\d|2[0-4])h[0-5]\d\b",
        r"\bround[- ]the[- ]clock\b",
        rf"\b(?:half|quarter) (?:past|to) (?:\d{{1,2}}|{_HOUR})\b",
        rf"\b(?:opens?|closes?|closed|staffed)\s(?:at|from|until|till)\s(?:\d{{1,2}}|{_HOUR})\b",
        r"\bnine[- ]to[- ]five\b",
        rf"\b(?:\d{{1,2}}|{_HOUR})(?: thirty)? ?o['\u2019]?\s?clock\b",
        rf"\b(?:from|until|till)\s(?:\d{{1,2}}|{_HOUR})\s(?:in the (?:morning|afternoon|evening)|at night)\b",
        rf"\b(?:from|between)\s{_HOUR}\s{_TO}\s{_HOUR}\b(?!\s(?!on\b|every\b|each\b|in the\b)\w)",
        r"\b(?:open|closed|answers?|staffed|there)\b[^.!?]{0,20}\b(?:until|till|from|at)\s(?:noon|midday|midnight)",
        rf"\b(?:{_DAY})\s?(?:to|until|till|through|[-\u2010-\u2015])\s?(?:{_DAY})\b",
        rf"\b(?:open|opens|closed|closes|staffed|answers?)\b[^.!?]{{0,25}}\b(?:{_DAYS}|{_PARTS})\b",
    )
)

_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")

_AMOUNT: Final = rf"(?:\d+|{_HOUR}|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a few|(?:a )?hundred)"
_PRICES: Final = (
    re.compile(r"[£€]\s?\d+(?:\.\d\d)?|\b\d+(?:\.\d\d)?\s?(?:p|GBP|EUR)\b(?!\.\s?m)|\b\d+\s?€"),
    re.compile(
        rf"\b(?:costs?|charged?|charges|price of|for only|for just)\b[^.!?;]{{0,15}}?"
        rf"\b{_AMOUNT}(?:[- ]{_HOUR})? (?:pence|pennies|penny|pounds?|euros?|cents?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_AMOUNT}(?:[- ]{_HOUR})? (?:pence|pennies|penny|pounds?|euros?|cents?)"
        r" (?:a|an|per|each|for (?:each|every|a)) (?:minute|call|text|message|hour|session|month)\b",
        re.IGNORECASE,
    ),
)
_MAY_HOLD_PRICES: Final = re.compile(r"\d|penn|pence|pound|euro|cent", re.IGNORECASE)

_MAY_HOLD_HOURS: Final = re.compile(
    rf"\d|\b{_HOUR}\b|twenty|clock|half|quarter|noon|midday|midnight|mon|tue|wed|thu|fri|sat|sun|week|bank|evening"
    "|morning|afternoon",
    re.IGNORECASE,
)
"""Most texts hold nothing of this, and so none of the hours."""

_MAY_HOLD_ADDRESSES: Final = re.compile(r"[.@:\[(]|www|dot|\d[a-z]{2}\b", re.IGNORECASE)


def passages(text: str, known: Collection[str] = ()) -> Iterator[Passage]:
    """Every fact in ``text``, which is one paragraph without markup. ``known`` are the digits of numbers in use, which
    are found however short they are."""
    text = plain(text)
    found = addresses(text)
    yield from (Passage(Sort.ADDRESS, words) for words in found)
    for words in found:
        text = text.replace(words, " ; ")
    hours = list(_hours(text)) if _MAY_HOLD_HOURS.search(text) else []
    yield from (Passage(Sort.HOURS, words) for words in hours)
    for words in hours:
        text = text.replace(words, " ; ")
    prices = list(_prices(text)) if _MAY_HOLD_PRICES.search(text) else []
    yield from (Passage(Sort.PRICE, words) for words in prices)
    yield from _numbers(text, frozenset(known) | VOICE_CODES.keys())


def addresses(text: str) -> list[str]:
    """The web and e-mail addresses among the facts in ``text``, which `plain` gave."""
    return list(_addresses(text)) if _MAY_HOLD_ADDRESSES.search(text) else []


def plain(text: str) -> str:
    """Digits and signs of any script and width as those of a keyboard, and nothing invisible."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).replace("\u3002", ".")
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
        if unicodedata.category(character) not in {"Cf", "Me"} and not "\ufe00" <= character <= "\ufe0f"
    )


def _hours(text: str) -> Iterator[str]:
    yield from dict.fromkeys(found[0] for pattern in _HOURS for found in pattern.finditer(text))


def _prices(text: str) -> Iterator[str]:
    yield from dict.fromkeys(found[0] for pattern in _PRICES for found in pattern.finditer(text))


def _addresses(text: str) -> Iterator[str]:
    found: list[tuple[int, int]] = []
    for pattern in (_SCHEME, _MAIL, _SITE, _HANDLE, _SPACED_SITE, _DOTTED, _POSTCODE):
        for match in pattern.finditer(text):
            if pattern is _SITE and _is_sentence_end(match[0]):
                continue
            if not any(start < match.end() and match.start() < end for start, end in found):
                found.append(match.span())
                yield match[0].rstrip(".,;:!?")


def _is_sentence_end(words: str) -> bool:
    """A full stop without the space after it: "… for you.No one …"."""
    before, _, after = words.rpartition(".")
    return (
        after.istitle()
        and after.lower() in {"no", "in", "it", "me", "to", "be", "at", "us", "help", "so"}
        and bool(before)
    )


def _numbers(text: str, known: Collection[str]) -> Iterator[Passage]:
    text = _THOUSANDS.sub(" some ", text)
    for match in _RUN.finditer(text):
        words = match[0]
        digits = re.sub(r"\D", "", words)
        if digits not in known and (_is_date_or_time(words) or _is_list_of_ages(words)):
            continue
        alone = not re.search(r"\w$", text[: match.start()]) and not re.match(r"\w", text[match.end() :])
        dialled = len(digits) >= _FEWEST_DIALLED and _DIALLED.search(text[: match.start()])
        if len(digits) >= _LONG or (alone and (digits in known or dialled or _begins_like_a_number(digits))):
            yield Passage(Sort.NUMBER, words, digits)
    for words, digits in spelled_numbers(text, known):
        yield Passage(Sort.NUMBER, words, digits)


def _is_date_or_time(words: str) -> bool:
    return any(pattern.fullmatch(words) for pattern in (_YEARS, _DATE, _CLOCK))


def _is_list_of_ages(words: str) -> bool:
    """Two digits at most between the signs, as in "under 18 (16/17)"; one by one, they are a number in disguise."""
    groups = re.findall(r"\d+", words)
    return words[0] not in "0+" and max(map(len, groups)) == 2


def _begins_like_a_number(digits: str) -> bool:
    return len(digits) >= 3 and digits.startswith("0")
