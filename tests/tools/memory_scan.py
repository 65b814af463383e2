"""Canaries that can be told from everything else in a process's memory, and a search for them there.

Reading another process's memory needs the same rights as a debugger, and the bot forbids those to everybody but root.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.standin.canaries import Canaries

_DIGIT_BITS: Final = 30
"""Python keeps large numbers in pieces of so many bits."""

_UPPER_DIGIT: Final = 6809
_BASE: Final = _UPPER_DIGIT << _DIGIT_BITS
_SPREAD: Final = 1 << 26
_WRITTEN: Final = f"{_BASE}"[:5]
_LENGTH: Final = len(f"{_BASE}")
"""The digits that all numbers between ``_BASE`` and ``_BASE + _SPREAD`` begin with."""

_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-32-le")
_PIECE: Final = 1 << 22
_OVERLAP: Final = 64
_SHOWN: Final = 60


class Marks(Canaries):
    """Canaries of one run: every word holds ``mark``, every number is one that this run has given out.

    The mark is made of letters alone, so that it stays whole whatever is made of a word on the way.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mark = "".join(random.choices("bcdfghjklmnpqrstvwxz", k=12))
        self._number = random.randrange(_SPREAD // 2)
        self._first = self._number
        self._words = 0

    def word(self) -> str:
        """One more word with the mark in it."""
        self._words += 1
        return f"{self.mark}-{self._words}"

    def number(self, *, digits: int = 13) -> int:  # noqa: ARG002 (a number that can be found has a length of its own)
        """One more number."""
        self._number += 1
        return _BASE + self._number

    def telephone(self) -> str:
        """A number nobody can have."""
        return f"+{self.number()}"

    def given_out(self, number: int) -> bool:
        """Whether this number was one of this run's."""
        return self._first < number - _BASE <= self._number

    def found_in(self, text: str) -> list[str]:
        """Every place in ``text`` where a canary of this run stands."""
        return [place for place, _ in self.places(text.encode("utf-8", "surrogatepass"))]

    def places(self, memory: bytes) -> Iterator[tuple[str, int]]:
        """Where canaries stand in raw memory: as text in any of Python's encodings, or as a number."""
        for form in (self.mark, self.mark.upper()):
            for encoding in _ENCODINGS:
                for at in _all(memory, form.encode(encoding)):
                    yield _shown(memory, at), at
        for width in (1, 2, 4):  # bytes that a character takes
            gap = bytes(width - 1)
            for at in _all(memory, gap.join(digit.encode() for digit in _WRITTEN)):
                digits = memory[at : at + width * _LENGTH : width]
                if digits.isdigit() and self.given_out(int(digits)):
                    yield _shown(memory, at), at
        for at in _all(memory, struct.pack("<I", _UPPER_DIGIT)):
            if at >= 4 and self.given_out(_BASE | int.from_bytes(memory[at - 4 : at], "little")):
                yield "a number as Python keeps it", at - 4
        for at in _all(memory, struct.pack("<Q", _BASE)[4:]):
            if at >= 4 and self.given_out(int.from_bytes(memory[at - 4 : at + 4], "little")):
                yield "a number as the machine keeps it", at - 4


def _all(memory: bytes, wanted: bytes) -> Iterator[int]:
    """Everywhere that these bytes stand."""
    at = memory.find(wanted)
    while at >= 0:
        yield at
        at = memory.find(wanted, at + 1)


def _shown(memory: bytes, at: int) -> str:
    """The surroundings of a place, for whoever has to find out what holds it."""
    around = memory[max(at - _SHOWN, 0) : at + _SHOWN].replace(b"\x00", b"")
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in around)


def canaries_in_memory(process: int, marks: Marks) -> list[str]:
    """Every canary in the process's readable memory, with what stands around it. Raises PermissionError unless root."""
    found: dict[tuple[int, str], str] = {}
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for start, end, name in _regions(process):
            held = b""
            for at in range(start, end, _PIECE):
                try:
                    memory.seek(at)
                    piece = memory.read(min(_PIECE, end - at))
                except (OSError, ValueError):  # given back meanwhile, or a page that only the kernel reads
                    held = b""
                    continue
                joined = held + piece
                for what, offset in marks.places(joined):
                    place = at - len(held) + offset
                    kind = what if what.startswith("a number as") else "text"
                    found[place, kind] = f"{name or 'memory'} at {place:x}: {what}"
                held = joined[-_OVERLAP:]
    return list(found.values())


def _regions(process: int) -> Iterator[tuple[int, int, str]]:
    """The readable parts of its address space, without program files, which nothing can be written to."""
    for line in Path(f"/proc/{process}/maps").read_text().splitlines():
        parts = line.split(maxsplit=5)
        name = parts[5] if len(parts) > 5 else ""
        unchanged = name.startswith("/") and "w" not in parts[1]
        if parts[1].startswith("r") and not unchanged and name not in {"[vvar]", "[vsyscall]"}:
            start, _, end = parts[0].partition("-")
            yield int(start, 16), int(end, 16), name
