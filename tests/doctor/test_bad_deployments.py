"""Deployments that are wrong in one thing each: the audit names the fault, and what to do, in words for a volunteer."""

from __future__ import annotations

import asyncio
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.dialogue.opening import open_engine
from bot.operations.doctor import machine, memory
from bot.operations.doctor.finding import Finding, Verdict
from bot.operations.doctor.running import running
from bot.operations.doctor.writable import content_files
from tests.doctor.test_doctor import call, make, of, set_profile, worst
from tests.packs import REPOSITORY, small_pack
from tests.proven import as_if_proven
from tests.standin import StandIn

OK, LOOK, WRONG = Verdict.OK, Verdict.LOOK, Verdict.WRONG


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Small content for one deployment, proven."""
    return as_if_proven(small_pack(tmp_path / "pack"))


@asynccontextmanager
async def answering(report: dict[str, object]) -> AsyncIterator[int]:
    """Something that answers each request with this, at a port of its own."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = json.dumps(report).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def audited(folder: Path, env: str, *arguments: str, secrets: Path | None = None) -> tuple[int, list[Finding]]:
    """`python -m bot doctor` in a folder with this `.env`: its exit status and what it said."""
    (folder / ".env").write_text(env, encoding="utf-8")
    (folder / ".env").chmod(0o600)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor", "--format", "json", *arguments),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
        | ({"SECRETS_DIR": str(secrets)} if secrets else {}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await process.communicate()
    if not out:
        return process.returncode or 0, [Finding("refused", WRONG, error.decode())]
    return process.returncode or 0, [
        Finding(one["about"], Verdict(one["verdict"]), one["said"], one["remedy"]) for one in json.loads(out)
    ]


async def free_port() -> int:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
    return port


async def test_a_good_deployment_that_runs_gives_no_alarm_and_each_fault_in_it_one(tmp_path: Path, pack: Path) -> None:
    """One bot that runs, audited as it should be, and then once with a second program that polls."""
    async with StandIn() as telegram:
        port = await free_port()
        env = (
            f"TELEGRAM_BOT_TOKEN={telegram.token}\nTELEGRAM_API_BASE_URL={telegram.url}\nPORT={port}\nCONTENT={pack}\n"
            "FEEDBACK_CONTACT=help@example.org\n"
        )
        (tmp_path / ".env").write_text(env, encoding="utf-8")
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await ready(port)
            await set_profile(telegram, open_engine([str(pack)]))
            status, found = await audited(tmp_path, env)
            # BotFather alone can close groups to a bot, so the stand-in's is open; it is the one thing to be looked at.
            alarms = {one.about: one.said for one in found if one.verdict is not OK}
            assert set(alarms) <= {"groups", "swap"}, alarms
            assert status == 1

            async with httpx.AsyncClient() as other:
                for _ in range(40):
                    await other.post(f"{telegram.url}/bot{telegram.token}/getUpdates", json={"timeout": 0})
                    if (await readiness(port)).get("telegram", {}).get("another_poller"):
                        break
                    await asyncio.sleep(0.25)
            status, found = await audited(tmp_path, env)
            assert status == 2
            [rivalry] = [one for one in found if one.verdict is WRONG]
            assert rivalry.about == "running"
            assert "Another program uses this bot's token" in rivalry.said
            assert "/revoke" in rivalry.remedy
        finally:
            bot.terminate()
            await bot.wait()


async def readiness(port: int) -> dict[str, dict[str, object]]:
    async with httpx.AsyncClient() as client:
        report: dict[str, dict[str, object]] = (await client.get(f"http://127.0.0.1:{port}/readyz")).json()
        return report


async def ready(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                if (await readiness(port))["ready"]:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    ("setting", "fault", "remedy"),
    [
        ("TELEGRAM_WEBHOOK_SECRET=hunter2", "TELEGRAM_WEBHOOK_SECRET", "openssl rand -hex 32"),
        ("FRAME_ANCESTORS=*", "FRAME_ANCESTORS", "no path, no *"),
        ("EXIT_URL=somewhere", "EXIT_URL", "whole address of a page"),
        ("EMERGENCY_NUMBERS=nine", "EMERGENCY_NUMBERS", "3 to 15 digits"),
        ("LOG_LEVEL=chatty", "LOG_LEVEL", "DEBUG, INFO, WARNING, ERROR"),
        ("TELEGRAM_BOT_TOKEN='12:x'", "TELEGRAM_BOT_TOKEN", "exactly as BotFather gives it"),
        ("IMPACT_FILE=/no/such/folder/counts.json", "IMPACT_FILE", "a folder that is there"),
    ],
)
async def test_a_setting_that_nothing_can_start_with_is_told_in_one_line(
    tmp_path: Path, setting: str, fault: str, remedy: str
) -> None:
    status, [refusal] = await audited(tmp_path, setting + "\n")
    assert status == 2
    assert refusal.said.startswith(f"{fault}: ")
    assert remedy in refusal.said
    assert refusal.said.count("\n") == 1
    assert setting.partition("=")[2].strip("'") not in refusal.said.replace("no *", "")


async def test_each_fault_of_settings_and_files_is_named_with_what_to_do(tmp_path: Path, pack: Path) -> None:
    """Ten faults in one deployment, told apart."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "valkey_url").write_text("redis://:secretword@db.example.org:6379")
    (secrets / "valkey_url").chmod(0o644)
    counts = tmp_path / "counters.json"
    counts.write_text("{}")
    counts.chmod(0o644)
    (pack / "flows" / "menu.yaml").chmod(0o666)
    (pack / ".waypost-proof.json").unlink()
    nginx = tmp_path / "nginx.conf"
    nginx.write_text("http { server { listen 443 ssl; location / { proxy_pass http://127.0.0.1:8080; } } }")
    status, found = await audited(
        tmp_path,
        f"CONTENT={pack}\nLOG_LEVEL=debug\nMETRICS_PORT=9464\nMETRICS_HOST=203.0.114.7\nHOST=203.0.114.7\n"
        f"PORT={await free_port()}\n"
        f"EXIT_URL=http://www.example.org/weather\nFRAME_ANCESTORS=http://localhost:3000\nIMPACT_FILE={counts}\n"
        "EMERGENCY_NUMBERS=911\nFEEDBACK_CONTACTS=help@example.org\n",
        *("--proxy", str(nginx)),
        secrets=secrets,
    )
    assert status == 2
    expected = {
        "token files": (WRONG, "can be read by everybody", "chmod 600"),
        "settings": (LOOK, "Did you mean FEEDBACK_CONTACT?", "Correct the name"),
        "content files": (WRONG, "Everybody on this machine can change what people are told", "chmod -R o-w"),
        "log level": (LOOK, "LOG_LEVEL is DEBUG", "LOG_LEVEL=INFO"),
        "metrics": (WRONG, "Everybody who reaches this machine can read the figures", "METRICS_HOST"),
        "web address": (LOOK, "without encryption", "HOST=127.0.0.1"),
        "weekly counts": (WRONG, "Others can read the small counts", "chmod 600"),
        "exit page": (WRONG, "the network sees", "leave it unset"),
        "frames": (WRONG, "meant for trying out", "Take it away"),
        "feedback": (LOOK, "Nobody can tell you", "FEEDBACK_CONTACT"),
        "valkey": (LOOK, "not encrypted", "valkeys://"),
        "proof": (LOOK, "not proven", "python -m bot check"),
        "emergency numbers": (LOOK, "EMERGENCY_NUMBERS has 911", "both say the same"),
        "running": (LOOK, "No bot answers", "make run"),
        "telegram": (LOOK, "no token", "TELEGRAM_BOT_TOKEN"),
        "proxy": (WRONG, "nginx logs everybody's address", "access_log off;"),
    }
    for about, (verdict, said, remedy) in expected.items():
        told = [one for one in of(found, about) if one.verdict is verdict]
        assert any(said in one.said and remedy in one.remedy for one in told), (about, of(found, about))
    assert {one.about for one in found if one.verdict is not OK} - {"swap"} == set(expected)
    assert all(one.remedy for one in found if one.verdict is not OK)
    assert "secretword" not in str(found)


async def test_a_language_that_nobody_has_reviewed_or_even_begun_is_told(tmp_path: Path, pack: Path) -> None:
    _, found = await audited(tmp_path, f"CONTENT={pack}\nLANGUAGES=en,eo\nPORT=9\n")
    [content] = of(found, "content")
    assert content.verdict is WRONG
    assert "eo" in content.said
    assert "python -m bot check" in content.remedy
    _, found = await audited(tmp_path, "LANGUAGES=en,cy\nPORT=9\n")
    [unread] = [one for one in of(found, "languages") if one.verdict is LOOK]
    assert unread.said == "Nobody who speaks cy has reviewed its translation."
    assert "take cy out of LANGUAGES" in unread.remedy


@pytest.mark.parametrize("days", [1, 184, 366])
def test_content_grows_old_while_the_deployment_stays_as_it_is(small_and_old: Path, days: int) -> None:
    from bot.operations.doctor.command import examine

    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC) + timedelta(days=days)
    with httpx.Client() as client:
        found = list(examine(make(content=str(small_and_old)), (), now, client))
    [age] = of(found, "content age")
    assert age.verdict is (OK if days < 184 else LOOK if days < 366 else WRONG)
    assert ("services verify" in age.remedy) is (age.verdict is not OK)


@pytest.fixture
def small_and_old(tmp_path: Path) -> Path:
    """Small content whose facts were all held against their sources on 22 November 2026."""
    folder = small_pack(tmp_path / "old")
    file = folder / "resources.yaml"

    file.write_text(
        re.sub(r"assured_date: \S+?(?=[,}\s])", "assured_date: 2026-11-22", file.read_text("utf-8")), "utf-8"
    )
    return folder


# --- memory


def machine_with(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_dot_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


SWAPS = "Filename\tType\tSize\tUsed\tPriority\n"
ON_DISK = SWAPS + "/swapfile file 2097148 0 -2\n"


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        ({}, OK),
        ({"proc__swaps": SWAPS}, OK),
        ({"proc__swaps": SWAPS + "/dev/zram0 partition 2097148 0 100\n"}, OK),
        ({"proc__swaps": ON_DISK}, LOOK),
        ({"proc__swaps": ON_DISK, "sys__fs__cgroup__memory_dot_swap_dot_max": "0\n"}, OK),
        ({"proc__swaps": ON_DISK, "sys__fs__cgroup__memory_dot_swap_dot_max": "max\n"}, LOOK),
        (
            {
                "proc__swaps": ON_DISK,
                "proc__self__cgroup": "0::/system.slice/waypost.service\n",
                "sys__fs__cgroup__system_dot_slice__waypost_dot_service__memory_dot_swap_dot_max": "0\n",
            },
            OK,
        ),
        (
            {
                "proc__swaps": ON_DISK,
                "sys__fs__cgroup__memory__memory_dot_limit_in_bytes": "536870912\n",
                "sys__fs__cgroup__memory__memory_dot_memsw_dot_limit_in_bytes": "536870912\n",
            },
            OK,
        ),
    ],
)
def test_what_is_typed_must_not_be_swapped_to_a_disk(tmp_path: Path, files: dict[str, str], verdict: Verdict) -> None:
    found = memory.swap(machine_with(tmp_path, **files))
    assert found.verdict is verdict
    if verdict is LOOK:
        assert "/swapfile" in found.said
        assert "swapoff" in found.remedy


@pytest.mark.parametrize(
    ("limit", "dumpable", "verdict"),
    [(0, False, OK), (0, None, OK), (0, True, WRONG), (resource.RLIM_INFINITY, False, WRONG)],
)
def test_what_is_typed_must_not_be_dumped_to_a_file(limit: int, dumpable: bool | None, verdict: Verdict) -> None:
    assert memory.core_dumps_by(limit, dumpable).verdict is verdict


def test_the_audit_itself_holds_the_token_and_forbids_core_dumps_too(tmp_path: Path, pack: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$0" -m bot doctor', sys.executable],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "CONTENT": str(pack), "PORT": "9"},
        capture_output=True,
        text=True,
    )
    assert "ok    core dumps" in done.stdout, done.stdout + done.stderr


# --- files


def test_who_can_change_what_people_are_told(tmp_path: Path, pack: Path) -> None:
    program = tmp_path / "bot"
    program.mkdir()
    (program / "emergency.py").write_text("")
    folders = [folder for folder in pack.rglob("*") if folder.is_dir()]
    for path in (pack, *folders, program):
        path.chmod(0o755)
    for file in (*pack.rglob("*.*"), program / "emergency.py"):
        file.chmod(0o644)
    assert [one.verdict for one in content_files([str(pack)], program)] == [OK]
    for changed in (pack / "resources.yaml", pack / "flows" / "menu.yaml", pack / "flows", pack, program):
        mode = changed.stat().st_mode
        changed.chmod(mode | 0o002)
        [found] = content_files([str(pack)], program)
        assert found.verdict is WRONG
        assert str(changed) in found.said
        assert f"chmod -R o-w {changed}" in found.remedy
        changed.chmod(mode | 0o020)
        os.chown(changed, -1, os.getgid())
        expected = OK if os.getgid() == os.getuid() else LOOK
        assert [one.verdict for one in content_files([str(pack)], program)] == [expected]
        changed.chmod(mode)


def test_a_link_is_as_safe_as_what_it_leads_to(tmp_path: Path, pack: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    target.write_text((pack / "flows" / "menu.yaml").read_text())
    target.chmod(0o666)
    (pack / "flows" / "menu.yaml").unlink()
    (pack / "flows" / "menu.yaml").symlink_to(target)
    assert WRONG in [one.verdict for one in content_files([str(pack)], tmp_path / "none")]


# --- containers


@pytest.mark.parametrize("mark", ["run/.containerenv", ".dockerenv"])
def test_in_a_container_an_open_address_is_the_containers_own(tmp_path: Path, mark: str) -> None:
    assert not machine.in_container(tmp_path)
    (tmp_path / mark).parent.mkdir(exist_ok=True)
    (tmp_path / mark).touch()
    assert machine.in_container(tmp_path)
    everywhere = make(host="0.0.0.0", metrics_host="0.0.0.0", metrics_port=9464)
    assert machine.web_exposure(everywhere, contained=True).verdict is OK
    figures = machine.metrics_exposure(everywhere, contained=True)
    assert figures.verdict is OK
    assert "9464 is not published" in figures.said


# --- the bot that runs

LIVE: dict[str, object] = {"ready": True, "version": "", "content": "a" * 64}


@pytest.mark.parametrize(
    ("more", "about", "verdict"),
    [
        ({}, "with this content", OK),
        ({"content": "b" * 64}, "other content", LOOK),
        ({"version": "0.0.1"}, "version 0.0.1", LOOK),
        ({"refused": {"content": "c", "reason": "errors"}}, "your latest change", WRONG),
        ({"content": None}, "emergency card", WRONG),
        ({"telegram": None}, "without the token", WRONG),
        ({"telegram": {"mode": "polling", "ready": False}}, "gets nothing from Telegram", WRONG),
        ({"telegram": {"mode": "polling", "ready": True, "another_poller": True}}, "Another program", WRONG),
        ({"ready": None}, "another program", LOOK),
    ],
)
async def test_what_the_running_bot_says_of_itself_is_put_into_words(
    more: dict[str, object], about: str, verdict: Verdict
) -> None:
    from bot import __version__

    whole = {**LIVE, "version": __version__, "telegram": {"mode": "polling", "ready": True}, **more}
    report = {key: value for key, value in whole.items() if value is not None}
    async with answering(report) as port:
        settings = make(port=port, telegram_bot_token="123456:" + "x" * 35)

        def asked() -> list[Finding]:
            with httpx.Client() as client:
                return list(running(settings, "a" * 64, client))

        found = await asyncio.to_thread(asked)
    assert worst(found, "running") is verdict
    assert about.lower() in " ".join(one.said for one in found).lower()
    assert all(one.remedy for one in found if one.verdict is not OK)


async def test_a_webhook_left_over_is_told_where_the_bot_polls(tmp_path: Path, pack: Path) -> None:
    async with StandIn() as telegram:
        await set_profile(telegram, open_engine([str(pack)]))
        await call(telegram, "setWebhook", url="http://127.0.0.1:9/old-bot", secret_token="x" * 40)
        await call(telegram, "setMyShortDescription", short_description="Our new bot")
        status, found = await audited(
            tmp_path,
            f"TELEGRAM_BOT_TOKEN={telegram.token}\nTELEGRAM_API_BASE_URL={telegram.url}\nCONTENT={pack}\nPORT=9\n",
        )
    assert status == 2
    [webhook] = of(found, "webhook")
    assert webhook.verdict is WRONG
    assert "this bot polls and would get nothing" in webhook.said
    assert "Stop the other program" in webhook.remedy
    [number] = of(found, "emergency number")
    assert number.said == "The short description (all languages) does not say 999."
    assert "Start the bot" in number.remedy
