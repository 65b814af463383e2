"""Writes docs/reading-age.md from the flows: ``python -m tests.tools.make_reading_age_page``. A test holds it to them.

The measure is the one of `bot.checks.words.reading_age`; the page shows every flow, also those for adults, which no
rule limits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bot.checks.words.reading_age import SHORT, Sentence, reading_age, sentences, word_count
from bot.checks.words.wording import Role, wordings
from bot.checks.words.young_texts import YOUNG
from bot.content.load import load
from bot.content.model import Content, Flow

PAGE: Final = Path(__file__).parents[2] / "docs" / "reading-age.md"

LIMIT: Final = 11
"""The oldest that a flow for young people may be, in years."""
GOAL: Final = 9
"""What half of the flows for young people must not be above, in years."""

_HEAD: Final = """\
# How old one must be to read each flow

Made from the flows; change them, then run `.venv/bin/python -m tests.tools.make_reading_age_page`.

The number is an age in years: the grade of Flesch and Kincaid, and five years. It knows the length of sentences and of
words, nothing else, so it is a smoke alarm and no proof: read a text aloud to somebody of that age. A flow's age is
that of all its English screens together; a screen by itself is looked at from {short} words on, as fewer tell
little. Names that are filled in from `resources.yaml` count as one short word.

Flows that a young person may meet (those for young people, for friends, and for everybody) are {limit} at most, and
their median is {goal} at most.

| flow | for | screens | age | hardest screen | its age |
| --- | --- | ---: | ---: | --- | ---: |
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A flow, who it is for, and the ages, in years, that it and its hardest screen take."""

    flow: str
    audience: tuple[str, ...]
    screens: int
    age: float
    hardest: str
    hardest_age: float

    @property
    def is_young(self) -> bool:
        """Whether somebody under eighteen may meet it: a flow that names nobody is for everybody."""
        return not self.audience or bool(YOUNG & set(self.audience))


def rows(content: Content) -> list[Row]:
    """Every flow in the order of their names."""
    return [_row(flow, by_step) for flow, by_step in _by_flow(content)]


def page(content: Content) -> str:
    """The whole page."""
    found = rows(content)
    young = [row.age for row in found if row.is_young]
    lines = [
        f"| `{row.flow}` | {', '.join(row.audience) or 'everybody'} | {row.screens} | {row.age:.1f} | {row.hardest} "
        f"| {row.hardest_age:.1f} |"
        for row in found
    ]
    end = (
        f"Median of the {len(young)} flows that young people may meet: {median(young):.1f}. Highest: {max(young):.1f}."
    )
    return _HEAD.format(short=SHORT, limit=LIMIT, goal=GOAL) + "\n".join([*lines, "", end, ""])


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(load()), encoding="utf-8")


def _by_flow(content: Content) -> Iterator[tuple[Flow, dict[str, list[Sentence]]]]:
    found: dict[str, dict[str, list[Sentence]]] = defaultdict(lambda: defaultdict(list))
    steps = {str(step) for step in content.steps}
    for wording in wordings(content):
        if wording.language == "en" and wording.role in {Role.SAY, Role.ASK} and wording.about in steps:
            flow, _, step = wording.about.partition(".")
            found[flow][step] += sentences(wording.lines)
    for name in sorted(found):
        yield content.flows[name], found[name]


def _row(flow: Flow, by_step: dict[str, list[Sentence]]) -> Row:
    whole: Sequence[Sentence] = [sentence for text in by_step.values() for sentence in text]
    long = {step: reading_age(text) for step, text in by_step.items() if word_count(text) >= SHORT}
    hardest = max(long, key=lambda step: (long[step], step), default="")
    return Row(
        flow=flow.id,
        audience=tuple(flow.audience),
        screens=len(by_step),
        age=reading_age(whole),
        hardest=f"`{hardest}`" if hardest else "",
        hardest_age=long.get(hardest, 0.0),
    )


if __name__ == "__main__":
    main()
