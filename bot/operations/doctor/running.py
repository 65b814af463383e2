"""Checks of the bot that runs on this machine, by what it says of itself at `/readyz`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from bot import __version__
from bot.operations.doctor.finding import Finding, look, ok, wrong
from bot.operations.health import READY
from bot.settings import Settings

SECONDS: Final = 5.0
_ABOUT: Final = "running"
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (told, not bound)


def running(settings: Settings, content: str | None, client: httpx.Client) -> Iterator[Finding]:
    """Whether it runs, with these settings and the content of this fingerprint (None: it could not be loaded)."""
    host = _EVERYWHERE.get(settings.host, settings.host)
    where = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    try:
        report = client.get(where + READY, timeout=SECONDS).json()
        ready = isinstance(report, dict) and "ready" in report
    except (httpx.HTTPError, ValueError):
        yield look(
            _ABOUT, f"No bot answers at {where}.", "Start it with `make run`. Runs it elsewhere? Run `doctor` there."
        )
        return
    if not ready:
        yield look(_ABOUT, f"What answers at {where} is another program.", "Set PORT to one that is free.")
        return
    troubles = list(_troubles(report, settings, content))
    yield from troubles or [ok(_ABOUT, f"It runs at {where}, with this content and these settings.")]


def _troubles(report: Mapping[str, Any], settings: Settings, content: str | None) -> Iterator[Finding]:
    if "content" not in report:
        remedy = "Run `python -m bot check`, and mend what it finds; it serves the content as soon as that is proven."
        yield wrong(_ABOUT, "It shows people the emergency card and nothing else.", remedy)
    elif "refused" in report:
        remedy = "Run `python -m bot check`, and mend what it finds. People see the content from before meanwhile."
        yield wrong(_ABOUT, "It does not take up your latest change, because that is not safe.", remedy)
    elif content is not None and report["content"] != content:
        remedy = "Wait a minute if you just changed something. Otherwise end it and start it anew."
        yield look(_ABOUT, "It serves other content than the settings name.", remedy)
    if report.get("version") != __version__:
        yield look(_ABOUT, f"It is version {report.get('version')}, this is {__version__}.", "Start it anew.")
    telegram = report.get("telegram")
    if settings.telegram_bot_token is not None and telegram is None:
        yield wrong(_ABOUT, "It was started without the token, so it is not on Telegram.", "End it and start it anew.")
    elif isinstance(telegram, dict):
        yield from _at_telegram(telegram)


def _at_telegram(telegram: Mapping[str, Any]) -> Iterator[Finding]:
    if telegram.get("another_poller"):
        remedy = (
            "Stop one of them. Is the other one not yours? Then somebody has your token: tell @BotFather /revoke, "
            "put the new one in, start again."
        )
        yield wrong(
            _ABOUT, "Another program uses this bot's token, so people are answered by both or by neither.", remedy
        )
    elif telegram.get("ready") is False:
        remedy = "If it has just started, wait a minute. Otherwise its log says what Telegram answers."
        yield wrong(_ABOUT, "It gets nothing from Telegram, so people there get no answers.", remedy)
