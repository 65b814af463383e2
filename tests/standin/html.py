"""Telegram's HTML: a handful of tags, four named entities, and a refusal for everything that is not balanced.

The behaviour follows the open source of Telegram's library (tdlib/td, td/telegram/MessageEntity.cpp and its tests):
offsets of entities are UTF-16 units, offsets in refusals are bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.standin.refusals import Json, bad_request

ENTITY_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#(?P<decimal>\d+)|#x(?P<hex>[0-9a-fA-F]+)|(?P<name>lt|gt|amp|quot));?")
SPACE = " \t\r\n\v\f"
LAST_CODE_POINT = 0x10FFFF


def utf16_length(text: str) -> int:
    """Length as Telegram's clients and entities count it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class Open:
    """A start tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass
class Parser:
    """Reads ``source`` once from left to right; ``parse`` may be called once."""

    source: str
    position: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    opened: list[Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.position < len(self.source):
            if self.source.startswith("</", self.position):
                self._end_tag()
            elif self.source[self.position] == "<":
                self._start_tag()
            else:
                self._character()
        if self.opened:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        return "".join(self.text), merged(self.entities)

    def _error(self, text: str, at: int | None = None) -> Exception:
        place = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"can't parse entities: {text}{place}")

    def _append(self, piece: str) -> None:
        self.text.append(piece)
        self.length += utf16_length(piece)

    def _character(self) -> None:
        match = CHARACTER.match(self.source, self.position)
        meaning = None if match is None else self._decoded(match)
        if match is None or meaning is None:
            self._append(self.source[self.position])
            self.position += 1
            return
        self._append(meaning)
        self.position = match.end()

    def _decoded(self, match: re.Match[str]) -> str | None:
        if match["name"]:
            return NAMED[match["name"]]
        code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
        if 0xD800 <= code <= 0xDFFF:
            raise self._error("Text contains invalid Unicode characters after decoding HTML entities")
        return chr(code) if 0 < code <= LAST_CODE_POINT else None

    def _take_until(self, stop: str) -> str:
        begin = self.position
        while self.position < len(self.source) and self.source[self.position] not in stop:
            self.position += 1
        return self.source[begin : self.position]

    def _skip_space(self) -> None:
        while self._next() and self._next() in SPACE:
            self.position += 1

    def _next(self) -> str:
        return self.source[self.position : self.position + 1]

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        tag = self._take_until(SPACE + ">").lower()
        if not self._next():
            raise self._error("Unclosed start tag", begin)
        if tag not in ENTITY_TYPES:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._next() == ">":
                break
            name, value = self._attribute(tag, begin)
            attributes[name] = value
        self.position += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            raise self._error("Invalid custom emoji identifier specified")
        self.opened.append(Open(tag, attributes, self.length, len(self.text)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._take_until(SPACE + "=>").lower()
        if not name and self._next():
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        if tag == "blockquote" and name == "expandable" and self._next() != "=":
            return name, ""
        if not self._next():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if self._next() != "=":
            raise self._error(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        self.position += 1
        self._skip_space()
        if not self._next():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        return name, self._value(begin)

    def _value(self, begin: int) -> str:
        quote = self._next()
        start = self.position
        if quote not in "'\"":
            value = re.compile(r"[A-Za-z0-9.\-]*").match(self.source, start)
            self.position = value.end() if value else start
            if self._next() and self._next() not in SPACE + ">":
                raise self._error("Unexpected end of name token", start)
            return self.source[start : self.position].lower()
        self.position += 1
        raw = self._take_until(quote)
        if not self._next():
            raise self._error("Unclosed start tag", begin)
        self.position += 1
        return CHARACTER.sub(lambda match: self._decoded(match) or match[0], raw)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.opened:
            raise self._error("Unexpected end tag", begin)
        self.position += 2
        tag = self._take_until(SPACE + ">").lower()
        self._skip_space()
        if self._next() != ">":
            raise self._error("Unclosed end tag", begin)
        self.position += 1
        opened = self.opened.pop()
        if tag and tag != opened.tag:
            place = len(self.source[:begin].encode())
            raise self._error(f'Unmatched end tag at byte offset {place}, expected "</{opened.tag}>", found "</{tag}>"')
        if self.length > opened.offset:
            self.entities.append(self._entity(opened))

    def _entity(self, opened: Open) -> Json:
        entity: Json = {
            "type": ENTITY_TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        attributes = opened.attributes
        if opened.tag == "a":
            entity["url"] = attributes.get("href") or "".join(self.text[opened.start :])
        elif opened.tag == "code" and attributes.get("class", "").startswith("language-"):
            entity["language"] = attributes["class"].removeprefix("language-")
        elif opened.tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = attributes["emoji-id"]
        return entity


def merged(entities: list[Json]) -> list[Json]:
    """Entities in reading order; ``<pre><code class="language-…">`` is one, a language elsewhere means nothing."""
    blocks = {(entity["offset"], entity["length"]): entity for entity in entities if entity["type"] == "pre"}
    result: list[Json] = []
    for entity in entities:
        language = entity.pop("language", None) if entity["type"] == "code" else None
        block = blocks.get((entity["offset"], entity["length"]))
        if entity["type"] == "code" and block is not None:
            if language:
                block["language"] = language
            continue
        result.append(entity)
    return sorted(result, key=lambda entity: (entity["offset"], -entity["length"], entity["type"]))


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities of Telegram HTML. Raises the 400 that Telegram would answer with."""
    return Parser(source).parse()
