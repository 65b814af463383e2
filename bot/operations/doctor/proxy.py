"""Checks of the web server in front: it sees everybody's address, so it must not write that down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.operations.doctor.finding import Finding, look, ok, wrong

_ABOUT: Final = "proxy"
_COMMENT: Final = re.compile(r"(?m)(^|\s)#.*$")
_ACCESS: Final = re.compile(r"\baccess_log\s+([^;]+);")
_ERROR: Final = re.compile(r"\berror_log\s+([^;]+);")
_SILENT: Final = re.compile(r"output discard|level (FATAL|PANIC)\b", re.IGNORECASE)
_OTHER: Final = re.compile(r"(?m)^(?:frontend|backend|defaults|listen|global)\b|^\s*<(?:VirtualHost|Proxy|Location)\b")
"""HAProxy and Apache, whose words are partly the same."""
_CADDY_LOG: Final = re.compile(r"(?ms)^\s*log\b[^\n{]*(\{.*?^\s*\}|$)")


def proxy(file: Path) -> Iterator[Finding]:
    """What a configuration file of nginx or Caddy has the proxy write down."""
    try:
        text = _COMMENT.sub(" ", file.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        yield wrong(_ABOUT, f"{file}: {error.strerror}.", "Name the proxy's configuration file.")
        return
    if _OTHER.search(text):
        yield from _unknown(file)
    elif re.search(r"\b(server|http|location)\b[^;{}]*\{", text):
        yield from _nginx(file, text)
    elif re.search(r"(?m)^\s*(reverse_proxy|log|tls|handle\w*|file_server|respond|import)\b", text):
        yield from _caddy(file, text)
    else:
        yield from _unknown(file)


def _unknown(file: Path) -> Iterator[Finding]:
    remedy = "Look into it yourself: it must write down no address of a visitor. Or use those of deploy/proxy."
    yield look(_ABOUT, f"{file}: only nginx and Caddy are understood here.", remedy)


def _nginx(file: Path, text: str) -> Iterator[Finding]:
    where = [value.split()[0] for value in _ACCESS.findall(text)]
    if not where:
        remedy = "Write `access_log off;` into the server block."
        yield wrong(_ABOUT, f"{file}: nginx logs everybody's address, as it does unless told otherwise.", remedy)
    elif any(value != "off" for value in where):
        yield wrong(_ABOUT, f"{file}: nginx logs everybody's address.", "Write `access_log off;` everywhere.")
    else:
        yield ok(_ABOUT, f"{file}: nginx keeps no access log.")
    errors = [value.split() for value in _ERROR.findall(text)]
    if any(
        value[0] != "/dev/null" and (value[1:] or ["error"])[0] not in {"crit", "alert", "emerg"} for value in errors
    ):
        remedy = "Write `error_log /dev/null crit;`: each line of an error log names an address too."
        yield wrong(_ABOUT, f"{file}: the error log names the addresses of people whose requests failed.", remedy)
    elif not errors:
        remedy = "Write `error_log /dev/null crit;` into the server block."
        yield look(_ABOUT, f"{file}: the error log is nginx's own, which names addresses.", remedy)
    included = re.findall(r"(?m)(?:^|[;{])\s*include\s+([^;]+);", text)
    if unseen := [name for name in included if "mime.types" not in name]:
        remedy = "Look at all of them together: `sudo nginx -T > all.conf`, then name that file: --proxy all.conf"
        yield look(_ABOUT, f"{file}: it takes in other files, which were not looked at ({', '.join(unseen)}).", remedy)
    if "$request_body" in text:
        yield wrong(
            _ABOUT, f"{file}: request bodies are used, which hold what people write.", "Take $request_body out."
        )


def _caddy(file: Path, text: str) -> Iterator[Finding]:
    logs = [" ".join(found.group(0).split()) for found in _CADDY_LOG.finditer(text)]
    if any(not _SILENT.search(log) for log in logs):
        remedy = "Take the `log` directive away, or let it `output discard`."
        yield wrong(_ABOUT, f"{file}: Caddy logs everybody's address.", remedy)
    elif not any(log.startswith("log default") for log in logs):
        remedy = "Write `log default { level FATAL }` (each on its own line) into the block at the top."
        yield look(_ABOUT, f"{file}: Caddy's own log names the addresses of people whose requests failed.", remedy)
    else:
        yield ok(_ABOUT, f"{file}: Caddy keeps no access log.")
