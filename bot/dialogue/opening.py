"""From content packs to an engine that can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.content.collecting import collecting_later
from bot.content.load import load
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment
from bot.dialogue.opening_hours import OpeningHours, OpeningHoursError
from bot.understanding.reader import Reader


def open_engine(
    packs: Sequence[str],
    *,
    default_language: str = "en",
    languages: Sequence[str] = (),
    translated: bool = True,
    only_shown: bool = False,
    deployment: Deployment | None = None,
) -> Engine:
    """Load packs and make an engine of them. ``languages`` are offered whole, ``translated`` false leaves out every
    translation, ``only_shown`` what nobody is shown of them; see `bot.content.load.load`. What reads typed words is
    then made at once, and otherwise when it is first asked for.

    Raises `ContentError` with everything that is wrong.
    """
    with collecting_later():
        content = load(
            packs,
            default_language=default_language,
            languages=languages,
            translated=translated,
            only_shown=only_shown,
            hours_complaint=_hours_complaint,
        )
        if not only_shown:
            return Engine(content, deployment)
        reader = Reader(content)
        # Phrases as they are written take as much room as compiled, and what translations say is in the editions by
        # now: whoever only serves asks for neither.
        return Engine(replace(content, phrase_books={}, translations={}), deployment, reader)


def _hours_complaint(expression: str) -> str | None:
    """What is wrong with an opening-hours expression; None if nothing."""
    try:
        OpeningHours(expression, ZoneInfo("UTC"), (date(2026, 12, 25),))
    except OpeningHoursError as error:
        return str(error)
    return None
