"""A small content folder that tests can write mistakes into."""

from __future__ import annotations

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]

MENU = """\
flow: menu
title: Menu
risk: none
start: start
steps:
  start:
    say: Hello there.
    choices:
      - {label: One thing, go: topic}
      - {label: Another thing, go: topic.second, set: {who: friend}}
"""

EMERGENCY = """\
flow: emergency
title: Emergency
risk: immediate
start: ring
steps:
  ring:
    say: Ring now.
    choices:
      - {label: To the menu, go: menu}
"""

TOPIC = """\
flow: topic
title: A topic
for: [young_person]
risk: concern
start: first
steps:
  first:
    say: |
      The first screen, with {helpline} and {helpline.phone}.
    choices:
      - {label: On, go: second}
  second:
    say: The second screen.
    signpost: {topic: listening, at_most: 2}
    choices:
      - {label: Round again, go: first}
      - {label: To the end, go: last}
  last:
    say: The last screen.
    end: true
"""

RESOURCES = """\
services:
  emergency_999:
    name: Emergency services
    kind: emergency
    status: active
    description: Ring if somebody is in danger.
    eligibility:
      - {who: [young_person, parent_carer, adult_self, adult_survivor, bystander, friend, professional]}
    nations: [england, wales, scotland, northern_ireland]
    topics: {immediate_danger: 1}
    phones:
      - {id: phone, number: "999", type: short_code, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    confidence: high
  european_numbers:
    name: European numbers
    kind: information
    status: active
    description: Elsewhere in Europe.
    eligibility:
      - {who: [young_person, parent_carer, adult_self, adult_survivor, bystander, friend, professional]}
    nations: [outside_uk]
    topics: {immediate_danger: 2}
    phones:
      - {id: emergency, number: "112", type: short_code, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    confidence: high
  helpline:
    name: A helpline
    kind: helpline
    status: active
    description: Somebody listens.
    eligibility:
      - {who: [young_person, friend], maximum_age: 18}
    nations: [england, wales, scotland, northern_ireland]
    topics: {listening: 1}
    phones:
      - {id: phone, number: "0800 496 0000", type: national, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    schedules:
      - {opening_hours: "24/7", source: https://example.org, evidence: own_site, assured_date: 2026-11-01}
    confidence: high
  childline:
    name: Childline
    kind: helpline
    status: active
    description: Named in the shared texts.
    eligibility:
      - {who: [young_person]}
    nations: [england, wales, scotland, northern_ireland]
    topics: {other: 1}
    phones:
      - {id: phone, number: "0800 496 0001", type: national, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    confidence: high
  samaritans:
    name: Samaritans
    kind: helpline
    status: active
    description: Named in the shared texts.
    eligibility:
      - {who: [young_person]}
    nations: [england, wales, scotland, northern_ireland]
    topics: {other: 1}
    phones:
      - {id: phone, number: "0800 496 0002", type: national, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    confidence: high
  report_remove:
    name: Report Remove
    kind: helpline
    status: active
    description: Named in the shared texts.
    eligibility:
      - {who: [young_person]}
    nations: [england, wales, scotland, northern_ireland]
    topics: {other: 1}
    phones:
      - {id: phone, number: "0800 496 0003", type: national, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    confidence: high
  iwf_report:
    name: IWF
    kind: helpline
    status: active
    description: Named in the shared texts.
    eligibility:
      - {who: [young_person]}
    nations: [england, wales, scotland, northern_ireland]
    topics: {other: 1}
    phones:
      - {id: phone, number: "0800 496 0004", type: national, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    confidence: high
"""


def small_pack(folder: Path) -> Path:
    """Write the small content into ``folder`` and return it."""
    shutil.copytree(REPOSITORY / "flows" / "shared", folder / "flows" / "shared", dirs_exist_ok=True)
    for name, text in (("menu", MENU), ("emergency", EMERGENCY), ("topic", TOPIC)):
        (folder / "flows" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "resources.yaml").write_text(RESOURCES, encoding="utf-8")
    return folder
