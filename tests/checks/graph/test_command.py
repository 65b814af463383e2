"""`python -m bot graph`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.checks.graph.command import Format, UnknownFlowError, format_for, graph
from bot.cli import main
from bot.dialogue.engine import Engine


def test_an_unknown_flow_is_answered_with_the_nearest_name() -> None:
    result = CliRunner().invoke(main, ["graph", "image_threat"])
    assert result.exit_code == 2
    assert result.stderr == "There is no flow `image_threat`. Did you mean `image_threats`?\n"
    assert result.stdout == ""


def test_the_ending_of_the_file_says_which_form_it_has(tmp_path: Path) -> None:
    file = tmp_path / "delete.svg"
    result = CliRunner().invoke(main, ["graph", "delete", "--output", str(file)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(("form", "start"), [("mermaid", "flowchart"), ("svg", "<?xml"), ("html", "<!DOCTYPE html>")])
def test_without_a_file_it_is_printed(form: str, start: str) -> None:
    result = CliRunner().invoke(main, ["graph", "delete", "--format", form])
    assert result.exit_code == 0
    assert result.stdout.startswith(start)


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["graph", "delete", "--output", str(tmp_path / "none" / "x.svg")])
    assert result.exit_code == 2
    assert "Name another file" in result.stderr


def test_pictures_are_the_same_each_time(engine: Engine) -> None:
    for form in Format:
        assert graph(engine.content, form, flow="emergency") == graph(engine.content, form, flow="emergency")


def test_unknown_flows_are_refused_without_the_command_line_too(engine: Engine) -> None:
    with pytest.raises(UnknownFlowError, match="no flow `nowhere`"):
        graph(engine.content, Format.SVG, flow="nowhere")


@pytest.mark.parametrize(
    ("output", "form"),
    [
        (None, Format.MERMAID),
        (Path("a.SVG"), Format.SVG),
        (Path("a.html"), Format.HTML),
        (Path("a.md"), Format.MERMAID),
    ],
)
def test_forms_by_ending(output: Path | None, form: Format) -> None:
    assert format_for(output) is form
