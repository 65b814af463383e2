"""Writes the bill of materials of what runs, as CycloneDX: `make sbom`.

    .venv/bin/python -m tests.tools.bill_of_materials [FILE]

It is made of what is installed, so that it names versions and licences as they are, and holds each file's hashes as the
lock file demands them. It fails where the two differ: then something runs that nobody has pinned, or the reverse.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement

import bot
from tests.lock_files import ROOT, RUN, locked, normalised

OUTPUT: Final = ROOT / "build" / "waypost.cdx.json"


class DifferentError(Exception):
    """What is installed is not what is locked."""


def bill() -> dict[str, Any]:
    """The bill of what is installed here, less what only development needs. Raises `DifferentError`."""
    made = subprocess.run(
        # Its own validation takes longer than all the rest, and would only look at what the library has made.
        [sys.executable, "-m", "cyclonedx_py", "environment", "--no-validate", "--output-reproducible", sys.executable],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(made.stdout)
    wanted = {name for name in locked(RUN) if _is_for_this_machine(name)}
    components = [_trimmed(one) for one in found["components"] if _pinned(one) in wanted]
    missing = wanted - {_pinned(one) for one in components}
    if missing:
        raise DifferentError(f"Locked and not installed in this version: {', '.join(sorted(missing))}.")
    kept = {str(one["bom-ref"]) for one in components}
    itself = {"type": "application", "bom-ref": "waypost", "name": "waypost", "version": bot.__version__}
    return {
        **{key: found[key] for key in ("$schema", "bomFormat", "specVersion", "version")},
        "metadata": {"component": {**itself, "licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": components,
        "dependencies": [
            {**one, "dependsOn": [name for name in one.get("dependsOn", ()) if name in kept]}
            for one in found["dependencies"]
            if one["ref"] in kept
        ],
    }


def _pinned(component: dict[str, Any]) -> str:
    return f"{normalised(component['name'])}=={component.get('version')}"


def _trimmed(component: dict[str, Any]) -> dict[str, Any]:
    """Without addresses, which tell nothing about what runs; with the hashes that an installation accepts."""
    kept = {key: value for key, value in component.items() if key not in {"externalReferences", "evidence"}}
    accepted = locked(RUN)[_pinned(component)]
    return {**kept, "properties": [{"name": "waypost:accepted-sha256", "value": value} for value in accepted]}


def _is_for_this_machine(pinned: str) -> bool:
    """Whether a requirement's marker holds here."""
    name = pinned.partition("==")[0]
    for line in (ROOT / RUN).read_text(encoding="utf-8").splitlines():
        if re.match(r"[A-Za-z0-9]", line) and normalised(line.partition("==")[0]) == name:
            marker = Requirement(line.rstrip("\\ ")).marker
            return marker is None or marker.evaluate()
    return False


def main() -> int:
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    try:
        made = bill()
    except DifferentError as error:
        print(f"{error} Install what is locked: make clean, then make check.", file=sys.stderr)
        return 1
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{output}: {len(made['components'])} components, as locked.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
