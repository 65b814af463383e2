"""Commands that show how typed words are understood."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from bot.cli.opening import open_engine, open_settings
from bot.content.errors import ContentError


@click.command()
def classify() -> None:
    """Read JSON lines {"text", "lang"} and print {"intent", "risk", "flow"} for each. Stores and repeats nothing."""
    from bot.understanding.classifying import classify_lines, short_lines

    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # always a text wrapper
    with suppress(KeyboardInterrupt, BrokenPipeError):
        for line in classify_lines(open_engine(open_settings()).reader, short_lines(sys.stdin.readline)):
            click.echo(line)


@click.command()
@click.argument("text")
def explain(text: str) -> None:
    """Show how TEXT is understood, and which phrases say so."""
    from bot.understanding.explanation import explanation

    for line in explanation(open_engine(open_settings()).reader, text):
        click.echo(line)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--figures", is_flag=True, help="Only figures, no messages: for a split that must stay honest.")
def evaluate(file: Path, figures: bool) -> None:
    """Score the labelled messages of FILE: what was understood, what was missed, and which phrases are to blame."""
    from bot.understanding.evaluation import judge, report, unknown_labels
    from bot.understanding.labelled_file import labelled_messages

    engine = open_engine(open_settings())
    try:
        messages = labelled_messages(file)
        for line in report(judge(engine.reader, messages), details=not figures):
            click.echo(line)
        for line in unknown_labels(engine.content, messages):
            click.echo(line, err=True)
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
