"""A whole round as a volunteer makes it: the real command, over copies of pages and over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packs import REPOSITORY

SOURCE = "https://pages.example.org"

SERVICES = """\
services:
{entries}
"""

ENTRY = """\
  {id}:
    name: {name}
    kind: helpline
    status: active
    description: Someone to talk to.
    eligibility:
      - {{who: [young_person]}}
    nations: [england]
    topics: {{listening: 1}}
    phones:
      - id: phone
        number: "{number}"
        type: national
        source: {source}
        evidence: own_site
        assured_date: 2026-01-01
    schedules:
      - opening_hours: "24/7"
        source: {source}
        evidence: own_site
        assured_date: 2026-01-01
    confidence: high
"""

PLANTED = {
    "quiet_harbour": ("0808 157 0100", "<p>Quiet Harbour: 0808 157 0100</p>", "stands"),
    "one_digit_off": ("0808 157 0111", "<p>One Digit Off: 0808 157 0211</p>", "changed"),
    "vanished": ("0808 157 0122", "<p>Vanished: write to us instead</p>", "gone"),
    "parked": ("0808 157 0133", "<p>This domain is for sale</p>", "parked"),
    "impostor": ("0808 157 0144", "<p>Impostor: 0808 157 0144, or 0909 879 0144</p>", "doubtful"),
    "moved": (
        "0808 157 0155",
        '<meta http-equiv="refresh" content="0;url=https://new.example.org/"><p>Moved: 0808 157 0155</p>',
        "moved",
    ),
}


def written(folder: Path, planted: dict[str, tuple[str, str, str]]) -> Path:
    entries = ""
    for id_, (number, html, _) in planted.items():
        entries += ENTRY.format(id=id_, name=id_.replace("_", " ").title(), number=number, source=f"{SOURCE}/{id_}")
        page = folder / "copies" / "pages.example.org" / id_ / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<title>{id_}</title>{html}")
    file = folder / "resources.yaml"
    file.write_text(SERVICES.format(entries=entries.rstrip()))
    return file


def run(file: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "services", "verify", "--resources", str(file), *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "TELEGRAM_BOT_TOKEN": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_every_planted_drift_is_found_and_told(tmp_path: Path) -> None:
    file = written(tmp_path, PLANTED)
    report = tmp_path / "report.json"
    done = run(file, "--pages", str(tmp_path / "copies"), "--report", str(report))
    assert done.returncode == 1, done.stderr
    facts = {entry["fact"]: entry["verdict"] for entry in json.loads(report.read_text())["facts"]}
    assert {name: facts[f"{name}.phone"] for name in PLANTED} == {name: want for name, (_, _, want) in PLANTED.items()}
    assert facts["quiet_harbour.schedule"] == "by hand"
    assert "one_digit_off.phone: changed. 0808 157 0111 is not on" in done.stdout
    assert "assure one_digit_off.phone --on DATE\n" in done.stdout
    assert "assure moved.phone --on DATE --source NEW_PAGE\n" in done.stdout
    assert "1 of 6 numbers and addresses stand" in done.stdout
    assert "Traceback" not in done.stderr


def test_only_what_stands_is_assured_anew(tmp_path: Path) -> None:
    file = written(tmp_path, PLANTED)
    done = run(file, "--pages", str(tmp_path / "copies"), "--assure")
    assert done.returncode == 1
    assert "for 1 fact in" in done.stdout
    assert file.read_text().count("assured_date: 2026-01-01") == 2 * len(PLANTED) - 1
    assert "passport" in file.read_text().partition("one_digit_off")[0]


def test_a_round_without_drift_ends_well(tmp_path: Path) -> None:
    file = written(tmp_path, {"quiet_harbour": PLANTED["quiet_harbour"]})
    assert run(file, "--pages", str(tmp_path / "copies")).returncode == 0


def test_a_round_that_saw_nothing_is_not_called_good(tmp_path: Path) -> None:
    file = written(tmp_path, {"quiet_harbour": PLANTED["quiet_harbour"]})
    (tmp_path / "empty").mkdir()
    done = run(file, "--pages", str(tmp_path / "empty"))
    assert done.returncode == 2
    assert "holds no copy" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["nobody"], "nobody"), (["--report", "/proc/none/report.json"], "No such file")],
    ids=["an unknown service", "a report that cannot be written"],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, arguments: list[str], says: str) -> None:
    file = written(tmp_path, {"quiet_harbour": PLANTED["quiet_harbour"]})
    done = run(file, "--pages", str(tmp_path / "copies"), *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
