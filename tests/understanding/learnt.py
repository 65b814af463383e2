"""What is learnt from: the labelled messages of this folder, under the labels that points are worked out for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.phrases import NOTHING
from bot.dialogue.engine import Engine
from bot.understanding.classifying import NOT_UNDERSTOOD
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from bot.understanding.scoring import Labelled

FOLDER = Path(__file__).parent

LEFT_OUT = ("messages_honest.yaml", "messages_held.yaml")
"""What is kept for honest testing."""

_FEWEST_APART = 15
"""So many messages with one label that another flow answers than most of that label are weighed by themselves."""
_ALIKE = {"hi", "pa", "ur"}
"""Languages that are hard to tell apart in Latin letters."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """The messages of one language. ``intents`` has the id of the intent that each label stands for."""

    messages: tuple[Labelled, ...]
    intents: dict[str, str]

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that points are worked out for, in a fixed order."""
        return tuple(
            sorted({label for one in self.messages for label in (one.expected, *one.acceptable)} & self.intents.keys())
        )


def messages(language: str) -> Iterator[Labelled]:
    """All that is learnt from of one language, in whatever letters it is written."""
    for path in sorted(FOLDER.glob("messages_*.yaml")):
        if path.name not in LEFT_OUT:
            yield from (one for one in labelled_messages(path) if _tells_of(one.language, language))


def learnt(engine: Engine, language: str) -> Learnt:
    """The messages of ``language`` that an intent of it answers.

    Where another flow than most answers enough of what is labelled alike, these have a label of their own.
    """
    written = engine.content.intents[language]
    intents = {intent.label: intent.id for intent in reversed(written)} | {one.id: one.id for one in written}
    intents[NOT_UNDERSTOOD] = NOTHING
    found = [one for one in messages(language) if one.expected in intents]
    apart = Counter(key for one in found if (key := _flow(one, engine.reader)))
    for key, often in apart.items():
        answering = [one.id for one in written if (one.label, one.target.flow) == key]
        if often >= _FEWEST_APART and answering and intents[key[0]] not in answering:
            intents[" ".join(key)] = answering[0]
    named = (
        replace(one, expected=name) if (name := " ".join(_flow(one, engine.reader))) in intents else one
        for one in found
    )
    return Learnt(tuple(named), intents)


def words_of(text: str, reader: Reader, language: str) -> list[str]:
    """The words of a message that are weighed, as the reader spells them."""
    return reader.told(text, language)


def _tells_of(written: str, language: str) -> bool:
    own, _, script = written.partition("-")
    return own == language or (script != "" and {own, language} <= _ALIKE)


def _flow(message: Labelled, reader: Reader) -> tuple[str, str] | tuple[()]:
    """The label, and the flow that answers of several with this label, as far as somebody or a phrase says."""
    if message.flow:
        return message.expected, message.flow
    best = next(iter(reader.matches(message.text)), None)
    return (best.intent.label, best.intent.target.flow) if best and best.intent.label == message.expected else ()
