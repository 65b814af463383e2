"""The checks run against mutated content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.checks.finding import Finding
from bot.checks.report import Report
from bot.checks.rule import Part
from bot.checks.run import ALL_PARTS, run_checks, unloadable
from bot.checks.sent.meaning import meanings
from bot.checks.sent.memory import Memory, sent_answers
from bot.checks.sent.things import things
from bot.checks.sent.translated import labels
from bot.content.errors import ContentError
from bot.content.load import BASE
from bot.dialogue.opening import open_engine
from tests.mutations.applying import mutated_copy, place
from tests.mutations.mutation import Look, Mutation

NOW: Final = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
"""A Tuesday on which offices are open, two days after every fact was assured."""

_OF_OTHER_LANGUAGES: Final = re.compile(r"flows/(locale/|phrases/(?!en))")

_WITHOUT_TIME: Final = (Part.CONTENT, Part.SCREENS)


def check_briefly(folder: Path, mutations: Sequence[Mutation]) -> Report:
    """Look at content with these mutations, which are looked for in the same way, as far as their `Look` asks for."""
    mutated_copy(folder, mutations)
    first = mutations[0]
    moment = first.moment or NOW
    only = {"WP001", *(mutation.code for mutation in mutations)} if first.look is not Look.WHOLE else ()
    try:
        engine = open_engine([str(folder)], translated=any(map(concerns_other_languages, mutations)))
    except ContentError as error:
        return unloadable(error, moment)
    return run_checks(
        engine,
        moment,
        _WITHOUT_TIME if first.look is Look.WHOLE else ALL_PARTS,
        quick=first.look is not Look.ANSWERS,
        only=only,
        against=shipped_buttons() if first.sent else None,
    )


def concerns_other_languages(mutation: Mutation) -> bool:
    """Whether it takes translations, or what people type in other languages, to find it; `check --quick` reads none."""
    files = [mutation.file, *(change.file for change in mutation.changes)]
    return any(_OF_OTHER_LANGUAGES.match(file) for file in files)


def check_everything(folder: Path, mutation: Mutation) -> Report:
    """Look at everything, as before a release."""
    mutated_copy(folder, [mutation])
    memory = shipped_buttons() if mutation.sent else None
    return run_checks([str(folder)], mutation.moment or NOW, against=memory)


def shipped_buttons() -> Memory:
    """The buttons of the shipped content."""
    content = open_engine([BASE]).content
    return Memory(
        "the shipped content",
        content.fingerprint,
        meanings(content),
        sent_answers(content),
        things={**things(content), **labels(content)},
        moved=content.moved_by_hash,
    )


def at_its_place(report: Report, folder: Path, mutation: Mutation) -> list[Finding]:
    """The findings of the right code at the right line."""
    file, line = place(folder, mutation)
    return [
        finding
        for finding in report.findings
        if finding.code == mutation.code and finding.place.line == line and _names(finding.place.path, folder, file)
    ]


def _names(path: Path, folder: Path, file: str) -> bool:
    return path in {Path(file), folder / file} or path.resolve() == (folder / file).resolve()
