"""The settings as they are now: from the environment, ``.env`` and the secrets directory."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path
from typing import Final

import pydantic_settings
from pydantic import ValidationError

from bot.settings.model import Settings

ENV_FILE: Final = Path(".env")
"""Read from the working directory, if it is there."""

DEFAULT_SECRETS_DIRECTORY: Final = Path("/run/secrets")
"""Where container platforms mount secrets; used when ``SECRETS_DIR`` is not set and the directory exists."""


_FIELD = re.compile(r'field "(\w+)"')
"""Where the library names the setting that it could not get."""


class SettingsError(Exception):
    """Settings that nothing can start with: one line a problem, each naming the variable and what to write.

    The text never holds a value that was set, since any value may be a secret put in the wrong place.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_settings() -> Settings:
    """Read the settings as they are now. Raises `SettingsError` with every problem, one line each."""
    directory = secrets_directory()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a secret that is no file, say: without it the bot would do half its work
            return Settings(_env_file=ENV_FILE, _secrets_dir=directory)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
        raise SettingsError(tuple(_problem(item["loc"], item["msg"]) for item in problems)) from None
    except OSError as error:
        raise SettingsError(
            (f"{error.filename}: cannot be read; let the account that runs the bot read it.",)
        ) from None
    except (UnicodeDecodeError, pydantic_settings.SettingsError) as error:
        field = _FIELD.search(str(error))
        if field and error.__cause__ is not None and not isinstance(error.__cause__, UnicodeDecodeError):
            raise SettingsError(
                (
                    f"{field[1].upper()}: its file in {directory} cannot be read; put a plain file there, not a folder "
                    "or a link to elsewhere, and let the account that runs the bot read it.",
                )
            ) from None
        places = ENV_FILE if directory is None else f"{ENV_FILE} or a file in {directory}"
        raise SettingsError((f"{places}: is not plain text; save it as UTF-8.",)) from None


def secrets_directory() -> Path | None:
    """The directory that holds one file for each secret setting, or none.

    Raises `SettingsError` if ``SECRETS_DIR`` names something that is not a directory.
    """
    named = os.environ.get("SECRETS_DIR", "").strip()
    if not named:
        return DEFAULT_SECRETS_DIRECTORY if DEFAULT_SECRETS_DIRECTORY.is_dir() else None
    if not Path(named).is_dir():
        raise SettingsError(("SECRETS_DIR: there is no such directory; name one that exists, or leave it unset.",))
    return Path(named)


def _problem(location: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"{str(location[0]).upper()}: {said}." if location else f"{said}."
