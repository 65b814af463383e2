"""A small, sound content that the rules' examples break and mend. It stands in the documents and the tests alike."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from bot.checks.rule import Edits
from bot.content.assuring import stamped
from bot.content.load import BASE, pack_folder

_EVERYONE: Final = "[young_person, parent_carer, adult_self, adult_survivor, bystander, friend, professional]"
_PASSED: Final = "source: https://example.org, evidence: own_site,\n         assured_date: 2026-11-01"

FILES: Final = {
    "flows/menu.yaml": """\
flow: menu
title: Menu
risk: none
start: start
steps:
  start:
    say: Hello. You have come to the right place.
    ask: What would help?
    choices:
      - {label: Talk it through, go: topic, set: {who: young_person}}
      - {label: I came across something, go: topic.second}
""",
    "flows/emergency.yaml": """\
flow: emergency
title: Emergency
risk: immediate
start: ring
steps:
  ring:
    say: You have come to the right place. You can ring now.
    signpost: {topic: immediate_danger, at_most: 2}
    choices:
      - {label: I am safe for now, go: menu}
      - {label: I am outside the UK, go: topic, set: {nation: outside_uk}}
""",
    "flows/topic.yaml": """\
flow: topic
title: A topic
risk: concern
start: first
steps:
  first:
    say: Thank you for telling me. People at {childline} listen every day.
    signpost: {topic: listening, at_most: 3}
    choices:
      - {label: What comes next, go: second}
  second:
    say: You are doing well. One small step is enough.
    signpost: {topic: listening, at_most: 3}
    choices:
      - {label: Show me that again, go: first}
      - {label: That is all, go: last}
  last:
    say: You asked for help, and that is a strong thing to do. It can get better from here.
    signpost: {topic: listening, at_most: 3}
    end: true
""",
    "flows/phrases/en.yaml": """\
language: en
intents:
  danger: {go: emergency, risk: immediate, phrases: [help, in danger]}
  topic: {go: topic, phrases: [talk to someone]}
""",
    "resources.yaml": f"""\
when_nobody_answers: [childline, samaritans]
services:
  emergency_999:
    name: Emergency services
    kind: emergency
    status: active
    description: Ring if somebody is in danger.
    eligibility:
      - {{who: {_EVERYONE}}}
    nations: [england, wales, scotland, northern_ireland]
    topics: {{immediate_danger: 1}}
    phones:
      - {{id: phone, number: "999", type: short_code, {_PASSED}}}
    schedules:
      - {{opening_hours: "24/7", {_PASSED}}}
    confidence: high
    assured_date: 2026-11-01
  european_numbers:
    name: European numbers
    kind: emergency
    status: active
    description: Elsewhere in Europe.
    eligibility:
      - {{who: {_EVERYONE}}}
    nations: [outside_uk]
    topics: {{immediate_danger: 2, listening: 9}}
    phones:
      - {{id: emergency, number: "112", type: short_code, {_PASSED}}}
    schedules:
      - {{opening_hours: "24/7", {_PASSED}}}
    confidence: high
    assured_date: 2026-11-01
  childline:
    name: Childline
    kind: helpline
    status: active
    description: Somebody listens.
    eligibility:
      - {{who: [young_person, friend], maximum_age: 18}}
    nations: [england, wales, scotland, northern_ireland]
    topics: {{listening: 1}}
    phones:
      - {{id: phone, number: "0800 1111", type: eight_digit, {_PASSED}}}
    schedules:
      - {{opening_hours: "24/7", {_PASSED}}}
    confidence: high
    assured_date: 2026-11-01
  samaritans:
    name: Samaritans
    kind: helpline
    status: active
    description: Somebody listens.
    eligibility:
      - {{who: {_EVERYONE}}}
    nations: [england, wales, scotland, northern_ireland, outside_uk]
    topics: {{listening: 2}}
    phones:
      - {{id: phone, number: "116 123", type: short_code, {_PASSED}}}
    schedules:
      - {{opening_hours: "24/7", {_PASSED}}}
    confidence: high
    assured_date: 2026-11-01
  report_remove:
    name: Report Remove
    kind: removal
    status: active
    description: Helps take down a picture of you.
    eligibility:
      - {{who: [young_person], maximum_age: 17}}
    nations: [england, wales, scotland, northern_ireland]
    topics: {{listening: 3}}
    links:
      - {{id: form, type: form, url: "https://example.org/remove", {_PASSED}}}
    confidence: high
    assured_date: 2026-11-01
  iwf_report:
    name: IWF
    kind: reporting
    status: active
    description: Takes the address of a page.
    eligibility:
      - {{who: {_EVERYONE}}}
    nations: [england, wales, scotland, northern_ireland]
    topics: {{listening: 4}}
    links:
      - {{id: form, type: form, url: "https://example.org/report", {_PASSED}}}
    confidence: high
    assured_date: 2026-11-01
""",
}
"""File → its text. Shared texts, answers and holidays are those that travel with Waypost."""


def write_example(folder: Path, edits: Edits | None = None) -> Path:
    """Write the example into ``folder``, with ``edits``. Raises `ValueError` where an edit's passage is not there.

    Its facts get their passports last, after the edits, so that an example may change a number and mean only that. A
    passport that an edit writes itself stays as it is: that is how WP301 shows a fact changed after it was assured.
    """
    shared = pack_folder(BASE) / "flows" / "shared"
    shutil.copytree(shared, folder / "flows" / "shared", dirs_exist_ok=True)
    texts = dict(FILES)
    for name, edit in (edits or {}).items():
        if isinstance(edit, str):
            texts[name] = edit
            continue
        old, new = edit
        text = texts[name] if name in texts else (folder / name).read_text(encoding="utf-8")
        if old not in text:
            raise ValueError(f"{name} does not hold {old!r}")
        texts[name] = text.replace(old, new)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    resources = folder / "resources.yaml"
    resources.write_bytes(stamped(resources.read_bytes(), resources, lambda fact: fact.fact.passport is None))
    return folder
