"""What authors sign away, and buttons that people have already."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit
from tests.mutations.stuck import THREATS

_ANSWERS: Final = "flows/shared/answers.yaml"


def _accepting(name: str, code: str, accepted: str, until: str = "2027-03-31", *, look: Look = Look.RULE) -> Mutation:
    written = f"    accept: [{{code: {accepted}, because: It is so, by: A volunteer, until: {until}}}]\n"
    return Mutation(name, code, (edit(THREATS, "\n  paid:\n", f"\n  paid:\n{written}"),), at=("accept:",), look=look)


ACCEPTANCES: Final = (
    _accepting("The emergency button is signed away", "WP003", "WP101"),
    _accepting("A wrong number is signed away", "WP003", "WP301"),
    _accepting("Something is accepted where nothing is found", "WP002", "WP503", look=Look.WHOLE),
    _accepting("An acceptance has ended", "WP002", "WP503", until="2026-03-31"),
    _accepting("A rule is accepted that there is not", "WP002", "WP999"),
    Mutation(
        "An acceptance is signed by nobody",
        "WP001",
        (
            edit(
                THREATS, "\n  paid:\n", "\n  paid:\n    accept: [{code: WP503, because: It is so, until: 2027-01-01}]\n"
            ),
        ),
        at=("accept:",),
    ),
    Mutation(
        "A long button is accepted in one step, and another stands in the next",
        "WP503",
        (
            edit(
                THREATS,
                "\n  paid:\n",
                "\n  paid:\n    accept: [{code: WP503, because: It is so, by: A volunteer, until: 2027-01-01}]\n",
            ),
            edit(THREATS, '"How do I stop this?"', '"How do I stop this once and for all?"', after="\n  paid:"),
            edit(THREATS, '"I already sent more"', '"I already sent them more than one"'),
        ),
        at=("I already sent them more than one",),
    ),
)

SENT: Final = (
    Mutation(
        "Two steps change places under their ids",
        "WP601",
        (
            edit(THREATS, "\n  paid:\n", "\n  swapped:\n"),
            edit(THREATS, "\n  ashamed:\n", "\n  paid:\n"),
            edit(THREATS, "\n  swapped:\n", "\n  ashamed:\n"),
        ),
        at=("\n  paid:",),
        sent=True,
    ),
    Mutation(
        "The codes of two nations are exchanged",
        "WP601",
        (
            edit(_ANSWERS, "england: {code: 1,", "england: {code: 2,"),
            edit(_ANSWERS, "wales: {code: 2,", "wales: {code: 1,"),
        ),
        sent=True,
    ),
    Mutation(
        "A band of ages comes to mean other ages",
        "WP601",
        (
            edit(_ANSWERS, "from: 0, to: 12", "from: 0, to: 10"),
            edit(_ANSWERS, "from: 13, to: 15", "from: 11, to: 15"),
        ),
        sent=True,
    ),
)
