"""A visit is polite and bounded, over real HTTP."""

from __future__ import annotations

import gzip
import itertools
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from bot.operations.verifying import fetching
from bot.operations.verifying.fetching import GoneError, NotSeenError, PoliteFetcher


@dataclass
class Site:
    """A web site of this test: paths with status, headers and body, and who asked for what."""

    address: str
    pages: dict[str, tuple[int, dict[str, str], bytes]]
    visits: list[tuple[str, str, float]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    slow: float = 0.0

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.visits]


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.at_once += 1
            here.most_at_once = max(here.most_at_once, here.at_once)
            here.visits.append((self.path, self.headers.get("User-Agent", ""), time.monotonic()))
            status, headers, body = here.pages.get(self.path, (404, {}, b"not here"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for start in range(0, len(body), 1000):
                    self.wfile.write(body[start : start + 1000])
                    self.wfile.flush()
                    time.sleep(here.slow)
            except OSError:
                pass  # the visitor has had enough
            here.at_once -= 1

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Site(f"http://127.0.0.1:{server.server_port}", {})
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield here
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor() -> Iterator[PoliteFetcher]:
    with httpx.Client() as client:
        yield PoliteFetcher(client, "facts@charity.example", pause=0.0)


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_page_comes_with_our_name_and_whom_to_write_to(site: Site, visitor: PoliteFetcher) -> None:
    site.pages["/a"] = (200, HTML, "<p>é</p>".encode())
    assert visitor.fetch(f"{site.address}/a").html == "<p>é</p>"
    assert all("Waypost-verify/" in agent and "facts@charity.example" in agent for _, agent, _ in site.visits)


def test_robots_txt_is_asked_first_once_and_obeyed(site: Site, visitor: PoliteFetcher) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    site.pages["/a"] = site.pages["/private/b"] = (200, HTML, b"<p>x</p>")
    visitor.fetch(f"{site.address}/a")
    with pytest.raises(NotSeenError, match="robots"):
        visitor.fetch(f"{site.address}/private/b")
    assert site.paths == ["/robots.txt", "/a"]


def test_a_site_can_forbid_us_by_name(site: Site, visitor: PoliteFetcher) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: Waypost-verify\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
    with pytest.raises(NotSeenError):
        visitor.fetch(f"{site.address}/a")


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site, visitor: PoliteFetcher) -> None:
    site.pages["/robots.txt"] = (503, {}, b"")
    site.pages["/a"] = (200, HTML, b"<p>x</p>")
    with pytest.raises(NotSeenError):
        visitor.fetch(f"{site.address}/a")
    assert site.paths == ["/robots.txt"]


def test_one_request_at_a_time_with_a_pause(site: Site) -> None:
    site.pages["/a"] = (200, HTML, b"<p>x</p>")
    with httpx.Client() as client:
        visitor = PoliteFetcher(client, pause=0.05)
        for _ in range(4):
            visitor.fetch(f"{site.address}/a")
    times = [moment for _, _, moment in site.visits]
    assert site.most_at_once == 1
    assert all(later - earlier >= 0.045 for earlier, later in itertools.pairwise(times))


def test_a_longer_pause_that_a_site_asks_for_is_kept(site: Site) -> None:
    slept: list[float] = []
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    site.pages["/a"] = (200, HTML, b"<p>x</p>")
    with httpx.Client() as client:
        visitor = PoliteFetcher(client, pause=0.01, sleep=slept.append)
        visitor.fetch(f"{site.address}/a")
    assert max(slept) > 6.5


def test_a_moved_page_tells_where_it_is_now(site: Site, visitor: PoliteFetcher) -> None:
    site.pages["/old"] = (301, {"Location": "/new"}, b"")
    site.pages["/new"] = (200, HTML, b"<p>here</p>")
    assert visitor.fetch(f"{site.address}/old").address == f"{site.address}/new"


def test_a_page_that_is_not_there_is_gone(site: Site, visitor: PoliteFetcher) -> None:
    with pytest.raises(GoneError, match="404"):
        visitor.fetch(f"{site.address}/nothing")


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (500, HTML, b""),
        (403, HTML, b""),
        (200, {"Content-Type": "application/pdf"}, b"%PDF"),
        (301, {"Location": "/a"}, b""),
        (301, {"Location": "ftp://example.org/"}, b""),
        (301, {"Location": "http://[broken"}, b""),
    ],
    ids=["broken", "forbidden", "no web page", "in a circle", "off the web", "nonsense"],
)
def test_what_cannot_be_seen_says_nothing_about_the_fact(
    site: Site, visitor: PoliteFetcher, status: int, headers: dict[str, str], body: bytes
) -> None:
    site.pages["/a"] = (status, headers, body)
    with pytest.raises(NotSeenError):
        visitor.fetch(f"{site.address}/a")


