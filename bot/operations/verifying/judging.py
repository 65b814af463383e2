"""Whether a fact still stands on its page. Pure: the page has been fetched before."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.content.service_schema import Link, Phone
from bot.operations.verifying.numbers import alike, digits_of, holds, is_telephone_number, numbers_in
from bot.operations.verifying.page import Page

_PARKED: Final = re.compile(
    r"\b(?:domain(?: name)?(?: \S+){0,3} (?:is|may be|could be) (?:for sale|available|parked)|buy (?:this|the) domain|"
    r"domain (?:has|is) expired|this domain (?:has expired|is parked)|parked (?:free|domain)|domain parking|"
    r"make an offer on this domain|inquire about this domain|sponsored listings|(?:web)?site is parked|future home of|"
    r"welcome to nginx|apache2? (?:\w+ )?default page|account (?:has been |is )?suspended)\b",
    re.IGNORECASE,
)
_NOT_THERE: Final = re.compile(
    r"\b(?:(?:error|http) 404|404 error|404\W{1,3}(?:page|not|oops|sorry)|"
    r"page (?:was |could |is |can)?not (?:be )?found|"
    r"page (?:is )?not available|page (?:doesn't|does not|no longer) exists?|page has been removed|"
    r"(?:can't|cannot|couldn't|could not) find (?:that|the|this) page)\b",
    re.IGNORECASE,
)
_GATE: Final = re.compile(
    r"\b(?:verify (?:that )?you are (?:a )?human|checking your browser|are you a robot|unusual traffic|access denied|"
    r"captcha|(?:enable|requires?|turn on) javascript|javascript (?:is )?(?:required|disabled)|before you continue|"
    r"(?:accept|use|uses|using) (?:all )?cookies|cookie (?:consent|settings|preferences)|we value your privacy)\b",
    re.IGNORECASE,
)
_OF_CONSENT: Final = re.compile(
    r"\b(?:cookies?|consent(?:ing)?|legitimate interests?|geolocation|device scanning|"
    r"(?:our|and) (?:[\d,.]+ )?partners|(?:accept|reject|allow|refuse) all|"
    r"manage (?:options|preferences|choices)|we value your privacy)\b",
    re.IGNORECASE,
)
"""What stands in a paragraph about consent: a gate may be a thousand words of those before it shows the page."""

_GATE_WORDS: Final = 40
_GATE_WORDS_OF_OTHERS: Final = 200
"""A page of more words is no gate before another page, whatever it says of cookies; more still if it names nobody."""

_GIVEN_UP: Final = re.compile(
    r"\b(?:no longer (?:in use|in service|available|works?|use)|discontinued|(?:old|former|previous) number|"
    r"(?:helpline|line|service|number) (?:has )?(?:now )?(?:closed|changed|ended)|"
    r"(?:ar gael|ddefnyddio|gweithio) mwyach|hen rif|wedi cau|wedi dod i ben)\b",
    re.IGNORECASE,
)
"""In English, and in Welsh: available, used or working no longer, old number, has closed, has come to an end."""

_OLD: Final = re.compile(r"\b(?:old|former|previous) number|\bhen rif", re.IGNORECASE)
_LABEL_WORDS: Final = 6
"""A paragraph of so few words before a number is its label."""

_COSTLY: Final = ("09", "070")
"""Numbers that charge whoever rings them, and that no helpline has (Ofcom: premium rate, personal numbers)."""

_EXPLAINED: Final = re.compile(
    r"\b(?:fax|textphone|minicom|typetalk|switchboard|office|donat\w*|fundrais\w*|press|media|abroad|overseas|"
    r"outside the uk|international\w*|registered|charity|company|vat)\b",
    re.IGNORECASE,
)
_GENERAL: Final = frozenset(
    [
        "about",
        "advice",
        "against",
        "care",
        "centre",
        "charity",
        "child",
        "children",
        "childrens",
        "confidential",
        "contact",
        "crisis",
        "emergency",
        "england",
        "family",
        "foundation",
        "free",
        "from",
        "help",
        "helpline",
        "ireland",
        "line",
        "listening",
        "national",
        "northern",
        "online",
        "people",
        "police",
        "report",
        "reporting",
        "scotland",
        "service",
        "services",
        "social",
        "support",
        "team",
        "text",
        "that",
        "their",
        "united",
        "kingdom",
        "victim",
        "victims",
        "wales",
        "with",
        "young",
        "your",
        "youth",
    ]
)


class Verdict(StrEnum):
    """What came of looking. Everything but STANDS, BY_HAND and NOT_SEEN is drift."""

    STANDS = "stands"
    CHANGED = "changed"
    GONE = "gone"
    MOVED = "moved"
    PARKED = "parked"
    DOUBTFUL = "doubtful"
    NOT_SEEN = "not seen"
    BY_HAND = "by hand"

    @property
    def is_drift(self) -> bool:
        """Whether somebody has to look before people are sent there again."""
        return self not in {Verdict.STANDS, Verdict.NOT_SEEN, Verdict.BY_HAND}


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict on one fact, why, and what to do."""

    verdict: Verdict
    why: str


