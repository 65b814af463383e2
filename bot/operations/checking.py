"""The work of `check`: look at the content, print what was found, leave a proof where there is nothing wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO

from bot.checks.explanation import explanation
from bot.checks.formats.json_report import json_report
from bot.checks.formats.page import page
from bot.checks.formats.sarif import sarif
from bot.checks.formats.text import text
from bot.checks.origin import Pack
from bot.checks.proof import write_proof
from bot.checks.properties import all_properties
from bot.checks.report import Report
from bot.checks.rule import Part
from bot.checks.run import ALL_PARTS, run_checks, unloadable
from bot.content.collecting import collecting_later, end_at_once
from bot.content.errors import ContentError, nearest
from bot.content.languages import ENGLISH
from bot.content.load import pack_folder
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment
from bot.dialogue.opening import open_engine
from bot.operations.old_content import OldContentError, old_content
from bot.operations.progress import Progress
from bot.settings import Settings

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2

FORMATS: Final = {"text": text, "json": json_report, "sarif": sarif}

_QUICK_PARTS: Final = (Part.CONTENT, Part.SCREENS)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of `check`. ``report`` is a file for the page to publish, ``against`` names older content."""

    format: str = "text"
    quick: bool = False
    only: Sequence[str] = ()
    report: Path | None = None
    against: str | None = None


def check(settings: Settings, wish: Wish, now: datetime, say: Callable[[str], None], errors: TextIO) -> int:
    """Check the content of ``settings`` as at ``now``; the exit status.

    ``say`` prints the report; everything else goes to ``errors``.
    """
    if complaint := unknown_code(wish.only) or _no_folder(settings.content):
        errors.write(f"{complaint}\n")
        return COULD_NOT_RUN
    end_at_once()
    with collecting_later():  # to the end: the first look for garbage takes longer than all that is told
        return _check(settings, wish, now, say, errors)


def _check(settings: Settings, wish: Wish, now: datetime, say: Callable[[str], None], errors: TextIO) -> int:
    progress = Progress(errors)
    try:
        report = _report(settings, wish, now, progress)
    except OldContentError as error:
        progress.done()
        errors.write(f"{error}\n")
        return COULD_NOT_RUN
    progress.done()
    report = replace(report, packs=tuple(Pack(name, pack_folder(name)) for name in settings.content))
    say(FORMATS[wish.format](report))
    if wish.report is not None:
        try:
            wish.report.write_text(page(report), encoding="utf-8")
        except OSError as error:
            errors.write(f"{wish.report} could not be written: {error.strerror or type(error).__name__}.\n")
            return COULD_NOT_RUN
    if report.errors:
        return FINDINGS
    return COULD_NOT_RUN if report.failures else CLEAN


def explain(code: str) -> str | None:
    """What stands behind a code; None if there is no such code."""
    return next((explanation(found) for found in all_properties() if found.code == code.upper()), None)


def unknown_code(codes: Sequence[str]) -> str:
    """What is wrong with a list of codes; empty if nothing."""
    known = [found.code for found in all_properties()]
    unknown = [code for code in codes if code not in known]
    return f"There is no rule {unknown[0]}. {nearest(unknown[0], known)}".rstrip() if unknown else ""


def _no_folder(packs: Sequence[str]) -> str:
    missing = [pack for pack in packs if not pack_folder(pack).is_dir()]
    if not missing:
        return ""
    return f"There is no content folder {missing[0]}. CONTENT names folders with `:` between them, or `base`."


def _report(settings: Settings, wish: Wish, now: datetime, progress: Progress) -> Report:
    progress("Loading the content")
    try:
        engine = _engine(settings, quick=wish.quick)
    except ContentError as error:
        return unloadable(error, now)
    older = None
    if wish.against is not None:
        progress(f"Exploring what {wish.against} has sent")
        older = old_content(wish.against, settings.content, settings.default_language, now)
    parts = _QUICK_PARTS if wish.quick else ALL_PARTS
    report = run_checks(engine, now, parts, progress=progress, quick=wish.quick, only=tuple(wish.only), against=older)
    if report.whole and report.fit:
        write_proof(report, engine.content, pack_folder(settings.content[-1]))
    return report


def _engine(settings: Settings, *, quick: bool) -> Engine:
    """As `run` makes it; for a quick look without translations, unless one of them is what people read by default."""
    translated = not quick or settings.default_language != ENGLISH
    deployment = Deployment(settings.brand_name, settings.feedback_contact)
    return open_engine(
        settings.content,
        default_language=settings.default_language,
        languages=settings.languages if translated else (),
        translated=translated,
        deployment=deployment,
    )
