"""The proxy recipes that deployments copy, as real processes with a certificate of their own in front of a real bot."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.packs import REPOSITORY

PROXIES = ("nginx", "caddy")
RECIPES = REPOSITORY / "deploy" / "proxy"
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
_AS_ROOT = "user root;" if os.getuid() == 0 else ""
"""As root, nginx's workers would otherwise be somebody who cannot read a test's folder."""


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs. ``certificate`` is what it shows, ``folder`` everything that it can write into."""

    address: str
    certificate: Path
    folder: Path

    def client(self, **headers: str) -> httpx.AsyncClient:
        """Somebody who trusts the certificate, and comes from outside."""
        trusting = ssl.create_default_context(cafile=str(self.certificate))
        return httpx.AsyncClient(base_url=self.address, headers=headers, verify=trusting)

    @property
    def fingerprint(self) -> str:
        """Of the certificate's key, as Chromium is told to trust it."""
        pem = _openssl("x509", "-in", str(self.certificate), "-noout", "-pubkey")
        key = _openssl("pkey", "-pubin", "-outform", "der", given=pem)
        return base64.b64encode(hashlib.sha256(key).digest()).decode("ascii")


@asynccontextmanager
async def proxied(kind: str, folder: Path, bot: str) -> AsyncIterator[Proxy]:
    """The recipe for this kind of proxy in front of the bot at this address, over https and HTTP/2."""
    program = _program(kind)
    _program("openssl")
    shutil.copy(RECIPES / "emergency.html", folder / "emergency.html")
    certificate, key = folder / "certificate.pem", folder / "certificate.key"
    _openssl(
        *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
        *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        *("-keyout", str(key), "-out", str(certificate)),
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    proxy = Proxy(f"https://localhost:{port}", certificate, folder)
    command: tuple[str, ...]
    if kind == "nginx":
        command = ("-p", str(folder), "-c", str(_nginx(folder, bot, port)), "-g", f"daemon off; {_AS_ROOT}")
    else:
        command = ("run", "--adapter", "caddyfile", "--config", str(_caddy(folder)))
    seen = {"SITE": proxy.address, "UPSTREAM": bot.removeprefix("http://"), "EMERGENCY_FOLDER": str(folder)}
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PATH": _PATH}
    with (folder / "said.log").open("wb") as said:
        running = await asyncio.create_subprocess_exec(program, *command, env={**own, **seen}, stdout=said, stderr=said)
        try:
            await _answers(proxy, running, folder / "said.log")
            yield proxy
        finally:
            if running.returncode is None:
                running.terminate()
            async with asyncio.timeout(60):
                await running.wait()


def _program(name: str) -> str:
    """Where it is. Without it a test is skipped, except where everything has to be tested."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        reason = f"needs {name} (on Debian: apt-get install {'nginx-light' if name == 'nginx' else name})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _nginx(folder: Path, bot: str, port: int) -> Path:
    """The recipe with this test's addresses and folder, and without the way from http."""
    recipe = (RECIPES / "nginx.conf").read_text(encoding="utf-8")
    recipe = recipe.replace("server bot:8080;", f"server {bot.removeprefix('http://')};")
    recipe = re.sub(r"    server \{\n *listen 80;.*?\n    \}\n", "", recipe, flags=re.DOTALL)
    recipe = recipe.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    recipe = re.sub(r"(?<= )/(?:tmp|var/lib/waypost|etc/nginx)\b", str(folder), recipe)
    path = folder / "nginx.conf"
    path.write_text(recipe, encoding="utf-8")
    return path


def _caddy(folder: Path) -> Path:
    """The recipe with this test's certificate, and without the way from http."""
    recipe = (RECIPES / "Caddyfile").read_text(encoding="utf-8")
    recipe = recipe.replace("admin off", "admin off\n\tauto_https disable_redirects")
    recipe = recipe.replace("{$SITE} {", f"{{$SITE}} {{\n\ttls {folder}/certificate.pem {folder}/certificate.key")
    path = folder / "Caddyfile"
    path.write_text(recipe, encoding="utf-8")
    return path


def _openssl(*arguments: str, given: bytes | None = None) -> bytes:
    return subprocess.run(("openssl", *arguments), input=given, check=True, capture_output=True).stdout


def _tail(said: Path) -> str:
    return said.read_text(encoding="utf-8", errors="replace")[-1000:]


async def _answers(proxy: Proxy, running: asyncio.subprocess.Process, said: Path) -> None:
    """Wait until the proxy takes connections."""
    async with asyncio.timeout(60), proxy.client() as client:
        while True:
            assert running.returncode is None, _tail(said)
            try:
                await client.get("/card")
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
            else:
                return
