"""Print flows/shared/bank_holidays.yaml as the `holidays` package knows it.

    python tests/tools/make_bank_holidays.py 2026-11-22 > flows/shared/bank_holidays.yaml

The date is the day on which the result was reviewed. Lines marked "# proclaimed" are not in the output: carry them over
by hand.
"""

from __future__ import annotations

import sys
from datetime import date

import holidays

FIRST_YEAR = 2025
LAST_YEAR = 2029
SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
PROCLAIMED = "# proclaimed"

HEADER = f"""\
# The public holidays of each nation: what PH means in opening hours.
#
# Printed by tests/tools/make_bank_holidays.py and last reviewed on the assured date; the source is where to compare it.
# Where a holiday falls on a weekend, both that day and its substitute stand here.
#
# A day proclaimed for once (a coronation, a funeral): add a line to each nation that keeps it, in order of date, and
# end it with the mark and where it was announced, so:
#   - {{date: 2028-05-09, name: Name of the day}}  {PROCLAIMED} 2027-11-02, address of the announcement
# Take the mark away once the script prints the day too; a test says when.
"""


def nation_holidays(nation: str) -> dict[date, str]:
    """The public holidays of ``nation``, in order.

    Always by nation: what the package calls "GB" holds only the days that all four share.
    """
    days = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=range(FIRST_YEAR, LAST_YEAR + 1))
    return dict(sorted(days.items()))


def render(assured_date: str) -> str:
    """The whole file."""
    lines = [
        HEADER,
        "source: https://www.gov.uk/bank-holidays",
        f"assured_date: {assured_date}",
        f"years: {{from: {FIRST_YEAR}, to: {LAST_YEAR}}}",
        "nations:",
    ]
    for nation in SUBDIVISIONS:
        lines.append(f"  {nation}:")
        for day, name in nation_holidays(nation).items():
            words = name.replace("(observed)", "(substitute day)")
            if set(words) & set(',[]{}#:;"'):
                raise ValueError(f"the name {words!r} on {day} would need quotes in YAML; shorten it by a rule here")
            lines.append(f"    - {{date: {day}, name: {words}}}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_bank_holidays.py YYYY-MM-DD (the day on which you review what it prints)")
    sys.stdout.write(render(date.fromisoformat(sys.argv[1]).isoformat()))
