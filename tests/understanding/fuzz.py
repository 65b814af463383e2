"""Reads any number of made-up messages: none may raise an error, none may take long.

    python -m tests.understanding.fuzz 100000

Half are pieces of the labelled messages cut and joined anew, half are characters that cause trouble elsewhere.
"""

from __future__ import annotations

import random
import sys
import time
from typing import Final

from bot.content.schema import Risk
from bot.dialogue.opening import open_engine
from bot.understanding.classifying import classify
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from tests.understanding.disguises import LOSSY, REVERSIBLE
from tests.understanding.ratchet import FOLDER, SPLITS

LONGEST_SECONDS: Final = 0.5
"""Far beyond any message's time, so that a busy machine is no failure."""

_TROUBLE: Final = (
    "\x00", "\ud800", "\udfff", "\u200b", "\u202e", "\ufdfa", "\U0001f1ec", "\U000e0041", "\u0301", "<", ">",
    "&#x110000;", "&amp", "]]>", "*", "_", "'", "’", "-", "..", "1", "4", "$", "\n", "\r", "\u2028", "ß", "İ", "ﬃ", "ا",
    "क्", "শ", "ਖ਼", "ї", "ŵ", "ł", "kill", "myself", "999", "i", "not", " ", "  ", "\t", "٣", "𝓴𝓲𝓵𝓵", "🔪", "👩‍👩‍👧",
)  # fmt: skip


def message(random_: random.Random, words: list[str]) -> str:
    """One made-up message."""
    kind = random_.random()
    if kind < 0.5:
        text = " ".join(random_.choice(words) for _ in range(random_.randrange(1, 40)))
        disguise = random_.choice([None, *REVERSIBLE.values(), *LOSSY.values()])
        return disguise(text) if disguise else text
    pieces = [random_.choice(_TROUBLE) for _ in range(random_.randrange(1, 60))]
    if kind > 0.9:
        pieces = [chr(random_.randrange(0x110000)) for _ in range(random_.randrange(1, 200))]
    return "".join(pieces) * random_.choice([1, 1, 1, 50])


def fuzz(reader: Reader, times: int, seed: int = 1) -> float:
    """Read ``times`` messages; the longest that one took, in processor seconds. Raises what reading one raises."""
    random_ = random.Random(seed)
    every = [one.text for split in SPLITS for one in labelled_messages(FOLDER / f"messages_{split}.yaml")]
    words = sorted({word for text in every for word in text.split()})
    longest = 0.0
    for _ in range(times):
        text = message(random_, words)
        begun = time.process_time()
        answer = classify(reader, text)
        longest = max(longest, time.process_time() - begun)
        assert answer.intent
        assert isinstance(answer.risk, Risk)
    return longest


def main() -> int:
    """Read as many as asked for."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    longest = fuzz(open_engine(["base"]).reader, times)
    sys.stdout.write(f"{times} messages read, the slowest in {1000 * longest:.1f} ms of processor time" + "\n")
    return 0 if longest < LONGEST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
