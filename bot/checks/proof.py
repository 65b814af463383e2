"""The proof: a file beside the content that says which content was checked, by which version, and how it went.

`run` starts at once on proven content. Since the file also holds what every step of it means, it serves as the old
content of `check --against` for whoever no longer has that: publish it with every release.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.checks.proven import FILE, FORMAT, ProofError, is_proven, proof_values
from bot.checks.report import Report
from bot.checks.sent import meaning
from bot.checks.sent.meaning import Meaning, meanings
from bot.checks.sent.memory import Codes, Memory, SentAnswer, sent_answers
from bot.checks.sent.things import Facets, things
from bot.checks.sent.translated import labels
from bot.content.model import Content, StepId


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven, and the memory of its buttons."""

    fingerprint: str
    version: str
    verdict: str
    checked: date
    memory: Memory


def read_proof(path: Path) -> Proof:
    """A proof from its file, or from the folder that it stands in. Raises `ProofError`."""
    file = path / FILE if path.is_dir() else path
    values = proof_values(file)
    try:
        buttons = values["buttons"]
        memory = Memory(
            name=str(path),
            fingerprint=str(values["content"]),
            steps=_steps(buttons["steps"]),
            answers=_answers(buttons["answers"]),
            retired=_steps(buttons.get("retired", {})),
            things={
                (sort, id_): {str(facet): str(words) for facet, words in facets.items()}
                for sort, group in values.get("things", {}).items()
                for id_, facets in group.items()
            },
            moved={int(hash_): StepId(*name.split(".", 1)) for hash_, name in buttons.get("moved", {}).items()},
        )
        checked = date.fromisoformat(values["checked"])
        return Proof(memory.fingerprint, str(values["waypost"]), str(values["verdict"]), checked, memory)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ProofError(f"{file} is no proof of this format. Make one with: python -m bot check") from None


def write_proof(report: Report, content: Content, folder: Path) -> bool:
    """Leave a proof of ``report`` in ``folder``. False if the folder cannot be written to.

    One that says the same of the same content already is left alone. Steps that the proof before it knew and that are
    gone now are remembered as retired, so that a later step cannot take their id unnoticed.
    """
    if is_proven(report.fingerprint, report.version, folder):
        return True
    try:
        before: Memory | None = read_proof(folder).memory
    except ProofError:
        before = None
    try:
        (folder / FILE).write_text(_text(report, content, before), encoding="utf-8")
    except OSError:
        return False
    return True


def _text(report: Report, content: Content, before: Memory | None) -> str:
    known = {**before.retired, **before.steps} if before else {}
    retired = {id_: kept for id_, kept in known.items() if id_ not in content.steps}
    values = {
        "format": FORMAT,
        "waypost": report.version,
        "content": report.fingerprint,
        "verdict": "clean" if not report.errors else "clean but for what time alone has brought",
        "checked": report.now.date().isoformat(),
    }
    buttons = {
        "answers": [_written_answer(codes, answer) for codes, answer in sorted(sent_answers(content).items())],
        "steps": {str(id_): meaning.written(found) for id_, found in meanings(content).items()},
        "retired": {str(id_): meaning.written(found) for id_, found in sorted(retired.items())},
    }
    buttons["moved"] = {str(hash_): str(step) for hash_, step in sorted(content.moved_by_hash.items())}
    said: dict[str, dict[str, Facets]] = {}
    for (sort, id_), facets in {**things(content), **labels(content)}.items():
        said.setdefault(sort, {})[id_] = facets
    return _one_line_each(values, buttons, said)


def _one_line_each(
    values: Mapping[str, Any], buttons: Mapping[str, Any], said: Mapping[str, Mapping[str, Facets]]
) -> str:
    """As JSON with one line for each step and thing, so that two versions can be compared by eye."""
    head = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in values.items())
    answers = ",\n".join(f"      {_json(answer)}" for answer in buttons["answers"])
    groups = [f'    "answers": [\n{answers}\n    ]']
    groups += [_group(name, buttons[name]) for name in ("steps", "retired", "moved")]
    inside = ",\n".join(groups)
    kept = ",\n".join(_group(sort, facets) for sort, facets in said.items())
    return f'{{\n{head},\n  "buttons": {{\n{inside}\n  }},\n  "things": {{\n{kept}\n  }}\n}}\n'


def _group(name: str, members: Mapping[str, Any]) -> str:
    lines = ",\n".join(f"      {_json(key)}: {_json(value)}" for key, value in members.items())
    return f"    {_json(name)}: {{\n{lines}\n    }}" if lines else f"    {_json(name)}: {{}}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _written_answer(codes: Codes, answer: SentAnswer) -> dict[str, Any]:
    values = {
        "codes": list(codes),
        "answer": answer.answer,
        "value": answer.value,
        "label": answer.label,
        "from": answer.youngest,
        "to": answer.oldest,
    }
    return {key: value for key, value in values.items() if value is not None}


def _steps(values: Mapping[str, Any]) -> dict[StepId, Meaning]:
    return {StepId(*name.split(".", 1)): meaning.read(kept) for name, kept in values.items()}


def _answers(values: list[dict[str, Any]]) -> dict[Codes, SentAnswer]:
    return {
        (int(kept["codes"][0]), int(kept["codes"][1])): SentAnswer(
            str(kept["answer"]), str(kept["value"]), str(kept["label"]), kept.get("from"), kept.get("to")
        )
        for kept in values
    }
