"""`services assure`: somebody held facts against their sources, saw them here once more, and says so.

The only way to a new passport. It shows every fact before it asks, because what it stamps is what people will ring.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.assuring import Renewal, chosen, described, read_facts, renewal, renewed
from bot.content.load import pack_folder, services_before

_WIDTH = 14


class AssureError(Exception):
    """It cannot be assured like this; the text says what to do instead."""


@dataclass(frozen=True, slots=True)
class Assured:
    """What came of it: the facts that were assured, how many needed nothing, and whether the answer was no."""

    renewals: tuple[Renewal, ...]
    unchanged: int
    declined: bool = False


def resources_file(packs: Sequence[str]) -> Path:
    """The file that is meant where none is named: of the last content folder that has services."""
    for pack in reversed(packs):
        if (file := pack_folder(pack) / "resources.yaml").is_file():
            return file
    raise AssureError("No content folder holds a resources.yaml. Name the file with --resources.")


def assure(
    file: Path,
    names: Sequence[str],
    on: date,
    today: date,
    confirm: Callable[[tuple[Renewal, ...]], bool],
    *,
    source: str | None = None,
    packs: Sequence[str] = (),
) -> Assured:
    """Assure the facts that go by ``names`` (none: every fact of ``file``) as held against their sources on ``on``.

    ``packs`` are those of CONTENT: a file may change services of the packs before it. ``confirm`` is shown what would
    change; nothing is written unless it says yes. Raises `AssureError` for a day that has not come and for a file that
    changed meanwhile, `ContentError` for unknown names and unreadable files.
    """
    if on > today:
        raise AssureError(f"{on} is in the future: today is {today}. Give the day on which you held it to its source.")
    data = _read(file)
    facts = read_facts(data, file, services_before(packs, file))
    picked = chosen(facts, names, file) if names else facts
    if source:
        for fact in picked:
            if getattr(fact.fact, "source", source) != source and (given := getattr(fact.fact, "source_date", None)):
                raise AssureError(
                    f"`{fact.name}` has the source_date {given}, which belongs to its old source. "
                    f"Change or remove it in {file} first."
                )
    renewals = tuple(item for fact in picked if (item := renewal(fact, on, source)).changes)
    unchanged = len(picked) - len(renewals)
    if not renewals:
        return Assured((), unchanged)
    if not confirm(renewals):
        return Assured((), unchanged, declined=True)
    edited = renewed(data, file, renewals)
    if _read(file) != data:
        raise AssureError(f"{file} was changed meanwhile, so nothing was written. Look at it, and run this again.")
    _replace(file.resolve(), edited)
    return Assured(renewals, unchanged)


def command(
    file: Path,
    names: Sequence[str],
    on: date,
    today: date,
    echo: Callable[[str], None],
    ask: Callable[[str], bool] | None,
    *,
    source: str | None = None,
    packs: Sequence[str] = (),
) -> bool:
    """`assure` in a terminal: shows each fact, asks (``ask`` None: takes it as said) and tells how it went.

    Returns whether the facts that were named are assured now. Raises what `assure` raises.
    """

    def confirm(renewals: tuple[Renewal, ...]) -> bool:
        for item in renewals:
            echo("\n".join([*table(item), ""]))
        count = "1 fact" if len(renewals) == 1 else f"{len(renewals)} facts"
        return ask is None or ask(f"Did you hold {count} against the source on {on}, and is it all right?")

    done = assure(file, names, on, today, confirm, source=source, packs=packs)
    changed = len(done.renewals)
    if done.declined:
        echo("Nothing was changed.")
        return False
    echo(f"Assured on {on} in {file}: {changed}. Already so: {done.unchanged}.")
    return True


def table(item: Renewal) -> Iterator[str]:
    """A fact as people see it before they answer."""
    yield item.before.name
    if item.before.fact.passport is None:
        yield "  (never assured)"
    elif not item.before.fits:
        yield f"  (not what was assured on {item.before.fact.assured_date}: look at every line)"
    for key, before, after in described(item):
        words = after if before == after else f"{before or '(none)'} → {after}"
        yield f"  {'*' if before != after else ' '} {key:<{_WIDTH}} {words}"


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise AssureError(f"{file} cannot be read: {error.strerror or type(error).__name__}.") from None


def _replace(file: Path, data: bytes) -> None:
    """Put the new file in the old one's place at once, so that nobody ever reads half of it."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as new:
                new.write(data)
            Path(name).chmod(file.stat().st_mode & 0o777)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AssureError(f"{file} cannot be written: {error.strerror or type(error).__name__}.") from None
