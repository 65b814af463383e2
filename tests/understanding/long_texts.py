"""Texts of ten thousand characters that are made to cost as much as they can. Read by tests and benchmarks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bot.content.model import Content

LENGTH: Final = 10_000

REPEATED: Final = {
    "one phrase again and again": "kill myself ",
    "many phrases at once": "he is outside my house and i want to die because my dad hit me ",
    "letters with spaces": "k i l l ",
    "one letter": "a ",
    "one unbroken word": "killmyself",
    "hidden characters": "k\u200bi\u200bl\u200bl\u200b ",
    "combining marks": "k\u0301\u0302i\u0301l\u0301l ",
    "different misspelt words": "".join(f"kil{a}{b} mysel{b}{a} " for a in "abcdefghijklmno" for b in "pqrstuvwxyz"),
    "gaps that never close": "he and and and and and is the the the the ",
    "brackets": "<b <i </ <<>> &amp; ",
    "tags": '<b>k</b><i>ill</i> <div class="a">me</div> < ',
    "broken entities": "&amp;&lt;&#x1F600;&bogus;&#;&& ",
    "denials": "i do not not never want to not ",
    "figures of speech": "i was dying of laughter and this homework is killing me and i could murder a pizza ",
    "digits for letters": "k1ll my53lf h3 h17 m3 70 ",
    "signs": "*_~*_~!!!??? ",
    "links": "https://a.example/b?c=d www.example.com/e ",
    "another script": "مار دو لگا ",
    "all scripts": "help помоги مدد मदद সাহায্য ਮਦਦ допоможіть αβγ ayuda 帮助 ",
    "emoji": "😀🔪💀😭🩸💊🚑👩‍👩‍👧",
    "short sentences": "a b. ",
    "sentences to be doubted": "if she plays that song again im jumping out the window lol. ",
}
"""What it is → what is repeated."""


def repeated(name: str, length: int = LENGTH) -> str:
    """One of `REPEATED` as a text."""
    return cut([REPEATED[name]], length, between="")


def cut(pieces: Sequence[str], length: int = LENGTH, between: str = " ") -> str:
    """``pieces`` one after the other, over again where they are too few."""
    text = between.join(pieces) + between
    return (text * (length // len(text) + 1))[:length]


def phrase_words(content: Content) -> list[str]:
    """The words of all phrases, as authors wrote them, as often as they stand there."""
    phrases = sorted(
        {phrase for book in content.phrase_books.values() for one in book.intents for phrase in one.phrases}
    )
    return [word for phrase in phrases for word in phrase.split()]


def _one_slip(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        ]
    )


_DISGUISES: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "words of the phrases": lambda word, _: word,
    "with one slip each": _one_slip,
    "with digits for letters": lambda word, _: word.translate(str.maketrans("eiao", "3140")),
    "with letters masked": lambda word, _: word[:1] + "*" + word[2:] if len(word) > 2 else word,
    "with dots between letters": lambda word, _: ".".join(word),
    "with letters three times": lambda word, _: "".join(letter * 3 for letter in word),
    "in full width": lambda word, _: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word),
    "as sentences of one word": lambda word, _: f"{word}.",
    "as entities": lambda word, _: "".join(f"&#{ord(one)};" for one in word),
}


def dense(words: Sequence[str], messages: Iterable[str], seed: int = 7, length: int = LENGTH) -> dict[str, str]:
    """Texts of random ``words`` and ``messages``, plain and in disguise."""
    chance = random.Random(seed)
    short = [word for word in words if len(word) <= 4]
    letters = "abcdefghijklmnopqrstuvwxyz"
    texts = {
        name: [change(word, chance) for word in chance.choices(words, k=3_000)] for name, change in _DISGUISES.items()
    }
    texts["short words of the phrases"] = chance.choices(short, k=3_000)
    texts["each word of the phrases in turn"] = sorted({*words})
    texts["random letters"] = ["".join(chance.choices(letters, k=chance.randrange(2, 12))) for _ in range(3_000)]
    texts["random letters and signs"] = [
        "".join(chance.choices("abcde013456789$@!|+", k=chance.randrange(2, 12))) for _ in range(3_000)
    ]
    texts["numbers"] = [str(chance.randrange(10**6)) for _ in range(3_000)]
    texts["words run together"] = ["".join(chance.choices(words, k=40))[:60] for _ in range(300)]
    texts["messages"] = chance.choices([*messages], k=1_000)
    return {name: cut(pieces, length) for name, pieces in texts.items()}
