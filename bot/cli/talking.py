"""The conversation in a terminal, told as a story or replayed from one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.opening import clock_at, open_engine, open_settings
from bot.content.errors import ContentError

if TYPE_CHECKING:
    from bot.channels.terminal import Witness
    from bot.dialogue.engine import Engine
    from bot.dialogue.screen import Screen
    from bot.settings import Settings


@click.command()
@click.option("--at", "moment", metavar="MOMENT", help="Another moment, such as 2026-12-25T03:00 (UK time).")
@click.option("--language", default="", metavar="CODE", help="A language, such as en.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write what you do into a story file.")
@click.option("--replay", metavar="STORY", help="A story (FILE, FILE:LINE) or a way ('menu > a label'), then go on.")
def chat(moment: str | None, language: str, record: Path | None, replay: str | None) -> None:
    """Talk to it here in the terminal. Nothing you type is kept, unless you ask for it with --record."""
    if record is not None and replay is not None:
        raise click.UsageError("Use --record or --replay, one at a time.")
    settings = open_settings()
    if record is not None:
        _recorded_chat(settings, clock_at(moment)(), language, record)
    elif replay is not None:
        _replayed_chat(settings, clock_at(moment)() if moment else None, language, replay)
    else:
        _chat(settings, clock_at(moment), language)


def _chat(settings: Settings, clock: Callable[[], datetime], language: str) -> None:
    _talk(open_engine(settings), clock, language)


def _recorded_chat(settings: Settings, now: datetime, language: str, path: Path) -> None:
    from bot.checks.stories.recording import RecordingError, recording

    engine = open_engine(settings)
    try:
        with recording(path, engine.content, now, language, lambda words: click.echo(f"\n{words}")) as witness:
            _talk(engine, lambda: now, language, witness=witness)
    except RecordingError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _replayed_chat(settings: Settings, moment: datetime | None, language: str, asked: str) -> None:
    from bot.checks.stories.replay import ReplayError, find_story, offered_whole, replayed

    engine = offered_whole(open_engine(settings), language)
    try:
        story = find_story(asked, engine.content, datetime.now(UTC), at=moment, language=language)
    except (ContentError, ReplayError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    _talk(engine, lambda: story.setting.at, story.setting.language, earlier=replayed(engine, story))


def _talk(
    engine: Engine,
    clock: Callable[[], datetime],
    language: str,
    *,
    witness: Witness | None = None,
    earlier: Iterable[tuple[str, Screen]] = (),
) -> None:
    """The conversation in this terminal. Ctrl-C, or a reader that goes away, ends it like any other."""
    from bot.channels.terminal import TerminalChat

    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal's input is always a text wrapper
    with suppress(KeyboardInterrupt, BrokenPipeError):
        TerminalChat(engine, sys.stdout, clock, language=language, witness=witness).run(_typed_lines(), earlier)


def _typed_lines() -> Iterator[str]:
    interactive = sys.stdin.isatty()
    while True:
        if interactive:
            sys.stdout.write("\n> ")
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        yield line
