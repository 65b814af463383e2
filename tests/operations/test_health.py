"""What a platform is told about a process, and that nothing of it is about people."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from bot import __version__
from bot.channels.telegram.run import TelegramHealth
from bot.operations.health import Health
from bot.operations.serving import Refused, Serving, load_engine
from bot.settings import Settings
from tests.packs import small_pack
from tests.proven import as_if_proven

TODAY = date(2026, 11, 24)
POLLING = TelegramHealth("polling", ready=True, heard_seconds=61.7)


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    settings = Settings(content=(str(as_if_proven(small_pack(tmp_path))),))
    return Serving(load_engine(settings), settings)


def ask(health: Health, path: str) -> tuple[int, dict[str, object]]:
    """Status and report, as a web server would get them."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    asyncio.run(Starlette(routes=health.routes())(scope, receive, send))
    return sent[0]["status"], json.loads(sent[1]["body"])


def test_a_process_that_serves_is_ready_and_says_what_it_serves(serving: Serving) -> None:
    status, report = ask(Health(serving, lambda: TODAY, lambda: POLLING), "/readyz")
    assert status == 200
    assert report == {
        "ready": True,
        "version": __version__,
        "content": serving.engine().content.fingerprint,
        "oldest_number_days": (TODAY - date(2026, 11, 1)).days,
        "telegram": {"mode": "polling", "ready": True, "last_poll_minutes": 1},
    }


def test_the_age_of_the_oldest_number_grows_with_the_days(serving: Serving) -> None:
    days = [TODAY]
    health = Health(serving, lambda: days[0])
    assert ask(health, "/readyz")[1]["oldest_number_days"] == 23
    days[0] += timedelta(days=400)
    assert ask(health, "/readyz")[1]["oldest_number_days"] == 423


@pytest.mark.parametrize(
    "telegram",
    [
        replace(POLLING, ready=False, heard_seconds=None),
        TelegramHealth("webhook", ready=False, heard_seconds=None, webhook="elsewhere"),
    ],
)
def test_without_telegram_it_lives_and_is_not_ready(serving: Serving, telegram: TelegramHealth) -> None:
    health = Health(serving, lambda: TODAY, lambda: telegram)
    assert ask(health, "/healthz") == (200, {"alive": True})
    assert ask(health, "/readyz")[0] == 503


def test_without_content_it_lives_and_is_not_ready(tmp_path: Path) -> None:
    serving = Serving(None, Settings(content=(str(tmp_path),)), problem="flows/menu.yaml:2: what is wrong")
    health = Health(serving, lambda: TODAY)
    assert ask(health, "/healthz")[0] == 200
    status, report = ask(health, "/readyz")
    assert status == 503
    assert report["refused"] == {"content": "", "reason": "flows/menu.yaml:2: what is wrong"}


def test_a_refused_change_is_shown_and_does_not_make_it_unready(serving: Serving) -> None:
    serving.refused = Refused("abc", "flows/menu.yaml:2: what is wrong")
    status, report = ask(Health(serving, lambda: TODAY), "/readyz")
    assert status == 200
    assert report["refused"] == {"content": "abc", "reason": "flows/menu.yaml:2: what is wrong"}


def test_a_process_that_stops_is_not_ready_any_more(serving: Serving) -> None:
    health = Health(serving, lambda: TODAY)
    health.stop()
    status, report = ask(health, "/readyz")
    assert (status, report["stopping"]) == (503, True)


def test_times_are_whole_minutes_so_that_they_do_not_tell_when_somebody_wrote(serving: Serving) -> None:
    delivered = TelegramHealth("webhook", ready=True, heard_seconds=59.9, webhook="here")
    _, report = ask(Health(serving, lambda: TODAY, lambda: delivered), "/readyz")
    assert report["telegram"] == {"mode": "webhook", "ready": True, "last_delivery_minutes": 0, "webhook": "here"}
