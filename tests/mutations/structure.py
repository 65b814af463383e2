"""The structure has to hold: choices, conditions, labels, phrases and answers that do what they seem to."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit, everywhere
from tests.mutations.stuck import MENU, RESOURCES, SUICIDE, THREATS

_PHRASES: Final = "flows/phrases/en*.yaml"
_ANSWERS: Final = "flows/shared/answers.yaml"

STRUCTURE: Final = (
    Mutation(
        "A choice is for people who never come there",
        "WP701",
        (
            edit(
                SUICIDE,
                "go: emergency.outside_uk}",
                'go: emergency.outside_uk}\n      - {label: "I am in Wales now", go: hope, when: {nation: wales}}',
                after="\n  outside_uk:",
            ),
        ),
        at=("I am in Wales now",),
        look=Look.ANSWERS,
    ),
    Mutation(
        "A choice is hidden from nobody, though it has a condition",
        "WP703",
        (
            edit(
                SUICIDE,
                "go: emergency.outside_uk}",
                "go: emergency.outside_uk, when: {nation: outside_uk}}",
                after="\n  outside_uk:",
            ),
        ),
        look=Look.ANSWERS,
    ),
    Mutation(
        "An answer is added that nothing asks for",
        "WP702",
        (
            edit(
                _ANSWERS,
                "  age:\n",
                "  alone:\n    code: 4\n    ask: Are you alone?\n    values:\n"
                "      alone: {code: 1, label: I am alone}\n"
                "      together: {code: 2, label: Somebody is here}\n  age:\n",
            ),
        ),
        at=("I am alone",),
    ),
    Mutation(
        "Two buttons of a screen say the same",
        "WP704",
        (edit(THREATS, 'label: "I have already paid"', 'label: "I haven\'t paid"'),),
        at=("go: paid",),
        look=Look.WHOLE,
    ),
    Mutation(
        "A button says the same as the engine's own",
        "WP704",
        (edit(THREATS, 'label: "I have already paid"', 'label: "get help  now"'),),
        look=Look.JOINT,
    ),
    Mutation(
        "Two buttons of a screen lead to the same place",
        "WP705",
        (edit(THREATS, 'label: "I have already paid", go: paid', 'label: "I have already paid", go: stop'),),
        look=Look.WHOLE,
    ),
    Mutation(
        "A phrase is listed where a graver one always comes first",
        "WP706",
        (edit(_PHRASES, "\nintents:\n", "\nintents:\n  worry:\n    go: menu\n    phrases: [i want to die]\n"),),
        at=("phrases: [i want to die]",),
        look=Look.ANSWERS,
    ),
    Mutation(
        "A phrase holds neither letter nor digit",
        "WP706",
        (edit(_PHRASES, "\nintents:\n", '\nintents:\n  nothing:\n    go: menu\n    phrases: ["?!"]\n'),),
        at=("phrases: [",),
        look=Look.ANSWERS,
    ),
    Mutation(
        "Danger is no longer graver than a greeting",
        "WP203",
        (edit(_PHRASES, "risk: immediate", "risk: none", after="\n  immediate_danger:"),),
        at=("\n  immediate_danger:",),
    ),
    Mutation(
        "A signpost names only services that are for others",
        "WP707",
        (
            edit(
                THREATS,
                "{services: [childline, find_a_helpline], at_most: 1}",
                "{services: [find_a_helpline], at_most: 1}",
                after="\n  again:",
            ),
        ),
        at=("\n  again:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "Any message that holds the word stop clears the screen",
        "WP709",
        (edit("flows/phrases/en_talk.yaml", "    whole: true\n", "", after="\n  goodbye:"),),
        at=("\n  goodbye:",),
    ),
    Mutation(
        "A band of ages reaches into the next",
        "WP708",
        (edit(_ANSWERS, "label: 16 or 17, from: 16, to: 17", "label: 16 or 17, from: 16, to: 18"),),
        at=("age_18_24:",),
    ),
    Mutation(
        "A band of ages is left out",
        "WP708",
        (
            edit(_ANSWERS, "      age_18_24: {code: 4, label: 18 to 24, from: 18, to: 24}\n", ""),
            everywhere(_ANSWERS, "age_18_24, ", ""),
        ),
        at=("age_25_plus: {",),
    ),
    Mutation(
        "A button for somebody under eighteen says that they are grown up",
        "WP208",
        (edit(MENU, "go: image_threats, set: {who: young_person}", "go: image_threats, set: {who: adult_survivor}"),),
    ),
    Mutation(
        "A new service takes the name of another",
        "WP312",
        (edit(RESOURCES, "    name: Shout\n", "    name: Childline\n"),),
        at=("\n  shout:", "name:"),
    ),
)
