"""What is wrong with the phrases of a pack is said at its line, once, whatever else depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.errors import ContentError
from bot.content.load import load

HEAD = 'language: en\ngroups:\n  broken: "one|two|)("\n'
TAIL = "intents:\n  question:\n    go: menu\n    phrases:\n"


@pytest.mark.parametrize(
    "names_it",
    [
        f"{TAIL}      - what about <broken>\n",
        f"{TAIL}      - what & <broken>\n      - (<broken>) really\n",
        f'  above: "three|<broken>"\n{TAIL}      - <above>\n',
        f"loosely: <broken>\n{TAIL}      - anything\n",
        f"harmless:\n  - my <broken>\n{TAIL}      - anything\n",
    ],
)
def test_a_group_that_cannot_be_read_is_reported_where_it_stands_and_only_there(tmp_path: Path, names_it: str) -> None:
    file = tmp_path / "flows" / "phrases" / "en_own.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(HEAD + names_it, encoding="utf-8")
    with pytest.raises(ContentError) as found:
        load(["base", str(tmp_path)], translated=False)
    assert [(problem.place.line, problem.message) for problem in found.value.problems] == [(3, "`)(` is no word")]
