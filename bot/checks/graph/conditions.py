"""Conditions and recorded answers in words: ``nation is Scotland or not said``."""

from __future__ import annotations

from bot.content.model import Choice, Clause, Content, When


def condition_words(when: When, content: Content) -> str:
    """For whom something shows; empty for everyone."""
    return " and ".join(_clause(clause, content) for clause in when)


def answer_words(choice: Choice, content: Content) -> tuple[str, ...]:
    """What a button records, one answer each."""
    return tuple(
        f"{answer.id}: {value_words(code, value, content)}"
        for code, value in choice.answers
        if (answer := content.answers_by_code.get(code)) is not None
    )


def value_words(answer: int, value: int, content: Content) -> str:
    """The label of a value, by the codes of both; 0 is a question not yet answered."""
    if value == 0:
        return "not said"
    found = content.answers_by_code[answer].value(value)
    return found.label if found is not None else f"value {value}"


def _clause(clause: Clause, content: Content) -> str:
    values = " or ".join(value_words(clause.answer, code, content) for code in _in_order(clause.codes))
    return f"{content.answers_by_code[clause.answer].id} is {'not ' if clause.negated else ''}{values}"


def _in_order(codes: frozenset[int]) -> list[int]:
    """By code, *not said* last."""
    return sorted(codes, key=lambda code: (code == 0, code))
