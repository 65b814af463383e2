"""Emoji may decorate; they may not speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.words.plain_words import FACT
from bot.checks.words.signs import sign_in_place_of_words

SPEAKING = [
    "👍",
    "👍👎",
    "❤️ ❤️",
    "➡️",
    "→",
    "???",
    "...",
    "✅ / ❌",
    "📞 999",
    "🚓",
    "👨‍👩‍👧",
    "🇬🇧",
    "1️⃣",
    "Press 🔙 to go back",
    "I ❤️ you",
    "Ring 📞 now",
    "Press the 🔴",
    "Talk to 👤",
    "Press 5️⃣ twice",
    "I feel 😢",
    "Go → stop",
    "I am :( today",
    "Are you 😀 or 😢?",
    "😀 This one",
    "I'm feeling like this 😢",
]

DECORATING = [
    "That is all 👍",
    "Talk to someone 💬",
    "📞 Ring them",
    "🏠 Home",
    "You are not alone. 💙",
    "You are not alone. 💙 You can rest.",
    "✅ Yes, I am safe",
    "⚠️ In danger? Ring now.",
    "Yes",
    "Café",
    "18 or over",
    "© The people who run this",
    f"{FACT}",
    f"📞 {FACT}",
    f"Ring {FACT}.",
    "Ring 999",
    '"Something is wrong."',
    "- an item",
    "A&E",
    "50% of them",
    "It is #1 for me *here*",
    "Ends with a smile :)",
]


@pytest.mark.parametrize("line", SPEAKING)
def test_a_sign_in_the_place_of_a_word_is_found(line: str) -> None:
    assert line in sign_in_place_of_words(line)


@pytest.mark.parametrize("line", DECORATING)
def test_a_sign_that_only_decorates_is_not(line: str) -> None:
    assert sign_in_place_of_words(line) == ""


@given(st.text(min_size=1))
def test_no_line_makes_it_fail(line: str) -> None:
    sign_in_place_of_words(line)
