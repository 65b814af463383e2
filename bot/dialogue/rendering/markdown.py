"""Parts of a screen as Markdown, for pages that people read, print and mark up. Everything is escaped.

Meant for CommonMark (https://spec.commonmark.org/0.31.2/) and what GitHub and GitLab make of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from bot.content.text import Block, Span
from bot.dialogue.screen import Button, Card

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~#]|&(?=#?\w+;))")
_ESCAPED: Final = r"\\\1"
_LINE_START: Final = re.compile(r"^(\d+)([.)])|^([-+=])")
_LINKABLE: Final = ("https://", "http://")


def escaped(text: str) -> str:
    """``text`` as it stands, whatever it holds: no part of it becomes markup."""
    return _LINE_START.sub(_kept_at_the_start, _SPECIAL.sub(_ESCAPED, " ".join(text.split())))


def blocks(shown: Sequence[Block]) -> list[str]:
    """Paragraphs and lists, one string each, to be parted by empty lines."""
    return [_block(block) for block in shown]


def card(shown: Card) -> list[str]:
    """A service: its name and when somebody answers, then what to know and do."""
    return [card_head(shown), *blocks(shown.blocks)]


def card_head(shown: Card) -> str:
    """A service's name and when somebody answers."""
    return f"**{escaped(shown.name)}**: {escaped(shown.availability[:1].lower() + shown.availability[1:])}"


def button(shown: Button) -> str:
    """A button, by its label."""
    return f"\\[ {escaped(shown.label)} \\]"


def quoted(parts: Sequence[str]) -> str:
    """Paragraphs and lists inside a quotation, which readers draw with a bar at its side."""
    return "\n>\n".join("\n".join(f"> {line}" for line in part.split("\n")) for part in parts)


def _block(block: Block) -> str:
    lines = [_line(line) for line in block.lines]
    return "\n".join(f"- {line}" for line in lines) if block.bullets else "\n\n".join(lines)


def _line(line: Sequence[Span]) -> str:
    runs = ((bold, "".join(map(_words, spans))) for bold, spans in groupby(line, key=lambda span: span.bold))
    return _LINE_START.sub(_kept_at_the_start, "".join(_bold(text) if bold else text for bold, text in runs))


def _bold(text: str) -> str:
    """The words in bold. The asterisks stand at the words themselves: beside a space they would mean nothing."""
    words = text.strip()
    before, _, after = text.partition(words)
    return f"{before}**{words}**{after}" if words else text


def _words(span: Span) -> str:
    text = _SPECIAL.sub(_ESCAPED, span.text)
    if span.url.startswith(_LINKABLE):
        return f"<{span.url}>" if span.text == span.url else f"[{text}]({_destination(span.url)})"
    address = span.url.removeprefix("mailto:")
    return text if address in {span.url, span.text} else f"{text}: {_SPECIAL.sub(_ESCAPED, address)}"


def _destination(url: str) -> str:
    """An address as a link's, in angle brackets where it holds something that would end it."""
    return f"<{url}>" if set(url) & set("() ") else url


def _kept_at_the_start(found: re.Match[str]) -> str:
    """A number with a full stop, or a dash, which would begin a list."""
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"