def judge(fact: Phone | Link, service: str, page: Page, known: AbstractSet[str]) -> Finding:
    """Whether the fact of the service with this name stands on its page.

    ``known`` are the digits of all numbers in our content: such a number beside another is no surprise.
    """
    stands = _shows(fact, page)
    if _PARKED.search(page.words) and not (stands and names(service, page)):
        return Finding(Verdict.PARKED, f"{page.address} looks like an address that is for sale or not in use any more.")
    if page.leads_on_to and not same_place(page.leads_on_to, page.address):
        return _moved(page.leads_on_to, stands)
    if hindrance := _hindrance(page, service, stands):
        return hindrance
    if isinstance(fact, Link):
        return _address(fact, page, stands)
    return _number(fact, service, page, stands, known)


def _hindrance(page: Page, service: str, stands: bool) -> Finding | None:
    """A finding if this is not the page that was asked for, but one that says so or stands before it."""
    opening = _straight(" ".join((page.title, *page.blocks[:3])))
    if _NOT_THERE.search(opening):
        if stands:
            return Finding(
                Verdict.DOUBTFUL, f"It stands on {page.address}, but that says of itself that it is not there."
            )
        return Finding(Verdict.GONE, f"{page.address} says that it is not there any more.")
    most = _GATE_WORDS if names(service, page) else _GATE_WORDS_OF_OTHERS
    rest = sum(len(block.split()) for block in (page.title, *page.blocks) if not _OF_CONSENT.search(block))
    if not stands and _GATE.search(page.words) and rest <= most:
        return Finding(Verdict.NOT_SEEN, f"{page.address} shows programs only a gate (cookies, a script, a riddle).")
    return None


def _straight(text: str) -> str:
    """The text with typographic apostrophes made straight."""
    return text.replace("\u2019", "'")


def judge_move(source: str, page: Page, fact: Phone | Link) -> Finding | None:
    """A finding if the page that was asked for turned out to be another one."""
    if same_place(source, page.address):
        return None
    return _moved(page.address, _shows(fact, page))


def judge_target(link: Link, service: str, page: Page) -> Finding:
    """Whether what stands behind an address is still that service's page."""
    if _PARKED.search(page.words):
        return Finding(Verdict.PARKED, f"{page.address} looks like an address that is for sale or not in use any more.")
    onward = page.leads_on_to or page.address
    if not same_place(link.url, onward):
        return _moved(onward, None)
    if hindrance := _hindrance(page, service, stands=False):
        return hindrance
    if not names(service, page) and len(page.words) > 200:  # a page that is drawn by a script has few words
        return Finding(Verdict.DOUBTFUL, f"{page.address} opens, but nothing on it names {service}.")
    return Finding(Verdict.STANDS, "")


def names(service: str, page: Page) -> bool:
    """Whether the page names the service, by at least one word that is not in everybody's name."""
    own = _own_words(service)
    there = page.words.casefold() + " " + urlsplit(page.address).netloc.casefold()
    return not own or any(word in there for word in own)


