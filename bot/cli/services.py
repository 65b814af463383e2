"""Commands that look after services and their facts."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.opening import UNITED_KINGDOM, open_settings
from bot.content.errors import ContentError


@click.group()
def services() -> None:
    """Look after the services and their facts."""


@services.command()
@click.argument("names", metavar="[SERVICE[.CONTACT|.schedule|.on_contact]]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every fact of the file.")
@click.option("--on", "day", required=True, metavar="DATE", help="The day you held it against its source: 2026-11-22.")
@click.option("--source", metavar="URL", help="The page it stands on, where that is another one now.")
@click.option("--resources", type=click.Path(path_type=Path), metavar="FILE", help="The file to edit.")
@click.option("--yes", is_flag=True, help="Do not ask (for scripts).")
def assure(
    names: tuple[str, ...], everything: bool, day: str, source: str | None, resources: Path | None, yes: bool
) -> None:
    """Say that you held facts against their sources: sets their dates and passports, after showing them to you.

    It edits the resources.yaml that holds them, of whichever content folder; with --all, that of the last one.
    """
    from bot.operations import assure as assuring
    from bot.operations.facts_in_force import facts_in_force

    if everything == bool(names):
        raise click.UsageError("Name services or facts, such as `childline` or `childline.phone`, or give --all.")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise click.BadParameter("write a date such as 2026-11-22", param_hint="--on") from None
    today = datetime.now(UNITED_KINGDOM).date()
    ask = None if yes else click.confirm
    try:
        packs = open_settings().content
        if resources or everything:
            named = {resources or assuring.resources_file(packs): names}
        else:
            known = facts_in_force(packs)
            named = known.by_file(known.picked(names))
        done = [
            assuring.command(file, facts, on, today, click.echo, ask, source=source, packs=packs)
            for file, facts in named.items()
        ]
        sys.exit(0 if all(done) else 1)
    except (assuring.AssureError, ContentError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@services.command()
@click.argument("names", metavar="[SERVICE[.CONTACT]]...", nargs=-1)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it all as JSON.")
@click.option("--assure", is_flag=True, help="Set today's assured_date on what still stands.")
@click.option("--contact", default="", metavar="ADDRESS", help="Whom a site's operator can write to about our visits.")
@click.option("--pages", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER")
@click.option("--resources", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILE")
def verify(
    names: tuple[str, ...], report: Path | None, assure: bool, contact: str, pages: Path | None, resources: Path | None
) -> None:
    """Look whether numbers and addresses still stand on their source pages; exit 1 if one does not.

    Visits one page at a time and obeys robots.txt. With --pages it reads copies made by `wget --mirror` instead.
    Without --resources it looks at everything in force, of all content folders.
    """
    import httpx

    from bot.operations import assure as assuring
    from bot.operations.verifying.command import COULD_NOT_LOOK, Wish
    from bot.operations.verifying.command import verify as verified
    from bot.operations.verifying.fetching import Fetcher, PoliteFetcher, StoredPages

    try:
        wish = Wish(open_settings().content, resources, names, report, assure)
        with httpx.Client() as client:
            fetcher: Fetcher = StoredPages(pages) if pages else PoliteFetcher(client, contact)
            sys.exit(verified(wish, fetcher, datetime.now(UNITED_KINGDOM).date(), click.echo))
    except (assuring.AssureError, ContentError) as error:
        click.echo(str(error), err=True)
        sys.exit(COULD_NOT_LOOK)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(COULD_NOT_LOOK)


@services.command("export")
@click.option("--format", "form", type=click.Choice(["hsds"]), default="hsds", help="HSDS 3 JSON (Open Referral UK).")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Not to the screen.")
@click.option("--resources", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILE")
def export_services(form: str, output: Path | None, resources: Path | None) -> None:
    """Write the services in the format that directories of services exchange: all that people meet, of all packs."""
    from bot.operations.hsds.command import export

    del form  # there is one
    try:
        text = export(resources, open_settings().content)
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            click.echo(text, nl=False)
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(2)


@services.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="PACK")
@click.option("--format", "form", type=click.Choice(["hsds"]), default="hsds", help="HSDS 3 JSON (Open Referral UK).")
def import_services(file: Path, into: Path, form: str) -> None:
    """Make the services of FILE a content pack's resources.yaml, paused until somebody has assured them."""
    from bot.operations.hsds.command import import_into
    from bot.operations.hsds.importing import NotHsdsError

    del form  # there is one
    try:
        import_into(into, file, datetime.now(UNITED_KINGDOM).date(), click.echo)
    except NotHsdsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(2)
