"""Values set in a file: everything that was not meant stays, byte by byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.errors import ContentError
from bot.content.yaml_document import parse
from bot.content.yaml_edit import set_values

FILE = Path("resources.yaml")

BLOCK = """\
# A comment at the top.
things:
  - id: one   # beside it
    source: https://example.org/a

    date: 2026-01-01   # and beside this
  # between two
  - {id: two, source: "https://example.org/b", date: 2026-01-01 , more: [1, 2]}   # flow
  - date: 2026-01-01
    id: three
"""

NEW = {"date": "2026-11-22", "stamp": "abcd2345"}


def edited(text: str, *path: str | int, sets: dict[str, str] | None = None) -> str:
    return set_values(text.encode(), FILE, {path: sets or NEW}).decode()


def test_in_a_block_only_the_value_changes_and_the_new_key_follows() -> None:
    assert edited(BLOCK, "things", 0) == BLOCK.replace(
        "    date: 2026-01-01   # and beside this\n",
        '    date: 2026-11-22   # and beside this\n    stamp: "abcd2345"\n',
    )


def test_in_a_flow_it_stays_on_its_line() -> None:
    expected = BLOCK.replace('/b", date: 2026-01-01 ,', '/b", date: 2026-11-22, stamp: "abcd2345" ,')
    assert edited(BLOCK, "things", 1) == expected


def test_beside_the_dash_of_a_list() -> None:
    expected = BLOCK.replace("  - date: 2026-01-01\n", '  - date: 2026-11-22\n    stamp: "abcd2345"\n')
    assert edited(BLOCK, "things", 2) == expected


def test_a_key_that_is_there_is_replaced() -> None:
    once = edited(BLOCK, "things", 0)
    twice = edited(once, "things", 0, sets={"date": "2026-11-23", "stamp": "zzzz7777"})
    assert twice == once.replace("2026-11-22", "2026-11-23").replace("abcd2345", "zzzz7777")


def test_a_key_without_a_value_gets_one() -> None:
    text = "things:\n  date: 2026-01-01\n  stamp:\n"
    assert edited(text, "things") == 'things:\n  date: 2026-11-22\n  stamp: "abcd2345"\n'


def test_several_at_once() -> None:
    both = set_values(BLOCK.encode(), FILE, {("things", 0): NEW, ("things", 1): NEW, ("things", 2): NEW})
    value = parse(both, FILE).value
    assert [thing["stamp"] for thing in value["things"]] == ["abcd2345"] * 3
    assert both.decode().count("#") == BLOCK.count("#")


def test_a_value_that_yaml_would_read_as_something_else_is_quoted() -> None:
    text = edited(BLOCK, "things", 0, sets={"source": 'page: "a" # 12', "date": "2026-11-22", "stamp": "22334455"})
    thing = parse(text.encode(), FILE).value["things"][0]
    assert thing["source"] == 'page: "a" # 12'
    assert thing["stamp"] == "22334455"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_stay(ending: str, mark: bytes) -> None:
    data = mark + BLOCK.replace("\n", ending).encode()
    assert (
        set_values(data, FILE, {("things", 0): NEW}) == mark + edited(BLOCK, "things", 0).replace("\n", ending).encode()
    )


def test_a_file_without_an_end_of_line_at_its_end() -> None:
    assert edited("things:\n  date: 2026-01-01", "things") == 'things:\n  date: 2026-11-22\n  stamp: "abcd2345"\n'


def test_what_cannot_be_edited_in_place_is_left_to_the_author() -> None:
    text = "things:\n  date: >-\n    2026-01-01\n  other: 1\n"
    with pytest.raises(ContentError, match="on one line, then try again"):
        edited(text, "things")


WORDS = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12).map(str.strip).filter(bool)
)


@given(st.lists(WORDS, min_size=1, max_size=5), st.data())
def test_whatever_stands_around_it_stays_the_same(sources: list[str], data: st.DataObject) -> None:
    lines = []
    for source in sources:
        quoted = json.dumps(source, ensure_ascii=False)
        shapes = [
            f"  - source: {quoted}  # c\n    date: 2026-01-01\n",
            f"  - {{source: {quoted}, date: 2026-01-01}}\n",
            f"  - {{date: 2026-01-01,\n     source: {quoted}}}\n",
        ]
        lines.append(data.draw(st.sampled_from(shapes)))
    text = "things:\n" + "".join(lines)
    index = data.draw(st.integers(0, len(sources) - 1))
    before = parse(text.encode(), FILE).value["things"]
    after = parse(edited(text, "things", index).encode(), FILE).value["things"]
    assert after[index] == {**before[index], **NEW}
    assert [*after[:index], *after[index + 1 :]] == [*before[:index], *before[index + 1 :]]
