"""Who is shown first: a table for somebody who must agree with it before it is put before frightened people."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.checks.stories.moments import in_words, moment
from bot.content.model import NATION, OUTSIDE, WHO, Choice, Content, Flow, Signpost, Step, StepId, holds
from bot.content.schema import Risk
from bot.content.service_schema import Status
from bot.dialogue.cards import short_card
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import markdown
from bot.dialogue.signposting import MOST_CARDS

USUAL_MOMENTS: Final = (moment("2026-11-24T14:00"), moment("2026-12-25T03:00"))
"""A Tuesday on which offices are open, and the hour of the year at which fewest are."""

_OUTSIDE_UK: Final = "outside the UK"
_NO_SERVICE: Final = "none yet"
"""A screen that signposts nobody."""

_NUMBER_FIRST: Final = "the emergency number, in the text"
"""What a screen of immediate risk opens with."""

_NOT_SHOWN: Final = "–"
"""These people do not come to this screen."""

_NOBODY: Final = "nobody"
"""A signpost that fits nobody of these people."""

_HEAD: Final = """\
# Who is shown first

Made from the content by `{command}`; change that, then make it again. For each situation it names the service whose
card stands first, and what the card says about when it answers, at these moments: {moments}.

What comes first in a cell is seen by people who have not said where they are, and in every nation of the United
Kingdom that is not named after it. Other services stand below the first one, and *{emergency}* is one press away on
every screen.
"""

_SITUATIONS: Final = """\
## By situation

The first screen of each flow, and below it the nearest screens of the flow that show a service, with the buttons that
lead there after →. Where the first service depends on who somebody is, they have a line each.
"""

_TOPICS: Final = """\
## By topic

