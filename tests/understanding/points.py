"""Work out the points of words (flows/phrases/*_points_*.yaml) from the labelled messages of this folder.

    python -m tests.understanding.points

Softmax regression with few passes and a little forgetting, always with the same outcome. The honest messages
(messages_honest.yaml, messages_held.yaml) are left out, so that they still tell how well unseen words are understood.
Takes half a minute. Run it after adding labelled messages; the ratchet and the stories say whether anything got lost.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.content.phrases import NOTHING
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.understanding.classifying import NOT_UNDERSTOOD
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.points import ENGLISH, HUNDRED, features
from bot.understanding.reader import Reader
from bot.understanding.scoring import Labelled

FOLDER = Path(__file__).parent
TABLES = FOLDER.parents[1] / "flows" / "phrases"
Weights = NDArray[np.float64]

LEFT_OUT = ("messages_honest.yaml", "messages_held.yaml")
"""What is kept for honest testing."""

_PASSES = 25
_STEP = 0.15
_FORGETTING = 5e-4
_FEWEST_MESSAGES = 3
_FEWEST_OF_OTHERS = 2
"""A sign that stands in fewer messages says nothing in general."""
_FEWEST_POINTS = 40
_FEWEST_POINTS_OF_OTHERS = 40
"""What speaks for less is left out: the table stays one that can be read."""
_ROUNDED = 10
_LARGEST = 900_000
"""Characters of a file: the table is spread over several, since a content file may hold 1 MiB."""
_FEWEST_APART = 15
"""So many messages with one label that another flow answers than most of that label are weighed by themselves."""
_ALIKE = {"hi", "pa", "ur"}
"""Languages that are hard to tell apart in Latin letters."""
_HARMLESS = 3
"""How much more a message counts that needs no help: an alarm about nothing costs trust."""
_ACCEPTABLE = 0.25
"""How much of a message counts for the labels that would do as well."""

_HEAD = """\
# What the words of a message speak for: for each intent, under their points, words, their stems (gift*), four letters
# in a row of a word (~gift; _ is its beginning or end), two words in a row, and families of words (<kin>, of the files
# *_families.yaml). Below nought they speak against it. `nothing` is for what needs no help. Worked out from labelled
# messages in tests/understanding by `python -m tests.understanding.points`: change those, not this file.
language: {language}
intents: {{}}
points:
"""


class Example(NamedTuple):
    """A message as it is learnt from: its signs, and how much it counts for each label."""

    signs: list[int]
    wanted: dict[int, float]
    worth: float
    """How much it counts: less where there are many of its label, since they are not as frequent in life."""


def learn(examples: Sequence[Example], signs: int, labels: int) -> Weights:
    """For each of so many signs the weight with which it speaks for each of so many labels."""
    weights = np.zeros((signs, labels))
    slopes = np.full((signs, labels), 0.01)
    chance = random.Random(1)
    order = list(examples)
    for _ in range(_PASSES):
        chance.shuffle(order)
        for found, wanted, worth in order:
            scale = 1 / sqrt(len(found))
            rows = weights[found]
            sums = rows.sum(axis=0) * scale
            powers = np.exp(sums - sums.max())
            errors = powers / powers.sum()
            for label, share in wanted.items():
                errors[label] -= share
            change = worth * scale * errors + _FORGETTING * rows
            slope = slopes[found] + change * change
            slopes[found] = slope
            weights[found] = rows - _STEP * change / np.sqrt(slope)
    return weights


def messages(language: str) -> Iterator[Labelled]:
    """All that is learnt from of one language, in whatever letters it is written."""
    for path in sorted(FOLDER.glob("messages_*.yaml")):
        if path.name not in LEFT_OUT:
            yield from (one for one in labelled_messages(path) if _tells_of(one.language, language))


def _tells_of(written: str, language: str) -> bool:
    own, _, script = written.partition("-")
    return own == language or (script != "" and {own, language} <= _ALIKE)


def tables(language: str, columns: Sequence[str], signs: Sequence[str], weights: Weights) -> Iterator[str]:
    """The files."""
    points = (np.rint(weights * HUNDRED / _ROUNDED) * _ROUNDED).astype(int)
    fewest = _FEWEST_POINTS if language == ENGLISH else _FEWEST_POINTS_OF_OTHERS
    head = _HEAD.format(language=language)
    file = head
    for number, column in sorted(enumerate(columns), key=lambda one: one[1]):
        lines = [f"  {column}:\n"]
        listed: dict[int, list[str]] = {}
        for sign, value in zip(signs, points[:, number].tolist(), strict=True):
            if abs(value) >= fewest:
                listed.setdefault(value, []).append(sign)
        for value in sorted(listed, reverse=True):
            lines.append(f"    {value}: >-\n")
            lines += [f"      {line}\n" for line in wrap(sorted(listed[value]), 112)]
        part = "".join(lines)
        if len(file) + len(part) > _LARGEST:
            yield file
            file = head
        file += part
    yield file


def wrap(signs: Sequence[str], width: int) -> Iterator[str]:
    """``signs`` in lines of about so many characters, none of them broken."""
    line = ""
    for sign in signs:
        if line and len(line) + len(sign) + 2 > width:
            yield f"{line}|"
            line = sign
        else:
            line = f"{line}| {sign}" if line else sign
    yield line


def _flow(message: Labelled, reader: Reader) -> tuple[str, str] | tuple[()]:
    """The label, and the flow that answers of several with this label, as far as somebody or a phrase says."""
    if message.flow:
        return message.expected, message.flow
    best = next(iter(reader.matches(message.text)), None)
    return (best.intent.label, best.intent.target.flow) if best and best.intent.label == message.expected else ()


def work_out(engine: Engine, language: str) -> Iterator[str]:
    """The files of one language."""
    written = engine.content.intents[language]
    intents = {intent.label: intent.id for intent in reversed(written)} | {one.id: one.id for one in written}
    intents[NOT_UNDERSTOOD] = NOTHING
    learnt = [one for one in messages(language) if one.expected in intents]
    apart = Counter(key for one in learnt if (key := _flow(one, engine.reader)))
    for key, often in apart.items():
        answering = [one.id for one in written if (one.label, one.target.flow) == key]
        if often >= _FEWEST_APART and answering and intents[key[0]] not in answering:
            intents[" ".join(key)] = answering[0]
    learnt = [
        replace(one, expected=name) if (name := " ".join(_flow(one, engine.reader))) in intents else one
        for one in learnt
    ]
    labels = sorted({label for one in learnt for label in (one.expected, *one.acceptable) if label in intents})
    number = {label: place for place, label in enumerate(labels)}
    families = engine.content.phrase_books[language].families
    found = [
        features([word for word in engine.reader.words(one.text, language) if word.isalnum()], families)
        for one in learnt
    ]
    fewest = _FEWEST_MESSAGES if language == ENGLISH else _FEWEST_OF_OTHERS
    spread = Counter(sign for signs in found for sign in signs)
    signs = sorted(sign for sign, often in spread.items() if often >= fewest)
    place = {sign: index for index, sign in enumerate(signs)}
    many = Counter(one.expected for one in learnt)
    fair = len(learnt) / len(many)
    examples = []
    for one, own in zip(learnt, found, strict=True):
        also = sorted(one.acceptable & number.keys()) if one.expected != NOT_UNDERSTOOD else []
        wanted = {number[label]: _ACCEPTABLE / len(also) for label in also}
        wanted[number[one.expected]] = 1 - (_ACCEPTABLE if also else 0)
        worth = sqrt(fair / many[one.expected]) * (_HARMLESS if one.expected == NOT_UNDERSTOOD else 1)
        if kept := sorted(place[sign] for sign in own if sign in place):
            examples.append(Example(kept, wanted, worth))
    weights = learn(examples, len(signs), len(labels))
    print(f"{language}: {len(signs)} signs from {len(examples)} messages")
    yield from tables(language, [intents[label] for label in labels], signs, weights)


def main() -> int:
    """Write the tables."""
    engine = open_engine(("base",))
    files = {
        f"{language}_points_{count}.yaml": file
        for language in engine.content.phrase_books
        for count, file in enumerate(work_out(engine, language), start=1)
    }
    for old in TABLES.glob("*_points_*.yaml"):
        old.unlink()
    for name, file in files.items():
        (TABLES / name).write_text(file, encoding="utf-8")
    print(f"{sum(map(len, files.values())) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
