"""The work of `doctor`: look at everything, say what was found and what to do, and how bad the worst of it is."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx

from bot.content.errors import ContentError
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment
from bot.dialogue.opening import open_engine
from bot.operations.doctor import content, machine, memory, telegram
from bot.operations.doctor.finding import Finding, Verdict, look, wrong
from bot.operations.doctor.proxy import proxy
from bot.operations.doctor.running import running
from bot.operations.doctor.writable import content_files
from bot.operations.secrecy import keep_memory_to_itself
from bot.settings import ENV_FILE, Settings, hints, secrets_directory

STATUS: Final = {Verdict.OK: 0, Verdict.LOOK: 1, Verdict.WRONG: 2}
_SIGNS: Final = {Verdict.OK: "ok   ", Verdict.LOOK: "LOOK ", Verdict.WRONG: "WRONG"}


def doctor(settings: Settings, proxies: Sequence[Path], now: datetime, form: str, say: Callable[[str], None]) -> int:
    """Audit the deployment; the exit status: 0 all is well, 1 something deserves a look, 2 something is wrong."""
    # At INFO the library logs addresses of calls, and they hold the token.
    logging.getLogger("httpx").setLevel(logging.CRITICAL)
    keep_memory_to_itself()
    with httpx.Client() as client:
        findings = list(examine(settings, proxies, now, client))
    say(as_json(findings) if form == "json" else as_text(findings))
    return max((STATUS[finding.verdict] for finding in findings), default=0)


def examine(settings: Settings, proxies: Sequence[Path], now: datetime, client: httpx.Client) -> Iterator[Finding]:
    """Everything there is to say, in order."""
    yield from machine.token_files(ENV_FILE, secrets_directory())
    yield from machine.misspelt(hints(settings))
    yield from content_files(settings.content)
    yield memory.swap()
    yield memory.core_dumps()
    yield machine.log_level(settings)
    contained = machine.in_container()
    yield machine.web_exposure(settings, contained)
    yield machine.metrics_exposure(settings, contained)
    yield machine.impact_file(settings)
    yield machine.exit_url(settings)
    yield from machine.frame_ancestors(settings)
    yield machine.feedback(settings)
    yield machine.valkey(settings)
    yield content.zones()
    engine: Engine | None = None
    try:
        engine = open_engine(
            settings.content,
            default_language=settings.default_language,
            languages=settings.languages,
            deployment=Deployment(settings.brand_name, settings.feedback_contact),
        )
    except ContentError as error:
        first, *others = error.problems
        more = f" There are {len(others)} more." if others else ""
        remedy = f"{first.hint} Then run `python -m bot check`, until nothing is found.".lstrip()
        yield wrong("content", f"It cannot be loaded. {first.place}: {first.message}{more}", remedy)
    else:
        yield content.proof(engine.content, settings)
        yield content.ages(engine.content, now)
        yield content.holidays(engine.content, now)
        yield content.emergency_numbers(engine.content, settings)
        yield from content.languages(engine.content, settings)
    yield from running(settings, engine.content.fingerprint if engine else None, client)
    yield from _at_telegram(settings, engine, now, client)
    for file in proxies:
        yield from proxy(file)
    if not proxies and settings.telegram_webhook_url:
        yield look(
            "proxy", "What it logs was not looked at.", "Name the configuration of nginx or Caddy: --proxy FILE."
        )


def _at_telegram(settings: Settings, engine: Engine | None, now: datetime, client: httpx.Client) -> Iterator[Finding]:
    if settings.telegram_bot_token is None:
        yield look("telegram", "There is no token, so there is no bot on Telegram.", "Set TELEGRAM_BOT_TOKEN if meant.")
        return
    try:
        api = telegram.Api(client, settings)
        answer = api.ask("getMe")
        yield from telegram.me(answer)
        yield content.clock(now, answer.date)
        yield from telegram.webhook(api.ask("getWebhookInfo"), settings, now)
        if engine is not None:
            yield from telegram.profile(api, engine, settings)
    except telegram.UnansweredError as error:
        remedy = (
            "Look at the token (@BotFather tells it again), at TELEGRAM_API_BASE_URL, and at the way out from here."
        )
        yield wrong("telegram", str(error), remedy)


def as_text(findings: Sequence[Finding]) -> str:
    """One line each, and what to do on the next; the worst at the end, where it is seen."""
    lines: list[str] = []
    for finding in sorted(findings, key=lambda one: STATUS[one.verdict]):
        lines.append(f"{_SIGNS[finding.verdict]} {finding.about}: {finding.said}")
        if finding.remedy:
            lines.append(f"      → {finding.remedy}")
    counts = {verdict: sum(one.verdict is verdict for one in findings) for verdict in Verdict}
    lines.append("")
    lines.append(", ".join(f"{count} {verdict.value}" for verdict, count in counts.items()) + ".")
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """The findings as a JSON array, in the order in which things were looked at."""
    return json.dumps(
        [
            {"about": one.about, "verdict": one.verdict.value, "said": one.said, "remedy": one.remedy}
            for one in findings
        ],
        ensure_ascii=False,
        indent=1,
    )
