"""Reads one HTTP answer out of the pieces in which it comes (RFC 9112). No I/O."""

from __future__ import annotations

from typing import Final

LONGEST_HEAD: Final = 64 * 1024
LONGEST_BODY: Final = 64 * 1024 * 1024
"""Bytes. A hundred of the longest updates have some ten million."""

_HEAD_END: Final = b"\r\n\r\n"
_LONGEST_LINE: Final = 1024
_WITHOUT_BODY: Final = frozenset({204, 304})
_DIGITS: Final = frozenset(b"0123456789")
_HEXADECIMAL: Final = frozenset(b"0123456789abcdefABCDEF")


class BrokenAnswerError(Exception):
    """What came is no HTTP answer, or too long. Says no more, since it may hold anything."""


class AnswerReader:
    """One answer at a time: `begin`, then `feed` until it gives something.

    ``stays_open`` tells whether the connection may be used again.
    """

    __slots__ = ("_body", "_buffer", "_chunked", "_left", "_status", "_tunnel", "stays_open")

    def __init__(self) -> None:
        self.begin()

    def begin(self, *, tunnel: bool = False) -> None:
        """Expect an answer. ``tunnel``: it has no body where it agrees."""
        self._buffer = bytearray()
        self._body = bytearray()
        self._status = 0
        self._left: int | None = None
        self._chunked = False
        self._tunnel = tunnel
        self.stays_open = True

    def feed(self, data: bytes) -> tuple[int, bytes] | None:
        """Take some more; status and body once the answer is whole. Raises `BrokenAnswerError`."""
        self._buffer += data
        while not self._status:
            if not self._read_head():
                return None
        if self._chunked:
            return self._done() if self._read_chunks() else None
        if self._left is None:
            self._take(len(self._buffer))
            return None
        self._take(min(self._left - len(self._body), len(self._buffer)))
        return self._done() if len(self._body) == self._left else None

    def end(self) -> tuple[int, bytes] | None:
        """The connection ends here: the answer, if that is how it ends."""
        if self._status and self._left is None and not self._chunked:
            return self._done()
        return None

    def _done(self) -> tuple[int, bytes]:
        answer = self._status, bytes(self._body)
        if self._buffer or (self._left is None and not self._chunked):
            self.stays_open = False  # something that nobody has asked for, or the end was the answer's end
        self._buffer, self._body, self._status = bytearray(), bytearray(), 0
        return answer

    def _read_head(self) -> bool:
        """The status and what tells how long the body is. False if more must come first."""
        end = self._buffer.find(_HEAD_END)
        if end < 0:
            if len(self._buffer) > LONGEST_HEAD:
                raise BrokenAnswerError
            return False
        first, *lines = bytes(self._buffer[:end]).split(b"\r\n")
        del self._buffer[: end + len(_HEAD_END)]
        version, _, rest = first.partition(b" ")
        status = rest[:3]
        if version not in {b"HTTP/1.1", b"HTTP/1.0"} or len(status) != 3 or not _DIGITS.issuperset(status):
            raise BrokenAnswerError
        if rest[3:4] not in {b"", b" "}:
            raise BrokenAnswerError
        number = int(status)
        if number < 100:
            raise BrokenAnswerError
        if number < 200:
            return True  # only says that the answer is on its way; the loop goes on
        self._read_fields(number, version, lines)
        return True

    def _read_fields(self, status: int, version: bytes, lines: list[bytes]) -> None:
        fields: dict[bytes, bytes] = {}
        for line in lines:
            name, colon, value = line.partition(b":")
            if not colon or name != name.strip():
                raise BrokenAnswerError
            name, value = name.lower(), value.strip()
            if name in fields and name in {b"content-length", b"transfer-encoding"} and fields[name] != value:
                raise BrokenAnswerError  # two lengths: whoever sees another one than us could hide an answer
            fields[name] = value
        connection = fields.get(b"connection", b"").lower()
        self.stays_open = connection == b"keep-alive" if version == b"HTTP/1.0" else b"close" not in connection
        coding = fields.get(b"transfer-encoding", b"").lower()
        length = fields.get(b"content-length")
        if status in _WITHOUT_BODY or (self._tunnel and 200 <= status < 300):
            self._left = 0
        elif coding:
            if coding != b"chunked" or length is not None:
                raise BrokenAnswerError
            self._chunked = True
        elif length is not None:
            if not length or not _DIGITS.issuperset(length) or len(length) > 12 or int(length) > LONGEST_BODY:
                raise BrokenAnswerError
            self._left = int(length)
        self._status = status

    def _read_chunks(self) -> bool:
        """Whether the last chunk has come. ``_left`` is what is missing of the present one, with its line end."""
        while True:
            if self._left is None:
                line = self._line()
                if line is None:
                    return False
                size = line.partition(b";")[0].strip()
                if not size or len(size) > 8 or not _HEXADECIMAL.issuperset(size):
                    raise BrokenAnswerError
                if not int(size, 16):
                    self._left = -1
                    continue
                self._left = int(size, 16)
            if self._left < 0:  # the trailer: lines that end with an empty one
                line = self._line()
                if line is None:
                    return False
                if not line:
                    return True
                continue
            if len(self._buffer) < self._left + 2:
                if self._left + len(self._body) > LONGEST_BODY:
                    raise BrokenAnswerError
                return False
            if self._buffer[self._left : self._left + 2] != b"\r\n":
                raise BrokenAnswerError
            self._take(self._left)
            del self._buffer[:2]
            self._left = None

    def _line(self) -> bytes | None:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            if len(self._buffer) > _LONGEST_LINE:
                raise BrokenAnswerError
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        return line

    def _take(self, count: int) -> None:
        if len(self._body) + count > LONGEST_BODY:
            raise BrokenAnswerError
        self._body += self._buffer[:count]
        del self._buffer[:count]
