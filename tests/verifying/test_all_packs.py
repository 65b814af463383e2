"""A charity with a pack of its own looks after every number that people are shown, not its own few alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.content.assuring import read_facts
from bot.content.document import Document
from bot.content.errors import ContentError
from bot.content.load import load, services_before
from bot.operations.facts_in_force import facts_in_force
from tests.packs import small_pack

TODAY = date(2026, 11, 22)

OWN = """\
change:
  helpline:
    phones:
      - {id: phone, number: "0800 496 0009", type: national, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
remove: [childline]
services: {}
"""


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    first = small_pack(tmp_path / "first")
    second = tmp_path / "second"
    (second / "flows" / "shared").mkdir(parents=True)
    (second / "resources.yaml").write_text(OWN, encoding="utf-8")
    names = [str(first), str(second)]
    monkeypatch.setenv("CONTENT", ":".join(names))
    return names


def test_every_fact_in_force_stands_in_the_file_that_holds_it(packs: list[str]) -> None:
    found = facts_in_force(packs)
    files = {fact.name: found.files[fact.name].parent.name for fact in found.facts}
    assert files["helpline.phone"] == "second"
    assert files["helpline.schedule"] == "first"
    assert files["samaritans.phone"] == "first"
    assert not [name for name in files if name.startswith("childline")]
    (number,) = [fact.fact.number for fact in found.facts if fact.name == "helpline.phone"]  # type: ignore[union-attr]
    assert number == "0800 496 0009"


def test_a_service_for_a_nation_that_is_left_out_is_nobodys_to_look_after(packs: list[str]) -> None:
    answers = Path(packs[1]) / "flows" / "shared" / "answers.yaml"
    answers.write_text("remove: {nation: [outside_uk]}\nanswers: {}\n", encoding="utf-8")
    assert "european_numbers" not in {fact.service for fact in facts_in_force(packs).facts}


def test_a_round_visits_the_sources_of_all_packs(packs: list[str], tmp_path: Path) -> None:
    page = tmp_path / "copies" / "example.org" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>A helpline 0800 496 0009</p><p>Samaritans 0800 496 0002</p>", encoding="utf-8")
    done = CliRunner().invoke(main, ["services", "verify", "--pages", str(tmp_path / "copies")])
    assert "2 of 6 numbers and addresses stand" in done.output
    assert "report_remove.phone" in done.output
    assert done.exit_code == 1


def test_a_round_that_has_nothing_to_look_at_is_not_called_good(packs: list[str], tmp_path: Path) -> None:
    (Path(packs[1]) / "resources.yaml").write_text("services: {}\n", encoding="utf-8")
    chosen = ["--resources", str(Path(packs[1]) / "resources.yaml"), "--pages", str(tmp_path)]
    assert CliRunner().invoke(main, ["services", "verify", *chosen]).exit_code == 2


def test_assuring_edits_the_file_that_holds_the_fact(packs: list[str]) -> None:
    names = ["helpline", "samaritans.phone", "--on", TODAY.isoformat(), "--yes"]
    done = CliRunner().invoke(main, ["services", "assure", *names])
    assert done.exit_code == 0, done.output
    for pack, assured in ((0, {"helpline.schedule", "helpline.card", "samaritans.phone"}), (1, {"helpline.phone"})):
        file = Path(packs[pack]) / "resources.yaml"
        earlier = {} if pack == 0 else facts_documents(packs)
        assert {fact.name for fact in read_facts(file.read_bytes(), file, earlier) if fact.fits} == assured


def facts_documents(packs: list[str]) -> dict[str, Document]:

    return {**services_before(packs, Path(packs[1]) / "resources.yaml")}


def test_what_a_pack_changes_in_part_is_to_be_written_whole_there(packs: list[str]) -> None:
    file = Path(packs[1]) / "resources.yaml"
    file.write_text("change: {helpline: {nations: [england]}}\nservices: {}\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["services", "assure", "helpline", "--on", TODAY.isoformat(), "--yes"])
    assert done.exit_code == 2
    assert "Write it in that pack, as a whole, below `change:`" in done.output
    whole = OWN.replace("    phones:", "    nations: [england]\n    phones:").replace("remove: [childline]\n", "")
    file.write_text(whole, encoding="utf-8")
    assert (
        CliRunner().invoke(main, ["services", "assure", "helpline.phone", "--on", "2026-11-22", "--yes"]).exit_code == 0
    )
    facts = facts_in_force(packs).facts
    assert [fact.fits for fact in facts if fact.name == "helpline.phone"] == [True]


def test_a_file_that_nothing_reads_and_a_link_that_leads_nowhere_are_errors(packs: list[str]) -> None:
    folder = Path(packs[1])
    (folder / "flows" / "ours.yml").write_text("flow: ours\n", encoding="utf-8")
    (folder / "resources.yaml").unlink()
    (folder / "resources.yaml").symlink_to(folder / "nowhere.yaml")
    with pytest.raises(ContentError) as error:
        load(packs)
    assert "Name it ours.yaml, or it is not read." in str(error.value)
    assert "resources.yaml: there is no such file" in str(error.value)
