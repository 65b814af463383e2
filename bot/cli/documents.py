"""Commands that make pages to read: conversations, first services, the impact report."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from bot.cli.opening import open_engine, open_settings, print_or_write
from bot.content.errors import ContentError


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--chosen", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def conversations(paths: tuple[Path, ...], chosen: Path | None, output: Path | None) -> None:
    """Print stories (files or folders; tests/stories if none is named) as whole conversations, to be read and judged.

    With --chosen only those that FILE names under its headings, as docs/conversations.yaml does.
    """
    from bot.checks.documents.command import conversations_page
    from bot.checks.stories.files import NoStoriesError

    engine = open_engine(open_settings())
    try:
        print_or_write(conversations_page(engine, paths, chosen), output)
    except (ContentError, NoStoriesError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@click.command("first-services")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def first_services(output: Path | None) -> None:
    """Print who is shown first in each situation, for whom and where, on a Tuesday afternoon and on Christmas night."""
    from bot.checks.documents.first_services import page

    print_or_write(page(open_engine(open_settings()), "python -m bot first-services"), output)


@click.command()
@click.option("--from", "first", required=True, metavar="DATE", help="The first day, such as 2026-09-07.")
@click.option("--to", "last", required=True, metavar="DATE", help="The last day. Whole periods in between are told.")
@click.option("--counters", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--prometheus", default="", metavar="URL", help="Take the counts from a Prometheus server instead.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write CSV.")
@click.option("--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def impact(
    first: str, last: str, counters: tuple[Path, ...], prometheus: str, csv_file: Path | None, html_file: Path | None
) -> None:
    """Report to funders what the bot was used for, in figures that give nobody away: CSV, or a page with --html FILE.

    The counts come from the file IMPACT_FILE, or from --counters FILE (several, for several replicas). A period has
    IMPACT_WEEKS weeks; see docs/measuring.md.
    """
    from bot.operations.impact import command
    from bot.operations.impact.counters_file import CountersFileError
    from bot.operations.impact.prometheus import PrometheusError

    settings = open_settings()
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise click.BadParameter("write dates such as 2026-09-07", param_hint="--from and --to") from None
    files = counters or ((settings.impact_file,) if settings.impact_file and not prometheus else ())
    if bool(files) == bool(prometheus):
        raise click.UsageError("Set IMPACT_FILE, or name one source: --counters FILE or --prometheus URL.")
    wish = command.Wish(*days, settings.impact_weeks, files, prometheus, csv_file, html_file)
    try:
        today = datetime.now(UTC).date()
        command.impact(wish, settings.brand_name, lambda: open_engine(settings).content, today, click.echo)
    except (command.NoPeriodError, CountersFileError, PrometheusError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(2)
