"""Pages, fetched as a polite visitor does: one at a time, named, obeying robots.txt, with every wait and size bounded.

Robots Exclusion Protocol: RFC 9309. A robots.txt that cannot be had because the server fails forbids
everything (2.3.1.4); one that is not there forbids nothing (2.3.1.3).
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from bot import __version__

AGENT: Final = "Waypost-verify"
"""The name in robots.txt that means us."""

MOST_BYTES: Final = 3 * 1024 * 1024
PAGE_SECONDS: Final = 20.0
"""For one page with all its redirects."""

PAUSE_SECONDS: Final = 1.0
"""Between two requests, unless a site asks for more."""

_LONGEST_PAUSE: Final = 30.0
_MOST_REDIRECTS: Final = 5
_ROBOTS_BYTES: Final = 500 * 1024  # RFC 9309, 2.5: at least this much is read
_NOTHING_ALLOWED: Final = ("User-agent: *", "Disallow: /")
_UNPACKED: Final = frozenset({"gzip", "deflate"})
_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN: Final = 4096
_NO_LETTERS: Final = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})
"""What Python has among its encodings and the web has not."""

_READABLE: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})


class NotSeenError(Exception):
    """The page could not be looked at, which says nothing about what stands on it. The text says why."""


class GoneError(Exception):
    """The page is not there any more. The text says how the site put it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page's HTML and the address it was found at in the end."""

    html: str
    address: str


class Fetcher(Protocol):
    """Where pages come from."""

    def fetch(self, address: str) -> Fetched:
        """The page. Raises `NotSeenError` and `GoneError`."""


@dataclass
class PoliteFetcher:
    """Fetches over HTTP. ``contact`` tells a site's operator whom to write to."""

    client: httpx.Client
    contact: str = ""
    pause: float = PAUSE_SECONDS
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _next: float = 0.0

    @property
    def user_agent(self) -> str:
        """How we name ourselves to every site."""
        return (
            f"{AGENT}/{__version__} (holds helpline numbers against their pages{self.contact and f'; {self.contact}'})"
        )

    def fetch(self, address: str) -> Fetched:
        """The page, robots.txt permitting. Raises `NotSeenError` and `GoneError`."""
        until = self.monotonic() + PAGE_SECONDS
        for _ in range(_MOST_REDIRECTS + 1):
            self._permitted(address, until)
            status, headers, body = self._get(address, until, MOST_BYTES)
            if 300 <= status < 400 and headers.get("location"):
                address = _followed(address, headers["location"])
                continue
            _must_be_there(status, address)
            return Fetched(_text(headers, body), address)
        raise NotSeenError(f"{address} sends one on and on.")

    def _permitted(self, address: str, until: float) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise NotSeenError(f"{address} is no web address.")
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._robots.get(site)
        if rules is None:
            rules = self._robots[site] = self._rules(site, until)
        if not rules.can_fetch(AGENT, address):
            raise NotSeenError(f"{site}/robots.txt asks programs not to read this page.")
        asked = rules.crawl_delay(AGENT)
        if asked:
            self._next = max(self._next, self.monotonic() + min(float(asked), _LONGEST_PAUSE) - self.pause)

    def _rules(self, site: str, until: float) -> RobotFileParser:
        rules = RobotFileParser()
        address = f"{site}/robots.txt"
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                status, headers, body = self._get(address, until, _ROBOTS_BYTES)
                if not (300 <= status < 400 and headers.get("location")):
                    break
                address = _followed(address, headers["location"])
        except NotSeenError:
            rules.parse(_NOTHING_ALLOWED)
            raise
        if status >= 500 or status == 429:
            rules.parse(_NOTHING_ALLOWED)
        elif status >= 400:
            rules.parse(())
        else:
            rules.parse(body.decode("utf-8", "replace").splitlines())
        return rules

    def _get(self, address: str, until: float, most: int) -> tuple[int, httpx.Headers, bytes]:
        wait = min(self._next - self.monotonic(), _LONGEST_PAUSE)
        if wait > 0:
            self.sleep(wait)
            until += wait
        try:
            with self.client.stream(
                "GET",
                address,
                headers={
                    "User-Agent": self.user_agent,
                    "Accept": "text/html,text/plain;q=0.5",
                    "Accept-Encoding": ", ".join(sorted(_UNPACKED)),
                },
                timeout=min(10.0, PAGE_SECONDS),
                follow_redirects=False,
            ) as response:
                packed = response.headers.get("content-encoding", "").strip().casefold()
                if packed not in {*_UNPACKED, "", "identity"}:  # also packed twice, which unpacks to a million times
                    raise NotSeenError(f"{address} comes packed in a way that was not asked for ({packed[:40]}).")
                body = bytearray()
                for part in response.iter_bytes():
                    body += part
                    if len(body) > most:
                        raise NotSeenError(f"{address} is larger than {most // 1024:,} KB.")
                    if self.monotonic() > until:
                        raise NotSeenError(f"{address} took longer than {PAGE_SECONDS:.0f} seconds.")
                return response.status_code, response.headers, bytes(body)
        except (httpx.TimeoutException, TimeoutError):
            raise NotSeenError(f"{address} did not answer in time.") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise NotSeenError(f"{address} cannot be reached ({type(error).__name__}).") from None
        finally:
            self._next = self.monotonic() + self.pause


@dataclass(frozen=True)
class StoredPages:
    """Pages in a folder, as ``wget --mirror`` keeps them: ``HOST/PATH``, with ``index.html`` for a folder."""

    folder: Path

    def fetch(self, address: str) -> Fetched:
        """The page. Raises `NotSeenError` where there is no copy."""
        parts = urlsplit(address)
        path = unquote(parts.path).strip("/")
        name = f"{path}?{parts.query}" if parts.query else path
        root = (self.folder / parts.netloc).resolve()
        for candidate in (root / name, root / f"{name}.html", root / path / "index.html"):
            if candidate.is_file() and candidate.resolve().is_relative_to(self.folder.resolve()):
                data = candidate.read_bytes()[: MOST_BYTES + 1]
                if len(data) > MOST_BYTES:
                    raise NotSeenError(f"{candidate} is larger than {MOST_BYTES // 1024:,} KB.")
                return Fetched(decoded(data), address)
        raise NotSeenError(f"{self.folder} holds no copy of {address}.")


def _followed(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:
        raise NotSeenError(f"{address} sends one to an address that makes no sense.") from None


def _must_be_there(status: int, address: str) -> None:
    if status in {404, 410}:
        raise GoneError(f"{address} is not there any more ({status}).")
    if status != 200:
        raise NotSeenError(f"{address} answered with status {status}.")


def _text(headers: httpx.Headers, body: bytes) -> str:
    given = Message()
    given["content-type"] = headers.get("content-type", "")
    kind = given.get_content_type() if headers.get("content-type") else ""
    if kind not in _READABLE:
        raise NotSeenError(f"It is no web page but {kind}.")
    return decoded(body, given.get_content_charset())


def decoded(body: bytes, named: str | None = None) -> str:
    """The letters of a page that says it is written in ``named``, however wrong that is.

    Bytes that make sense as UTF-8 are hardly ever anything else; then what is named counts, in the page before its
    words. A name that is none of a way to write text counts for nothing.
    """
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _DECLARED.search(body[:_DECLARED_WITHIN])
    names = [named or "", declared[1].decode("ascii") if declared else ""]
    first = [name for name in names if name.casefold().startswith(("utf-16", "utf-32"))]
    for name in (*first, "utf-8", *names):
        try:
            if name and name.casefold() not in _NO_LETTERS:
                return body.decode(name)
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1252", "replace")
