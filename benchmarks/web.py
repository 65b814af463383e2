"""The web chat: turns a second against a bare page of the same size, answers' times with 200 people, and memory.

Run with: .venv/bin/python -m benchmarks.web [throughput | memory | memory-presses]

Both servers are the real one, in a process of their own, and are asked by turns (bare, presses, typed, mixed, bare ...)
by the same client, so that whatever else the machine does falls on all of them. Nothing is counted.

Memory is measured over a million turns that go straight into the application, and over another 100,000 through the real
server.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.channels.web.limits import Limits
from bot.dialogue.opening import open_engine
from bot.operations.serving import settle_memory
from tests.channels.web.conftest import ask
from tests.web_server import make_application, serving

SECONDS, ROUNDS, PEOPLE = 2.0, 5, 200
UNLIMITED = Limits(turns_per_second=1e9, turns_in_a_burst=10**9)
FORM = "application/x-www-form-urlencoded"
PRESSES = 7
"""So many of `turns` are presses."""

FIRST, TURNS, OVER_HTTP = 10_000, 1_000_000, 100_000


def chat() -> ASGIApp:
    """The web chat with the shipped content."""
    engine = open_engine(["base"])
    _ = engine.reader  # as every process makes it before it serves
    return make_application(engine, limits=UNLIMITED)


def bare() -> ASGIApp:
    """A Starlette application with one page as long as an answer of the chat."""
    page = b"x" * 8192

    async def give(request: Request) -> Response:
        async for _ in request.stream():
            pass
        return Response(page, media_type="text/html")

    return Starlette(routes=[Route("/chat", give, methods=["POST"])])


def serve(make: Callable[[], ASGIApp], address: multiprocessing.Queue[str]) -> None:
    """Serve until killed."""

    async def run() -> None:
        app = make()
        settle_memory(replaced=False)  # as every process does before it serves
        async with serving(app) as at:
            address.put(at)
            await asyncio.Event().wait()

    asyncio.run(run())


def turns() -> list[bytes]:
    """Ten turns that people make: seven presses and three typed messages."""
    engine = open_engine(["base"])
    from tests.conftest import AFTERNOON

    screen = engine.start(AFTERNOON)
    bodies = []
    for choice in (0, 0, 1, -3, 2, 0, 1):
        token = screen.buttons[min(choice, len(screen.buttons) - 1)].token
        bodies.append(urlencode({"press": token}))
        following = engine.press(token, AFTERNOON)
        screen = following if following.buttons else screen
    here = engine.token(screen.state)
    typed = ("i want to die", "hes threatening to post my nudes", "someone online wants to meet my daughter")
    bodies.extend(urlencode({"words": words, "here": here}) for words in typed)
    return [
        b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-type: %b\r\ncontent-length: %d\r\n\r\n%b"
        % (FORM.encode(), len(body), body.encode())
        for body in bodies
    ]


async def visit(port: int, requests: list[bytes], until: float, times: list[float]) -> None:
    """One person's connection, which asks for the next page as soon as one has come."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(requests[number % len(requests)])
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
        number += 1
    writer.close()


def processor_seconds(pid: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def load(port: int, requests: list[bytes], people: int) -> list[float]:
    """How long each answer took."""
    times: list[float] = []
    until = time.perf_counter() + SECONDS
    await asyncio.gather(*(visit(port, requests, until, times) for _ in range(people)))
    return times


def throughput() -> None:
    """Answers per processor second of each server, and their ratio."""
    context = multiprocessing.get_context("spawn")
    servers = {}
    for name, make in (("bare", bare), ("chat", chat)):
        address: multiprocessing.Queue[str] = context.Queue()
        process = context.Process(target=serve, args=(make, address), daemon=True)
        process.start()
        servers[name] = (process, int(address.get().rsplit(":", 1)[1]))
    made = turns()
    kinds = {
        "bare": ("bare", made[:PRESSES]),
        "presses": ("chat", made[:PRESSES]),
        "typed words": ("chat", made[PRESSES:]),
        "seven presses and three typed": ("chat", made),
    }
    rates: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, (name, requests) in kinds.items():
            process, port = servers[name]
            before = processor_seconds(process.pid or 0)
            times = asyncio.run(load(port, requests, 20))
            rates[kind].append(len(times) / (processor_seconds(process.pid or 0) - before))
    for kind, measured in rates.items():
        ratios = [one / other for one, other in zip(measured, rates["bare"], strict=True)]
        print(
            f"{kind}: {statistics.median(measured):.0f} answers per processor second, "
            f"ratio {statistics.median(ratios):.2f} (rounds: {', '.join(f'{ratio:.2f}' for ratio in ratios)})"
        )
    for kind, (name, requests) in kinds.items():
        times = sorted(asyncio.run(load(servers[name][1], requests, PEOPLE)))
        half, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        print(f"{kind}, {PEOPLE} people at once: half within {half * 1000:.0f} ms, 99 % within {late * 1000:.0f} ms")
    for process, _ in servers.values():
        process.kill()


def resident(pid: int | str = "self") -> float:
    """What a process holds in memory, in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6


async def memory(requests: list[bytes]) -> None:
    """Resident memory after the first turns and after all, straight into the application of this process."""
    app = chat()
    settle_memory(replaced=True)
    bodies = [request.partition(b"\r\n\r\n")[2] for request in requests]
    headers = {"content-type": FORM.encode()}
    for number in range(1, TURNS + 1):
        await ask(app, "POST", b"/chat", headers, bodies[number % len(bodies)])
        if number in {FIRST, TURNS // 10, TURNS}:
            gc.collect()
            print(f"after {number:,} turns: {resident():.1f} MB, {len(gc.get_objects()):,} objects", flush=True)


async def memory_over_http() -> None:
    """The same of a server of its own, asked over the network by 20 people."""
    context = multiprocessing.get_context("spawn")
    address: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=serve, args=(chat, address), daemon=True)
    process.start()
    port, requests, answered = int(address.get().rsplit(":", 1)[1]), turns(), 0
    for aim in (FIRST, OVER_HTTP):
        while answered < aim:
            answered += len(await load(port, requests, 20))
        print(f"over http, after {answered:,} turns: {resident(process.pid or 0):.1f} MB", flush=True)
    process.kill()


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["throughput", "memory"]
    if "throughput" in wanted:
        throughput()
    if "memory" in wanted:
        asyncio.run(memory_over_http())
        asyncio.run(memory(turns()))
    if "memory-presses" in wanted:  # a million turns in a fraction of the time
        asyncio.run(memory(turns()[:PRESSES]))
