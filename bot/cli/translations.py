"""Commands for translators."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.opening import open_engine, open_settings, print_or_write


@click.group()
def translate() -> None:
    """Texts for translators, and their translations (PO files); see docs/translating.md."""


@translate.command("extract")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def translate_extract(output: Path | None) -> None:
    """Write a template (.pot) with every text of the last content folder, for a language that is new."""
    from bot.operations import translating

    settings = open_settings()
    made = translating.extract(open_engine(settings).content, settings.content[-1], datetime.now(UTC))
    print_or_write(made, output)


@translate.command("update")
@click.argument("languages", metavar="[LANGUAGE]...", nargs=-1)
def translate_update(languages: tuple[str, ...]) -> None:
    """Bring the PO files of the last content folder up to date: all of them, or those of each LANGUAGE, such as cy.

    Nothing translated is lost: where the English words have changed, it is kept and marked fuzzy.
    """
    from bot.operations import translating

    settings = open_settings()
    content = open_engine(settings).content
    try:
        for path in translating.update(content, settings.content[-1], languages, datetime.now(UTC)):
            click.echo(path)
    except (translating.TranslateError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@translate.command("status")
@click.option("--missing", is_flag=True, help="List the texts missing that somebody in danger may need.")
def translate_status(missing: bool) -> None:
    """Say for each language how much is translated, by whom it was reviewed, and how it is offered."""
    from bot.operations import translating

    for line in translating.status(open_engine(open_settings()).content, listed=missing):
        click.echo(line)
