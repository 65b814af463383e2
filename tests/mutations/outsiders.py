"""What somebody breaks who means harm or is tired: true numbers under false words, hidden signs, children lured."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Mutation, edit
from tests.mutations.stuck import RESOURCES, SUICIDE, TEXTS, THREATS

_KNOWN: Final = "flows/abuse_known.yaml"
_ANSWERS: Final = "flows/shared/answers.yaml"
_WELSH: Final = "flows/locale/cy/waypost.po"


def _card(name: str, service: str, old: str, new: str) -> Mutation:
    """Something that the card of a service says, which no number or address vouches for."""
    start = f"\n  {service}:\n"
    return Mutation(name, "WP301", (edit(RESOURCES, old, new, after=start),), at=(start, "\n    passport:"))


_CARDS: Final = (
    _card("Police are said to be a helpline", "act_early", "kind: police", "kind: helpline"),
    _card("A course is said to be a helpline", "inform_plus", "kind: therapy", "kind: helpline"),
    _card("A report form is said to listen", "ceop_safety_centre", "Report grooming", "A listening line on grooming"),
    _card(
        "A helpline is said to be for emergencies", "samaritans", "A person who listens", "Ring them, not the police"
    ),
    _card("A line without names comes first for abuse", "crimestoppers", "sexual_abuse: 8", "sexual_abuse: 1"),
    _card("A service is shown for what it does not do", "switchboard_lgbt", "topics: {", "topics: {grooming: 1, "),
    _card("A service is said to speak another language", "childline", "languages: [en", "languages: [pl, en"),
    _card("The name of a service is one that looks alike", "childline", "name: Childline", "name: ChiIdline"),
    _card(
        "A way in for deaf people is gone",
        "emergency_999",
        "      - British Sign Language video calls",
        "      - Calls",
    ),
    _card("A number is taken away whole", "papyrus_hopeline247", "      - id: phone\n", "      - id: telephone\n"),
    _card("A service loses its other half", "stopncii", "    pair: report_remove\n", ""),
)


def _planted(name: str, code: str, sentence: str) -> Mutation:
    """A sentence at the end of what a step says."""
    old = "Saying it out loud to someone kind can help it fade."
    return Mutation(name, code, (edit(THREATS, old, sentence),))


_PLANTED: Final = (
    _planted("A child is asked to delete the chat", "WP407", "Delete this chat so your mum does not see."),
    _planted("A child is asked over to another app", "WP407", "Let's move to another app where nobody can see."),
    _planted("A child is told not to tell", "WP407", "Do not tell anyone about this chat."),
    _planted("A child is flattered", "WP407", "You are very mature for your age."),
    _planted("A child is told that only we understand", "WP407", "Only I understand you."),
    _planted("A child is asked for the picture in other words", "WP407", "Show me what they sent you."),
    _planted("Somebody is told to wait", "WP408", "Wait a day before you ring."),
    _planted("Somebody is told that it is a sin", "WP408", "It is a sin."),
    _planted("Somebody is asked for money", "WP408", "Donate to keep us running."),
    _planted("A child is told to pay", "WP409", "Pay them once and they will go away."),
    _planted("A child is told to meet them", "WP409", "Meet them in person to talk it over."),
    _planted("The bot says that it remembers", "WP406", "I will remember what you told me."),
    _planted("A text reads backwards", "WP509", "You are \u202eelif ruoy\u202c now."),
    _planted("A word holds a hidden sign", "WP509", "You are sa\u200bfe for now."),
    _planted("A word holds a letter of another alphabet", "WP509", "You are s\u0430fe for now."),
)

_BUTTONS: Final = (
    Mutation(
        "Despair is met with a goodbye",
        "WP213",
        (edit(THREATS, "can't go on\", go: suicide}", "can't go on\", go: hope}", after="\n  paid:"),),
    ),
    Mutation(
        "Who may be hurt today is told to block them",
        "WP213",
        (edit(THREATS, 'hurt me today", go: emergency}', 'hurt me today", go: stop}'),),
    ),
    Mutation(
        "Who is badly hurt is told to hope",
        "WP213",
        (edit(SUICIDE, 'badly hurt", go: emergency.hurt}', 'badly hurt", go: hope}'),),
    ),
    Mutation(
        "Who asks whom to tell is told goodbye",
        "WP710",
        (edit(THREATS, '"Who can I tell?", go: tell}', '"Who can I tell?", go: hope}', after="\n  ex_wants:"),),
    ),
    Mutation(
        "Two answers to a question about safety both say no",
        "WP210",
        (edit(_KNOWN, '"Yes, for the moment"', '"No, not really"'),),
    ),
    Mutation(
        "A question about safety is gone, and its answers stay",
        "WP210",
        (edit(_KNOWN, "    ask: Are you safe right now?\n", ""),),
        at=("Yes, for the moment",),
    ),
    Mutation(
        "A button for the youngest records another age",
        "WP214",
        (edit("flows/images_shared.yaml", "set: {age: under_13}", "set: {age: age_16_17}"),),
        at=('"Under 13"',),
    ),
    Mutation("A band of ages says others", "WP214", (edit(_ANSWERS, "label: 13 to 15", "label: 18 or over"),)),
    Mutation(
        "A child is called an adult on a button of the bot",
        "WP214",
        (edit(_ANSWERS, "label: Me, and I am under 18", "label: Me, and I am 18 or over "),),
        at=("young_person:", "label:"),
    ),
    Mutation(
        "A button leads to where it stands",
        "WP705",
        (edit(THREATS, '"Who can I tell?", go: tell}', '"Who can I tell?", go: deleted}', after="\n  deleted:"),),
    ),
    Mutation(
        "Two buttons differ by a sign alone",
        "WP704",
        (edit(THREATS, '"I have already paid"', '"I haven\'t paid 🙂"'),),
    ),
    Mutation(
        "Two buttons differ by a letter of another alphabet",
        "WP704",
        (edit(THREATS, '"I have already paid"', '"I hаven\'t paid"'),),
    ),
    Mutation(
        "A line whose times nobody knows is said to be open",
        "WP508",
        (edit(TEXTS, "times_unknown: Check their page for times", "times_unknown: Open day and night"),),
    ),
    Mutation(
        "A translation reads backwards",
        "WP509",
        (edit(_WELSH, "gelli di stopio yma", "gelli di \u202estopio\u202c yma"),),
    ),
)

_SENT: Final = (
    Mutation(
        "Buttons of a step that is gone get another successor",
        "WP601",
        (edit("flows/low_mood.yaml", "moved_to: {anxious: anxiety}", "moved_to: {anxious: menu.welcome}"),),
        file="flows/menu.yaml",
        at=("\n  welcome:",),
        sent=True,
    ),
    Mutation(
        "A button of the bot says what another did",
        "WP602",
        (edit(TEXTS, "button_leave: Leave", "button_leave: Back again"),),
        sent=True,
    ),
    Mutation(
        "What led from despair to help is gone",
        "WP602",
        (edit(THREATS, '      - {label: "I feel like I can\'t go on", go: suicide}\n', "", after="\n  deadline:"),),
        at=("\n  deadline:",),
        sent=True,
    ),
    Mutation(
        "A bank holiday falls on another day",
        "WP602",
        (edit("flows/shared/bank_holidays.yaml", "2026-12-28, name: Boxing", "2026-12-29, name: Boxing"),),
        at=("years:",),
        sent=True,
    ),
)

OUTSIDERS: Final = (*_CARDS, *_PLANTED, *_BUTTONS, *_SENT)
