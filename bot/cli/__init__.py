"""The commands, thin: each reads its options, calls one thing and says how it went.

Exit status: 0 done, 1 the content has problems, 2 it could not run (wrong settings or options).
"""

from __future__ import annotations

import click

from bot import __version__
from bot.cli import documents, drawing, packs, proof, services, serving, talking, translations, understanding


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="waypost")
def main() -> None:
    """Waypost points people to help with online child sexual abuse, and stores nothing about them."""


for command in (
    serving.run,
    serving.preview,
    serving.doctor,
    talking.chat,
    proof.check,
    proof.stories,
    drawing.schema,
    drawing.graph,
    drawing.card,
    drawing.emergency_page,
    documents.conversations,
    documents.first_services,
    documents.impact,
    understanding.classify,
    understanding.explain,
    understanding.evaluate,
    packs.new_pack,
    packs.content,
    services.services,
    translations.translate,
):
    main.add_command(command)
