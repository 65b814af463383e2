"""What harms people though every file still reads well: lowered risks, exchanged buttons, slower numbers, lies."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Change, Look, Mutation, edit
from tests.mutations.stuck import EMERGENCY, RESOURCES, SUICIDE, TEXTS, THREATS

_THOUGHTS: Final = "flows/own_thoughts.yaml"
_KNOWN: Final = "flows/abuse_known.yaml"
_GROOMED: Final = "flows/parent_groomed.yaml"
_CONTACT: Final = "flows/online_contact.yaml"


def _exchanged(file: str, *pairs: tuple[str, str, str]) -> tuple[Change, ...]:
    """Choices (label, where it leads, where it leads now)."""
    return tuple(edit(file, f'{label}", go: {old}', f'{label}", go: {new}') for label, old, new in pairs)


_RISKS: Final = tuple(
    Mutation(
        f"The risk of `{flow}` is lowered",
        "WP209",
        (edit(f"flows/{flow}.yaml", "\nrisk: high\n", "\nrisk: concern\n"),),
        at=(f"\n  {first}:",),
        look=Look.JOINT,
    )
    for flow, first in (("images_shared", "believe"), ("online_contact", "believe"), ("run_away", "here"))
)

_FIRST_HELP: Final = tuple(
    Mutation(
        f"The first screen of `{flow}` shows nobody any more",
        "WP111",
        (edit(f"flows/{flow}.yaml", shown, ""),),
        at=(f"\n  {first}:",),
        look=Look.JOINT,
    )
    for flow, first, shown in (
        ("image_threats", "believe", "    signpost: {services: [childline, find_a_helpline], at_most: 1}\n"),
        ("abuse_known", "believe", "    signpost: {services: [childline, find_a_helpline], at_most: 1}\n"),
        ("suicide", "here", "    signpost: {topic: suicide_self_harm, at_most: 4}\n"),
    )
)

_EXCHANGED: Final = (
    Mutation(
        "Who is not safe is led on, and who is safe to the emergency number",
        "WP210",
        _exchanged(
            _KNOWN,
            ("No, I'm not safe", "emergency}", "safe_enough}"),
            ("Yes, for the moment", "safe_enough}", "emergency}"),
        ),
        at=("No, I'm not safe",),
        look=Look.JOINT,
    ),
    Mutation(
        "Who is a risk to a child is led on",
        "WP210",
        _exchanged(
            _THOUGHTS, ("Yes, or I'm not sure", "step_away", "talk"), ("No, but I want help", "talk", "step_away")
        ),
        at=("Yes, or I'm not sure",),
        look=Look.JOINT,
    ),
    Mutation(
        "A parent whose child is in danger is told to stay calm",
        "WP210",
        _exchanged(
            _GROOMED,
            ("Yes, they are with me", "first_words", "emergency"),
            ("No, they are in danger", "emergency", "first_words"),
        ),
        at=("No, they are in danger",),
        look=Look.JOINT,
    ),
    Mutation(
        "A teacher with a child in danger is told to pass it on",
        "WP210",
        _exchanged(
            "flows/professional.yaml",
            ("No, or I'm not sure", "emergency", "pass_on"),
            ("Yes, who do I tell?", "pass_on", "emergency"),
        ),
        at=("No, or I'm not sure",),
        look=Look.JOINT,
    ),
    Mutation(
        "Who thinks of suicide is told about the days ahead",
        "WP210",
        _exchanged(_THOUGHTS, ("Yes, or I might", "suicide", "days_ahead"), ("No, I'm safe", "days_ahead", "suicide")),
        at=("Yes, or I might",),
        look=Look.RULE,
    ),
)

_SLOWER: Final = tuple(
    Mutation(
        name,
        "WP211",
        (edit(file, "{emergency_999.phone}", "{police_101.phone}", after=step),),
        at=(step, "say"),
        look=Look.RULE,
    )
    for name, file, step in (
        ("Who cannot talk is told the number that answers slowly", EMERGENCY, "\n  cannot_talk:"),
        ("Whose child goes to meet a stranger is told the slow number", _GROOMED, "\n  meeting:"),
    )
)

_LIES: Final = (
    Mutation(
        "A line that is closed is said to be open",
        "WP508",
        (edit(TEXTS, '"Closed now. Opens tomorrow {time}"', '"Open now. Opens tomorrow {time}"'),),
        look=Look.RULE,
    ),
    Mutation(
        "A line that is open is said to open later",
        "WP508",
        (edit(TEXTS, "open_now: Open now", "open_now: Open now. Opens tomorrow"),),
    ),
    Mutation(
        "A line that is open until midnight is said to be closed",
        "WP508",
        (edit(TEXTS, "open_until_midnight: Open now until", "open_until_midnight: Closed until"),),
    ),
    Mutation(
        "Two days of the week have one name",
        "WP508",
        (edit(TEXTS, "weekday_saturday: Saturday", "weekday_saturday: Sunday"),),
        at=("weekday_saturday:",),
    ),
    Mutation(
        "Tuesday and Wednesday are exchanged",
        "WP508",
        (
            edit(TEXTS, "weekday_tuesday: Tuesday", "weekday_tuesday: Wednesday"),
            edit(TEXTS, "weekday_wednesday: Wednesday", "weekday_wednesday: Tuesday"),
        ),
        at=("weekday_tuesday:",),
    ),
    Mutation(
        "June is called July", "WP508", (edit(TEXTS, "month_june: June", "month_june: July"),), at=("month_june:",)
    ),
)

_SIGNED: Final = (
    Mutation(
        "A long button is accepted for good",
        "WP004",
        (
            edit(
                THREATS,
                "\n  paid:\n",
                "\n  paid:\n    accept: [{code: WP503, because: It is so, by: A volunteer, until: 2099-01-01}]\n",
            ),
        ),
        at=("accept:",),
    ),
    Mutation(
        "What is accepted for too long is found all the same",
        "WP503",
        (
            edit(
                THREATS,
                "\n  paid:\n",
                "\n  paid:\n    accept: [{code: WP503, because: It is so, by: A volunteer, until: 2028-06-01}]\n",
            ),
            edit(THREATS, '"How do I stop this?"', '"How do I stop this once and for all?"', after="\n  paid:"),
        ),
        at=("How do I stop this once and for all?",),
    ),
)

_TAMPERED: Final = (
    Mutation(
        "The source of a number is exchanged, and nobody held it against the new one",
        "WP301",
        (
            edit(
                RESOURCES,
                "source: https://www.childline.org.uk/info-advice",
                "source: https://www.example.org/info-advice",
                after="\n  childline:",
            ),
        ),
        at=("\n  childline:", "passport:"),
    ),
    Mutation(
        "A date is moved on without looking",
        "WP301",
        (edit(RESOURCES, "assured_date: 2026-11-22", "assured_date: 2026-11-23", after="\n  samaritans:"),),
        at=("\n  samaritans:", "passport:"),
    ),
    Mutation(
        "A line's hours are stretched by an hour",
        "WP301",
        (edit(RESOURCES, ":00-", ":30-", after="\n  nspcc_helpline:"),),
        at=("\n  nspcc_helpline:", "schedules:", "passport:"),
    ),
)

_WORDED: Final = tuple(
    Mutation(name, code, (edit(THREATS, "You don't have to answer them while you read this.", words),), look=Look.JOINT)
    for name, code, words in (("A frightened child is hurried", "WP408", "Do it now, before it gets worse."),)
)
_GUILT: Final = tuple(
    Mutation(name, "WP408", (edit(file, old, new),), at=(new,), look=Look.JOINT)
    for name, file, old, new in (
        (
            "Somebody is made to answer for others",
            _KNOWN,
            "You can go as slowly as you like here.",
            "Other children are at risk while you wait.",
        ),
        (
            "A child is told that nobody else helps",
            _CONTACT,
            "Thank you for telling me.",
            "Nobody else will help you.",
        ),
        (
            "A child is told what its parents will feel",
            "flows/run_away.yaml",
            "Press **Leave**",
            "Your mum will be disappointed. Press **Leave**",
        ),
    )
)

DANGERS: Final = (
    *_RISKS,
    *_FIRST_HELP,
    *_EXCHANGED,
    *_SLOWER,
    *_LIES,
    *_SIGNED,
    *_TAMPERED,
    *_WORDED,
    *_GUILT,
    Mutation(
        "The risk of the flow about suicide is lowered",
        "WP209",
        (edit(SUICIDE, "\nrisk: high\n", "\nrisk: concern\n"),),
        at=("\n  here:",),
        look=Look.WHOLE,
    ),
)
