"""A visitor of the web chat without a browser: real requests to the whole application, in this process."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, MutableMapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from starlette.types import ASGIApp

from bot.dialogue.engine import Engine
from tests.web_server import make_application

BUTTON = re.compile(r'<button name="press" value="([^"]*)" class="(\w+)">([^<]*)</button>')
HERE = re.compile(r'name="here" value="([^"]*)"')


def client_of(app: ASGIApp) -> httpx.AsyncClient:
    """A client whose requests go straight into ``app``."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://test")


@dataclass
class Visitor:
    """Somebody in front of a page, who presses and types as a browser without scripts would send it."""

    client: httpx.AsyncClient
    response: httpx.Response

    @property
    def page(self) -> str:
        return self.response.text

    @property
    def words(self) -> str:
        """What can be read, in one line."""
        return " ".join(unescape(re.sub(r"<!--.*?-->|<[^>]+>", " ", self.page)).split())

    @property
    def buttons(self) -> list[str]:
        return [unescape(label) for _, _, label in BUTTON.findall(self.page)]

    async def presses(self, label: str) -> None:
        token = next(token for token, _, found in BUTTON.findall(self.page) if unescape(found) == label)
        self.response = await self.client.post("/chat", data={"press": token})

    async def types(self, words: str) -> None:
        here = HERE.search(self.page)
        assert here is not None
        self.response = await self.client.post("/chat", data={"here": here[1], "words": words})

    async def asks_what_stays(self) -> None:
        here = HERE.search(self.page)
        assert here is not None
        self.response = await self.client.post("/chat", data={"here": here[1], "traces": "1"})


@dataclass(frozen=True)
class Answer:
    """What the application answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


async def ask(app: ASGIApp, method: str, path: bytes, headers: dict[str, bytes], body: bytes = b"") -> Answer:
    """A request just as it stands, without a client that would tidy it up first."""
    sent: list[MutableMapping[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]
    got: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return sent.pop() if sent else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        got.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode("latin-1"), value) for name, value in headers.items()],
        "client": ("192.0.2.7", 4711),
        "server": ("test", 80),
    }
    await app(scope, receive, send)
    start, *rest = got
    said = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
    return Answer(start["status"], said, b"".join(message.get("body", b"") for message in rest))


@pytest.fixture
def app(engine: Engine) -> ASGIApp:
    """The application with the shipped content on a Tuesday afternoon."""
    return make_application(engine)


async def begun(client: httpx.AsyncClient) -> Visitor:
    """Somebody who has pressed *Begin*."""
    visitor = Visitor(client, await client.get("/chat"))
    await visitor.presses("Begin")
    return visitor


@pytest.fixture
async def client(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


@pytest.fixture
async def visitor(client: httpx.AsyncClient) -> Visitor:
    """Somebody who has just begun."""
    return await begun(client)
