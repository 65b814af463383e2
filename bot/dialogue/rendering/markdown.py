"""Parts of a screen as Markdown, for pages that people read, print and mark up. Everything is escaped.

Meant for CommonMark (https://spec.commonmark.org/0.31.2/) and what GitHub and GitLab make of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.content.text import Block, Span
from bot.dialogue.screen import Button, Card

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~#&])")
_LINE_START: Final = re.compile(r"^(\d+)([.)])|^([-+=])")
_LINKABLE: Final = ("https://", "http://")


def escaped(text: str) -> str:
    """``text`` as it stands, whatever it holds: no part of it becomes markup."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", plain)


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
    lines = ["".join(map(_span, line)) for line in block.lines]
    return "\n".join(f"- {line}" for line in lines) if block.bullets else "\n\n".join(lines)


def _span(span: Span) -> str:
    text = _kept(span.text)
    if span.url.startswith(_LINKABLE):
        text = f"<{span.url}>" if span.text == span.url else f"[{text}](<{span.url}>)"
    elif span.url.startswith("mailto:") and span.url.removeprefix("mailto:") != span.text:
        text = f"{text}: {_kept(span.url.removeprefix('mailto:'))}"
    words = text.strip()
    if not span.bold or not words:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}**{words}**{after}"


def _kept(text: str) -> str:
    """Escaped, with the spaces at both ends that part a span from its neighbours."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{escaped(text)}{after}"
