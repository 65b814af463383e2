"""Slips of a hurried hand that leave every file well written: a number or a button put in another's place."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit
from tests.mutations.stuck import RESOURCES, SUICIDE, THREATS

_MENU: Final = "flows/menu.yaml"
_TALK: Final = "flows/small_talk.yaml"

_LED: Final = tuple(
    Mutation(name, "WP213", (edit(file, f'{label}", go: {old}', f'{label}", go: {new}', after=after),), look=Look.JOINT)
    for name, file, after, label, old, new in (
        ("Somebody in danger is thanked", _TALK, "  try_again:", "I'm in danger right now", "emergency", "thanks"),
        (
            "Who feels worse is given hope",
            SUICIDE,
            "  next_hour:",
            "It's getting worse",
            "emergency.hurt",
            "hope",
        ),
        (
            "A child in danger is reported in a form",
            "flows/seen_images.yaml",
            "  no_name:",
            "A child is in danger now",
            "emergency",
            "web_address",
        ),
        (
            "Somebody whose home is not safe is shown the menu",
            "flows/run_away.yaml",
            "  police_looking:",
            "Home is not safe",
            "abuse_known.scared_home",
            "menu",
        ),
    )
)

_NUMBERS: Final = (
    Mutation(
        "Who can't stay safe is told to ring the police's slower number",
        "WP211",
        (edit(SUICIDE, "safe, ring **{emergency_999.phone}**", "safe, ring **{police_101.phone}**", "  next_hour:"),),
        at=("  next_hour:", "say: |"),
        look=Look.JOINT,
    ),
    Mutation(
        "Who is in danger is told to ring a listening line",
        "WP211",
        (edit(_TALK, "ring **{emergency_999.phone}**.", "ring **{samaritans.phone}**.", "  which:"),),
        at=("  which:", "- text: |"),
        look=Look.JOINT,
    ),
)

_AGES: Final = (
    Mutation(
        "The buttons for children and for adults change their words",
        "WP214",
        (
            edit(_MENU, '"Me (under 18)", go: images_shared,', '"Me (now 18 or over)", go: images_shared,'),
            edit(_MENU, '"Me (18 or over)", go: adult_images,', '"Me (under 18)", go: adult_images,'),
        ),
        look=Look.JOINT,
    ),
)

_LISTENING: Final = (
    Mutation(
        "The police stand in at night where nobody answers",
        "WP215",
        (edit(RESOURCES, "when_nobody_answers: [childline, ", "when_nobody_answers: [childline, police_101, "),),
        at=("\n  police_101:", "kind:"),
        look=Look.JOINT,
    ),
)

_NAMES: Final = (
    Mutation(
        "The button that names a subject to choose from is gone",
        "WP112",
        (edit(_TALK, '      - {label: "I suspect someone I know", go: suspect_someone}\n', ""),),
        file="flows/suspect_someone.yaml",
        at=("suspect_someone",),
        look=Look.RULE,
    ),
)

_UNSEEN: Final = tuple(
    Mutation(name, "WP602", (edit(file, old, new, after),), at=at, sent=True, look=Look.RULE)
    for name, file, after, old, new, at in (
        (
            "A service is said to be what it is not",
            RESOURCES,
            "\n  childline:",
            "Talk to a counsellor about anything, in private.",
            "Report anything to the police.",
            ("\n  childline:", "Report anything"),
        ),
        (
            "A service is taken off a topic",
            RESOURCES,
            "\n  childline:",
            "suicide_self_harm: 2, ",
            "",
            ("\n  childline:", "topics:"),
        ),
        (
            "The emergency number is gone from the first screen about suicide",
            SUICIDE,
            "  here:",
            "can't stay safe, ring **{emergency_999.phone}** or go to A&E.",
            "can't stay safe, go to A&E.",
            ("\n  here:",),
        ),
        (
            "Other services stand where somebody thinks of suicide",
            SUICIDE,
            "  next_hour:",
            "services: [samaritans, childline, find_a_helpline]",
            "services: [shout, childline, find_a_helpline]",
            ("\n  next_hour:",),
        ),
        (
            "A flow for young people speaks to everybody",
            THREATS,
            "",
            "for: [young_person]",
            "for: [young_person, friend]",
            ("flow:",),
        ),
    )
)

SLIPS: Final = (*_LED, *_NUMBERS, *_AGES, *_LISTENING, *_NAMES, *_UNSEEN)
