"""The proof beside the content: of exactly this content and version, whatever its age, and a memory of its buttons."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot import __version__
from bot.checks.example import FILES, write_example
from bot.checks.proof import read_proof, write_proof
from bot.checks.proven import FILE, ProofError, is_proven
from bot.checks.report import Report
from bot.checks.run import run_checks
from bot.checks.sent.memory import remember
from bot.content.load import BASE, pack_folder
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from tests.conftest import AFTERNOON


def proven(folder: Path) -> tuple[Report, Engine]:
    """Check the content in a folder and leave a proof there."""
    engine = open_engine([str(folder)])
    report = run_checks(engine, AFTERNOON)
    assert write_proof(report, engine.content, folder)
    return report, engine


def test_a_proof_is_of_exactly_this_content_and_this_version(tmp_path: Path) -> None:
    report, _ = proven(write_example(tmp_path))
    assert is_proven(report.fingerprint, __version__, tmp_path)
    assert not is_proven(report.fingerprint, "another version", tmp_path)
    assert not is_proven("another content", __version__, tmp_path)
    proof = read_proof(tmp_path)
    assert (proof.verdict, proof.checked.isoformat()) == ("clean", "2026-11-24")


def test_the_shipped_content_is_proven_so_that_a_fresh_copy_answers_at_once(engine: Engine) -> None:
    base = pack_folder(BASE)
    assert is_proven(engine.content.fingerprint, __version__, base), "run `make content`, and commit the proof"


def test_it_is_no_part_of_the_content(tmp_path: Path) -> None:
    report, _ = proven(write_example(tmp_path))
    assert open_engine([str(tmp_path)]).content.fingerprint == report.fingerprint


def test_without_a_proof_nothing_is_proven(tmp_path: Path) -> None:
    assert not is_proven("anything", __version__, tmp_path)
    for text in ("", "{", "[]", '{"format": 2}', "[" * 100_000):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        assert not is_proven("anything", __version__, tmp_path)
        with pytest.raises(ProofError, match="python -m bot check"):
            read_proof(tmp_path)


def test_one_that_says_the_same_already_is_left_alone(tmp_path: Path) -> None:
    report, engine = proven(write_example(tmp_path))
    before = (tmp_path / FILE).read_text(encoding="utf-8")
    assert write_proof(replace(report, now=report.now.replace(year=2027)), engine.content, tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == before


def test_a_folder_that_cannot_be_written_to_is_no_failure(tmp_path: Path) -> None:
    report, engine = proven(write_example(tmp_path))
    assert not write_proof(report, engine.content, tmp_path / "not there")


def test_it_remembers_every_step_and_answer_of_the_content(tmp_path: Path) -> None:
    _, engine = proven(write_example(tmp_path))
    memory = read_proof(tmp_path).memory
    seen = remember("the same", engine, AFTERNOON)
    assert dict(memory.steps) == dict(seen.steps)
    assert dict(memory.answers) == dict(seen.answers)
    assert dict(memory.things) == dict(seen.things)


def test_a_published_proof_stands_in_for_the_old_content(tmp_path: Path) -> None:
    proven(write_example(tmp_path))
    memory = read_proof(tmp_path / FILE).memory
    second = "    say: You are doing well. One small step is enough.\n    signpost: {topic: listening, at_most: 3}\n"
    other = "    say: Ring if somebody is hurt.\n    signpost: {topic: immediate_danger, at_most: 3}\n"
    write_example(tmp_path, {"flows/topic.yaml": (second, other)})
    report = run_checks([str(tmp_path)], AFTERNOON, only=["WP601"], against=memory)
    assert [finding.about for finding in report.errors] == ["topic.second"]
    assert report.landings is not None
    assert sum(report.landings.counts.values()) > 100


def test_a_step_that_was_removed_and_returns_with_another_meaning_is_found(tmp_path: Path) -> None:
    topic = FILES["flows/topic.yaml"]
    proven(write_example(tmp_path))
    proven(write_example(tmp_path, {"flows/topic.yaml": topic.replace("last", "ending")}))
    assert [str(step) for step in read_proof(tmp_path).memory.retired] == ["topic.last"]
    again = topic.replace("last", "ending") + (
        "  last:\n    say: Somewhere quiet can calm a racing heart.\n    signpost: {topic: immediate_danger}\n"
        "    choices:\n      - {label: Show me that again, go: first}\n"
    )
    again = again.replace("label: That is all, go: ending", "label: Breathe, go: last")
    memory = read_proof(tmp_path).memory
    write_example(tmp_path, {"flows/topic.yaml": again})
    report = run_checks([str(tmp_path)], AFTERNOON, only=["WP601"], against=memory)
    assert [finding.about for finding in report.errors] == ["topic.last"]


def test_it_has_one_line_for_each_step_so_that_changes_can_be_read(tmp_path: Path) -> None:
    proven(write_example(tmp_path))
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    step, said = [line for line in text.splitlines() if '"topic.second":' in line]
    assert "doing" in step
    assert "at_most" in said
    assert sum('"childline":' in line for line in text.splitlines()) == 1
    assert json.loads(text)["format"] == 1
