"""Words as a screen shows them, facts filled in: each of them put together when it is first shown, then kept.

Only authors' words are kept, under the names of steps, services, texts and languages that the content itself has. So
what is kept is bounded by the content, says nothing of who read it, and nothing that a person typed comes near it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.content.model import Content, Edition, Step, StepId, When
from bot.content.text import Block, Reference, Span
from bot.dialogue.cards import availability, first_words
from bot.dialogue.facts import Facts
from bot.dialogue.screen import Card
from bot.dialogue.signposting import Standing


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a step says, line by line with the condition of each, and what it asks."""

    lines: tuple[tuple[When, tuple[Block, ...]], ...]
    ask: tuple[Block, ...]


class Wording:
    """The words of one content, for people in the country and elsewhere."""

    def __init__(self, content: Content, facts: Facts) -> None:
        self._content = content
        self._facts = facts
        self._steps: dict[tuple[StepId, str, bool], StepWords] = {}
        self._cards: dict[tuple[str, str], tuple[Block, ...]] = {}

    def of_step(self, step: StepId, edition: Edition, *, elsewhere: bool) -> StepWords:
        """What the step says in the words of ``edition``; ``elsewhere`` as for `Facts.span`."""
        key = (step, edition.language, elsewhere)
        words = self._steps.get(key)
        if words is None:
            words = self._steps[key] = self._fill(edition.steps[step], edition.language, elsewhere=elsewhere)
        return words

    def card(self, standing: Standing, edition: Edition, now: datetime, *, uk_time: bool) -> Card:
        """`bot.dialogue.cards.short_card` in the words of ``edition``."""
        service = edition.services[standing.service.id]
        key = (service.id, edition.language)
        blocks = self._cards.get(key)
        if blocks is None:
            blocks = self._cards[key] = first_words(service, edition.texts)
        times = availability(standing, edition.texts, now, uk_time=uk_time)
        return Card(service.id, service.facts.name, times, blocks)

    def _fill(self, step: Step, language: str, *, elsewhere: bool) -> StepWords:
        def fact(reference: Reference) -> Span:
            return self._facts.span(reference, language, elsewhere=elsewhere)

        lines = tuple((line.when, line.template.fill(fact)) for line in step.say)
        return StepWords(lines, step.ask.fill(fact) if step.ask else ())
