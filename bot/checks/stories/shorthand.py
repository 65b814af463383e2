"""A way through the dialogue on one line: `menu > Threats to share my picture > Me (under 18)`.

The first part is the way in: `menu`, `link suicide` (a flow's deep link), `typed "…"`, `taken for delete.begin or
privacy.begin` (words that fit these steps, whichever words they are; `gravely taken for …` where much is at stake), or
`token …` (the data of an old message's button). Every further part is a label pressed, or one of these again. A `>` or
`\\` that belongs to a part is written with a `\\` before it, and so is a label that would read as one of those forms.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.checks.finding import WayIn
from bot.checks.stories import moments
from bot.checks.stories.story import Deed, Setting, Story, Turn
from bot.checks.typed_words import TakenFor
from bot.content.errors import Place, nearest
from bot.content.model import Content
from bot.dialogue.places import LANGUAGE, LEAVE

_FORM = re.compile(
    r'(?P<link>link\s+(?P<flow>.+))|(?P<typed>typed\s+"(?P<words>.*)")|(?P<taken>(?:gravely )?taken for .+)'
    r"|token\s+(?P<token>.+)",
    re.DOTALL,
)


class ShorthandError(ValueError):
    """A line that is no way through the dialogue. Its text says what to write."""


def write(parts: Sequence[str]) -> str:
    """The line for a way in and the labels pressed after it. Only the first part, and a `WayIn`, is taken as a form."""
    return " > ".join(
        _escaped(part, label=number > 0 and not isinstance(part, WayIn)) for number, part in enumerate(parts)
    )


def command(parts: Sequence[str], at: datetime | None = None, language: str = "") -> str:
    """What to type in a shell to walk this way, at a moment (None: whenever it is typed), and see it in a language."""
    moment = f" --at {moments.written(at)}" if at is not None else ""
    spoken = f" --language {language}" if language else ""
    return f"python -m bot chat --replay {shlex.quote(write(parts))}{moment}{spoken}"


def read(line: str, content: Content, setting: Setting) -> Story:
    """The line as a story without expectations. Raises `ShorthandError`."""
    parts = _parts(line)
    if not all(parts):
        raise ShorthandError("Nothing stands between two `>`. Write: menu > a label > another label")
    turns = tuple(_turn(part, content, way_in=number == 0) for number, part in enumerate(parts))
    return Story(line, setting, None, turns, Place(Path("--replay")))


def _parts(line: str) -> list[str]:
    parts = [""]
    for character in re.findall(r"\\?.", line, flags=re.DOTALL):
        if character == ">":
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def _turn(part: str, content: Content, *, way_in: bool) -> Turn:
    place = Place(Path("--replay"))
    flows = {*content.flows, LEAVE.flow, LANGUAGE.flow}
    if form := _FORM.fullmatch(part):
        if form["flow"] is not None:
            if form["flow"] not in flows:
                raise ShorthandError(f"There is no flow `{form['flow']}`. {nearest(form['flow'], flows)}".rstrip())
            return Turn(Deed.OPEN, form["flow"], place)
        if form["words"] is not None:
            return Turn(Deed.TYPE, _plain(form["words"]), place)
        if form["taken"] is not None:
            return Turn(Deed.TAKEN, _known(part, content), place)
        return Turn(Deed.OLD_BUTTON, _plain(form["token"]), place)
    if not way_in:
        return Turn(Deed.PRESS, _plain(part), place)
    if part in flows:
        return Turn(Deed.OPEN, part, place)
    raise ShorthandError(
        f'`{part}` is no way in. Begin with `menu`, `link FLOW`, `typed "words"` or `token TOKEN`. '
        f"{nearest(part, flows)}".rstrip()
    )


def _known(part: str, content: Content) -> str:
    """What words are taken for, where all of that exists."""
    taken = TakenFor.read(part)
    if taken is None:
        raise ShorthandError("Write what words are taken for with steps: taken for FLOW.STEP or FLOW.STEP")
    for target in taken.targets:
        if target not in content.steps and target not in {LEAVE, LANGUAGE}:
            steps = [str(step) for step in content.steps]
            raise ShorthandError(f"There is no step `{target}`. {nearest(str(target), steps)}".rstrip())
    return str(taken)


def _escaped(part: str, *, label: bool) -> str:
    text = part.replace("\\", "\\\\").replace(">", "\\>")
    return f"\\{text}" if label and _FORM.fullmatch(text) else text


def _plain(part: str) -> str:
    return re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)
