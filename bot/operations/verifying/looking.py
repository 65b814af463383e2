"""Every number and address of the content, held against the page that it is from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.content.passport import ServiceFact
from bot.content.service_schema import Link, Phone, Status, WrittenService
from bot.operations.verifying.fetching import Fetched, Fetcher, GoneError, NotSeenError
from bot.operations.verifying.judging import Finding, Verdict, judge, judge_move, judge_target
from bot.operations.verifying.numbers import digits_of
from bot.operations.verifying.page import Page, read_page

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)

_MOST_LETTERS: Final = 250_000
"""Of the words of a page, which is more than a book's chapter: looking for numbers in more takes long."""

_GRAVITY: Final = (
    *(Verdict.PARKED, Verdict.CHANGED, Verdict.DOUBTFUL, Verdict.GONE, Verdict.MOVED),
    *(Verdict.NOT_SEEN, Verdict.BY_HAND, Verdict.STANDS),
)
"""Worst first: of several findings on one fact, the worst is told."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A fact and what came of looking."""

    fact: ServiceFact
    service: str
    finding: Finding

    @property
    def value(self) -> str:
        """The number or address itself; hours and the rest have none that a program could look for."""
        fact = self.fact.fact
        return fact.number if isinstance(fact, Phone) else fact.url if isinstance(fact, Link) else ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was looked at, in the order of the file."""

    on: date
    looked: tuple[Looked, ...]

    @property
    def drift(self) -> tuple[Looked, ...]:
        """What somebody has to look at."""
        return tuple(item for item in self.looked if item.finding.verdict.is_drift)

    @property
    def stands(self) -> tuple[Looked, ...]:
        """What may be assured anew."""
        return tuple(item for item in self.looked if item.finding.verdict is Verdict.STANDS)

    def count(self, verdict: Verdict) -> int:
        """How many facts got this verdict."""
        return sum(item.finding.verdict is verdict for item in self.looked)

    def as_json(self) -> str:
        """The report for programs: one entry a fact."""
        entries = [
            {
                "fact": item.fact.name,
                "service": item.service,
                "value": item.value,
                "source": item.fact.fact.source,
                "assured_date": item.fact.fact.assured_date.isoformat(),
                "verdict": item.finding.verdict.value,
                "why": item.finding.why,
            }
            for item in self.looked
        ]
        counts = {verdict.value: self.count(verdict) for verdict in Verdict}
        return json.dumps({"on": self.on.isoformat(), "counts": counts, "facts": entries}, ensure_ascii=False, indent=2)


def look(
    services: Mapping[str, WrittenService],
    facts: Sequence[ServiceFact],
    fetcher: Fetcher,
    on: date,
    tell: Callable[[Looked], None],
) -> Report:
    """Look at these facts. ``tell`` hears of each as soon as it is known, since a round takes minutes."""
    known = frozenset(digits_of(phone.number) for service in services.values() for phone in service.phones)
    pages = _Pages(fetcher)
    looked = []
    for fact in facts:
        service = services[fact.service]
        if service.status is Status.CLOSED:
            continue
        worst = min(_findings(fact, service.name, pages, known), key=lambda finding: _GRAVITY.index(finding.verdict))
        looked.append(Looked(fact, service.name, worst))
        tell(looked[-1])
    return Report(on, tuple(looked))


def _findings(fact: ServiceFact, service: str, pages: _Pages, known: frozenset[str]) -> Iterator[Finding]:
    written = fact.fact
    if not isinstance(written, Phone | Link):
        yield Finding(Verdict.BY_HAND, "Hours and what happens are told in words: read the page yourself.")
        return
    if not _WEB.match(written.source):
        yield Finding(Verdict.BY_HAND, f"Its source, {written.source}, is no web page: name one, or hold it by hand.")
    else:
        yield pages.finding(written.source, lambda page: _on_source(written, service, page, known))
    if isinstance(written, Link) and _WEB.match(written.url) and written.url != written.source:
        yield pages.finding(written.url, lambda page: judge_target(written, service, page))


def _on_source(fact: Phone | Link, service: str, page: Page, known: frozenset[str]) -> Finding:
    found = judge(fact, service, page, known)
    moved = judge_move(fact.source, page, fact)
    if moved and found.verdict in {Verdict.STANDS, Verdict.GONE}:
        return moved
    return found


class _Pages:
    """Each page is fetched once a round, however many facts it is the source of."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._seen: dict[str, Page | Finding] = {}

    def finding(self, address: str, judged: Callable[[Page], Finding]) -> Finding:
        page = self._seen.get(address)
        if page is None:
            page = self._seen[address] = self._read(address)
        return page if isinstance(page, Finding) else judged(page)

    def _read(self, address: str) -> Page | Finding:
        try:
            fetched: Fetched = self._fetcher.fetch(address)
        except NotSeenError as error:
            return Finding(Verdict.NOT_SEEN, str(error))
        except GoneError as error:
            return Finding(Verdict.GONE, str(error))
        page = read_page(fetched.html, fetched.address)
        if len(page.words) > _MOST_LETTERS:
            return Finding(Verdict.NOT_SEEN, f"{page.address} has more words than anybody reads.")
        return page
