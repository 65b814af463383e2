"""What one setting can hold: a type for each kind of value, which says what to write where it is wrong.

No message repeats a value, since any value may be a secret put in the wrong place.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.settings.colours import contrast

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS: Final = ("console", "json")

MOST_WORKERS: Final = 64
MOST_WEEKS: Final = 13
WEBHOOK_PORTS: Final = (443, 80, 88, 8443)
"""The ports that Telegram delivers to: https://core.telegram.org/bots/api#setwebhook."""

_TOKEN = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{30,60}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_DIGITS = re.compile(r"[0-9]+(?: [0-9]+)*")
_HOST = re.compile(r"[0-9A-Za-z.:-]{1,253}")
_ORIGIN = re.compile(
    r"https://[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*(?::[0-9]{1,5})?|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?"
)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_READABLE: Final = 4.5
"""The least contrast of words to what they stand on (WCAG 2.2, success criterion 1.4.3)."""


def _looks_like_a_token(value: SecretStr | None) -> SecretStr | None:
    if value is None:
        return None
    token = value.get_secret_value().strip()
    if not _TOKEN.fullmatch(token):
        raise ValueError(
            "write the token exactly as BotFather gives it, digits, a colon and about 35 more "
            "characters, without quotation marks"
        )
    return SecretStr(token)


def _is_a_web_address(value: str) -> str:
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


def _is_hard_to_guess(value: SecretStr | None) -> SecretStr | None:
    if value is None:
        return None
    secret = value.get_secret_value().strip()
    if not _WEBHOOK_SECRET.fullmatch(secret) or len(set(secret)) < 10:
        raise ValueError(
            "write 32 to 256 random letters, digits, _ or -, as `openssl rand -hex 32` gives, or leave it unset"
        )
    return SecretStr(secret)


def _is_a_number_of_processes(value: Any) -> int:
    try:
        workers = int(str(value))
    except ValueError:
        workers = 0
    if not 1 <= workers <= MOST_WORKERS:
        raise ValueError(f"write a number from 1 to {MOST_WORKERS}")
    return workers


def _is_a_valkey_address(value: SecretStr | None) -> SecretStr | None:
    if value is None:
        return None
    address = value.get_secret_value().strip()
    if not re.fullmatch(r"(valkeys?|rediss?|unix)://\S+", address):
        raise ValueError("write an address such as valkey://127.0.0.1:6379/0, or leave it unset")
    return SecretStr(address)


def _names_a_pack(packs: tuple[str, ...]) -> tuple[str, ...]:
    if not packs or len(set(packs)) < len(packs):
        raise ValueError("write the packs once each, parted by colons, such as base or base:/srv/our-words")
    if "base" in packs[1:]:
        raise ValueError("write base first: what comes after it changes it, and nothing would change what comes last")
    return packs


def _is_a_language(language: str) -> str:
    if not _LANGUAGE.fullmatch(language.strip()):
        raise ValueError("write one language as its two small letters, such as en or cy")
    return language.strip()


def _can_be_dialled(numbers: tuple[str, ...]) -> tuple[str, ...]:
    if not numbers or not all(_is_dialable(number) for number in numbers):
        raise ValueError("write numbers of 3 to 15 digits, parted by commas, such as 999,112")
    return tuple(dict.fromkeys(numbers))


def _is_one_line(value: str) -> str:
    if not value.strip().isprintable() or len(value.strip()) > 200:
        raise ValueError("write one e-mail or web address on one line, at most 200 characters")
    return value.strip()


def _is_a_short_name(value: str) -> str:
    if not value.strip().isprintable() or len(value.strip()) > 64:
        raise ValueError("write a name of at most 64 characters on one line")
    return value.strip()


def _is_an_address_of_this_machine(value: str) -> str:
    if not _HOST.fullmatch(value.strip()):
        raise ValueError("write an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them")
    return value.strip()


def _is_a_port(value: Any) -> int:
    number = int(value) if isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal()) else -1
    if not 0 <= number <= 65535:
        raise ValueError("write a number from 1 to 65535, such as 8080")
    return number


def _is_a_port_for_figures(value: Any) -> int | None:
    if value is None:
        return None
    number = int(value) if isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal()) else -1
    if not 0 <= number <= 65535:
        raise ValueError("write a number from 1 to 65535, such as 9464, or leave it unset")
    return number