LETTERS = "<p>Harbour – 0808\u00a0157 0100</p>"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=utf-8", LETTERS.encode("cp1252")),
        ("text/html; charset=iso-8859-1", LETTERS.encode()),
        ("text/html", b'<meta charset="windows-1252">' + LETTERS.encode("cp1252")),
        ("text/html; charset=utf-8", LETTERS.encode("utf-16")),
        ("text/html; charset=utf-16-le", LETTERS.encode("utf-16-le")),
        ("text/html; charset=base64", LETTERS.encode()),
        ("text/html; charset=idna", LETTERS.encode("cp1252")),
        ("text/html; charset=no-such-thing", LETTERS.encode()),
    ],
)
def test_a_page_is_read_whatever_it_says_its_letters_are(
    site: Site, visitor: PoliteFetcher, kind: str, body: bytes
) -> None:
    site.pages["/a"] = (200, {"Content-Type": kind}, body)
    assert LETTERS in visitor.fetch(f"{site.address}/a").html


@pytest.mark.parametrize(("packing", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_packed_page_is_unpacked_within_its_size(
    site: Site, visitor: PoliteFetcher, packing: str, pack: Callable[[bytes], bytes]
) -> None:
    site.pages["/a"] = (200, {**HTML, "Content-Encoding": packing}, pack(LETTERS.encode()))
    assert visitor.fetch(f"{site.address}/a").html == LETTERS
    site.pages["/bomb"] = (200, {**HTML, "Content-Encoding": packing}, pack(b"x" * 20_000_000))
    with pytest.raises(NotSeenError, match="larger"):
        visitor.fetch(f"{site.address}/bomb")


def test_a_page_packed_in_a_way_that_nobody_asked_for_is_not_read_as_an_empty_one(
    site: Site, visitor: PoliteFetcher
) -> None:
    site.pages["/a"] = (200, {**HTML, "Content-Encoding": "br"}, b"\x0b\x02\x80hello\x03")
    with pytest.raises(NotSeenError, match="not asked for"):
        visitor.fetch(f"{site.address}/a")


def test_a_page_packed_twice_is_not_unpacked(site: Site, visitor: PoliteFetcher) -> None:
    """A thousand bytes would become a thousand million."""
    twice = gzip.compress(gzip.compress(b"x" * 20_000_000))
    site.pages["/a"] = (200, {**HTML, "Content-Encoding": "gzip, gzip"}, twice)
    with pytest.raises(NotSeenError, match="not asked for"):
        visitor.fetch(f"{site.address}/a")


def test_a_huge_page_is_not_read_to_its_end(
    site: Site, visitor: PoliteFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 50_000)
    site.pages["/a"] = (200, HTML, b"x" * 2_000_000)
    with pytest.raises(NotSeenError, match="larger"):
        visitor.fetch(f"{site.address}/a")


def test_a_page_that_drips_is_not_waited_for(
    site: Site, visitor: PoliteFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PAGE_SECONDS", 0.3)
    site.slow = 0.1
    site.pages["/a"] = (200, HTML, b"x" * 200_000)
    began = time.monotonic()
    with pytest.raises(NotSeenError):
        visitor.fetch(f"{site.address}/a")
    assert time.monotonic() - began < 5


def test_nobody_there_is_not_seen(visitor: PoliteFetcher) -> None:
    with pytest.raises(NotSeenError, match="cannot be reached"):
        visitor.fetch("http://127.0.0.1:1/a")
