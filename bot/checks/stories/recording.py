"""What somebody does in the terminal, written down as a story because they asked for it.

The only place in Waypost where typed words reach a file; it is switched on by hand, for one conversation, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.checks.stories import moments
from bot.checks.stories.expecting import asks
from bot.content.model import Content
from bot.dialogue.screen import Screen


class RecordingError(Exception):
    """The file cannot be written. Its text says why and what to do."""


class Recorder:
    """Takes down presses by their labels and typed words as they were typed, and where each led."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._turns: list[list[str]] = []

    def pressed(self, label: str) -> None:
        """A button was pressed."""
        self._turns.append([f"press: {quoted(label)}"])

    def typed(self, words: str) -> None:
        """Words were typed."""
        self._turns.append([f"type: {quoted(words)}"])

    def showed(self, screen: Screen) -> None:
        """The screen that answered what was done last."""
        if self._turns:
            self._turns[-1].append(f"expect: {{{', '.join(self._expected(screen))}}}")

    @property
    def count(self) -> int:
        """How many turns there are so far."""
        return len(self._turns)

    def story(self, at: datetime, language: str) -> str:
        """The text of the story file."""
        head = [
            "# Recorded with `python -m bot chat --record`. Give it a name that says who comes and why, and add what",
            "# the screens must and must not say (docs/stories.md).",
            "story: A recorded conversation",
            f"at: {moments.written(at)}",
            *([f"language: {language}"] if language else []),
            "turns:",
        ]
        turns = [f"  {'- ' if number == 0 else '  '}{line}" for turn in self._turns for number, line in enumerate(turn)]
        return "\n".join([*head, *turns]) + "\n"

    def _expected(self, screen: Screen) -> Iterator[str]:
        if screen.leave:
            yield "leaves: true"
            return
        yield f"step: {screen.state.step}"
        if screen.cards:
            yield f"shows: [{', '.join(card.service for card in screen.cards)}]"
        if asked := asks(screen, self._content):
            yield f"asks: {asked[0]}"


@contextmanager
def recording(
    path: Path, content: Content, at: datetime, language: str, say: Callable[[str], None]
) -> Iterator[Recorder]:
    """Record until the block is left, however it is left, then write the story. Raises `RecordingError` at once.

    The file is made at the beginning, so that nobody finds out at the end that their work cannot be kept.
    """
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        raise RecordingError(f"{path} exists already, and is left as it is. Choose another name.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordingError(f"{path} cannot be written: {reason}. Choose another place.") from None
    recorder = Recorder(content)
    say(
        f"Recording is ON. What you press and every word you type will stand in\n{path}.\n"
        "Don't type anyone's real words or names.\n"
        f"The clock stands still at {moments.in_words(at)}."
    )
    try:
        yield recorder
    finally:
        _keep(path, file, recorder, recorder.story(at, language), say)


def _keep(path: Path, file: TextIO, recorder: Recorder, story: str, say: Callable[[str], None]) -> None:
    if not recorder.count:
        file.close()
        path.unlink(missing_ok=True)
        say("Nothing was done, so nothing was recorded.")
        return
    try:
        with file:
            file.write(story)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        say(f"{path} could not be written: {reason}. This is what was recorded:\n\n{story}")
    else:
        say(f"Recorded {recorder.count} {'turn' if recorder.count == 1 else 'turns'} in {path}.")


def quoted(text: str) -> str:
    """A text as YAML, in double quotes, whatever it holds."""
    return f'"{"".join(_character(character) for character in text)}"'


def _character(character: str) -> str:
    if character in {'"', "\\"}:
        return f"\\{character}"
    if character.isprintable():
        return character
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return f"\\U{ord(character):08x}"
