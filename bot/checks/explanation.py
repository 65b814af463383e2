"""A property explained: to somebody at a terminal, and as a page of the documents."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from bot.checks.example_changes import changes
from bot.checks.finding import Severity
from bot.checks.properties import Property
from bot.checks.rule import Part, Rule

WIDTH: Final = 100

_HEAD: Final = """\
# What the check proves

`python -m bot check` follows every button from every way in, with the very engine that answers people, and holds each
screen against the properties below. Each has a code for ever. A finding names its place, the way there, and what to
do; `python -m bot check --explain CODE` shows one of these pages in a terminal.

An **error** keeps content from going live. A **warning** is for its editors. Most findings can be accepted where they
are, on a flow, a step or a service, with a reason, a name and a last day; the report lists every one:

```yaml
accept:
  - {code: WP401, because: The survivor's own word for it, by: Editor on duty, until: 2027-03-31}
```

The examples change [a small, sound content](../bot/checks/example.py). This page is made from the rules themselves:
change them, then run `.venv/bin/python -m tests.tools.make_checks_page`.
"""

_GROUPS: Final = {
    "0": "The check itself",
    "1": "Nobody is stuck",
    "2": "Nobody is sent the wrong way",
    "3": "Nothing is out of date or tampered with",
    "4": "Words do no harm",
    "5": "It fits",
    "6": "Buttons already sent",
    "7": "Structure",
}
"""First digit of a code → what its rules are about."""

_PARTS: Final = {
    Part.CONTENT: "in files and texts alone",
    Part.SCREENS: "on every screen",
    Part.TIME: "at every moment of the coming 13 months; `--quick` leaves it out",
}


def explanation(found: Property) -> str:
    """One property for a terminal."""
    return "\n".join(_terminal_lines(found))


def checks_page(properties: Iterable[Property]) -> str:
    """docs/checks.md, whole."""
    by_group: dict[str, list[Property]] = {}
    for found in properties:
        by_group.setdefault(found.code[2], []).append(found)
    parts = [_HEAD]
    for digit, group in sorted(by_group.items()):
        parts.append(f"## {_GROUPS.get(digit, 'Further properties')}\n")
        parts.append("\n".join(f"- [{found.code}](#{found.code.lower()}) {found.title}" for found in group) + "\n")
        parts.extend(_section(found) for found in group)
    return "\n".join(parts)


def _terminal_lines(found: Property) -> Iterator[str]:
    yield from textwrap.wrap(f"{found.code} {found.severity}: {found.title}", WIDTH)
    yield ""
    yield from textwrap.wrap(found.why, WIDTH)
    yield ""
    yield from textwrap.wrap(f"What to do: {found.fix}", WIDTH)
    yield ""
    yield from textwrap.wrap(f"{_silencing(found)} {_looked(found)}".strip(), WIDTH)
    for title, edits in (("This breaks it:", found.breaks), ("This does not:", found.mends)):
        yield f"\n{title}"
        yield textwrap.indent(changes(edits), "  ")


def _section(found: Property) -> str:
    return "\n".join(
        (
            f'<a id="{found.code.lower()}"></a>',
            f"### {found.code} {found.title}",
            "",
            found.why,
            "",
            f"**{found.severity.capitalize()}.** {_silencing(found)} {_looked(found)}".rstrip(),
            "",
            f"**What to do.** {found.fix}",
            "",
            "This breaks it:",
            "",
            f"```diff\n{changes(found.breaks)}\n```",
            "",
            "This does not:",
            "",
            f"```diff\n{changes(found.mends)}\n```",
            "",
        )
    )


def _silencing(found: Property) -> str:
    if not found.silenceable:
        return "It can never be accepted."
    return "It can be accepted at its place." if found.severity is Severity.ERROR else "It can be accepted."


def _looked(found: Property) -> str:
    if not isinstance(found, Rule):
        return ""
    if found.refused:
        return "Loading itself refuses what breaks it, as WP001."
    return f"Looked for {_PARTS[found.part]}."
