"""Commands that show the content to those who write it and to those who put it up: schema, graph, posters and pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.opening import open_engine, open_settings, print_or_write


@click.command()
@click.argument("kinds", metavar="[KIND]...", nargs=-1)
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write files into DIR.")
@click.option("--with-content", is_flag=True, help="Let editors offer the services, flows and answers there are.")
def schema(kinds: tuple[str, ...], output: Path | None, with_content: bool) -> None:
    """Print the JSON Schema of a KIND of file, for editors: flow, services, phrases, story and others.

    Without a KIND, all of them; these need --output.
    """
    from bot.checks import schema_export

    if unknown := set(kinds) - set(schema_export.FILES):
        known = ", ".join(schema_export.FILES)
        raise click.BadArgumentUsage(f"There is no kind {', '.join(sorted(unknown))}. Write one of: {known}.")
    if output is None and len(kinds) != 1:
        raise click.UsageError("Name one kind to print, such as `schema flow`, or a folder: `schema --output .schema`.")
    content = open_engine(open_settings()).content if with_content else None
    if output is None:
        click.echo(schema_export.json_text(kinds[0], content), nl=False)
        return
    try:
        for path in schema_export.write(output, kinds or tuple(schema_export.FILES), content):
            click.echo(path)
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}. Name another folder.") from None


@click.command()
@click.argument("flow", required=False)
@click.option("--format", "form", type=click.Choice(["mermaid", "svg", "html"]), help="By default what FILE ends in.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def graph(flow: str | None, form: str | None, output: Path | None) -> None:
    """Draw FLOW, or all flows: who can go where, what is at stake, which services are shown.

    html is one page to look around in; svg is a picture; mermaid is text that GitHub and GitLab draw.
    """
    from bot.checks.graph import command

    settings = open_settings()
    from bot.dialogue.facts import Deployment

    deployment = Deployment(settings.brand_name, settings.feedback_contact)
    shape = command.Format(form) if form else command.format_for(output)
    try:
        drawn = command.graph(open_engine(settings).content, shape, flow=flow, deployment=deployment)
    except command.UnknownFlowError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    print_or_write(drawn, output)


@click.command()
@click.argument("flow", default="menu")
@click.option("--web", default="", metavar="ADDRESS", help="Where the web chat is: https://chat.example.org/.")
@click.option("--telegram", default="", metavar="NAME", help="The bot's name on Telegram: @example_bot.")
@click.option(
    "--size", type=click.Choice(["poster", "pocket"]), default="poster", show_default=True, help="A4 or card."
)
@click.option("--language", default="", metavar="CODE", help="A language, such as en.")
@click.option("--large", is_flag=True, help="Larger letters.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help=".svg, .pdf"
)
def card(flow: str, web: str, telegram: str, size: str, language: str, large: bool, output: Path) -> None:
    """Make a poster or pocket card that leads to FLOW, or to the menu, by a code for phones."""
    from bot.operations.cards.command import CardError
    from bot.operations.cards.command import card as make
    from bot.operations.cards.drawing import NoPdfError
    from bot.operations.cards.fonts import NoFontError
    from bot.operations.cards.sheet import Size
    from bot.settings import SettingsError

    settings = open_settings()
    try:
        where = {"telegram": telegram, "web": web, "language": language}
        make(open_engine(settings), settings, flow, output, size=Size(size), large=large, **where)
    except (CardError, NoPdfError, NoFontError, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def emergency_page(output: Path | None) -> None:
    """Make the page that a proxy shows when the bot is down: the emergency numbers and the way out.

    It is what the web chat shows itself when all else fails, with EMERGENCY_NUMBERS, EXIT_URL and the look as set.
    """
    from bot.channels.web.look import look
    from bot.operations.application import last_resort
    from bot.settings import SettingsError

    settings = open_settings()
    try:
        page = last_resort(settings, look(settings))
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    print_or_write(page.decode("utf-8"), output)
