"""Which services to show, in which order, and whether another answer would change that.

Order: emergency, where a person answers now, opening within the hour, forms and pages that are always there, the
rest; inside each by the priority that the service gives the topic.

An unanswered nation stands for all four nations of the United Kingdom, an unanswered age for every age that the
answers so far leave possible: a service is shown only if it serves all of them, so that nobody meets one that is not
for them. Somebody who has not said who they are is treated as the youngest the flow speaks to.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.content.model import AGE, NATION, OUTSIDE, WHO, Answer, Content, Service, Signpost, Value
from bot.content.service_schema import Eligibility, Kind, LinkType, Schedule, Status
from bot.dialogue.availability import is_soon
from bot.dialogue.opening_hours import Opening, OpeningHours

MOST_CARDS: Final = 4
"""More services than this on one screen help nobody to choose."""


class Rank(IntEnum):
    """The groups in which services are shown, first to last."""

    EMERGENCY = 0
    OPEN = 1
    SOON = 2
    ANY_TIME = 3
    """Forms and pages: there day and night, but nobody answers."""
    LATER = 4


@dataclass(frozen=True, slots=True)
class ContactHours:
    """When some contacts (their ids; empty: all with people behind them) of a service are answered."""

    contacts: tuple[str, ...]
    hours: OpeningHours


@dataclass(frozen=True, slots=True)
class Standing:
    """A service at a moment. ``hours`` are the ones that count now: open ones, else those that open first.

    None where the times are unknown or nobody ever answers (a page).
    """

    service: Service
    rank: Rank
    hours: ContactHours | None = None
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What a signpost shows now, and the answer (its code) worth asking for, if any."""

    shown: tuple[Standing, ...]
    missing: Answer | None = None


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is known of one moment: where services stand, and every signpost's candidates, best first."""

    now: datetime
    standings: dict[str, Standing] = field(default_factory=dict)
    candidates: dict[Signpost, list[tuple[bool, Standing]]] = field(default_factory=dict)
    selections: dict[Hashable, Selection] = field(default_factory=dict)
    """Signpost and what decides between its services → what is shown; as many as the answers' values allow."""


Worlds = int
"""A set of (who, nation, age) combinations, one bit each."""


