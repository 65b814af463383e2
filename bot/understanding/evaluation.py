"""The report of `evaluate`: figures first, then what was missed and the rules to blame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from bot.content.errors import nearest
from bot.content.model import Content
from bot.understanding.classifying import NOT_UNDERSTOOD, classified
from bot.understanding.reader import Reader
from bot.understanding.scoring import Judged, Labelled, Score

_WIDTH = 110
_MOST_CONFUSIONS = 12


def judge(reader: Reader, messages: Iterable[Labelled]) -> Score:
    """Read every message as if somebody had typed it."""
    judged = []
    for message in messages:
        reading = reader.read(message.text, message.language, reasons=True)
        match = reading.matches[0] if reading else None
        rule = f"{match.listed.language} {match.listed.id}: {match.phrase}" if match else ""
        judged.append(Judged(message, classified(reading), rule, match.words if match else ""))
    return Score(judged)


def report(score: Score, *, details: bool = True) -> Iterator[str]:
    """Lines to print. Without ``details`` no message is shown, so that an honest split stays honest."""
    yield from _figures("all", score)
    for title, key in _GROUPINGS:
        groups = score.by(key)
        if len(groups) > 1:
            yield ""
            yield f"by {title}"
            yield f"  {'':24}{'messages':>9}{'crisis found':>22}{'false alarms':>20}{'right or fine':>22}"
            for name, group in groups.items():
                row = (len(group.judged), group.crisis_recall, group.false_alarms, group.fine)
                yield f"  {name:24}{row[0]:>9}{row[1]!s:>22}{row[2]!s:>20}{row[3]!s:>22}"
    yield from _confusions(score)
    if details:
        yield from _listed("missed: somebody in danger got no emergency flow", score, lambda one: one.missed)
        yield from _listed("false alarms", score, lambda one: one.false_alarm)
        yield from _listed(
            "otherwise wrong",
            score,
            lambda one: not (one.fine or one.missed or one.false_alarm or one.message.is_crisis),
        )


def unknown_labels(content: Content, messages: Iterable[Labelled]) -> Iterator[str]:
    """A line for each expected label that no intent has: a slip of the pen is no missed message."""
    known = {intent.label for intents in content.intents.values() for intent in intents} | {NOT_UNDERSTOOD}
    counted = Counter(message.expected for message in messages)
    for label in sorted(counted.keys() - known):
        hint = nearest(label, sorted(known))
        yield f"No intent has the label `{label}` ({counted[label]} times), so it is always missed. {hint}".rstrip()


_GROUPINGS: tuple[tuple[str, Callable[[Labelled], Iterable[str]]], ...] = (
    ("label", lambda message: (message.expected,)),
    ("language", lambda message: (message.language,)),
    ("kind", lambda message: message.kinds),
)


def _figures(name: str, score: Score) -> Iterator[str]:
    yield f"{name}: {len(score.judged)} messages"
    yield f"  danger and suicide answered by an emergency flow   {score.crisis_recall}"
    yield f"  high risk treated as not understood                {score.high_risk_lost}"
    yield f"  idioms and mentions answered as emergencies        {score.idiom_alarms}"
    yield f"  all harmless messages answered as emergencies      {score.false_alarms}"
    yield f"  right or acceptable                                {score.fine}"
    yield f"  macro-F1                                           {score.macro_f1:.3f}"


def _confusions(score: Score) -> Iterator[str]:
    if not score.confusions:
        return
    yield ""
    yield "confused (expected → given)"
    for (expected, given), count in score.confusions[:_MOST_CONFUSIONS]:
        yield f"  {count:4}  {expected} → {given}"


def _listed(title: str, score: Score, chosen: Callable[[Judged], bool]) -> Iterator[str]:
    found = [one for one in score.judged if chosen(one)]
    if not found:
        return
    yield ""
    yield f"{title} ({len(found)})"
    for one in found:
        text = " ".join(one.message.text.split())
        yield f"  {one.message.expected} → {one.answer.intent}: {text[:_WIDTH]}"
        if one.rule:
            yield f"      by “{one.words[:60]}”, {one.rule[:_WIDTH]}"
