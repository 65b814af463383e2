"""Who is shown first: a table for somebody who must agree with it before it is put before frightened people."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.checks.stories.moments import in_words, moment
from bot.content.model import NATION, OUTSIDE, WHO, Content, Flow, Signpost, Step, holds
from bot.content.schema import Risk, Status
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
"""People abroad to whom this screen is not offered."""

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

The first screen of each flow. Where that shows no service yet, because it asks first or says what to do at once, the
nearest screens of the flow that do follow it, with the buttons that lead there after →. Where the first service
depends on who somebody is, they have a line each.
"""

_TOPICS: Final = """\
## By topic

What a screen shows that asks for a topic instead of naming services (`signpost: {topic: …}`). Most flows name
services; this part is for those who write flows of their own.
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who said who they are (a value's id), and perhaps in which nation (empty: not said)."""

    who: str
    nation: str


@dataclass(frozen=True, slots=True)
class Row:
    """A situation, and what each person sees first at each moment: the service and when it answers."""

    situation: str
    seen: Mapping[Person, tuple[str, ...]]


def page(engine: Engine, command: str, moments: Sequence[datetime] = USUAL_MOMENTS) -> str:
    """The page, made by ``command``, for ``moments`` (which carry a time zone)."""
    written = [in_words(found) for found in moments]
    head = _HEAD.format(
        command=command,
        moments="; ".join(written),
        emergency=engine.content.texts("")["button_emergency"],
    )
    by_situation = _table(["situation", "for", *written, _OUTSIDE_UK], situations(engine, moments))
    by_topic = _table(["topic", "for", *written, _OUTSIDE_UK], topics(engine, moments))
    return "\n".join([head, _SITUATIONS, *by_situation, "", _TOPICS, *by_topic, ""])


def situations(engine: Engine, moments: Sequence[datetime]) -> Iterator[Row]:
    """Each flow's first screen; where that shows no service, the nearest screens of the flow that do."""
    content = engine.content
    for flow in content.flows.values():
        people = tuple(_people(content, flow.audience))
        for presses, step in _first_screens(content, flow):
            title = "".join(f"→ {markdown.escaped(label)} " for label in presses)
            title = f"{title}`{step.id.step}`" if presses else f"**{markdown.escaped(flow.title)}** `{flow.id}`"
            yield _row(engine, title, step, people, moments)


def _first_screens(content: Content, flow: Flow) -> Iterator[tuple[tuple[str, ...], Step]]:
    """The first screen, and through screens without a service the nearest ones with one, by the buttons pressed."""
    start = content.steps[flow.start]
    yield (), start
    todo: deque[tuple[tuple[str, ...], Step]] = deque([((), start)])
    seen = {start.id}
    while todo:
        presses, step = todo.popleft()
        if step.signpost is not None:
            if presses:
                yield presses, step
            continue
        for choice in step.choices:
            if choice.target.flow == flow.id and choice.target not in seen:
                seen.add(choice.target)
                todo.append(((*presses, choice.label), content.steps[choice.target]))


def topics(engine: Engine, moments: Sequence[datetime]) -> Iterator[Row]:
    """Each topic that a service in use is good for."""
    content = engine.content
    people = tuple(_people(content, ()))
    in_use = (service.facts.topics for service in content.services.values() if service.facts.status is Status.ACTIVE)
    for topic in sorted({topic for own in in_use for topic in own}):
        signpost = Signpost(topic, (), (), MOST_CARDS)
        yield Row(
            f"`{topic}`",
            {
                person: tuple(_first(engine, signpost, person, now, urgent=False) for now in moments)
                for person in people
            },
        )


def _people(content: Content, audience: Sequence[str]) -> Iterator[Person]:
    """Everybody whom a flow is for, in every nation and before they have said one."""
    for who in content.answers[WHO].values:
        if who.id in audience or not audience:
            for nation in ("", *(value.id for value in content.answers[NATION].values)):
                yield Person(who.id, nation)


def _row(engine: Engine, situation: str, step: Step, people: Sequence[Person], moments: Sequence[datetime]) -> Row:
    urgent = step.risk is Risk.IMMEDIATE
    seen = {}
    for person in people:
        if not holds(step.when, _answers(engine.content, person)):
            continue
        if step.signpost is None:
            seen[person] = tuple(_NUMBER_FIRST if urgent else _NO_SERVICE for _ in moments)
        else:
            seen[person] = tuple(_first(engine, step.signpost, person, now, urgent=urgent) for now in moments)
    return Row(situation, seen)


def _first(engine: Engine, signpost: Signpost, person: Person, now: datetime, *, urgent: bool) -> str:
    content = engine.content
    answers = _answers(content, person)
    shown = engine.signposting.select(signpost, answers, (), now, urgent=urgent).shown
    if not shown:
        return _NOBODY
    card = short_card(shown[0], content.texts(""), now, uk_time=person.nation == OUTSIDE)
    return (
        f"**{markdown.escaped(card.name)}**, {markdown.escaped(card.availability[:1].lower() + card.availability[1:])}"
    )


def _answers(content: Content, person: Person) -> dict[int, int]:
    told = {WHO: person.who, NATION: person.nation}
    return {
        content.answers[id_].code: value.code
        for id_, given in told.items()
        for value in content.answers[id_].values
        if value.id == given
    }


def _table(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield from (f"| {' | '.join(cells)} |" for cells in _cells(row))


def _cells(row: Row) -> Iterator[tuple[str, ...]]:
    """A line for each group of people who see the same."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for who in dict.fromkeys(person.who for person in row.seen):
        own = {person.nation: seen for person, seen in row.seen.items() if person.who == who}
        outside = own.pop(OUTSIDE, ())
        at_each_moment = zip(*own.values(), strict=True)
        at_home = _once([_by_nation(dict(zip(own, firsts, strict=True))) for firsts in at_each_moment])
        abroad = "<br>".join(dict.fromkeys(outside)) or _NOT_SHOWN
        groups.setdefault((*at_home, abroad), []).append(who.replace("_", " "))
    situation = row.situation
    for cells, names in groups.items():
        yield situation, "everybody" if len(groups) == 1 and len(names) > 1 else ", ".join(names), *cells
        situation = ""


def _once(cells: Sequence[str]) -> Iterator[str]:
    """The cells, those after the first only where they differ from it."""
    for number, cell in enumerate(cells):
        yield "*the same*" if number and cell == cells[0] else cell


def _by_nation(seen: Mapping[str, str]) -> str:
    """What is seen before a nation is said, and then where it is another."""
    usual = seen.get("", _NOBODY)
    others: dict[str, list[str]] = {}
    for nation, first in seen.items():
        if nation and first != usual:
            others.setdefault(first, []).append(nation.replace("_", " ").title())
    return "<br>".join([usual, *(f"{', '.join(names)}: {first}" for first, names in others.items())])
