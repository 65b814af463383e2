"""Reads the request that nearly every delivery is: whole, in one piece, and with nothing unusual in it. No I/O.

A general parser takes as long for it as the engine takes for a screen, because it must be ready for everything. This
one only says yes or no: whatever is unusual in any way, cut in two, doubled, encoded, upgraded, kept waiting or written
loosely, is left to the general parser, which judges it as if nobody had looked before (RFC 9112 and 9110,
https://www.rfc-editor.org/rfc/rfc9112).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_HEAD_END: Final = b"\r\n\r\n"
_FIELDS: Final = re.compile(rb"(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}: ?[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?\r\n)+")
"""Lines of a name and a value of plain printable characters."""

_LENGTH: Final = re.compile(rb"[0-9]{1,7}")
_UNUSUAL: Final = frozenset({b"transfer-encoding", b"expect", b"upgrade", b"te", b"trailer", b"proxy-connection"})
_ONCE: Final = (b"host", b"content-length")


class OrdinaryRequest(NamedTuple):
    """``headers`` have their names in small letters, in the order in which they came."""

    headers: list[tuple[bytes, bytes]]
    body: bytes


def ordinary_request(data: bytes, first_line: bytes, longest_head: int) -> OrdinaryRequest | None:
    """The request that ``data`` is, which begins with ``first_line`` of HTTP/1.1; None if it is not just that."""
    end = data.find(_HEAD_END)
    if not 0 <= end <= longest_head:
        return None
    begin = len(first_line) + 2
    if not _FIELDS.fullmatch(data, begin, end + 2):
        return None
    headers = []
    for line in data[begin:end].split(b"\r\n"):
        name, _, value = line.partition(b":")
        headers.append((name.lower(), value.lstrip()))
    fields = dict(headers)
    names = [name for name, _ in headers]
    if not _UNUSUAL.isdisjoint(fields) or any(names.count(name) != 1 for name in _ONCE):
        return None
    if b"connection" in fields and (names.count(b"connection") > 1 or fields[b"connection"].lower() != b"keep-alive"):
        return None
    length = fields[b"content-length"]
    body = data[end + len(_HEAD_END) :]
    if not _LENGTH.fullmatch(length) or int(length) != len(body):
        return None
    return OrdinaryRequest(headers, body)