def _stands_in_a_folder(value: Path | None) -> Path | None:
    with contextlib.suppress(OSError, ValueError):
        if value is None or (value.parent.is_dir() and not value.is_dir()):
            return value
    raise ValueError("name a file in a folder that is there, such as /var/lib/waypost/counters.json")


def _is_a_number_of_weeks(value: Any) -> int:
    try:
        weeks = int(str(value))
    except ValueError:
        weeks = 0
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValueError(f"write a number from 1 to {MOST_WEEKS}")
    return weeks


def _is_a_page(value: str) -> str:
    if not _is_web_address(value.strip()):
        raise ValueError("write the whole address of a page that tells nothing, such as a weather page")
    return value.strip()


def _are_origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError("write whole origins, parted by commas, such as https://www.example.org: no path, no *")
    return tuple(dict.fromkeys(origins))


def _is_a_short_title(value: str) -> str:
    if not value.strip().isprintable() or len(value.strip()) > 64:
        raise ValueError("write a title of at most 64 characters on one line")
    return value.strip()


def _carries_white_words(value: str) -> str:
    if not _COLOUR.fullmatch(value.strip()):
        raise ValueError("write a colour as # and six digits or letters from a to f, such as #1f5a6b")
    if (found := contrast(value.strip(), "#ffffff")) < _READABLE:
        raise ValueError(
            f"white words on this colour cannot be read by everybody: their contrast is {found:.1f} to 1, and "
            f"has to be at least {_READABLE} to 1; take a darker colour"
        )
    return value.strip().lower()


def _is_a_picture(value: Path | None) -> Path | None:
    with contextlib.suppress(OSError, ValueError):
        if value is None or (value.suffix.lower() in {".png", ".svg"} and value.is_file()):
            return value
    raise ValueError("name a file that is there and ends in .png or .svg")


def _is_a_log_format(value: str) -> str:
    form = value.strip().lower()
    if form not in LOG_FORMATS:
        raise ValueError(f"write one of {', '.join(LOG_FORMATS)}")
    return form


def _is_a_log_level(value: str) -> str:
    level = value.strip().upper()
    if level not in LOG_LEVELS:
        raise ValueError(f"write one of {', '.join(LOG_LEVELS)}")
    return level


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


def _is_dialable(number: str) -> bool:
    return bool(_DIGITS.fullmatch(number)) and 3 <= len(number.replace(" ", "")) <= 15


def is_language(language: str) -> bool:
    """Whether this has the shape of a language's two letters (ISO 639-1)."""
    return bool(_LANGUAGE.fullmatch(language))


def _split_at_colons(value: Any) -> Any:
    return _split(value, ":")


def _split_at_commas(value: Any) -> Any:
    return _split(value, ",")


BotToken = Annotated[SecretStr | None, AfterValidator(_looks_like_a_token)]
ApiAddress = Annotated[str, AfterValidator(_is_a_web_address)]
WebhookSecret = Annotated[SecretStr | None, AfterValidator(_is_hard_to_guess)]
ProcessCount = Annotated[int, BeforeValidator(_is_a_number_of_processes)]
ValkeyAddress = Annotated[SecretStr | None, AfterValidator(_is_a_valkey_address)]
CommaSeparated = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split_at_commas)]
Packs = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split_at_colons), AfterValidator(_names_a_pack)]
Language = Annotated[str, AfterValidator(_is_a_language)]
EmergencyNumbers = Annotated[CommaSeparated, AfterValidator(_can_be_dialled)]
Contact = Annotated[str, AfterValidator(_is_one_line)]
Name = Annotated[str, AfterValidator(_is_a_short_name)]
Host = Annotated[str, AfterValidator(_is_an_address_of_this_machine)]
Port = Annotated[int, BeforeValidator(_is_a_port)]
MetricsPort = Annotated[int | None, BeforeValidator(_is_a_port_for_figures)]
CountersFile = Annotated[Path | None, AfterValidator(_stands_in_a_folder)]
WeekCount = Annotated[int, BeforeValidator(_is_a_number_of_weeks)]
PageAddress = Annotated[str, AfterValidator(_is_a_page)]
Origins = Annotated[CommaSeparated, AfterValidator(_are_origins)]
Title = Annotated[str, AfterValidator(_is_a_short_title)]
Colour = Annotated[str, AfterValidator(_carries_white_words)]
Picture = Annotated[Path | None, AfterValidator(_is_a_picture)]
LogForm = Annotated[str, AfterValidator(_is_a_log_format)]
LogLevel = Annotated[str, AfterValidator(_is_a_log_level)]
