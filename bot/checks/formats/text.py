"""A report as a good compiler would print it: where, what, how one comes to see it, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Finding, Severity
from bot.checks.formats import situations
from bot.checks.formats.source_lines import SourceLines
from bot.checks.origin import pack_of
from bot.checks.report import Drawn, Report, Silenced


def text(report: Report) -> str:
    """The whole report. Its last line says how it went."""
    return "\n".join(_lines(report, SourceLines()))


def _lines(report: Report, sources: SourceLines) -> Iterator[str]:
    for finding in report.findings:
        yield from _finding(finding, report, sources)
        yield ""
    if report.silenced:
        yield "Accepted as they are:"
        yield from (_silenced(silenced) for silenced in report.silenced)
        yield ""
    if report.landings is not None:
        yield from _landings(report)
        yield ""
    for failure in report.failures:
        yield f"{failure.what} could not be looked at, which is a fault of Waypost and not of your content: " + (
            failure.reason
        )
    yield from (f"Note: {sentence}" for sentence in report.skipped)
    yield from _summary(report)


def _finding(finding: Finding, report: Report, sources: SourceLines) -> Iterator[str]:
    yield f"{finding.place} {finding.code} {finding.severity}: {finding.message}"
    line, caret = sources.excerpt(finding.place)
    if line:
        number = str(finding.place.line)
        yield f"  {number} | {line}"
        yield f"  {' ' * len(number)} | {caret}"
    situation = finding.situation
    if situation is not None and situation.presses:
        yield f"  way:    {situations.way(situation)}"
    if situation is not None and (circumstances := situations.circumstances(situation, report.labels)):
        yield f"  when:   {circumstances}"
    if pack := pack_of(finding.place, report.packs):
        yield f"  pack:   {pack}"
    if finding.hint:
        yield f"  fix:    {finding.hint}"
    if situation is not None and situation.presses:
        yield f"  replay: {situations.replay(situation)}"
    if finding.more:
        yield f"  and {finding.more} more like it"


def _silenced(silenced: Silenced) -> str:
    finding, acceptance = silenced.finding, silenced.acceptance
    more = f" ({finding.more + 1} times)" if finding.more else ""
    return (
        f"  {finding.place} {finding.code}: {finding.message}{more}\n"
        f"    because {acceptance.because} ({acceptance.by}, until {acceptance.until})"
    )


def _landings(report: Report) -> Iterator[str]:
    landings = report.landings
    if landings is None:
        return
    total = sum(landings.counts.values())
    yield f"Buttons already sent by {landings.name}: {total:,} states pressed. They lead to"
    yield from (f"  {count:>9,}  {landing}" for landing, count in landings.counts.items())
    yield from (f"  moved: {old} to {new}" for old, new in landings.successors.items())
    if landings.gone:
        yield f"  gone:  {', '.join(str(step) for step in landings.gone)}"


def _summary(report: Report) -> Iterator[str]:
    counts = report.counts
    if counts is None:
        yield f"{_count(len(report.findings), 'problem')} in the content"
        return
    looked = [_count(sum(verdict.seconds > 0 for verdict in report.verdicts), "rule")]
    if counts.screens:
        looked.append(f"{_count(counts.screens, 'screen')} for {_count(counts.places, 'place')}")
    if counts.moments:
        looked.append(f"{_count(counts.moments, 'moment')} of the coming 13 months")
    yield f"Looked at {', '.join(looked)} in {report.seconds:.1f} s."
    if len(report.languages) > 1:
        yield from languages(report)
    size = f"{counts.flows} flows, {counts.steps} steps, {counts.services} services. Content {report.fingerprint[:12]}."
    if len(report.packs) > 1:
        yield f"By pack: {'; '.join(_by_pack(report))}."
    yield f"{_verdict(report)}: {size}"


def languages(report: Report) -> Iterator[str]:
    """What was drawn in which language, in sentences: all of it first, then what is translated of the others."""
    whole = [f"{drawn.name} {drawn.screens:,}{_unoffered(drawn)}" for drawn in report.languages if drawn.everything]
    yield f"Every screen in {len(whole)} {'language' if len(whole) == 1 else 'languages'}: {', '.join(whole)}."
    if partly := [f"{drawn.name} {drawn.screens:,}" for drawn in report.languages if not drawn.everything]:
        yield f"The screens that are translated of {len(partly)} more: {', '.join(partly)}."
    if cards := sum(drawn.cards for drawn in report.languages):
        count = sum(drawn.cards > 0 for drawn in report.languages)
        yield f"The emergency card of {_count(count, 'language')} that people cannot read everything in: {cards:,}."


def _unoffered(drawn: Drawn) -> str:
    return "" if drawn.offered else " (not offered yet)"


def _by_pack(report: Report) -> Iterator[str]:
    for pack in report.packs:
        found = [finding.severity for finding in report.findings if pack_of(finding.place, report.packs) == pack.name]
        errors = found.count(Severity.ERROR)
        yield f"{pack.name} {_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}"


def _verdict(report: Report) -> str:
    errors, warnings = _count(len(report.errors), "error"), _count(len(report.warnings), "warning")
    if report.errors:
        return f"{errors} and {warnings}" if report.warnings else errors
    if report.failures:
        return "Not everything could be looked at"
    return f"No errors, {warnings}" if report.warnings else "No problems found"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
