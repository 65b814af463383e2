"""Finds the phrases that authors listed in what people type, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from bot.content.model import Content, Intent
from bot.content.schema import Risk
from bot.understanding.normal_form import words

MAXIMUM_CHARACTERS = 20_000
"""Longer messages are read up to here; Telegram's own limit is 4,096."""

_GRAVITY = {Risk.IMMEDIATE: 0, Risk.HIGH: 1, Risk.CONCERN: 2, Risk.NONE: 3}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message is about. ``phrase`` is the author's phrase that was found, for authors; never what was typed."""

    intent: Intent
    phrase: str


class Reader:
    """All phrases of the content, compiled once. Reading costs one pass over the message's words."""

    def __init__(self, content: Content) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], int, Reading]]] = {}
        for intents in content.intents.values():
            for order, intent in enumerate(intents):
                for phrase in intent.phrases:
                    if compiled := words(phrase):
                        self._phrases.setdefault(compiled[0], []).append((compiled, order, Reading(intent, phrase)))

    def read(self, text: str) -> Reading | None:
        """The gravest match in ``text``, then the longest, then the intent listed first; None where nothing fits."""
        found = words(text[:MAXIMUM_CHARACTERS])
        best = min(self._matches(found), key=itemgetter(0), default=None)
        return best[1] if best else None

    def _matches(self, found: tuple[str, ...]) -> Iterable[tuple[tuple[int, int, int], Reading]]:
        for position, word in enumerate(found):
            for compiled, order, reading in self._phrases.get(word, ()):
                if reading.intent.whole and len(compiled) != len(found):
                    continue
                if found[position : position + len(compiled)] == compiled:
                    yield (_GRAVITY[reading.intent.risk], -len(compiled), order), reading
