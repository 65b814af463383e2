"""What stands first in a message: all that a locked phone shows of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.checks.words.wording import Role, Wording
from bot.content.model import Step
from bot.content.schema import Risk

if TYPE_CHECKING:
    from bot.checks.subject import Subject

GLANCE: Final = 40
"""Characters of a message that every phone shows while it is locked."""

_FIRST_TEXTS: Final = ("notice_", "profile_", "leave_text", "language_text", "details_title")
"""Beginnings of the keys of shared texts that can stand first."""

_IMMEDIATE: Final = ("texts.notice_immediate", "texts.notice_immediate_outside")


@dataclass(frozen=True, slots=True)
class Glance:
    """The first `GLANCE` characters of a message, facts filled in, and the words that it begins with."""

    text: str
    wording: Wording


def first_glances(subject: Subject) -> Iterator[Glance]:
    """Every beginning that a message can have in each language: of steps, for whatever answers, of notices and of
    questions. Of a translation only the steps whose every line is translated."""
    by_language: dict[str, dict[str, list[Wording]]] = defaultdict(lambda: defaultdict(list))
    for wording in subject.wordings:
        if wording.role in {Role.SAY, Role.ASK, Role.SHARED}:
            by_language[wording.language][wording.about].append(wording)
    for by_about in by_language.values():
        yield from _in_one_language(subject.content.steps.values(), by_about)


def _in_one_language(steps: Iterable[Step], by_about: Mapping[str, list[Wording]]) -> Iterator[Glance]:
    for step in steps:
        wordings = by_about.get(str(step.id), [])
        if sum(wording.role is Role.SAY for wording in wordings) < len(step.say):
            continue
        notices = _texts(by_about, _IMMEDIATE) if step.risk is Risk.IMMEDIATE else [""]
        for notice in notices:
            if len(notice) < GLANCE:
                yield from _of_step(step, wordings, notice)
    for about, wordings in by_about.items():
        kind, _, key = about.partition(".")
        if kind == "answers" or (kind == "texts" and key.startswith(_FIRST_TEXTS)):
            for wording in wordings:
                yield Glance(_joined([wording])[:GLANCE], wording)


def _of_step(step: Step, wordings: list[Wording], notice: str) -> Iterator[Glance]:
    """One for each line that can come first: all up to the first that everybody sees."""
    for index, line in enumerate(step.say):
        text = f"{notice} {_joined(wordings[index:])}".lstrip()
        yield Glance(text[:GLANCE], wordings[index])
        if not line.when:
            return


def _texts(by_about: Mapping[str, list[Wording]], keys: tuple[str, ...]) -> list[str]:
    return [_joined([wording]) for key in keys for wording in by_about.get(key, [])]


def _joined(wordings: list[Wording]) -> str:
    return " ".join(line for wording in wordings for line in wording.filled)
