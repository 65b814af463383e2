"""Every mistake of an author is reported with its place, what was expected, and what to do; never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.errors import ContentError
from bot.dialogue.opening import open_engine
from tests.packs import REPOSITORY

Edit = Callable[[str], str]


def problems(pack: Path) -> str:
    with pytest.raises(ContentError) as error:
        open_engine([str(pack)])
    return str(error.value)


def edited(pack: Path, name: str, old: str, new: str) -> Path:
    path = pack / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return pack


def test_the_small_pack_is_sound(pack: Path) -> None:
    engine = open_engine([str(pack)])
    assert set(engine.content.flows) == {"menu", "emergency", "topic"}


TOPIC = "flows/topic.yaml"
RESOURCES = "resources.yaml"

MISTAKES = {
    "a tab": (TOPIC, "    say: The last", "\tsay: The last", ["topic.yaml:19:1", "a tab stands here", "two spaces"]),
    "a duplicate key": (
        TOPIC,
        "    say: The last screen.",
        "    say: The last screen.\n    say: Again.",
        ["topic.yaml:20:5", "`say` stands twice; the first is on line 19"],
    ),
    "an unknown key": (TOPIC, "title:", "tittle:", ["topic.yaml:2:1", "unknown key `tittle`", "`title`?"]),
    "an unknown key far inside": (
        TOPIC,
        "at_most: 2",
        "at_mots: 2",
        ["topic.yaml:14:34", "unknown key `at_mots`", "Did you mean `at_most`?"],
    ),
    "a missing key": (TOPIC, "risk: concern\n", "", ["topic.yaml:1:1", "`risk` is missing"]),
    "an unknown step": (TOPIC, "go: last", "go: lats", ["topic.yaml:17:", "`lats` leads nowhere", "`last`?"]),
    "an unknown step elsewhere": (
        "flows/menu.yaml",
        "topic.second",
        "topic.secnod",
        ["menu.yaml:10:36", "`topic.secnod` leads nowhere", "Did you mean `topic.second`?"],
    ),
    "an unknown flow": ("flows/menu.yaml", "go: topic}", "go: topci}", ["menu.yaml:9:", "`topci`", "`topic`?"]),
    "a start that is no step": (TOPIC, "start: first", "start: frist", ["topic.yaml:5:8", "`frist`", "`first`?"]),
    "a wrong type": (TOPIC, "say: The second screen.", "say: 12", ["topic.yaml:13:10", "a list"]),
    "a number where text belongs": (TOPIC, "label: On,", "label: 5,", ["topic.yaml:11:", 'Put quotes round it: "5"']),
    "a truth where text belongs": (TOPIC, "label: On,", "label: true,", ["topic.yaml:11:", 'quotes round it: "true"']),
    "an empty text": (TOPIC, "title: A topic", "title:", ["topic.yaml:2:", "`title` is empty"]),
    "an unquoted number": (
        RESOURCES,
        'number: "999"',
        "number: 999",
        ["resources.yaml:12:", "the number 999", 'Put quotes round it: "999"'],
    ),
    "too few digits": (
        RESOURCES,
        "0800 496 0000",
        "0800 496",
        ["resources.yaml:38:", "`0800 496` has 7 digits; a number of type national has 10 to 12"],
    ),
    "an unknown answer": (
        "flows/menu.yaml",
        "set: {who: friend}",
        "set: {whom: friend}",
        ["menu.yaml:10:", "`whom` is no answer", "`who`?"],
    ),
    "an unknown value": (
        "flows/menu.yaml",
        "set: {who: friend}",
        "set: {who: freind}",
        ["menu.yaml:10:", "`who` has no value `freind`", "`friend`?"],
    ),
    "an unknown service in a text": (
        TOPIC,
        "{helpline}",
        "{helpine}",
        ["topic.yaml:", "{helpine} names no service", "`helpline`?"],
    ),
    "an unknown contact in a text": (
        TOPIC,
        "{helpline.phone}",
        "{helpline.fone}",
        ["topic.yaml:", "{helpline.fone} names no contact", "`phone`?"],
    ),
    "a stray brace": (TOPIC, "{helpline}", "{helpline", ["topic.yaml:", "a brace names no fact"]),
    "bold that never ends": (
        TOPIC,
        "The last screen.",
        "The **last screen.",
        ["topic.yaml:19:10", "nothing closes it"],
    ),
    "an unknown topic": (TOPIC, "topic: listening", "topic: listenin", ["topic.yaml:14:", "`listening`?"]),
    "a step that leads nowhere": (TOPIC, "    end: true\n", "", ["topic.yaml:18:3", "the step `last` leads nowhere"]),
    "an alias": (TOPIC, "title: A topic", "title: *topic", ["topic.yaml:2:8", "YAML alias"]),
    "an anchor": (TOPIC, "title: A topic", "title: &topic A topic", ["topic.yaml:2:8", "YAML anchor"]),
    "a tag": (TOPIC, "title: A topic", "title: !!python/name:os.system A", ["topic.yaml:2:8", "YAML tag"]),
    "a merge key": (TOPIC, "title: A topic", "title: A topic\n<<: {a: b}", ["topic.yaml:3:1", "merge key"]),
    "two documents": (TOPIC, "title: A topic", "title: A topic\n---\na: b", ["topic.yaml:3:1", "second document"]),
    "hours that cannot be read": (RESOURCES, '"24/7"', '"Mo-Fry 9-17"', ["resources.yaml:41:", "Mo-Fry"]),
    "an unknown time zone": (
        RESOURCES,
        '{opening_hours: "24/7",',
        '{opening_hours: "24/7", timezone: Europe/Londno,',
        ["resources.yaml:41:", "`Europe/Londno` is no time zone"],
    ),
    "a date that is none": (RESOURCES, "2026-11-01", "01/11/2026", ["resources.yaml:13:", "expected a date such as"]),
    "a step named like a flow": (TOPIC, "  last:", "  menu:", ["the step `menu` bears the name of a flow"]),
    "a step named 1.0": (TOPIC, "  last:", "  1.0:", ["topic.yaml:18:3", "the name `1.0` is not allowed"]),
    "a file named otherwise": (TOPIC, "flow: topic", "flow: other", ["topic.yaml:1:7", "Name the file other.yaml"]),
    "an unclosed quote": (TOPIC, "title: A topic", 'title: "A topic', ["topic.yaml:", "not valid YAML"]),
    "a text that begins with a brace": (
        TOPIC,
        "say: The last screen.",
        "say: {helpline} helps.",
        ["topic.yaml:19:", "a text begins with a brace", "in quotes"],
    ),
    "a colon in plain text": (TOPIC, "title: A topic", "title: A: topic", ["topic.yaml:2:", "in quotes"]),
    "a control character": (TOPIC, "title: A topic", "title: A\x07topic", ["topic.yaml:2:9", "U+0007"]),
}


@pytest.mark.parametrize(("name", "old", "new", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_place(pack: Path, name: str, old: str, new: str, expected: list[str]) -> None:
    report = problems(edited(pack, name, old, new))
    for part in expected:
        assert part in report, report


def test_all_mistakes_of_all_files_stand_in_one_report(pack: Path) -> None:
    edited(pack, TOPIC, "go: last", "go: lats")
    edited(pack, TOPIC, "start: first", "start: frist")
    edited(pack, "flows/menu.yaml", "title: Menu", "tittle: Menu")
    edited(pack, RESOURCES, "nations: [outside_uk]", "nations: [outside]")
    edited(pack, RESOURCES, "status: active", "status: actve")
    report = problems(pack)
    assert "unknown key `tittle`" in report
    assert "Did you mean `active`?" in report
    assert "2 problems" not in report


@pytest.mark.parametrize("name", ["yes", "no", "on", "off", "null", "true", "y"])
def test_yaml_words_are_plain_names(pack: Path, name: str) -> None:
    edited(pack, TOPIC, "  last:", f"  {name}:")
    edited(pack, TOPIC, "go: last", f'go: "{name}"')
    assert name in {step.step for step in open_engine([str(pack)]).content.steps}


WHOLE_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "only a comment": (b"# nothing\n", "the file is empty"),
    "binary": (bytes(range(256)) * 4, "topic.yaml"),
    "another encoding": ("flow: tópic".encode("utf-16"), "UTF-8"),
    "5 MB": (b"flow: topic\n" + b"# filler\n" * 600_000, "too large"),
    "a list": (b"- a\n- b\n", "found a list, expected names"),
    "a word": (b"hello", "topic.yaml:1:1"),
    "deep nesting": (b"[" * 100_000, "levels deep"),
    "deep blocks": ("".join(f"{' ' * depth}a:\n" for depth in range(200)).encode(), "levels deep"),
    "an alias bomb": (
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [*%c,*%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 123)),
        "YAML anchor",
    ),
    "many values": (b"[" + b"1," * 250_000 + b"]", "too many values"),
}


@pytest.mark.parametrize(("data", "expected"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_hopeless_file_is_reported(pack: Path, data: bytes, expected: str) -> None:
    (pack / TOPIC).write_bytes(data)
    assert expected in problems(pack)


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter(pack: Path) -> None:
    before = open_engine([str(pack)]).content
    for path in pack.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = open_engine([str(pack)]).content
    assert [step.id for step in after.steps.values()] == [step.id for step in before.steps.values()]
    assert [step.say for step in after.steps.values()] == [step.say for step in before.steps.values()]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    assert "there is no content in this folder" in problems(tmp_path)
    assert "there is no such content folder" in problems(tmp_path / "nowhere")


def test_a_needed_flow_that_is_missing_is_named(pack: Path) -> None:
    (pack / "flows" / "emergency.yaml").unlink()
    assert "flows/emergency.yaml: missing" in problems(pack)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read every file")
def test_an_unreadable_file_is_reported(pack: Path) -> None:
    (pack / TOPIC).chmod(0)
    assert "cannot be read" in problems(pack)


def test_a_folder_in_the_place_of_a_file_is_reported(pack: Path) -> None:
    (pack / TOPIC).unlink()
    (pack / TOPIC).mkdir()
    assert "this is no file" in problems(pack)


def test_check_exits_with_1_and_no_traceback(pack: Path) -> None:
    edited(pack, TOPIC, "go: last", "go: lats")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check"],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "CONTENT": str(pack)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Did you mean `last`?" in done.stdout
    assert "Traceback" not in done.stderr + done.stdout


def test_a_later_pack_overrides_by_id(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    ours = tmp_path_factory.mktemp("ours")
    (ours / "flows").mkdir()
    (ours / "flows" / "topic.yaml").write_text((pack / TOPIC).read_text().replace("A topic", "Our topic"))
    content = open_engine([str(pack), str(ours)]).content
    assert content.flows["topic"].title == "Our topic"
    assert content.flows["menu"].title == "Menu"
