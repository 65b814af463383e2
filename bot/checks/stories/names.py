"""The names in a story against the content: unknown flows, steps, services, answers and languages are mistakes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.checks.stories.written import Expectation, WrittenStory, WrittenTurn
from bot.content.document import Document
from bot.content.errors import Problem, nearest
from bot.content.model import Content, StepId
from bot.dialogue.places import LANGUAGE, LEAVE

Position = tuple[str | int, ...]
"""Where a part of the story stands in its document."""


class Names:
    """Every name that stories may use, gathered once for many stories."""

    def __init__(self, content: Content) -> None:
        own = (LEAVE, LANGUAGE)
        self._flows = {*content.flows, *(step.flow for step in own)}
        self._steps: set[StepId] = {*content.steps, *own}
        self._bare_steps = {id_.step for id_ in self._steps}
        self._services = content.services
        self._answers = content.answers
        self._languages = content.editions

    def complaints(self, story: WrittenStory, document: Document, at: Position) -> Iterator[Problem]:
        """What is wrong with the names of one story, which stands ``at`` a position of ``document``."""
        yield from _unknown(document, (*at, "start"), "flow", story.start, self._flows)
        yield from _unknown(document, (*at, "language"), "language", story.language, self._languages)
        for number, turn in enumerate(story.turns):
            here = (*at, "turns", number)
            yield from _deeds(document, here, turn)
            yield from _unknown(document, (*here, "open"), "flow", turn.open, self._flows)
            yield from self._expected(document, (*here, "expect"), turn.expect)

    def _expected(self, document: Document, here: Position, expected: Expectation) -> Iterator[Problem]:
        yield from _unknown(document, (*here, "flow"), "flow", expected.flow, self._flows)
        yield from self._step(document, (*here, "step"), expected)
        yield from _unknown(document, (*here, "first"), "service", expected.first, self._services)
        yield from _unknown(document, (*here, "asks"), "answer", expected.asks, self._answers)
        for key, ids in (("shows", expected.shows), ("not_shows", expected.not_shows)):
            for number, id_ in enumerate(ids or ()):
                yield from _unknown(document, (*here, key, number), "service", id_, self._services)

    def _step(self, document: Document, here: Position, expected: Expectation) -> Iterator[Problem]:
        if expected.step is None:
            return
        flow, _, step = expected.step.rpartition(".")
        flow = flow or (expected.flow or "")
        if not flow:
            yield from _unknown(document, here, "step", step, self._bare_steps)
        elif flow not in self._flows:
            if flow != expected.flow:
                yield from _unknown(document, here, "flow", flow, self._flows)
        elif StepId(flow, step) not in self._steps:
            inside = {id_.step for id_ in self._steps if id_.flow == flow}
            hint = nearest(step, inside) or f"Its steps: {', '.join(sorted(inside))}."
            yield document.problem(f"the flow `{flow}` has no step `{step}`", *here, hint=hint)


def _unknown(
    document: Document, here: Position, what: str, found: str | None, known: Collection[str]
) -> Iterator[Problem]:
    if found is not None and found not in known:
        yield document.problem(f"there is no {what} `{found}`", *here, hint=nearest(found, known))


def _deeds(document: Document, here: Position, turn: WrittenTurn) -> Iterator[Problem]:
    done = [key for key in ("type", "press", "open") if getattr(turn, key) is not None]
    if not done:
        hint = "Write `type:`, `press:` or `open:`; to look at the first screen, `open: menu`."
        yield document.problem("nothing is done in this turn", *here, hint=hint)
    elif len(done) > 1:
        names = " and ".join(f"`{key}`" for key in done)
        yield document.problem(f"{names} stand in one turn", *here, hint="Make a turn of each.")
