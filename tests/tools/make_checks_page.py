"""Writes docs/checks.md from the rules: ``python -m tests.tools.make_checks_page``. A test holds the two together."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.checks.explanation import checks_page
from bot.checks.properties import all_properties

PAGE: Final = Path(__file__).parents[2] / "docs" / "checks.md"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(checks_page(all_properties()), encoding="utf-8")


if __name__ == "__main__":
    main()
