"""One address before several replicas, as a load balancer in a data centre: each delivery goes to one that answers."""

from __future__ import annotations

import contextlib
import random
from collections.abc import AsyncIterator, Collection

import aiohttp
from aiohttp import web

from tests.tools.losing.record import Record

HOST = "127.0.0.1"
_KEPT_HEADERS = frozenset({"content-type", "x-telegram-bot-api-secret-token"})


class Balancer:
    """Hands each delivery to any of ``ports``, and to the next one where nobody listens.

    With ``repeats`` it also hands a delivery on that broke half-way, so that an update may be in work twice at once; a
    balancer that does so is set wrongly, but there are such.
    """

    def __init__(self, ports: Collection[int], record: Record, *, repeats: float = 0.5) -> None:
        self._ports = [*ports]
        self._record = record
        self._repeats = repeats
        self._session: aiohttp.ClientSession | None = None

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Its address, for as long as the block lasts."""
        application = web.Application(client_max_size=1 << 20)
        application.router.add_post("/{path:.*}", self._forward)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            self._session = session
            await runner.setup()
            try:
                await web.TCPSite(runner, HOST, 0).start()
                yield f"http://{HOST}:{runner.addresses[0][1]}"
            finally:
                await runner.cleanup()

    async def _forward(self, request: web.Request) -> web.Response:
        body = await request.read()
        update = int((await request.json())["update_id"])
        headers = {name: value for name, value in request.headers.items() if name.lower() in _KEPT_HEADERS}
        for port in random.sample(self._ports, len(self._ports)):
            delivery = self._record.delivery(update, port)
            try:
                response = await self._post(f"http://{HOST}:{port}{request.path}", body, headers)
            except aiohttp.ClientConnectorError as error:
                delivery.outcome = type(error).__name__
            except (aiohttp.ClientError, TimeoutError) as error:
                delivery.outcome = type(error).__name__
                if random.random() >= self._repeats:
                    break
            else:
                delivery.outcome = str(response.status)
                return response
            finally:
                delivery.ended = self._record.now()
        return web.Response(status=502)

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> web.Response:
        assert self._session is not None
        async with self._session.post(url, data=body, headers=headers) as response:
            kept = {name: value for name, value in response.headers.items() if name.lower() == "retry-after"}
            kind = response.headers.get("Content-Type")
            answer = web.Response(status=response.status, body=await response.read(), headers=kept)
            if kind:
                answer.headers["Content-Type"] = kind
            return answer
