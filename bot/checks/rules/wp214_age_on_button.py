"""WP214: a button that says how old somebody is records nothing else, and leads to no flow for others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Edits, Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import AGE, WHO, Answer, Choice, Content, Value

_CHILD: Final = re.compile(
    r"\b(?:(?:i['’]m|i am|me)\b.*\b(?:under (?:18|eighteen)|young)\b|under (?:18|eighteen)\))", re.IGNORECASE
)
_ADULT: Final = re.compile(
    r"\b(?:(?:18|eighteen) (?:or|and) (?:over|older)|(?:over|above) (?:18|eighteen)|(?:i['’]m|i am) an adult)\b",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"\b\d{1,2}\b")
_OPEN_ENDED: Final = re.compile(r"\b\d{1,2} (?:or|and) (?:over|older)\b", re.IGNORECASE)
_OF_AGE: Final = 18


def look(subject: Subject) -> Iterator[Violation]:
    """Every answer and choice in English that speaks of being under or over eighteen, or of years."""
    content = subject.content
    for band in content.answers[AGE].values:
        if not _fits(band.label, band):
            message = f"“{band.label}” stands for the ages from {band.youngest} to {band.oldest}"
            yield Violation(band.place, message, f"{AGE}.{band.id}")
    for role in content.answers[WHO].values:
        child, adult = _CHILD.search(role.label), _ADULT.search(role.label)
        if bool(child) is not bool(adult) and not _can_be(role.id, content, child=bool(child)):
            yield Violation(role.place, f"“{role.label}” stands for `{role.id}`", f"{WHO}.{role.id}")
    for step in content.steps.values():
        for choice in step.choices:
            yield from _wrong_band(choice, content, str(step.id))
            child, adult = _CHILD.search(choice.label), _ADULT.search(choice.label)
            if bool(child) is bool(adult):
                continue
            roles = _roles(choice, content)
            if roles and not any(_can_be(role, content, child=bool(child)) for role in roles):
                message = f"`{choice.label}` is for {', '.join(roles)}"
                yield Violation(choice.place, message, str(step.id))


def _wrong_band(choice: Choice, content: Content, about: str) -> Iterator[Violation]:
    """A choice that records an age other than the years on it."""
    recorded = content.answers[AGE].value(dict(choice.answers).get(content.answers[AGE].code, 0))
    if recorded is not None and not (_fits(choice.label, recorded) and _is_of_age_as_said(choice.label, recorded)):
        yield Violation(choice.place, f"`{choice.label}` records `{AGE}: {recorded.id}`", about)


def _fits(label: str, band: Value) -> bool:
    """Whether the years on a label are those that a band begins and ends with; “under 13” ends at 12."""
    years = [int(year) for year in _YEARS.findall(label)]
    ends = {band.youngest, band.oldest, None if band.oldest is None else band.oldest + 1}
    if _OPEN_ENDED.search(label):
        return years[:1] == [band.youngest]
    return all(year in ends for year in years)


def _is_of_age_as_said(label: str, band: Value) -> bool:
    """Whether a band lies under or over eighteen as a label says, if it says either."""
    if bool(_CHILD.search(label)) is bool(_ADULT.search(label)):
        return True
    under = band.oldest is not None and band.oldest < _OF_AGE
    return under if _CHILD.search(label) else (band.youngest or 0) >= _OF_AGE


def _roles(choice: Choice, content: Content) -> tuple[str, ...]:
    """Whom a choice takes somebody for: what it records, or else whom the flow is for that it begins."""
    who = content.answers[WHO]
    recorded = who.value(dict(choice.answers).get(who.code, 0))
    if recorded is not None:
        return (recorded.id,)
    flow = content.flows.get(choice.target.flow)
    return flow.audience if flow is not None and choice.target == flow.start else ()


def _can_be(role: str, content: Content, *, child: bool) -> bool:
    """Whether somebody in this role may be a child, or a grown-up."""
    age: Answer = content.answers[AGE]
    value = next(value for value in content.answers[WHO].values if value.id == role)
    assumed = value.assume.get(AGE)
    ages = [band for band in age.values if assumed is None or band.id in assumed]
    return any((band.youngest or 0) < _OF_AGE if child else (band.oldest or _OF_AGE) >= _OF_AGE for band in ages)


def _saying(label: str) -> Edits:
    return {
        "flows/menu.yaml": (
            "{label: Talk it through, go: topic, set: {who: young_person}}",
            f"{{label: {label}, go: topic, set: {{who: young_person}}}}",
        )
    }


RULE = Rule(
    code="WP214",
    severity=Severity.ERROR,
    title="A button that says how old somebody is takes them for nothing else",
    why="Who is taken for an adult is shown services that turn a child away, and the other way round.",
    fix="Correct the `set` of this choice, where it leads, or its label.",
    part=Part.CONTENT,
    look=look,
    breaks=_saying("I am 18 or over"),
    mends=_saying("I am under 18"),
)
