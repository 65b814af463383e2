"""The page of `explain`: how a message was read, word by word, and which rules fired. For authors only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.understanding.classifying import classified
from bot.understanding.reader import Reader
from bot.understanding.reading import Match

_LONGEST = 160

_WHY = {
    "denied": "somebody says that it is not so",
    "past": "it was long ago",
    "friend": "it is about a friend, brother or sister",
    "child": "it is about the writer's child",
    "other": "it is about somebody else",
}


def explanation(reader: Reader, text: str) -> Iterator[str]:
    """Lines to print: the words as they were understood, then every rule that fired, the one that decides first."""
    yield f"read as: {' '.join(reader.words(text))}"
    reading = reader.read(text, reasons=True)
    answer = classified(reading)
    answered = reading is not None and not reading.doubted
    leads_to = reading.intent.target if reading and answered else answer.flow
    yield f"{answer.intent}, risk {answer.risk.value}, leads to {leads_to}"
    if reading is None:
        yield "No phrase fits."
        return
    if reading.guessed:
        yield "The words taken together speak for:"
        for match in reading.matches:
            if match.because == "points":
                yield f"{match.intent.id} ({match.risk.value}), {match.weight} %: {match.phrase}"
        reading = replace(reading, matches=tuple(match for match in reading.matches if match.because != "points"))
        if not reading.matches:
            yield "No phrase fits."
            return
        yield ""
        yield "They weigh more than the phrase that fits:"
    if reading.doubted:
        yield "Its other words speak for no need of help, so the person is asked whether they mean:"
    for match in reading.matches:
        yield ""
        yield from _of_match(match)
    if reading.alternatives:
        yield ""
        yield f"Nearly as likely: {', '.join(intent.id for intent in reading.alternatives)}"
    if reading.torn is not None:
        yield f"Just as likely as {reading.torn.id}: the person is asked which of the two it is."


def _of_match(match: Match) -> Iterator[str]:
    yield f"{match.intent.id} ({match.risk.value}), words {match.first + 1} to {match.last + 1}: “{match.words}”"
    yield f"  {match.listed.phrase_places[match.listed.sources.index(match.phrase)]}  {match.phrase[:_LONGEST]}"
    if match.because:
        listed = "" if match.listed is match.intent else f" (listed under {match.listed.id})"
        yield f"  {_WHY[match.because]}{listed}"
