"""What the operator sets: environment variables, the same names in ``.env``, or files in a secrets directory.

The environment wins over ``.env``, and ``.env`` over the secrets directory. An empty value counts as not set.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import pydantic_settings
from pydantic import SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ENV_FILE: Final = Path(".env")
"""Read from the working directory, if it is there."""

DEFAULT_SECRETS_DIRECTORY: Final = Path("/run/secrets")
"""Where container platforms mount secrets; used when ``SECRETS_DIR`` is not set and the directory exists."""

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS: Final = ("console", "json")

MOST_WORKERS: Final = 64
MOST_WEEKS: Final = 13
WEBHOOK_PORTS: Final = (443, 80, 88, 8443)
"""The ports that Telegram delivers to: https://core.telegram.org/bots/api#setwebhook."""

_TOKEN = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{30,60}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_ENV_FILE_NAME = re.compile(r"^\s*(?:export\s+)?([A-Za-z][\w-]*)\s*=\s*\S", re.MULTILINE)
_LANGUAGE_OF_THE_SYSTEM = "LANGUAGE"
_TOKEN_WORDS = frozenset({"TELEGRAM", "TG", "BOT", "BOTTOKEN", "API", "ACCESS", "SECRET", "TOKEN", "FILE"})
_DIGITS = re.compile(r"[0-9]+(?: [0-9]+)*")
_HOST = re.compile(r"[0-9A-Za-z.:-]{1,253}")
_ORIGIN = re.compile(
    r"https://[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*(?::[0-9]{1,5})?|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?"
)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_READABLE: Final = 4.5
"""The least contrast of words to what they stand on (WCAG 2.2, success criterion 1.4.3)."""

CommaSeparated = Annotated[tuple[str, ...], NoDecode]
ColonSeparated = Annotated[tuple[str, ...], NoDecode]


