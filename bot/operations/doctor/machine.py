"""Checks of settings and files on this machine."""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.operations.doctor.finding import Finding, look, ok, wrong
from bot.settings import Settings

_SECRETS: Final = ("telegram_bot_token", "telegram_webhook_secret", "valkey_url")


def token_files(env_file: Path, secrets: Path | None) -> Iterator[Finding]:
    """Who may read the files that hold secrets."""
    about = "token files"
    held = [env_file] if _holds_a_secret(env_file) else []
    if secrets is not None:
        held += [secrets / name for name in (*_SECRETS, *map(str.upper, _SECRETS)) if (secrets / name).is_file()]
    for file in held:
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & stat.S_IRWXO:
            remedy = f"Run: chmod 600 {file}. If anybody else has an account here, get a new token from @BotFather too."
            yield wrong(about, f"{file} can be read by everybody on this machine (mode {mode:03o}).", remedy)
        elif mode & stat.S_IRWXG:
            yield look(about, f"{file} can be read by its group (mode {mode:03o}).", f"If not meant: chmod 600 {file}")
        else:
            yield ok(about, f"{file} can be read by its owner alone.")
    if not held:
        yield ok(about, "No secret stands in a file.")


def _holds_a_secret(file: Path) -> bool:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").upper().splitlines()
    except OSError:
        return False
    return any(line.strip().removeprefix("EXPORT ").startswith(tuple(map(str.upper, _SECRETS))) for line in lines)


def log_level(settings: Settings) -> Finding:
    """How much is logged. No level logs what people write; the less, the less there is to look after."""
    if settings.log_level == "DEBUG":
        return look("log level", "LOG_LEVEL is DEBUG, which is meant for finding faults.", "Set LOG_LEVEL=INFO.")
    return ok("log level", f"LOG_LEVEL is {settings.log_level}.")


def misspelt(hinted: Sequence[str]) -> Iterator[Finding]:
    """Names that are set, mean nothing and look like settings; ``hinted`` is a line for each."""
    for hint in hinted:
        yield look("settings", hint, "Correct the name in .env, or take the line away.")
    if not hinted:
        yield ok("settings", "No name is misspelt.")


def in_container(root: Path = Path("/")) -> bool:
    """Whether this runs in a container, as engines mark it. ``root`` is where the system's files are."""
    return any((root / mark).exists() for mark in ("run/.containerenv", ".dockerenv")) or bool(
        os.environ.get("KUBERNETES_SERVICE_HOST")
    )


def web_exposure(settings: Settings, contained: bool = False) -> Finding:
    """Where the web chat can be reached. A container's addresses are its own: only what it publishes can be reached."""
    if _reach(settings.host) == "here":
        return ok("web address", f"Only this machine can reach {settings.host}; a proxy in front brings people there.")
    if contained and settings.host in _EVERY_ADDRESS:
        return ok("web address", f"It is this container's. Publish no port but the proxy's, {_PUBLISHED}.")
    remedy = "Let nobody but a proxy with https reach this port: a firewall, or HOST=127.0.0.1."
    return look("web address", f"HOST={settings.host} can be reached from outside, without encryption.", remedy)


_PUBLISHED: Final = "as in deploy/compose.yaml"
_EVERY_ADDRESS: Final = ("0.0.0.0", "::")  # noqa: S104 (told, not bound)


def metrics_exposure(settings: Settings, contained: bool = False) -> Finding:
    """Who can read the figures."""
    about = "metrics"
    if settings.metrics_port is None:
        return ok(about, "No figures are shown (METRICS_PORT is not set).")
    reach = _reach(settings.metrics_host)
    if reach == "here":
        return ok(about, "Only this machine can read the figures.")
    if contained and settings.metrics_host in _EVERY_ADDRESS:
        port = settings.metrics_port
        return ok(about, f"The containers beside this one can read the figures. See that port {port} is not published.")
    remedy = "Set METRICS_HOST to an address that only the monitoring can reach, best 127.0.0.1."
    if reach == "inside":
        return look(about, f"A whole network can read the figures at {settings.metrics_host}.", remedy)
    return wrong(about, f"Everybody who reaches this machine can read the figures ({settings.metrics_host}).", remedy)


def _reach(host: str) -> str:
    """``here``, ``inside`` (a private network) or ``everywhere``."""
    if host == "localhost":
        return "here"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "inside"
    if address.is_loopback:
        return "here"
    return "inside" if address.is_private and not address.is_unspecified else "everywhere"


def impact_file(settings: Settings) -> Finding:
    """Who may read the weekly counts."""
    about = "weekly counts"
    if settings.impact_file is None:
        return ok(about, "None are kept (IMPACT_FILE is not set).")
    try:
        mode = stat.S_IMODE(settings.impact_file.stat().st_mode)
    except FileNotFoundError:
        return ok(about, "None are kept yet.")
    except OSError as error:
        return wrong(about, f"IMPACT_FILE: {error.strerror}.", "Let the account that runs the bot read and write it.")
    if mode & (stat.S_IRWXO | stat.S_IRWXG):
        remedy = f"Run: chmod 600 {settings.impact_file}. The reports made from it may be published, it may not."
        return wrong(about, f"Others can read the small counts in it (mode {mode:03o}).", remedy)
    return ok(about, "Only their owner can read them.")


def exit_url(settings: Settings) -> Finding:
    """Where *Exit this page* leads."""
    parts = urlsplit(settings.exit_url)
    if parts.scheme != "https":
        return wrong("exit page", "EXIT_URL is no https address, so the network sees that it is opened.", _EXIT)
    own = urlsplit(settings.telegram_webhook_url).hostname
    if own and parts.hostname == own:
        return wrong("exit page", "EXIT_URL leads to this very bot.", _EXIT)
    return ok("exit page", f"It leads to {parts.hostname}. Open it once yourself: it must say nothing of why.")


_EXIT: Final = "Set EXIT_URL to a page that everybody looks at, such as a weather page, or leave it unset."


def frame_ancestors(settings: Settings) -> Iterator[Finding]:
    """Which sites may show the web chat in a frame."""
    about = "frames"
    if not settings.frame_ancestors:
        yield ok(about, "No other site may show the web chat in a frame.")
    for origin in settings.frame_ancestors:
        if origin.startswith("http://"):
            yield wrong(about, f"FRAME_ANCESTORS has {origin}, which is meant for trying out.", "Take it away.")
        else:
            yield look(about, f"{origin} may frame the web chat.", "Is it your own? It sees when somebody opens it.")


def feedback(settings: Settings) -> Finding:
    """Whether people can say that a number is wrong."""
    if settings.feedback_contact:
        return ok("feedback", "People are told where to complain or report a wrong number.")
    return look("feedback", "Nobody can tell you that a number is wrong.", "Set FEEDBACK_CONTACT.")


def valkey(settings: Settings) -> Finding:
    """How the shared flood counters are reached."""
    if settings.valkey_url is None:
        return ok("valkey", "It is not used.")
    parts = urlsplit(settings.valkey_url.get_secret_value())
    if parts.scheme in {"valkeys", "rediss", "unix"} or _reach(parts.hostname or "") == "here":
        return ok("valkey", "The way there is encrypted, or does not leave this machine.")
    return look("valkey", "The way there is not encrypted.", "Use valkeys:// or see that no others share the network.")
