"""A report as SARIF 2.1.0, which code-hosting sites show on the line (https://docs.oasis-open.org/sarif/sarif/v2.1.0)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from bot.checks.finding import Finding, Severity
from bot.checks.formats import situations
from bot.checks.properties import Property
from bot.checks.report import Report, Silenced
from bot.content.errors import Place

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def sarif(report: Report) -> str:
    """The whole report as one SARIF log with one run."""
    properties = [verdict.property for verdict in report.verdicts]
    places = {found.code: index for index, found in enumerate(properties)}
    results = [_result(finding, report, places) for finding in report.findings]
    results += [_result(silenced.finding, report, places, silenced) for silenced in report.silenced]
    driver = {
        "name": "Waypost",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [_rule(found) for found in properties],
    }
    invocation = {
        "executionSuccessful": not report.failures,
        "toolExecutionNotifications": [
            {"level": "error", "message": {"text": f"{failure.what} could not be looked at: {failure.reason}"}}
            for failure in report.failures
        ]
        + [{"level": "note", "message": {"text": sentence}} for sentence in report.skipped],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which the check was run."}}},
        "results": results,
        "properties": {"content": report.fingerprint, "at": report.now.isoformat()},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(found: Property) -> dict[str, Any]:
    silencing = "It can be accepted at its place." if found.silenceable else "It can never be accepted."
    help_text = f"{found.why}\n\n{found.fix}\n\n{silencing}"
    return {
        "id": found.code,
        "shortDescription": {"text": found.title},
        "fullDescription": {"text": found.why},
        "help": {"text": help_text, "markdown": f"{found.why}\n\n**What to do:** {found.fix}\n\n{silencing}"},
        "defaultConfiguration": {"level": _LEVELS[found.severity]},
    }


def _result(
    finding: Finding, report: Report, places: dict[str, int], silenced: Silenced | None = None
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding, report)},
        "locations": [{"physicalLocation": _location(finding.place)}],
        "partialFingerprints": {"waypost/v1": _fingerprint(finding)},
    }
    if silenced is not None:
        acceptance = silenced.acceptance
        reason = f"{acceptance.because} ({acceptance.by}, until {acceptance.until})"
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": reason}]
    return result


def _message(finding: Finding, report: Report) -> str:
    sentences = [f"{finding.message[:1].upper()}{finding.message[1:]}."]
    situation = finding.situation
    if situation is not None and situation.presses:
        sentences.append(f"Way: {situations.way(situation)}.")
    if situation is not None and (circumstances := situations.circumstances(situation, report.labels)):
        sentences.append(f"When: {circumstances}.")
    if finding.hint:
        sentences.append(finding.hint)
    if situation is not None and situation.presses:
        sentences.append(f"Replay: {situations.replay(situation)}")
    if finding.more:
        sentences.append(f"And {finding.more} more like it.")
    return "\n".join(sentences)


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(place.path)}
    if place.line > 0:
        region = {"startLine": place.line}
        if place.column > 0:
            region["startColumn"] = place.column
        location["region"] = region
    return location


def _artifact(path: Path) -> dict[str, str]:
    """Relative to the folder of the check where it lies inside; content elsewhere by its whole address."""
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}


def _fingerprint(finding: Finding) -> str:
    """The same for the same finding after lines have moved."""
    whole = "\n".join((finding.code, finding.place.path.as_posix(), finding.about, finding.message))
    return hashlib.blake2s(whole.encode(), digest_size=16).hexdigest()
