"""How long a message takes to understand, beside a naive keyword loop and rapidfuzz over the same phrases.

    .venv/bin/python -m benchmarks.understanding

Times are processor seconds, the best of three readings of each message.
"""

from __future__ import annotations

import random
import statistics
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

MESSAGES: Final = Path(__file__).parents[1] / "tests/understanding/messages_tuning.yaml"
_LENGTH: Final = 10_000
_CUTOFF: Final = 85
LONG: Final = {
    "one phrase again and again": "kill myself ",
    "letters with spaces": "k i l l ",
    "one unbroken word": "killmyself",
    "hidden characters": "k\u200bi\u200bl\u200bl\u200b",
    "combining marks": "k\u0301i\u0302l\u0301l ",
    "different misspelt words": "".join(f"kil{a}{b} mysel{b}{a} " for a in "abcdefghijklmno" for b in "pqrstuvwxyz"),
    "many phrases at once": "he is outside my house and i want to die because my dad hit me ",
}


def best(read: Callable[[str], object], text: str) -> float:
    """The shortest of three readings, in microseconds of processor time."""
    found = []
    for _ in range(3):
        begun = time.process_time_ns()
        read(text)
        found.append(time.process_time_ns() - begun)
    return min(found) / 1000


def main() -> None:
    """Measure and print a table."""
    content = open_engine(["base"]).content
    begun = time.process_time()
    reader = Reader(content)
    compiled = time.process_time() - begun
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
    lines = [f"{len(phrases)} phrases; compiled in {1000 * compiled:.0f} ms; {megabytes:.0f} MB", ""]
    for name, read in (("this reader", reader.read), ("keyword loop", keywords), ("rapidfuzz", fuzzy)):
        times = [best(read, text) for text in texts]
        lines.append(f"{name:28} median {statistics.median(times):8.0f} µs   slowest {max(times):8.0f} µs")
    lines += ["", f"{_LENGTH} characters, in ms"]
    words, shuffled = [word for phrase in phrases for word in phrase.split()], random.Random(7)
    dense = {
        "messages of the tuning split": " ".join(shuffled.choices(texts, k=400)),
        "random words of the phrases": " ".join(shuffled.choices(words, k=3_000)),
    }
    for name, pattern in {**LONG, **dense}.items():
        text = (pattern * (_LENGTH // len(pattern) + 1))[:_LENGTH]
        times = [best(read, text) / 1000 for read in (reader.read, keywords, fuzzy)]
        lines.append(f"{name:28} {times[0]:8.2f}   keyword loop {times[1]:8.2f}   rapidfuzz {times[2]:8.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
