"""The smallest bots that talk to the stand-in, for the stand-in's own tests."""

from __future__ import annotations

from typing import Any

import aiohttp
import telegram

from tests.standin.people import Person
from tests.standin.server import StandIn

QUIET = {"is_disabled": True}
"""Link preview options as every message needs them."""


class TinyBot:
    """The smallest bot that is any use: a menu, a page behind each button, and an echo of nothing."""

    def __init__(self, standin: StandIn, session: aiohttp.ClientSession) -> None:
        self.base = f"{standin.url}/bot{standin.token}"
        self._session = session

    async def call(self, method: str, **parameters: Any) -> Any:
        """The whole answer of one call, whatever its status."""
        async with self._session.post(f"{self.base}/{method}", json=parameters) as response:
            return await response.json()

    async def say(self, person: Person, text: str = "Hello", **parameters: Any) -> Any:
        answer = await self.call("sendMessage", chat_id=person.id, text=text, link_preview_options=QUIET, **parameters)
        return answer["result"] if answer["ok"] else answer["description"]

    async def edit(self, person: Person, message_id: int, text: str, **parameters: Any) -> Any:
        answer = await self.call(
            "editMessageText",
            chat_id=person.id,
            message_id=message_id,
            text=text,
            link_preview_options=QUIET,
            **parameters,
        )
        return answer["result"] if answer["ok"] else answer["description"]

    async def run(self) -> None:
        offset = 0
        while True:
            answer = await self.call("getUpdates", offset=offset, timeout=10)
            for update in answer.get("result", []):
                offset = update["update_id"] + 1
                await self.handle(update)

    async def handle(self, update: dict[str, Any]) -> None:
        if "message" in update:
            await self.call(
                "sendMessage",
                chat_id=update["message"]["chat"]["id"],
                text="<b>What is going on?</b>",
                parse_mode="HTML",
                link_preview_options=QUIET,
                reply_markup=keyboard("Get help now", "Leave"),
            )
        if "callback_query" in update:
            query = update["callback_query"]
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="One moment")
            place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
            await self.call("editMessageText", **place, text=f"Page of {query['data']}", link_preview_options=QUIET)


def keyboard(*labels: str, **fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"to {label}", **fields}] for label in labels]}


def ptb(standin: StandIn) -> telegram.Bot:
    return telegram.Bot(standin.token, base_url=f"{standin.url}/bot", base_file_url=f"{standin.url}/file/bot")
