"""Delivery to a webhook: in order within a chat, again and again until the bot says 2xx."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.standin.clock import Bell
from tests.standin.updates import Update, Updates

IGNORED_IN_ANSWERS = ("get", "setwebhook", "deletewebhook", "close", "logout")

Carry = Callable[[str, dict[str, Any]], None]
"""Carries out a call that came inside the bot's answer; nobody learns what became of it."""


class Hook:
    """Runs while the stand-in runs. ``first_pause`` is the wait in seconds after a failure; it doubles each time."""

    def __init__(self, updates: Updates, bell: Bell, carry: Carry) -> None:
        self._updates = updates
        self._bell = bell
        self._carry = carry
        self._busy: dict[str, asyncio.Task[None]] = {}
        self.first_pause = 0.1
        self.longest_pause = 5.0
        self.timeout = 60.0

    async def run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.timeout)) as session:
            try:
                while True:
                    self._start(session)
                    await self._bell.next_ring(within=0.5)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _start(self, session: aiohttp.ClientSession) -> None:
        self._busy = {queue: task for queue, task in self._busy.items() if not task.done()}
        if not self._updates.webhook.url:
            return
        for update in self._updates.pending:
            if len(self._busy) >= self._updates.webhook.max_connections:
                return
            if update.queue not in self._busy:
                task = asyncio.create_task(self._deliver(session, update))
                task.add_done_callback(lambda _: self._bell.ring())
                self._busy[update.queue] = task

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        pause = self.first_pause
        while update in self._updates.pending and self._updates.webhook.url:
            asked_for = 0.0
            try:
                asked_for = await self._post(session, update)
            except (aiohttp.ClientError, TimeoutError) as error:
                self._failed(f"Connection failed: {type(error).__name__}")
            if update in self._updates.pending:
                await asyncio.sleep(asked_for or pause)
                pause = min(2 * pause, self.longest_pause)

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> float:
        """One attempt; the pause in seconds that the bot asked for, or 0."""
        webhook = self._updates.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        [item] = self._updates.deliver([update])
        async with session.post(webhook.url, json=item, headers=headers) as response:
            body = await response.text()
            if not 200 <= response.status < 300:
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                return float(response.headers.get("Retry-After", 0))
        self._updates.confirm(update)
        with contextlib.suppress(ValueError):
            self._answer_inside(json.loads(body or "null"))
        return 0.0

    def _answer_inside(self, answer: Any) -> None:
        if isinstance(answer, dict) and isinstance(answer.get("method"), str):
            method = answer.pop("method")
            if not method.lower().startswith(IGNORED_IN_ANSWERS):
                self._carry(method, answer)

    def _failed(self, text: str) -> None:
        self._updates.note_failure(text)
