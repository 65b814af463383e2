"""What is wrong with an address that people are to open or write to."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from bot.content.service_schema import LinkType

_SHORTENERS: Final = frozenset(
    {
        "amzn.to",
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "fb.me",
        "goo.gl",
        "is.gd",
        "lnk.bio",
        "lnkd.in",
        "linktr.ee",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "s.id",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "trib.al",
        "v.gd",
    }
)
"""Nobody sees where these lead, and whoever runs them sees who follows."""

_TRACKERS: Final = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|igsh|twclid|ttclid|yclid|vero_id|_hs\w+|s_cid|ref_src"
)

_HOST: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_MAILBOX: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_WHATSAPP: Final = frozenset({"wa.me", "api.whatsapp.com"})


def is_unencrypted(url: str) -> bool:
    """Whether anybody on the way could read along."""
    return url.startswith("http:")


def complaint(url: str, kind: LinkType) -> str | None:
    """Why nobody should be sent there; None where all is well."""
    if not url.isascii() or not url.isprintable():
        return "holds a letter that is none of a to z: it can look like another address"
    if url.startswith("mailto:"):
        return _mail_complaint(url.removeprefix("mailto:"), kind)
    if kind is LinkType.EMAIL:
        return "is of the type email, but no `mailto:` address"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is no address that a browser could open"
    host = parts.netloc
    if parts.username is not None or port is not None:
        return "holds a user or a port before its path: it leads elsewhere than it seems to"
    if not _HOST.fullmatch(host) or host.startswith("xn--") or ".xn--" in host:
        return f"has no proper name of a site: `{host}`"
    if host.removeprefix("www.") in _SHORTENERS:
        return "is a shortened address: nobody sees where it leads"
    if kind is LinkType.WHATSAPP and host not in _WHATSAPP:
        return f"is of the type whatsapp, but leads to {host}"
    if found := next((name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if _tracks(name)), None):
        return f"follows people around: take `{found}` out of it"
    if re.search(r"[\\<>\"{}|^`]|%(?![0-9A-Fa-f]{2})", url) or ".." in parts.path.split("/"):
        return "holds signs that do not belong into an address"
    return None


def _tracks(name: str) -> bool:
    return _TRACKERS.fullmatch(name.lower()) is not None


def _mail_complaint(address: str, kind: LinkType) -> str | None:
    mailbox, _, host = address.rpartition("@")
    if kind is not LinkType.EMAIL:
        return f"is an email address, but of the type {kind}"
    if not _HOST.fullmatch(host) or not _MAILBOX.fullmatch(mailbox) or "?" in address:
        return "is no email address"
    return None
