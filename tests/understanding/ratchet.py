"""What was understood once: every labelled message that is read as it should be, by its split and its text's hash.

    python -m tests.understanding.ratchet            add what is understood now
    python -m tests.understanding.ratchet --accept   also let go of what no longer is, and say what that was

The list is committed, so letting go of a message shows in a review.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.dialogue.opening import open_engine
from bot.understanding.evaluation import judge
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from bot.understanding.scoring import Judged

FOLDER = Path(__file__).parent
LIST = FOLDER / "understood.txt"
SPLITS = ("tuning", "honest", "rounds")


def judged(reader: Reader) -> Iterator[tuple[str, Judged]]:
    """Every labelled message by its name (split and a few digits of its text's hash), with how it is read now."""
    for split in SPLITS:
        for one in judge(reader, labelled_messages(FOLDER / f"messages_{split}.yaml")).judged:
            digest = hashlib.sha256(one.message.text.encode()).hexdigest()[:12]
            yield f"{split} {digest}", one


def is_understood(one: Judged) -> bool:
    """Danger and suicide by an emergency flow, everything else by a label that is right or would do as well."""
    return not one.missed and not one.false_alarm and (one.fine or one.message.is_crisis)


def understood(reader: Reader) -> set[str]:
    """The names of all messages that are understood now."""
    return {name for name, one in judged(reader) if is_understood(one)}


def listed() -> set[str]:
    """The names on the committed list."""
    return set(LIST.read_text(encoding="utf-8").split("\n")) - {""}


def main() -> int:
    """Bring the list up to date."""
    reader = open_engine(["base"]).reader
    now = understood(reader)
    before = listed() if LIST.exists() else set()
    lost = before - now
    for name, one in judged(reader):
        if name in lost:
            sys.stdout.write(f"no longer understood: {name}: {one.message.text}" + "\n")
    if lost and "--accept" not in sys.argv[1:]:
        sys.stdout.write("The list stays as it was. Mend the phrases, or let go of these with --accept." + "\n")
        return 1
    LIST.write_text("\n".join(sorted(now)) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(now)} messages understood, {len(now - before)} of them for the first time" + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
