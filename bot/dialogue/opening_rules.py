"""An author's opening hours, read and written out flat: one line a weekday, one a public holiday.

Authors write a plain part of OpenStreetMap's ``opening_hours``. Read as that standard reads it, ``Mo-Th 18:00-02:00;
Fr 18:00-24:00`` loses the first two hours of Friday, and a Friday that is off still opens after its own midnight.
Both mislead a person at night, so the rules are resolved here, in these terms:

- hours belong to the day on which they begin, and run on past midnight whatever the next day says,
- unless the next day is ``off``: that closes it from midnight to midnight;
- a later rule after ``;`` replaces the hours that begin on its days, one after ``,`` adds to them;
- ``PH`` is every public holiday handed in, in the rule in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUTES_A_DAY = 24 * 60
LONGEST_EXPRESSION = 500

_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)
_SPAN = r"\d{1,2}:\d\d-\d{1,2}:\d\d"
_DAYS = rf"(?:PH|(?:{_WEEKDAY})(?:-(?:{_WEEKDAY}))?)"
_DATES = rf"(?:20\d\d )?(?:{_MONTH})(?: \d{{1,2}})?(?:-(?:(?:20\d\d )?(?:{_MONTH})(?: \d{{1,2}})?|\d{{1,2}}))?"
_RULE = re.compile(
    rf"(?:(?P<dates>{_DATES}(?:,{_DATES})*) ?)?"
    rf"(?P<days>{_DAYS}(?:,{_DAYS})*)? ?"
    rf"(?P<hours>off|closed|{_SPAN}(?:,{_SPAN})*)"
)
_DATED = re.compile(
    rf"(?P<year>20\d\d )?(?P<month>{_MONTH}) (?P<day>\d+)"
    rf"(?:-(?:(?P<end_year>20\d\d )?(?P<end_month>{_MONTH}) )?(?P<end_day>\d+))?"
)
_NEW_RULE = re.compile(r"(?:(?<=:\d\d)|(?<=off)|(?<=closed)|(?<=24/7)),(?!\d{1,2}:)")

_REFUSED = (
    (r"[\"']", "comments in quotes are not read; put them in the service's note"),
    (r"\bSH\b", "school holidays (SH) differ from place to place; write the dates"),
    (r"\b(sunrise|sunset|dawn|dusk)\b", "write clock times; sunrise and sunset are not read"),
    (r"\bunknown\b", "where the times are not known, leave the schedule out"),
    (r"\beaster\b", "write PH for public holidays, or the date; easter is not read"),
    (r"\bweek\b", "week numbers are not read; write the dates"),
    (r"\|\|", "|| is not read; part rules with ';'"),
    (r"\[", "days counted within a month, such as Mo[1], are not read; write the dates"),
    (r"\d\+", "open ends (+) are not read; write the time it closes"),
    (r"[–—]", "write '-' (hyphen) between days and between times"),
)

Span = tuple[int, int]
"""Minutes since the midnight on which the day begins: from, to. The end may lie in the next day."""


class OpeningHoursError(ValueError):
    """Opening hours that cannot be read safely. The message says which part, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """Opening hours with nothing left to interpret.

    ``text`` is OpenStreetMap syntax in which no hours pass midnight, each weekday stands once, and public holidays
    are dates; empty when ``always``. ``always`` is true if it is open day and night, every day.
    """

    text: str
    always: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """``spans`` empty means off. A rule with ``dates`` keeps its ``text`` for the library."""

    text: str
    adds: bool
    dates: str
    weekdays: frozenset[int]
    holidays: bool
    spans: tuple[Span, ...]

    @property
    def only_holidays(self) -> bool:
        return self.holidays and not self.weekdays


def timetable(expression: str, holidays: Collection[date]) -> Timetable:
    """Resolve an author's ``expression``, taking ``holidays`` for ``PH``. Raises `OpeningHoursError`."""
    rules = _read(expression)
    _check(rules, holidays)
    general = [rule for rule in rules if not rule.dates]
    week = [_spans_on(general, weekday, weekday - 1, False, False) for weekday in range(7)]
    exceptions = _holiday_spans(general, frozenset(holidays), week)
    day_and_night = ((0, MINUTES_A_DAY),)
    always = len(general) == len(rules) and all(spans == day_and_night for spans in [*week, *exceptions.values()])
    if always:
        return Timetable("", always=True)
    parts = [f"{','.join(names)} {hours}" for hours, names in _grouped(dict(zip(WEEKDAYS, week, strict=True))) if hours]
    on_holidays = [f"{','.join(dates)} {hours or 'off'}" for hours, dates in _grouped(exceptions)]
    if not any(rule.only_holidays for rule in rules):
        parts += on_holidays
    for rule in rules:
        if rule.dates:
            parts.append(rule.text)
        elif rule.only_holidays:
            parts += on_holidays
    return Timetable("; ".join(parts), always=False)


