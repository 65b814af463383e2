"""What does not load is refused at its place: slips of the keyboard, of YAML, and of names."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Mutation, edit, remove, write
from tests.mutations.stuck import EMERGENCY, MENU, RESOURCES, SUICIDE, TEXTS, THREATS

_PHRASES: Final = "flows/phrases/en*.yaml"
_ANSWERS: Final = "flows/shared/answers.yaml"


def _refused(name: str, file: str, old: str, new: str, *, after: str = "", at: tuple[str, ...] = ()) -> Mutation:
    return Mutation(name, "WP001", (edit(file, old, new, after),), at=at)


LOADING: Final = (
    _refused("A choice leads nowhere", THREATS, "go: paid}", "go: piad}"),
    _refused("A choice leads to a flow that is gone", MENU, "go: own_thoughts}", "go: my_thoughts}"),
    _refused("A choice forgets where it leads", THREATS, ", go: paid}", "}", at=("I have already paid",)),
    _refused("The flow begins nowhere", THREATS, "start: believe", "start: belief"),
    _refused("A key is misspelt", THREATS, "    signpost: {services", "    singpost: {services"),
    _refused("A service is misspelt in a signpost", THREATS, "[childline, meic, shout", "[chidline, meic, shout"),
    _refused(
        "A service is misspelt in a text",
        THREATS,
        "{childline} can stay",
        "{chidline} can stay",
        at=("\n  again:", "say: |"),
    ),
    _refused("A contact is misspelt", SUICIDE, "{samaritans.phone}", "{samaritans.fone}", at=("\n  nobody:", "say: |")),
    _refused("A topic is misspelt", SUICIDE, "{topic: suicide_self_harm, at", "{topic: suicide_selfharm, at"),
    _refused("An answer is misspelt", MENU, "set: {who: young_person}", "set: {whom: young_person}"),
    _refused("An answer's value is misspelt", MENU, "set: {who: young_person}", "set: {who: young_persn}"),
    _refused("A condition names a nation that is none", SUICIDE, "{not: outside_uk}", "{not: outside}"),
    _refused("A risk is misspelt", THREATS, "risk: high", "risk: hihg"),
    _refused("An audience is misspelt", THREATS, "for: [young_person]", "for: [young_persons]"),
    _refused(
        "A key stands twice",
        THREATS,
        "    ask: What do they",
        "    ask: Who?\n    ask: What do they",
        at=("ask: What do they",),
    ),
    _refused("A step stands twice", THREATS, "\n  paid:\n", "\n  money:\n", at=("\n  money:", "say:", "\n  money:")),
    _refused(
        "A service stands twice",
        RESOURCES,
        "\n  samaritans:\n",
        "\n  childline:\n",
        at=("\n  childline:", "name:", "\n  childline:"),
    ),
    _refused("A tab stands for two spaces", THREATS, "    ask: Which is nearest?", "\task: Which is nearest?"),
    _refused("A colon too many stands in a text", THREATS, "ask: Which is nearest?", "ask: Now: which is nearest?"),
    _refused("Words are written by an alias", THREATS, "ask: Which is nearest?", "ask: *words"),
    _refused("Words get an anchor", THREATS, "ask: Which is nearest?", "ask: &words Which is nearest?"),
    _refused("A tag asks for an object", THREATS, "ask: Which is", "ask: !!python/object:os.system Which is"),
    _refused("Steps are merged in", THREATS, "\n  money:\n", "\n  money:\n    <<: {end: true}\n", at=("<<:",)),
    _refused("A second document is appended", THREATS, "\n  hope:\n", "\n---\n  hope:\n", at=("---",)),
    _refused(
        "An invisible control character stands in a text", THREATS, "makes sense to feel", "makes \x08sense to feel"
    ),
    Mutation("A file is emptied", "WP001", (write("flows/delete.yaml", ""),), at=("",)),
    _refused(
        "A step has neither choices nor an end", THREATS, "    end: true\n", "", after="\n  talk:", at=("\n  talk:",)
    ),
    _refused(
        "An end has choices as well",
        THREATS,
        "    end: true\n",
        '    end: true\n    choices:\n      - {label: "On", go: hope}\n',
        after="\n  talk:",
        at=("\n  talk:", "end: true"),
    ),
    _refused("A screen has no words", THREATS, "ask: Which is nearest?", 'ask: ""'),
    _refused("A label is a number", MENU, '"Low or anxious"', "18", at=("label: 18",)),
    _refused("A screen shows nine services", SUICIDE, "at_most: 4}", "at_most: 9}"),
    _refused(
        "A signpost has a topic and a list",
        SUICIDE,
        "{topic: suicide_self_harm, at",
        "{services: [shout], topic: suicide_self_harm, at",
    ),
    _refused("A step is named like a flow", THREATS, "\n  talk:\n", "\n  friend:\n", at=("\n  friend:",)),
    _refused("A flow is named like its file is not", THREATS, "flow: image_threats", "flow: image_threat"),
    _refused(
        "A code is used for two answers",
        _ANSWERS,
        "  nation:\n    code: 3",
        "  nation:\n    code: 2",
        at=("nation:", "code: 2"),
    ),
    _refused("A code is used for two values", _ANSWERS, "wales: {code: 2,", "wales: {code: 1,"),
    _refused(
        "The code of a value that was given up is used again",
        _ANSWERS,
        "  age:\n",
        "    retired: {teacher: 6}\n  age:\n",
        at=("\n      friend:", "code: 6"),
    ),
    _refused("An age is assumed that there is not", _ANSWERS, "{age: [under_13, ", "{age: [under_12, "),
    _refused("An engine's word is deleted", TEXTS, "  button_leave: Leave\n", "", at=("texts:",)),
    _refused("An engine's word is misspelt", TEXTS, "  leave_text: All", "  leaving_text: All", at=("leaving_text",)),
    _refused(
        "A shared text names a fact that is none",
        TEXTS,
        "{iwf_report} takes",
        "{iwf_raport} takes",
        at=("notice_picture:",),
    ),
    _refused("An intent leads nowhere", _PHRASES, "go: emergency", "go: emergancy", after="\n  immediate_danger:"),
    _refused(
        "Two contacts have one id",
        RESOURCES,
        "      - id: website",
        "      - id: chat",
        after="\n  childline:",
        at=("\n  childline:",),
    ),
    _refused(
        "A service has no contact",
        RESOURCES,
        "status: paused",
        "status: active",
        after="\n  shore:",
        at=("\n  shore:",),
    ),
    _refused("A pair is no service", RESOURCES, "pair: stopncii", "pair: stop_ncii"),
    _refused(
        "A time zone is none",
        RESOURCES,
        "schedules:\n",
        "schedules:\n      - timezone: Europe/Lndon\n        source: https://example.org\n"
        "        evidence: own_site\n        assured_date: 2026-11-22\n",
        at=("Europe/Lndon",),
    ),
    _refused("Opening hours cannot be read", RESOURCES, "Mo-Fr 10:00-16:00; PH off", "Mon-Fri 10am-4pm"),
    _refused("Opening hours never open", RESOURCES, "Mo-Fr 10:00-16:00; PH off", "Mo-Fr 10:00-16:00; Mo-Su off"),
    _refused("Opening hours mean school holidays", RESOURCES, "Mo-Fr 10:00-16:00; PH off", "Mo-Fr 10:00-16:00; SH off"),
    _refused("A schedule is for a contact that is none", RESOURCES, "contacts: [phone]", "contacts: [fone]"),
    _refused("A number has letters", RESOURCES, '"0800 1111"', '"0800 CHILD"'),
    _refused(
        "A number of the wrong type", RESOURCES, "type: eight_digit", "type: national", at=("\n  childline:", "number:")
    ),
    _refused(
        "A keyword is for a number to ring",
        RESOURCES,
        "type: eight_digit\n",
        "type: eight_digit\n        keyword: HELP\n",
        at=("\n  childline:", "phones:", "number:"),
    ),
    _refused(
        "A fact has no source",
        RESOURCES,
        "        source: https://www.samaritans.org/how-we-can-help/contact-samaritan/\n",
        "",
        at=("\n  samaritans:", "phones:", "- id: phone"),
    ),
    _refused("A date is no day", RESOURCES, "assured_date: 2026-11-22", "assured_date: 2026-02-31"),
    _refused("A service that nobody is sure of is added", RESOURCES, "confidence: medium", "confidence: low"),
    _refused(
        "Somebody stands in who is no service", RESOURCES, "[childline, samaritans, find", "[childline, samaritan, find"
    ),
    _refused("A holiday is of a nation that is none", "flows/shared/bank_holidays.yaml", "  england:", "  cornwall:"),
    _refused(
        "Old buttons are sent to a step that is none",
        THREATS,
        "start: believe\n",
        "start: believe\nmoved_to: {pay: nowhere}\n",
        at=("moved_to:",),
    ),
    _refused(
        "Old buttons are sent away from a step that is there",
        THREATS,
        "start: believe\n",
        "start: believe\nmoved_to: {money: stop}\n",
        at=("moved_to:",),
    ),
    Mutation("All services are deleted", "WP001", (remove(RESOURCES),), at=None),
    Mutation("The menu is deleted", "WP001", (remove(MENU),), at=None),
    Mutation("The emergency flow is emptied", "WP001", (write(EMERGENCY, ""),), at=("",)),
    Mutation(
        "What people answer is deleted",
        "WP001",
        (remove(_ANSWERS),),
        at=None,
        file="the answer `who` in flows/shared/answers.yaml",
    ),
)
