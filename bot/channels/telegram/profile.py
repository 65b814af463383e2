"""What people see of the bot before they write to it: commands and descriptions, in every language.

The description names the emergency number, so that it is there even when the bot is not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from telegram.error import TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.failures import described
from bot.dialogue.engine import Engine

COMMANDS: Final = ("start", "emergency", "help", "stop", "privacy", "delete", "language", "feedback")
"""In the order in which Telegram lists them. What each does is the shared text ``command_<name>``."""

DESCRIPTION: Final = "profile_description"
"""Shared text in an empty chat, above the start button."""

SHORT_DESCRIPTION: Final = "profile_short_description"
"""Shared text on the profile, and where somebody passes the bot on."""

_LONGEST_COMMAND: Final = 256
_LONGEST_DESCRIPTION: Final = 512
_LONGEST_SHORT_DESCRIPTION: Final = 120

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the profile in one language (empty: for everyone else), and the calls that read and set it."""

    reading: str
    setting: str
    name: str
    wanted: object
    language: str


def parts(engine: Engine) -> Iterator[Part]:
    """The whole profile that ``engine``'s content asks for. Raises KeyError if a text is missing."""
    languages = engine.content.languages
    for language in ("", *languages):
        yield Part("getMyCommands", "setMyCommands", "commands", _commands(engine, language), language)
        for name, key, longest in (
            ("description", DESCRIPTION, _LONGEST_DESCRIPTION),
            ("short_description", SHORT_DESCRIPTION, _LONGEST_SHORT_DESCRIPTION),
        ):
            method = f"My{name.title().replace('_', '')}"
            wanted = engine.text(key, language)
            if len(wanted) > longest:
                _log.warning("The text %s (%s) has over %d characters; not set.", key, language, longest)
                continue
            yield Part(f"get{method}", f"set{method}", name, wanted, language)


async def set_profile(calls: Calls, engine: Engine) -> None:
    """Set what differs. Never raises: a bot without a fresh profile still answers."""
    try:
        for part in parts(engine):
            language = {"language_code": part.language} if part.language else {}
            shown = await calls.patiently(part.reading, language)
            if (shown.get(part.name) if isinstance(shown, dict) else shown) != part.wanted:
                await calls.patiently(part.setting, {part.name: part.wanted, **language})
    except (TelegramError, LookupError) as error:
        _log.warning("The bot's profile could not be set: %s", described(error))


def _commands(engine: Engine, language: str) -> list[dict[str, str]]:
    return [
        {"command": name, "description": engine.text(f"command_{name}", language)[:_LONGEST_COMMAND]}
        for name in COMMANDS
    ]