def _read(expression: str) -> list[_Rule]:
    text = " ".join(expression.split())
    if not text:
        raise OpeningHoursError("opening hours are empty; write them, or leave the schedule out")
    if len(text) > LONGEST_EXPRESSION:
        raise OpeningHoursError(f"opening hours are longer than {LONGEST_EXPRESSION} characters; write fewer rules")
    for pattern, sentence in _REFUSED:
        if match := re.search(pattern, text):
            raise OpeningHoursError(f"{match[0]!r} in {text!r}: {sentence}")
    rules = []
    for group in re.sub(r" ?, ?", ",", text).split(";"):
        for index, part in enumerate(_NEW_RULE.split(group)):
            if not part.strip():
                raise OpeningHoursError(f"an empty rule in {text!r}; take out the ';' or ',' that parts nothing")
            rules.append(_rule(part.strip(), adds=index > 0))
    return rules


def _rule(text: str, *, adds: bool) -> _Rule:
    match = _RULE.fullmatch(text.replace("24/7", "Mo-Su 00:00-24:00"))
    if not match:
        raise OpeningHoursError(
            f"cannot read {text!r}; write days and times, such as 'Mo-Fr 09:00-17:00', 'Sa,Su off', 'PH 10:00-16:00', "
            "'Dec 24 09:00-12:00' or '24/7', with ';' between rules"
        )
    days = match["days"] or ""
    off = match["hours"] in {"off", "closed"}
    rule = _Rule(
        text=match[0],
        adds=adds,
        dates=match["dates"] or "",
        weekdays=frozenset(_weekdays(days)) if days or match["dates"] else frozenset(range(7)),
        holidays="PH" in days,
        spans=() if off else tuple(_span(span) for span in match["hours"].split(",")),
    )
    if off and not days and not rule.dates:
        raise OpeningHoursError(f"{text!r} says that it is never open; name the days, or set the service's status")
    if rule.dates and rule.holidays:
        raise OpeningHoursError(f"{text!r} joins dates and PH; write one rule for each, with ';' between")
    if adds and (off or rule.holidays or rule.dates):
        raise OpeningHoursError(f"{text!r} comes after ','; write ';' before it, so that it replaces the usual hours")
    for dates in rule.dates.split(",") if rule.dates else ():
        _check_dates(dates)
    return rule


def _weekdays(days: str) -> Iterator[int]:
    for item in days.replace("PH", "").split(","):
        if item:
            first, _, last = item.partition("-")
            start = WEEKDAYS.index(first)
            length = (WEEKDAYS.index(last or first) - start) % 7 + 1
            yield from ((start + offset) % 7 for offset in range(length))


def _span(text: str) -> Span:
    start, end = (int(time[:-3]) * 60 + int(time[-2:]) for time in text.split("-"))
    if any(int(time[-2:]) > 59 for time in text.split("-")) or start >= MINUTES_A_DAY or end > 2 * MINUTES_A_DAY:
        raise OpeningHoursError(f"{text!r} is no time of day; write 00:00 to 24:00")
    if start == end:
        raise OpeningHoursError(f"{text!r} begins and ends at once; write 00:00-24:00 for the whole day")
    if end < start:
        end += MINUTES_A_DAY
    if end - start > MINUTES_A_DAY:
        raise OpeningHoursError(f"{text!r} is longer than a day; write each day by itself")
    return start, end


