"""What each sign of a phrase means, and that looking for phrases never fails and never takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks.words.matching import HarmfulWords, Phrases
from bot.checks.words.plain_words import FACT, plain_words, quoted
from bot.content.errors import Place
from bot.content.load import pack_folder
from bot.content.model import Harm
from bot.content.validation import validated
from bot.content.word_lists import WrittenWords, words_that_harm
from bot.content.word_pattern import WordPatternError, parse_group, parse_pattern
from bot.content.words_file import WordList, WordsFile
from bot.content.yaml_document import read

GROUPS = {"picture": ("photo*", "image*")}


def found(phrase: str, text: str, *, allow: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> list[str]:
    """The words that an entry with this phrase finds in a text."""
    harm = Harm(
        "entry",
        (parse_pattern(phrase, GROUPS),),
        tuple(parse_pattern(written, GROUPS) for written in allow),
        "why",
        "better",
        Place(pack_folder("base")),
    )
    named = Phrases(parse_pattern(name) for name in names)
    return [quoted(hit.words) for hit in HarmfulWords([harm], named).look(plain_words(text))]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("commit suicide", "Do not commit suicide."),
        ("commit* suicide", "He committed suicide."),
        ("commit* suicide", "to commit suicide"),
        ("nobody|no-one will know", "No one will know."),
        ("nobody|no-one will know", "nobody will know"),
        ("send (us|me) (a|the) photo*", "Send photos."),
        ("send (us|me) (a|the) photo*", "Send us a photo."),
        ("if you ... other* ... hurt", "If you wait, others may get hurt."),
        ("send <picture>", "Send images!"),
        ("will not know", "They won't know."),
        ("will not know", "They wont know."),
        ("cannot see", "It can't see you."),
        ("self-harm", "self harm"),
        ("self harm", "self-harm"),
        ("100 percent safe", "It is 100% safe."),
        ("you are to blame", "You're to blame."),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("commit suicide", "He committed suicide."),
        ("commit* suicide", "Commit. Suicide is something else."),
        ("nobody|no-one will know", "One will know."),
        ("send (us|me) (a|the) photo*", "Send us all the photos."),
        ("if you ... other*", "If you wait and wait and wait and wait, others."),
        ("if you ... other*", "If you wait. Others come."),
        ("will know", "They will not know."),
        ("can see", "It can't see you."),
        ("send us", f"send {FACT} us"),
    ],
)
def test_what_is_no_such_phrase_is_not_found(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_a_fact_is_one_of_the_words_between() -> None:
    assert found("send ... photo*", f"Send {FACT} a photo.")


def test_the_longest_reading_is_quoted() -> None:
    assert found("why (on-earth) did (not) you (tell)", "Why on earth didn't you tell?") == [
        "why on earth didn't you tell"
    ]


def test_an_entry_is_told_once_for_a_text() -> None:
    assert found("bad", "Bad, bad, bad.") == ["bad"]


def test_an_exception_must_cover_all_that_was_found() -> None:
    assert not found("in trouble", "Nobody promises that you are not in trouble.", allow=("promise* ... in trouble",))
    assert found("in trouble now", "Nobody promises you are in trouble now.", allow=("promise* ... in trouble",))


def test_an_exception_lets_only_its_own_place_pass() -> None:
    assert found("in trouble", "Nobody promises it. You are in trouble.", allow=("promise* ... in trouble",))


def test_what_lies_inside_a_name_is_not_found() -> None:
    assert not found("revenge porn", "Ask the Revenge Porn Helpline.", names=("revenge porn helpline",))
    assert found("revenge porn", "It is revenge porn. Help!", names=("revenge porn helpline",))


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "   ",
        "...",
        "... a",
        "a ...",
        "(a) b",
        "a ... ... b",
        "a+ b",
        "[ab]",
        "a|",
        "|a",
        "*",
        "a*",
        "a*b",
        "(a b)",
        "<a",
        "^a",
        "a.b",
    ],
)
def test_a_phrase_that_means_nothing_is_refused(phrase: str) -> None:
    with pytest.raises(WordPatternError) as caught:
        parse_pattern(phrase, GROUPS)
    assert str(caught.value)
    assert caught.value.hint


def test_an_unknown_group_is_refused_with_the_nearest() -> None:
    with pytest.raises(WordPatternError) as caught:
        parse_pattern("send <pictures>", GROUPS)
    assert caught.value.hint == "Did you mean `picture`?"


def test_a_line_may_break_beside_a_bar() -> None:
    assert parse_pattern("one|\n  two | three four").parts == parse_pattern("one|two|three four").parts
    assert parse_group("one |\n two") == ("one", "two")


@pytest.fixture(scope="module")
def shipped() -> list[HarmfulWords]:
    document = read(pack_folder("base") / "flows" / "shared" / "words" / "en.yaml")
    written = WrittenWords()
    written.add(validated(document, WordsFile), document)
    compiled = words_that_harm({"en": written}, [])["en"]
    return [HarmfulWords(compiled[list_], Phrases(())) for list_ in WordList]


def vocabulary() -> list[str]:
    """Every word that stands in the lists: texts made of these are the hardest to look through."""
    text = (pack_folder("base") / "flows" / "shared" / "words" / "en.yaml").read_text(encoding="utf-8")
    return sorted({word.plain for word in plain_words(text)})


@settings(max_examples=200, deadline=None)
@given(text=st.text() | st.lists(st.sampled_from(vocabulary())).map(" ".join))
def test_looking_never_fails(shipped: list[HarmfulWords], text: str) -> None:
    for hidden in (False, True):
        words = plain_words(text, hidden_signs_part=hidden)
        for list_ in shipped:
            for hit in list_.look(words):
                assert hit.words
                assert quoted(hit.words)


@pytest.mark.parametrize("word", ["not ", "nobody ", "you let ", "send a ", "if you do not tell ", "a" * 50, "never, "])
def test_looking_takes_no_longer_for_each_word_of_a_long_text(shipped: list[HarmfulWords], word: str) -> None:
    def once(times: int) -> float:
        began = time.process_time()
        for list_ in shipped:
            list(list_.look(plain_words(word * times)))
        return time.process_time() - began

    def seconds(times: int) -> float:
        """The quickest of three: what else the machine does only ever adds."""
        return min(once(times) for _ in range(3))

    once(100)
    assert seconds(8000) < 60 * max(seconds(1000), 0.01)
