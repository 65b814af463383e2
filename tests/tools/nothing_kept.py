"""Conversations over all channels, and then a search for anything that is left of them. Best run as root.

    .venv/bin/python -m tests.tools.nothing_kept [CONVERSATIONS]

Half of them go by polling and half by webhook, each half as many over Telegram as over the web chat; a few more go
through the terminal. Every name, user name, id, header, typed word and forged field holds a canary, lines break and
Telegram refuses now and then. Afterwards none may stand in the output (at DEBUG), in a file, in figures or health, or,
half a minute later, anywhere in the memory of the process. With strace, every file opened for writing and every
connection is seen as well: there may be none but the one counters file, and none but to Telegram.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from tests.end_to_end.process import free_port
from tests.packs import REPOSITORY
from tests.proven import proven_base
from tests.standin import Person, StandIn
from tests.tools.memory_scan import Marks, canaries_in_memory
from tests.tools.traced import STRACE, taken, traced_bot, watched_into, written_in

CONVERSATIONS: Final = 10_000
WAIT_SECONDS: Final = 45.0
"""How long after the last message the process is searched for the last time."""

TOGETHER: Final = 30
"""Conversations at once on each channel; more would meet the limit on turns at once, and be refused."""

COUNTERS: Final = "counters.json"
_LOOK_SECONDS: Final = 3.0
_TERMINAL_LINES: Final = 20
_LONG_WAIT: Final = 90.0


@dataclass
class Left:
    """What was found after one part of the run; everything but the figures has to be empty or zero."""

    mode: str
    conversations: int = 0
    unanswered: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    memory: list[str] = field(default_factory=list)
    searched: bool = False
    """Whether the memory could be searched, and the search found a canary while one was there."""
    seconds: float = 0.0
    """From the last message until nothing was left in memory."""

    @property
    def bad(self) -> list[str]:
        """Every finding, with where it was."""
        parts = ("unanswered", "output", "files", "reports", "written", "connected", "memory")
        return [f"{self.mode}, {part}: {found}" for part in parts for found in getattr(self, part)]

    def line(self) -> str:
        memory = f"{len(self.memory)} in memory" if self.searched else "memory not searched (needs root)"
        if self.searched and not self.memory:
            memory += f" {self.seconds:.0f} s after the last message"
        traced = f"{len(self.written)} other files written, {len(self.connected)} other connections"
        return (
            f"{self.mode}: {self.conversations} conversations, {len(self.unanswered)} unanswered; canaries: "
            f"{len(self.output)} in the output, {len(self.files)} in files, {len(self.reports)} in figures and health, "
            f"{memory}; {traced if STRACE else 'files and connections not traced (needs strace)'}"
        )


async def by_mode(mode: str, conversations: int, wait: float, *, at_least: float = 0.0) -> Left:
    """One process and its conversations, by ``polling`` or ``webhook``. Searched for up to ``wait`` seconds after."""
    left = Left(mode, conversations)
    marks = Marks()
    with tempfile.TemporaryDirectory(prefix="waypost-nothing-kept-") as kept:
        folder = Path(kept) / "run"
        folder.mkdir()
        port, figures = free_port(), free_port()
        address = f"http://127.0.0.1:{port}"
        async with StandIn() as telegram:
            telegram._world.canaries = marks
            settings = {
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_BASE_URL": telegram.url,
                "PORT": str(port),
                "METRICS_PORT": str(figures),
                "IMPACT_FILE": str(folder / COUNTERS),
            }
            if mode == "webhook":
                settings["TELEGRAM_WEBHOOK_URL"] = address
            async with traced_bot(folder, **settings) as bot:
                first = "setWebhook" if mode == "webhook" else "getUpdates"
                assert await telegram.reaches(lambda: bool(telegram.calls(first)), within=30)
                left.searched = await _search_works(bot.pid, marks, address)
                await _converse(telegram, marks, address, conversations, left)
                await _reports(left, marks, telegram.token, address, f"http://127.0.0.1:{figures}")
                if left.searched:
                    await _search(left, marks, bot.pid, wait, at_least)
            hidden = [telegram.token, telegram.token.partition(":")[2], telegram.updates.webhook.secret]
            output = bot.output.decode(errors="replace")
            left.output = marks.found_in(output) + [f"a secret: {one[:3]}…" for one in hidden if one and one in output]
            left.files = _in_files(folder, marks)
            left.written = [path for path in bot.written() if COUNTERS not in path]
            left.connected = sorted(bot.connected() - {f"127.0.0.1:{telegram.port}"})
    return left


async def _search_works(process: int, marks: Marks, address: str) -> bool:
    """Whether a search finds a canary that is in the process for sure, in a request that is not yet whole."""
    parts = urlsplit(address)
    _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"POST /chat HTTP/1.1\r\nhost: x\r\nx-canary: {marks.word()}\r\n".encode())
    await writer.drain()
    await asyncio.sleep(0.3)
    try:
        return bool(canaries_in_memory(process, marks))
    except OSError:  # not root, or not Linux
        return False
    finally:
        writer.close()


async def _search(left: Left, marks: Marks, process: int, wait: float, at_least: float) -> None:
    begun = time.monotonic()
    while True:
        left.seconds = time.monotonic() - begun
        left.memory = await asyncio.to_thread(canaries_in_memory, process, marks)
        if (not left.memory and left.seconds >= at_least) or left.seconds >= wait:
            return
        await asyncio.sleep(_LOOK_SECONDS)


async def _reports(left: Left, marks: Marks, token: str, *addresses: str) -> None:
    async with aiohttp.ClientSession() as session:
        for address in addresses:
            for path in ("/healthz", "/readyz", "/metrics"):
                async with session.get(address + path) as answer:
                    shown = await answer.text() + repr(answer.headers)
                left.reports += marks.found_in(shown) + ([f"the token at {path}"] if token in shown else [])


def _in_files(folder: Path, marks: Marks) -> list[str]:
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            found += [f"{path.name}: {place}" for place, _ in marks.places(path.read_bytes())]
            found += [f"{path.name} was written"] if COUNTERS not in path.name else []
        found += [f"the name of {path.name}"] if marks.found_in(path.name) else []
    return found


# --- conversations


async def _converse(telegram: StandIn, marks: Marks, address: str, conversations: int, left: Left) -> None:
    waiting = iter(range(conversations))
    connector = aiohttp.TCPConnector(limit=TOGETHER)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=_LONG_WAIT)) as session:

        async def talk(over_telegram: bool) -> None:
            for number in waiting:
                try:
                    if over_telegram:
                        await _over_telegram(telegram, marks, number)
                    else:
                        await _over_the_web(session, marks, address, number)
                except (AssertionError, aiohttp.ClientError, TimeoutError) as error:
                    channel = "Telegram" if over_telegram else "web"
                    left.unanswered.append(f"{channel} {number}: {type(error).__name__} {error}"[:400])

        half = conversations // 2
        waiting = iter(range(half))
        over_telegram = [talk(True) for _ in range(TOGETHER)]
        await asyncio.gather(*over_telegram)
        waiting = iter(range(half, conversations))
        await asyncio.gather(*(talk(False) for _ in range(TOGETHER // 3)))


async def _over_telegram(telegram: StandIn, marks: Marks, number: int) -> None:
    """Types, presses, forges and sends; now and then the line or Telegram itself gives trouble."""
    person = telegram.person()
    await person.types(f"my name is {marks.word()}, he wants money, my number is {marks.number()}")
    await person.sees(within=_LONG_WAIT)
    _trouble(telegram, marks, number)
    await person.presses("Get help now")
    await _answered(person, "999")
    await person.forges(marks.word())
    await person.sees(within=_LONG_WAIT)
    if number % 9 == 1:
        await person.sends("contact")
        await person.sees(within=_LONG_WAIT)
        await person.sends("photo", caption=f"this is {marks.word()}")
        await person.sees(within=_LONG_WAIT)


def _trouble(telegram: StandIn, marks: Marks, number: int) -> None:
    faults = telegram.faults
    match number % 40:
        case 3:
            telegram.poisons({"message": {"message_id": marks.word(), "chat": {"id": [marks.number()]}, "date": []}})
        case 8:
            faults.fails("editMessageText", 400)
        case 13:
            faults.fails("*", 502)
        case 18:
            faults.cuts_before("editMessageText")
        case 23:
            faults.cuts_after("answerCallbackQuery")
        case 28:
            faults.garbles("editMessageText")
        case 33:
            faults.floods("editMessageText", 1)
        case 38:
            telegram.poisons([marks.word(), {marks.word(): marks.number()}])


async def _answered(person: Person, words: str) -> None:
    """Wait until the newest menu holds these words, however it came to the screen."""
    async with asyncio.timeout(_LONG_WAIT):
        while not any(words in seen.text for seen in person.answers):  # noqa: ASYNC110 (an edit may come twice or late)
            await asyncio.sleep(0.05)


async def _over_the_web(session: aiohttp.ClientSession, marks: Marks, address: str, number: int) -> None:
    word = marks.word()
    headers = {
        "user-agent": f"Mozilla/5.0 {word}",
        "x-forwarded-for": word,
        "forwarded": f"for={marks.number()}",
        "referer": f"https://{word}.example/",
        "cookie": f"session={word}",
        "accept-language": f"en, {word}",
    }
    forms: list[tuple[dict[str, str], str]] = [
        ({"words": f"my name is {word} and he wants money, ring {marks.number()}", "here": marks.word()}, "999"),
        ({"press": marks.word()}, "999"),
        ({"traces": word, "here": word}, ""),
        ({word: word, "press": ""}, ""),
    ]
    for fields, wanted in forms:
        async with session.post(f"{address}/chat", data=fields, headers=headers) as answer:
            page = await answer.text()
            assert answer.status == 200, f"status {answer.status}"
            assert wanted in page, "a page without the numbers"
            assert marks.mark not in page, "a page that repeats what was sent"
    match number % 8:
        case 1:
            async with session.get(f"{address}/{word}?{word}={word}", headers=headers) as answer:
                assert answer.status == 404, f"status {answer.status}"
        case 2:
            async with session.post(f"{address}/chat", json={"words": word}, headers=headers) as answer:
                assert answer.status == 415, f"status {answer.status}"
        case 3:
            await _broken(address, f"POST /chat HTTP/1.1\r\nhost: x\r\nx-for: {word}\r\n")
        case 4:
            kind = "content-type: application/x-www-form-urlencoded\r\ncontent-length: 900"
            await _broken(address, f"POST /chat HTTP/1.1\r\nhost: x\r\n{kind}\r\n\r\nwords={word}")
        case 5:
            await _broken(address, f"{word}\r\n\r\n")
        case 6:
            with contextlib.suppress(aiohttp.ClientError):  # closed while it is still being written to
                async with session.post(f"{address}/chat", data={"words": word * 4000}, headers=headers) as answer:
                    assert answer.status == 413, f"status {answer.status}"


async def _broken(address: str, sent: str) -> None:
    """A connection that ends in the middle."""
    parts = urlsplit(address)
    _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(sent.encode())
    with contextlib.suppress(OSError):
        await writer.drain()
        await asyncio.sleep(0.02)
    writer.transport.abort()


async def by_terminal(conversations: int) -> Left:
    """Conversations through a pipe; the process ends with each, so there is no memory to search."""
    left = Left("terminal", conversations)
    marks = Marks()
    for _ in range(conversations):
        with tempfile.TemporaryDirectory(prefix="waypost-nothing-kept-") as folder:
            environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "HOME": folder, "TMPDIR": folder}
            environment |= {"PYTHONDONTWRITEBYTECODE": "1", "CONTENT": str(proven_base()), "LOG_LEVEL": "DEBUG"}
            trace_file = Path(f"{folder}.trace")
            process = await asyncio.create_subprocess_exec(
                *watched_into(trace_file),
                *(sys.executable, "-m", "bot", "chat"),
                cwd=folder,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            lines = [
                f"my name is {marks.word()} and he wants money {marks.number()}\n1" for _ in range(_TERMINAL_LINES)
            ]
            output, _ = await process.communicate("\n".join([*lines, "", ""]).encode() + b"\xff\n")
            left.output += marks.found_in(output.decode(errors="replace"))
            left.files += _in_files(Path(folder), marks)
            left.written += written_in(taken(trace_file))
            if b"999" not in output or process.returncode != 0:
                left.unanswered.append(f"status {process.returncode}")
    return left


async def run(conversations: int, wait: float = WAIT_SECONDS) -> list[Left]:
    """All channels, both ways to Telegram."""
    parts = []
    for mode in ("polling", "webhook"):
        parts.append(await by_mode(mode, conversations // 2, wait, at_least=30.0))
        print(parts[-1].line(), flush=True)
    parts.append(await by_terminal(max(2, conversations // 1000)))
    print(parts[-1].line().partition(", memory")[0], flush=True)
    return parts


def main() -> int:
    conversations = int(sys.argv[1]) if len(sys.argv) > 1 else CONVERSATIONS
    begun = time.monotonic()
    bad = [line for left in asyncio.run(run(conversations)) for line in left.bad]
    for line in bad[:40]:
        print(line)
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
