"""`services export` and `services import`: files in, files out, and what is still to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.content.errors import ContentError
from bot.content.load import services_in_force
from bot.content.resources_text import write_resources
from bot.content.service_schema import ResourcesFile
from bot.content.validation import validated
from bot.content.yaml_document import parse
from bot.operations.hsds.exporting import exported
from bot.operations.hsds.importing import NotHsdsError, imported

MOST_BYTES: Final = 20 * 1024 * 1024
_NAMED: Final = 10


def export(resources: Path | None, packs: Sequence[str] = ()) -> str:
    """The services of a resources.yaml as HSDS 3 JSON, or all that people meet with these packs.

    Raises `ContentError` where they cannot be read.
    """
    return json.dumps(exported(_written(resources) if resources else _met(packs)), ensure_ascii=False, indent=2) + "\n"


def _written(resources: Path) -> Mapping[str, Any]:
    document = parse(resources.read_bytes(), resources)
    validated(document, ResourcesFile)
    return dict(document.value)


def _met(packs: Sequence[str]) -> Mapping[str, Any]:
    services, listeners = services_in_force(packs)
    here = {id_: service for id_, service in services.items() if not service.left_out}
    return {
        "when_nobody_answers": [id_ for id_ in listeners if id_ in here],
        "services": {id_: service.document.value["services"][id_] for id_, service in here.items()},
    }


def import_into(folder: Path, file: Path, today: date, echo: Callable[[str], None]) -> None:
    """Write ``folder/resources.yaml`` from the HSDS JSON in ``file``.

    Raises `NotHsdsError`, and writes nothing, for a file that is none, that does not fit together, or that would
    overwrite services.
    """
    target = folder / "resources.yaml"
    if target.exists():
        raise NotHsdsError(f"{target} is there already and was left alone. Name another folder, or move it away.")
    result = imported(_read(file), today)
    text = write_resources(result.resources)
    try:
        validated(parse(text.encode(), target), ResourcesFile)
    except ContentError as error:
        raise NotHsdsError(f"{file}: what it says of its services does not fit together.\n{error}") from None
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    count = len(result.resources["services"])
    echo(f"{count} {'service' if count == 1 else 'services'} in {target}.")
    for line in result.left_out[:_NAMED]:
        echo(line)
    if len(result.left_out) > _NAMED:
        echo(f"And {len(result.left_out) - _NAMED} more left out.")
    if result.foreign:
        echo(
            f"From elsewhere, and so paused: {result.foreign}. Say who may use them, hold each fact against its "
            "source, assure it, and set `status: active`. `python -m bot check` lists what is missing."
        )


def _read(file: Path) -> object:
    if file.stat().st_size > MOST_BYTES:
        raise NotHsdsError(f"{file} is larger than {MOST_BYTES // 1024 // 1024} MB: import it in parts.")
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotHsdsError(f"{file} is not JSON in UTF-8.") from None
