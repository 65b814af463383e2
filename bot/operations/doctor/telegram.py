"""Checks of how the bot stands at Telegram. They only read: nothing is changed there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from bot.channels.telegram.kinds import ALLOWED_UPDATES
from bot.channels.telegram.profile import parts
from bot.channels.telegram.webhook import path_from, secret_from
from bot.dialogue.engine import Engine
from bot.operations.doctor.finding import Finding, look, ok, wrong
from bot.settings import Settings

SECONDS: Final = 15.0
MANY_WAITING: Final = 50
RECENT_SECONDS: Final = 24 * 3600


class UnansweredError(Exception):
    """Telegram did not answer a call. The text names no address, since addresses hold the token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Telegram answered, and when by its own clock."""

    result: Any
    date: datetime | None


class Api:
    """Asks the Bot API. Raises ValueError without a token."""

    def __init__(self, client: httpx.Client, settings: Settings) -> None:
        if settings.telegram_bot_token is None:
            raise ValueError("there is no token")
        self._client = client
        self._base = f"{settings.telegram_api_base_url}/bot{settings.telegram_bot_token.get_secret_value()}"

    def ask(self, method: str, **parameters: str) -> Answer:
        """One call. Raises `UnansweredError`."""
        try:
            answer = self._client.post(f"{self._base}/{method}", json=parameters, timeout=SECONDS)
            values = answer.json()
            if not values["ok"]:
                raise UnansweredError(f"Telegram refuses {method} (status {answer.status_code}).")
            return Answer(values["result"], _date(answer.headers.get("date", "")))
        except httpx.HTTPError as error:
            raise UnansweredError(f"Telegram cannot be reached ({type(error).__name__}).") from None
        except (ValueError, KeyError, TypeError):
            raise UnansweredError(f"What answers {method} is not Telegram's Bot API.") from None


def me(answer: Answer) -> Iterator[Finding]:
    """Who the bot is, and whether it stays out of groups."""
    bot = answer.result
    yield ok("token", f"Telegram knows the token: it is that of @{bot.get('username', '')}.")
    if bot.get("can_join_groups"):
        remedy = "Tell @BotFather /setjoingroups, Disable. (It leaves groups by itself, and says so there.)"
        yield look("groups", "Anybody can add the bot to a group.", remedy)
    else:
        yield ok("groups", "Nobody can add the bot to a group.")
    if bot.get("can_read_all_group_messages"):
        remedy = "Tell @BotFather /setprivacy, Enable."
        yield wrong("groups", "Telegram hands the bot everything that is written in groups.", remedy)


def profile(api: Api, engine: Engine, settings: Settings) -> Iterator[Finding]:
    """What people see before they write, in each language: /privacy, the emergency number, no old words."""
    old: list[str] = []
    for part in parts(engine):
        where = f"{part.name.replace('_', ' ')} ({part.language or 'all languages'})"
        shown = api.ask(part.reading, **({"language_code": part.language} if part.language else {})).result
        text = shown.get(part.name, "") if isinstance(shown, dict) else shown
        if part.name == "commands":
            names = {str(command.get("command", "")) for command in text if isinstance(command, dict)}
            if not part.language:
                yield _privacy(names)
        elif not any(number in text for number in settings.emergency_numbers):
            yield wrong("emergency number", f"The {where} does not say {settings.emergency_numbers[0]}.", _START)
        if text != part.wanted:
            old.append(where)
    if old:
        yield look("profile", f"Not what the content says: {', '.join(old)}.", _START)
    else:
        yield ok("profile", "Commands and descriptions are those of the content, emergency number included.")


_START: Final = "Start the bot, anew if it runs: it then sets its profile by itself. If that fails, its log says why."


def _privacy(names: set[str]) -> Finding:
    if "privacy" in names:
        return ok("/privacy", "It is among the commands. In @BotFather, set the privacy policy's address too.")
    return wrong("/privacy", "The command is not there; Telegram wants every bot to have it.", _START)


def webhook(answer: Answer, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether Telegram delivers where this bot listens."""
    info = answer.result
    url = str(info.get("url", ""))
    yield _address(url, settings)
    allowed = info.get("allowed_updates")
    if url and allowed is not None and set(allowed) != set(ALLOWED_UPDATES):
        yield look("webhook", "Telegram delivers other kinds of updates than the bot asks for.", "Start it anew.")
    waiting = int(info.get("pending_update_count", 0))
    if waiting > MANY_WAITING:
        yield wrong("waiting", f"{waiting} updates wait: people get no answers.", "Is the bot running? See its log.")
    else:
        yield ok("waiting", f"{waiting} updates wait to be answered.")
    failed = info.get("last_error_date")
    if failed and now.timestamp() - float(failed) < RECENT_SECONDS:
        remedy = "See that the address leads here from outside, and that its certificate is valid."
        yield look(
            "deliveries", f"One failed at {datetime.fromtimestamp(float(failed), UTC):%Y-%m-%d %H:%M} UTC.", remedy
        )


def _address(url: str, settings: Settings) -> Finding:
    host = urlsplit(url).hostname or ""
    if not settings.telegram_webhook_url:
        if url:
            remedy = (
                "Stop the other program, or set TELEGRAM_WEBHOOK_URL if that is meant. `run` takes the webhook away."
            )
            return wrong("webhook", f"Telegram delivers to {host}, but this bot polls and would get nothing.", remedy)
        return ok("webhook", "There is none, as it should be: the bot polls.")
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    set_secret = settings.telegram_webhook_secret
    secret = set_secret.get_secret_value() if set_secret else secret_from(token)
    if url == settings.telegram_webhook_url + path_from(token, secret):
        return ok("webhook", f"Telegram delivers to {host}, with this deployment's secret.")
    if not url:
        return wrong("webhook", "Telegram does not know the webhook.", "Start the bot: it registers it by itself.")
    remedy = "Stop whichever program is not meant, then start this one anew."
    return wrong("webhook", f"Telegram delivers to {host}, by another secret or address than the settings'.", remedy)


def _date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except (TypeError, ValueError):
        return None
