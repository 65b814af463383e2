"""The equal menu on RiveScript: a topic for each screen. Reads and prints as xstate_menu.mjs does."""

from __future__ import annotations

import json
import sys
import time

from rivescript import RiveScript

menu = json.load(sys.stdin)
lines = ["! version = 2.0", "+ *", "- begin {topic=s0}"]
for screen, targets in enumerate(menu["leads"]):
    lines.append(f"> topic s{screen}")
    for button, target in enumerate(targets):
        lines += [f"+ b{button}", f"- {menu['texts'][target]}{{topic=s{target}}}"]
    lines.append("< topic")
engine = RiveScript()
engine.stream("\n".join(lines))
engine.sort_replies()
people = [f"u{number}" for number in range(menu["people"])]
for person in people:
    engine.set_uservar(person, "topic", "s0")


def play(begin: int, end: int) -> None:
    for turn in range(begin, end):
        engine.reply(people[turn % len(people)], f"b{menu['presses'][turn]}")


play(0, menu["warmUp"])
begun = time.process_time()
play(menu["warmUp"], len(menu["presses"]))
seconds = time.process_time() - begun
at = [int(engine.get_uservar(person, "topic")[1:]) for person in people]
print(json.dumps({"rate": (len(menu["presses"]) - menu["warmUp"]) / seconds, "at": at}))
