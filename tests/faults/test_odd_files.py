"""Files of the content that are no files, and a signal that comes too early: the bot starts, people get the card."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.checks.proven import FILE, is_proven
from bot.cli import main
from bot.operations.content_files import stamp
from bot.operations.opened_content import open_content
from bot.operations.serving import Serving
from bot.settings import Settings


def a_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def a_link_to_itself(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)


def a_file_for_a_folder(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("flows")


def three_gigabytes_of_nothing(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


SPOILT = {
    "services are a pipe": lambda pack: a_pipe(pack / "resources.yaml"),
    "services are a link to itself": lambda pack: a_link_to_itself(pack / "resources.yaml"),
    "a flow is a pipe": lambda pack: a_pipe(pack / "flows" / "more.yaml"),
    "a flow is endless": lambda pack: three_gigabytes_of_nothing(pack / "flows" / "menu.yaml"),
    "the flows are a file": lambda pack: a_file_for_a_folder(pack / "flows"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
async def test_whatever_lies_in_place_of_a_file_the_bot_starts_without_content(pack: Path, spoilt: str) -> None:
    SPOILT[spoilt](pack)
    settings = Settings(content=(str(pack),))
    async with asyncio.timeout(20):
        opened = await asyncio.to_thread(open_content, settings)
    assert opened.engine is None
    assert opened.problem
    assert Serving(None, settings, problem=opened.problem, seen=opened.seen).refused


def test_a_proof_that_is_a_pipe_proves_nothing(pack: Path) -> None:
    a_pipe(pack / FILE)
    assert not is_proven("fingerprint", "version", pack)


def test_a_folder_that_holds_itself_is_looked_at_a_few_times_only(pack: Path) -> None:
    for name in ("again", "once_more"):
        (pack / "flows" / name).symlink_to(".")
    assert len(stamp([str(pack)])) < 5_000


def test_a_hangup_before_anybody_listens_for_it_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def hung_up(_: object) -> int:
        signal.raise_signal(signal.SIGHUP)
        return 0

    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    monkeypatch.setattr("bot.operations.run.run", hung_up)
    monkeypatch.setattr("bot.operations.logs.configure", lambda *_, **__: None)
    try:
        assert CliRunner().invoke(main, ["run"]).exit_code == 0
    finally:
        signal.signal(signal.SIGHUP, before)