def _own_words(service: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", service.casefold())) - _GENERAL


def _named(service: str, text: str) -> bool:
    there = text.casefold()
    return any(word in there for word in _own_words(service))


def same_place(one: str, other: str) -> bool:
    """Whether two addresses are the same page: http or https, with or without www and the last slash."""
    return _place(one) == _place(other)


def _place(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:  # a link that no browser opens, such as http://[
        return address, "", ""
    host = (parts.hostname or "").removeprefix("www.")
    return host + port, unquote(parts.path).rstrip("/").removesuffix("/index.html").casefold(), parts.query


def _moved(to: str, stands: bool | None) -> Finding:
    there = {True: " It still stands there.", False: " It does not stand there.", None: ""}[stands]
    return Finding(
        Verdict.MOVED, f"The page has moved to {to}.{there} Hold it against the new page, and note that one."
    )


def _shows(fact: Phone | Link, page: Page) -> bool:
    if isinstance(fact, Phone):
        digits = digits_of(fact.number)
        whole = page.words  # a number may be split between cells or boxes
        return any(holds(block, digits) for block in page.blocks) or holds(whole, digits) or digits in _rung(page)
    if fact.url.startswith("mailto:"):
        return _has_mail(fact.url.removeprefix("mailto:").casefold(), page)
    return (
        same_place(fact.url, page.address)
        or any(same_place(fact.url, anchor.target) for anchor in page.anchors)
        or _bare(fact.url) in page.words.casefold()
    )


def _has_mail(address: str, page: Page) -> bool:
    linked = (unquote(anchor.target.partition(":")[2].partition("?")[0]).casefold() for anchor in page.anchors)
    return bool(re.search(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])", page.words.casefold())) or address in linked


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/").casefold()


def _address(link: Link, page: Page, stands: bool) -> Finding:
    if stands:
        return Finding(Verdict.STANDS, "")
    return Finding(Verdict.GONE, f"{link.url} does not stand on {page.address} any more.{_in_a_picture(page)}")


def _number(phone: Phone, service: str, page: Page, stands: bool, known: AbstractSet[str]) -> Finding:
    digits = digits_of(phone.number)
    strangers = _numbers(page, digits) - known - {digits}
    close = alike(digits, strangers if stands else strangers | (numbers_in(page.words) - known))
    if not stands:
        if holds(page.data, digits):
            return Finding(
                Verdict.DOUBTFUL, f"{page.address} tells {phone.number} to search engines, but to nobody else."
            )
        if close:
            return Finding(Verdict.CHANGED, f"{phone.number} is not on {page.address}, but {close[0]} is.")
        return Finding(Verdict.GONE, f"{phone.number} does not stand on {page.address} any more.{_in_a_picture(page)}")
    if phone.keyword and not re.search(rf"\b{re.escape(phone.keyword)}\b", page.words, re.IGNORECASE):
        return Finding(
            Verdict.GONE,
            f"The word to text, {phone.keyword}, does not stand on {page.address} any more.{_in_a_picture(page)}",
        )
    if wrong := _wrongly_linked(digits, page):
        return Finding(Verdict.DOUBTFUL, f"On {page.address}, {phone.number} is a link that rings {wrong} instead.")
    if close and len(digits) >= 7:
        return Finding(
            Verdict.DOUBTFUL, f"Beside {phone.number}, a number much like it is on {page.address}: {close[0]}."
        )
    if _given_up(digits, page):
        return Finding(Verdict.DOUBTFUL, f"{page.address} seems to say that {phone.number} is no longer used.")
    costly = min((one for one in strangers if one.startswith(_COSTLY) and is_telephone_number(one)), default="")
    if costly:
        return Finding(Verdict.DOUBTFUL, f"Beside {phone.number}, {page.address} gives one that costs a lot: {costly}.")
    if other := _elsewhere(digits, service, page, _numbers(page, digits) - {digits}):
        return Finding(
            Verdict.DOUBTFUL,
            f"{page.address} has {phone.number}, but gives {other} to whoever looks for {service}.",
        )
    if beside := _beside(digits, page, strangers):
        return Finding(
            Verdict.DOUBTFUL, f"Beside {phone.number}, {page.address} gives a number we do not know: {beside}."
        )
    return Finding(Verdict.STANDS, "")


def _numbers(page: Page, besides: str) -> frozenset[str]:
    linked = (unquote(anchor.target).partition(":")[2] for anchor in page.anchors if _rings(anchor.target))
    return frozenset().union(*(numbers_in(text, besides) for text in (*page.blocks, *linked)))


def _rung(page: Page) -> frozenset[str]:
    """What pressing the links of the page rings, as far as their words do not give another number."""
    return frozenset(
        digits_of(unquote(anchor.target).partition(":")[2].partition("?")[0].partition(";")[0])
        for anchor in page.anchors
        if _rings(anchor.target) and not numbers_in(anchor.words)
    )


def _given_up(digits: str, page: Page) -> bool:
    for label, block in pairwise(("", *page.blocks)):
        if holds(block, digits):
            labelled = len(label.split()) <= _LABEL_WORDS and not numbers_in(label)
            if _GIVEN_UP.search(block) or (labelled and _OLD.search(label)):
                return True
    return False


def _elsewhere(digits: str, service: str, page: Page, strangers: AbstractSet[str]) -> str:
    """The number that people are told for this service where ours is given for something else; empty: there is none.

    That is so in a table with another number in the row that names the service, or where ours stands only in the part
    that is not in English.
    """
    ours = [row for row in page.rows if holds(row, digits)]
    if ours and not any(_named(service, row) for row in ours):
        for row in page.rows:
            if _named(service, row) and (other := _unexplained(row, digits, strangers)):
                return other
    spoken = list(zip(page.languages, page.blocks, strict=False))
    languages = {language for language, block in spoken if holds(block, digits)}
    if languages and languages.isdisjoint({"en", ""}):
        for language, block in spoken:
            if language in {"en", ""} and (other := _unexplained(block, digits, strangers)):
                return other
    return ""


def _unexplained(text: str, digits: str, strangers: AbstractSet[str]) -> str:
    if _EXPLAINED.search(text):
        return ""
    return min((one for one in numbers_in(text, digits) & strangers if is_telephone_number(one)), default="")


def _rings(target: str) -> bool:
    return target.casefold().startswith(("tel:", "sms:", "callto:"))


def _wrongly_linked(digits: str, page: Page) -> str | None:
    for anchor in page.anchors:
        if _rings(anchor.target) and holds(anchor.words, digits):
            rung = digits_of(unquote(anchor.target).partition(":")[2].partition("?")[0])
            if rung and rung != digits:
                return rung
    return None


def _beside(digits: str, page: Page, strangers: AbstractSet[str]) -> str:
    beside = (_unexplained(block, digits, strangers) for block in page.blocks if holds(block, digits))
    return next(filter(None, beside), "")


def _in_a_picture(page: Page) -> str:
    """What to add where something is not among the words of a page."""
    return " Is it in a picture there? That cannot be seen from here: open the page yourself." if page.pictured else ""
