"""`make content` checks as at a fixed moment, so that a commit that passed once passes for ever."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.content.passport import facts_of
from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY


def pinned() -> datetime:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert "bot check --at $(CONTENT_AS_AT)" in makefile
    found = re.search(r"^CONTENT_AS_AT = (\S+)$", makefile, re.MULTILINE)
    assert found is not None
    return datetime.fromisoformat(found[1])


def test_the_moment_is_no_earlier_than_any_fact_and_no_later_than_half_a_year_after_the_newest(engine: Engine) -> None:
    """Earlier, and a fact would be of a day that has not come; much later, and nobody has looked at any for long."""
    newest = max(
        fact.fact.assured_date
        for service in engine.content.services.values()
        for fact in facts_of(service.id, service.facts)
    )
    assert newest <= pinned().date() <= newest + timedelta(days=180), "move CONTENT_AS_AT in the Makefile on"


def test_ci_checks_the_content_by_no_other_way() -> None:
    """Nothing that this repository runs by itself asks for today's date."""
    ci = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^make --keep-going .*check\b", ci, re.MULTILINE)
    assert "bot check" not in ci


def test_the_weekly_check_takes_todays_date() -> None:
    writing = (REPOSITORY / "docs" / "writing.md").read_text(encoding="utf-8")
    week = writing.partition("### Every week")[2].partition("\n## ")[0]
    commands = [line for line in week.splitlines() if "bot check" in line]
    assert commands
    assert not any("--at" in command for command in commands)
