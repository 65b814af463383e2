"""No number, address or opening time may stand in any text, however it is disguised."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit
from tests.mutations.stuck import MENU, RESOURCES, SUICIDE, TEXTS, THREATS

_PHRASES: Final = "flows/phrases/en*.yaml"


def _said(name: str, new: str, *, look: Look = Look.RULE, at: tuple[str, ...] = ()) -> Mutation:
    """Words added to a screen on threats."""
    change = edit(THREATS, "Whatever you did so far, you can stop here.", f"{new} You can stop here.")
    return Mutation(name, "WP302", (change,), look=look, at=at)


PROSE: Final = (
    _said("A number stands in the words of a screen", "Ring 0800 1111 now."),
    _said("A number is spelt out", "Ring oh eight hundred, one one one one."),
    _said("A number hides behind dots", "Ring 0.8.0.0.1.1.1.1 for help."),
    _said(
        "A number is written in the digits of another script", "Ring ٠٨٠٠ ١١١١ for help.", at=("\n  money:", "say: |")
    ),
    _said("An address stands in the words of a screen", "See www.childline.org.uk for more."),
    _said("An address is written with words for its signs", "See childline dot org dot uk for more."),
    _said("An email address stands in the words of a screen", "Write to help@childline.org.uk any time."),
    _said("A name on a messenger stands in the words of a screen", "Write to @kind_helper any time."),
    _said("An opening time stands in the words of a screen", "They are there from 9am to 5pm."),
    _said("Opening days stand in the words of a screen", "They answer from Monday to Friday."),
    Mutation(
        "A number stands on a button",
        "WP302",
        (edit(MENU, 'label: "I want to hurt myself"', 'label: "Ring 116 123"'),),
    ),
    Mutation(
        "A number stands in a question",
        "WP302",
        (edit(SUICIDE, "ask: How does that feel?", "ask: Have you tried 116 123?"),),
    ),
    Mutation(
        "A number stands in a title",
        "WP302",
        (edit(SUICIDE, "title: Thoughts of ending", "title: Ring 116 123. Thoughts of ending"),),
    ),
    Mutation(
        "A number stands in a shared text",
        "WP302",
        (edit(TEXTS, "notice_old_menu: That message", "notice_old_menu: Ring 0800 1111. That message"),),
    ),
    Mutation(
        "An opening time stands in a shared text",
        "WP302",
        (edit(TEXTS, "page_any_time: A page", "page_any_time: Staffed 9am to 5pm. A page"),),
    ),
    Mutation(
        "A helpline's number is listed among what people type",
        "WP302",
        (edit(_PHRASES, "\nintents:\n", "\nintents:\n  lines:\n    go: menu\n    phrases: [ring 0800 1111]\n"),),
        at=("phrases: [ring",),
    ),
    Mutation(
        "The number of another service stands in a service's own words",
        "WP302",
        (
            edit(
                RESOURCES,
                "description: A person who listens, day or night, when things feel too hard.",
                "description: Someone listens. Or ring 0800 1111.",
            ),
        ),
    ),
    Mutation(
        "The question for the nation gives a number",
        "WP302",
        (edit("flows/shared/answers.yaml", "ask: Where are you?", "ask: Where are you? Ring 0800 1111."),),
    ),
)
