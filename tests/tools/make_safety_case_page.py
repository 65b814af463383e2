"""Writes docs/safety-case.md: ``python -m tests.tools.make_safety_case_page``. A test holds it to the hazards.

``--tests`` prints the tests that the hazards name, to run just these: ``python -m pytest $(… --tests)``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from bot.checks.properties import all_properties
from bot.checks.stories.files import story_files
from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from tests.tools.safety_case.controls import Evidence
from tests.tools.safety_case.hazards import read_hazards
from tests.tools.safety_case.page import page

REPOSITORY: Final = Path(__file__).parents[2]
HAZARDS: Final = REPOSITORY / "docs" / "safety-case" / "hazards.yaml"
PAGE: Final = REPOSITORY / "docs" / "safety-case.md"


def made(engine: Engine, hazards: Path = HAZARDS) -> str:
    """The page. Raises `ContentError` where a hazard names a control that is not there or does not work."""
    log, document = read_hazards(hazards)
    names = Names(engine.content)
    files = story_files([REPOSITORY / "tests" / "stories"])
    stories = [story for file in files for story in read_stories(file, names)]
    properties = all_properties()
    evidence = Evidence(properties, REPOSITORY, engine, stories)
    if problems := evidence.problems(log, document):
        raise ContentError(problems)
    return page(log, properties, evidence.stories, engine.content.acceptances, REPOSITORY)


def main() -> int:
    """Write the page anew, or print the tests."""
    try:
        if "--tests" in sys.argv[1:]:
            log, _ = read_hazards(HAZARDS)
            controls = [control for hazard in log.hazards for control in hazard.controls]
            click.echo("\n".join(sorted({name for control in controls for name in control.tests})))
        else:
            PAGE.write_text(made(open_engine(["base"])), encoding="utf-8")
    except ContentError as error:
        click.echo(error, err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
