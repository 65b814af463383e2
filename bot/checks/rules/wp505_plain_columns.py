"""WP505: as plain text, every screen fits a terminal, a screen reader and a braille line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.spoken import Seen, Spoken
from bot.checks.subject import Subject
from bot.content.errors import Place
from bot.content.model import Step
from bot.content.text import Block
from bot.dialogue.rendering.plain_text import WIDTH, buttons, render
from bot.dialogue.screen import Button, Card, Screen

_ADDRESS = ("https://", "http://", "@")


def look(subject: Subject) -> Iterator[Violation]:
    """In every language, every paragraph, card and button once, on whichever screen it is met first."""
    for spoken in subject.spoken:
        met: set[Block | Card | str] = set()
        for seen in spoken.at_views():
            for screen, place in _news(seen, spoken, subject, met):
                for line in (*render(screen).splitlines(), *buttons(screen).splitlines()):
                    if _columns(line) > WIDTH and not any(mark in line for mark in _ADDRESS):
                        message = (
                            f"a line of `{seen.step.id}` has {_columns(line)} columns as plain text; {WIDTH} fit: "
                        )
                        cut = f"{line.strip()[:40]}…"
                        yield spoken.violation(seen.step.id, f"{message}{cut}", place, seen.stand)


def _news(seen: Seen, spoken: Spoken, subject: Subject, met: set[Block | Card | str]) -> Iterator[tuple[Screen, Place]]:
    """A screen with nothing but what was not met before, for each thing, and where that was written."""
    screen = seen.screen
    empty = replace(screen, blocks=(), cards=(), question=(), rows=())
    for block in (*screen.blocks, *screen.question):
        if block not in met:
            met.add(block)
            yield replace(empty, blocks=(block,)), _written(block, seen.step, spoken)
    for card in screen.cards:
        if card not in met:
            met.add(card)
            service = subject.content.services[card.service]
            yield replace(empty, cards=(card,)), spoken.place_of(f"service:{service.id}/description", service.place)
    new: list[Button] = []
    for button in screen.buttons:
        if button.label not in met:
            met.add(button.label)
            new.append(button)
    if new:
        yield replace(empty, rows=(tuple(new),)), spoken.place(seen.step)


def _written(block: Block, step: Step, spoken: Spoken) -> Place:
    """The text that a paragraph stands in, as far as its words tell."""
    words = {word for word in block.plain.split() if len(word) > WIDTH // 2}
    for line, said in zip(step.say, spoken.edition.steps[step.id].say, strict=True):
        parts = (part for _, lines in said.template.blocks for parts in lines for part in parts)
        if any(word in getattr(part, "text", "") for part in parts for word in words):
            return spoken.place_of_line(step, line)
    return spoken.place(step)


def _columns(line: str) -> int:
    """The columns a line takes: two for wide characters such as emoji, none for marks upon others or for signs that
    nobody sees, such as those for the direction."""
    if line.isascii():
        return len(line)
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(character) in {"W", "F"})
        for character in line
    )


_FILE = "screenshot_of_the_chat_with_their_username_and_the_date_but_never_with_the_picture_itself.png"

RULE = Rule(
    code="WP505",
    severity=Severity.ERROR,
    title=f"As plain text, no line is wider than {WIDTH} columns",
    why="Who reads by braille, by a screen reader or in a terminal loses what stands beyond the edge.",
    fix="Divide the long word. Only addresses may be longer, because a broken one leads nowhere.",
    part=Part.SCREENS,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", f"Keep {_FILE} for later.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "Keep a note of their name for later.")},
)
