"""What runs is what is locked, the bill of materials says so, and the audit does not call silence good news."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.lock_files import RUN, locked, normalised
from tests.tools import audit as tool
from tests.tools.audit import Advisory, UnknownError, advisories, audit
from tests.tools.bill_of_materials import bill

TODAY = date(2026, 11, 22)


@contextmanager
def database(known: dict[str, list[str]], *, status: int = 200, answer: bytes | None = None) -> Iterator[str]:
    """A database of advisories that knows these; its address."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            results: list[dict[str, Any]] = []
            for one in asked:
                assert set(one) == {"package", "version"}
                names = known.get(f"{one['package']['name']}=={one['version']}", [])
                results.append({"vulns": [{"id": name, "modified": "2026-01-01"} for name in names]} if names else {})
            body = json.dumps({"results": results}).encode() if answer is None else answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_bill_of_materials_names_what_is_locked_with_licences_and_hashes() -> None:
    made = bill()
    pinned = {f"{normalised(one['name'])}=={one['version']}": one for one in made["components"]}
    assert set(pinned) <= set(locked(RUN))
    assert set(locked(RUN)) - set(pinned) <= {"async-timeout==5.0.1"}, "only what no Python here needs"
    assert all(one["licenses"] for one in pinned.values())
    assert all(
        {hash_["value"] for hash_ in one["properties"]} == set(locked(RUN)[name]) for name, one in pinned.items()
    )
    assert made["metadata"]["component"]["name"] == "waypost"
    assert "://" not in json.dumps({key: made[key] for key in ("components", "dependencies", "metadata")})
    assert made == bill(), "the same every time"


def test_an_advisory_fails_the_audit_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    name = next(iter(locked(RUN)))
    package, version = name.split("==")
    with database({name: ["GHSA-test-0001"]}) as address:
        assert audit(address, required=False, today=TODAY) == 1
        assert advisories([name], address) == [Advisory(package, version, "GHSA-test-0001")]
    assert "GHSA-test-0001" in capsys.readouterr().out


def test_an_accepted_advisory_passes_until_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    name = next(iter(locked(RUN)))
    monkeypatch.setattr(tool, "accepted", lambda today: {"GHSA-test-0001"} if today <= TODAY else set())
    with database({name: ["GHSA-test-0001"]}) as address:
        assert audit(address, required=True, today=TODAY) == 0
        assert audit(address, required=True, today=date(2026, 11, 23)) == 1


def test_with_nothing_known_against_any_package_the_audit_passes(capsys: pytest.CaptureFixture[str]) -> None:
    with database({}) as address:
        assert audit(address, required=True, today=TODAY) == 0
    assert "no advisory" in capsys.readouterr().out


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b'{"results": []}', b"<html>"])
def test_an_answer_that_says_nothing_is_not_taken_for_good_news(answer: bytes) -> None:
    with database({}, answer=answer) as address, pytest.raises(UnknownError):
        advisories(["click==1.0"], address)


def test_without_a_network_it_says_that_nothing_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = "http://127.0.0.1:9"
    assert audit(nowhere, required=False, today=TODAY) == 0
    assert "nothing is known" in capsys.readouterr().out
    assert audit(nowhere, required=True, today=TODAY) == 1
    with database({}, status=503) as address:
        assert audit(address, required=True, today=TODAY) == 1
