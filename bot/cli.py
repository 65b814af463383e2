"""The commands, thin: each reads its options, calls one thing and says how it went.

Exit status: 0 done, 1 the content has problems, 2 it could not run (wrong settings or options).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from bot import __version__
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine, open_engine
from bot.dialogue.facts import Deployment
from bot.settings import Settings, SettingsError, hints, load_settings

UNITED_KINGDOM = ZoneInfo("Europe/London")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="waypost")
def main() -> None:
    """Waypost points people to help with online child sexual abuse, and stores nothing about them."""


@main.command()
def run() -> None:
    """Run everything that is configured: Telegram if there is a token."""
    settings = _settings()
    for hint in hints(settings):
        click.echo(hint, err=True)
    if settings.telegram_bot_token is None:
        _without_token(settings)
        return
    from bot.operations import logs
    from bot.operations.run import run as serve

    logs.configure(settings.log_level)
    sys.exit(serve(_engine(settings), settings))


@main.command()
@click.option("--at", "moment", metavar="MOMENT", help="Another moment, such as 2026-12-25T03:00 (UK time).")
@click.option("--language", default="", metavar="CODE", help="A language, such as en.")
def chat(moment: str | None, language: str) -> None:
    """Talk to it here in the terminal. Nothing you type is kept."""
    _chat(_settings(), _clock(moment), language)


@main.command()
def check() -> None:
    """Load all content and report everything that is wrong with it."""
    settings = _settings()
    content = _engine(settings).content
    click.echo(
        f"No problems found: {len(content.flows)} flows, {len(content.steps)} steps, "
        f"{len(content.services)} services. Content {content.fingerprint[:12]}."
    )


def _without_token(settings: Settings) -> None:
    """No channel is configured: say what to set, and show the product where somebody is there to see it."""
    click.echo(
        "There is no Telegram token, so nobody can reach the bot on Telegram.\n"
        "Set TELEGRAM_BOT_TOKEN to the token that @BotFather gives you, in the environment or in a file named .env.\n",
        err=True,
    )
    if not sys.stdin.isatty():
        click.echo("To talk to it in a terminal: python -m bot chat", err=True)
        sys.exit(2)
    click.echo("Until then you can talk to it here, as with `python -m bot chat`.", err=True)
    _chat(settings, _clock(None), "")


def _chat(settings: Settings, clock: Callable[[], datetime], language: str) -> None:
    from bot.channels.terminal import TerminalChat

    engine = _engine(settings)
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal's input is always a text wrapper
    try:
        TerminalChat(engine, sys.stdout, clock, language=language).run(_typed_lines())
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(0)


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


def _clock(moment: str | None) -> Callable[[], datetime]:
    if moment is None:
        return lambda: datetime.now(UTC)
    try:
        fixed = datetime.fromisoformat(moment)
    except ValueError:
        raise click.BadParameter("write a moment such as 2026-12-25T03:00", param_hint="--at") from None
    fixed = fixed if fixed.tzinfo is not None else fixed.replace(tzinfo=UNITED_KINGDOM)
    return lambda: fixed


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _engine(settings: Settings) -> Engine:
    deployment = Deployment(settings.brand_name, settings.feedback_contact)
    try:
        return open_engine(settings.content, default_language=settings.default_language, deployment=deployment)
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
