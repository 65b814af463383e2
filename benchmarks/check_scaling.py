"""How the cost of `python -m bot check` grows with content: the shipped content once, four and sixteen times over.

    .venv/bin/python -m benchmarks.check_scaling

Each size runs in a process of its own. Times are processor seconds, memory is the largest resident size.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.larger_content import enlarge, packs

SIZES = (1, 4, 16)
AT = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))


def measure(times: int) -> dict[str, float]:
    """Check the content ``times`` over, in this process."""
    from bot.checks.run import run_checks

    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        source = packs(enlarge(Path(folder), times)) if times > 1 else ["base"]
        begun = time.process_time()
        report = run_checks(source, AT)
        seconds = time.process_time() - begun
    assert report.counts is not None
    return {
        "steps": report.counts.steps,
        "screens": report.counts.screens,
        "drawn": sum(drawn.screens + drawn.cards for drawn in report.languages),
        "places": report.counts.places,
        "seconds": round(seconds, 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Print one row a size."""
    print("| content | steps | screens | in all languages | places | processor seconds | ms a screen | MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for times in SIZES:
        command = [sys.executable, "-m", "benchmarks.check_scaling", str(times)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        each = 1000 * found["seconds"] / found["drawn"]
        print(
            f"| {times}× | {found['steps']:,} | {found['screens']:,} | {found['drawn']:,} "
            f"| {found['places']:,} | {found['seconds']} "
            f"| {each:.2f} | {found['megabytes']:,} |"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
