"""The audit finds what is wrong with a deployment, says what to do, and gives no secret away."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.telegram.kinds import ALLOWED_UPDATES
from bot.channels.telegram.profile import parts
from bot.channels.telegram.webhook import path_from, secret_from
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.operations.doctor import content, machine, telegram
from bot.operations.doctor.command import as_json, as_text, examine
from bot.operations.doctor.finding import Finding, Verdict
from bot.operations.doctor.proxy import proxy
from bot.settings import Settings
from tests.packs import REPOSITORY, small_pack
from tests.proven import as_if_proven
from tests.standin import StandIn

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OK, LOOK, WRONG = Verdict.OK, Verdict.LOOK, Verdict.WRONG


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small content, so that an audit takes little time."""
    return as_if_proven(small_pack(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def small_engine(small: Path) -> Engine:
    return open_engine([str(small)])


def make(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


def of(findings: Sequence[Finding], about: str) -> list[Finding]:
    return [finding for finding in findings if finding.about == about]


def worst(findings: Sequence[Finding], about: str) -> Verdict:
    return max((finding.verdict for finding in of(findings, about)), key=[OK, LOOK, WRONG].index)


async def examined(settings: Settings, *proxies: Path, now: datetime | None = None) -> list[Finding]:
    def look() -> list[Finding]:
        with httpx.Client() as client:
            return list(examine(settings, proxies, now or datetime.now(UTC), client))

    return await asyncio.to_thread(look)


def at(standin: StandIn, small: Path, **values: Any) -> Settings:
    return make(telegram_bot_token=standin.token, telegram_api_base_url=standin.url, content=str(small), **values)


async def call(standin: StandIn, method: str, **parameters: object) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{standin.url}/bot{standin.token}/{method}", json=parameters)
        assert answer.json()["ok"], answer.text


async def set_profile(standin: StandIn, engine: Engine) -> None:
    for part in parts(engine):
        language = {"language_code": part.language} if part.language else {}
        await call(standin, part.setting, **{part.name: part.wanted}, **language)


# --- Telegram


async def test_a_bot_that_has_set_itself_up_is_in_order(standin: StandIn, small: Path, small_engine: Engine) -> None:
    await set_profile(standin, small_engine)
    found = await examined(at(standin, small))
    for about in ("token", "/privacy", "profile", "webhook", "waiting", "clock"):
        assert worst(found, about) is OK, of(found, about)
    assert not of(found, "emergency number")


async def test_a_profile_without_privacy_or_emergency_number_is_wrong(
    standin: StandIn, small: Path, small_engine: Engine
) -> None:
    await set_profile(standin, small_engine)
    await call(standin, "setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await call(standin, "setMyDescription", description="A bot.")
    found = await examined(at(standin, small))
    assert worst(found, "/privacy") is WRONG
    assert [finding.said for finding in of(found, "emergency number")] == [
        "The description (all languages) does not say 999."
    ]
    assert worst(found, "profile") is LOOK


async def test_a_bot_that_never_ran_lacks_everything(standin: StandIn, small: Path) -> None:
    found = await examined(at(standin, small))
    assert worst(found, "/privacy") is WRONG
    assert len(of(found, "emergency number")) >= 2


async def test_a_webhook_of_another_program_is_wrong_where_this_one_polls(standin: StandIn, small: Path) -> None:
    await call(standin, "setWebhook", url="http://127.0.0.1:9/elsewhere/secret-path", secret_token="x" * 40)
    found = await examined(at(standin, small))
    assert worst(found, "webhook") is WRONG
    assert "127.0.0.1" in of(found, "webhook")[0].said
    assert "secret-path" not in as_json(found)


async def test_the_webhook_must_be_the_one_of_these_settings(standin: StandIn, small: Path) -> None:
    url = "http://127.0.0.1:9"
    settings = at(standin, small, telegram_webhook_url=url)
    assert worst(await examined(settings), "webhook") is WRONG
    await call(standin, "setWebhook", url=f"{url}/updates/0123", allowed_updates=list(ALLOWED_UPDATES))
    assert worst(await examined(settings), "webhook") is WRONG
    path = path_from(standin.token, secret_from(standin.token))
    await call(standin, "setWebhook", url=url + path, allowed_updates=list(ALLOWED_UPDATES))
    found = await examined(settings)
    assert worst(found, "webhook") is OK
    assert worst(found, "proxy") is LOOK
    await call(standin, "setWebhook", url=url + path, allowed_updates=["poll"])
    assert worst(await examined(settings), "webhook") is LOOK
    assert path not in as_json(found)


def test_updates_that_wait_and_deliveries_that_failed_are_told() -> None:
    info = {"url": "", "pending_update_count": 51, "last_error_date": NOW.timestamp() - 60}
    found = list(telegram.webhook(telegram.Answer(info, None), make(), NOW))
    assert worst(found, "waiting") is WRONG
    assert worst(found, "deliveries") is LOOK
    info = {"url": "", "pending_update_count": 0, "last_error_date": NOW.timestamp() - 3 * 86400}
    found = list(telegram.webhook(telegram.Answer(info, None), make(), NOW))
    assert {finding.verdict for finding in found} == {OK}


def test_a_bot_that_reads_along_in_groups_is_wrong() -> None:
    open_bot = {"username": "a_bot", "can_join_groups": True, "can_read_all_group_messages": True}
    assert [one.verdict for one in telegram.me(telegram.Answer(open_bot, None))] == [OK, LOOK, WRONG]
    closed = {"username": "a_bot", "can_join_groups": False, "can_read_all_group_messages": False}
    assert [one.verdict for one in telegram.me(telegram.Answer(closed, None))] == [OK, OK]


async def test_a_wrong_token_is_said_without_repeating_it(standin: StandIn, small: Path) -> None:
    token = "123456789:" + "w" * 35
    found = await examined(make(telegram_bot_token=token, telegram_api_base_url=standin.url, content=str(small)))
    assert worst(found, "telegram") is WRONG
    assert token not in as_json(found) + as_text(found)


@pytest.mark.parametrize("fault", ["fails", "garbles", "cuts"])
async def test_whatever_telegram_does_the_audit_ends(standin: StandIn, small: Path, fault: str) -> None:
    if fault == "fails":
        standin.faults.fails("getWebhookInfo", 502, calls=None)
    elif fault == "garbles":
        standin.faults.garbles("getWebhookInfo", calls=None)
    else:
        standin.faults.cuts_before("getWebhookInfo", calls=None)
    found = await examined(at(standin, small))
    assert worst(found, "telegram") is WRONG
    assert standin.token not in as_json(found)


async def test_only_reading_calls_are_made(standin: StandIn, small: Path) -> None:
    await examined(at(standin, small))
    assert {one.method for one in standin.calls()} == {
        "getMe",
        "getWebhookInfo",
        "getMyCommands",
        "getMyDescription",
        "getMyShortDescription",
    }


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(0, OK), (4, OK), (20, LOOK), (-20, LOOK), (90, WRONG), (-3600, WRONG)]
)
def test_the_clock_is_held_against_telegrams(seconds: int, verdict: Verdict) -> None:
    assert content.clock(NOW, NOW + timedelta(seconds=seconds)).verdict is verdict


def test_no_other_clock_is_worth_a_look() -> None:
    assert content.clock(NOW, None).verdict is LOOK


# --- this machine


@pytest.mark.parametrize(("mode", "verdict"), [(0o600, OK), (0o640, LOOK), (0o644, WRONG), (0o604, WRONG)])
def test_a_file_with_a_secret_is_for_its_owner_alone(tmp_path: Path, mode: int, verdict: Verdict) -> None:
    env = tmp_path / ".env"
    env.write_text("BRAND_NAME=x\nexport TELEGRAM_BOT_TOKEN=12345:secret\n")
    env.chmod(mode)
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "valkey_url").write_text("valkey://:secret@host")
    (secrets / "valkey_url").chmod(mode)
    found = list(machine.token_files(env, secrets))
    assert [finding.verdict for finding in found] == [verdict, verdict]
    assert "secret@" not in str(found)
    assert "12345" not in str(found)


def test_an_env_file_without_secrets_may_be_read_by_all(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BRAND_NAME=x\n")
    assert [one.verdict for one in machine.token_files(tmp_path / ".env", None)] == [OK]
    assert [one.verdict for one in machine.token_files(tmp_path / "none", tmp_path / "none")] == [OK]


@pytest.mark.parametrize(
    ("port", "host", "verdict"),
    [
        (None, "0.0.0.0", OK),
        (9464, "127.0.0.1", OK),
        (9464, "::1", OK),
        (9464, "10.1.2.3", LOOK),
        (9464, "0.0.0.0", WRONG),
        (9464, "::", WRONG),
        (9464, "203.0.114.7", WRONG),
    ],
)
def test_figures_are_for_the_monitoring_alone(port: int | None, host: str, verdict: Verdict) -> None:
    assert machine.metrics_exposure(make(metrics_port=port, metrics_host=host)).verdict is verdict


@pytest.mark.parametrize(
    ("check", "values", "verdict"),
    [
        (machine.log_level, {}, OK),
        (machine.log_level, {"log_level": "DEBUG"}, LOOK),
        (machine.web_exposure, {}, OK),
        (machine.web_exposure, {"host": "0.0.0.0"}, LOOK),
        (machine.exit_url, {}, OK),
        (machine.exit_url, {"exit_url": "http://example.org/weather"}, WRONG),
        (
            machine.exit_url,
            {"exit_url": "https://bot.example.org/", "telegram_webhook_url": "https://bot.example.org"},
            WRONG,
        ),
        (machine.feedback, {}, LOOK),
        (machine.feedback, {"feedback_contact": "help@example.org"}, OK),
        (machine.valkey, {}, OK),
        (machine.valkey, {"valkey_url": "valkey://127.0.0.1:6379"}, OK),
        (machine.valkey, {"valkey_url": "valkeys://db.example.org:6379"}, OK),
        (machine.valkey, {"valkey_url": "redis://db.example.org:6379"}, LOOK),
        (machine.impact_file, {}, OK),
    ],
)
def test_settings_are_judged(check: Any, values: dict[str, Any], verdict: Verdict) -> None:
    found = check(make(**values))
    assert found.verdict is verdict
    assert bool(found.remedy) is (verdict is not OK)


def test_frames_for_trying_out_are_no_frames_for_people() -> None:
    found = list(machine.frame_ancestors(make(frame_ancestors="https://www.example.org,http://localhost:3000")))
    assert [one.verdict for one in found] == [LOOK, WRONG]


def test_weekly_counts_are_for_their_owner(tmp_path: Path) -> None:
    file = tmp_path / "counters.json"
    assert machine.impact_file(make(impact_file=file)).verdict is OK
    file.write_text("{}")
    file.chmod(0o644)
    assert machine.impact_file(make(impact_file=file)).verdict is WRONG
    file.chmod(0o600)
    assert machine.impact_file(make(impact_file=file)).verdict is OK


# --- content


@pytest.mark.parametrize(("days", "verdict"), [(0, OK), (250, LOOK), (500, WRONG)])
def test_old_facts_are_told(engine: Engine, days: int, verdict: Verdict) -> None:
    found = content.ages(engine.content, NOW + timedelta(days=days))
    assert found.verdict is verdict


def test_the_holidays_must_reach_beyond_this_year(engine: Engine) -> None:
    assert content.holidays(engine.content, NOW).verdict is OK
    assert content.holidays(engine.content, NOW + timedelta(days=3 * 365 + 100)).verdict is WRONG


def test_emergency_numbers_are_those_of_the_content(engine: Engine) -> None:
    assert content.emergency_numbers(engine.content, make()).verdict is OK
    assert content.emergency_numbers(engine.content, make(emergency_numbers="911")).verdict is LOOK


def test_a_language_asked_for_that_is_not_there_is_wrong(engine: Engine) -> None:
    assert worst(list(content.languages(engine.content, make())), "languages") is OK
    assert worst(list(content.languages(engine.content, make(languages="en,eo"))), "languages") is WRONG


async def test_content_that_does_not_load_is_wrong_and_the_rest_is_looked_at(pack: Path) -> None:
    (pack / "flows" / "menu.yaml").write_text("flow: [")
    found = await examined(make(content=str(pack)))
    assert worst(found, "content") is WRONG
    assert of(found, "telegram")


# --- the proxy

NGINX = (
    "http {{\n {head}\n server {{ listen 443 ssl; {inside} location / {{ proxy_pass http://127.0.0.1:8080; }} }}\n}}\n"
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (NGINX.format(head="access_log off;", inside="error_log /dev/null crit;"), OK),
        (NGINX.format(head="access_log off;", inside=""), LOOK),
        (NGINX.format(head="", inside="error_log /dev/null crit;"), WRONG),
        (NGINX.format(head="# access_log off;", inside="error_log /dev/null crit;"), WRONG),
        (NGINX.format(head="access_log off;", inside="access_log /var/log/a.log main; error_log off crit;"), WRONG),
        (NGINX.format(head="access_log off;", inside="error_log /var/log/e.log warn;"), WRONG),
        (NGINX.format(head="access_log off;", inside="error_log /var/log/e.log;"), WRONG),
        (
            NGINX.format(head="access_log off; log_format x '$request_body';", inside="error_log /dev/null crit;"),
            WRONG,
        ),
        ("bot.example.org {\n  reverse_proxy 127.0.0.1:8080\n}\n", LOOK),
        ("{\n  log default {\n    level FATAL\n  }\n}\nbot.example.org {\n  reverse_proxy bot:1\n}\n", OK),
        ("{\n  log default {\n    level FATAL\n  }\n}\nbot.example.org {\n  log\n}\n", WRONG),
        ("bot.example.org {\n  log\n  reverse_proxy 127.0.0.1:8080\n}\n", WRONG),
        ("bot.example.org {\n  log {\n    output file /var/log/caddy.log\n  }\n}\n", WRONG),
        ("bot.example.org {\n  log {\n    output discard\n  }\n}\n", LOOK),
        ("<VirtualHost *:443>\n  CustomLog /var/log/a.log combined\n</VirtualHost>\n", LOOK),
        ("frontend web\n  bind :443\n  option httplog\n  log global\n", LOOK),
        (NGINX.format(head="access_log off;", inside="error_log /dev/null crit; include sites-enabled/*;"), LOOK),
        (NGINX.format(head="include mime.types; access_log off;", inside="error_log /dev/null crit;"), OK),
    ],
)
def test_the_proxy_must_not_write_addresses_down(tmp_path: Path, text: str, verdict: Verdict) -> None:
    file = tmp_path / "conf"
    file.write_text(text)
    assert worst(list(proxy(file)), "proxy") is verdict


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_proxies_that_we_ship_are_in_order(name: str) -> None:
    assert {one.verdict for one in proxy(REPOSITORY / "deploy" / "proxy" / name)} == {OK}


def test_a_proxy_file_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    assert [one.verdict for one in proxy(tmp_path / "none")] == [WRONG]


# --- the command


async def audit(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor", *arguments),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


async def test_the_exit_status_says_how_bad_the_worst_is(
    tmp_path: Path, standin: StandIn, small: Path, small_engine: Engine
) -> None:
    await set_profile(standin, small_engine)
    settings = {
        "TELEGRAM_BOT_TOKEN": standin.token,
        "TELEGRAM_API_BASE_URL": standin.url,
        "CONTENT": str(small),
        "BRAND_NAME": "Waypost",
    }
    status, text = await audit(tmp_path, **settings)
    assert "WRONG" not in text
    assert status == (1 if "LOOK" in text else 0)
    status, text = await audit(tmp_path, LOG_LEVEL="DEBUG", **settings)
    assert status == 1
    assert "Set LOG_LEVEL=INFO." in text
    assert standin.token not in text
    status, text = await audit(
        tmp_path, "--format", "json", METRICS_PORT="9464", METRICS_HOST="203.0.114.7", **settings
    )
    assert status == 2
    found = {one["about"]: one for one in json.loads(text)}
    assert found["metrics"]["verdict"] == "wrong"
    assert standin.token not in text
