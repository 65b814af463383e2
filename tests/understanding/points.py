"""Work out the points of words (flows/phrases/*_points_*.yaml) from the labelled messages of this folder.

    python -m tests.understanding.points

Softmax regression with few passes and a little forgetting, always with the same outcome. English is learnt from
variants of the messages as well (`tests.understanding.variants`). The honest messages (messages_honest.yaml,
messages_held.yaml) are left out, so that they still tell how well unseen words are understood. Takes three minutes. Run
it after adding labelled messages; the ratchet and the stories say whether anything got lost.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.understanding.classifying import NOT_UNDERSTOOD
from bot.understanding.points import ENGLISH, HUNDRED
from bot.understanding.signs import Families, letters, signs_in_order
from tests.understanding.learnt import learnt, messages, words_of
from tests.understanding.variants import read

TABLES = Path(__file__).parents[2] / "flows" / "phrases"
Weights = NDArray[np.float64]

_PASSES = 25
_STEP = 0.15
_FORGETTING = 2.5e-4
_FEWEST_MESSAGES = 3
_FEWEST_OF_OTHERS = 2
"""A sign that stands in fewer messages says nothing in general."""
_FEWEST_POINTS = 50
_FEWEST_POINTS_OF_OTHERS = 40
"""What speaks for less is left out: the table stays one that can be read."""
_ROUNDED = 10
_LARGEST = 900_000
"""Characters of a file: the table is spread over several, since a content file may hold 1 MiB."""
_HARMLESS = 3
_HARMLESS_OF_OTHERS = 6
"""How much more a message counts that needs no help: an alarm about nothing costs trust. Of the other languages there
are fewer such messages.
"""
_VARIANT = 0.7
"""How much a variant counts."""
_MISSPELT = 0.15
_MISSPELT_OF_OTHERS = 0.35
"""The share of words that are learnt from as if they were misspelt: by their letters alone. Of the other languages
there are fewer messages, so that most words that people use stand in none of them.
"""
_IN_TURN = 5
"""A variant is looked at in every so many-th pass: there are many."""
_FEWEST_VARIANTS = 15
"""A sign that no message has stands in at least so many variants."""
_ACCEPTABLE = 0.25
"""How much of a message counts for the labels that would do as well."""

_HEAD = """\
# What the words of a message speak for: for each intent, under their points, words, their stems (gift*), two words in a
# row, families of words (<kin>, of the files *_families.yaml), and four letters in a row of words that do not stand
# here (~gift; _ is a word's beginning or end). Below nought they speak against it. `nothing` is for what needs no help.
# Worked out from labelled messages in tests/understanding by `python -m tests.understanding.points`: change those, not
# this file.
language: {language}
intents: {{}}
points:
"""


class Word(NamedTuple):
    """A word of a message: the numbers of its signs, and of those that are left of it where it is misspelt."""

    signs: Sequence[int]
    misspelt: Sequence[int]


class Example(NamedTuple):
    """A message as it is learnt from: its words, and how much it counts for each label."""

    words: list[Word]
    wanted: dict[int, float]
    worth: float
    """How much it counts: less where there are many of its label, since they are not as frequent in life."""

    def signs(self, share: float, chance: random.Random) -> list[int]:
        """The numbers of its signs, with this ``share`` of its words misspelt."""
        misspelt = (chance.random() < share for _ in self.words)
        words = zip(self.words, misspelt, strict=True)
        return [*{sign for word, slipped in words for sign in (word.misspelt if slipped else word.signs)}]


def learn(examples: Sequence[Example], made_up: Sequence[Example], signs: int, labels: int, misspelt: float) -> Weights:
    """For each of so many signs the weight with which it speaks for each of so many labels.

    Each pass goes over all ``examples`` and every so many-th one of those ``made_up``. ``misspelt`` is the share of
    words that are taken for misspelt.
    """
    weights = np.zeros((signs, labels))
    slopes = np.full((signs, labels), 0.01)
    chance = random.Random(1)
    for number in range(_PASSES):
        order = [*examples, *made_up[number % _IN_TURN :: _IN_TURN]]
        chance.shuffle(order)
        for example in order:
            if not (found := example.signs(misspelt, chance)):
                continue
            wanted, worth = example.wanted, example.worth
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


def work_out(engine: Engine, language: str) -> Iterator[str]:
    """The files of one language."""
    known = learnt(engine, language)
    families = engine.content.phrase_books[language].families
    labels = known.labels
    number = {label: place for place, label in enumerate(labels)}
    written = [words_of(one.text, engine.reader, language) for one in known.messages]
    variants = list(read()) if language == ENGLISH else []
    fewest, harmless = (
        (_FEWEST_MESSAGES, _HARMLESS) if language == ENGLISH else (_FEWEST_OF_OTHERS, _HARMLESS_OF_OTHERS)
    )
    spread = Counter(sign for words in written for sign in _all_signs(words, families))
    spread_in_variants = Counter(sign for one in variants for sign in _all_signs(one.words, families))
    signs = sorted(
        sign
        for sign in spread.keys() | spread_in_variants.keys()
        if spread[sign] >= fewest or spread_in_variants[sign] >= _FEWEST_VARIANTS
    )
    if language == ENGLISH:
        foreign = _foreign_words(engine, spread)
        signs = [sign for sign in signs if foreign.isdisjoint(sign.removesuffix("*").split())]
    place = {sign: index for index, sign in enumerate(signs)}
    many = Counter(one.expected for one in known.messages)
    fair = len(known.messages) / len(many)
    examples = []
    for one, words in zip(known.messages, written, strict=True):
        also = sorted(one.acceptable & number.keys()) if one.expected != NOT_UNDERSTOOD else []
        wanted = {number[label]: _ACCEPTABLE / len(also) for label in also}
        wanted[number[one.expected]] = 1 - (_ACCEPTABLE if also else 0)
        worth = sqrt(fair / many[one.expected]) * (harmless if one.expected == NOT_UNDERSTOOD else 1)
        examples.append(Example(_numbered(words, families, place), wanted, worth))
    made_up = []
    for variant in variants:
        total = sum(variant.shares.values())
        wanted = {number[label]: share / total for label, share in variant.shares.items() if label in number}
        made_up.append(Example(_numbered(variant.words, families, place), wanted, _VARIANT))
    misspelt = _MISSPELT if language == ENGLISH else _MISSPELT_OF_OTHERS
    weights = learn(examples, made_up, len(signs), len(labels), misspelt)
    print(f"{language}: {len(signs)} signs from {len(examples)} messages and {len(made_up)} variants")
    yield from tables(language, [known.intents[label] for label in labels], signs, weights)


def _all_signs(words: Sequence[str], families: Families) -> set[str]:
    """All signs of a message, as its words are and as they are where they are misspelt."""
    return set[str]().union(*signs_in_order(words, families), *map(letters, words))


def _numbered(words: Sequence[str], families: Families, place: Mapping[str, int]) -> list[Word]:
    """The words of a message, with the numbers that their signs have in ``place``."""
    found = []
    for word, signs in zip(words, signs_in_order(words, families), strict=True):
        spelled = [place[sign] for sign in letters(word) if sign in place]
        known = [place[sign] for sign in sorted(signs) if sign in place]
        found.append(Word(known if word in place else known + spelled, spelled))
    return found


def _foreign_words(engine: Engine, english: Mapping[str, int]) -> set[str]:
    """The words of English messages that messages in other languages use as often: *raha* makes no message English."""
    others = Counter[str]()
    for language in engine.content.phrase_books.keys() - {ENGLISH}:
        for one in messages(language):
            if one.language != ENGLISH:
                others.update({*words_of(one.text, engine.reader, language)})
    return {word for word, often in others.items() if often >= english.get(word, 0)}


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
