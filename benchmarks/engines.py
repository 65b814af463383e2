"""Engine turns a second on an equal menu: Waypost beside XState's pure transition and RiveScript.

    XSTATE_FOLDER=/tmp/xstate RIVESCRIPT_PYTHON=/tmp/rivescript/bin/python .venv/bin/python -m benchmarks.engines

What is not named is left out. To have them: `npm install --prefix /tmp/xstate xstate@5`, and `python3 -m venv
/tmp/rivescript && /tmp/rivescript/bin/pip install rivescript`. Every engine plays the same walk in a process of its
own, by turns, and ends where the walk ends. Rates are turns per second of processor time; ratios are taken within a
round.

Waypost draws the whole screen each time: blocks of text, the author's buttons, those of every screen, and a token for
each of them. The others say where somebody is now, and look up or give back a fixed text. Its screens are remembered
for their minute, as when serving; with a new minute every 200 turns is printed beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from benchmarks.baselines import equal_menu
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.dialogue.screen import Screen

NOW: Final = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
HERE: Final = Path(__file__).parent


def flow() -> str:
    """The menu as a flow."""
    lines = ["flow: equal", "title: An equal menu", "risk: none", "start: s0", "steps:"]
    for screen in range(equal_menu.SCREENS):
        lines += [f"  s{screen}:", f"    say: {equal_menu.text(screen)}", "    choices:"]
        for button in range(equal_menu.BUTTONS):
            lines.append(f'      - {{label: "Button {button}", go: s{equal_menu.leads(screen, button)}}}')
    return "\n".join(lines) + "\n"


def waypost(each_minute: int) -> dict[str, Any]:
    """One walk; a minute passes after so many turns."""
    with tempfile.TemporaryDirectory() as pack:
        flows = Path(pack) / "flows"
        flows.mkdir()
        (flows / "equal.yaml").write_text(flow(), encoding="utf-8")
        engine = open_engine(["base", pack], only_shown=True)
    screens = [engine.open("equal", NOW)] * equal_menu.PEOPLE
    presses = equal_menu.presses()
    _play(engine, screens, presses[: equal_menu.WARM_UP], each_minute)
    begun = time.process_time()
    _play(engine, screens, presses[equal_menu.WARM_UP :], each_minute)
    seconds = time.process_time() - begun
    at = [int(screen.state.step.step.removeprefix("s")) for screen in screens]
    return {"rate": equal_menu.TURNS / seconds, "at": at}


def _play(engine: Engine, screens: list[Screen], presses: list[int], each_minute: int) -> None:
    now = NOW
    for turn, button in enumerate(presses):
        if turn % each_minute == each_minute - 1:
            now += timedelta(minutes=1)
            engine.forget_before(now)
        person = turn % equal_menu.PEOPLE
        screens[person] = engine.press(screens[person].buttons[button].token, now)  # the author's own come first


def peer(command: list[str]) -> dict[str, Any]:
    """One walk by another engine, in its own process."""
    menu = {
        "leads": [
            [equal_menu.leads(screen, button) for button in range(equal_menu.BUTTONS)]
            for screen in range(equal_menu.SCREENS)
        ],
        "texts": [equal_menu.text(screen) for screen in range(equal_menu.SCREENS)],
        "presses": equal_menu.presses(),
        "people": equal_menu.PEOPLE,
        "warmUp": equal_menu.WARM_UP,
    }
    ran = subprocess.run(command, input=json.dumps(menu), capture_output=True, text=True, check=True)
    return dict(json.loads(ran.stdout))


def commands() -> dict[str, list[str]]:
    """What plays, by name."""
    itself = [sys.executable, "-m", "benchmarks.engines", "--play"]
    found = {
        "Waypost, screens remembered for their minute": [*itself, "1000000"],
        "Waypost, a new minute every 200 turns": [*itself, "200"],
    }
    if os.environ.get("XSTATE_FOLDER"):
        found["XState, pure transition"] = ["node", str(HERE / "baselines" / "xstate_menu.mjs")]
    if os.environ.get("RIVESCRIPT_PYTHON"):
        found["RiveScript"] = [os.environ["RIVESCRIPT_PYTHON"], str(HERE / "baselines" / "rivescript_menu.py")]
    return found


def main() -> None:
    """Print the medians, and how Waypost stands to each of the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--play", type=int, help=argparse.SUPPRESS)
    wishes = parser.parse_args()
    if wishes.play:
        print(json.dumps(waypost(wishes.play)))
        return
    wanted = equal_menu.walked(equal_menu.WARM_UP + equal_menu.TURNS)
    rates: dict[str, list[float]] = {name: [] for name in commands()}
    for _ in range(wishes.rounds):
        for name, command in commands().items():
            one = peer(command)
            if one["at"] != wanted:
                sys.exit(f"{name} ended elsewhere than the walk does.")
            rates[name].append(one["rate"])
    first = next(iter(rates))
    print(f"load {os.getloadavg()[0]:.1f}")
    print("| engine | turns per processor second | Waypost to it |\n| --- | --- | --- |")
    for name, found in rates.items():
        ratio = statistics.median(ours / theirs for ours, theirs in zip(rates[first], found, strict=True))
        print(f"| {name} | {statistics.median(found):,.0f} ({min(found):,.0f} to {max(found):,.0f}) | {ratio:.2f} |")


if __name__ == "__main__":
    main()
