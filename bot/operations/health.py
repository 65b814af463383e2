"""What a platform may ask of a process: whether it lives, and whether it can serve people. Nothing about anybody.

Times are told in whole minutes, because the exact moment of the last delivery would tell when somebody wrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot import __version__
from bot.channels.telegram.run import TelegramHealth
from bot.content.model import Content
from bot.content.passport import facts_of
from bot.content.service_schema import Phone, Status
from bot.operations.serving import Serving

ALIVE: Final = "/healthz"
READY: Final = "/readyz"


class Health:
    """Answers for one process. ``telegram`` tells how it stands with Telegram, None where there is none."""

    def __init__(
        self, serving: Serving, today: Callable[[], date], telegram: Callable[[], TelegramHealth] | None = None
    ) -> None:
        self._serving = serving
        self._today = today
        self._telegram = telegram
        self._stopping = False
        self._oldest: tuple[str, date, int | None] | None = None

    def routes(self) -> list[BaseRoute]:
        """Where it lives in a Starlette application."""
        return [Route(ALIVE, self._alive), Route(READY, self._ready)]

    def stop(self) -> None:
        """From now on the process is not ready, so that a platform sends people elsewhere."""
        self._stopping = True

    def report(self) -> dict[str, object]:
        """What `READY` shows."""
        engine = self._serving.live
        telegram = self._telegram() if self._telegram else None
        ready = engine is not None and not self._stopping and (telegram is None or telegram.ready)
        report: dict[str, object] = {"ready": ready, "version": __version__}
        if self._stopping:
            report["stopping"] = True
        if engine is not None:
            report["content"] = engine.content.fingerprint
            report["oldest_number_days"] = self._oldest_days(engine.content)
        if self._serving.refused is not None:
            report["refused"] = {"content": self._serving.refused.content, "reason": self._serving.refused.reason}
        if telegram is not None:
            report["telegram"] = _shown(telegram)
        return report

    async def _alive(self, _: Request) -> Response:
        return _answer({"alive": True}, 200)

    async def _ready(self, _: Request) -> Response:
        report = self.report()
        return _answer(report, 200 if report["ready"] else 503)

    def _oldest_days(self, content: Content) -> int | None:
        today = self._today()
        if self._oldest is None or self._oldest[:2] != (content.fingerprint, today):
            self._oldest = (content.fingerprint, today, oldest_number_days(content, today))
        return self._oldest[2]


def oldest_number_days(content: Content, today: date) -> int | None:
    """How long ago the number was checked whose check is the longest ago; None if there are no numbers."""
    ages = (
        (today - found.fact.assured_date).days
        for service in content.services.values()
        if service.facts.status is Status.ACTIVE
        for found in facts_of(service.id, service.facts)
        if isinstance(found.fact, Phone)
    )
    return max(ages, default=None)


def _shown(telegram: TelegramHealth) -> Mapping[str, object]:
    heard = "last_poll_minutes" if telegram.mode == "polling" else "last_delivery_minutes"
    ago = None if telegram.heard_seconds is None else int(telegram.heard_seconds // 60)
    shown: dict[str, object] = {"mode": telegram.mode, "ready": telegram.ready, heard: ago}
    if telegram.webhook:
        shown["webhook"] = telegram.webhook
    if telegram.rivalled:
        shown["another_poller"] = True
    return shown


def _answer(report: Mapping[str, object], status: int) -> Response:
    return Response(json.dumps(report) + "\n", status, {"cache-control": "no-store"}, "application/json")
