"""What a step means to somebody who pressed a button to get there, in a form that can be kept and compared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.content.model import Content, Step, StepId
from bot.content.text import Span, Template

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a step says and is for.

    ``words`` are the different words of its text and question, in small letters; ``subject`` the topic, or else the
    services, of its signpost; ``labels`` the buttons that lead to it; ``title`` its flow's title where the flow begins
    with it. ``digest`` changes with anything that its screen is made of.
    """

    words: frozenset[str]
    risk: str
    subject: tuple[str, ...]
    labels: frozenset[str]
    title: str
    digest: str


def meanings(content: Content) -> dict[StepId, Meaning]:
    """The meaning of every step."""
    labels: dict[StepId, set[str]] = {}
    for step in content.steps.values():
        for choice in step.choices:
            labels.setdefault(choice.target, set()).add(choice.label)
    return {id_: _meaning(step, frozenset(labels.get(id_, ())), content) for id_, step in content.steps.items()}


def _meaning(step: Step, labels: frozenset[str], content: Content) -> Meaning:
    flow = content.flows[step.id.flow]
    return Meaning(
        words=frozenset(word for text in _texts(step) for word in _WORD.findall(text.casefold())),
        risk=step.risk.value,
        subject=_subject(step),
        labels=labels,
        title=flow.title if flow.start == step.id else "",
        digest=_digest(step),
    )


def _subject(step: Step) -> tuple[str, ...]:
    if step.signpost is None:
        return ()
    return (step.signpost.topic,) if step.signpost.topic is not None else step.signpost.services


def _texts(step: Step) -> Iterator[str]:
    for line in step.say:
        yield _plain(line.template)
    if step.ask is not None:
        yield _plain(step.ask)


def _plain(template: Template) -> str:
    parts = (part for _, lines in template.blocks for line in lines for part in line)
    return " ".join(part.text if isinstance(part, Span) else part.name for part in parts)


def _digest(step: Step) -> str:
    lines = tuple((line.template, line.when) for line in step.say)
    choices = tuple((choice.label, choice.target, choice.answers, choice.when) for choice in step.choices)
    whole = repr((lines, step.ask, choices, step.signpost, step.risk.value, _conditions(step)))
    return hashlib.blake2s(whole.encode(), digest_size=8).hexdigest()


def _conditions(step: Step) -> tuple[object, ...]:
    return tuple((clause.answer, sorted(clause.codes), clause.negated) for clause in step.when)


def written(meaning: Meaning) -> dict[str, object]:
    """As plain values for a file; what is empty is left out."""
    values = {
        "digest": meaning.digest,
        "risk": meaning.risk,
        "subject": list(meaning.subject),
        "labels": sorted(meaning.labels),
        "title": meaning.title,
        "words": " ".join(sorted(meaning.words)),
    }
    return {key: value for key, value in values.items() if value}


def read(values: Mapping[str, object]) -> Meaning:
    """The meaning that `written` wrote. Raises KeyError, TypeError or AttributeError for anything else."""
    subject, labels = values.get("subject", []), values.get("labels", [])
    if not isinstance(subject, list) or not isinstance(labels, list):
        raise TypeError
    return Meaning(
        words=frozenset(str(values.get("words", "")).split()),
        risk=str(values["risk"]),
        subject=tuple(str(item) for item in subject),
        labels=frozenset(str(item) for item in labels),
        title=str(values.get("title", "")),
        digest=str(values["digest"]),
    )
