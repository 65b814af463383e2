"""Parts of a screen as HTML for a web page. Everything is escaped; numbers can be rung and texted by pressing them.

Pure, and apart from the channel so that checks can measure it. The page around these parts is the web channel's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from bot.content.text import Block, Span
from bot.dialogue.screen import Button, Card

_SPECIAL: Final = re.compile("[&<>\"']")
_HERE: Final = ("tel:", "sms:")
_ELSEWHERE: Final = ("https://", "http://")


def blocks(shown: Sequence[Block]) -> str:
    """Paragraphs and lists."""
    return "\n".join(_block(block) for block in shown)


def inline(shown: Sequence[Block]) -> str:
    """Blocks as one run of words, for a heading."""
    return " ".join(_line(line) for block in shown for line in block.lines)


def card(shown: Card) -> str:
    """A service: its name as a heading below those of the page, when somebody answers, what to know and do."""
    return (
        f'<article class="card">\n<h3>{escape(shown.name)}</h3>\n<p class="when">{escape(shown.availability)}</p>\n'
        f"{blocks(shown.blocks)}\n</article>"
    )


def buttons(shown: Sequence[Button]) -> str:
    """Buttons of a form, each of which sends its token; a class says why it is there, so that it can be placed."""
    return "\n".join(map(_button, shown))


def _button(button: Button) -> str:
    language = f' lang="{button.language}"' if button.language else ""
    label = _escape(button.label)
    return f'<button name="press" value="{button.token}" class="{button.role.value}"{language}>{label}</button>'


def _escape(words: str) -> str:
    """As `html.escape`, for the many words in which there is nothing to escape."""
    return escape(words) if _SPECIAL.search(words) else words


def _block(block: Block) -> str:
    if block.bullets:
        return "<ul>" + "".join(f"<li>{_line(line)}</li>" for line in block.lines) + "</ul>"
    return "".join(f"<p>{_line(line)}</p>" for line in block.lines)


def _line(line: Sequence[Span]) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    text = _escape(span.text)
    if span.url.startswith(_HERE):
        text = f'<a class="reach" href="{escape(span.url)}">{text}</a>'
    elif span.url.startswith(_ELSEWHERE):
        text = f'<a href="{escape(span.url)}" rel="noreferrer noopener">{text}</a>'
    elif span.url.startswith("mailto:"):
        address = escape(span.url.removeprefix("mailto:"))
        text = f'{text}: <a href="{escape(span.url)}">{address}</a>'
    return f"<strong>{text}</strong>" if span.bold else text
