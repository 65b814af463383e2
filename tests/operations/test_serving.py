"""Content that changes while people are served: sound content takes over at once, anything else never does."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.checks.proven import FILE
from bot.dialogue.emergency_card import OnlyTheCardError
from bot.operations import proving
from bot.operations import serving as module
from bot.operations.content_files import stamp
from bot.operations.proven_note import ProvenNote
from bot.operations.serving import Serving, load_engine
from bot.settings import Settings
from tests.conftest import AFTERNOON
from tests.packs import small_pack
from tests.proven import as_if_proven


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return as_if_proven(small_pack(tmp_path / "pack"))


@asynccontextmanager
async def kept(
    pack: Path, note: ProvenNote | None = None, *, proves: bool = True, loads: bool = True
) -> AsyncIterator[Serving]:
    settings = Settings(content=(str(pack),))
    engine = load_engine(settings) if loads else None
    serving = Serving(engine, settings, note=note, proves=proves)
    keeping = asyncio.create_task(serving.keep())
    try:
        yield serving
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def says(serving: Serving) -> str:
    """What the menu says."""
    return serving.engine().start(AFTERNOON).blocks[0].plain


def alter(pack: Path, words: str, *, proven: bool = True) -> None:
    """Let the menu say something else."""
    menu = pack / "flows" / "menu.yaml"
    menu.write_text(menu.read_text().replace("say: Hello there.", f"say: {words}"))
    if proven:
        as_if_proven(pack)


async def soon(serving: Serving, words: str, *, within: float = 30.0) -> float:
    """Wait until the menu says this; how long it took."""
    begun = time.monotonic()
    while time.monotonic() < begun + within:
        if serving.live is not None and says(serving) == words:
            return time.monotonic() - begun
        await asyncio.sleep(0.02)
    raise AssertionError(f"the menu does not say {words!r} within {within} s")


async def refusal(serving: Serving, *, within: float = 30.0) -> str:
    async with asyncio.timeout(within):
        while serving.refused is None:  # noqa: ASYNC110 (nothing rings)
            await asyncio.sleep(0.02)
    return serving.refused.reason


async def test_changed_content_with_a_proof_beside_it_is_served_within_two_seconds(pack: Path) -> None:
    async with kept(pack) as serving:
        assert says(serving) == "Hello there."
        alter(pack, "Hello again.")
        took = await soon(serving, "Hello again.")
        assert serving.refused is None
    assert took < 8  # the promise is 2 s; a machine that runs other tests beside this one gets more


async def test_presses_from_the_old_content_work_on_the_new(pack: Path) -> None:
    async with kept(pack) as serving:
        old = serving.engine().start(AFTERNOON)
        alter(pack, "Hello again.")
        await soon(serving, "Hello again.")
        shown = serving.engine().press(old.buttons[0].token, AFTERNOON)
        assert "The first screen" in shown.blocks[0].plain


async def test_content_that_does_not_load_never_goes_live_and_the_reason_names_the_line(
    pack: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with kept(pack) as serving:
        (pack / "flows" / "menu.yaml").write_text("flow: menu\nstart: [")
        reason = await refusal(serving)
        assert says(serving) == "Hello there."
        assert "menu.yaml:3" in reason
        (pack / "flows" / "menu.yaml").write_text(
            (small_pack(pack.parent / "fresh") / "flows" / "menu.yaml").read_text().replace("Hello there.", "Mended.")
        )
        as_if_proven(pack)
        await soon(serving, "Mended.")
        assert serving.refused is None
    assert "what was served before stays" in caplog.text


async def test_spoilt_and_half_written_files_never_go_live_while_people_press(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def check() -> dict[str, object]:
        return {"whole": True, "fit": False, "content": "", "findings": []}

    monkeypatch.setattr(proving, "checked", check)
    chosen = random.Random(4)
    whole = {path: path.read_bytes() for path in (*pack.glob("flows/*.yaml"), pack / "resources.yaml", pack / FILE)}  # noqa: ASYNC240
    async with kept(pack) as serving:
        for _ in range(30):
            path = chosen.choice([*whole])
            _spoil(path, whole[path], chosen)
            serving.look_now()
            for _ in range(5):
                await asyncio.sleep(0.02)
                assert says(serving) == "Hello there."
            path.write_bytes(whole[path])
        menu = pack / "flows" / "menu.yaml"
        menu.write_bytes(whole[menu][:60])
        assert "menu.yaml" in await refusal(serving)
        assert says(serving) == "Hello there."
        menu.write_bytes(whole[menu])
        alter(pack, "Whole again.")
        await soon(serving, "Whole again.")


def _spoil(path: Path, whole: bytes, chosen: random.Random) -> None:
    """Cut it off, change a few bytes, empty it or take it away."""
    match chosen.randrange(4):
        case 0:
            path.write_bytes(whole[: chosen.randrange(len(whole))])
        case 1:
            changed = bytearray(whole)
            for _ in range(8):
                changed[chosen.randrange(len(changed))] = chosen.randrange(256)
            path.write_bytes(changed)
        case 2:
            path.write_bytes(b"")
        case _:
            path.unlink()


async def test_a_file_that_is_written_slowly_is_waited_for(pack: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = (pack / "flows" / "menu.yaml").read_text().replace("say: Hello there.", "say: Written slowly.")
    async with kept(pack) as serving:
        with (pack / "flows" / "menu.yaml").open("w") as file:
            for start in range(0, len(whole), len(whole) // 6):
                file.write(whole[start : start + len(whole) // 6])
                file.flush()
                await asyncio.sleep(0.3)
                assert says(serving) == "Hello there."
        as_if_proven(pack)
        await soon(serving, "Written slowly.")
    assert "not served" not in caplog.text


async def test_a_platform_may_swap_a_link_to_the_whole_folder(tmp_path: Path) -> None:
    first, second = (small_pack(tmp_path / name) for name in ("first", "second"))
    as_if_proven(first)
    alter(second, "Swapped.")
    (tmp_path / "data").symlink_to(first)
    (tmp_path / "mounted").mkdir()
    for name in ("flows", "resources.yaml", FILE):
        (tmp_path / "mounted" / name).symlink_to(tmp_path / "data" / name)
    async with kept(tmp_path / "mounted") as serving:
        (tmp_path / "newer").symlink_to(second)
        os.replace(tmp_path / "newer", tmp_path / "data")  # noqa: PTH105 (what the platform does)
        await soon(serving, "Swapped.")


async def test_sound_content_without_a_proof_is_checked_first(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = asyncio.Event()
    settings = Settings(content=(str(pack),))

    async def check() -> dict[str, object]:
        await checked.wait()
        return {"whole": True, "fit": True, "content": load_engine(settings).content.fingerprint, "findings": []}

    monkeypatch.setattr(proving, "checked", check)
    async with kept(pack) as serving:
        alter(pack, "Not proven yet.", proven=False)
        await asyncio.sleep(2.5)
        assert says(serving) == "Hello there."
        checked.set()
        await soon(serving, "Not proven yet.")


async def test_content_that_the_check_finds_errors_in_never_goes_live(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(content=(str(pack),))
    finding = {"severity": "error", "file": "flows/menu.yaml", "line": 5, "code": "WP101", "message": "no number"}

    async def check() -> dict[str, object]:
        fingerprint = load_engine(settings).content.fingerprint
        return {"whole": True, "fit": False, "content": fingerprint, "findings": [finding]}

    monkeypatch.setattr(proving, "checked", check)
    async with kept(pack) as serving:
        alter(pack, "Harmful.", proven=False)
        assert "flows/menu.yaml:5 WP101" in await refusal(serving)
        assert serving.refused is not None
        assert serving.refused.content == load_engine(settings).content.fingerprint
        assert says(serving) == "Hello there."


async def test_a_hangup_signal_looks_at_once_even_where_nothing_seems_changed(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = stamp((str(pack),))
    monkeypatch.setattr(module, "stamp", lambda _: still)
    async with kept(pack) as serving:
        alter(pack, "Unseen.")
        await asyncio.sleep(1)
        assert says(serving) == "Hello there."
        serving.look_now()
        await soon(serving, "Unseen.")


async def test_other_processes_follow_what_one_has_proven(pack: Path) -> None:
    note = ProvenNote(shared=True)
    async with kept(pack, note, proves=False) as serving:
        alter(pack, "Proven elsewhere.", proven=False)
        await asyncio.sleep(1.5)
        assert says(serving) == "Hello there."
        note.write(load_engine(Settings(content=(str(pack),))).content.fingerprint)
        await soon(serving, "Proven elsewhere.")


async def test_without_content_people_get_the_card_until_there_is_some(pack: Path) -> None:
    kept_aside = pack.parent / "aside"
    shutil.move(pack, kept_aside)
    async with kept(pack, loads=False) as serving:
        with pytest.raises(OnlyTheCardError):
            serving.engine()
        await asyncio.sleep(0.6)
        shutil.move(kept_aside, pack)
        await soon(serving, "Hello there.")


async def test_no_turn_meets_half_of_two_contents(pack: Path) -> None:
    """Each turn's words and number come from one content, while it changes many times under load."""
    async with kept(pack) as serving:
        seen = set()
        before = "Hello there."
        for number in range(4):
            menu = pack / "flows" / "menu.yaml"
            words = f"Number {number}."
            menu.write_text(menu.read_text().replace(before, words))
            as_if_proven(pack)
            before = words
            end = time.monotonic() + 30
            while time.monotonic() < end:
                engine = serving.engine()
                seen.add((engine.content.fingerprint, engine.start(AFTERNOON).blocks[0].plain))
                if (engine.start(AFTERNOON).blocks[0].plain) == words:
                    break
                await asyncio.sleep(0.001)
        assert len(seen) == 5
        assert len({fingerprint for fingerprint, _ in seen}) == 5
