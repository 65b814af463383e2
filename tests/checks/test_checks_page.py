"""docs/checks.md is made from the rules, and says of each what an author needs to know."""

from __future__ import annotations

import pytest

from bot.checks.explanation import checks_page, explanation
from bot.checks.properties import OWN, Property, all_properties
from tests.checks.conftest import Checked
from tests.tools.make_checks_page import PAGE

PROPERTIES = all_properties()


def test_the_page_is_up_to_date() -> None:
    made = checks_page(PROPERTIES)
    assert PAGE.read_text(encoding="utf-8") == made, "run: .venv/bin/python -m tests.tools.make_checks_page"


@pytest.mark.parametrize("found", PROPERTIES, ids=lambda found: found.code)
def test_every_code_is_explained_with_an_example_each_way(found: Property) -> None:
    told = explanation(found)
    assert told.startswith(f"{found.code} {found.severity}: ")
    breaks, mends = told.split("This breaks it:")[1].split("This does not:")
    for example in (breaks, mends):
        assert ".yaml:" in example or ".po:" in example
        assert "\n  +" in example or "\n  -" in example


@pytest.mark.parametrize("code", ["WP001", "WP002", "WP003", "WP004"])
def test_the_examples_of_the_codes_that_are_no_rules_are_true(code: str, checked: Checked) -> None:
    found = next(found for found in OWN if found.code == code)
    assert code in {finding.code for finding in checked(found.breaks).findings}
    assert checked(found.mends).findings == ()
