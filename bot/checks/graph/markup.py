"""Elements and text for SVG and HTML. Every word and every value is escaped here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that may not stand in an XML document, however they are written."""

_EMPTY: Final = frozenset({"input", "meta"})


class Markup(str):
    """Text that is markup already. Made only by `words` and `element`, and from this package's own files."""

    __slots__ = ()


NOTHING: Final = Markup("")


def words(text: str) -> Markup:
    """Somebody's words as text that can be nothing but text."""
    return Markup(escape(_NO_XML.sub("\ufffd", text), quote=True))


def joined(parts: Iterable[Markup]) -> Markup:
    """Several pieces one after the other."""
    return Markup("".join(parts))


def element(name: str, /, *inside: str, **attributes: str | float | bool | None) -> Markup:
    """An element. What is inside is escaped unless it is `Markup`; so is every attribute.

    Attributes that are Python words or hold a hyphen are written ``class_`` and ``aria_label``. False and None leave
    an attribute out, True gives it its own name as value (right in XML and HTML alike).
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    body = "".join(part if isinstance(part, Markup) else words(part) for part in inside)
    return Markup(f"<{name}{written}>" if name in _EMPTY else f"<{name}{written}>{body}</{name}>")


def _attribute(key: str, value: str | float | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if value is True:
        return f' {name}="{name}"'
    shown = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
    return f' {name}="{words(shown)}"'
