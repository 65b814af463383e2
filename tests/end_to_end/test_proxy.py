"""The proxy recipes that deployments copy, with real ones: no trace of a visit, and numbers when the bot is down."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.channels.web.headers import security_headers
from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY
from tests.web_server import make_application, serving

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CADDY = shutil.which("caddy")
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


def nginx(folder: Path, bot: str, port: int) -> tuple[list[str], dict[str, str]]:
    assert NGINX is not None
    return [NGINX, "-p", str(folder), "-c", str(configured(folder, bot, port)), "-g", DIRECTIVES], {}


def caddy(folder: Path, bot: str, port: int) -> tuple[list[str], dict[str, str]]:
    """The recipe as it is, but for the folder of its page; without TLS, because its site is an http address."""
    assert CADDY is not None
    recipe = (REPOSITORY / "deploy" / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    file = folder / "Caddyfile"
    file.write_text(recipe.replace("/var/lib/waypost", str(folder)), encoding="utf-8")
    settings = {
        "SITE": f"http://127.0.0.1:{port}",
        "UPSTREAM": bot.removeprefix("http://"),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    return [CADDY, "run", "--adapter", "caddyfile", "--config", str(file)], settings


RECIPES = [
    pytest.param(
        nginx, marks=pytest.mark.skipif(NGINX is None, reason="needs nginx (on Debian: apt-get install nginx-light)")
    ),
    pytest.param(
        caddy, marks=pytest.mark.skipif(CADDY is None, reason="needs caddy (on Debian: apt-get install caddy)")
    ),
]


@pytest.mark.parametrize("recipe", RECIPES)
async def test_the_recipe_leaves_no_trace_and_shows_the_numbers_when_the_bot_is_down(
    engine: Engine,
    tmp_path: Path,
    port: int,
    recipe: Callable[[Path, str, int], tuple[list[str], dict[str, str]]],
) -> None:
    headers = {"user-agent": CANARY, "x-forwarded-for": CANARY, "forwarded": CANARY, "referer": f"http://{CANARY}/"}
    proxy: asyncio.subprocess.Process | None = None
    seen: list[dict[bytes, bytes]] = []
    inner = make_application(engine)

    async def witnessed(scope: dict[str, object], receive: object, send: object) -> None:
        if scope["type"] == "http":
            seen.append(dict(scope["headers"]))  # type: ignore[call-overload]
        await inner(scope, receive, send)  # type: ignore[arg-type]

    output = tmp_path / "output.log"
    try:
        async with serving(witnessed) as bot:  # type: ignore[arg-type]
            async with httpx.AsyncClient(base_url=bot) as client:
                kept = tmp_path / "emergency.html"
                kept.write_bytes((await client.get("/card")).content)
            command, settings = recipe(tmp_path, bot, port)
            seen.clear()
            with output.open("wb") as written:
                proxy = await asyncio.create_subprocess_exec(
                    *command, env={"PATH": os.environ["PATH"], **settings}, stdout=written, stderr=written
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
                assert "server" not in answer.headers or "/" not in answer.headers["server"]
                assert (await client.get(f"/{CANARY}?{CANARY}")).status_code == 404
                for hidden in ("/healthz", "/readyz", "/metrics"):
                    assert (await client.get(hidden)).status_code == 404
                refused = await client.post("/chat", data={"words": CANARY * 5000})
                assert refused.status_code == 413
                assert 'href="tel:999"' in refused.text
                beyond = await client.post("/chat", data={"words": CANARY * 100_000})
                assert beyond.status_code in {413, 502}, "Caddy may meet the bot's refusal while it is still sending"
                assert 'href="tel:999"' in beyond.text
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
            down = await client.post("/chat", data={"words": CANARY})
            assert down.status_code == 502
            assert 'href="tel:08001111"' in down.text
            assert down.headers["cache-control"] == "no-store"
    finally:
        if proxy is not None:
            proxy.terminate()
            async with asyncio.timeout(10):
                await proxy.wait()
    told = {b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"forwarded", b"referer", b"via"}
    assert not [name for asked in seen for name in asked if name in told]
    assert not [
        value for asked in seen for name, value in asked.items() if name == b"user-agent" and CANARY in str(value)
    ]
    assert_no_trace(tmp_path)


@pytest.mark.skipif(CADDY is None, reason="needs caddy (on Debian: apt-get install caddy)")
def test_caddy_takes_its_file_as_it_is(tmp_path: Path) -> None:
    assert CADDY is not None
    done = subprocess.run(
        [CADDY, "validate", "--adapter", "caddyfile", "--config", REPOSITORY / "deploy" / "proxy" / "Caddyfile"],
        env={"PATH": os.environ["PATH"], "SITE": "chat.example.org", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "not formatted" not in done.stderr


def assert_no_trace(folder: Path) -> None:
    """Nothing that was sent, and nobody's address, stands in any file."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files
    assert not [path for path, body in files.items() if CANARY.encode() in body]
    assert not [path for path, body in files.items() if path.suffix == ".log" and b"127.0.0.1" in body]


async def _answers(client: httpx.AsyncClient) -> None:
    """Wait until the proxy takes connections."""
    async with asyncio.timeout(10):
        while True:
            try:
                await client.get("/card")
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
            else:
                return
