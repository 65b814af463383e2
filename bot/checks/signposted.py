"""Which signposts are met by whom: the same signpost for people who are served alike is one question, asked once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checks.calendar import Calendar
from bot.checks.exploration import Exploration
from bot.checks.places import Stand
from bot.content.model import Signpost, Step
from bot.content.schema import Risk
from bot.dialogue.signposting import Selection, Signposting, Worlds
from bot.dialogue.state import View


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides which services are shown at a moment, whichever step or flow it is asked in."""

    signpost: Signpost
    everyone: Worlds
    possible: Worlds
    urgent: bool


@dataclass(frozen=True, slots=True)
class Met:
    """A place where it is asked."""

    stand: Stand
    step: Step
    audience: tuple[str, ...]

    def select(self, signposting: Signposting, asked: Asked, moment: datetime) -> Selection:
        """What is shown here at a moment."""
        answers = dict(self.stand.answers)
        return signposting.select(asked.signpost, answers, self.audience, moment, urgent=asked.urgent)


def signposted(exploration: Exploration) -> Mapping[Asked, Sequence[Met]]:
    """Every signpost of the exploration's screens with all places where it is asked alike, nearest first."""
    content = exploration.engine.content
    signposting = exploration.engine.signposting
    found: dict[Asked, list[Met]] = {}
    kinds: dict[Hashable, Asked] = {}
    for step in content.steps.values():
        if step.signpost is None:
            continue
        audience = content.flows[step.id.flow].audience
        urgent = step.risk is Risk.IMMEDIATE
        node = (step.id, View.STEP)
        seeing = exploration.seeing(step.id)
        for kind, people in exploration.grouping.served.whatever_the_hour(step.signpost, audience).split(seeing):
            stand = next(exploration.places.stands(node, people))
            key = (step.signpost, audience, urgent, kind)
            if key not in kinds:
                everyone, possible = signposting.worlds(dict(stand.answers), audience)
                kinds[key] = Asked(step.signpost, everyone, possible, urgent)
            found.setdefault(kinds[key], []).append(Met(stand, step, audience))
    return found


def through_time(
    questions: Iterable[Asked], calendar: Calendar, signposting: Signposting
) -> Iterator[tuple[datetime, Asked]]:
    """Each question at each moment at which its services stand differently to each other than at any before.

    Moment by moment, so that where a service stands then is worked out once for all questions.
    """
    agenda: dict[datetime, list[Asked]] = {}
    for asked in questions:
        for moment in calendar.turns(signposting.within_reach(asked.signpost, asked.everyone)):
            agenda.setdefault(moment, []).append(asked)
    for moment in sorted(agenda):
        for asked in agenda[moment]:
            yield moment, asked
