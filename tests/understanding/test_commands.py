"""classify, explain and evaluate as people run them: lines in and lines out. Where the process itself has a part in it
(its pipes, its encoding) it is one of its own; otherwise this one, where the phrases are compiled already.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

_NAME = "Zebediah Quillfeather"


def run(*arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """``python -m bot`` with ``typed`` on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], input=typed, capture_output=True, timeout=120, check=False
    )


def run_here(*arguments: str, typed: bytes = b"") -> Result:
    """The same command in this process."""
    return CliRunner().invoke(main, [*arguments], input=typed)


def test_classify_answers_each_line_with_one_in_order() -> None:
    texts = ["he is hitting my mum", "i want to die", "hello", "asdfgh", "i am not suicidal just really low"]
    typed = "".join(json.dumps({"text": text, "lang": "en"}) + "\n" for text in texts).encode()
    result = run("classify", typed=typed)
    answers = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert result.returncode == 0
    assert [(one["intent"], one["risk"]) for one in answers] == [
        ("immediate_danger", "immediate"),
        ("suicide_self_harm", "high"),
        ("greeting", "none"),
        ("not_understood", "none"),
        ("mental_health", "concern"),
    ]
    assert all(set(one) == {"intent", "risk", "flow"} for one in answers)


def test_classify_answers_a_line_before_the_next_one_comes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "classify"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text, intent in (("i want to die", "suicide_self_harm"), ("thanks", "thanks")):
            process.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["intent"] == intent
        process.stdin.close()
        assert process.wait(timeout=120) == 0


def test_what_is_no_message_gets_a_line_that_says_so_and_repeats_nothing() -> None:
    bad = [
        f"{{{_NAME}",
        json.dumps([_NAME]),
        json.dumps({"words": _NAME}),
        json.dumps({"text": 7}),
        "[" * 100_000,
        '{"text": "' + _NAME * 100_000,
    ]
    result = run("classify", typed="\n".join([*bad, json.dumps({"text": "hello"})]).encode())
    answers = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert len(answers) == len(bad) + 1
    assert all("error" in one for one in answers[:-1])
    assert answers[-1] == {"intent": "greeting", "risk": "none", "flow": "menu"}
    assert _NAME.encode() not in result.stdout + result.stderr


def test_binary_input_and_broken_characters_are_answered() -> None:
    typed = bytes(range(256)) + b"\n" + json.dumps({"text": "\ud800 i want to die \udfff\x00"}).encode() + b"\n"
    result = run("classify", typed=typed)
    answers = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert result.returncode == 0
    assert answers[-1]["intent"] == "suicide_self_harm"
    assert result.stderr == b""


def test_what_somebody_says_about_themselves_is_never_repeated() -> None:
    text = f"my name is {_NAME}, i live at 14 Marrowbone Crescent ZZ99 3AA and my number is 07700 900461"
    result = run_here("classify", typed=json.dumps({"text": text}).encode() + b"\n")
    for said in (_NAME, "Marrowbone", "ZZ99", "900461"):
        assert said not in result.stdout + result.stderr
    assert json.loads(result.stdout)["intent"] == "personal_data_volunteered"


def test_explain_names_the_phrase_its_line_and_the_words() -> None:
    shown = run_here("explain", "my mate says she wants to end it").stdout
    assert "suicide_self_harm, risk high" in shown
    assert "flows/phrases/en" in shown
    assert "it is about a friend" in shown


def test_explain_says_when_nothing_fits() -> None:
    assert "No phrase fits." in run_here("explain", "zzxqy").stdout


@pytest.mark.parametrize("suffix", ["yaml", "jsonl"])
def test_evaluate_scores_both_kinds_of_file_alike(tmp_path: Path, suffix: str) -> None:
    labelled = [
        {
            "text": "he is hitting me",
            "expected": "immediate_danger",
            "risk": "immediate",
            "kind": ["plain"],
            "lang": "en",
        },
        {
            "text": "he said nowt",
            "expected": "immediate_danger",
            "risk": "immediate",
            "kind": ["no_word"],
            "lang": "en",
        },
        {"text": "this homework is killing me", "expected": "not_understood", "kind": ["idiom"], "lang": "en"},
    ]
    path = tmp_path / f"messages.{suffix}"
    lines = [json.dumps(one) for one in labelled]
    path.write_text("messages:\n" + "".join(f"- {one}\n" for one in lines) if suffix == "yaml" else "\n".join(lines))
    shown = run_here("evaluate", str(path)).stdout
    assert "danger and suicide answered by an emergency flow   1/2 (50.0 %)" in shown
    assert "idioms and mentions answered as emergencies        0/1 (0.0 %)" in shown
    assert "by kind" in shown
    assert "immediate_danger → not_understood" in shown
    assert "he said nowt" in shown
    assert "he said nowt" not in run_here("evaluate", "--figures", str(path)).stdout


@pytest.mark.parametrize(
    ("name", "written"), [("m.jsonl", '{"text": 1}\n'), ("m.jsonl", ""), ("m.yaml", "messages: 3\n")]
)
def test_evaluate_says_what_is_wrong_with_a_file(tmp_path: Path, name: str, written: str) -> None:
    path = tmp_path / name
    path.write_text(written)
    result = run_here("evaluate", str(path))
    assert result.exit_code == 2
    assert str(path) in result.stderr


def test_evaluate_names_a_label_that_nothing_can_be_taken_for(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text('{"text": "he wants my nudes", "expected": "groming"}\n')
    result = run_here("evaluate", str(path))
    assert result.exit_code == 0
    assert (
        "No intent has the label `groming` (1 times), so it is always missed. Did you mean `grooming`?" in result.stderr
    )
