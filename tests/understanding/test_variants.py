"""Variants of labelled messages, which the points of words are learnt from as well."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.engine import Engine
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.points import ENGLISH
from tests.understanding.learnt import FOLDER, LEFT_OUT, learnt, words_of
from tests.understanding.variants import Variant, made, read, write

MESSAGES = [
    ["he", "is", "outside", "my", "door", "and", "he", "will", "not", "leave"],
    ["she", "is", "outside", "the", "shop", "and", "she", "has", "my", "bag"],
    ["my", "uncle", "will", "not", "leave", "me", "alone", "at", "night"],
]
ALIKE = {"uncle": ["stepdad", "cousin"], "door": ["gate"], "night": ["bedtime"]}


def test_variants_are_made_of_what_was_written_and_of_words_used_alike() -> None:
    written = {word for words in MESSAGES for word in words} | {word for words in ALIKE.values() for word in words}
    variants = list(islice(made(MESSAGES, ALIKE, Random(1)), 200))
    assert {word for words in variants for word in words} <= written
    assert any("stepdad" in words for words in variants)
    assert ["my", "uncle", "will", "not", "leave"] in [words[:5] for words in variants]


def test_no_variant_comes_twice_or_was_written() -> None:
    texts = [" ".join(words) for words in islice(made(MESSAGES, ALIKE, Random(2)), 200)]
    assert len(set(texts)) == len(texts)
    assert not {" ".join(words) for words in MESSAGES} & set(texts)


def test_the_same_messages_make_the_same_variants() -> None:
    assert list(islice(made(MESSAGES, ALIKE, Random(3)), 50)) == list(islice(made(MESSAGES, ALIKE, Random(3)), 50))


WORD = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=8)
LABEL = st.from_regex(r"[a-z]+(_[a-z]+)*( [a-z_]+)?", fullmatch=True)


@given(
    st.lists(
        st.builds(
            Variant, st.lists(WORD, min_size=1).map(tuple), st.dictionaries(LABEL, st.integers(8, 100), min_size=1)
        )
    )
)
@settings(max_examples=30)
def test_what_is_kept_of_variants_is_what_was_made(
    tmp_path_factory: pytest.TempPathFactory, some: list[Variant]
) -> None:
    path: Path = tmp_path_factory.mktemp("variants") / "some.xz"
    write(some, path)
    assert list(read(path)) == some


def test_the_variants_learnt_from_have_labels_that_are_learnt_and_no_honest_message(shipped: Engine) -> None:
    labels = set(learnt(shipped, ENGLISH).labels)
    honest = {
        " ".join(words_of(one.text, shipped.reader, ENGLISH))
        for name in LEFT_OUT
        for one in labelled_messages(FOLDER / name)
        if one.language == ENGLISH and len(one.text.split()) > 4
    }
    variants = list(read())
    assert len(variants) >= 50_000
    for variant in variants:
        assert variant.shares.keys() <= labels
        assert 0 < sum(variant.shares.values()) <= 102
    same = [variant for variant in variants if " ".join(variant.words) in honest]
    assert len(same) < len(variants) / 10_000, same[:5]
