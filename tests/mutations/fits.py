"""Everything has to fit: messages, buttons, rows, lines, and no marks that people would read as they are."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit
from tests.mutations.stuck import MENU, RESOURCES, SUICIDE, TEXTS, THREATS

_ENDLESS: Final = "You can take all the time that you need here. " * 90

FITS: Final = (
    Mutation(
        "A screen is longer than Telegram takes",
        "WP501",
        (edit(THREATS, "Whatever you did so far, you can stop here.", _ENDLESS),),
        at=("\n  money:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "A question has a code for which buttons have no room",
        "WP001",
        (edit("flows/shared/answers.yaml", "code: 3\n    ask: Where are you?", "code: 6\n    ask: Where are you?"),),
        at=("nation:", "code: 6"),
    ),
    Mutation(
        "A value has a code for which buttons have no room",
        "WP001",
        (edit("flows/shared/answers.yaml", "wales: {code: 2,", "wales: {code: 16,"),),
    ),
    Mutation(
        "A button is longer than a small phone shows",
        "WP503",
        (edit(MENU, '"I want to hurt myself"', '"I want to hurt myself, or I am thinking of it"'),),
    ),
    Mutation(
        "A button of the engine's own is longer than a small phone shows",
        "WP503",
        (edit(TEXTS, "button_back: Back", "button_back: Go back to the screen that was before"),),
    ),
    Mutation(
        "A button is so long that it is refused",
        "WP001",
        (edit(MENU, '"I want to hurt myself"', f'"I want to hurt myself, {"and more " * 8}"'),),
    ),
    Mutation(
        "A screen has nine rows of buttons and more",
        "WP504",
        (
            edit(
                SUICIDE,
                '      - {label: "I can do that", go: hope}\n',
                '      - {label: "I can do that", go: hope}\n'
                '      - {label: "I can\'t talk out loud", go: in_writing}\n'
                '      - {label: "I hurt myself to cope", go: self_harm}\n'
                '      - {label: "Something else altogether", go: menu}\n'
                '      - {label: "Help me through this hour", go: next_hour}\n',
            ),
        ),
        at=("\n  tell_someone:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "A word is wider than a terminal",
        "WP505",
        (edit(THREATS, "It makes sense to feel shaken by this.", f"Breathe{'e' * 90}. It makes sense."),),
        at=("\n  money:", "say: |"),
        look=Look.WHOLE,
    ),
    Mutation(
        "A link is written as if for a web page",
        "WP506",
        (edit(THREATS, "It makes sense to feel shaken", "<b>It makes sense</b> to feel shaken"),),
        at=("\n  money:", "say: |"),
    ),
    Mutation(
        "Words are set in bold as other programs do it",
        "WP506",
        (edit(MENU, "ask: Who is the child?", "ask: Who is the __child__?"),),
    ),
    Mutation(
        "A service's words hold stars",
        "WP506",
        (edit(RESOURCES, "description: A person who listens, day", "description: A person who *listens*, day"),),
    ),
    Mutation(
        "A fact's name in a shared text is left half written",
        "WP001",
        (edit(TEXTS, "{emergency_999.phone} and tell them where", "{emergency_999.phone and tell them where"),),
        at=("notice_location:",),
    ),
    Mutation(
        "A card of the engine's own forgets the number to ring",
        "WP507",
        (edit(TEXTS, 'card_ring: "Ring {number}"', "card_ring: Ring them"),),
    ),
    Mutation(
        "Opening times are said without the time",
        "WP507",
        (edit(TEXTS, 'opens_tomorrow: "Closed now. Opens tomorrow {time}"', "opens_tomorrow: Open now"),),
    ),
)
