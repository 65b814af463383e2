"""The shape of what all flows share: answers, texts and public holidays, in flows/shared."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from bot.content.ids import (
    AnswerId,
    Id,
    NationId,
    TextKey,
    ValueId,
    Words,
)
from bot.content.schema import Day, Model


class WrittenValue(Model):
    """One value of an answer. `code` travels in tokens. `from`/`to` are ages in whole years, for age bands."""

    code: Annotated[StrictInt, Field(ge=1, le=15)]
    label: Words
    assume: dict[AnswerId, tuple[ValueId, ...]] = Field(default_factory=dict)
    youngest: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, alias="from")
    oldest: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, alias="to")


class WrittenAnswer(Model):
    """A closed question, declared once for all flows."""

    code: Annotated[StrictInt, Field(ge=1, le=5)]
    ask: Words
    values: dict[Id, WrittenValue] = Field(min_length=2)
    retired: dict[Id, StrictInt] = Field(default_factory=dict)


class AnswersFile(Model):
    """flows/shared/answers.yaml. `remove` retires values of answers that an earlier pack has."""

    answers: dict[Id, WrittenAnswer] = Field(default_factory=dict)
    remove: dict[AnswerId, tuple[ValueId, ...]] = Field(default_factory=dict)


class TextsFile(Model):
    """flows/shared/texts.yaml."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    language_name: Words
    texts: dict[TextKey, Words]


class HolidayYears(Model):
    """The years the table is whole for."""

    first: StrictInt = Field(alias="from")
    last: StrictInt = Field(alias="to")


class Holiday(Model):
    """One public holiday."""

    date: Day
    name: Words


class HolidaysFile(Model):
    """flows/shared/bank_holidays.yaml."""

    source: Words
    assured_date: Day
    years: HolidayYears
    nations: dict[NationId, tuple[Holiday, ...]]
