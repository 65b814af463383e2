"""WP201: whoever is sent to help finds, at any minute of the year, somebody who answers first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.signposted import Asked, Met, through_time
from bot.checks.subject import Subject
from bot.content.model import NATION, OUTSIDE
from bot.dialogue.signposting import Rank, Standing


def look(subject: Subject) -> Iterator[Violation]:
    """Each signpost, for everybody in the United Kingdom who can meet it, at each moment that matters.

    People elsewhere are shown directories, since no hours of other countries' lines are held.
    """
    signposting = subject.engine.signposting
    nation = subject.content.answers[NATION]
    abroad = {(nation.code, value.code) for value in nation.values if value.id == OUTSIDE}
    met = {asked: places for asked, places in subject.signposted.items() if not abroad & set(places[0].stand.answers)}
    failed: set[Asked] = set()
    for moment, asked in through_time(met, subject.calendar, signposting):
        shown = met[asked][0].select(signposting, asked, moment).shown
        if asked not in failed and not _somebody_answers(shown, urgent=asked.urgent):
            failed.add(asked)
            yield from (_violation(place, shown, moment, subject) for place in met[asked])


def _violation(place: Met, shown: tuple[Standing, ...], moment: datetime, subject: Subject) -> Violation:
    names = ", ".join(standing.service.id for standing in shown) or "nothing"
    return Violation(
        place.step.place,
        f"`{place.step.id}` shows {names}, and nobody answers there then",
        str(place.step.id),
        subject.exploration.situation(place.stand, moment),
    )


def _somebody_answers(shown: tuple[Standing, ...], *, urgent: bool) -> bool:
    """Whether a person answers at the first service shown; an emergency service counts only where it is urgent."""
    for standing in shown:
        if standing.rank is Rank.EMERGENCY and not urgent:
            continue
        return standing.rank in {Rank.EMERGENCY, Rank.OPEN}
    return False


RULE = Rule(
    code="WP201",
    severity=Severity.ERROR,
    title="At any minute of the year, somebody answers",
    why="Somebody who has found the courage to ask at three in the morning must not meet only closed doors and forms.",
    fix="Add a service that answers day and night to the signpost, or to `when_nobody_answers` in resources.yaml.",
    part=Part.TIME,
    look=look,
    breaks={"resources.yaml": ("when_nobody_answers: [childline, samaritans]\n", "")}
    | {
        "flows/topic.yaml": (
            "signpost: {topic: listening, at_most: 3}\n    end",
            "signpost: {services: [report_remove]}\n    end",
        )
    },
    mends={
        "flows/topic.yaml": (
            "signpost: {topic: listening, at_most: 3}\n    end",
            "signpost: {services: [report_remove]}\n    end",
        )
    },
    silenceable=False,
)
