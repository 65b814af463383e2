"""The headers of every answer, errors included, and the last net under everything that can fail.

Each line stands for something that was seen to leak otherwise; docs/web-chat.md says what.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOREVER: Final = "public, max-age=31536000, immutable"
"""How long a file is good for whose name changes with what is in it."""

_DENIED: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "display-capture",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "interest-cohort",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)

_NEVER: Final = frozenset({b"set-cookie", b"server", b"etag", b"last-modified", b"report-to", b"nel"})

_log = logging.getLogger(__name__)


def content_security_policy(frame_ancestors: Sequence[str] = ()) -> str:
    """What a page may load and do: nothing from anywhere else, no script or style within the page.

    Pictures come inside the page (``data:``) or not at all, so that no picture can call home.
    """
    ancestors = " ".join(frame_ancestors) or "'none'"
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; "
        f"trusted-types 'none'; frame-ancestors {ancestors}"
    )


def security_headers(frame_ancestors: Sequence[str] = ()) -> dict[str, str]:
    """Name → value of every header that all answers carry. ``frame_ancestors`` are the origins that may embed."""
    headers = {
        "content-security-policy": content_security_policy(frame_ancestors),
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "permissions-policy": ", ".join(f"{feature}=()" for feature in _DENIED),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "x-dns-prefetch-control": "off",
        "x-robots-tag": "noindex, noarchive",
    }
    # It knows no list of sites, so that with one it would forbid what the policy above allows.
    return headers if frame_ancestors else {**headers, "x-frame-options": "DENY"}


class Complete(list[tuple[bytes, bytes]]):
    """Headers of an answer that are all there, these among them: worked out once for the many answers alike."""


def complete(answer: Mapping[str, str], headers: Mapping[str, str]) -> Complete:
    """An answer's own headers, and after them those of `security_headers`."""
    return Complete((name.encode("ascii"), value.encode("ascii")) for name, value in {**headers, **answer}.items())


class Guarded:
    """An application whose every answer carries the headers, and whose failures end in the emergency page.

    An answer's own ``cache-control`` and ``x-robots-tag`` stand; everything else is set here, and what could tell one
    visit from another is taken away. ``page`` is what is sent instead of an answer that failed (status 500).
    """

    def __init__(self, app: ASGIApp, headers: dict[str, str], page: bytes) -> None:
        self._app = app
        self._headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                if type(message["headers"]) is not Complete:
                    message = {**message, "headers": self._complete(message["headers"])}
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            _log.error("A page could not be made: %s", _described(error))  # never its words, which may be a person's
            if begun:
                raise _CutShortError from None
            await self._last_resort(guarded)

    async def _last_resort(self, send: Send) -> None:
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % len(self._page))]
        await send({"type": "http.response.start", "status": 500, "headers": headers})
        await send({"type": "http.response.body", "body": self._page})

    def _complete(self, headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        own = [(name, value) for name, value in headers if name.lower() not in _NEVER]
        said = {name.lower() for name, _ in own}
        return [*own, *(item for item in self._headers if item[0] not in said)]


class _CutShortError(Exception):
    """An answer that failed after it had begun. Says nothing, so that nothing of a person can be in it."""


def _described(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
