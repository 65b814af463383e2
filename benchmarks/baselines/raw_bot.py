"""The floor: aiohttp and json, no framework, no retries, no order, no errors handled.

BOT_API and BOT_TOKEN name the API; with BOT_PORT it takes a webhook there, otherwise it polls. Its polls let Telegram
forget what it has not answered yet, which a crash loses; with BOT_KEEPS set they do so only once it is answered.
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import aiohttp
from aiohttp import web

from benchmarks.baselines.menu import PAGES, keyboard

BASE = f"{os.environ['BOT_API']}/bot{os.environ['BOT_TOKEN']}"
PORT = int(os.environ.get("BOT_PORT", "0"))
KEEPS = "BOT_KEEPS" in os.environ


async def call(session: aiohttp.ClientSession, method: str, **parameters: Any) -> Any:
    data = json.dumps(parameters).encode()
    async with session.post(f"{BASE}/{method}", data=data, headers={"Content-Type": "application/json"}) as response:
        return json.loads(await response.read())


async def handle(session: aiohttp.ClientSession, update: dict[str, Any]) -> dict[str, str] | None:
    """Answer one update; what remains to be said to the press, in a webhook's response."""
    if "callback_query" not in update:
        chat = update["message"]["chat"]["id"]
        await call(session, "sendMessage", chat_id=chat, text=PAGES[0], parse_mode="HTML", reply_markup=keyboard(0))
        return None
    query = update["callback_query"]
    page = int(query["data"])
    place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
    edit = call(session, "editMessageText", **place, text=PAGES[page], parse_mode="HTML", reply_markup=keyboard(page))
    if PORT:
        await edit
        return {"method": "answerCallbackQuery", "callback_query_id": query["id"]}
    await asyncio.gather(edit, call(session, "answerCallbackQuery", callback_query_id=query["id"]))
    return None


async def poll(session: aiohttp.ClientSession) -> None:
    offset = 0
    tasks = set()
    while True:
        answer = await call(session, "getUpdates", offset=offset, timeout=20)
        for update in answer["result"]:
            offset = update["update_id"] + 1
            task = asyncio.create_task(handle(session, update))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


async def poll_and_keep(session: aiohttp.ClientSession) -> None:
    """As `poll`, but nothing is forgotten before it is answered. What comes once more is left alone."""
    newest, work = 0, dict[int, asyncio.Task[object]]()
    while True:
        answer = await call(session, "getUpdates", offset=min(work, default=newest + 1), timeout=20)
        new = [update for update in answer["result"] if update["update_id"] > newest]
        for update in new:
            newest = update["update_id"]
            work[newest] = asyncio.create_task(handle(session, update))
        if not new and work:
            await asyncio.wait(work.values(), return_when=asyncio.FIRST_COMPLETED)
        work = {number: task for number, task in work.items() if not task.done()}


async def serve(session: aiohttp.ClientSession) -> None:
    async def hook(request: web.Request) -> web.Response:
        inside = await handle(session, json.loads(await request.read()))
        return web.json_response(inside) if inside else web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", PORT).start()
    await call(session, "setWebhook", url=f"http://127.0.0.1:{PORT}/hook")
    await asyncio.Event().wait()


async def main() -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await (serve(session) if PORT else poll_and_keep(session) if KEEPS else poll(session))


asyncio.run(main())
