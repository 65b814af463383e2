"""What commands begin with, the settings and the content, and how they say what they cannot do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.content.collecting import end_at_once
from bot.content.errors import ContentError

if TYPE_CHECKING:
    from bot.dialogue.engine import Engine
    from bot.settings import Settings

UNITED_KINGDOM = ZoneInfo("Europe/London")


def open_settings() -> Settings:
    """The settings, or exit status 2 with all that is wrong with them."""
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def open_engine(settings: Settings, *, otherwise: int = 1) -> Engine:
    """The engine, or the exit status ``otherwise`` with everything that is wrong with the content."""
    from bot.dialogue.facts import Deployment
    from bot.dialogue.opening import open_engine as opened

    deployment = Deployment(settings.brand_name, settings.feedback_contact)
    end_at_once()
    try:
        return opened(
            settings.content,
            default_language=settings.default_language,
            languages=settings.languages,
            deployment=deployment,
        )
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(otherwise)


def clock_at(moment: str | None) -> Callable[[], datetime]:
    """A clock that stands at a moment somebody wrote (UK time, where it names no zone), or the real one for none."""
    if moment is None:
        return lambda: datetime.now(UTC)
    try:
        fixed = datetime.fromisoformat(moment)
    except ValueError:
        raise click.BadParameter("write a moment such as 2026-12-25T03:00", param_hint="--at") from None
    fixed = fixed if fixed.tzinfo is not None else fixed.replace(tzinfo=UNITED_KINGDOM)
    return lambda: fixed


def print_or_write(text: str, output: Path | None) -> None:
    """Print what was made, or put it into the file that was named."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}. Name another file.") from None
