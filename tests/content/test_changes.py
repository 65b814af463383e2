"""A later pack changes a part of what an earlier one says, and says nothing else again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.content.errors import ContentError
from bot.content.load import load
from bot.content.model import Content
from bot.content.service_schema import Status
from bot.dialogue.opening import open_engine
from bot.operations.assure import assure
from tests.shipped import shipped_content

CHILDLINE_ANEW = """\
change:
  childline:
    description: Our own words for it.
    note: null
    phones:
      - id: phone
        number: "0800 1112"
        type: eight_digit
        source: https://example.org/numbers
        evidence: own_site
        assured_date: 2026-11-20
"""


def own(folder: Path, **files: str) -> str:
    for name, text in files.items():
        path = folder / {"resources": "resources.yaml", "answers": "flows/shared/answers.yaml"}.get(
            name, f"flows/{name}.yaml"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder)


def with_base(folder: Path, **files: str) -> Content:
    """Without translations, which take most of the time and say the same of every change."""
    return load(["base", own(folder, **files)], translated=False)


def problems(folder: Path, **files: str) -> str:
    with pytest.raises(ContentError) as caught:
        with_base(folder, **files)
    return str(caught.value)


def test_a_number_changes_and_the_rest_of_the_service_stays(tmp_path: Path) -> None:
    before = shipped_content().services["childline"].facts
    service = with_base(tmp_path, resources=CHILDLINE_ANEW).services["childline"]
    after = service.facts
    assert after.phones[0].number == "0800 1112"
    assert after.description == "Our own words for it."
    assert after.note is None
    assert (after.name, after.links, after.schedules, after.topics) == (
        before.name,
        before.links,
        before.schedules,
        before.topics,
    )


def test_a_phone_with_a_new_id_is_added(tmp_path: Path) -> None:
    text = CHILDLINE_ANEW.replace("- id: phone", "- id: our_phone")
    phones = with_base(tmp_path, resources=text).services["childline"].facts.phones
    assert [phone.id for phone in phones][-1] == "our_phone"
    assert len(phones) == len(shipped_content().services["childline"].facts.phones) + 1


def test_places_are_those_of_the_file_that_says_it(tmp_path: Path) -> None:
    service = with_base(tmp_path, resources=CHILDLINE_ANEW).services["childline"]
    assert service.at("phones", 0, "number").path == tmp_path / "resources.yaml"
    assert service.at("phones", 0, "number").line == 7
    assert service.at("links", 0, "url").path.name == "resources.yaml"
    assert service.at("links", 0, "url").path != tmp_path / "resources.yaml"


def test_one_screen_of_a_flow_changes_and_the_others_stay(tmp_path: Path) -> None:
    before = shipped_content()
    flow = before.flows["image_threats"]
    words = f"change: image_threats\nsteps:\n  {flow.start.step}:\n    say: In our own words.\n"
    after = with_base(tmp_path, image_threats=words)
    assert after.flows["image_threats"].steps == flow.steps
    [line] = after.steps[flow.start].say
    assert line.place.path == tmp_path / "flows/image_threats.yaml"
    others = [step for step in flow.steps if step != flow.start]
    assert [after.steps[step].say for step in others] == [before.steps[step].say for step in others]


def test_three_packs_change_one_after_another(tmp_path: Path) -> None:
    first = own(tmp_path / "one", resources="change: {childline: {description: First.}}\n")
    second = own(tmp_path / "two", resources="change: {childline: {name: Second}}\n")
    facts = load(["base", first, second], translated=False).services["childline"].facts
    assert (facts.name, facts.description) == ("Second", "First.")


def test_a_service_that_is_removed_is_never_shown(tmp_path: Path) -> None:
    """Its translations, which nobody reads any more, are still there."""
    content = load(["base", own(tmp_path, resources="remove: [childline]\n")])
    assert content.services["childline"].facts.status is Status.CLOSED


def test_a_nation_that_is_removed_is_never_offered(tmp_path: Path, now: datetime) -> None:
    pack = own(tmp_path, answers="remove: {nation: [scotland]}\n")
    engine = open_engine(["base", pack])
    content = engine.content
    assert "scotland" not in [value.id for value in content.answers["nation"].values]
    assert content.services["police_scotland"].facts.status is Status.CLOSED
    code = content.answers["nation"].code
    retired = shipped_content().answers["nation"].values[2].code
    assert all((code, retired) not in choice.answers for step in content.steps.values() for choice in step.choices)
    assert engine.start(now).buttons


def test_a_button_that_set_a_removed_nation_still_leads_somewhere_kind(tmp_path: Path, now: datetime) -> None:
    base = open_engine(["base"])
    nation = base.content.answers["nation"]
    scotland = next(value.code for value in nation.values if value.id == "scotland")
    state = base.start(now).state._replace(answers=((nation.code, scotland),))
    token = base.draw(state, now).buttons[0].token
    engine = open_engine(["base", own(tmp_path, answers="remove: {nation: [scotland]}\n")], translated=False)
    screen = engine.press(token, now)
    assert screen.buttons
    assert (nation.code, scotland) not in screen.state.answers


def test_what_only_removed_people_could_reach_goes_with_them(tmp_path: Path) -> None:
    before = shipped_content()
    after = with_base(tmp_path, answers="remove: {nation: [outside_uk]}\n")
    assert set(after.steps) < set(before.steps)


@pytest.mark.parametrize(
    ("files", "line", "says"),
    [
        ({"resources": "change:\n  childlin: {name: X}\n"}, ":2:", "there is no service `childlin` to change"),
        ({"resources": "change:\n  childline:\n    nmae: X\n"}, ":3:", "unknown key `nmae`"),
        ({"resources": "change:\n  childline:\n    name: 5\n"}, ":3:", "expected text"),
        ({"resources": "change:\n  childline: yes\n"}, ":2:", "nothing is said"),
        ({"resources": "change: [childline]\n"}, ":1:", "not a list of services"),
        ({"resources": "remove: [childlin]\n"}, ":1:", "there is no service `childlin` to remove"),
        ({"menu_two": "change: menu_two\ntitle: X\n"}, ":1:", "there is no flow `menu_two` to change"),
        ({"menu": "change: menu\nsteps:\n  welcome:\n    sya: X\n"}, ":4:", "unknown key `sya`"),
        ({"menu": "change: menu\nsteps:\n  welcom:\n    ask: X\n"}, ":3:", "no screen `welcom` in `menu` to change"),
        ({"menu": "change: menu\nsteps:\n  ours:\n    ask: X\n"}, ":3:", "A screen of your own has a `say:`"),
        ({"answers": "remove: {nation: [scotlnd]}\n"}, ":1:", "`nation` has no value `scotlnd`"),
        ({"answers": "remove: {natoin: [scotland]}\n"}, ":1:", "there is no answer `natoin`"),
    ],
)
def test_a_change_that_fits_nothing_says_where_and_what(
    tmp_path: Path, files: dict[str, str], line: str, says: str
) -> None:
    text = problems(tmp_path, **files)
    assert says in text
    [name] = files
    assert f"{'answers' if name == 'answers' else name}.yaml{line}" in text


def test_a_changed_fact_is_assured_in_the_file_that_changes_it(tmp_path: Path) -> None:
    pack = own(tmp_path, resources=CHILDLINE_ANEW)
    file = tmp_path / "resources.yaml"
    done = assure(file, ["childline"], date(2026, 11, 22), date(2026, 11, 22), lambda _: True, packs=("base", pack))
    assert [item.before.name for item in done.renewals] == ["childline.phone"]
    text = file.read_text()
    assert "assured_date: 2026-11-22" in text
    assert text.startswith("change:\n  childline:\n    description: Our own words for it.\n")
    phone = load(["base", pack], translated=False).services["childline"].facts.phones[0]
    assert phone.passport


def test_a_flow_written_anew_by_mistake_is_told_from_a_change_of_it(tmp_path: Path) -> None:
    """The screens that other flows lead to are gone, and the hint names the file of the pack that has lost them."""
    anew = "flow: privacy\ntitle: Privacy\nrisk: none\nstart: short\nsteps:\n  short: {say: Hello., end: true}\n"
    found = problems(tmp_path, privacy=anew)
    assert "leads nowhere" in found
    assert f"{tmp_path}/flows/privacy.yaml has `privacy` without it." in found
    assert "If that begins with `change: privacy`, what it does not name stays." in found


def test_curly_quotes_are_no_quotes(tmp_path: Path) -> None:
    step = "steps:\n  short:\n    say: Hello.\n    choices:\n      - {label: “See, all”, go: menu}\n"
    found = problems(tmp_path, ours=f"flow: ours\ntitle: Ours\nrisk: none\nstart: short\n{step}")
    assert 'Put straight quotes (") round the text' in found