class SettingsError(Exception):
    """Settings that nothing can start with: one line a problem, each naming the variable and what to write.

    The text never holds a value that was set, since any value may be a secret put in the wrong place.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Everything that can be set. Each field is the variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    telegram_bot_token: SecretStr | None = None
    """The bot's token from BotFather; none means: no Telegram."""

    telegram_api_base_url: str = "https://api.telegram.org"
    """The Bot API server, without a slash at the end."""

    telegram_webhook_url: str = ""
    """The public address of this server, for Telegram to deliver to; empty: the bot asks Telegram itself (polling)."""

    telegram_webhook_secret: SecretStr | None = None
    """What Telegram shows with each delivery: 32 to 256 of ``A-Za-z0-9_-``; none: made from the token."""

    workers: int = 1
    """How many processes serve people, 1 to 64. More than one needs the webhook, if there is Telegram."""

    valkey_url: SecretStr | None = None
    """A Valkey or Redis server that replicas share to notice floods; it may hold a password. None: each by itself."""

    content: ColonSeparated = ("base",)
    """Content packs; later ones override earlier ones by id."""

    default_language: str = "en"
    """The language shown when nothing tells another: two letters, ISO 639-1."""

    languages: CommaSeparated = ()
    """The languages offered in full, the default language among them. Empty: English, the default language, and every
    language whose translation names a native speaker who has reviewed it."""

    emergency_numbers: CommaSeparated = ("999", "112")
    """The numbers on the card shown when all else fails, most important first: 3 to 15 digits each."""

    feedback_contact: str = ""
    """Where a person can complain or report a wrong number: an e-mail or web address; empty shows none."""

    brand_name: str = "Waypost"
    """What the bot calls itself."""

    host: str = "127.0.0.1"
    """The address to listen on for the web chat, the webhook and health; 0.0.0.0 is every address of this machine."""

    port: int = 8080
    """The port to listen on: 1 to 65535, or 0 for any that is free."""

    metrics_port: int | None = None
    """The port to show figures about the bot at, for Prometheus: 1 to 65535, or 0 for any that is free. None: none."""

    metrics_host: str = "127.0.0.1"
    """The address to show them at, apart from ``host``: best one that only the monitoring can reach."""

    impact_file: Path | None = None
    """Where to keep weekly counts for `python -m bot impact`; none: they are not kept."""

    impact_weeks: int = 4
    """How many weeks one period of an impact report has, 1 to 13: the more, the fewer figures have to be hidden."""

    exit_url: str = "https://www.bbc.co.uk/weather"
    """Where *Exit this page* leads: a page that tells nobody anything, and shows no pages visited before."""

    frame_ancestors: CommaSeparated = ()
    """The web sites that may show the web chat in a frame, as https origins; none: no site may."""

    page_title: str = "Information"
    """The title of the web chat's tab, which stays in the browser's history: best a word that tells nothing."""

    brand_colour: str = "#1f5a6b"
    """The colour of the web chat's buttons, as #rrggbb; white words must be readable on it."""

    brand_logo: Path | None = None
    """A picture (PNG or SVG, at most 8 KiB) to show beside the name in the web chat."""

    page_icon: Path | None = None
    """A picture (PNG or SVG, at most 8 KiB) for the web chat's tab; none: a plain dot."""

    log_level: str = "INFO"
    """The least serious log lines to write: one of `LOG_LEVELS`."""

    log_format: str = "console"
    """How log lines look: one of `LOG_FORMATS`."""

    @model_validator(mode="before")
    @classmethod
    def _empty_means_unset(cls, values: Any) -> Any:
        """An empty file in the secrets directory is like an empty variable."""
        if not isinstance(values, Mapping):
            return values
        return {name: value for name, value in values.items() if not (isinstance(value, str) and not value.strip())}

    @field_validator("content", mode="before")
    @classmethod
    def _split_at_colons(cls, value: Any) -> Any:
        return _split(value, ":")

    @field_validator("languages", "emergency_numbers", mode="before")
    @classmethod
    def _split_at_commas(cls, value: Any) -> Any:
        return _split(value, ",")

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        token = value.get_secret_value().strip()
        if not _TOKEN.fullmatch(token):
            raise ValueError(
                "write the token exactly as BotFather gives it, digits, a colon and about 35 more "
                "characters, without quotation marks"
            )
        return SecretStr(token)

    @field_validator("telegram_api_base_url")
    @classmethod
    def _is_a_web_address(cls, value: str) -> str:
        address = value.strip().rstrip("/")
        problem = ValueError("write an address such as https://api.telegram.org or http://127.0.0.1:8081")
        try:
            parts = urlsplit(address)
            _ = parts.port  # a port that is no number is only noticed when it is read
        except ValueError:
            raise problem from None
        wanted = parts.scheme in {"http", "https"} and bool(parts.hostname)
        unwanted = bool(parts.query or parts.fragment or "@" in parts.netloc or re.search(r"\s", address))
        if not wanted or unwanted:
            raise problem
        return address

    @field_validator("telegram_webhook_url")
    @classmethod
    def _can_be_delivered_to(cls, value: str, info: ValidationInfo) -> str:
        address = value.strip().rstrip("/")
        if not address:
            return ""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        own_server = info.data.get("telegram_api_base_url") != cls.model_fields["telegram_api_base_url"].default
        usual = parts.scheme == "https" and (port is None or port in WEBHOOK_PORTS)
        usable = usual or (own_server and parts.scheme in {"http", "https"})
        if not usable or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError(
                "write the address at which Telegram reaches this server, such as https://bot.example.org; "
                "with a port it must be 443, 80, 88 or 8443"
            )
        return address

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _is_hard_to_guess(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        secret = value.get_secret_value().strip()
        if not _WEBHOOK_SECRET.fullmatch(secret) or len(set(secret)) < 10:
            raise ValueError(
                "write 32 to 256 random letters, digits, _ or -, as `openssl rand -hex 32` gives, or leave it unset"
            )
        return SecretStr(secret)

    @field_validator("workers", mode="before")
    @classmethod
    def _is_a_number_of_processes(cls, value: Any) -> int:
        try:
            workers = int(str(value))
        except ValueError:
            workers = 0
        if not 1 <= workers <= MOST_WORKERS:
            raise ValueError(f"write a number from 1 to {MOST_WORKERS}")
        return workers

    @field_validator("valkey_url")
    @classmethod
    def _is_a_valkey_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        address = value.get_secret_value().strip()
        if not re.fullmatch(r"(valkeys?|rediss?|unix)://\S+", address):
            raise ValueError("write an address such as valkey://127.0.0.1:6379/0, or leave it unset")
        return SecretStr(address)

    @model_validator(mode="after")
    def _fit_together(self) -> Settings:
        if self.workers > 1 and self.telegram_bot_token is not None and not self.telegram_webhook_url:
            raise ValueError(
                "WORKERS: several processes cannot poll with one token; set TELEGRAM_WEBHOOK_URL, or leave WORKERS at 1"
            )
        return self

    @field_validator("content")
    @classmethod
    def _names_a_pack(cls, packs: tuple[str, ...]) -> tuple[str, ...]:
        if not packs or len(set(packs)) < len(packs):
            raise ValueError("write the packs once each, parted by colons, such as base or base:/srv/our-words")
        return packs

    @field_validator("default_language")
    @classmethod
    def _is_a_language(cls, language: str) -> str:
        if not _LANGUAGE.fullmatch(language.strip()):
            raise ValueError("write one language as its two small letters, such as en or cy")
        return language.strip()

    @field_validator("languages")
    @classmethod
    def _hold_the_default_language(cls, languages: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        default: str | None = info.data.get("default_language")
        if not all(_LANGUAGE.fullmatch(language) for language in languages):
            raise ValueError("write languages as two small letters each, parted by commas, such as en,cy")
        if default is None:  # its own problem is reported already
            return languages
        if languages and default not in languages:
            raise ValueError(f"add {default}, the default language, or set DEFAULT_LANGUAGE to one of those listed")
        return tuple(dict.fromkeys(languages))

    @field_validator("emergency_numbers")
    @classmethod
    def _can_be_dialled(cls, numbers: tuple[str, ...]) -> tuple[str, ...]:
        if not numbers or not all(_is_dialable(number) for number in numbers):
            raise ValueError("write numbers of 3 to 15 digits, parted by commas, such as 999,112")
        return tuple(dict.fromkeys(numbers))

    @field_validator("feedback_contact")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if not value.strip().isprintable() or len(value.strip()) > 200:
            raise ValueError("write one e-mail or web address on one line, at most 200 characters")
        return value.strip()

    @field_validator("brand_name")
    @classmethod
    def _is_a_short_name(cls, value: str) -> str:
        if not value.strip().isprintable() or len(value.strip()) > 64:
            raise ValueError("write a name of at most 64 characters on one line")
        return value.strip()

    @field_validator("host", "metrics_host")
    @classmethod
    def _is_an_address_of_this_machine(cls, value: str) -> str:
        if not _HOST.fullmatch(value.strip()):
            raise ValueError("write an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them")
        return value.strip()

    @field_validator("port", mode="before")
    @classmethod
    def _is_a_port(cls, value: Any) -> int:
        number = int(value) if isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal()) else -1
        if not 0 <= number <= 65535:
            raise ValueError("write a number from 1 to 65535, such as 8080")
        return number

    @field_validator("metrics_port", mode="before")
    @classmethod
    def _is_a_port_for_figures(cls, value: Any) -> int | None:
        if value is None:
            return None
        number = int(value) if isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal()) else -1
        if not 0 <= number <= 65535:
            raise ValueError("write a number from 1 to 65535, such as 9464, or leave it unset")
        return number

    @field_validator("impact_file")
    @classmethod
    def _stands_in_a_folder(cls, value: Path | None) -> Path | None:
        with contextlib.suppress(OSError, ValueError):
            if value is None or (value.parent.is_dir() and not value.is_dir()):
                return value
        raise ValueError("name a file in a folder that is there, such as /var/lib/waypost/counters.json")

    @field_validator("impact_weeks", mode="before")
    @classmethod
    def _is_a_number_of_weeks(cls, value: Any) -> int:
        try:
            weeks = int(str(value))
        except ValueError:
            weeks = 0
        if not 1 <= weeks <= MOST_WEEKS:
            raise ValueError(f"write a number from 1 to {MOST_WEEKS}")
        return weeks

    @field_validator("exit_url")
    @classmethod
    def _is_a_page(cls, value: str) -> str:
        if not _is_web_address(value.strip()):
            raise ValueError("write the whole address of a page that tells nothing, such as a weather page")
        return value.strip()

    @field_validator("frame_ancestors", mode="before")
    @classmethod
    def _split_origins(cls, value: Any) -> Any:
        return _split(value, ",")

    @field_validator("frame_ancestors")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_ORIGIN.fullmatch(origin) for origin in origins):
            raise ValueError("write whole origins, parted by commas, such as https://www.example.org: no path, no *")
        return tuple(dict.fromkeys(origins))

    @field_validator("page_title")
    @classmethod
    def _is_a_short_title(cls, value: str) -> str:
        if not value.strip().isprintable() or len(value.strip()) > 64:
            raise ValueError("write a title of at most 64 characters on one line")
        return value.strip()

    @field_validator("brand_colour")
    @classmethod
    def _carries_white_words(cls, value: str) -> str:
        if not _COLOUR.fullmatch(value.strip()):
            raise ValueError("write a colour as # and six digits or letters from a to f, such as #1f5a6b")
        if (found := contrast(value.strip(), "#ffffff")) < _READABLE:
            raise ValueError(
                f"white words on this colour cannot be read by everybody: their contrast is {found:.1f} to 1, and "
                f"has to be at least {_READABLE} to 1; take a darker colour"
            )
        return value.strip().lower()

    @field_validator("brand_logo", "page_icon")
    @classmethod
    def _is_a_picture(cls, value: Path | None) -> Path | None:
        with contextlib.suppress(OSError, ValueError):
            if value is None or (value.suffix.lower() in {".png", ".svg"} and value.is_file()):
                return value
        raise ValueError("name a file that is there and ends in .png or .svg")

    @field_validator("log_format")
    @classmethod
    def _is_a_log_format(cls, value: str) -> str:
        form = value.strip().lower()
        if form not in LOG_FORMATS:
            raise ValueError(f"write one of {', '.join(LOG_FORMATS)}")
        return form

    @field_validator("log_level")
    @classmethod
    def _is_a_log_level(cls, value: str) -> str:
        level = value.strip().upper()
        if level not in LOG_LEVELS:
            raise ValueError(f"write one of {', '.join(LOG_LEVELS)}")
        return level


def load_settings() -> Settings:
    """Read the settings as they are now. Raises `SettingsError` with every problem, one line each."""
    directory = secrets_directory()
    try:
        return Settings(_env_file=ENV_FILE, _secrets_dir=directory)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
        raise SettingsError(tuple(_problem(item["loc"], item["msg"]) for item in problems)) from None
    except OSError as error:
        raise SettingsError(
            (f"{error.filename}: cannot be read; let the account that runs the bot read it.",)
        ) from None
    except (UnicodeDecodeError, pydantic_settings.SettingsError):
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


def _split(value: Any, separator: str) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(item.strip() for item in value.split(separator) if item.strip())


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number is only noticed when it is read
    except ValueError:
        return False
    printable = value.isascii() and value.isprintable() and not set(value) & set("\"'<>\\ ")
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and "@" not in parts.netloc and printable


def contrast(one: str, other: str) -> float:
    """How well one colour (#rrggbb) is read on another, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1, as WCAG 2.2 defines it."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _is_dialable(number: str) -> bool:
    return bool(_DIGITS.fullmatch(number)) and 3 <= len(number.replace(" ", "")) <= 15


def _problem(location: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"{str(location[0]).upper()}: {said}." if location else f"{said}."
