"""The HTTP side: addresses, tokens, faults, and the shape of every answer."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

from aiohttp import web

from tests.standin.faults import Fault, Faults
from tests.standin.journal import FETCHES_MEDIA, Call
from tests.standin.methods import Methods
from tests.standin.parameters import Parameters, read_parameters
from tests.standin.refusals import Json, RefusalError, bad_request
from tests.standin.world import World

BODY_LIMIT = 8 << 20


class Wire:
    """Takes a call apart, lets the faults have their way, and writes everything down."""

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        self._world = world
        self._faults = faults
        self._token = token
        self._running: set[asyncio.Task[web.StreamResponse]] = set()
        self.methods = Methods(world)

    def application(self) -> web.Application:
        application = web.Application(client_max_size=BODY_LIMIT)
        application.router.add_route("*", "/bot{token}/{method}", self._called)
        application.router.add_route("*", "/file/bot{token}/{path:.*}", self._downloaded)
        application.router.add_route("*", "/{path:.*}", self._lost)
        return application

    async def _called(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        if name.lower() == "getupdates":
            return await self._answer(request, "getUpdates")
        # What Telegram has received it does, even if the caller hangs up meanwhile.
        task = asyncio.create_task(self._answer(request, self.methods.name(name)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Lets go of every call that still waits or hangs."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _downloaded(self, request: web.Request) -> web.StreamResponse:
        call = self._begin(f"file/{request.match_info['path']}", {})
        return self._refused(call, RefusalError(404))

    async def _lost(self, request: web.Request) -> web.StreamResponse:
        return self._refused(self._begin(request.path, {}), RefusalError(404))

    def _begin(self, method: str, parameters: Json) -> Call:
        call = Call(method, parameters, self._world.clock.now())
        self._world.journal.calls.append(call)
        return call

    async def _answer(self, request: web.Request, method: str) -> web.StreamResponse:
        call = self._begin(method, {})
        try:
            try:
                call.parameters = await read_parameters(request)
            except RefusalError as refusal:
                return self._refused(call, refusal)
            if not hmac.compare_digest(request.match_info["token"].encode(), self._token.encode()):
                return self._refused(call, RefusalError(401))
            delay, fault = self._faults.take(method)
            await asyncio.sleep(delay)
            if fault is not None:
                return await self._troubled(request, call, fault)
            return await self._done(call)
        except asyncio.CancelledError:
            call.fault = call.fault or "connection lost"
            raise
        finally:
            self._world.bell.ring()

    async def _done(self, call: Call) -> web.Response:
        try:
            result = await self.result(call)
        except RefusalError as refusal:
            return self._refused(call, refusal)
        body = {"ok": True, "result": result}
        call.answered(200, body)
        return web.json_response(body)

    async def result(self, call: Call) -> Any:
        """Carries the call out. Raises RefusalError."""
        given = Parameters(call.parameters)
        if call.method in FETCHES_MEDIA:
            raise bad_request(f"{call.method} touches media, which this bot must never do")
        if call.method == "getUpdates":
            return await self._world.updates.poll(
                offset=given.integer("offset"),
                limit=given.integer("limit", 100),
                seconds=given.integer("timeout"),
                kinds=given.json("allowed_updates"),
            )
        return self.methods.call(call.method, given)

    def carry(self, call: Call) -> None:
        """Carries out a call that came inside the answer to a webhook. Raises RefusalError."""
        call.answered(200, {"ok": True, "result": self.methods.call(call.method, Parameters(call.parameters))})

    def _refused(self, call: Call, refusal: RefusalError) -> web.Response:
        call.cause = refusal.cause
        call.answered(refusal.status, refusal.as_json())
        headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        return web.json_response(refusal.as_json(), status=refusal.status, headers=headers)

    async def _troubled(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        call.fault, call.cause = fault.kind, "fault"
        if fault.kind == "status":
            return self._failed(call, fault)
        if fault.kind == "hang":
            await self._faults.hang()
            return cut(request)
        if fault.kind == "cut_before":
            return cut(request)
        await self._done(call)
        if fault.kind == "cut_after":
            return cut(request)
        return web.Response(text="<html><body>Not what you expected</body></html>", content_type="text/html")

    def _failed(self, call: Call, fault: Fault) -> web.Response:
        text = f"retry after {fault.retry_after}" if fault.retry_after is not None else ""
        refusal = RefusalError(fault.status, text, cause="fault", retry_after=fault.retry_after)
        if fault.status == 502:
            # Telegram's front servers answer for a server that is away, and they do not speak JSON.
            call.answered(502, refusal.as_json())
            return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
        return self._refused(call, refusal)


def cut(request: web.Request) -> web.StreamResponse:
    """Breaks the connection under the caller."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
