"""What can be set: one field for each variable, with what it means and what holds when it is not set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.values import (
    WEBHOOK_PORTS,
    ApiAddress,
    BotToken,
    Colour,
    CommaSeparated,
    Contact,
    CountersFile,
    EmergencyNumbers,
    Host,
    Language,
    LogForm,
    LogLevel,
    MetricsPort,
    Name,
    Origins,
    Packs,
    PageAddress,
    Picture,
    Port,
    ProcessCount,
    Title,
    ValkeyAddress,
    WebhookSecret,
    WeekCount,
    is_language,
)


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

    telegram_bot_token: BotToken = None
    """The bot's token from BotFather; none means: no Telegram."""

    telegram_api_base_url: ApiAddress = "https://api.telegram.org"
    """The Bot API server, without a slash at the end."""

    telegram_webhook_url: str = ""
    """The public address of this server, for Telegram to deliver to; empty: the bot asks Telegram itself (polling)."""

    telegram_webhook_secret: WebhookSecret = None
    """What Telegram shows with each delivery: 32 to 256 of ``A-Za-z0-9_-``; none: made from the token."""

    workers: ProcessCount = 1
    """How many processes serve people, 1 to 64. More than one needs the webhook, if there is Telegram."""

    valkey_url: ValkeyAddress = None
    """A Valkey or Redis server that replicas share to notice floods; it may hold a password. None: each by itself."""

    content: Packs = ("base",)
    """Content packs; later ones override earlier ones by id."""

    default_language: Language = "en"
    """The language shown when nothing tells another: two letters, ISO 639-1."""

    languages: CommaSeparated = ()
    """The languages offered in full, the default language among them. Empty: English, the default language, and every
    language whose translation names a native speaker who has reviewed it."""

    emergency_numbers: EmergencyNumbers = ("999", "112")
    """The numbers on the card shown when all else fails, most important first: 3 to 15 digits each."""

    feedback_contact: Contact = ""
    """Where a person can complain or report a wrong number: an e-mail or web address; empty shows none."""

    brand_name: Name = "Waypost"
    """What the bot calls itself."""

    host: Host = "127.0.0.1"
    """The address to listen on for the web chat, the webhook and health; 0.0.0.0 is every address of this machine."""

    port: Port = 8080
    """The port to listen on: 1 to 65535, or 0 for any that is free."""

    metrics_port: MetricsPort = None
    """The port to show figures about the bot at, for Prometheus: 1 to 65535, or 0 for any that is free. None: none."""

    metrics_host: Host = "127.0.0.1"
    """The address to show them at, apart from ``host``: best one that only the monitoring can reach."""

    impact_file: CountersFile = None
    """Where to keep weekly counts for `python -m bot impact`; none: they are not kept."""

    impact_weeks: WeekCount = 4
    """How many weeks one period of an impact report has, 1 to 13: the more, the fewer figures have to be hidden."""

    exit_url: PageAddress = "https://www.bbc.co.uk/weather"
    """Where *Exit this page* leads: a page that tells nobody anything, and shows no pages visited before."""

    frame_ancestors: Origins = ()
    """The web sites that may show the web chat in a frame, as https origins; none: no site may."""

    page_title: Title = "Information"
    """The title of the web chat's tab, which stays in the browser's history: best a word that tells nothing."""

    brand_colour: Colour = "#1f5a6b"
    """The colour of the web chat's buttons, as #rrggbb; white words must be readable on it."""

    brand_logo: Picture = None
    """A picture (PNG or SVG, at most 8 KiB) to show beside the name in the web chat."""

    page_icon: Picture = None
    """A picture (PNG or SVG, at most 8 KiB) for the web chat's tab; none: a plain dot."""

    log_level: LogLevel = "INFO"
    """The least serious log lines to write: one of `LOG_LEVELS`."""

    log_format: LogForm = "console"
    """How log lines look: one of `LOG_FORMATS`."""

    @model_validator(mode="before")
    @classmethod
    def _empty_means_unset(cls, values: Any) -> Any:
        """An empty file in the secrets directory is like an empty variable."""
        if not isinstance(values, Mapping):
            return values
        return {name: value for name, value in values.items() if not (isinstance(value, str) and not value.strip())}

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

    @field_validator("languages")
    @classmethod
    def _hold_the_default_language(cls, languages: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        default: str | None = info.data.get("default_language")
        if not all(is_language(language) for language in languages):
            raise ValueError("write languages as two small letters each, parted by commas, such as en,cy")
        if default is None:  # its own problem is reported already
            return languages
        if languages and default not in languages:
            raise ValueError(f"add {default}, the default language, or set DEFAULT_LANGUAGE to one of those listed")
        return tuple(dict.fromkeys(languages))

    @model_validator(mode="after")
    def _fit_together(self) -> Settings:
        if self.workers > 1 and self.telegram_bot_token is not None and not self.telegram_webhook_url:
            raise ValueError(
                "WORKERS: several processes cannot poll with one token; set TELEGRAM_WEBHOOK_URL, or leave WORKERS at 1"
            )
        return self