class Signposting:
    """The content's services, prepared once so that choosing among them is cheap."""

    def __init__(self, content: Content) -> None:
        self._answers = content.answers
        self._who, self._nation, self._age = (content.answers[id_] for id_ in (WHO, NATION, AGE))
        self._services = {
            id_: service for id_, service in content.services.items() if service.facts.status is Status.ACTIVE
        }
        self._by_topic: dict[str, list[tuple[int, str]]] = {}
        for id_, service in self._services.items():
            for topic, priority in service.facts.topics.items():
                self._by_topic.setdefault(topic, []).append((priority, id_))
        self._worlds = {id_: self._served(service) for id_, service in self._services.items()}
        self._hours = {id_: _hours(service, content) for id_, service in self._services.items()}
        self._pairs = _pairs(self._services)
        self._requirements: dict[Hashable, tuple[Worlds, Worlds]] = {}
        """Combination of answers → what follows; as many as the answers' values allow."""
        self._listeners = tuple(id_ for id_ in content.when_nobody_answers if id_ in self._services)
        # What was worked out for the last moment asked about. It only ever saves work, so threads may replace it.
        self._moment = _Moment(datetime.min.replace(tzinfo=UTC))

    def select(
        self,
        signpost: Signpost,
        answers: Mapping[int, int],
        audience: Sequence[str],
        now: datetime,
        *,
        urgent: bool = False,
    ) -> Selection:
        """What ``signpost`` shows to somebody with these answers, in a flow for ``audience``, at ``now``.

        Where none of it answers at this hour, somebody who listens stands before it, unless the screen is ``urgent``
        and shows an emergency service.
        """
        selections = self._at(now).selections
        key = (signpost, *self._deciding(answers), audience, urgent)
        selection = selections.get(key)
        if selection is None:
            selection = selections[key] = self._select(signpost, answers, audience, now, urgent=urgent)
        return selection

    def _select(
        self, signpost: Signpost, answers: Mapping[int, int], audience: Sequence[str], now: datetime, *, urgent: bool
    ) -> Selection:
        candidates = self._candidates(signpost, now)
        required = self._required(answers, audience)
        shown = self._choose(signpost, candidates, required)
        missing = self._missing(signpost, candidates, answers, audience, {standing.service.id for standing in shown})
        answering = {Rank.OPEN, Rank.EMERGENCY} if urgent else {Rank.OPEN}
        if any(standing.rank in answering for standing in shown):
            return Selection(shown, missing)
        listening = tuple(other for other in self._listening(required[0], now) if other not in shown)
        together = sorted((*listening, *shown), key=lambda standing: standing.rank)
        return Selection(tuple(together[:MOST_CARDS]), missing)

    def _listening(self, everyone: Worlds, now: datetime) -> tuple[Standing, ...]:
        """The first who listens to these people and answers now; where none does, the first there is."""
        serving = [self._services[id_] for id_ in self._listeners if self._worlds[id_] & everyone == everyone]
        standings = [self.standing(service, now) for service in serving]
        answering = [standing for standing in standings if standing.rank is Rank.OPEN]
        return tuple((answering or standings)[:1])

    def services(self) -> Iterable[Service]:
        """Every service that can be shown."""
        return self._services.values()

    def hours(self, service: Service) -> Iterator[OpeningHours]:
        """The opening hours of one of them."""
        yield from (hours.hours for hours in self._hours[service.id])

    def worlds(self, answers: Mapping[int, int], audience: Sequence[str]) -> tuple[Worlds, Worlds]:
        """The combinations that a service must serve to be shown, and those that what is known leaves possible.

        Nothing else about the answers and the audience decides what a signpost shows.
        """
        return self._required(answers, audience)

    def within_reach(self, signpost: Signpost, everyone: Worlds) -> frozenset[str]:
        """Every service that ``signpost`` may show to these people, whatever the hour."""
        fitting = {
            id_ for id_ in (*self._listed(signpost), *self._listeners) if self._worlds[id_] & everyone == everyone
        }
        return frozenset(fitting | {self._pairs[id_] for id_ in fitting if id_ in self._pairs})

    def candidates(self, signpost: Signpost, now: datetime) -> tuple[Standing, ...]:
        """Every service that ``signpost`` could show to anybody, best first."""
        return tuple(standing for _, standing in self._candidates(signpost, now))

    def serves(self, service: str, answers: Mapping[int, int], audience: Sequence[str]) -> bool:
        """Whether ``service`` may be shown to somebody who has said just this."""
        required, _ = self._required(answers, audience)
        return self._worlds.get(service, 0) & required == required

    def missing_half(
        self, shown: Sequence[Standing], answers: Mapping[int, int], audience: Sequence[str]
    ) -> tuple[str, str] | None:
        """A service shown without its other half, though nothing known rules that half out."""
        _, possible = self._required(answers, audience)
        ids = {standing.service.id for standing in shown}
        for id_ in sorted(ids):
            for half in self._other_half(id_, possible):
                if half not in ids:
                    return id_, half
        return None

    def in_question(self, signpost: Signpost) -> tuple[str, ...]:
        """The ids of all services that ``signpost`` could show to anybody at any hour.

        Which of them serve somebody (`served` and `worlds`) decides, with the hour, what they are shown.
        """
        return tuple(sorted({*self._listed(signpost), *self._listeners}))

    def served(self, service: str) -> Worlds:
        """The combinations that a service is for."""
        return self._worlds[service]

    def standing(self, service: Service, now: datetime) -> Standing:
        """Where ``service`` stands at ``now``."""
        standings = self._at(now).standings
        if service.id not in standings:
            standings[service.id] = self._stand(service, now)
        return standings[service.id]

    def _at(self, now: datetime) -> _Moment:
        # Services open and close on whole minutes, so that nothing changes within one.
        minute = now.replace(second=0, microsecond=0)
        moment = self._moment
        if moment.now != minute:
            moment = self._moment = _Moment(minute)
        return moment

    def _stand(self, service: Service, now: datetime) -> Standing:
        hours, opening = self._best_hours(service, now)
        if service.facts.kind is Kind.EMERGENCY:
            rank = Rank.EMERGENCY
        elif opening is not None and opening.is_open:
            rank = Rank.OPEN
        elif opening is not None and is_soon(opening, now):
            rank = Rank.SOON
        elif not has_people(service):
            rank = Rank.ANY_TIME
        else:
            rank = Rank.LATER
        return Standing(service, rank, hours, opening)

    def _best_hours(self, service: Service, now: datetime) -> tuple[ContactHours | None, Opening | None]:
        best: tuple[ContactHours | None, Opening | None] = (None, None)
        for hours in self._hours[service.id]:
            opening = hours.hours.at(now)
            if best[1] is None or _sooner(opening, best[1]):
                best = (hours, opening)
        return best

    def _candidates(self, signpost: Signpost, now: datetime) -> list[tuple[bool, Standing]]:
        """Every service the signpost could show, best first, with whether it must be among those shown."""
        known = self._at(now).candidates
        if signpost not in known:
            known[signpost] = self._ranked(signpost, now)
        return known[signpost]

    def _ranked(self, signpost: Signpost, now: datetime) -> list[tuple[bool, Standing]]:
        ranked = self._listed(signpost)
        pinned = frozenset(signpost.always) | frozenset(signpost.services)
        standings = [(priority, self.standing(self._services[id_], now)) for id_, priority in ranked.items()]
        standings.sort(key=lambda item: (item[1].rank, item[0], item[1].service.id))
        return [(standing.service.id in pinned, standing) for _, standing in standings]

    def _listed(self, signpost: Signpost) -> dict[str, int]:
        """The ids of all services the signpost could show to anybody, with their priority."""
        if signpost.topic is not None:
            ranked = {id_: priority for priority, id_ in self._by_topic.get(signpost.topic, ())}
        else:
            ranked = {id_: index for index, id_ in enumerate(signpost.services) if id_ in self._services}
        for id_ in signpost.always:
            if id_ in self._services:
                ranked.setdefault(id_, 9)
        for id_, priority in tuple(ranked.items()):
            if half := self._pairs.get(id_):
                ranked.setdefault(half, priority)
        return ranked

    def _choose(
        self, signpost: Signpost, candidates: Sequence[tuple[bool, Standing]], required: tuple[Worlds, Worlds]
    ) -> tuple[Standing, ...]:
        everyone, possible = required
        fitting = [item for item in candidates if self._worlds[item[1].service.id] & everyone == everyone]
        pinned = [standing for must, standing in fitting if must][: signpost.at_most]
        chosen = {standing.service.id for standing in pinned}
        for _, standing in fitting:
            id_ = standing.service.id
            if id_ in chosen:
                continue
            unit = {id_, *self._other_half(id_, possible)}
            if len(chosen | unit) <= signpost.at_most:
                chosen |= unit
        return tuple(standing for _, standing in candidates if standing.service.id in chosen)

    def _other_half(self, id_: str, possible: Worlds) -> tuple[str, ...]:
        """The service's other half, unless what is known rules it out: a pair is shown both or neither."""
        half = self._pairs.get(id_)
        return (half,) if half is not None and self._worlds[half] & possible else ()

    def _missing(
        self,
        signpost: Signpost,
        candidates: list[tuple[bool, Standing]],
        answers: Mapping[int, int],
        audience: Sequence[str],
        shown: set[str],
    ) -> Answer | None:
        for answer in (self._nation, self._age):
            if answer.code in answers:
                continue
            for value in self._askable(answer, answers, audience):
                given = {**answers, answer.code: value.code}
                other = self._choose(signpost, candidates, self._required(given, audience))
                if {standing.service.id for standing in other} != shown:
                    return answer
        return None

    def _askable(self, answer: Answer, answers: Mapping[int, int], audience: Sequence[str]) -> tuple[Value, ...]:
        """The values that decide whether to ask. Living abroad is offered among them but is no reason to ask all."""
        if answer.id != AGE:
            return tuple(value for value in answer.values if value.id != OUTSIDE)
        possible = {age.id for age in self._ages(answers, self._roles(answers, audience)[0])}
        return tuple(value for value in answer.values if value.id in possible)

    def _roles(self, answers: Mapping[int, int], audience: Sequence[str]) -> tuple[Value, ...]:
        """Who it may be, the youngest first."""
        given = self._who.value(answers.get(self._who.code, 0))
        if given is not None:
            return (given,)
        return tuple(value for value in self._who.values if value.id in audience) or self._who.values

    def _ages(self, answers: Mapping[int, int], role: Value) -> tuple[Value, ...]:
        given = self._age.value(answers.get(self._age.code, 0))
        if given is not None:
            return (given,)
        assumed = role.assume.get(AGE)
        return tuple(value for value in self._age.values if assumed is None or value.id in assumed)

    def _nations(self, answers: Mapping[int, int]) -> tuple[Value, ...]:
        given = self._nation.value(answers.get(self._nation.code, 0))
        return (given,) if given is not None else tuple(value for value in self._nation.values if value.id != OUTSIDE)

    def _required(self, answers: Mapping[int, int], audience: Sequence[str]) -> tuple[Worlds, Worlds]:
        """The combinations that a service must serve to be shown, and those that what is known leaves possible."""
        key = (*self._deciding(answers), audience)
        known = self._requirements.get(key)
        if known is None:
            nations = self._nations(answers)
            youngest, *others = self._roles(answers, audience)
            required = self._combinations(youngest, nations, self._ages(answers, youngest))
            possible = required
            for role in others:
                possible |= self._combinations(role, nations, self._ages(answers, role))
            known = self._requirements[key] = (required, possible)
        return known

    def _deciding(self, answers: Mapping[int, int]) -> tuple[int | None, int | None, int | None]:
        """The answers that decide between services; no other does."""
        return answers.get(self._who.code), answers.get(self._nation.code), answers.get(self._age.code)

    def _combinations(self, role: Value, nations: Sequence[Value], ages: Sequence[Value]) -> Worlds:
        worlds = 0
        for nation in nations:
            for age in ages:
                worlds |= self._bit(role, nation, age)
        return worlds

    def _bit(self, role: Value, nation: Value, age: Value) -> Worlds:
        return 1 << ((role.code * 16 + nation.code) * 16 + age.code)

    def _served(self, service: Service) -> Worlds:
        worlds = 0
        for group in service.facts.eligibility:
            for role in (value for value in self._who.values if value.id in group.who):
                for nation in (value for value in self._nation.values if value.id in service.facts.nations):
                    for age in self._age.values:
                        if _covers(group, age):
                            worlds |= self._bit(role, nation, age)
        return worlds


