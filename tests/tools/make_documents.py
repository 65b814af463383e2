"""Writes every page that is made from the content and the code: ``python -m tests.tools.make_documents``.

``--check`` writes nothing: it says which pages are no longer true, and which hazards name a control that is not there.
Exit status 1 then.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from bot.checks.documents import first_services
from bot.checks.documents.command import conversations_page
from bot.checks.explanation import checks_page
from bot.checks.properties import all_properties
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from tests.tools import make_checks_page, make_reading_age_page, make_safety_case_page

DOCS: Final = Path(__file__).parents[2] / "docs"
CONVERSATIONS: Final = DOCS / "conversations.md"
FIRST_SERVICES: Final = DOCS / "first-services.md"


def conversations(engine: Engine) -> str:
    """Five whole conversations for each kind of person. Paths are relative, for the page names its own command."""
    return conversations_page(engine, [], Path("docs/conversations.yaml"))


def first_services_page(engine: Engine) -> str:
    """Who is shown first, in each situation."""
    return first_services.page(engine, "python -m bot first-services")


PAGES: Final[Mapping[Path, Callable[[Engine], str]]] = {
    make_checks_page.PAGE: lambda engine: checks_page(all_properties()),  # noqa: ARG005
    make_reading_age_page.PAGE: lambda engine: make_reading_age_page.page(engine.content),
    CONVERSATIONS: conversations,
    FIRST_SERVICES: first_services_page,
    make_safety_case_page.PAGE: make_safety_case_page.made,
}


def main() -> int:
    """Write all pages, or check them."""
    checking = "--check" in sys.argv[1:]
    engine = open_engine(["base"])
    wrong = False
    for path, made in PAGES.items():
        try:
            text = made(engine)
        except ContentError as error:
            click.echo(error, err=True)
            wrong = True
            continue
        if not checking:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            click.echo(f"{path} is no longer true. Make it anew: python -m tests.tools.make_documents", err=True)
            wrong = True
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
