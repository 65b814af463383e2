"""The web chat: turns a second against a bare page of the same size, answers' times with 200 people, and memory.

Run with: .venv/bin/python -m benchmarks.web

Both servers are the real one, in a process of their own, and are asked by turns (bare, chat, bare, chat ...) by the
same client, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from bot.channels.web.limits import Limits
from bot.dialogue.opening import open_engine
from tests.channels.web.conftest import ask
from tests.web_server import make_application, serving

SECONDS, ROUNDS, PEOPLE = 3.0, 4, 200
UNLIMITED = Limits(turns_per_second=1e9, turns_in_a_burst=10**9)
FORM = "application/x-www-form-urlencoded"


def chat() -> ASGIApp:
    """The web chat with the shipped content."""
    return make_application(open_engine(["base"]), limits=UNLIMITED)


def bare() -> ASGIApp:
    """A page as long as an answer of the chat, made by nobody."""
    page = b"x" * 8192

    async def give(request: Request) -> Response:
        async for _ in request.stream():
            pass
        return Response(page, media_type="text/html")

    return Router([Route("/chat", give, methods=["POST"])])


def serve(make: Callable[[], ASGIApp], address: multiprocessing.Queue[str]) -> None:
    """Serve until killed."""

    async def run() -> None:
        async with serving(make()) as at:
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
    requests = turns()
    rates: dict[str, list[float]] = {"bare": [], "chat": []}
    walls: dict[str, list[float]] = {"bare": [], "chat": []}
    for _ in range(ROUNDS):
        for name, (process, port) in servers.items():
            before = processor_seconds(process.pid or 0)
            times = asyncio.run(load(port, requests, 20))
            used = processor_seconds(process.pid or 0) - before
            rates[name].append(len(times) / used)
            walls[name].append(len(times) / SECONDS)
    for name in rates:
        rate, wall = statistics.median(rates[name]), statistics.median(walls[name])
        print(f"{name}: {rate:.0f} answers per processor second, {wall:.0f} a second by the clock")
    ratios = [one / other for one, other in zip(rates["chat"], rates["bare"], strict=True)]
    print(f"ratio: {statistics.median(ratios):.2f} (rounds: {', '.join(f'{ratio:.2f}' for ratio in ratios)})")
    for name, (_, port) in servers.items():
        times = sorted(asyncio.run(load(port, requests, PEOPLE)))
        half, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        print(f"{name}, {PEOPLE} people at once: half within {half * 1000:.0f} ms, 99 % within {late * 1000:.0f} ms")
    for process, _ in servers.values():
        process.kill()


def resident() -> float:
    """What this process holds in memory, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6


async def memory() -> None:
    """Resident memory, and how many objects there are, after 10,000 and after 200,000 turns in this process."""
    app = chat()
    bodies = [request.partition(b"\r\n\r\n")[2] for request in turns()]
    headers = {"content-type": FORM.encode()}
    for number in range(1, 200_001):
        await ask(app, "POST", b"/chat", headers, bodies[number % len(bodies)])
        await asyncio.sleep(
            0
        )  # as in a server, where the loop comes round and lets go of timers that have been cancelled
        if number in {10_000, 50_000, 200_000}:
            gc.collect()
            print(f"after {number:,} turns: {resident():.1f} MB, {len(gc.get_objects()):,} objects")


if __name__ == "__main__":
    throughput()
    asyncio.run(memory())
