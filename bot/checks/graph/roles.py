"""Who may stand at which step: followed along every button from every way in."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from bot.content.model import WHO, Content, StepId, When
from bot.dialogue.places import NOT_MEANT, WHICH

NOT_SAID = 0
"""Somebody who has not yet said who they are."""


def roles_at(content: Content) -> Mapping[StepId, frozenset[int]]:
    """Step → the values (codes) of *who* that people may have there, `NOT_SAID` included.

    Conditions on other answers are taken as met, so a role too many is possible and one too few is not.
    """
    who = content.answers[WHO].code
    ways_in = [flow.start for flow in content.flows.values()]
    ways_in += [intent.target for intents in content.intents.values() for intent in intents]
    found: dict[StepId, set[int]] = {}
    waiting = deque((step, NOT_SAID) for step in ways_in)
    while waiting:
        id_, role = waiting.popleft()
        step = content.steps.get(id_)
        if step is None or role in found.setdefault(id_, set()) or not _met(step.when, who, role):
            continue
        found[id_].add(role)
        for choice in step.choices:
            if _met(choice.when, who, role):
                waiting.append((choice.target, dict(choice.answers).get(who, role)))
    everybody = {role for roles in found.values() for role in roles}
    found.update((place, everybody) for place in (NOT_MEANT, WHICH) if place in content.steps)  # whoever types anywhere
    return {id_: frozenset(roles) for id_, roles in found.items()}


def _met(when: When, who: int, role: int) -> bool:
    return all(clause.holds({who: role}) for clause in when if clause.answer == who)
