"""Whatever stands in a content file, loading it ends soon, in content or in a problem with its place."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.errors import ContentError, Problem
from bot.content.load import load
from bot.content.yaml_document import parse
from tests.packs import MENU, RESOURCES, TOPIC, small_pack

SHOWN = Path("flows/any.yaml")
PIECES = ["- ", ": ", "\n", "  ", "[", "]", "{", "}", "|", ">", "&a", "*a", "!!python/object:os.system", "'", '"', "#"]
PIECES += [
    "%YAML",
    "---",
    "...",
    "? ",
    "<<:",
    "\t",
    "\0",
    "\x85",
    "\u2028",
    "\ufeff",
    "0x1f",
    "1e9",
    "12:30",
    "~",
    "é",
    "💥",
]


def judged(data: bytes) -> None:
    begun = time.process_time()
    problems: Sequence[Problem] = ()
    try:
        parse(data, SHOWN)
    except ContentError as error:
        problems = error.problems
    assert all(one.place.path == SHOWN and one.message for one in problems)
    assert time.process_time() - begun < 5.0, (
        "a busy machine takes longer than the hundredths of a second that it should"
    )


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    judged(data)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=60))
def test_any_mixture_of_what_yaml_knows_is_read_or_refused(pieces: list[str]) -> None:
    judged("".join(pieces).encode("utf-8", "surrogatepass"))


@settings(max_examples=12, deadline=None)
@given(st.sampled_from("[{-?:"), st.integers(1, 60_000), st.sampled_from(["", " ", "\n", "a"]))
def test_however_deep_it_is_nested_the_process_lives(opening: str, depth: int, between: str) -> None:
    judged(f"{opening}{between}".encode() * depth)


def spoilt(text: str, random_: random.Random) -> str:
    """The text with something cut out, doubled, swapped or put in, as a slip or a half-written file leaves it."""
    begin, end = sorted(random_.randrange(len(text)) for _ in range(2))
    end = min(end, begin + 40)
    return random_.choice(
        [
            text[:begin] + text[end:],
            text[:begin],
            text[:begin] + random_.choice(PIECES) + text[begin:],
            text[:end] + text[begin:end] + text[end:],
            text[:begin] + text[begin:end][::-1] + text[end:],
        ]
    )


def test_dozens_of_spoilt_packs_load_or_say_where_they_are_wrong(tmp_path: Path) -> None:
    random_ = random.Random(11)
    pack = small_pack(tmp_path / "pack")
    files = {"flows/menu.yaml": MENU, "flows/topic.yaml": TOPIC, "resources.yaml": RESOURCES}
    names = {Path(file).name for file in files}
    refused = 0
    for _ in range(60):
        problems: Sequence[Problem] = ()
        name = random_.choice([*files])
        (pack / name).write_text(spoilt(files[name], random_), encoding="utf-8")
        try:
            load([str(pack)])
        except ContentError as error:
            refused += 1
            problems = error.problems
        (pack / name).write_text(files[name], encoding="utf-8")
        assert not problems or any(one.place.path.name in names for one in problems)
    assert 15 < refused <= 60
