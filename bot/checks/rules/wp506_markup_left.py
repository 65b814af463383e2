"""WP506: no marks of formatting are left in what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject

_LEFT_OVER: Final = re.compile(
    r"\*\*|(?<![\w*])\*[^\s*][^*]*\*(?!\w)"  # **bold**, *emphasis*
    r"|(?<![\w_])_[^\s_][^_]*_(?!\w)|__|~~"  # _emphasis_, __strong__, ~~struck out~~
    r"|</?[A-Za-z][^<>]*>|&(?:[a-z]{2,8}|#\d{1,6});"  # HTML
    r"|\[[^\[\]]*\]\([^()]*\)|`|[{}]|^#{1,6} "  # [a link](address), code, facts, headings
)


def look(subject: Subject) -> Iterator[Violation]:
    """Every text in every language after the formatting that the format knows was read, and the names of services."""
    for wording in subject.wordings:
        for line in wording.lines:
            if found := _LEFT_OVER.search(line):
                yield wording.violation(_message(found))
    for service in subject.content.services.values():
        if found := _LEFT_OVER.search(service.facts.name):
            yield Violation(service.at("name"), _message(found), service.id)


def _message(found: re.Match[str]) -> str:
    return f"people would read the marks themselves: {found[0]}"


RULE = Rule(
    code="WP506",
    severity=Severity.ERROR,
    title="No HTML or Markdown is left over on any screen",
    why="Stray marks make words hard to read, are read aloud by screen readers, and look like something is broken.",
    fix="In texts of steps, `**two stars**` make bold and `- ` a list; elsewhere, and for the rest, use plain words.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("You are doing well.", "You are doing <b>well</b>.")},
    mends={"flows/topic.yaml": ("You are doing well.", "You are doing **well**.")},
)
