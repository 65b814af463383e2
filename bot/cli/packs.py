"""Commands for content packs of a charity's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.opening import open_settings
from bot.content.errors import ContentError


@click.command("new-pack")
@click.argument("folder", type=click.Path(path_type=Path))
def new_pack(folder: Path) -> None:
    """Make FOLDER a content pack of your own to begin with: a flow, a story, and a job that checks them."""
    from bot.operations.packs import NewPackError
    from bot.operations.packs import new_pack as made

    try:
        for path in made(folder):
            click.echo(path)
    except (NewPackError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(f"\nTalk to it: CONTENT=base:{folder} python -m bot chat")


@click.group()
def content() -> None:
    """Look at what content packs say, and make it ready to be served."""


@content.command("prepare")
@click.option("--unless-ready", is_flag=True, help="Do nothing where what was made ready is of the files as they are.")
def content_prepare(unless_ready: bool) -> None:
    """Make the content of CONTENT ready, so that `run` starts in half the time and takes less memory.

    It is kept beside the program and used as long as content, proof, settings and program stay as they are.
    """
    from bot.operations.prepared import Wanted, is_prepared

    wanted = Wanted.by(open_settings())
    if unless_ready and is_prepared(wanted):
        return
    from bot.operations.loading import NotPreparedError, prepare

    try:
        click.echo(prepare(wanted))
    except (ContentError, NotPreparedError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@content.command("diff")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def content_diff(form: str) -> None:
    """Show what the last pack of CONTENT changes of the packs before it."""
    from bot.content.differences import differences
    from bot.content.load import load
    from bot.operations.packs import as_json, described

    packs = open_settings().content
    if len(packs) < 2:
        raise click.UsageError("CONTENT names one pack only, so there is nothing to compare: CONTENT=base:our-charity")
    try:
        found = list(differences(load(packs[:-1]), load(packs)))
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if form == "json":
        click.echo(as_json(found))
        return
    for line in described(found):
        click.echo(line)
    if not found:
        click.echo(f"{packs[-1]} changes nothing.")
