"""The proxy recipe that deployments copy, with a real nginx: no trace of a visit, and numbers when the bot is down."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
from pathlib import Path

import httpx
import pytest

from bot.channels.web.headers import security_headers
from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY
from tests.web_server import make_application, serving

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CANARY = "canaryzebraquartz"

DIRECTIVES = "daemon off; user root;" if os.getuid() == 0 else "daemon off;"
"""As root, its workers would otherwise be somebody who cannot read this test's folder."""


def configured(folder: Path, bot: str, port: int) -> Path:
    """The recipe with this test's addresses and folder, and without TLS."""
    recipe = (REPOSITORY / "deploy" / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    recipe = recipe.replace("server bot:8080;", f"server {bot.removeprefix('http://')};")
    recipe = recipe.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace("listen 80;", "listen 127.0.0.1:0;")
    recipe = re.sub(r"\n *(?:ssl_certificate|ssl_protocols)[^\n]*", "", recipe)
    recipe = re.sub(r"    server \{\n *listen 127\.0\.0\.1:0;.*?\n    \}\n", "", recipe, flags=re.DOTALL)
    recipe = re.sub(r"(?<= )/(?:tmp|var/lib/waypost)\b", str(folder), recipe)
    path = folder / "nginx.conf"
    path.write_text(recipe, encoding="utf-8")
    return path


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.mark.skipif(NGINX is None, reason="needs nginx (on Debian: apt-get install nginx-light)")
async def test_the_recipe_leaves_no_trace_and_shows_the_numbers_when_the_bot_is_down(
    engine: Engine, tmp_path: Path, port: int
) -> None:
    headers = {"user-agent": CANARY, "x-forwarded-for": CANARY, "referer": f"http://{CANARY}/"}
    proxy: asyncio.subprocess.Process | None = None
    seen: list[dict[bytes, bytes]] = []
    inner = make_application(engine)

    async def witnessed(scope: dict[str, object], receive: object, send: object) -> None:
        if scope["type"] == "http":
            seen.append(dict(scope["headers"]))  # type: ignore[call-overload]
        await inner(scope, receive, send)  # type: ignore[arg-type]

    try:
        async with serving(witnessed) as bot:  # type: ignore[arg-type]
            async with httpx.AsyncClient(base_url=bot) as client:
                kept = tmp_path / "emergency.html"
                kept.write_bytes((await client.get("/card")).content)
            assert NGINX is not None
            proxy = await asyncio.create_subprocess_exec(
                *(NGINX, "-p", str(tmp_path), "-c", str(configured(tmp_path, bot, port))), "-g", DIRECTIVES
            )
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
                await _answers(client)
                answer = await client.post("/chat", data={"words": f"{CANARY} i want to die"})
                assert answer.status_code == 200
                assert "Papyrus HOPELINE247" in answer.text
                for name, value in security_headers().items():
                    assert answer.headers.get_list(name) == [value], (
                        "the proxy neither drops a header nor adds it twice"
                    )
                assert answer.headers["strict-transport-security"] == "max-age=31536000"
                assert (await client.get(f"/{CANARY}?{CANARY}")).status_code == 404
                refused = await client.post("/chat", data={"words": CANARY * 5000})
                assert refused.status_code == 413
                assert 'href="tel:999"' in refused.text
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
            down = await client.post("/chat", data={"words": CANARY})
            assert down.status_code == 502
            assert 'href="tel:08001111"' in down.text
            assert down.headers["cache-control"] == "no-store"
    finally:
        if proxy is not None:
            proxy.terminate()
            async with asyncio.timeout(30):
                await proxy.wait()
    assert not [name for asked in seen for name in asked if name in {b"x-forwarded-for", b"x-real-ip", b"forwarded"}]
    assert_no_trace(tmp_path)


def assert_no_trace(folder: Path) -> None:
    """Nothing that was sent, and nobody's address, stands in any file."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files
    assert not [path for path, body in files.items() if CANARY.encode() in body]
    assert not [path for path, body in files.items() if path.suffix == ".log" and b"127.0.0.1" in body]


async def _answers(client: httpx.AsyncClient) -> None:
    """Wait until the proxy takes connections."""
    async with asyncio.timeout(30):
        while True:
            try:
                await client.get("/card")
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
            else:
                return