What a screen shows that asks for a topic instead of naming services (`signpost: {topic: …}`). Most flows name
services; this part is for those who write flows of their own.
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who said who they are (a value's id), and perhaps in which nation (empty: not said).

    ``answers`` are the codes of all they have told, with what the buttons on the way have told for them.
    """

    who: str
    nation: str
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A situation, its screen (None: a topic), and what each person sees first there at each moment."""

    situation: str
    step: StepId | None
    seen: Mapping[Person, tuple[str, ...]]


def page(engine: Engine, command: str, moments: Sequence[datetime] = USUAL_MOMENTS) -> str:
    """The page, made by ``command``, for ``moments`` (which carry a time zone)."""
    written = [in_words(found) for found in moments]
    head = _HEAD.format(
        command=command,
        moments="; ".join(written),
        emergency=engine.content.texts("")["button_emergency"],
    )
    by_situation = _table(engine.content, ["situation", "for", *written, _OUTSIDE_UK], situations(engine, moments))
    by_topic = _table(engine.content, ["topic", "for", *written, _OUTSIDE_UK], topics(engine, moments))
    return "\n".join([head, _SITUATIONS, *by_situation, "", _TOPICS, *by_topic, ""])


def situations(engine: Engine, moments: Sequence[datetime]) -> Iterator[Row]:
    """Each flow's first screen, and the nearest screens of the flow behind its buttons that show a service."""
    content = engine.content
    for flow in content.flows.values():
        people = tuple(_people(content, flow.audience))
        for way, step in _first_screens(content, flow):
            title = f"{''.join(f'→ {markdown.escaped(choice.label)} ' for choice in way)}`{step.id.step}`"
            title = title if way else f"**{markdown.escaped(flow.title)}** `{flow.id}`"
            yield _row(engine, title, step, _arriving(content, people, way), moments)


def _first_screens(content: Content, flow: Flow) -> Iterator[tuple[tuple[Choice, ...], Step]]:
    """The first screen, and behind it, through screens without a service, the nearest ones with one, by the buttons."""
    start = content.steps[flow.start]
    yield (), start
    todo: deque[tuple[tuple[Choice, ...], Step]] = deque([((), start)])
    seen = {start.id}
    while todo:
        way, step = todo.popleft()
        if way and step.signpost is not None:
            yield way, step
            continue
        for choice in step.choices:
            if choice.target.flow == flow.id and choice.target not in seen:
                seen.add(choice.target)
                todo.append(((*way, choice), content.steps[choice.target]))


def _arriving(content: Content, people: Sequence[Person], way: Sequence[Choice]) -> Iterator[Person]:
    """Those of ``people`` who are offered all these buttons, as they are after pressing them, each once."""
    who, nation = content.answers[WHO], content.answers[NATION]
    arrived: dict[Person, None] = {}
    for person in people:
        answers = dict(person.answers)
        for choice in way:
            if not holds(choice.when, answers):
                break
            answers.update(choice.answers)
        else:
            place = nation.by_code[answers[nation.code]].id if nation.code in answers else ""
            arrived[Person(who.by_code[answers[who.code]].id, place, tuple(sorted(answers.items())))] = None
    yield from arrived


def topics(engine: Engine, moments: Sequence[datetime]) -> Iterator[Row]:
    """Each topic that a service in use is good for."""
    content = engine.content
    people = tuple(_people(content, ()))
    in_use = (service.facts.topics for service in content.services.values() if service.facts.status is Status.ACTIVE)
    for topic in sorted({topic for own in in_use for topic in own}):
        signpost = Signpost(topic, (), (), MOST_CARDS)
        yield Row(
            f"`{topic}`",
            None,
            {
                person: tuple(_first(engine, signpost, person, now, urgent=False) for now in moments)
                for person in people
            },
        )


def _people(content: Content, audience: Sequence[str]) -> Iterator[Person]:
    """Everybody whom a flow is for, in every nation and before they have said one."""
    who, nation = content.answers[WHO], content.answers[NATION]
    for role in who.values:
        if role.id in audience or not audience:
            yield Person(role.id, "", ((who.code, role.code),))
            for place in nation.values:
                yield Person(role.id, place.id, ((who.code, role.code), (nation.code, place.code)))


def _row(engine: Engine, situation: str, step: Step, people: Iterable[Person], moments: Sequence[datetime]) -> Row:
    urgent = step.risk is Risk.IMMEDIATE
    seen = {}
    for person in people:
        if not holds(step.when, dict(person.answers)):
            continue
        if step.signpost is None:
            seen[person] = tuple(_NUMBER_FIRST if urgent else _NO_SERVICE for _ in moments)
        else:
            seen[person] = tuple(_first(engine, step.signpost, person, now, urgent=urgent) for now in moments)
    return Row(situation, step.id, seen)


def _first(engine: Engine, signpost: Signpost, person: Person, now: datetime, *, urgent: bool) -> str:
    shown = engine.signposting.select(signpost, dict(person.answers), (), now, urgent=urgent).shown
    if not shown:
        return _NOBODY
    card = short_card(shown[0], engine.content.texts(""), now, uk_time=person.nation == OUTSIDE)
    return (
        f"**{markdown.escaped(card.name)}**, {markdown.escaped(card.availability[:1].lower() + card.availability[1:])}"
    )


def _table(content: Content, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    everybody = len(content.answers[WHO].values)
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield from (f"| {' | '.join(cells)} |" for cells in _cells(row, everybody))


def _cells(row: Row, everybody: int) -> Iterator[tuple[str, ...]]:
    """A line for each group of people who see the same; ``everybody`` is how many kinds of people there are."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for who in dict.fromkeys(person.who for person in row.seen):
        own = {person.nation: seen for person, seen in row.seen.items() if person.who == who}
        outside = own.pop(OUTSIDE, ())
        moments = range(len(outside or next(iter(own.values()))))
        at_home = _once([_by_nation({nation: seen[moment] for nation, seen in own.items()}) for moment in moments])
        abroad = "<br>".join(dict.fromkeys(outside)) or _NOT_SHOWN
        groups.setdefault((*at_home, abroad), []).append(who.replace("_", " "))
    situation = row.situation
    for cells, names in groups.items():
        yield situation, "everybody" if len(names) == everybody else ", ".join(names), *cells
        situation = ""


def _once(cells: Sequence[str]) -> Iterator[str]:
    """The cells, those after the first only where they differ from it."""
    for number, cell in enumerate(cells):
        yield "*the same*" if number and cell == cells[0] else cell


def _by_nation(seen: Mapping[str, str]) -> str:
    """What is seen before a nation is said, and then where it is another."""
    if not seen:
        return _NOT_SHOWN
    usual = seen.get("", _NOBODY)
    others: dict[str, list[str]] = {}
    for nation, first in seen.items():
        if nation and first != usual:
            others.setdefault(first, []).append(nation.replace("_", " ").title())
    return "<br>".join([usual, *(f"{', '.join(names)}: {first}" for first, names in others.items())])
