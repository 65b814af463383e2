"""Work out the table of points (flows/phrases/en_points.yaml) from the labelled messages of this folder.

    python -m tests.understanding.points

Softmax regression with few passes and a little forgetting, in plain Python, always with the same outcome. The honest
messages (messages_honest.yaml) are left out, so that they still tell how well unseen words are understood. Takes about
two minutes. Run it after adding labelled messages; the ratchet and the stories say whether anything got lost.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import exp, sqrt
from pathlib import Path
from typing import NamedTuple

from bot.content.phrases import NOTHING
from bot.dialogue.opening import open_engine
from bot.understanding.classifying import NOT_UNDERSTOOD
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.points import HUNDRED, features
from bot.understanding.scoring import Labelled

FOLDER = Path(__file__).parent
TABLE = FOLDER.parents[1] / "flows" / "phrases" / "en_points.yaml"
LEARNT_FROM = ("messages_tuning.yaml", "messages_rounds.yaml", "messages_gathered.yaml")

_PASSES = 25
_STEP = 0.15
_FORGETTING = 1e-3
_FEWEST_MESSAGES = 2
"""A sign that stands in fewer messages says nothing in general."""
_FEWEST_POINTS = 45
"""What speaks for less is left out: the table stays one that can be read."""
_ACCEPTABLE = 0.25
"""How much of a message counts for the labels that would do as well."""

_HEAD = """\
# What the words of a message speak for where no phrase is found in it: for each intent its words (or two in a row) with
# their points; below nought they speak against it. `nothing` is for what needs no help. Worked out from the labelled
# messages in tests/understanding by `python -m tests.understanding.points`: change those, not this file.
language: en
intents: {}
points:
"""


class Example(NamedTuple):
    """A message as it is learnt from: its signs, and how much it counts for each label."""

    signs: list[str]
    wanted: dict[int, float]
    worth: float
    """How much it counts: less where there are many of its label, since they are not as frequent in life."""


def learn(examples: Sequence[Example], labels: int) -> dict[str, list[float]]:
    """For each sign the weight with which it speaks for each of so many labels."""
    weights: dict[str, list[float]] = {}
    slopes: dict[str, list[float]] = {}
    chance = random.Random(1)
    order = list(examples)
    for _ in range(_PASSES):
        chance.shuffle(order)
        for signs, wanted, worth in order:
            scale = 1 / sqrt(len(signs))
            rows = [weights.setdefault(sign, [0.0] * labels) for sign in signs]
            sums = [sum(column) * scale for column in zip(*rows, strict=True)]
            highest = max(sums)
            powers = [exp(one - highest) for one in sums]
            total = sum(powers)
            errors = [power / total - wanted.get(label, 0.0) for label, power in enumerate(powers)]
            for sign, row in zip(signs, rows, strict=True):
                slope = slopes.setdefault(sign, [0.01] * labels)
                for label, error in enumerate(errors):
                    change = worth * error * scale + _FORGETTING * row[label]
                    slope[label] += change * change
                    row[label] -= _STEP * change / sqrt(slope[label])
    return weights


def messages() -> Iterator[Labelled]:
    """All that is learnt from."""
    for name in LEARNT_FROM:
        yield from (message for message in labelled_messages(FOLDER / name) if message.language == "en")


def table(columns: Sequence[str], weights: dict[str, list[float]]) -> str:
    """The file."""
    lines = [_HEAD]
    for number, column in sorted(enumerate(columns), key=lambda one: one[1]):
        points = {sign: round(HUNDRED * row[number]) for sign, row in weights.items()}
        listed = sorted(
            (sign for sign in points if abs(points[sign]) >= _FEWEST_POINTS), key=lambda one: (-points[one], one)
        )
        lines.append(f"  {column}: >-\n")
        line = "   "
        for place, sign in enumerate(listed):
            entry = f" {sign} {points[sign]}" + ("|" if place + 1 < len(listed) else "")
            if len(line) + len(entry) > 118:
                lines.append(f"{line}\n")
                line = "   "
            line += entry
        lines.append(f"{line}\n")
    return "".join(lines)


def main() -> int:
    """Write the table."""
    engine = open_engine(("base",), translated=False)
    reader, written = engine.reader, engine.content.intents["en"]
    intents = {intent.label: intent.id for intent in reversed(written)} | {one.id: one.id for one in written}
    learnt = list(messages())
    labels = sorted({label for one in learnt for label in (one.expected, *one.acceptable)})
    number = {label: place for place, label in enumerate(labels)}
    found = [[*{*features([word for word in reader.words(one.text) if word.isalnum()])}] for one in learnt]
    spread = Counter(sign for signs in found for sign in signs)
    many = Counter(one.expected for one in learnt)
    fair = len(learnt) / len(many)
    examples = []
    for one, signs in zip(learnt, found, strict=True):
        kept = sorted(sign for sign in signs if spread[sign] >= _FEWEST_MESSAGES)
        also = [number[label] for label in sorted(one.acceptable) if one.expected != NOT_UNDERSTOOD]
        wanted = {label: _ACCEPTABLE / len(also) for label in also}
        wanted[number[one.expected]] = 1 - (_ACCEPTABLE if also else 0)
        if kept:
            examples.append(Example(kept, wanted, sqrt(fair / many[one.expected])))
    columns = [NOTHING if label == NOT_UNDERSTOOD else intents[label] for label in labels]
    TABLE.write_text(table(columns, learn(examples, len(labels))), encoding="utf-8")
    print(f"{TABLE.name}: from {len(examples)} messages, {TABLE.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
