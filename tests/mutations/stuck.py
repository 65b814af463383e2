"""Nobody may be stuck: emergency routes taken away, dead ends, circles, and help that nobody comes to."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit, everywhere, remove, write

EMERGENCY: Final = "flows/emergency.yaml"
THREATS: Final = "flows/image_threats.yaml"
SUICIDE: Final = "flows/suicide.yaml"
MENU: Final = "flows/menu.yaml"
TEXTS: Final = "flows/shared/texts.yaml"
RESOURCES: Final = "resources.yaml"

_SOMETHING_ELSE: Final = '- {label: "Something else", go: stop}'

STUCK: Final = (
    Mutation(
        "The emergency screen is hidden from people outside the UK",
        "WP101",
        (edit(EMERGENCY, "  ring:\n", "  ring:\n    when: {nation: {not: outside_uk}}\n"),),
        look=Look.WHOLE,
    ),
    Mutation(
        "The emergency flow begins at a step that some people cannot see",
        "WP101",
        (edit(EMERGENCY, "start: ring", "start: cannot_talk"),),
        at=("\n  cannot_talk:",),
    ),
    Mutation("The emergency flow is deleted", "WP001", (remove(EMERGENCY),), at=None),
    Mutation("The emergency flow gets another name", "WP001", (edit(EMERGENCY, "flow: emergency", "flow: urgent"),)),
    Mutation(
        "The emergency flow is said to be of no great risk",
        "WP108",
        (edit(EMERGENCY, "risk: immediate", "risk: concern"),),
        at=("\n  ring:",),
    ),
    Mutation(
        "The emergency services are set to be paused",
        "WP308",
        (edit(RESOURCES, "status: active", "status: paused", after="  emergency_999:"),),
        at=("notice_immediate:",),
        file=TEXTS,
    ),
    Mutation(
        "The number is taken out of the words for danger",
        "WP203",
        (edit(TEXTS, "Ring {emergency_999.phone}.** It is free", "Ring the police.** It is free"),),
        at=("notice_immediate:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "The words for danger name the police's slower number",
        "WP203",
        (edit(TEXTS, "Ring {emergency_999.phone}.** It is free", "Ring {police_101.phone}.** It is free"),),
        at=("notice_immediate:",),
    ),
    Mutation(
        "The words for danger abroad lose their number",
        "WP203",
        (edit(TEXTS, " In Europe it is {european_numbers.emergency}.", " They will help you."),),
        at=("notice_immediate_outside",),
        look=Look.JOINT,
    ),
    Mutation(
        "What is typed in danger leads to the menu",
        "WP203",
        (edit("flows/phrases/en*.yaml", "go: emergency\n", "go: menu\n", after="\n  immediate_danger:"),),
        at=("\n  immediate_danger:",),
        look=Look.JOINT,
    ),
    Mutation(
        "Each choice of a step is for one role that never comes",
        "WP102",
        (
            edit(THREATS, "go: stop}", "go: stop, when: {nation: outside_uk}}", after="\n  sent_more:"),
            edit(
                THREATS, "go: images_shared.take_down}", "go: suicide, when: {nation: wales}}", after="\n  sent_more:"
            ),
            edit(THREATS, "go: suicide}", "go: talk, when: {nation: wales}}", after="\n  sent_more:"),
        ),
        at=("\n  sent_more:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "Two new steps lead only to each other",
        "WP103",
        (
            edit(
                THREATS,
                _SOMETHING_ELSE,
                '- {label: "Something else", go: pause}',
            ),
            edit(
                THREATS,
                "\n  money:\n",
                "\n  pause:\n    say: Take a slow breath. There is no need to decide anything.\n    choices:\n"
                '      - {label: "I need a moment", go: breathe}\n\n'
                "  breathe:\n    say: You can look out of the window for a while.\n    choices:\n"
                '      - {label: "Another moment", go: pause}\n\n  money:\n',
            ),
        ),
        at=("\n  pause:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "The last choice that led to a step is taken out",
        "WP104",
        (edit(THREATS, '      - {label: "I already sent more", go: sent_more}\n', ""),),
        at=("\n  sent_more:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "A part of the menu is cut off",
        "WP104",
        (edit(MENU, '      - {label: "Bullying, feelings or home", go: more_worries}\n', ""),),
        at=("\n  more_worries:",),
        look=Look.JOINT,
    ),
    Mutation(
        "A new flow is written and no button leads to it",
        "WP105",
        (
            write(
                "flows/fake_account.yaml",
                "flow: fake_account\ntitle: Somebody pretends to be me\nfor: [young_person]\nrisk: concern\n"
                "start: believe\n\nsteps:\n  believe:\n    end: true\n    say: Thank you for telling me.\n"
                "    signpost: {services: [childline, shout, find_a_helpline]}\n",
            ),
        ),
        at=("flow: fake_account",),
        look=Look.WHOLE,
    ),
    Mutation(
        "Seven questions stand before the first help",
        "WP107",
        (
            write(
                "flows/fake_account.yaml",
                "flow: fake_account\ntitle: Somebody pretends to be me\nfor: [young_person]\nrisk: concern\n"
                "start: question_1\n\nsteps:\n"
                + "".join(
                    f"  question_{number}:\n    say: One question first.\n    choices:\n"
                    f'      - {{label: "Next", go: question_{number + 1}}}\n'
                    for number in range(1, 7)
                )
                + "  question_7:\n    end: true\n    say: Thank you for telling me.\n"
                "    signpost: {services: [childline, shout, find_a_helpline]}\n",
            ),
            edit(MENU, 'label: "Low or anxious", go: low_mood', 'label: "A fake account", go: fake_account'),
        ),
        at=("flow: fake_account",),
    ),
    Mutation(
        "The end of the hardest flow loses its people",
        "WP110",
        (edit(SUICIDE, "    signpost: {topic: suicide_self_harm, at_most: 4}\n", "", after="\n  hope:"),),
        at=("\n  hope:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "A service is for a topic that no screen asks for",
        "WP106",
        (edit(RESOURCES, "topics: {mental_health: 7}", "topics: {fraud: 9}", after="\n  mind:"),),
        at=("\n  mind:",),
        look=Look.ANSWERS,
    ),
    Mutation(
        "Everybody's way to the emergency screen leads through a question",
        "WP001",
        (everywhere(EMERGENCY, "go: safe_for_now", "go: safe_now"),),
        at=("go: safe_now",),
    ),
)
