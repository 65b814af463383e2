"""`services verify` in a terminal: what it says, what it writes, and its exit status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.content.passport import ServiceFact
from bot.content.service_schema import Link, Phone
from bot.operations import assure as assuring
from bot.operations.facts_in_force import FactsInForce, facts_in_force, facts_of_file
from bot.operations.verifying.fetching import Fetcher
from bot.operations.verifying.judging import Verdict
from bot.operations.verifying.looking import Looked, Report, look

ALL_STAND: Final = 0
DRIFTED: Final = 1
COULD_NOT_LOOK: Final = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: a file (none: all packs), some services or facts (none: all), and what to do afterwards."""

    packs: tuple[str, ...]
    file: Path | None = None
    names: tuple[str, ...] = ()
    report: Path | None = None
    assure: bool = False


def verify(wish: Wish, fetcher: Fetcher, today: date, echo: Callable[[str], None]) -> int:
    """Look, tell, and write what was wished: 0 if everything seen stands, 1 if anything drifted, 2 if nothing was seen.

    Raises `ContentError` for unreadable files and unknown names, OSError for a report that cannot be written.
    """
    known = facts_in_force(wish.packs) if wish.file is None else facts_of_file(wish.file, wish.packs)
    picked = [fact for fact in known.picked(wish.names) if isinstance(fact, ServiceFact)]
    if wish.report:
        wish.report.write_text("", encoding="utf-8")  # a round takes minutes: better to learn now that it cannot be
    report = look(known.services, picked, fetcher, today, lambda item: _tell(item, echo))
    if wish.report:
        wish.report.write_text(report.as_json() + "\n", encoding="utf-8")
    echo(_summary(report))
    if wish.assure and report.stands:
        _assure(wish, known, report, today, echo)
    return _status(report)


def _tell(item: Looked, echo: Callable[[str], None]) -> None:
    finding = item.finding
    if finding.verdict in {Verdict.STANDS, Verdict.BY_HAND}:
        return
    mark = "!!" if finding.verdict.is_drift else "  "
    echo(f"{mark} {item.fact.name}: {finding.verdict.value}. {finding.why}")
    if finding.verdict.is_drift:
        echo(f"     Read {item.fact.fact.source}, and change what we say if it is wrong. Then:")
        elsewhere = " --source NEW_PAGE" if finding.verdict is Verdict.MOVED else ""
        echo(f"     python -m bot services assure {item.fact.name} --on DATE{elsewhere}")


def _summary(report: Report) -> str:
    looked_for = [item for item in report.looked if isinstance(item.fact.fact, Phone | Link)]
    words = [
        f"{report.count(Verdict.STANDS)} of {len(looked_for)} numbers and addresses stand on their pages",
        f"{len(report.drift)} need somebody to look",
        f"{report.count(Verdict.NOT_SEEN)} could not be seen",
        f"{report.count(Verdict.BY_HAND)} facts are for a person to read: hours, what happens, what is not on the web",
    ]
    return f"{'; '.join(words)}."


def _assure(wish: Wish, known: FactsInForce, report: Report, today: date, echo: Callable[[str], None]) -> None:
    for file, names in known.by_file(
        [item.fact for item in report.stands if item.fact.name not in known.changed]
    ).items():
        done = assuring.assure(file, names, today, today, lambda _: True, packs=wish.packs)
        count = len(done.renewals)
        echo(f"New assured_date {today} for {count} {'fact' if count == 1 else 'facts'} in {file}.")


def _status(report: Report) -> int:
    if report.drift:
        return DRIFTED
    missed = report.count(Verdict.NOT_SEEN) or not report.looked
    return COULD_NOT_LOOK if missed and not report.stands else ALL_STAND
