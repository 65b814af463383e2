"""What reads well by itself and is wrong beside what stands elsewhere: prices, names, buttons, files not read."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit, write
from tests.mutations.stuck import MENU, RESOURCES, TEXTS, THREATS

_ANSWERS: Final = "flows/shared/answers.yaml"
_DANGER: Final = "flows/emergency.yaml"
_HOLIDAYS: Final = "flows/shared/bank_holidays.yaml"
_PASSAGE: Final = "Whatever you did so far, you can stop here."
_WELSH: Final = "flows/locale/cy/waypost.po"
_PARENT: Final = 'msgctxt "answer:who/parent_carer/button"'
_CARE: Final = "Plentyn rwy'n gofalu amdano"
_WORK: Final = "Plentyn yn fy ngwaith"


def _said(name: str, code: str, new: str, *, at: tuple[str, ...] = ()) -> Mutation:
    return Mutation(name, code, (edit(THREATS, _PASSAGE, new),), at=at)


_PROSE: Final = (
    _said("A price is written in words", "WP302", "A call costs fifty pence a minute."),
    _said("A price is written in digits", "WP302", "A text costs you £1.50 here."),
    _said("A price is written in pence", "WP302", "Each text to them is 50p."),
    _said("A price hides behind its unit", "WP302", "It is two pounds a minute."),
    _said("An extension is given", "WP302", "Ask for extension 4471 there."),
    _said("A short number is to be dialled", "WP302", "Dial 4471 from any phone."),
    _said("A place to go to is given", "WP302", "Go to 12 High Street, Leeds LS1 4AB."),
    _said("A number stands after another's name", "WP313", "Ring {childline} on {samaritans.phone}."),
    _said("A form stands after another's name", "WP313", "Report it to {childline} at {ceop_safety_centre.form}."),
    _said("A text names a button that is not there", "WP113", "Press **Exit** to clear this."),
    _said("A text names the button of another step", "WP113", "Press **How do I stop this?** now."),
    _said("Bold words are never closed", "WP001", "You can **stop here.", at=("  money:", "say: |")),
)

_BUTTONS: Final = (
    Mutation(
        "A button of the bot is renamed, and texts still name the old one",
        "WP113",
        (edit(TEXTS, "button_leave: Leave", "button_leave: Close this"),),
        file=THREATS,
        at=("Press **Leave**",),
    ),
    Mutation(
        "Labels that point at their emoji",
        "WP410",
        (edit(THREATS, '"I haven\'t paid", go: stop', '"😀 This one", go: stop'),),
    ),
    Mutation(
        "Who is outside the UK is taken for somebody in England",
        "WP216",
        (edit(_DANGER, "go: outside_uk, set: {nation: outside_uk}", "go: outside_uk, set: {nation: england}"),),
    ),
    Mutation(
        "The words of two nations are exchanged",
        "WP216",
        (
            edit(_ANSWERS, "wales: {code: 2, label: Wales}", "wales: {code: 2, label: Scotland}"),
            edit(_ANSWERS, "scotland: {code: 3, label: Scotland}", "scotland: {code: 3, label: Wales}"),
        ),
    ),
    Mutation(
        "Who is eighteen is taken for sixteen",
        "WP214",
        (edit(THREATS, "set: {who: adult_survivor}", "set: {age: age_16_17}"),),
    ),
    Mutation(
        "My child and I are taken for the same",
        "WP705",
        (
            edit(
                MENU,
                '"My child", go: parent_groomed, set: {who: parent_carer}',
                '"My child", go: image_threats, set: {who: young_person}',
            ),
        ),
    ),
    Mutation(
        "A service stands twice in a signpost",
        "WP001",
        (edit(THREATS, "{services: [childline, find_a_helpline], at", "{services: [childline, childline], at"),),
    ),
    Mutation("A signpost shows nobody", "WP001", (edit(THREATS, "at_most: 1", "at_most: 0"),)),
    Mutation("A button has no words", "WP001", (edit(THREATS, '"I haven\'t paid"', '" "'),)),
    Mutation(
        "A grave worry leads back to the beginning",
        "WP209",
        (edit("flows/phrases/en_young_people.yaml", "go: image_threats", "go: menu"),),
        file=MENU,
        at=("\n  welcome:",),
    ),
)

_FACTS: Final = (
    Mutation(
        "Years without holidays are said to be whole",
        "WP307",
        (edit(_HOLIDAYS, "years: {from: 2025, to: 2029}", "years: {from: 2025, to: 2031}"),),
    ),
    Mutation(
        "Nobody but a page stands in where everything is closed",
        "WP707",
        (edit(RESOURCES, "when_nobody_answers: [childline, samaritans, find", "when_nobody_answers: [find"),),
        file="flows/abuse_known.yaml",
        at=("\n  believe:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "The engine's question for the age leaves no choice",
        "WP408",
        (edit(_ANSWERS, "ask: How old are you? You can skip this.", "ask: You must say how old you are."),),
    ),
)

_FILES: Final = (
    Mutation(
        "A flow is kept in a folder that nobody reads", "WP001", (write("flows/ours/new.yaml", "flow: new\n"),), at=None
    ),
    Mutation("A file's name ends in capitals", "WP001", (write("flows/new.YAML", "flow: new\n"),), at=None),
    Mutation(
        "A translation stands where other programs keep theirs",
        "WP001",
        (write("flows/locale/cy/LC_MESSAGES/waypost.po", 'msgid ""\nmsgstr ""\n'),),
        at=None,
    ),
)

_SENT: Final = (
    Mutation(
        "Two Welsh buttons change their words",
        "WP602",
        (
            edit(_WELSH, "Cael help nawr", "@"),
            edit(_WELSH, "Yn ôl", "Cael help nawr"),
            edit(_WELSH, "@", "Yn ôl"),
        ),
        at=('msgctxt "text:button_emergency"', "msgstr"),
        sent=True,
    ),
    Mutation(
        "Two Welsh answers change their words",
        "WP601",
        (
            edit(_WELSH, _CARE, "@", after=_PARENT),
            edit(_WELSH, _WORK, _CARE, after='msgctxt "answer:who/professional/button"'),
            edit(_WELSH, "@", _WORK, after=_PARENT),
        ),
        at=(_PARENT, "msgstr"),
        sent=True,
    ),
)

BETWEEN_LINES: Final = (*_PROSE, *_BUTTONS, *_FACTS, *_FILES, *_SENT)
