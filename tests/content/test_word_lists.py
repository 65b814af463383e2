"""The lists of words that do harm, as files: a charity adds to them, and every mistake in them is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.errors import ContentError
from bot.content.load import load
from bot.content.model import Harm
from bot.content.words_file import WordList
from tests.packs import small_pack

OWN = """\
language: en
groups:
  dog: dog|dogs
terms:
  {id}:
    find: {find}
    because: It hurts.
    instead: a kind word
"""


def own_pack(folder: Path, *, id_: str = "own", find: str = "bad <dog>", language: str = "en") -> Path:
    file = folder / "flows" / "shared" / "words" / f"{language}.yaml"
    file.parent.mkdir(parents=True)
    text = OWN.format(id=id_, find=find).replace("language: en", f"language: {language}")
    file.write_text(text, encoding="utf-8")
    return folder


def terms(*packs: Path, language: str = "en") -> dict[str, Harm]:
    content = load([str(pack) for pack in packs])
    return {harm.id: harm for harm in content.words[language][WordList.TERMS]}


def problems(*packs: Path) -> str:
    with pytest.raises(ContentError) as caught:
        load([str(pack) for pack in packs])
    return str(caught.value)


def test_every_list_of_the_shipped_language_is_filled(tmp_path: Path) -> None:
    words = load([str(small_pack(tmp_path))]).words["en"]
    assert {list_ for list_ in WordList if words[list_]} == set(WordList)


def test_every_entry_says_why_and_what_else(tmp_path: Path) -> None:
    words = load([str(small_pack(tmp_path))]).words["en"]
    for harm in (harm for list_ in WordList for harm in words[list_]):
        assert harm.find
        assert harm.because.endswith(".")
        assert harm.instead
        assert harm.place.line > 0


def test_a_pack_adds_to_the_lists(tmp_path: Path) -> None:
    base, own = small_pack(tmp_path / "base"), own_pack(tmp_path / "own")
    together = terms(base, own)
    assert set(together) == {*terms(base), "own"}
    assert together["own"].find[0].parts[1].alternatives == ("dog", "dogs")
    assert together["own"].place.path.parts[-1] == "en.yaml"


def test_a_pack_replaces_an_entry_by_its_id(tmp_path: Path) -> None:
    base, own = small_pack(tmp_path / "base"), own_pack(tmp_path / "own", id_="insults")
    assert set(terms(base, own)) == set(terms(base))
    assert terms(base, own)["insults"].because == "It hurts."


def test_a_pack_uses_the_groups_of_the_packs_before_it(tmp_path: Path) -> None:
    base, own = small_pack(tmp_path / "base"), own_pack(tmp_path / "own", find="<child> thing")
    assert "children" in terms(base, own)["own"].find[0].parts[0].alternatives


def test_another_language_has_lists_of_its_own(tmp_path: Path) -> None:
    base, own = small_pack(tmp_path / "base"), own_pack(tmp_path / "own", language="cy")
    assert set(terms(base, own, language="cy")) == {*terms(base, language="cy"), "own"}
    assert "own" not in terms(base, own)


MISTAKES = {
    "a group that there is not": ("bad <dgo>", ["en.yaml:6:11", "there is no group `dgo`", "Did you mean `dog`?"]),
    "a sign that means nothing": ('"bad [dog]"', ["en.yaml:6:11", "`[dog]` is no word", "Besides words there are"]),
    "an ending of every word": ("bad a*", ["en.yaml:6:11", "`a*` fits too many words", "at least two letters"]),
    "a beginning that may be left out": ("(bad) dog", ["en.yaml:6:11", "begins with a word that must be there"]),
    "an end that is a gap": ("bad ...", ["en.yaml:6:11", "a phrase ends with a word"]),
    "nothing to find": ("[]", ["en.yaml:6:11", "`find` is empty"]),
    "one of several": ("[bad dog, bad & cat]", ["en.yaml:6:21", "`&` is no word"]),
}


@pytest.mark.parametrize(("find", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_explained_at_its_place(tmp_path: Path, find: str, told: list[str]) -> None:
    text = problems(small_pack(tmp_path / "base"), own_pack(tmp_path / "own", find=find))
    for words in told:
        assert words in text


def test_an_unknown_list_is_named_with_the_nearest(tmp_path: Path) -> None:
    own = own_pack(tmp_path / "own")
    file = own / "flows" / "shared" / "words" / "en.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("terms:", "term:"), encoding="utf-8")
    text = problems(small_pack(tmp_path / "base"), own)
    assert "unknown key `term`" in text
    assert "Did you mean `terms`?" in text


def test_a_group_holds_words_only(tmp_path: Path) -> None:
    own = own_pack(tmp_path / "own")
    file = own / "flows" / "shared" / "words" / "en.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("dog|dogs", "dog|(dogs)"), encoding="utf-8")
    assert "`(dogs)` is no word" in problems(small_pack(tmp_path / "base"), own)
