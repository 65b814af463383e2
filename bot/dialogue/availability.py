"""Opening hours in words: "Open now until 18:00", "Opens Monday 10:00"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.dialogue.opening_hours import Opening

SOON: Final = timedelta(minutes=60)
"""Opening within this is worth waiting for."""

WEEKDAY_TEXTS: Final = (
    "weekday_monday",
    "weekday_tuesday",
    "weekday_wednesday",
    "weekday_thursday",
    "weekday_friday",
    "weekday_saturday",
    "weekday_sunday",
)
MONTH_TEXTS: Final = (
    "month_january",
    "month_february",
    "month_march",
    "month_april",
    "month_may",
    "month_june",
    "month_july",
    "month_august",
    "month_september",
    "month_october",
    "month_november",
    "month_december",
)

TEXTS: Final[Mapping[str, frozenset[str]]] = {
    "open_day_and_night": frozenset(),
    "open_now": frozenset(),
    "open_until": frozenset({"time"}),
    "open_until_midnight": frozenset(),
    "open_until_midnight_tomorrow": frozenset(),
    "open_until_midnight_day": frozenset({"day"}),
    "open_until_midnight_date": frozenset({"date"}),
    "open_until_tomorrow": frozenset({"time"}),
    "open_until_day": frozenset({"day", "time"}),
    "open_until_date": frozenset({"date", "time"}),
    "opens_at_midnight": frozenset(),
    "opens_today": frozenset({"time"}),
    "opens_tomorrow": frozenset({"time"}),
    "opens_day": frozenset({"day", "time"}),
    "opens_date": frozenset({"date", "time"}),
    "times_unknown": frozenset(),
    "full_date": frozenset({"weekday", "day_of_month", "month"}),
    **dict.fromkeys(WEEKDAY_TEXTS, frozenset()),
    **dict.fromkeys(MONTH_TEXTS, frozenset()),
}
"""Every text that `describe` may need, with the placeholders that it must hold."""

_TONIGHT = timedelta(hours=12)


def describe(opening: Opening, always: bool, now: datetime, texts: Mapping[str, str]) -> str:
    """When help is there, in one short line.

    ``always`` is `OpeningHours.always`; ``now`` carries a zone; ``texts`` holds every key of `TEXTS` in the person's
    language. Days and times are those of the service's zone.
    """
    if always:
        return texts["open_day_and_night"]
    if opening.is_open:
        return _until(opening.until, now, texts) if opening.until else texts["open_now"]
    return _opens(opening.opens, now, texts) if opening.opens else texts["times_unknown"]


def is_soon(opening: Opening, now: datetime) -> bool:
    """Whether it is closed now and opens within `SOON`."""
    # Through UTC: two times of one zone are subtracted by the wall clock, which errs when the clocks change.
    return opening.opens is not None and opening.opens.astimezone(UTC) - now.astimezone(UTC) <= SOON


def _until(until: datetime, now: datetime, texts: Mapping[str, str]) -> str:
    time = _time(until)
    if time == "00:00":
        # Midnight belongs to the day that it ends: nobody says "Monday 00:00" for Sunday night.
        last_day = until - timedelta(days=1)
        match _days_away(last_day, now):
            case 0:
                return texts["open_until_midnight"]
            case 1:
                return texts["open_until_midnight_tomorrow"]
            case days if days < 7:
                return _fill(texts["open_until_midnight_day"], day=_weekday(last_day, texts))
            case _:
                return _fill(texts["open_until_midnight_date"], date=_date(last_day, texts))
    days = _days_away(until, now)
    if days == 0 or until.astimezone(UTC) - now.astimezone(UTC) <= _TONIGHT:
        return _fill(texts["open_until"], time=time)
    if days == 1:
        return _fill(texts["open_until_tomorrow"], time=time)
    if days < 7:
        return _fill(texts["open_until_day"], day=_weekday(until, texts), time=time)
    return _fill(texts["open_until_date"], date=_date(until, texts), time=time)


def _opens(opens: datetime, now: datetime, texts: Mapping[str, str]) -> str:
    time = _time(opens)
    days = _days_away(opens, now)
    if days == 0:
        return _fill(texts["opens_today"], time=time)
    if days == 1 and time == "00:00":
        return texts["opens_at_midnight"]
    if days == 1:
        return _fill(texts["opens_tomorrow"], time=time)
    if days < 7:
        return _fill(texts["opens_day"], day=_weekday(opens, texts), time=time)
    return _fill(texts["opens_date"], date=_date(opens, texts), time=time)


def _days_away(moment: datetime, now: datetime) -> int:
    return (moment.date() - now.astimezone(moment.tzinfo).date()).days


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _weekday(moment: datetime, texts: Mapping[str, str]) -> str:
    return texts[WEEKDAY_TEXTS[moment.weekday()]]


def _date(moment: datetime, texts: Mapping[str, str]) -> str:
    return _fill(
        texts["full_date"],
        weekday=_weekday(moment, texts),
        day_of_month=str(moment.day),
        month=texts[MONTH_TEXTS[moment.month - 1]],
    )


def _fill(text: str, **facts: str) -> str:
    # Not str.format: a translation with a stray brace must never break a screen.
    for name, fact in facts.items():
        text = text.replace(f"{{{name}}}", fact)
    return text
