"""A bot that is watched: which files it opens for writing and whom it connects to, as the system itself saw it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.packs import REPOSITORY
from tests.proven import proven_base

STRACE: Final = shutil.which("strace")

ALLOCATOR: Final = {"PYTHONMALLOC": "pymalloc_debug", "MALLOC_PERTURB_": "165"}
"""As in the container: freed memory is written over."""

_WRITES: Final = re.compile(
    r"\b(?:open|openat|openat2)\((?:AT_FDCWD, )?\"([^\"]*)\"[^)]*(?:O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND)"
)
_MAKES: Final = re.compile(r"\b(?:creat|mkdir|mknod|link|symlink|rename|truncate|memfd_create)(?:at|at2)?\(.*")
_CONNECTS: Final = re.compile(r"\bconnect\(\d+, (\{.*?\}), \d+\)")
_PLACE: Final = re.compile(r"sin6?_port=htons\((\d+)\).*?\"([^\"]+)\"")
_CALLS: Final = (
    "open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,link,linkat,symlink,symlinkat,rename,renameat,renameat2,"
    "truncate,memfd_create,connect"
)


@dataclass
class Traced:
    """A running process. ``output`` is all it wrote; ``trace`` what strace saw, empty where there is no strace."""

    process: asyncio.subprocess.Process
    folder: Path
    trace_file: Path
    output: bytearray = field(default_factory=bytearray)
    trace: str = ""

    @property
    def pid(self) -> int:
        """The bot's own number, not that of the program that watches it."""
        if STRACE is None:
            return self.process.pid
        watcher = self.process.pid
        children = Path(f"/proc/{watcher}/task/{watcher}/children").read_text().split()
        return int(children[0])

    async def says(self, pattern: str, *, within: float = 40.0) -> re.Match[str]:
        """Wait until it has written this."""
        async with asyncio.timeout(within):
            while (found := re.search(pattern, self.output.decode())) is None:
                assert self.process.returncode is None, self.output.decode()
                await asyncio.sleep(0.02)
        return found

    def written(self) -> list[str]:
        """Every attempt to write to a file, make one, rename one; not the null device."""
        return written_in(self.trace)

    def connected(self) -> set[str]:
        """Every place it tried to connect to, as ``address:port``, or the system's own words where it is neither."""
        places = set()
        for found in _CONNECTS.finditer(self.trace):
            place = _PLACE.search(found[1])
            places.add(f"{place[2]}:{place[1]}" if place else found[1])
        return places


def watched_into(trace_file: Path) -> list[str]:
    """What stands before a command so that what it opens is written into a file; nothing where there is no strace."""
    return [STRACE, "-f", "-qq", "--seccomp-bpf", "-o", str(trace_file), "-e", f"trace={_CALLS}"] if STRACE else []


def taken(trace_file: Path) -> str:
    """What stands in such a file, which is then gone; empty where there is none."""
    if not trace_file.exists():
        return ""
    trace = trace_file.read_text(errors="replace")
    trace_file.unlink()
    return trace


def written_in(trace: str) -> list[str]:
    """Every attempt to write to a file, make one, rename one; not the null device."""
    opened = [path for path in _WRITES.findall(trace) if path != os.devnull]
    return opened + [found[0] for found in _MAKES.finditer(trace)]


@asynccontextmanager
async def traced_bot(folder: Path, **settings: str) -> AsyncIterator[Traced]:
    """``python -m bot run`` in ``folder``, at DEBUG and with the container's allocator, ended with SIGTERM."""
    trace_file = folder.parent / f"{folder.name}.trace"
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "CONTENT": str(proven_base()),
        "LOG_LEVEL": "DEBUG",
        **ALLOCATOR,
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *watched_into(trace_file),
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    bot = Traced(process, folder, trace_file)
    reading = asyncio.create_task(_collect(process, bot.output))
    try:
        await bot.says(r"The web chat is at http://\S+")
        yield bot
    finally:
        if process.returncode is None:
            os.kill(bot.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(60):
                await process.wait()
        except TimeoutError:
            process.kill()
        await reading
        bot.trace = taken(trace_file)


async def _collect(process: asyncio.subprocess.Process, into: bytearray) -> None:
    assert process.stdout is not None
    while chunk := await process.stdout.read(65536):
        into.extend(chunk)
