"""How somebody would come to meet a finding, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.checks.finding import Situation
from bot.checks.stories import shorthand
from bot.checks.stories.moments import UNITED_KINGDOM
from bot.content.languages import english_name


def way(situation: Situation) -> str:
    """The presses, from the way in."""
    return shorthand.write(situation.presses)


def circumstances(situation: Situation, labels: Mapping[str, str]) -> str:
    """The language, the moment and what the person said of themselves: `in Welsh, Sunday 25 Oct 2026 01:30
    Europe/London, Scotland, Under 13`.

    Empty if it happens to everybody at any time.
    """
    return ", ".join(_circumstances(situation, labels))


def replay(situation: Situation) -> str:
    """The command that walks the same way in the terminal."""
    return shorthand.command(situation.presses, situation.moment, situation.language)


def moment(at: datetime) -> str:
    """The moment in UK time; in the hour that comes twice, with the name of the time."""
    local = at.astimezone(UNITED_KINGDOM)
    other = local.replace(fold=1 - local.fold)
    which = f" ({local:%Z})" if other.utcoffset() != local.utcoffset() else ""
    return f"{local:%A} {local.day} {local:%b %Y %H:%M} Europe/London{which}"


def _circumstances(situation: Situation, labels: Mapping[str, str]) -> Iterator[str]:
    if situation.language:
        yield f"in {english_name(situation.language)}"
    if situation.moment is not None:
        yield moment(situation.moment)
    for answer in situation.answers:
        yield labels.get(answer, answer)
