"""Nobody may be sent the wrong way: closed doors, services for others, broken pairs, words said too late."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit, everywhere
from tests.mutations.stuck import RESOURCES, THREATS

_LISTENING: Final = "when_nobody_answers: [childline, samaritans, find_a_helpline]\n"

WRONG_WAY: Final = (
    Mutation(
        "Every line that is there day and night closes on public holidays, Christmas night among them",
        "WP201",
        (everywhere(RESOURCES, 'opening_hours: "24/7"', 'opening_hours: "24/7; PH off"'),),
        at=("\n  talk:",),
        file=THREATS,
    ),
    Mutation(
        "Nobody stands in any more where everything else is closed",
        "WP201",
        (edit(RESOURCES, _LISTENING, ""),),
        at=("\n  block_it:",),
        file="flows/adult_images.yaml",
    ),
    Mutation(
        "A helpline for adults is named on a screen for young people",
        "WP202",
        (
            edit(
                THREATS,
                "{services: [childline, find_a_helpline], at_most: 1}",
                "{services: [childline, stop_it_now, find_a_helpline], at_most: 3}",
            ),
        ),
        at=("\n  believe:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "A line of Scotland alone is named where only people outside the UK come",
        "WP202",
        (
            edit(
                "flows/suicide.yaml",
                "{services: [european_numbers, find_a_helpline], at_most: 2}",
                "{services: [european_numbers, find_a_helpline, breathing_space], at_most: 3}",
                after="\n  outside_uk:",
            ),
        ),
        at=("\n  outside_uk:",),
        look=Look.ANSWERS,
    ),
    Mutation(
        "A line for adults takes away its lowest age",
        "WP301",
        (edit(RESOURCES, "adult_survivor], minimum_age: 18}", "adult_survivor]}", after="\n  stop_it_now:"),),
        at=("\n  stop_it_now:", "phones:", "passport:"),
    ),
    Mutation(
        "A line for adults is opened to young people",
        "WP301",
        (
            edit(
                RESOURCES,
                "{who: [parent_carer, bystander",
                "{who: [young_person, bystander",
                after="\n  nspcc_helpline:",
            ),
        ),
        at=("\n  nspcc_helpline:", "phones:", "passport:"),
    ),
    Mutation(
        "The mental health line of England is said to serve Wales",
        "WP301",
        (
            edit(
                RESOURCES, "nations: [england]", "nations: [england, wales]", after="\n  nhs_111_mental_health_england:"
            ),
        ),
        at=("\n  nhs_111_mental_health_england:", "phones:", "passport:"),
    ),
    Mutation(
        "A screen has room for one half of a pair only",
        "WP204",
        (
            edit(
                "flows/images_shared.yaml",
                "{services: [report_remove, take_it_down, find_a_helpline], at_most: 2}",
                "{services: [stopncii, report_remove, find_a_helpline], at_most: 1}",
            ),
            edit("flows/images_shared.yaml", "for: [young_person]\n", ""),
        ),
        at=("\n  take_down:",),
    ),
    Mutation(
        "One half of a pair forgets the other",
        "WP204",
        (edit(RESOURCES, "    pair: stopncii\n", ""),),
        at=("pair: report_remove",),
        look=Look.JOINT,
    ),
    Mutation(
        "An office says that it is an emergency service, and so stands before all others",
        "WP207",
        (edit(RESOURCES, "kind: helpline", "kind: emergency", after="\n  nspcc_helpline:"),),
    ),
    Mutation(
        "A form no longer says that an account is needed",
        "WP205",
        (edit(RESOURCES, "      know_first: [account]\n", "", after="\n  report_remove:"),),
        at=("\n  report_remove:",),
    ),
    Mutation(
        "Six services stand on a screen for somebody who hurts themselves",
        "WP206",
        (edit("flows/suicide.yaml", "at_most: 2}", "at_most: 6}", after="\n  self_harm:"),),
        at=("\n  self_harm:",),
        look=Look.WHOLE,
    ),
    Mutation(
        "A line that is closed for good is still named",
        "WP308",
        (edit(RESOURCES, "status: active", "status: closed", after="\n  papyrus_hopeline247:"),),
        at=("\n  in_writing:", "say: |"),
        file="flows/suicide.yaml",
    ),
    Mutation(
        "A line on which many texts rely is paused",
        "WP308",
        (edit(RESOURCES, "status: active", "status: paused", after="\n  childline:"),),
        at=("profile_description:",),
        file="flows/shared/texts.yaml",
    ),
    Mutation(
        "Words for Wales alone stand where nobody from Wales can come",
        "WP703",
        (
            edit(
                "flows/suicide.yaml",
                "    say: |\n      I'm really glad you are here, wherever you are.",
                "    say:\n      - {text: There is help in Wales., when: {nation: wales}}\n"
                "      - text: |\n          I'm really glad you are here, wherever you are.",
                after="\n  outside_uk:",
            ),
            edit(
                "flows/suicide.yaml",
                "If you can't stay safe, ring the emergency number of that\n"
                "      country. In much of Europe it is **{european_numbers.emergency}**. You can also go to a "
                "hospital.\n\n      {find_a_helpline} shows free lines where you are, so that you can talk to "
                "someone.\n",
                "Ring the emergency number of that country.\n",
                after="\n  outside_uk:",
            ),
        ),
        at=("\n  outside_uk:", "text: There is help"),
        look=Look.ANSWERS,
    ),
)
