"""Parts of a screen as HTML for a web page. Everything is escaped; numbers can be rung and texted by pressing them.

Pure, and apart from the channel so that checks can measure it. The page around these parts is the web channel's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from bot.content.languages import Direction
from bot.content.text import Block, Span
from bot.dialogue.rendering.direction import isolated, runs_from_the_right
from bot.dialogue.screen import Button, Card

_SPECIAL: Final = re.compile("[&<>\"']")
_HERE: Final = ("tel:", "sms:")
_ELSEWHERE: Final = ("https://", "http://")


def blocks(shown: Sequence[Block], direction: Direction = "ltr") -> str:
    """Paragraphs and lists, on a page that runs in ``direction``."""
    return "\n".join([_block(block, direction) for block in shown])


def inline(shown: Sequence[Block], direction: Direction = "ltr") -> str:
    """Blocks as one run of words, for a heading."""
    lines = [_line(line, direction) for block in shown for line in block.lines]
    return " ".join([f"<span{attribute}>{words}</span>" if attribute else words for attribute, words in lines])


def card(shown: Card, direction: Direction = "ltr") -> str:
    """A service: its name as a heading below those of the page, when somebody answers, what to know and do."""
    in_name, name = _words(shown.name, direction)
    in_times, times = _words(shown.availability, direction)
    return (
        f'<article class="card">\n<h3{in_name}>{name}</h3>\n<p class="when"{in_times}>{times}</p>\n'
        f"{blocks([_without_stops(block) for block in shown.blocks], direction)}\n</article>"
    )


def _without_stops(block: Block) -> Block:
    """The block without the full stop of a line that ends in a link, which on a card looks like a button."""
    if not any(line[-1].text == "." for line in block.lines if line):
        return block
    lines = (line[:-1] if len(line) > 1 and line[-1].text == "." and line[-2].url else line for line in block.lines)
    return Block(tuple(lines), block.bullets)


def buttons(shown: Sequence[Button], direction: Direction = "ltr") -> str:
    """Buttons of a form, each of which sends its token; a class says why it is there, so that it can be placed.

    Each on a line of its own for browsers that show words only, or that have not got the style yet.
    """
    return "<br>\n".join([_button(button, direction) for button in shown])


def _button(button: Button, direction: Direction) -> str:
    attribute, label = _words(button.label, direction)
    if button.language:
        attribute = f' lang="{button.language}"{attribute}'
    return f'<button name="press" value="{button.token}" class="{button.role.value}"{attribute}>{label}</button>'


def _words(words: str, direction: Direction) -> tuple[str, str]:
    """The attribute that an element with these words needs, and the words for its inside."""
    if words.isascii() and direction == "ltr":
        return "", _escape(words)
    attribute, from_the_right = _direction(words, direction)
    return attribute, _escape(isolated(words) if from_the_right else words)


def _direction(words: str, direction: Direction) -> tuple[str, bool]:
    """The attribute for words that run otherwise than their page, and whether they run from the right."""
    from_the_right = runs_from_the_right(words, direction)
    if from_the_right == (direction == "rtl"):
        return "", from_the_right
    return (' dir="rtl"' if from_the_right else ' dir="ltr"'), from_the_right


def _escape(words: str) -> str:
    """As `html.escape`, for the many words in which there is nothing to escape."""
    return escape(words) if _SPECIAL.search(words) else words


def _block(block: Block, direction: Direction) -> str:
    tag = "li" if block.bullets else "p"
    lines = [_line(line, direction) for line in block.lines]
    inside = "".join([f"<{tag}{attribute}>{words}</{tag}>" for attribute, words in lines])
    return f"<ul>{inside}</ul>" if block.bullets else inside


def _line(line: Sequence[Span], direction: Direction) -> tuple[str, str]:
    """The attribute that an element with this line needs, and the line for its inside."""
    plain = "".join([span.text for span in line])
    if plain.isascii() and direction == "ltr":
        return "", "".join([_span(span, span.text) for span in line])
    attribute, from_the_right = _direction(plain, direction)
    # Between Arabic words the groups of a number change places on the screen, and somebody rings the wrong one.
    return attribute, "".join([_span(span, isolated(span.text) if from_the_right else span.text) for span in line])


def _span(span: Span, words: str) -> str:
    text = _escape(words)
    if span.url:
        text = _link(span.url, text)
    return f"<strong>{text}</strong>" if span.bold else text


def _link(url: str, text: str) -> str:
    if url.startswith(_HERE):
        return f'<a class="reach" href="{escape(url)}">{text}</a>'
    if url.startswith(_ELSEWHERE):
        return f'<a href="{escape(url)}" rel="noreferrer noopener">{text}</a>'
    if url.startswith("mailto:"):
        address = escape(url.removeprefix("mailto:"))
        return f'{text}: <a href="{escape(url)}" dir="ltr">{address}</a>'
    return text
