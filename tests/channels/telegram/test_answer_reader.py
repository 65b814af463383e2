"""An HTTP answer is read the same however it is cut into pieces, and whatever is none is refused."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import answer_reader
from bot.channels.telegram.answer_reader import LONGEST_HEAD, AnswerReader, BrokenAnswerError


def read(data: bytes, *cuts: int, tunnel: bool = False) -> tuple[tuple[int, bytes] | None, bool]:
    """The answer in ``data``, cut at these places, and whether the connection stays open."""
    reader = AnswerReader()
    reader.begin(tunnel=tunnel)
    answer = None
    places = [0, *sorted({cut for cut in cuts if 0 < cut < len(data)}), len(data)]
    for begin, end in pairwise(places):
        assert answer is None, "it was whole before its end"
        answer = reader.feed(data[begin:end])
    return answer, reader.stays_open


def chunked(body: bytes, sizes: list[int], trailer: bytes = b"") -> bytes:
    written, rest = b"", body
    for size in sizes:
        piece, rest = rest[:size], rest[size:]
        if piece:
            written += b"%X;name=value\r\n%b\r\n" % (len(piece), piece)
    if rest:
        written += b"%x\r\n%b\r\n" % (len(rest), rest)
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + written + b"0\r\n" + trailer + b"\r\n"


@given(st.binary(max_size=300), st.lists(st.integers(0, 500), max_size=6), st.sampled_from([200, 400, 429, 502]))
def test_an_answer_with_a_length_is_read_whatever_its_pieces(body: bytes, cuts: list[int], status: int) -> None:
    data = b"HTTP/1.1 %d Some words\r\ncontent-length: %d\r\nX: y\r\n\r\n%b" % (status, len(body), body)
    assert read(data, *cuts) == ((status, body), True)


@given(st.binary(max_size=300), st.lists(st.integers(1, 80), max_size=5), st.lists(st.integers(0, 700), max_size=6))
def test_an_answer_in_chunks_is_read_whatever_its_pieces(body: bytes, sizes: list[int], cuts: list[int]) -> None:
    assert read(chunked(body, sizes), *cuts) == ((200, body), True)
    assert read(chunked(body, sizes, b"Trailer: x\r\n"), *cuts) == ((200, body), True)


@given(st.binary(max_size=200))
def test_whatever_comes_is_an_answer_or_is_refused(data: bytes) -> None:
    for begun in (b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"):
        reader = AnswerReader()
        try:
            reader.feed(begun + data)
        except BrokenAnswerError:
            continue
        reader.end()


def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    reader = AnswerReader()
    assert reader.feed(b"HTTP/1.1 200 OK\r\n\r\nsome") is None
    assert reader.feed(b" words") is None
    assert reader.end() == (200, b"some words")
    assert not reader.stays_open


def test_a_cut_answer_is_none() -> None:
    for cut in (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome", chunked(b"words", [2])[:-3], b"HTTP/1.1 2"):
        reader = AnswerReader()
        assert reader.feed(cut) is None
        assert reader.end() is None


@pytest.mark.parametrize(
    ("head", "stays"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close, X\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", True),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", True),
    ],
)
def test_whether_the_connection_may_be_used_again(head: bytes, stays: bool) -> None:
    answer, open_ = read(head)
    assert answer is not None
    assert answer[1] == b""
    assert open_ is stays


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n Folded: line\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: +4\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n",
        b"x" * (LONGEST_HEAD + 1),
    ],
)
def test_what_is_no_answer_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenAnswerError):
        read(data)


def test_a_body_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_reader, "LONGEST_BODY", 100)
    for data in (
        b"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 101,
        chunked(b"x" * 101, []),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n",
    ):
        with pytest.raises(BrokenAnswerError):
            read(data)


def test_a_proxy_that_agrees_sends_no_body_and_the_next_answer_is_read_anew() -> None:
    assert read(b"HTTP/1.1 200 Connection established\r\n\r\n", tunnel=True) == ((200, b""), True)
    reader = AnswerReader()
    for body in (b"one", b"another"):
        reader.begin()
        assert reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)) == (200, body)
    assert not reader._buffer
    assert not reader._body
