"""WP113: a button that a text tells somebody to press is there, under those words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.looks_alike import skeleton
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.plain_words import plain_words
from bot.checks.words.pointing import point
from bot.content.model import Content
from bot.content.text import Span, Template

_PRESS: Final = re.compile(r"\bpress(?:ing)?\s+$", re.IGNORECASE)
"""What comes before the bold words on a button of ours. For buttons of an app a text says *choose* or *tap*."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every text of a step, in the language of the flows."""
    content = subject.content
    own = _own(content)
    for step in content.steps.values():
        there = own | {skeleton(choice.label) for choice in step.choices}
        texts = [(line.template, line.place) for line in step.say]
        if step.ask is not None:
            texts.append((step.ask, step.ask_place))
        for template, place in texts:
            for words in _named(template):
                if skeleton(words) not in there:
                    yield Violation(
                        point(place, plain_words(words)),
                        f"`{step.id}` says to press “{words}”, and there is no such button",
                        str(step.id),
                    )


def _own(content: Content) -> set[str]:
    """The engine's own buttons."""
    texts = content.languages[content.own_language].texts
    return {skeleton(words) for key, words in texts.items() if key.startswith("button_")}


def _named(template: Template) -> Iterator[str]:
    """The bold words right after *press*."""
    for _, lines in template.blocks:
        for line in lines:
            before = ""
            for part in line:
                words = part.text if isinstance(part, Span) else ""
                if isinstance(part, Span) and part.bold and _PRESS.search(before):
                    yield words
                before = words


RULE = Rule(
    code="WP113",
    severity=Severity.ERROR,
    title="A button that a text names is there",
    why="Who is told to press *Leave*, and looks for it while somebody comes into the room, must find a button of "
    "those words.",
    fix="Write the words that stand on the button now, or give the button the words of the text.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "Press **Exit** to clear this screen.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "Press **Leave** to clear this screen.")},
)
