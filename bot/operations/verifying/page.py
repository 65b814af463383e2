"""What a person sees on a web page, taken from its HTML: words block by block, and where its links lead."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

_UNSEEN: Final = frozenset(
    {"script", "style", "template", "svg", "math", "object", "iframe", "head", "s", "strike", "del"}
)
"""Elements whose words nobody sees, or sees struck out."""
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_DRAWN: Final = frozenset({"img", "svg", "canvas", "object"})
_SPOKEN_ATTRIBUTES: Final = ("alt", "aria-label", "title", "placeholder", "value")
_HEAD_ONLY: Final = frozenset({"title", "meta", "link", "base", "script", "style", "template", "noscript"})
_INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_REFRESH: Final = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_FORMAT: Final = "Cf"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: where it leads (absolute), and the words on it."""

    target: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read: ``blocks`` are paragraphs, list items, cells and so on, each on one line."""

    address: str
    title: str
    blocks: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    leads_on_to: str | None = None
    """Where the page sends everybody who opens it, if it does."""
    data: str = ""
    """What it tells programs alone (JSON-LD): words that no person sees."""
    pictured: bool = False
    """Whether there are pictures or drawings on it, in which people may read what a program cannot."""
    languages: tuple[str, ...] = ()
    """For each block, the language that the page says it is in (``cy``; empty: it does not say)."""
    rows: tuple[str, ...] = ()
    """The rows of its tables, each on one line: who stands beside which number."""

    @property
    def words(self) -> str:
        """Everything on it, the title included, in one line."""
        return " ".join((self.title, *self.blocks))


def read_page(html: str, address: str) -> Page:
    """The page at ``address``. Never fails: broken HTML is read as far as it goes, as browsers do."""
    reader = _Reader(address)
    whole = html.rfind(">") + 1
    reader.feed(html[:whole] + html[whole:].replace("<", " "))  # a tag that never ends is looked for again and again
    reader.close()
    return reader.page()


def plain(text: str) -> str:
    """The text with full-width and styled characters made plain, invisible ones dropped, and single spaces."""
    shown = "".join(character for character in text if unicodedata.category(character) != _FORMAT)
    return " ".join(unicodedata.normalize("NFKC", shown).split())


@dataclass
class _Open:
    name: str
    hidden: bool
    language: str


@dataclass
class _Link:
    target: str
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self._address = address
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()
        """How many elements of each name are open: most ends have a beginning, and those without are not searched."""
        self._block: list[str] = []
        self._blocks: list[str] = []
        self._languages: list[str] = []
        self._rows: list[str] = []
        self._row_from: int | None = None
        self._titles: list[str] = []
        self._links: list[_Link] = []
        self._current: _Link | None = None
        self._leads_on_to: str | None = None
        self._data: list[str] = []
        self._in_data = False
        self._pictured = False

    def page(self) -> Page:
        self._end_row()
        anchors = tuple(Anchor(link.target, plain("".join(link.words))) for link in self._links)
        return Page(
            self._address,
            plain("".join(self._titles)),
            tuple(self._blocks),
            anchors,
            self._leads_on_to,
            " ".join(self._data),
            self._pictured,
            tuple(self._languages),
            tuple(self._rows),
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._meta(tag, given)
        self._in_data = tag == "script" and given.get("type", "").casefold() == "application/ld+json"
        if tag not in _HEAD_ONLY and self._open and self._open[-1].name == "head":
            self._close(len(self._open) - 1)  # its end may be left out
        hidden = self._hidden or tag in _UNSEEN or "hidden" in given or bool(_INVISIBLE.search(given.get("style", "")))
        if tag not in _INLINE:
            self._end_block()
        if tag == "tr":
            self._end_row()
            self._row_from = len(self._blocks)
        if tag not in _VOID:
            self._open.append(_Open(tag, hidden, given.get("lang", "").partition("-")[0].casefold() or self._language))
            self._count[tag] += 1
        self._pictured = self._pictured or tag in _DRAWN
        if hidden:
            return
        if tag == "a" and given.get("href"):
            self._current = _Link(_joined(self._address, given["href"].strip()))
            self._links.append(self._current)
        for name in _SPOKEN_ATTRIBUTES:
            if given.get(name) and (name != "value" or tag in {"input", "button"}):
                self._spoken(given[name])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False
        if tag not in _INLINE:
            self._end_block()
        if tag == "a":
            self._current = None
        if tag in {"tr", "table"}:
            self._end_row()
        if self._count[tag]:
            self._close(next(at for at in range(len(self._open) - 1, -1, -1) if self._open[at].name == tag))

    def _close(self, at: int) -> None:
        """Ends this element and what was left open in it."""
        self._count.subtract(element.name for element in self._open[at:])
        del self._open[at:]

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self._data.append(data)
        elif self._open and self._open[-1].name == "title":
            self._titles.append(data)
        elif not self._hidden:
            self._block.append(data)
            if self._current is not None:
                self._current.words.append(data)

    @property
    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1].hidden

    @property
    def _language(self) -> str:
        return self._open[-1].language if self._open else ""

    def _spoken(self, words: str) -> None:
        """Words of a picture or for a screen reader: a block of their own, since they repeat or replace others."""
        self._say(words)
        if self._current is not None and not self._current.words:
            self._current.words.append(f" {words} ")

    def _meta(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.match(given.get("content", ""))
            self._leads_on_to = _joined(self._address, found[1]) if found else self._leads_on_to

    def _end_block(self) -> None:
        self._say("".join(self._block))
        self._block.clear()

    def _say(self, words: str) -> None:
        if text := plain(words):
            self._blocks.append(text)
            self._languages.append(self._language)

    def _end_row(self) -> None:
        self._end_block()
        if self._row_from is not None:
            self._rows.append(" ".join(self._blocks[self._row_from :]))
        self._row_from = None


def _joined(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError:
        return target
