"""WP708: the bands of ages hold every age once."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import AGE


def look(subject: Subject) -> Iterator[Violation]:
    """Each band against the one before it, the youngest first."""
    answer = subject.content.answers[AGE]
    next_ = 0
    for value in sorted(answer.values, key=lambda value: value.youngest or 0):
        if value.youngest is None or value.oldest is None:
            yield Violation(value.place, f"`age: {value.id}` does not say from and to which age it reaches")
            continue
        if value.oldest < value.youngest:
            yield Violation(value.place, f"`age: {value.id}` ends at {value.oldest}, before it begins")
        elif value.youngest != next_:
            message = f"`age: {value.id}` begins at {value.youngest}, where the band before it asks for {next_}"
            yield Violation(value.place, message)
        next_ = value.oldest + 1


RULE = Rule(
    code="WP708",
    severity=Severity.ERROR,
    title="The bands of ages hold every age once",
    why="By their ages people are shown services or kept from them; a gap or an overlap sends some to a closed door.",
    fix="Let each band begin (`from`) one year after the one before it ends (`to`), the first at 0.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/shared/answers.yaml": ("from: 16, to: 17}", "from: 16, to: 18}")},
    mends={"flows/shared/answers.yaml": ("label: 16 or 17", "label: 16 and 17")},
)
