"""Commands that prove the content safe: the check and the stories."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import click

from bot.cli.opening import clock_at, open_engine, open_settings


@click.command()
@click.option("--quick", is_flag=True, help="For a commit hook, under 3 s: leaves out time and rare combinations.")
@click.option("--at", "moment", metavar="MOMENT", help="As at another moment, such as 2026-12-25T03:00 (UK time).")
@click.option("--only", multiple=True, metavar="CODE", help="Only this rule; may be given several times.")
@click.option("--against", metavar="OLD", help="Press all buttons of older content: a folder, git:REVISION or a proof.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to print.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="Also write a page to publish.")
@click.option("--explain", "explained", metavar="CODE", help="Say what a rule guards, and how to satisfy it.")
def check(
    quick: bool,
    moment: str | None,
    only: tuple[str, ...],
    against: str | None,
    format_: str,
    report: Path | None,
    explained: str | None,
) -> None:
    """Prove the content safe, or show the presses that lead to harm. Exit status 1: errors; 2: it could not run."""
    from bot.operations import checking

    if explained is not None:
        page = checking.explain(explained)
        if page is None:
            raise click.BadParameter(checking.unknown_code([explained.upper()]), param_hint="--explain")
        click.echo(page)
        return
    codes = tuple(code.strip().upper() for codes in only for code in codes.split(",") if code.strip())
    wish = checking.Wish(format_, quick, codes, report, against)
    sys.exit(checking.check(open_settings(), wish, clock_at(moment)(), click.echo, sys.stderr))


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Also write JUnit XML.")
@click.option("--missing", is_flag=True, help="List the steps that are in no story.")
def stories(paths: tuple[Path, ...], junit: Path | None, missing: bool) -> None:
    """Run stories (files or folders; tests/stories if none is named) against the content."""
    from bot.checks.stories.command import COULD_NOT_RUN, run_stories

    engine = open_engine(open_settings(), otherwise=COULD_NOT_RUN)
    sys.exit(run_stories(engine, paths, click.echo, perf_counter, junit_file=junit, missing=missing))
