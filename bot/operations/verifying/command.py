"""`services verify` in a terminal: what it says, what it writes, and its exit status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.content.assuring import chosen, read_facts
from bot.content.load import services_before
from bot.content.service_schema import Link, Phone
from bot.operations import assure as assuring
from bot.operations.verifying.fetching import Fetcher
from bot.operations.verifying.judging import Verdict
from bot.operations.verifying.looking import Looked, Report, look, read_services

ALL_STAND: Final = 0
DRIFTED: Final = 1
COULD_NOT_LOOK: Final = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: the file, some services or facts of it (none: all), and what to do afterwards."""

    file: Path
    names: tuple[str, ...] = ()
    report: Path | None = None
    assure: bool = False
    packs: tuple[str, ...] = ()


def verify(wish: Wish, fetcher: Fetcher, today: date, echo: Callable[[str], None]) -> int:
    """Look, tell, and write what was wished: 0 if everything seen stands, 1 if anything drifted, 2 if nothing was seen.

    Raises `ContentError` for unreadable files and unknown names, OSError for a report that cannot be written.
    """
    data = wish.file.read_bytes()
    earlier = services_before(wish.packs, wish.file)
    facts = read_facts(data, wish.file, earlier)
    picked = chosen(facts, wish.names, wish.file) if wish.names else facts
    if wish.report:
        wish.report.write_text("", encoding="utf-8")  # a round takes minutes: better to learn now that it cannot be
    report = look(read_services(wish.file, earlier), picked, fetcher, today, lambda item: _tell(item, echo))
    if wish.report:
        wish.report.write_text(report.as_json() + "\n", encoding="utf-8")
    echo(_summary(report))
    if wish.assure and report.stands:
        _assure(wish, report, today, echo)
    return _status(report)


def _tell(item: Looked, echo: Callable[[str], None]) -> None:
    finding = item.finding
    if finding.verdict in {Verdict.STANDS, Verdict.BY_HAND}:
        return
    mark = "!!" if finding.verdict.is_drift else "  "
    echo(f"{mark} {item.fact.name}: {finding.verdict.value}. {finding.why}")
    if finding.verdict.is_drift:
        echo(f"     Look at {item.fact.fact.source}, then: python -m bot services assure {item.fact.name} --on DATE")


def _summary(report: Report) -> str:
    looked_for = [item for item in report.looked if isinstance(item.fact.fact, Phone | Link)]
    words = [
        f"{report.count(Verdict.STANDS)} of {len(looked_for)} numbers and addresses stand on their pages",
        f"{len(report.drift)} need somebody to look",
        f"{report.count(Verdict.NOT_SEEN)} could not be seen",
        f"{report.count(Verdict.BY_HAND)} facts are for a person to read: hours, what happens, what is not on the web",
    ]
    return f"{'; '.join(words)}."


def _assure(wish: Wish, report: Report, today: date, echo: Callable[[str], None]) -> None:
    names: Sequence[str] = [item.fact.name for item in report.stands]
    done = assuring.assure(wish.file, names, today, today, lambda _: True, packs=wish.packs)
    count = len(done.renewals)
    echo(f"New assured_date {today} for {count} {'fact' if count == 1 else 'facts'} in {wish.file}.")


def _status(report: Report) -> int:
    if report.drift:
        return DRIFTED
    seen = report.stands
    missed = report.count(Verdict.NOT_SEEN)
    return COULD_NOT_LOOK if missed and not seen else ALL_STAND
