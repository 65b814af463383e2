"""`content diff` and `new-pack`: what a charity's own pack changes, and a first one to begin with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from bot.content.differences import Change, Difference

_SHOWN: Final = 160
_BEFORE: Final = 40
"""Letters that are shown before the first one that differs."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_MARK: Final = {Change.ADDED: "+", Change.CHANGED: "~", Change.REMOVED: "-"}


class NewPackError(Exception):
    """No pack can be made there; the text says what to do instead."""


def described(found: Iterable[Difference]) -> Iterator[str]:
    """The differences in lines: each thing once, and below it its parts with what was there and what is."""
    for thing, parts in groupby(found, key=lambda one: one.thing):
        for index, one in enumerate(parts):
            if not one.part:
                yield f"{_MARK[one.change]} {thing}{f': {one.after}' if one.after else ''}"
                continue
            if index == 0:
                yield f"~ {thing}"
            mark = one.change if one.before and one.after else Change.REMOVED if one.before else Change.ADDED
            yield f"    {_MARK[mark]} {one.part}"
            alike = _alike(one.before, one.after)
            if one.before:
                yield f"        was {_short(one.before, alike)}"
            if one.after:
                yield f"        is  {_short(one.after, alike)}"


def as_json(found: Iterable[Difference]) -> str:
    """The differences for programs."""
    entries = [
        {"change": one.change.value, "thing": one.thing, "part": one.part, "before": one.before, "after": one.after}
        for one in found
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short(words: str, alike: int) -> str:
    """At most `_SHOWN` letters of it, among them the first that differs, after ``alike`` ones that do not."""
    if len(words) <= _SHOWN:
        return words
    begin = words.rfind(" ", 0, max(0, alike - _BEFORE)) + 1 if alike > _BEFORE else 0
    shown = words[begin:]
    return ("…" if begin else "") + (shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…")


def new_pack(folder: Path) -> Sequence[Path]:
    """Make a pack with a flow, a way in, a story and a job that checks it; the files made.

    It loads, and its check is as clean as that of what it stands on. Raises `NewPackError`.
    """
    if not _NAME.fullmatch(folder.name):
        raise NewPackError(f"Name the folder with letters, digits, - and _ only, such as {_plain(folder.name)}.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NewPackError(f"{folder} is there already and not empty. Name a new folder; nothing was changed.")
    made = []
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("PACK", folder.name), encoding="utf-8")
        made.append(path)
    return made


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_") or "our-charity"


_FLOW: Final = """\
# A flow of your own: a conversation about one subject, in a file of the same name. docs/writing.md explains every key.
flow: our_services
title: Who we are
risk: none
start: hello

steps:
  hello:
    say: |
      We are a small team, and we are glad you are here.

      You can ask us about anything that worries you online or at home.
    signpost: {services: [childline, samaritans, find_a_helpline], at_most: 3}
    ask: What would you like?
    choices:
      - {label: "See everything I can ask about", go: menu}
"""

_BUTTON: Final = """\
# One more button on a screen that the menu leads to. Everything else in that flow stays as Waypost has it.
change: privacy
steps:
  short:
    +choices:
      - {label: "Who runs this", go: our_services}
"""

_PHRASES: Final = """\
# What people type to come to your flow. `python -m bot explain "who are you"` shows what is understood, and why.
language: en
intents:
  our_services:
    go: our_services
    label: help
    phrases:
      - who runs this charity
      - what does your charity do
"""

_RESOURCES: Final = """\
# Changes to services that Waypost brings, and services of your own. Hold every fact against its page, then say so with
#     python -m bot services assure SERVICE --on DATE
#
# Take the marks (#) away where you need these, and put your own words and numbers in:
#
# change:
#   childline:
#     description: Someone who listens, for anyone under 19.
#
# remove: [report_fraud]      # never shown here
services: {}
"""

_ANSWERS: Final = """\
# Answers that you do not offer. A charity for Wales alone might write:
#
# remove: {nation: [england, scotland, northern_ireland]}
answers: {}
"""

_STORY: Final = """\
# What somebody does, and what must happen. Run it: python -m bot test PACK/stories
story: Somebody asks who we are, in the evening
at: 2026-11-24T19:30
turns:
  - type: what does your charity do
    expect: {flow: our_services, says: glad you are here, shows: [childline]}
  - press: See everything I can ask about
    expect: {flow: menu}
  - open: privacy
  - press: Who runs this
    expect: {flow: our_services}
"""

_JOB: Final = """\
# Checks every change of this pack before it goes live, and once a week on the day's date, since facts grow old.
#
# It is for a repository that holds this folder alone. Write the repository of your copy of Waypost where it says
# your-copy/waypost, and your address where it says you@your-charity.example.
# (If the folder lies in your copy of Waypost, move this file to .github/workflows there and take the second of the
# two checkouts away, and the `with` of the first.)
name: Is our content safe?
on:
  push:
  pull_request:
  workflow_dispatch:
  schedule: [{cron: "23 5 * * 1"}]
permissions: {contents: read}
jobs:
  check:
    runs-on: ubuntu-latest
    env: {CONTENT: "base:PACK"}
    steps:
      - uses: actions/checkout@v4
        with: {repository: your-copy/waypost}
      - uses: actions/checkout@v4
        with: {path: PACK}
      - uses: actions/setup-python@v5
        with: {python-version: "3.13"}
      - run: pip install --require-hashes --no-deps -r requirements.lock
      - run: python -m bot check
      - run: python -m bot test PACK/stories
      - run: python -m bot content diff
      - run: python -m bot services verify --contact you@your-charity.example
        if: github.event_name == 'schedule'
"""

_README: Final = """\
# PACK

A content pack for Waypost. It stands on top of the content that Waypost brings, and holds only what is different.

    export CONTENT=base:PACK
    python -m bot chat                 # talk to it
    python -m bot check                # prove that it is safe
    python -m bot test PACK/stories    # run its stories
    python -m bot content diff         # see what it changes

`flows/our_services.yaml` is a flow; `flows/privacy.yaml` is the button and `flows/phrases/en.yaml` the typed words that
lead to it. `resources.yaml` is for services and numbers, `flows/shared/answers.yaml` for nations you do not serve, and
`stories/` for what must always hold.
docs/own-content.md and docs/writing.md of Waypost explain them.
"""

_FILES: Final = {
    "README.md": _README,
    "resources.yaml": _RESOURCES,
    "flows/our_services.yaml": _FLOW,
    "flows/privacy.yaml": _BUTTON,
    "flows/phrases/en.yaml": _PHRASES,
    "flows/shared/answers.yaml": _ANSWERS,
    "stories/our_services.yaml": _STORY,
    ".github/workflows/content.yml": _JOB,
}
