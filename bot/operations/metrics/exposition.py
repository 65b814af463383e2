"""The ledger as Prometheus reads it, without the moments of first occurrence that its library adds by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.content.model import Content
from bot.content.passport import facts_of
from bot.content.service_schema import Status
from bot.operations.metrics.ledger import Ledger
from bot.operations.metrics.measures import BEYOND, BOUNDS, MEASURES, SECONDS
from bot.operations.metrics.vocabulary import LE, Vocabulary

PREFIX = "waypost_"


@dataclass(frozen=True, slots=True)
class ContentState:
    """What is served: its hash and how many days ago its oldest fact was held against its source."""

    fingerprint: str
    oldest_days: int | None


def content_state(content: Content, today: date) -> ContentState:
    """The state of ``content`` as at ``today``."""
    ages = (
        (today - found.fact.assured_date).days
        for service in content.services.values()
        if service.facts.status is Status.ACTIVE
        for found in facts_of(service.id, service.facts)
    )
    return ContentState(content.fingerprint, max(ages, default=None))


class Exposition(Collector):
    """Collects from a ledger. ``words`` gives what may be counted, ``state`` what is served (None: nothing proven yet).

    Everything that may be counted is there from the start, as nothing: to Prometheus a count that first appears as 15
    has not increased, and what was let out at once would be in no graph and no report.
    """

    def __init__(
        self, ledger: Ledger, words: Callable[[], Vocabulary], state: Callable[[], ContentState | None]
    ) -> None:
        self._ledger = ledger
        self._words = words
        self._state = state
        self._known: Vocabulary | None = None
        self._nothing: Mapping[str, Mapping[tuple[str, ...], int]] = {}

    def collect(self) -> Iterator[Metric]:
        """Every family, also those in which nothing has been counted yet."""
        shown, nothing = self._ledger.shown(), self._all_as_nothing()
        for name, measure in MEASURES.items():
            counts = {**nothing[name], **shown[name]}
            if measure is SECONDS:
                yield _histogram(counts)
                continue
            family = CounterMetricFamily(PREFIX + name, measure.help, labels=measure.labels)
            for labels, count in counts.items():
                family.add_metric(labels, count)
            yield family
        yield from self._about_content()

    def _all_as_nothing(self) -> Mapping[str, Mapping[tuple[str, ...], int]]:
        words = self._words()
        if words is not self._known:
            self._nothing = {name: dict.fromkeys(words.every(measure), 0) for name, measure in MEASURES.items()}
            self._known = words
        return self._nothing

    def _about_content(self) -> Iterator[Metric]:
        state = self._state()
        build = GaugeMetricFamily(PREFIX + "build_info", "The running version.", labels=("version",))
        build.add_metric((__version__,), 1)
        yield build
        info = GaugeMetricFamily(
            PREFIX + "content_info", "The first 12 digits of the content's hash.", labels=("content",)
        )
        age = GaugeMetricFamily(
            PREFIX + "content_age_days", "Days since the oldest fact shown to people was held against its source."
        )
        served = GaugeMetricFamily(
            PREFIX + "content_served", "1 if proven content is served, 0 if people get the emergency card."
        )
        served.add_metric((), 1 if state else 0)
        if state:
            info.add_metric((state.fingerprint[:12],), 1)
            if state.oldest_days is not None:
                age.add_metric((), state.oldest_days)
        yield from (info, age, served)


def registry_of(exposition: Exposition) -> CollectorRegistry:
    """A registry of our own with nothing but this in it; the library's tells of the process and the machine too."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(exposition)
    return registry


def _histogram(counts: Mapping[tuple[str, ...], int]) -> HistogramMetricFamily:
    """Each turn as its bucket's upper bound: an exact sum would tell single turns apart by their length."""
    family = HistogramMetricFamily(PREFIX + SECONDS.name, SECONDS.help, labels=SECONDS.labels[:1])
    weights = (*BOUNDS, BEYOND)
    for channel in sorted({labels[0] for labels in counts}):
        each = [counts.get((channel, le), 0) for le in LE]
        total = sum(count * weight for count, weight in zip(each, weights, strict=True))
        family.add_metric((channel,), buckets=list(zip(LE, accumulate(each), strict=True)), sum_value=round(total, 3))
    return family
