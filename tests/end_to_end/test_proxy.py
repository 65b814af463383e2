"""The proxy recipes, with real proxies: the same headers, no trace of a visit, and numbers when the bot is down."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.headers import security_headers
from bot.dialogue.engine import Engine
from tests.proxies import PROXIES, RECIPES, Proxy, proxied
from tests.web_server import make_application, serving

CANARY = "canaryzebraquartz"
NEVER = ("set-cookie", "etag", "last-modified", "report-to", "nel", "via", "x-powered-by", "alt-used", "alt-svc")
ADDRESSES = {b"x-forwarded-for", b"x-real-ip", b"forwarded", b"via"}
SITES = ("https:",)
"""Who may show a proxy's own emergency page in a frame: see the recipes."""


class Witnessed:
    """An application that remembers what a proxy told it."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner
        self.seen: list[dict[bytes, bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.seen.append(dict(scope["headers"]))
        await self._inner(scope, receive, send)


def assert_headers(answer: httpx.Response, kind: str, expected: dict[str, str]) -> None:
    """The proxy neither drops a header nor adds it twice, and adds none that could tell one visit from another."""
    for name, value in {**expected, "strict-transport-security": "max-age=31536000"}.items():
        assert answer.headers.get_list(name) == [value], name
    assert not [name for name in NEVER if name in answer.headers]
    # nginx as it comes cannot be told to leave out its name; its version it does not say.
    assert answer.headers.get_list("server") == (["nginx"] if kind == "nginx" else [])


@pytest.mark.parametrize("kind", PROXIES)
async def test_the_recipe_leaves_no_trace_and_shows_the_numbers_when_the_bot_is_down(
    engine: Engine, tmp_path: Path, kind: str
) -> None:
    app = Witnessed(make_application(engine))
    marked = {"user-agent": CANARY, "x-forwarded-for": CANARY, "referer": f"http://{CANARY}/"}
    async with serving(app) as bot, proxied(kind, tmp_path, bot) as proxy, proxy.client(**marked) as client:
        await assert_the_bot_is_seen_through(client, kind)
    assert app.seen
    assert not [name for asked in app.seen for name in asked if name in ADDRESSES]
    assert not [asked for asked in app.seen if CANARY.encode() in b"".join(asked.values())]
    assert_no_trace(proxy)


async def assert_the_bot_is_seen_through(client: httpx.AsyncClient, kind: str) -> None:
    first = await client.get("/")
    assert_headers(first, kind, {**security_headers(), "x-robots-tag": "noarchive"})
    answer = await client.post("/chat", data={"words": f"{CANARY} i want to die"})
    assert answer.status_code == 200, "and no redirect"
    assert "Papyrus HOPELINE247" in answer.text
    assert_headers(answer, kind, security_headers())
    lost = await client.get(f"/{CANARY}?{CANARY}")
    assert lost.status_code == 404
    assert_headers(lost, kind, security_headers())
    whole = await client.post("/chat", data={"words": "ж" * 1300})
    assert whole.status_code == 200, "a whole text box of any script fits"
    for much in (CANARY * 5000, CANARY * 100_000):
        refused = await client.post("/chat", data={"words": much})
        assert refused.status_code in {413, 502}, "a proxy may find out only while it passes it on"
        assert 'href="tel:999"' in refused.text
        by_the_proxy = SITES[0] in refused.headers["content-security-policy"]
        assert_headers(refused, kind, security_headers(SITES if by_the_proxy else ()))
    for path in ("/healthz", "/readyz", "/metrics"):
        inside = await client.get(path)
        assert inside.status_code == 404
        assert 'href="tel:999"' in inside.text


@pytest.mark.parametrize("kind", PROXIES)
async def test_when_the_bot_is_down_the_proxy_shows_the_numbers(tmp_path: Path, kind: str) -> None:
    async with proxied(kind, tmp_path, "http://127.0.0.1:9") as proxy, proxy.client() as client:
        for down in (await client.get("/chat"), await client.post("/chat", data={"words": CANARY})):
            assert down.status_code == 502
            assert down.content == (RECIPES / "emergency.html").read_bytes()
            assert down.headers["content-type"] == "text/html; charset=utf-8"
            assert_headers(down, kind, security_headers(SITES))
    assert_no_trace(proxy)


def assert_no_trace(proxy: Proxy) -> None:
    """Nothing that was sent, and nobody's address, stands in any file or in what the proxy said."""
    files = {path: path.read_bytes() for path in proxy.folder.rglob("*") if path.is_file()}
    assert proxy.folder / "said.log" in files
    assert not [path for path, body in files.items() if CANARY.encode() in body]
    assert not [path for path, body in files.items() if path.suffix == ".log" and b"127.0.0.1" in body]
