"""Nothing may be out of date or tampered with: one key pressed wrongly, one date guessed, one address exchanged."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from tests.mutations.mutation import Look, Mutation, edit, everywhere
from tests.mutations.stuck import RESOURCES

_HERE: Final = ZoneInfo("Europe/London")
_HOLIDAYS: Final = "flows/shared/bank_holidays.yaml"


def _tampered(name: str, service: str, part: str, old: str, new: str, *, look: Look = Look.RULE) -> Mutation:
    """A fact changed below ``part`` of a service, with its passport left as it is."""
    at = (f"\n  {service}:", part, new, "passport:")
    return Mutation(name, "WP301", (edit(RESOURCES, old, new, after=f"\n  {service}:"),), at=at, look=look)


FACTS: Final = (
    _tampered("One digit of Childline's number is shifted", "childline", "phones:", '"0800 1111"', '"0800 1112"'),
    _tampered(
        "Two digits of a helpline's number change places",
        "samaritans",
        "phones:",
        '"116 123"',
        '"116 132"',
    ),
    _tampered("A helpline closes an hour later on paper", "mind", "schedules:", "09:00-18:00", "09:00-19:00"),
    _tampered("A helpline forgets public holidays", "nspcc_helpline", "schedules:", "16:00; PH off", "16:00"),
    _tampered("A form moves to another site", "iwf_report", "links:", "www.iwf.org.uk/report", "www.iwf-uk.org/report"),
    _tampered("The word to text is spelt wrong", "shout", "phones:", "keyword: SHOUT", "keyword: SHUOT"),
    _tampered(
        "A fact's date is set to today without a look at its source",
        "shout",
        "phones:",
        "assured_date: 2026-11-22",
        "assured_date: 2026-11-24",
    ),
    _tampered("A call that costs is said to be free", "mind", "phones:", "cost: Standard call rate", "cost: Free"),
    _tampered(
        "Somebody's words on what they must pass on are made kinder than they are",
        "childline",
        "on_contact:",
        "They tell someone only when there is serious danger, for you or another person.",
        "They keep what you say to themselves unless you agree.",
    ),
    _tampered(
        "A weak source is said to be the service's own",
        "find_a_helpline",
        "links:",
        "evidence: dated_secondary",
        "evidence: own_site",
    ),
    Mutation(
        "A passport is deleted",
        "WP301",
        (edit(RESOURCES, '        passport: "4uktj3ci"\n', ""),),
        at=("\n  childline:", "phones:", "- id: phone"),
    ),
    Mutation(
        "A passport is copied from another fact",
        "WP301",
        (edit(RESOURCES, '"ogjca3dv"', '"4uktj3ci"'),),
        at=("\n  shout:", "passport:"),
    ),
    Mutation(
        "A second number is added without a passport",
        "WP301",
        (
            edit(
                RESOURCES,
                "    links:\n",
                '      - id: night\n        number: "0808 157 0192"\n        type: national\n'
                "        source: https://www.childline.org.uk\n        evidence: own_site\n"
                "        assured_date: 2026-11-22\n    links:\n",
                after="\n  childline:",
            ),
        ),
        at=("- id: night",),
    ),
    Mutation(
        "A number keeps one digit too few",
        "WP305",
        (edit(RESOURCES, '"0808 800 5000"', '"0808 800 500"'),),
    ),
    Mutation(
        "A helpline's number is exchanged for one that costs a lot",
        "WP305",
        (edit(RESOURCES, '"0808 800 5000"', '"0909 800 5000"'),),
    ),
    Mutation(
        "The emergency number is mistyped",
        "WP305",
        (edit(RESOURCES, 'number: "999"', 'number: "998"'),),
        look=Look.WHOLE,
    ),
    Mutation(
        "An address loses its encryption",
        "WP311",
        (edit(RESOURCES, "https://stopncii.org\n", "http://stopncii.org\n"),),
    ),
    Mutation(
        "An address is shortened",
        "WP306",
        (edit(RESOURCES, "url: https://www.iwf.org.uk/report", "url: https://bit.ly/iwf-report"),),
    ),
    Mutation(
        "An address follows people around",
        "WP306",
        (edit(RESOURCES, "url: https://giveusashout.org", "url: https://giveusashout.org/?utm_source=waypost"),),
    ),
    Mutation(
        "An address holds a letter that only looks right",
        "WP306",
        (edit(RESOURCES, "url: https://stopncii.org", "url: https://stopnc\u0456i.org"),),
    ),
    Mutation(
        "An address leads elsewhere than it seems to",
        "WP306",
        (edit(RESOURCES, "url: https://stopncii.org", "url: https://stopncii.org@pictures.example.com"),),
    ),
    Mutation(
        "A fact was last looked at thirteen months ago",
        "WP304",
        (edit(RESOURCES, "assured_date: 2026-11-22", "assured_date: 2025-10-22", after="\n  childline:"),),
    ),
    Mutation(
        "A fact was last looked at seven months ago",
        "WP303",
        (edit(RESOURCES, "assured_date: 2026-11-22", "assured_date: 2026-04-22", after="\n  childline:"),),
    ),
    Mutation(
        "A fact was assured on a day that has not come",
        "WP310",
        (edit(RESOURCES, "assured_date: 2026-11-22", "assured_date: 2026-12-22", after="\n  childline:"),),
    ),
    Mutation(
        "Nobody has looked at anything for a year",
        "WP304",
        (edit(RESOURCES, "note: >-", "note: >-"),),
        at=("\n  emergency_999:", "assured_date:"),
        moment=datetime(2027, 11, 30, 12, 0, tzinfo=_HERE),
    ),
    Mutation(
        "The table of public holidays is cut short",
        "WP307",
        (edit(_HOLIDAYS, "to: 2029}", "to: 2026}"),),
    ),
    Mutation(
        "A public holiday is left out",
        "WP307",
        (edit(_HOLIDAYS, "    - {date: 2026-12-25, name: Christmas Day}\n", ""),),
        at=("years:",),
    ),
    Mutation(
        "Christmas falls on the wrong day",
        "WP307",
        (everywhere(_HOLIDAYS, "{date: 2026-12-25, name: Christmas Day}", "{date: 2026-12-24, name: Christmas Day}"),),
        at=("years:",),
    ),
)
