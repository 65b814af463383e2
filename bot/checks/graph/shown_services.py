"""Which services a step's signpost may ever show to the people who can stand there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bot.checks.graph.roles import NOT_SAID, roles_at
from bot.content.model import WHO, Content, Service, Signpost, Step
from bot.dialogue.signposting import Signposting

_ANY_MOMENT: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What a signpost could ever show is the same at all moments; only the order changes, which is not used here."""


class ShownServices:
    """Asks the signposting that the engine uses, and leaves out whom a service is not for."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._signposting = Signposting(content)
        self._roles = roles_at(content)

    def at(self, step: Step) -> tuple[str, ...]:
        """Ids, the most fitting first."""
        if step.signpost is None:
            return ()
        roles = self._role_ids(step)
        standings = self._signposting.candidates(step.signpost, _ANY_MOMENT)
        fitting = [standing.service for standing in standings if _is_for(standing.service, roles)]
        signpost = step.signpost
        return tuple(service.id for service in sorted(fitting, key=lambda service: _order(service, signpost)))

    def _role_ids(self, step: Step) -> frozenset[str]:
        """Who may stand at the step. Of somebody who has not said, the flow takes one of those it speaks to."""
        audience = self._content.flows[step.id.flow].audience
        who = self._content.answers[WHO].values
        codes = self._roles.get(step.id, frozenset({NOT_SAID}))
        unsaid = (audience or tuple(value.id for value in who)) if NOT_SAID in codes else ()
        return frozenset(unsaid) | {value.id for value in who if value.code in codes}


def _is_for(service: Service, roles: frozenset[str]) -> bool:
    return any(roles & set(group.who) for group in service.facts.eligibility)


def _order(service: Service, signpost: Signpost) -> tuple[int, int, str]:
    """Those that must be there as written, then by the priority that they give the topic."""
    pinned = (*signpost.services, *signpost.always)
    if service.id in pinned:
        return 0, pinned.index(service.id), ""
    return 1, service.facts.topics.get(signpost.topic or "", 9), service.facts.name
