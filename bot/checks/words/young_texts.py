"""The texts that young people meet, each with the age that reading it takes.

Whoever has not said who they are is treated as a child, so a flow for everybody counts, too. The measure is made for
English; texts in other languages are not measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.checks.words.plain_words import plain_words
from bot.checks.words.pointing import point
from bot.checks.words.reading_age import SHORT, Sentence, reading_age, sentences, word_count
from bot.checks.words.wording import Role, Wording
from bot.content.errors import Place
from bot.content.model import WHO, Content

if TYPE_CHECKING:
    from bot.checks.subject import Subject

LANGUAGE: Final = "en"
YOUNG: Final = frozenset({"young_person", "friend"})
"""Values of *who* that stand for people under eighteen."""

HARD_SENTENCE: Final = 17
"""The reading age above which one sentence alone is too hard, however easy the rest. Single sentences vary widely."""
_WORDS_OF_A_SENTENCE: Final = 8
"""Fewer than these tell nothing."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A text and the age, in years, that reading it takes. ``is_step`` marks what authors wrote as a screen."""

    what: str
    age: float
    place: Place
    about: str
    is_step: bool


def measured_texts(subject: Subject) -> Iterator[Measured]:
    """Each screen, each service and each shared text by itself; screens of few words together, by flow."""
    short: dict[str, list[list[Wording]]] = defaultdict(list)
    for about, group in _young_wordings(subject).items():
        text = _sentences(group)
        is_step = group[0].role in {Role.SAY, Role.ASK}
        if word_count(text) >= SHORT:
            yield Measured(f"`{about}`", reading_age(text), group[0].place, about, is_step)
        elif is_step:
            short[about.partition(".")[0]].append(group)
    for flow, groups in short.items():
        if text := [sentence for group in groups for sentence in _sentences(group)]:
            what = f"`{flow}`, its screens of fewer than {SHORT} words together,"
            yield Measured(what, reading_age(text), groups[0][0].place, flow, is_step=True)


def hard_sentences(subject: Subject) -> Iterator[Measured]:
    """Every sentence that is above `HARD_SENTENCE` by itself."""
    for about, group in _young_wordings(subject).items():
        for wording in group:
            for sentence in sentences(wording.lines):
                if len(sentence) < _WORDS_OF_A_SENTENCE or (age := reading_age([sentence])) <= HARD_SENTENCE:
                    continue
                place = point(wording.place, plain_words(" ".join(sentence)))
                is_step = wording.role in {Role.SAY, Role.ASK}
                yield Measured(f"the sentence “{shortened(sentence)}”", age, place, about, is_step)


def shortened(sentence: Sequence[str]) -> str:
    """The first words of a sentence, to be recognised by."""
    return " ".join(sentence[:6]) + (" …" if len(sentence) > 6 else "")


def _sentences(group: Sequence[Wording]) -> list[Sentence]:
    return [sentence for wording in group for sentence in sentences(wording.lines)]


def _young_wordings(subject: Subject) -> dict[str, list[Wording]]:
    """What young people read in running text, by what it is about."""
    found: dict[str, list[Wording]] = defaultdict(list)
    young = young_steps(subject.content)
    for wording in subject.wordings:
        if wording.language != LANGUAGE or wording.role in {Role.LABEL, Role.TITLE}:
            continue
        if wording.about in young or _is_for_the_young(wording, subject.content):
            found[wording.about].append(wording)
    return found


def _is_for_the_young(wording: Wording, content: Content) -> bool:
    if wording.role is Role.SHARED:
        return True
    if wording.role is Role.SERVICE:
        return any(YOUNG & set(group.who) for group in content.services[wording.about].facts.eligibility)
    flow = content.flows.get(wording.about.partition(".")[0])
    return flow is not None and (not flow.audience or bool(YOUNG & set(flow.audience)))


def young_steps(content: Content) -> frozenset[str]:
    """The steps, in whatever flow, to which a button leads by which somebody says that they are young."""
    who = content.answers[WHO]
    young = {(who.code, value.code) for value in who.values if value.id in YOUNG}
    return frozenset(
        str(choice.target)
        for step in content.steps.values()
        for choice in step.choices
        if young & set(choice.answers) and step.id.flow == choice.target.flow
    )
