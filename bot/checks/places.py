"""Places that people can reach, what can be pressed there, and the combinations of answers they come with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.content.model import Content, StepId
from bot.dialogue.screen import Button, Screen
from bot.dialogue.state import State, View

Answers = tuple[tuple[int, int], ...]
"""Answers' codes with their values' codes, sorted by code."""

Node = tuple[StepId, View]
"""A step and the face of it that is shown, whoever comes there."""


class Typed(NamedTuple):
    """How words that somebody typed were taken, where that changes the screen they lead to.

    ``other`` are steps that the words may also be about, or all of them where the person is asked to choose;
    ``gravely``: the screen offers to say that the words were not meant like that.
    """

    other: tuple[StepId, ...]
    gravely: bool


class Stand(NamedTuple):
    """A place people can reach: step, view and everything answered on the way. A tuple, since it is looked up often.

    ``typed`` is None but for somebody who has this moment come there by typed words that change the screen.
    """

    step: StepId
    view: View
    answers: Answers
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A button of a group of places: where it leads, and what it answers there."""

    button: Button
    step: StepId
    view: View
    given: Answers
    there: State
    """The state that its token holds, where it was drawn."""

    def after(self, answers: Answers) -> Stand:
        """Where it leads somebody who came with ``answers``."""
        return Stand(self.step, self.view, with_given(answers, self.given))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A screen, and what its buttons do. ``state`` is one of the states it was drawn for."""

    screen: Screen
    state: State
    moves: tuple[Move, ...]


class Combinations:
    """The combinations of answers that are met, numbered, so that many of them are one integer with a bit for each."""

    def __init__(self) -> None:
        self.all: list[Answers] = []
        self._numbers: dict[Answers, int] = {}
        self._after: dict[Answers, dict[int, int]] = {}

    def number(self, answers: Answers) -> int:
        """The number of one combination, a new one if it was never met."""
        number = self._numbers.get(answers)
        if number is None:
            number = self._numbers[answers] = len(self.all)
            self.all.append(answers)
        return number

    def known(self, answers: Answers) -> int | None:
        """The number of a combination; None if it was never met."""
        return self._numbers.get(answers)

    def after(self, number: int, given: Answers) -> int:
        """The combination that one becomes when ``given`` is answered."""
        known = self._after.setdefault(given, {})
        there = known.get(number)
        if there is None:
            there = known[number] = self.number(with_given(self.all[number], given))
        return there


def with_given(answers: Answers, given: Answers) -> Answers:
    """``answers`` with what was ``given`` added, or put in place of what was said before."""
    return tuple(sorted({**dict(answers), **dict(given)}.items())) if given else answers


def numbers_in(bits: int) -> Iterator[int]:
    """The positions of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def described(answers: Answers, content: Content) -> tuple[str, ...]:
    """Answers as their values' ids."""
    found = ((content.answers_by_code[code], value) for code, value in answers)
    return tuple(f"{answer.id} {value.id}" for answer, code in found if (value := answer.value(code)) is not None)
