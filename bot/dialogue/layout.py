"""Buttons in rows that a thumb can hit: one choice a row, short ones side by side, the same navigation at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.dialogue.screen import Button

MAXIMUM_ROWS: Final = 8
"""More than this no longer fits on a phone beside the text."""

SHORT: Final = 14
"""Characters up to which two buttons stand side by side readably on a small phone."""

_MOST_MOVES: Final = 3
"""Moves that fit side by side with their words whole."""

_LANGUAGES_IN_A_ROW: Final = 3

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Navigation:
    """*Get help now* (None on the emergency screen itself) and the moves: *Back*, *Start again*, *Leave*.

    ``language`` leads to the list of languages; None where there is nothing to choose.
    """

    emergency: Button | None
    moves: tuple[Button, ...]
    language: Button | None = None

    @property
    def rows(self) -> Rows:
        """Two rows at the foot of every screen. The languages stand where there is room for a thumb."""
        moves, first = self.moves, self.emergency
        if self.language is not None and len(moves) < _MOST_MOVES:
            moves = (self.language, *moves)
        elif self.language is not None:
            return ((first, self.language) if first else (self.language,), moves)
        return ((first,), moves) if first else (moves,)


def rows(
    *,
    choices: Sequence[Button],
    navigation: Navigation,
    others: Sequence[Button] = (),
    details: Sequence[Button] = (),
    answer: Sequence[Button] = (),
    ask: Sequence[Button] = (),
    ask_inline: bool = True,
) -> Rows:
    """All buttons of a screen.

    ``others``, what typed words may mean as well, stand below the ``choices`` where there is room for them.
    ``answer`` holds the values of the engine's own question. They stand on the screen itself if ``ask_inline`` and
    there is room; otherwise the single button ``ask`` leads to them. It shares a row with ``details``.
    """
    if others:
        together = rows(
            choices=[*choices, *others],
            navigation=navigation,
            details=details,
            answer=answer,
            ask=ask,
            ask_inline=ask_inline,
        )
        if len(together) <= MAXIMUM_ROWS:
            return together
    fixed = (*_rows(choices), *_together(details), *navigation.rows)
    inline = _rows(answer)
    if answer and (not ask or (ask_inline and len(fixed) + len(inline) <= MAXIMUM_ROWS)):
        return (*inline, *fixed)
    return (*_rows(choices), *_together((*ask, *details)), *navigation.rows)


def languages(choices: Sequence[Button], navigation: Navigation) -> Rows:
    """The list of languages, whose names are short, so that all are seen at once."""
    step = _LANGUAGES_IN_A_ROW
    return (*(tuple(choices[start : start + step]) for start in range(0, len(choices), step)), *navigation.rows)


def _together(buttons: Sequence[Button]) -> Rows:
    return (tuple(buttons),) if buttons else ()


def _rows(buttons: Sequence[Button]) -> Rows:
    made: list[tuple[Button, ...]] = []
    waiting: Button | None = None
    for button in buttons:
        short = len(button.label) <= SHORT
        if waiting is not None and short:
            made[-1] = (waiting, button)
            waiting = None
        else:
            made.append((button,))
            waiting = button if short else None
    return tuple(made)
