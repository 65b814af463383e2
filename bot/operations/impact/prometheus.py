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
    """Week (its Monday) → cell → count, by the server at ``address``. Raises `PrometheusError`."""
    return {
        week: {cell: count for measure in WEEKLY for cell, count in _counts(client, address, measure, week).items()}
        for week in weeks
    }


def _counts(client: httpx.Client, address: str, measure: Measure, week: date) -> dict[Cell, int]:
    end = datetime.combine(week + WEEK, time(), UTC)
    query = f"sum by ({', '.join(measure.labels)}) (increase({PREFIX}{measure.name}_total[1w]))"
    try:
        answer = client.get(
            f"{address.rstrip('/')}/api/v1/query", params={"query": query, "time": end.timestamp()}, timeout=SECONDS
        )
        values: Any = answer.json()
        if answer.status_code != 200 or values["status"] != "success":
            raise PrometheusError(f"{address}: Prometheus refused the question (status {answer.status_code}).")
        found: dict[Cell, int] = {}
        for one in values["data"]["result"]:
            labels = tuple(str(one["metric"].get(label, "")) for label in measure.labels)
            found[measure.name, labels] = round(float(one["value"][1]))
    except httpx.HTTPError as error:
        raise PrometheusError(f"{address}: cannot be reached ({type(error).__name__}). Is this Prometheus?") from None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise PrometheusError(f"{address}: does not answer as Prometheus does. Name its address.") from None
    return found
