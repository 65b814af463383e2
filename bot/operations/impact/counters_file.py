"""The weekly counters: one small file with numbers by week, and nothing finer, written whole or not at all.

During a week a cell is added to only when ten conversations have come together in it, at a full hour, as in the
metrics; what is left is added when the week is over or the program is stopped. So not even somebody who reads the file
again and again sees single steps.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from bot.operations.impact.weeks import monday_of
from bot.operations.metrics.batches import Batches
from bot.operations.metrics.events import Event
from bot.operations.metrics.measures import MEASURES, WEEKLY

FORMAT: Final = "waypost weekly counters 1"
MOST_WEEKS_KEPT: Final = 160
"""About three years; older weeks are dropped."""

MOST_BYTES: Final = 16 << 20

Cell = tuple[str, tuple[str, ...]]
Week = Mapping[Cell, int]


class CountersFileError(Exception):
    """A counters file that cannot be used. The text says what to do."""


class WeeklyCounters:
    """The counters of this deployment. Only one program may use a file at a time; another waits until it is free."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock: int | None = None
        self._weeks: dict[date, Counter[Cell]] = {}
        self._waiting: Batches[Cell] = Batches()
        self._hour: datetime | None = None
        self._week: date | None = None
        self._unwritten = False

    def add(self, events: Iterable[Event]) -> None:
        """Count what is to be kept by week; of everything else nothing is kept."""
        for event in events:
            if MEASURES[event.measure].weekly:
                self._waiting.add((event.measure, event.labels), event.weight)

    def tick(self, now: datetime) -> None:
        """Write what is ready, at full hours and when a week is over. ``now`` is in UTC. Raises `CountersFileError`."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        week = monday_of(now)
        if self._hour is None or self._week is None:
            self._hour, self._week = hour, week
            self._open()
        elif week != self._week:
            self._write(self._week, everything=True)
            self._hour, self._week = hour, week
        elif hour > self._hour:
            self._write(week, everything=False)
            self._hour = hour

    def finish(self, now: datetime) -> None:
        """Write everything, and let others use the file. Raises `CountersFileError`."""
        try:
            self._write(self._week or monday_of(now), everything=True)
        finally:
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def _open(self) -> None:
        """Lock the file and read what stands in it."""
        if self._lock is not None:
            return
        try:
            lock = os.open(self._path.with_name(f".{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CountersFileError(
                f"IMPACT_FILE: {error.strerror}. Let the account that runs the bot write in its folder; until then "
                "weekly counts are not kept."
            ) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._weeks = {week: Counter(cells) for week, cells in read_counters(self._path, missing_ok=True).items()}
        except BlockingIOError:
            os.close(lock)
            raise CountersFileError(
                "IMPACT_FILE: another program writes to it. Give each its own file; counts wait until it is free."
            ) from None
        except CountersFileError:
            os.close(lock)
            raise
        self._lock = lock

    def _write(self, week: date, *, everything: bool) -> None:
        self._open()  # raises while it cannot be had, and what was counted goes on waiting
        taken = self._waiting.take(everything=everything)
        if not taken and not self._unwritten:
            return
        self._weeks.setdefault(week, Counter()).update(taken)
        self._unwritten = True
        for old in sorted(self._weeks)[:-MOST_WEEKS_KEPT]:
            del self._weeks[old]
        try:
            _replace(self._path, written(self._weeks))
        except OSError as error:
            raise CountersFileError(
                f"IMPACT_FILE: {error.strerror}. The counts are kept in memory meanwhile."
            ) from None
        self._unwritten = False


def written(weeks: Mapping[date, Week]) -> str:
    """The counters as they stand in the file."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for week, cells in sorted(weeks.items()):
        by_measure = found.setdefault(week.isoformat(), {})
        for (measure, labels), count in sorted(cells.items()):
            by_measure.setdefault(measure, {})["/".join(labels)] = count
    return json.dumps({"format": FORMAT, "weeks": found}, indent=1) + "\n"


def read_counters(path: Path, *, missing_ok: bool = False) -> dict[date, dict[Cell, int]]:
    """What stands in a file: week (its Monday) → cell → count.

    Raises `CountersFileError` if it is not one, or if it counts anything that is not declared.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CountersFileError(f"{path}: is too large for a counters file.")
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if missing_ok:
            return {}
        raise CountersFileError(f"{path}: there is no such file. Set IMPACT_FILE, and let the bot run.") from None
    except OSError as error:
        raise CountersFileError(f"{path}: {error.strerror}.") from None
    except ValueError:
        raise CountersFileError(f"{path}: is no counters file. Move it away; the bot begins a new one.") from None
    if not isinstance(values, dict) or set(values) != {"format", "weeks"} or values["format"] != FORMAT:
        raise CountersFileError(f"{path}: is no counters file of this version. Move it away; the bot begins a new one.")
    return {_monday(path, name): _cells(path, name, cells) for name, cells in dict(values["weeks"]).items()}


def _monday(path: Path, name: str) -> date:
    try:
        day = date.fromisoformat(name)
    except ValueError:
        day = None
    if day is None or day.weekday() != 0:
        raise CountersFileError(f"{path}: counts by whole weeks only, named after their Monday; {name!r} is none.")
    return day


def _cells(path: Path, week: str, measures: Any) -> dict[Cell, int]:
    if not isinstance(measures, dict):
        raise CountersFileError(f"{path}: the week {week} holds no counts.")
    found: dict[Cell, int] = {}
    declared = {measure.name: measure for measure in WEEKLY}
    for name, cells in measures.items():
        if name not in declared or not isinstance(cells, dict):
            raise CountersFileError(f"{path}: {week} counts something that is not declared. Remove it: it must not be.")
        for key, count in cells.items():
            labels = tuple(key.split("/"))
            if len(labels) != len(declared[name].labels) or not all(map(_is_id, labels)):
                raise CountersFileError(f"{path}: {week}, {name}: has a label that is not declared. Remove it.")
            if not isinstance(count, int) or isinstance(count, bool) or count < 0:
                raise CountersFileError(f"{path}: {week}, {name}: a count is a whole number, 0 or more.")
            found[name, labels] = count
    return found


def _is_id(label: str) -> bool:
    return label.isascii() and label.isidentifier() and len(label) <= 64 and label == label.lower()


def _replace(path: Path, text: str) -> None:
    """Put a new file in the place of the old one at once, readable by its owner alone."""
    new = path.with_name(f".{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
