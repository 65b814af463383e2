"""Whatever is sent: the right status, the emergency numbers, and not a word of what was sent or what broke."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.headers import Guarded
from bot.channels.web.limits import Gate, Limits, TooBusyError
from bot.dialogue.emergency_card import OnlyTheCardError
from bot.dialogue.engine import Engine
from tests.channels.web.conftest import Visitor, ask, client_of
from tests.web_server import make_application

FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-dns-prefetch-control": "off",
    "x-robots-tag": "noindex, noarchive",
    "x-frame-options": "DENY",
}
"""Written out here, so that none can be lost without anybody noticing."""
DENIED = {
    "camera",
    "microphone",
    "geolocation",
    "clipboard-read",
    "display-capture",
    "browsing-topics",
    "payment",
    "usb",
}
"""Some of what no page may use."""


def assert_kind(response: httpx.Response, status: int) -> None:
    """The emergency page with this status and all the headers."""
    assert response.status_code == status
    if response.request.method != "HEAD":
        for number in ("tel:999", "tel:08001111", "tel:116123", "sms:85258?body=SHOUT", "Exit this page"):
            assert number in response.text
    assert "Traceback" not in response.text
    assert "canary" not in response.text
    assert_guarded(response)


def assert_guarded(response: httpx.Response) -> None:
    for name, value in HEADERS.items():
        assert response.headers.get_list(name) == [value], name
    denied = {feature.strip() for feature in response.headers["permissions-policy"].split(",")}
    assert {f"{feature}=()" for feature in DENIED} <= denied
    for name in ("set-cookie", "server", "etag", "last-modified", "report-to", "nel"):
        assert name not in response.headers
    assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/chat/", 404),
        ("GET", "/../../etc/passwd", 404),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
        ("GET", "/chat%00", 404),
        ("GET", "/style-0000000000000000.css", 404),
        ("GET", "/templates/base.html", 404),
        ("GET", "/favicon.ico", 404),
        ("PUT", "/chat", 405),
        ("DELETE", "/chat", 405),
        ("PATCH", "/", 405),
        ("OPTIONS", "/chat", 405),
        ("TRACE", "/chat", 405),
        ("CANARY", "/chat", 405),
        ("POST", "/", 405),
        ("HEAD", "/nowhere", 404),
    ],
)
async def test_addresses_and_methods_that_mean_nothing(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    assert_kind(await client.request(method, path), status)


@pytest.mark.parametrize("path", [b"//chat", b"/./chat", b"/x/../chat", b"/%63hat/..", b"/chat;x", b"\xff", b""])
async def test_tricks_with_paths_find_nothing(app: ASGIApp, path: bytes) -> None:
    answer = await ask(app, "GET", path, {})
    assert answer.status == 404
    assert 'href="tel:999"' in answer.text


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "canary"])
async def test_another_kind_of_body_is_refused(client: httpx.AsyncClient, kind: str) -> None:
    assert_kind(await client.post("/chat", content=b"words=canary", headers={"content-type": kind}), 415)


async def test_a_body_of_ten_megabytes_is_refused_whether_its_length_is_told_or_not(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b"canary" * 10923

    assert_kind(await client.post("/chat", content=b"x" * 10_000_000, headers={"content-type": FORM}), 413)
    assert_kind(await client.post("/chat", content=chunks(), headers={"content-type": FORM}), 413)


async def test_a_whole_text_box_of_any_script_fits(visitor: Visitor) -> None:
    await visitor.types("ж" * 1300)
    assert visitor.response.status_code == 200


async def test_a_form_of_thousands_of_fields_is_refused(client: httpx.AsyncClient) -> None:
    body = "&".join("a=1" for _ in range(4000))
    assert_kind(await client.post("/chat", content=body, headers={"content-type": FORM}), 400)


async def test_another_site_cannot_press_buttons_here(client: httpx.AsyncClient) -> None:
    answer = await client.post("/chat", data={"press": ""}, headers={"sec-fetch-site": "cross-site"})
    assert_kind(answer, 403)
    for own in ("same-origin", "none"):
        answer = await client.post("/chat", data={"press": ""}, headers={"sec-fetch-site": own})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"press": "<script>alert('canary')</script>"},
        {"press": "A" * 64},
        {"press": "EAAAAAAAAAAGc4Li-bAH" * 3},
        {"words": "canary", "here": "<img src=canary onerror=alert(1)>"},
        {"words": "\x00canary\x1b[31m", "here": ""},
        {"traces": "canary", "here": '"><script>canary'},
        {"canary": "canary"},
        {},
    ],
)
async def test_forged_fields_open_a_page_and_are_not_repeated(
    client: httpx.AsyncClient, fields: dict[str, str]
) -> None:
    response = await client.post("/chat", content=urlencode(fields), headers={"content-type": FORM})
    assert response.status_code == 200
    assert "canary" not in response.text
    assert "<script>" not in response.text
    assert 'href="tel:999"' in response.text
    assert_guarded(response)


async def test_every_page_that_is_fine_has_the_same_headers(client: httpx.AsyncClient, visitor: Visitor) -> None:
    assert_guarded(visitor.response)
    await visitor.presses("Get help now")
    assert_guarded(visitor.response)
    assert_guarded(await client.get("/card"))


async def test_what_could_tell_one_visit_from_another_is_taken_away() -> None:
    async def careless(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"Set-Cookie", b"visitor=7"), (b"etag", b"7"), (b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async with client_of(Guarded(careless, HEADERS, b"")) as client:
        response = await client.get("/")
    assert {*response.headers} == {"content-type", *HEADERS}


async def test_a_failing_engine_shows_the_card(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Engine:
        raise RuntimeError("canary")

    async with client_of(make_application(broken)) as client:
        for path in ("/", "/chat"):
            assert_kind(await client.get(path), 500)
        assert_kind(await client.post("/chat", data={"words": "canary"}), 500)
    assert "RuntimeError at test_bad_input.py" in caplog.text
    assert "canary" not in caplog.text


async def test_a_failure_outside_every_page_shows_the_card(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr("bot.channels.web.routes.WebChat._admit", broken)
    assert_kind(await client.post("/chat", data={"words": "canary"}), 500)


async def test_until_the_content_is_proven_there_is_the_card(engine: Engine) -> None:
    def unproven() -> Engine:
        raise OnlyTheCardError

    async with client_of(make_application(unproven)) as client:
        assert_kind(await client.get("/chat"), 503)


async def test_more_turns_than_a_process_can_answer_get_the_card(engine: Engine) -> None:
    limits = Limits(turns_per_second=0.001, turns_in_a_burst=3)
    async with client_of(make_application(engine, limits=limits)) as client:
        answers = [await client.post("/chat", data={"words": "help"}) for _ in range(4)]
        assert [answer.status_code for answer in answers[:3]] == [200] * 3
        assert_kind(answers[3], 429)
        assert answers[3].headers["retry-after"] == "1"
        assert (await client.get("/chat")).status_code == 200, "looking is not limited, only work on what was sent"


def test_turns_are_let_through_again_as_time_passes() -> None:
    now = 0.0
    gate = Gate(Limits(turns_per_second=10, turns_in_a_burst=2), lambda: now)
    for _ in range(2):
        gate.take_on()
    with pytest.raises(TooBusyError):
        gate.take_on()
    now = 0.1
    gate.take_on()


_METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS"])
_PATHS = st.one_of(st.sampled_from(["/", "/chat", "/card"]), st.text(st.characters(codec="utf-8"), max_size=30))
_BODIES = st.one_of(
    st.binary(max_size=300),
    st.dictionaries(st.sampled_from(["press", "words", "here", "traces", "x"]), st.text(max_size=80), max_size=4).map(
        lambda fields: urlencode(fields, errors="replace").encode()
    ),
)
_HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "accept-language", "cookie", "x-forwarded-for", "expect", "range"]),
    st.one_of(st.just(FORM), st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40)),
    max_size=4,
)


@given(method=_METHODS, path=_PATHS, body=_BODIES, headers=_HEADERS)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_request_gets_anything_but_a_page_with_help(
    app: ASGIApp, method: str, path: str, body: bytes, headers: dict[str, str]
) -> None:
    raw = quote("/" + path, safe="/%?#&", errors="replace").encode("ascii")
    answer = asyncio.run(
        ask(app, method, raw, {name: value.encode("latin-1") for name, value in headers.items()}, body)
    )
    assert answer.status in {200, 400, 403, 404, 405, 413, 415}
    said = dict(answer.headers)
    indexed = "noarchive" if said["x-robots-tag"] == "noarchive" else HEADERS["x-robots-tag"]
    assert {name: said.get(name) for name in HEADERS} == {**HEADERS, "x-robots-tag": indexed}
    assert len(said) == len(answer.headers), "no header twice"
    if method != "HEAD" or answer.status != 200:
        assert 'href="tel:999"' in answer.text
