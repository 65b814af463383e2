"""The socket that a process listens on, taken before anything else is done."""

from __future__ import annotations

import socket
from typing import Final

WAITING: Final = 2048
"""Connections that the system holds until they are taken on."""


class PortTakenError(Exception):
    """The address to listen on cannot be had. The text says what to do."""


def listen(host: str, port: int, *, setting: str = "PORT") -> socket.socket:
    """A socket that listens at this address. Raises `PortTakenError`, which names the ``setting`` to change."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(WAITING)  # so that whoever comes before the first process is ready waits, and is served
            listening.setblocking(False)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise PortTakenError(
            f"Nothing can be served at {host}, port {port}: {error.strerror or type(error).__name__}. Stop what uses "
            f"it, or set {setting} to another number."
        ) from None
    return listening
