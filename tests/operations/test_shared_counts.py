"""Replicas count floods together, in a server that never learns who anybody is, and go on without it."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from valkey import Valkey

from bot.channels.limits import MOST
from bot.operations.shared_counts import EXPIRY_SECONDS, SharedFlood
from tests.end_to_end.process import free_port

SERVER = shutil.which("valkey-server") or shutil.which("redis-server")
TOKEN = "123456789:AAF-canary_canary_canary_canary_cana"
WHO = b"7310000000042"

needs_server = pytest.mark.skipif(SERVER is None, reason="needs valkey-server or redis-server")


@contextmanager
def server(folder: Path, port: int) -> Iterator[Any]:
    """A server in memory alone, on this port."""
    process = subprocess.Popen(
        [SERVER or "", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    client: Any = Valkey(port=port)
    try:
        for _ in range(500):
            try:
                client.ping()
                break
            except Exception:
                time.sleep(0.01)
        yield client
    finally:
        client.close()
        process.terminate()
        process.wait()


@pytest.fixture
def port() -> int:
    return free_port()


async def reached(flood: SharedFlood, *, reachable: bool = True, within: float = 10.0) -> None:
    async with asyncio.timeout(within):
        while flood.reachable is not reachable:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@needs_server
async def test_what_one_replica_does_not_see_alone_several_see_together(tmp_path: Path, port: int) -> None:
    wall = [1_800_000_003.0]  # early in a window, so that the test does not cross into the next
    with server(tmp_path, port):
        replicas = [SharedFlood(f"valkey://127.0.0.1:{port}", TOKEN, wall=lambda: wall[0]) for _ in range(3)]
        tasks = [asyncio.create_task(replica.share()) for replica in replicas]
        for replica in replicas:
            await reached(replica)
        for _ in range(MOST // 2):
            assert not any(replica.hit(WHO).slowed for replica in replicas)
        await asyncio.sleep(0.8)
        for replica in replicas:
            replica.hit(WHO)
        await asyncio.sleep(0.8)
        assert all(replica.hit(WHO).slowed for replica in replicas)
        assert not any(replica.hit(b"somebody else").slowed for replica in replicas)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@needs_server
async def test_the_server_holds_no_id_and_forgets_within_half_a_minute(tmp_path: Path, port: int) -> None:
    with server(tmp_path, port) as client:
        flood = SharedFlood(f"valkey://127.0.0.1:{port}", TOKEN)
        task = asyncio.create_task(flood.share())
        await reached(flood)
        flood.hit(WHO)
        async with asyncio.timeout(20):
            while not (names := client.keys("*")):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        for name in names:
            assert WHO not in name
            assert 0 < client.ttl(name) <= EXPIRY_SECONDS <= 30
            assert set(client.get(name)) <= set(b"0123456789")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_without_the_server_each_counts_by_itself(port: int) -> None:
    flood = SharedFlood(f"valkey://127.0.0.1:{port}", TOKEN)
    task = asyncio.create_task(flood.share())
    await asyncio.sleep(0.6)
    verdicts = [flood.hit(WHO).slowed for _ in range(MOST + 1)]
    assert not any(verdicts[:MOST])
    assert verdicts[MOST]
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@needs_server
async def test_a_server_that_goes_away_and_comes_back_is_used_again(
    tmp_path: Path, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    flood = SharedFlood(f"valkey://127.0.0.1:{port}", TOKEN)
    task = asyncio.create_task(flood.share())
    with server(tmp_path, port):
        await reached(flood)
    flood.hit(WHO)
    await reached(flood, reachable=False)
    assert not task.done()
    with server(tmp_path, port):
        await reached(flood, within=20)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert "counted here alone" in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_names_change_with_every_minute() -> None:
    wall = [1_800_000_000.0]
    flood = SharedFlood("valkey://127.0.0.1", TOKEN, wall=lambda: wall[0])
    first = flood._name(WHO)
    assert first == flood._name(WHO)
    wall[0] += 60
    assert flood._name(WHO) != first


@pytest.mark.parametrize("said", [b"+OK\r\n", b"$-1\r\n", b":abc\r\n", b"*2\r\n:1\r\n:2\r\n", b"$2\r\n\xff\xfe\r\n"])
async def test_a_stranger_in_the_servers_place_ends_nothing(said: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65536):
            writer.write(said * 8)
            with contextlib.suppress(OSError):
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    flood = SharedFlood(f"redis://127.0.0.1:{port}/0", "secret")
    sharing = asyncio.create_task(flood.share())
    for _ in range(4):
        assert not flood.hit(b"somebody").slowed
        await asyncio.sleep(0.15)
    assert not sharing.done()
    sharing.cancel()
    await asyncio.gather(sharing, return_exceptions=True)
    server.close()
