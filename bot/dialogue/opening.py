"""From content packs to an engine that can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.content.collecting import collecting_later
from bot.content.load import load
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment
from bot.dialogue.opening_hours import OpeningHours, OpeningHoursError


def open_engine(
    packs: Sequence[str],
    *,
    default_language: str = "en",
    languages: Sequence[str] = (),
    translated: bool = True,
    deployment: Deployment | None = None,
) -> Engine:
    """Load packs and make an engine of them. ``languages`` are offered whole, ``translated`` false leaves out every
    translation; see `bot.content.load.load`.

    Raises `ContentError` with everything that is wrong.
    """
    with collecting_later():
        content = load(
            packs,
            default_language=default_language,
            languages=languages,
            translated=translated,
            hours_complaint=_hours_complaint,
        )
        return Engine(content, deployment)


def _hours_complaint(expression: str) -> str | None:
    """What is wrong with an opening-hours expression; None if nothing."""
    try:
        OpeningHours(expression, ZoneInfo("UTC"), (date(2026, 12, 25),))
    except OpeningHoursError as error:
        return str(error)
    return None
