"""docs/run-your-own.md takes a volunteer from nothing to a bot of their own: its boxes are run, in their order."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.checks.proven import FILE, FORMAT
from bot.content.load import load
from tests.packs import REPOSITORY
from tests.standin import StandIn

PAGE = (REPOSITORY / "docs" / "run-your-own.md").read_text(encoding="utf-8")
BOX = re.compile(r"(?:^    .+\n)+", re.MULTILINE)
RULES = "--only WP308,WP706,WP801"
"""All of them take half a minute, and `test_a_new_pack_is_as_clean_as_what_it_stands_on` has them."""

PACKS = ["base", "our-charity"]


def boxes(heading: str) -> list[str]:
    """The commands of a section, box by box, without the indent."""
    section = next(part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE) if part.startswith(heading))
    return [re.sub(r"^    ", "", box, flags=re.MULTILINE) for box in BOX.findall(section)]


@pytest.fixture
def waypost(tmp_path: Path) -> Path:
    """What `git clone` and the first `make run` leave: Waypost in a folder, with an environment to activate."""
    folder = tmp_path / "waypost"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("bot", "flows", "resources.yaml"):
        (folder / name).symlink_to(REPOSITORY / name)
    (folder / ".venv" / "bin" / "activate").write_text(f'python() {{ "{sys.executable}" "$@"; }}\n')
    return folder


def run(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A box, as somebody types it into the terminal in which they have activated the environment."""
    return subprocess.run(
        ["bash", "-euc", f"source .venv/bin/activate\n{commands}"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
    )


async def test_the_boxes_in_their_order_lead_from_nothing_to_a_bot_with_an_own_pack(
    waypost: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with StandIn() as telegram:
        (make_file,) = boxes("3.")
        assert run(make_file, waypost).returncode == 0
        settings = next(iter(re.findall(r"```ini\n(TELEGRAM.*?)```", PAGE, re.DOTALL)))
        settings = settings.replace("put-the-token-here", telegram.token)
        # A volunteer's Telegram is the real one; here it stands at another address.
        (waypost / ".env").write_text(f"{settings}TELEGRAM_API_BASE_URL={telegram.url}\nPORT=0\n", encoding="utf-8")

        start, audit = boxes("4.")
        assert start == "make run\n"
        audited = await asyncio.to_thread(run, audit, waypost)
        assert "token files: .env can be read by its owner alone" in audited.stdout
        assert f"it is that of @{telegram.username}" in audited.stdout

        new_pack, prove = boxes("5.")
        assert run(new_pack, waypost).returncode == 0
        flow = waypost / "our-charity" / "flows" / "our_services.yaml"
        assert "Change a sentence in `our-charity/flows/our_services.yaml`" in PAGE
        flow.write_text(flow.read_text("utf-8").replace("a small team", "three people in Wick"), encoding="utf-8")
        assert "bot check &&" in prove
        proven = await asyncio.to_thread(run, prove.replace("bot check", f"bot check {RULES}"), waypost)
        assert proven.returncode == 0, proven.stdout + proven.stderr
        assert "our-charity 0 errors, 0 warnings" in proven.stdout
        assert "all passed" in proven.stdout

        monkeypatch.chdir(waypost)  # the whole check takes half a minute and leaves this
        values = {"format": FORMAT, "waypost": __version__, "content": load(PACKS).fingerprint}
        (waypost / "our-charity" / FILE).write_text(json.dumps(values), encoding="utf-8")
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=waypost,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            person = telegram.person()
            assert '"what does your charity do" to it' in PAGE.replace("\n", " ")
            await person.types("what does your charity do")
            assert "We are three people in Wick" in (await person.sees(within=30)).text
            await person.presses("Get help now")
            assert "999" in (await person.sees()).text
        finally:
            bot.terminate()
            await bot.wait()
        telegram.assert_clean()


def test_the_upgrade_holds_the_new_version_against_the_folder_that_the_page_began_with() -> None:
    beside, hold, in_place = boxes("Upgrade")
    assert boxes("1.")[0].split("#")[0].rstrip().endswith("&& cd waypost")
    assert "../waypost-new" in beside
    assert "cp -rp our-charity .env ../waypost-new/" in beside
    assert "--against ../waypost " in hold
    assert set(in_place.splitlines()) - {"sudo git -C /opt/waypost pull", "sudo systemctl restart waypost"} <= set(
        "\n".join(boxes("6.")).splitlines()
    ), "the pack is put where it was put at the beginning"
    assert re.search(r"^setup: ", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_last_message_can_be_sent_as_it_stands(tmp_path: Path) -> None:
    end = PAGE.partition("## When you end it")[2]
    file = tmp_path / "flows" / "menu.yaml"
    file.parent.mkdir()
    file.write_text(next(iter(re.findall(r"```yaml\n(.*?)```", end, re.DOTALL))), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", "--quick", "--format", "json"],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "CONTENT": f"base:{tmp_path}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    report = json.loads(done.stdout)
    assert report["packs"] == ["base", str(tmp_path)]
    assert [finding["message"] for finding in report["findings"] if finding["severity"] == "error"] == []


def test_the_systemd_unit_reads_the_files_that_the_page_makes() -> None:
    made = "\n".join(boxes("6."))
    unit = next(iter(re.findall(r"```ini\n(\[Unit\].*?)```", PAGE, re.DOTALL)))
    [(name, file)] = re.findall(r"^LoadCredential=(\w+):(\S+)$", unit, re.MULTILINE)
    assert f"sudo install -m 600 /dev/null {file}\n" in made
    assert f"sudo tee {file} > /dev/null" in made
    assert file == f"/etc/waypost/{name}", "so that the folder is one of secrets for the audit, too"
    assert "SECRETS_DIR=%d" in unit
    assert "SECRETS_DIR=/etc/waypost .venv/bin/python -m bot doctor" in made
    assert "sudo tee /opt/waypost/.env > /dev/null" in made, "the bot reads the settings where it works"
    assert "/opt/waypost" in made
    assert "WorkingDirectory=/opt/waypost" in unit
