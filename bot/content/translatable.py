"""Every text that can be translated, each with an id that stays its own when others come and go.

The id is the context (``msgctxt``) of the text in PO files. It names flow, step and role, never a position::

    image_threats/believe/say                     what a step says
    image_threats/believe/say[nation=outside_uk]  what it says to some
    image_threats/believe/ask                     its question
    image_threats/believe/choice:stop/button      the button that leads to the step `stop`
    answer:age/ask · answer:age/under_13/button   a question of the engine's own, and its buttons
    service:childline/description                 a fact of a service, in words
    service:*/cost                                words that many services share
    text:button_back                              what the engine says itself

Where two texts of one step would bear the same id, the later ones in the file end in ``#2``, ``#3``: `update` keeps
such a translation with its English words, not with its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.content.errors import Place
from bot.content.model import Content, Service, Step, StepId, When
from bot.content.schema import Risk
from bot.content.text import parse, written

UNANSWERED = "unknown"
"""How a condition names a question not answered yet."""

_NOT_URGENT = ("command_", "profile_", "details_", "month_", "feedback_", "checked_")
_ON_CONTACT = ("happens", "police", "name", "account", "passes_on")


class TextRole(StrEnum):
    """What a text is used as. What is markup may hold ``**bold**``, lists and facts in braces."""

    SAY = "say"
    ASK = "ask"
    BUTTON = "button"
    SHARED = "shared"
    QUESTION = "question"
    FACT = "fact"

    @property
    def is_markup(self) -> bool:
        """Whether it is parsed; a button and a service's own words are shown as they are."""
        return self in {TextRole.SAY, TextRole.ASK, TextRole.SHARED, TextRole.QUESTION}


@dataclass(frozen=True, slots=True)
class Translatable:
    """A text to translate. ``text`` is the words as a translator sees them: one line a paragraph or list item.

    ``about`` is the step, or the id of the service or answer; ``key`` tells its parts apart (for a button the step it
    leads to). ``safety`` marks texts that somebody in danger may need.
    """

    id: str
    text: str
    role: TextRole
    place: Place
    about: StepId | str
    key: str = ""
    safety: bool = False


def translatables(content: Content) -> tuple[Translatable, ...]:
    """All of them, in the order of the files."""
    return tuple(_unlike(_all(content)))


def say_ids(step: Step, content: Content) -> tuple[str, ...]:
    """The ids of a step's lines, in order."""
    return _numbered(f"{_of(step.id)}/say{condition(line.when, content)}" for line in step.say)


def choice_ids(step: Step, content: Content) -> tuple[str, ...]:
    """The ids of a step's buttons, in order. Conditions and answers are named only where the target does not tell."""
    targets = [_target(step.id, choice.target) for choice in step.choices]
    often = Counter(targets)
    return _numbered(
        f"{_of(step.id)}/choice:{target}"
        f"{_given(choice.answers, content) + condition(choice.when, content) if often[target] > 1 else ''}/button"
        for target, choice in zip(targets, step.choices, strict=True)
    )


def condition(when: When, content: Content) -> str:
    """A condition as it stands in an id: ``[nation=outside_uk]``; empty if there is none."""
    return "".join(
        f"[{content.answers_by_code[clause.answer].id}{'!=' if clause.negated else '='}"
        f"{'|'.join(_values(clause.answer, sorted(clause.codes), content))}]"
        for clause in when
    )


def service_words(service: Service) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Each text of a service: its id, its words, and the way to it in the file."""
    facts = service.facts
    own = f"service:{service.id}"
    yield f"{own}/name", facts.name, ("name",)
    yield f"{own}/description", facts.description, ("description",)
    for index, phone in enumerate(facts.phones):
        if phone.instructions:
            yield f"{own}/{phone.id}/instructions", phone.instructions, ("phones", index, "instructions")
        if phone.cost:
            yield f"service:*/cost:{phone.cost}", phone.cost, ("phones", index, "cost")
        if phone.bill:
            yield f"service:*/bill:{phone.bill}", phone.bill, ("phones", index, "bill")
    for key in _ON_CONTACT:
        if words := getattr(facts.on_contact, key, None):
            yield f"{own}/on_contact/{key}", words, ("on_contact", key)
    for index, words in enumerate(facts.accessibility):
        yield f"service:*/accessibility:{words}", words, ("accessibility", index)


def _all(content: Content) -> Iterator[Translatable]:
    own = content.languages[content.own_language]
    for key, text in own.texts.items():
        safety = not key.startswith(_NOT_URGENT)
        words = written(parse(text))
        yield Translatable(f"text:{key}", words, TextRole.SHARED, own.places[key], "text", key, safety)
    for step in content.steps.values():
        yield from _of_step(step, content)
    for answer in content.answers.values():
        asked = written(parse(answer.ask))
        yield Translatable(f"answer:{answer.id}/ask", asked, TextRole.QUESTION, answer.place, answer.id)
        for value in answer.values:
            id_ = f"answer:{answer.id}/{value.id}/button"
            yield Translatable(id_, value.label, TextRole.BUTTON, value.place, answer.id, value.id)
    for service in content.services.values():
        for id_, words, path in service_words(service):
            yield Translatable(id_, words, TextRole.FACT, service.at(*path), service.id, str(path[-1]))


def _of_step(step: Step, content: Content) -> Iterator[Translatable]:
    safety = step.risk in {Risk.HIGH, Risk.IMMEDIATE}
    for id_, line in zip(say_ids(step, content), step.say, strict=True):
        yield Translatable(id_, written(line.template), TextRole.SAY, line.place, step.id, "", safety)
    if step.ask is not None:
        yield Translatable(f"{_of(step.id)}/ask", written(step.ask), TextRole.ASK, step.ask_place, step.id, "", safety)
    for id_, choice in zip(choice_ids(step, content), step.choices, strict=True):
        yield Translatable(id_, choice.label, TextRole.BUTTON, choice.place, step.id, str(choice.target), safety)


def _unlike(texts: Iterator[Translatable]) -> Iterator[Translatable]:
    """Each id once: words that services share come with the first of them."""
    seen: set[str] = set()
    for text in texts:
        if text.id not in seen:
            seen.add(text.id)
            yield text


def _numbered(ids: Iterator[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    found = []
    for id_ in ids:
        seen[id_] += 1
        found.append(id_ if seen[id_] == 1 else f"{id_}#{seen[id_]}")
    return tuple(found)


def _of(step: StepId) -> str:
    return f"{step.flow}/{step.step}"


def _target(step: StepId, target: StepId) -> str:
    return target.step if target.flow == step.flow else str(target)


def _given(answers: tuple[tuple[int, int], ...], content: Content) -> str:
    return "".join(
        f"[set {content.answers_by_code[answer].id}={''.join(_values(answer, [value], content))}]"
        for answer, value in answers
    )


def _values(answer: int, codes: list[int], content: Content) -> list[str]:
    values = content.answers_by_code[answer].by_code
    return [values[code].id if code in values else UNANSWERED for code in codes]
