"""How long the engine takes for one press, with the whole content: state in, screen out, nothing else.

    .venv/bin/python -m benchmarks.engine_turn

A long walk presses buttons at random, as many people would; each press is timed. The median and the 95th percentile of
the processor's time are printed, and the same for drawing the screen as Telegram's HTML and for typed words.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.dialogue.opening import open_engine
from bot.dialogue.rendering.telegram_html import render

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
TURNS = 20_000
WORDS = ("he says hell post my nudes if i dont pay", "help", "asdf qwer", "my daughter is being groomed online")


def line(name: str, spent: list[int]) -> str:
    """One row of the table, in microseconds."""
    spent.sort()
    return (
        f"| {name} | {statistics.median(spent) / 1000:.1f} | {spent[int(len(spent) * 0.95)] / 1000:.1f} "
        f"| {1e9 * len(spent) / sum(spent):,.0f} |"
    )


def main() -> None:
    engine = open_engine(["base"])
    gc.collect()
    gc.freeze()
    random_ = random.Random(7)
    presses: list[int] = []
    drawings: list[int] = []
    readings: list[int] = []
    screen = engine.start(NOW)
    for _ in range(TURNS):
        token = random_.choice(screen.buttons).token if screen.buttons else engine.start(NOW).buttons[0].token
        begun = time.thread_time_ns()
        screen = engine.press(token, NOW)
        middle = time.thread_time_ns()
        render(screen)
        drawings.append(time.thread_time_ns() - middle)
        presses.append(middle - begun)
    for _ in range(500):
        for words in WORDS:
            begun = time.thread_time_ns()
            engine.read(words, NOW)
            readings.append(time.thread_time_ns() - begun)
    print("| turn | median µs | p95 µs | a second |\n| --- | --- | --- | --- |")
    for name, spent in (("a press", presses), ("drawing it as HTML", drawings), ("typed words", readings)):
        print(line(name, spent))


if __name__ == "__main__":
    main()