def _check_dates(text: str) -> None:
    if re.fullmatch(rf"(?:{_MONTH})(?:-(?:{_MONTH}))?", text):
        return
    match = _DATED.fullmatch(text)
    if not match or bool(match["year"]) != bool(match["end_year"] or (match["year"] and not match["end_month"])):
        raise OpeningHoursError(
            f"cannot read the date {text!r}; write 'Dec 24', 'Dec 24-26', 'Dec 24-Jan 2', 'Jul-Aug' or "
            "'2026 Dec 24-2027 Jan 3'"
        )
    leap_year = "2028"
    try:
        first = date(int(match["year"] or leap_year), MONTHS.index(match["month"]) + 1, int(match["day"]))
        last = first
        if match["end_day"]:
            month = match["end_month"] or match["month"]
            last = date(int(match["end_year"] or first.year), MONTHS.index(month) + 1, int(match["end_day"]))
    except ValueError as error:
        raise OpeningHoursError(f"the date {text!r} is not in the calendar") from error
    if last < first and (match["year"] or not match["end_month"]):
        raise OpeningHoursError(f"the dates {text!r} end before they begin")


def _check(rules: Sequence[_Rule], holidays: Collection[date]) -> None:
    special = ""
    for position, rule in enumerate(rules):
        if special and not (rule.dates or rule.only_holidays):
            raise OpeningHoursError(f"{special!r} would be undone by {rule.text!r} after it; put {special!r} last")
        if rule.only_holidays and any(earlier.only_holidays for earlier in rules[:position]):
            raise OpeningHoursError(f"{rule.text!r} is the second rule for PH alone; write one")
        if rule.dates or rule.only_holidays:
            special = rule.text
        later = frozenset[int]().union(
            *(after.weekdays for after in rules[position + 1 :] if not (after.adds or after.dates))
        )
        if rule.weekdays <= later and not (rule.holidays or rule.dates):
            raise OpeningHoursError(
                f"{rule.text!r} never holds, as later rules replace it on all its days; write all hours of a day "
                "in one rule: 'Mo-Fr 09:00-12:00,13:00-17:00'"
            )
    if any(rule.holidays for rule in rules) and not holidays:
        raise OpeningHoursError("PH is written, but no public holidays are given for this service's nation")
    if not any(rule.spans for rule in rules):
        raise OpeningHoursError("no rule opens; leave the schedule out, or set the service's status")
    late = [rule.text for rule in rules if any(end > MINUTES_A_DAY for _, end in rule.spans)]
    if late and any(rule.dates for rule in rules):
        raise OpeningHoursError(
            f"{late[0]!r} passes midnight and other rules name dates; write the hours of each day up to midnight: "
            "'Mo-Su 00:00-02:00,18:00-24:00'"
        )


def _beginning(rules: Sequence[_Rule], weekday: int, holiday: bool) -> tuple[Span, ...] | None:
    """The hours that begin on such a day; None if it is off."""
    spans: tuple[Span, ...] | None = ()
    for rule in rules:
        if weekday in rule.weekdays or (holiday and rule.holidays):
            spans = (spans or ()) + rule.spans if rule.adds else rule.spans or None
    return spans


def _spans_on(
    rules: Sequence[_Rule], weekday: int, day_before: int, holiday: bool, holiday_before: bool
) -> tuple[Span, ...]:
    """All hours from midnight to midnight, in order and joined: those that begin, and those that run on."""
    own = _beginning(rules, weekday, holiday)
    if own is None:
        return ()
    before = _beginning(rules, day_before % 7, holiday_before) or ()
    running_on = [(0, end - MINUTES_A_DAY) for _, end in before if end > MINUTES_A_DAY]
    joined: list[Span] = []
    for start, end in sorted([*running_on, *((start, min(end, MINUTES_A_DAY)) for start, end in own)]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _holiday_spans(
    rules: Sequence[_Rule], holidays: frozenset[date], week: Sequence[tuple[Span, ...]]
) -> dict[str, tuple[Span, ...]]:
    """The hours of each holiday, and of the day after one where the night before leaves it different."""
    if not any(rule.holidays for rule in rules):
        return {}
    one_day = timedelta(days=1)
    spans: dict[str, tuple[Span, ...]] = {}
    for day in sorted(holidays | {holiday + one_day for holiday in holidays}):
        weekday, holiday = day.weekday(), day in holidays
        hours = _spans_on(rules, weekday, weekday - 1, holiday, day - one_day in holidays)
        if holiday or hours != week[weekday]:
            spans[f"{day.year} {MONTHS[day.month - 1]} {day.day}"] = hours
    return spans


def _grouped(days: dict[str, tuple[Span, ...]]) -> Iterator[tuple[str, list[str]]]:
    ordered = sorted(days.items(), key=lambda item: item[1])
    for spans, items in groupby(ordered, key=lambda item: item[1]):
        yield ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans), [name for name, _ in items]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
