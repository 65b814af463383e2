"""How long a message takes to understand, beside a naive keyword loop and rapidfuzz over the same phrases.

    .venv/bin/python -m benchmarks.understanding

Times are processor seconds, the best of three readings of each message; compiling is timed in a process of its own, the
best of three. The fixed loop tells how quick the machine was meanwhile.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from bot.dialogue.opening import open_engine
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from tests.understanding.long_texts import LENGTH, REPEATED, dense, phrase_words, repeated

MESSAGES: Final = Path(__file__).parents[1] / "tests/understanding/messages_tuning.yaml"
_CUTOFF: Final = 85


def best(read: Callable[[str], object], text: str) -> float:
    """The shortest of three readings, in microseconds of processor time."""
    found = []
    for _ in range(3):
        begun = time.process_time_ns()
        read(text)
        found.append(time.process_time_ns() - begun)
    return min(found) / 1000


def compiling() -> float:
    """How long all phrases take to compile, in milliseconds of processor time, in this process."""
    content = open_engine(["base"]).content
    begun = time.process_time()
    Reader(content)
    return 1000 * (time.process_time() - begun)


def compiling_by_itself() -> float:
    """The same, the best of three processes that do nothing else."""
    command = [sys.executable, "-c", "from benchmarks.understanding import compiling; print(compiling())"]
    return min(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(3))


def fixed_loop() -> float:
    """How long a loop takes that is always the same, in milliseconds of processor time."""
    return best(lambda _: sum(number * number % 7 for number in range(100_000)), "") / 1000


def main() -> None:
    """Measure and print a table."""
    content = open_engine(["base"]).content
    reader = Reader(content)
    compiled = compiling_by_itself()
    tracemalloc.start()
    kept = Reader(content)
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    assert kept
    phrases = sorted({phrase for intents in content.intents.values() for one in intents for phrase in one.phrases})

    def keywords(text: str) -> list[str]:
        low = text.lower()
        return [phrase for phrase in phrases if phrase in low]

    def fuzzy(text: str) -> object:
        return process.extractOne(text, phrases, scorer=fuzz.partial_ratio, score_cutoff=_CUTOFF)

    texts = [one.text for one in labelled_messages(MESSAGES)]
    lines = [f"{len(phrases)} phrases; compiled in {compiled:.0f} ms; {megabytes:.0f} MB"]
    lines += [f"fixed loop {fixed_loop():.1f} ms", ""]
    for name, read in (("this reader", reader.read), ("keyword loop", keywords), ("rapidfuzz", fuzzy)):
        times = [best(read, text) for text in texts]
        lines.append(f"{name:28} median {statistics.median(times):8.0f} µs   slowest {max(times):8.0f} µs")
    every = [one.text for path in sorted(MESSAGES.parent.glob("messages_*.yaml")) for one in labelled_messages(path)]
    long = {name: repeated(name) for name in REPEATED} | dense(phrase_words(content), every)
    lines += ["", f"{LENGTH} characters, in ms"]
    for name, text in long.items():
        times = [best(read, text) / 1000 for read in (reader.read, keywords)]
        lines.append(f"{name:34} {times[0]:8.2f}   keyword loop {times[1]:8.2f}")
    lines += ["", f"fixed loop {fixed_loop():.1f} ms"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
