"""What a channel tells whoever counts: kinds, names of our own content and durations. Never a word or an id of anyone.

Everything here comes from closed sets (flows, services, intents, Bot API methods, kinds of errors), so that a count of
it says how the bot is doing and nothing about a person. An observer returns at once and never raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from bot.content.model import Content, Step
from bot.dialogue.screen import Screen
from bot.dialogue.state import View


@dataclass(frozen=True, slots=True)
class Turn:
    """One answered turn. ``risk`` is the shown step's; ``services`` are the ids on the screen.

    ``intent`` is what typed words were understood as, empty if they were not, and None if nothing was typed.
    ``opened``: it began a conversation. ``entered``: the way here did not come through this flow before, ``first``:
    or not at this risk; ``first_shown`` are the services that it did not come past before. As far as the
    buttons carry the way.
    """

    channel: str
    flow: str
    risk: str
    services: tuple[str, ...]
    intent: str | None
    seconds: float
    opened: bool = False
    entered: bool = False
    first: bool = True
    first_shown: frozenset[str] = frozenset()


class Observer(Protocol):
    """Counts. Its methods are called once a turn, a failure and a call."""

    def answered(self, turn: Turn) -> None:
        """A person has got a screen."""

    def failed(self, channel: str, kind: str) -> None:
        """A turn ended with an error of this type; the person got the emergency card if anything could be sent."""

    def called(self, method: str, outcome: str, seconds: float) -> None:
        """A Bot API call ended: ``outcome`` is ``ok`` or the type of the error."""

    def slowed(self, channel: str) -> None:
        """Somebody sent so much at once that their turns are slowed."""


class Nobody:
    """The observer where nobody counts."""

    def answered(self, turn: Turn) -> None: ...
    def failed(self, channel: str, kind: str) -> None: ...
    def called(self, method: str, outcome: str, seconds: float) -> None: ...
    def slowed(self, channel: str) -> None: ...


NOBODY: Final[Observer] = Nobody()


def turn_of(channel: str, screen: Screen, content: Content, seconds: float, *, opened: bool = False) -> Turn:
    """What there is to tell of a turn that led to ``screen``."""
    here = screen.state
    step = content.steps.get(here.step)
    risk = step.risk.value if step is not None else "none"
    services = tuple(card.service for card in screen.cards)
    before = [found for visit in here.trail if (found := content.steps.get(visit.step)) is not None]
    again = [past for past in before if past.id.flow == here.step.flow]
    first = here.view is View.STEP and not any(past.risk.value == risk for past in again)
    new = frozenset(
        service
        for service in services
        if here.view is View.STEP and not any(_may_have_shown(past, service, content) for past in before)
    )
    return Turn(
        channel,
        here.step.flow,
        risk,
        services,
        screen.intent,
        seconds,
        opened=opened,
        entered=here.view is View.STEP and not again,
        first=first,
        first_shown=new,
    )


def _may_have_shown(step: Step, service: str, content: Content) -> bool:
    """Whether the step can show the service to anybody at all."""
    signpost = step.signpost
    if signpost is None:
        return False
    named = {*signpost.services, *signpost.always, *content.when_nobody_answers}
    return service in named or signpost.topic in content.services[service].facts.topics
