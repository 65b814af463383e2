"""A report as a web page to publish: one file, no scripts, nothing fetched, readable on a phone and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from bot.checks.finding import Finding, Severity
from bot.checks.formats import situations
from bot.checks.formats.source_lines import SourceLines
from bot.checks.graph.markup import NOTHING, Markup, element, joined
from bot.checks.report import Drawn, FactAge, Outcome, Report, Silenced, Verdict

_CLASSES: Final = {
    Outcome.HOLDS: "holds",
    Outcome.WARNED: "warned",
    Outcome.BROKEN: "broken",
    Outcome.SKIPPED: "skipped",
    Outcome.FAILED: "failed",
}
_SIGNS: Final = {
    Outcome.HOLDS: "✓ holds",
    Outcome.WARNED: "! warnings",
    Outcome.BROKEN: "✗ does not hold",
    Outcome.SKIPPED: "– not looked at",
    Outcome.FAILED: "✗ could not be looked at",
}
_KINDS: Final = {"number": "Number", "address": "Address", "hours": "Opening hours", "on contact": "What happens"}


def page(report: Report) -> str:
    """The page. Everything that comes from the content is escaped."""
    body = joined(_sections(report, SourceLines()))
    head = joined(
        (
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="referrer", content="no-referrer"),
            element("title", "Is this bot safe to use? What the check found"),
            element("style", Markup(files(__package__).joinpath("page.css").read_text(encoding="utf-8"))),
        )
    )
    return f"<!doctype html>\n{element('html', element('head', head), element('body', body), lang='en-GB')}\n"


def _sections(report: Report, sources: SourceLines) -> Iterator[Markup]:
    yield _top(report)
    if report.findings or report.failures:
        yield element("h2", "What must be looked at")
        yield from (
            element("p", f"{failure.what} could not be looked at: {failure.reason}") for failure in report.failures
        )
        yield from (_finding(finding, report, sources) for finding in report.findings)
    yield element("h2", "What was proven")
    yield element("p", "Each line is a property. Open it to read why it matters.", class_="soft")
    yield from (_property(verdict) for verdict in report.verdicts)
    yield element("h2", "Accepted as they are")
    if report.silenced:
        yield from (_silenced(silenced, sources) for silenced in report.silenced)
    else:
        yield element("p", "Nothing: no finding was silenced.")
    yield _landings(report)
    yield _languages(report)
    yield _ages(report)
    yield element("h2", "How this was made")
    yield element(
        "p",
        "The check follows every button from every way in, with the very engine that answers people, for everybody "
        "who can come there, at every moment at which a service opens or closes. Two places whose screens cannot "
        "differ are drawn once, and each such screen again in every language. The content hash stands for every "
        "word: whoever has the same hash has the same bot.",
    )


def _top(report: Report) -> Markup:
    counts = report.counts
    numbers = (
        []
        if counts is None
        else [
            (counts.screens, "different screens"),
            (counts.places, "places people can reach"),
            (counts.moments, "moments of the coming 13 months"),
            (counts.steps, "steps written by authors"),
            (counts.services, "services"),
            (sum(verdict.outcome is not Outcome.SKIPPED for verdict in report.verdicts), "properties looked at"),
        ]
    )
    tiles = [element("li", element("b", f"{number:,}"), name) for number, name in numbers if number]
    facts = [
        ("Looked at", situations.moment(report.now)),
        ("Content hash", report.fingerprint or "none: the content does not load"),
        ("Waypost", report.version),
    ]
    rows = [joined((element("dt", name), element("dd", value, class_="mono"))) for name, value in facts]
    outcome, words = _overall(report)
    return joined(
        (
            element("h1", "Is this bot safe to use? What the check found"),
            element("p", words, class_=f"verdict {_CLASSES[outcome]}"),
            element("dl", *rows),
            element("ul", *tiles, class_="facts") if tiles else NOTHING,
            *(element("p", f"Note: {sentence}") for sentence in report.skipped),
        )
    )


def _overall(report: Report) -> tuple[Outcome, str]:
    if report.errors:
        number = len(report.errors)
        return Outcome.BROKEN, f"✗ {number} {'error' if number == 1 else 'errors'}: this content should not go live."
    if report.failures:
        return Outcome.FAILED, "✗ Not everything could be looked at."
    if report.warnings:
        number = len(report.warnings)
        return Outcome.WARNED, f"✓ No errors. {number} {'warning' if number == 1 else 'warnings'} for the editors."
    return Outcome.HOLDS, "✓ No problems found."


def _property(verdict: Verdict) -> Markup:
    found = verdict.property
    number = f" ({verdict.findings:,})" if verdict.findings else ""
    quiet = f", {verdict.silenced:,} accepted" if verdict.silenced else ""
    class_ = f"outcome {_CLASSES[verdict.outcome]}"
    summary = element(
        "summary",
        element("span", found.code, class_="mono soft"),
        element("span", found.title, class_="title"),
        element("span", f"{_SIGNS[verdict.outcome]}{number}{quiet}", class_=class_),
    )
    never = "" if found.silenceable else " Nobody can accept a finding of this."
    return element("details", summary, element("p", f"{found.why}{never}", class_="soft"), class_="property")


def _finding(finding: Finding, report: Report, sources: SourceLines) -> Markup:
    class_ = "broken" if finding.severity is Severity.ERROR else "warned"
    rows = [("Where", str(finding.place))]
    situation = finding.situation
    if situation is not None and situation.presses:
        rows.append(("Way", situations.way(situation)))
    if situation is not None and (circumstances := situations.circumstances(situation, report.labels)):
        rows.append(("When", circumstances))
    if finding.hint:
        rows.append(("What to do", finding.hint))
    if situation is not None and situation.presses:
        rows.append(("Replay", situations.replay(situation)))
    if finding.more:
        rows.append(("More", f"{finding.more:,} more like it"))
    return element(
        "div",
        element("h3", f"{finding.code} {finding.severity}: {finding.message}"),
        _excerpt(finding, sources),
        element("dl", *(joined((element("dt", name), element("dd", value))) for name, value in rows)),
        class_=f"finding {class_}",
    )


def _silenced(silenced: Silenced, sources: SourceLines) -> Markup:
    finding, acceptance = silenced.finding, silenced.acceptance
    rows = [
        ("Where", str(finding.place)),
        ("Because", acceptance.because),
        ("By", acceptance.by),
        ("Until", acceptance.until.isoformat()),
    ]
    if finding.more:
        rows.append(("Times", f"{finding.more + 1:,}"))
    return element(
        "div",
        element("h3", f"{finding.code}: {finding.message}"),
        _excerpt(finding, sources),
        element("dl", *(joined((element("dt", name), element("dd", value))) for name, value in rows)),
        class_="finding skipped",
    )


def _excerpt(finding: Finding, sources: SourceLines) -> Markup:
    line, caret = sources.excerpt(finding.place)
    return element("pre", f"{line}\n{caret}") if line else NOTHING


def _landings(report: Report) -> Markup:
    landings = report.landings
    if landings is None:
        return NOTHING
    rows = [
        element("tr", element("td", f"{count:,}", class_="days", data_label="States"), element("td", str(landing)))
        for landing, count in landings.counts.items()
    ]
    return joined(
        (
            element("h2", "Buttons already sent"),
            element("p", f"Everything that buttons of {landings.name} can hold was pressed. It leads to:"),
            element("table", element("tbody", *rows)),
        )
    )


def _languages(report: Report) -> Markup:
    if not report.languages:
        return NOTHING
    heads = ("Language", "What was drawn", "Screens", "Emergency cards")
    rows = [
        element(
            "tr",
            *(
                element("td", cell, data_label=head, class_="days" if index > 1 else None)
                for index, (head, cell) in enumerate(zip(heads, _drawn(drawn), strict=True))
            ),
        )
        for drawn in report.languages
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return joined((element("h2", "Languages"), element("table", head, element("tbody", *rows))))


def _drawn(drawn: Drawn) -> tuple[str, str, str, str]:
    what = "every screen" if drawn.everything else "the screens that are translated"
    offered = "" if drawn.offered else "; not offered yet, people get the emergency card"
    return drawn.name, f"{what}{offered}", f"{drawn.screens:,}", f"{drawn.cards:,}" if drawn.cards else "–"


def _ages(report: Report) -> Markup:
    if not report.facts:
        return NOTHING
    oldest_first = sorted(report.facts, key=lambda fact: (-fact.days, fact.name, fact.kind, fact.told))
    heads = ("Service", "What", "As people are told", "Last held against its source", "Age")
    return joined(
        (
            element("h2", "The age of every number"),
            element("p", f"{len(report.facts):,} facts about services, the oldest first.", class_="soft"),
            element(
                "table",
                element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
                element("tbody", *(_age(fact, heads) for fact in oldest_first)),
            ),
        )
    )


def _age(fact: FactAge, heads: tuple[str, ...]) -> Markup:
    source: str = fact.assured.isoformat()
    if fact.source.startswith(("https://", "http://")):
        source = element("a", source, href=fact.source, rel="noreferrer noopener")
    cells = (fact.name, _KINDS.get(fact.kind, fact.kind), fact.told, source, _days(fact.days))
    last = len(cells) - 1
    return element(
        "tr",
        *(
            element("td", cell, data_label=heads[index], class_="days" if index == last else None)
            for index, cell in enumerate(cells)
        ),
    )


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"
