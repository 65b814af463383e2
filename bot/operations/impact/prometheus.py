"""The same weekly counts from a Prometheus server that has watched the bot, for who keeps no counters file.

Prometheus computes increases between the moments it looked at; they come near the truth, and are made whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

import httpx

from bot.operations.impact.counters_file import Cell
from bot.operations.impact.weeks import WEEK
from bot.operations.metrics.exposition import PREFIX
from bot.operations.metrics.measures import WEEKLY, Measure

SECONDS: Final = 30.0


class PrometheusError(Exception):
    """The server did not answer as Prometheus does. The text says what to do."""


def weekly_counts(client: httpx.Client, address: str, weeks: Sequence[date]) -> dict[date, dict[Cell, int]]:
    """Week (its Monday) → cell → count, by the server at ``address``. Raises `PrometheusError`.

    A week that the server knows nothing of would be told as one in which next to nothing happened, so the first of them
    has to be known. In a later one without anything the bot did not run.
    """
    if weeks and not _any(client, address, weeks[0]):
        known = next((week for week in weeks[1:] if _any(client, address, week)), None)
        since = f"What it holds begins in the week of {known}: choose --from after that." if known else ""
        raise PrometheusError(
            f"{address}: has nothing of the bot from the week of {weeks[0]}. {since or 'Does it watch the bot?'} "
            "It keeps 15 days unless it was started with a longer --storage.tsdb.retention.time."
        )
    return {
        week: {cell: count for measure in WEEKLY for cell, count in _counts(client, address, measure, week).items()}
        for week in weeks
    }


def _any(client: httpx.Client, address: str, week: date) -> bool:
    measures = "|".join(f"{PREFIX}{measure.name}_total" for measure in WEEKLY)
    return bool(_asked(client, address, f'count(last_over_time({{__name__=~"{measures}"}}[1w] offset 1s))', week))


def _counts(client: httpx.Client, address: str, measure: Measure, week: date) -> dict[Cell, int]:
    query = f"sum by ({', '.join(measure.labels)}) (increase({PREFIX}{measure.name}_total[1w]))"
    found = _asked(client, address, query, week)
    return {(measure.name, tuple(labels.get(name, "") for name in measure.labels)): count for labels, count in found}


def _asked(client: httpx.Client, address: str, query: str, week: date) -> list[tuple[dict[str, str], int]]:
    """What the server answers as at the end of the week: labels and whole numbers."""
    end = datetime.combine(week + WEEK, time(), UTC)
    try:
        answer = client.get(
            f"{address.rstrip('/')}/api/v1/query", params={"query": query, "time": end.timestamp()}, timeout=SECONDS
        )
        values: Any = answer.json()
        if answer.status_code != 200 or values["status"] != "success":
            raise PrometheusError(f"{address}: Prometheus refused the question (status {answer.status_code}).")
        return [
            ({name: str(value) for name, value in one["metric"].items()}, round(float(one["value"][1])))
            for one in values["data"]["result"]
        ]
    except httpx.HTTPError as error:
        raise PrometheusError(f"{address}: cannot be reached ({type(error).__name__}). Is this Prometheus?") from None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
        raise PrometheusError(f"{address}: does not answer as Prometheus does. Name its address.") from None
