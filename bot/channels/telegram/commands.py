"""Commands: what stands after the slash."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_COMMAND = re.compile(
    r"\s*/([a-z0-9_]{1,64})(?:@[a-z0-9_]{1,64})?(?:\s+(.*?))?\s*", re.ASCII | re.IGNORECASE | re.DOTALL
)
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Command:
    """``/name argument``, the name in small letters and without the bot's own name."""

    name: str
    argument: str = field(default="", repr=False)

    @property
    def deep_link(self) -> str:
        """The argument if it can come from a link or a poster, in small letters; empty otherwise."""
        return self.argument.lower() if _DEEP_LINK.fullmatch(self.argument) else ""


def read_command(text: str) -> Command | None:
    """The command that ``text`` is, or None if it is an ordinary message."""
    found = _COMMAND.fullmatch(text)
    return None if found is None else Command(found[1].lower(), found[2] or "")


def is_start(text: str) -> bool:
    """Whether somebody pressed Start, followed a link to the bot, or wrote what these write."""
    command = read_command(text)
    return command is not None and command.name == "start"
