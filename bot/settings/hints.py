"""Names that are set but mean nothing here, and what may have been meant."""

from __future__ import annotations

import contextlib
import difflib
import os
import re

from bot.settings.model import Settings
from bot.settings.reading import ENV_FILE, secrets_directory

_ENV_FILE_NAME = re.compile(r"^\s*(?:export\s+)?([A-Za-z][\w-]*)\s*=\s*\S", re.MULTILINE)
_LANGUAGE_OF_THE_SYSTEM = "LANGUAGE"
_TOKEN_WORDS = frozenset({"TELEGRAM", "TG", "BOT", "BOTTOKEN", "API", "ACCESS", "SECRET", "TOKEN", "FILE"})


def hints(settings: Settings) -> tuple[str, ...]:
    """One line for each name that is set, means nothing here, and looks like a setting that is not set.

    Unknown names are no error, since an environment is full of them; a slip of the pen is worth a line.
    """
    meant = {name: _meant_setting(name) for name in sorted(_names_in_use())}
    return tuple(
        f"{name} is set, but means nothing here. Did you mean {setting.upper()}?"
        for name, setting in meant.items()
        if setting and setting not in settings.model_fields_set
    )


def _names_in_use() -> set[str]:
    names = {name for name, value in os.environ.items() if value}
    directory = secrets_directory()
    with contextlib.suppress(OSError, UnicodeDecodeError):  # what cannot be read gives no hint, and no trouble
        names.update(_ENV_FILE_NAME.findall(ENV_FILE.read_text(encoding="utf-8")))
    with contextlib.suppress(OSError):
        names.update(file.name for file in (directory.iterdir() if directory else ()))
    return names


def _meant_setting(name: str) -> str | None:
    """The setting that an unknown name is close to; none for a name that is known or like nothing here."""
    settings = {setting.replace("_", ""): setting for setting in Settings.model_fields}
    written = name.lower().replace("_", "").replace("-", "")
    if name.lower() in settings.values() or name == _LANGUAGE_OF_THE_SYSTEM:
        return None
    words = set(name.upper().replace("-", "_").split("_"))
    if words <= _TOKEN_WORDS and words & {"TOKEN", "BOTTOKEN"}:
        return "telegram_bot_token"
    close = difflib.get_close_matches(written, settings, n=1, cutoff=0.88)
    return settings[close[0]] if close else None