def _covers(group: Eligibility, age: Value) -> bool:
    """Whether everyone in the age band may use it."""
    if group.minimum_age is not None and (age.youngest is None or age.youngest < group.minimum_age):
        return False
    return group.maximum_age is None or (age.oldest is not None and age.oldest <= group.maximum_age)


def has_people(service: Service) -> bool:
    """Whether somebody can answer at once: a number, a text line or a web chat."""
    chats = {LinkType.WEBCHAT, LinkType.WHATSAPP}
    return bool(service.facts.phones) or any(link.type in chats for link in service.facts.links)


def _sooner(opening: Opening, other: Opening) -> bool:
    """Whether ``opening`` says more to somebody in need than ``other``: open, open for longer, opening sooner."""
    if opening.is_open or other.is_open:
        if opening.is_open and other.is_open:
            return other.until is not None and (opening.until is None or opening.until > other.until)
        return opening.is_open
    return opening.opens is not None and (other.opens is None or opening.opens < other.opens)


def _pairs(services: Mapping[str, Service]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for id_, service in services.items():
        half = service.facts.pair
        if half is not None and half in services:
            pairs[id_] = half
            pairs.setdefault(half, id_)
    return pairs


def _hours(service: Service, content: Content) -> tuple[ContactHours, ...]:
    return tuple(
        ContactHours(
            schedule.contacts,
            OpeningHours(
                schedule.opening_hours,
                ZoneInfo(schedule.timezone),
                content.holidays.get(_holidays_of(schedule, service), frozenset()),
            ),
        )
        for schedule in service.facts.schedules
        if schedule.opening_hours is not None
    )


def _holidays_of(schedule: Schedule, service: Service) -> str:
    if schedule.holidays_of is not None:
        return schedule.holidays_of
    nations = service.facts.nations
    return nations[0] if len(nations) == 1 else "england"
