"""What is not ASCII is undone alike, however much of it there is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.normal_form import chunks, plain, unspaced

TROUBLE = st.sampled_from("ＫｉⓁⓛ\u200b\u0301ﬃİﷺ𝓴🔪🇬٣क्ਖ਼شﬁ…’ß\ud800")
PIECES = st.text(st.characters(max_codepoint=0x2FF) | TROUBLE, max_size=8)
ASCII = "word " * 400


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_a_few_signs_beyond_ascii_read_the_same_by_themselves_and_in_a_long_text(piece: str) -> None:
    text = piece.replace("<", "").replace("&", "")
    assert chunks(plain(f"{text} {ASCII}")) == chunks(plain(f"{text} ")) + ASCII.split()


def test_capitals_are_small_letters_beside_any_sign() -> None:
    assert plain("HE IS Ｏutside \U0001f52a NOW " + ASCII).startswith("he is outside \U0001f52a now")


def test_look_alikes_are_undone_in_english_and_left_in_a_text_of_their_own_alphabet() -> None:
    assert plain("не is оutside") == "he is outside"
    assert plain("он за дверью и не уходит").split()[-2:] == ["не", "уходит"]


def test_a_backtick_is_an_apostrophe_in_every_text() -> None:
    assert plain("i`m scared") == "i'm scared"
    assert plain("i`m scared \U0001f622") == "i'm scared \U0001f622"


@pytest.mark.parametrize("between", [" ", " and "])
def test_characters_that_stand_for_several_letters_leave_what_follows_them_where_it_is(between: str) -> None:
    found = plain(f"㌖{between}" * 300 + "he has a knife")
    assert found.endswith("he has a knife")
    assert found.count("キロメートル") == 300


def test_what_is_not_ascii_is_changed_alike_wherever_it_stands_among_ascii() -> None:
    words_ = ["ＡＢ", "i\u0307", "e\u0301te\u0301", "\u0301x", "Привіт", "😀", "ﬃ", "ß\u200b", "İ"]
    padding = "a" * 200
    assert plain(f" {padding} ".join(words_)).split(f" {padding} ") == [
        plain(f"{word} {padding}")[:-201] for word in words_
    ]


@pytest.mark.parametrize("end", ["", "!", "...", "?!", "—", ","])
@pytest.mark.parametrize("text", ["h e  i s  h u r t i n g  m e", "k i l l  m e"])
def test_letters_apart_are_put_together_whatever_ends_the_sentence(text: str, end: str) -> None:
    assert (
        unspaced(text + end)
        == unspaced(text) + end
        == " ".join(text.replace("  ", "_").replace(" ", "").split("_")) + end
    )
