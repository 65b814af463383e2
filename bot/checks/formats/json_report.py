"""A report as JSON, for scripts. Keys are only ever added."""

from __future__ import annotations

import json
from typing import Any

from bot.checks.finding import Finding
from bot.checks.formats import situations
from bot.checks.origin import pack_of
from bot.checks.report import Report


def json_report(report: Report) -> str:
    """The whole report as one JSON object."""
    return json.dumps(_values(report), ensure_ascii=False, indent=2)


def _values(report: Report) -> dict[str, Any]:
    counts = report.counts
    return {
        "waypost": report.version,
        "content": report.fingerprint,
        "at": report.now.isoformat(),
        "clean": not report.errors and not report.failures,
        "fit": report.fit,
        "whole": report.whole,
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "packs": [pack.name for pack in report.packs],
        "findings": [_finding(finding, report) for finding in report.findings],
        "accepted": [
            {
                **_finding(silenced.finding, report),
                "because": silenced.acceptance.because,
                "by": silenced.acceptance.by,
                "until": silenced.acceptance.until.isoformat(),
            }
            for silenced in report.silenced
        ],
        "properties": [
            {
                "code": verdict.property.code,
                "title": verdict.property.title,
                "severity": verdict.property.severity,
                "outcome": verdict.outcome,
                "findings": verdict.findings,
                "accepted": verdict.silenced,
                "seconds": round(verdict.seconds, 3),
            }
            for verdict in report.verdicts
        ],
        "failures": [{"what": failure.what, "reason": failure.reason} for failure in report.failures],
        "left_out": list(report.skipped),
        "counts": None
        if counts is None
        else {
            "flows": counts.flows,
            "steps": counts.steps,
            "services": counts.services,
            "screens": counts.screens,
            "places": counts.places,
            "moments": counts.moments,
        },
        "languages": [
            {
                "language": drawn.language,
                "name": drawn.name,
                "everything": drawn.everything,
                "offered": drawn.offered,
                "screens": drawn.screens,
                "cards": drawn.cards,
            }
            for drawn in report.languages
        ],
        "buttons_already_sent": _landings(report),
        "seconds": round(report.seconds, 3),
    }


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    place = finding.place
    values: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity,
        "file": place.path.as_posix(),
        "line": place.line,
        "column": place.column,
        "pack": pack_of(place, report.packs),
        "about": finding.about,
        "message": finding.message,
        "fix": finding.hint,
        "more": finding.more,
    }
    if finding.situation is not None:
        values |= {
            "presses": list(finding.situation.presses),
            "answers": list(finding.situation.answers),
            "moment": finding.situation.moment.isoformat() if finding.situation.moment else None,
            "language": finding.situation.language or None,
            "replay": situations.replay(finding.situation) if finding.situation.presses else None,
        }
    return values


def _landings(report: Report) -> dict[str, Any] | None:
    landings = report.landings
    if landings is None:
        return None
    return {
        "of": landings.name,
        "content": landings.fingerprint,
        "states": dict(landings.counts),
        "moved": {str(old): str(new) for old, new in landings.successors.items()},
        "gone": [str(step) for step in landings.gone],
    }
