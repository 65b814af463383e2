"""Commands that serve people, show what they would see, and audit how it is served."""

from __future__ import annotations

import contextlib
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.opening import open_settings
from bot.settings import SettingsError, hints


@click.command()
def run() -> None:
    """Run everything that is configured: the web chat, and Telegram if there is a token."""
    with contextlib.suppress(AttributeError):  # not every system has it
        # Until somebody listens for it, it would end the process; and what it asks for is about to be done anyway.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    settings = open_settings()
    for hint in hints(settings):
        click.echo(hint, err=True)
    from bot.operations import logs
    from bot.operations.run import run as serve

    logs.configure(settings.log_level, form=settings.log_format)
    sys.exit(serve(settings))


@click.command()
@click.option("--port", default=8090, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
def preview(port: int) -> None:
    """See the web chat beside the flows and the findings while you write; for this machine alone."""
    from bot.operations import logs
    from bot.operations.listening import PortTakenError
    from bot.operations.preview.command import preview as show

    settings = open_settings()
    logs.configure(settings.log_level)
    try:
        show(settings, port, click.echo)
    except (PortTakenError, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@click.command()
@click.option("--proxy", "proxies", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def doctor(proxies: tuple[Path, ...], form: str) -> None:
    """Audit this deployment, and say what to do. Exit status 0: all is well; 1: look at something; 2: it is wrong.

    Reads settings, files and what Telegram shows, and changes nothing. --proxy names the configuration of an nginx or
    Caddy in front of the bot.
    """
    from bot.operations.doctor.command import doctor as audited

    sys.exit(audited(open_settings(), proxies, datetime.now(UTC), form, click.echo))
