"""Whole conversations as a page, for somebody who must vouch for the words and will not press every button."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePath
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from bot.checks.stories.moments import in_words
from bot.checks.stories.playing import NoButtonError, opening, take
from bot.checks.stories.story import Deed, Story, Turn
from bot.content.errors import ContentError, Problem, nearest
from bot.content.validation import validated
from bot.content.yaml_document import read
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import markdown
from bot.dialogue.screen import ButtonRole, Screen

_EVERYWHERE: Final = frozenset(
    {ButtonRole.EMERGENCY, ButtonRole.BACK, ButtonRole.START_AGAIN, ButtonRole.LEAVE, ButtonRole.LANGUAGE}
)
"""Buttons that stand on every screen and are told of once."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")

_WORDS_A_MINUTE: Final = 250

_HEAD: Final = """\
# Conversations, as a person sees them

Made from the stories and the content by `{command}`; change those, then make it again.
{count}, about {words} words: at 250 words a minute they take {minutes} minutes to read.

How to read it: **bold at the left** is what the person does, the quotation after it is the screen that answers, with
its buttons in brackets. What stands on every screen is not repeated: *Get help now*, *Back*, *Start again* and *Leave*,
and *{details}* wherever there is a service. Under each heading a service is printed whole the first time and later by
its name and when it answers; a screen that was printed already is named only. The first screen of all stands here:

{menu}

A line is worth a note if it blames, frightens, promises too much, is hard to read or is not true where you work. The
address in small letters after *Screen* says where it is written: `flow.step` is in `flows/flow.yaml`.
"""


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _WrittenGroup(_Written):
    heading: str = Field(min_length=1)
    stories: list[str] = Field(min_length=1)


class _WrittenChoice(_Written):
    groups: list[_WrittenGroup] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Group:
    """Conversations under one heading."""

    heading: str
    stories: tuple[Story, ...]


def chosen(path: Path, stories: Sequence[Story]) -> tuple[Group, ...]:
    """The groups that a file names, out of ``stories``. Raises `ContentError` for every name that there is not."""
    document = read(path)
    written = validated(document, _WrittenChoice)
    by_name = {story.name: story for story in stories}
    problems: list[Problem] = []
    for group, part in enumerate(written.groups):
        for number, name in enumerate(part.stories):
            if name not in by_name:
                hint = nearest(name, by_name) or "Write what stands after `story:`."
                problems.append(
                    document.problem(f"there is no story `{name}`", "groups", group, "stories", number, hint=hint)
                )
    if problems:
        raise ContentError(problems)
    return tuple(Group(part.heading, tuple(by_name[name] for name in part.stories)) for part in written.groups)


def by_file(stories: Sequence[Story]) -> tuple[Group, ...]:
    """All stories, those of a file under its name."""
    files: dict[PurePath, list[Story]] = {}
    for story in stories:
        files.setdefault(PurePath(story.place.path), []).append(story)
    return tuple(Group(path.stem.replace("_", " ").capitalize(), tuple(told)) for path, told in files.items())


def page(engine: Engine, groups: Sequence[Group], command: str) -> str:
    """The page, made by ``command``. Raises `ContentError` for stories that press what is not there."""
    parts = []
    problems: list[Problem] = []
    for group in groups:
        printed = _Printed()
        parts.append(f"## {markdown.escaped(group.heading)}")
        for story in group.stories:
            try:
                parts.append(_conversation(engine, story, printed))
            except NoButtonError as error:
                problems.append(Problem(story.place, str(error), "Mend the story; `python -m bot test` shows where."))
    if problems:
        raise ContentError(problems)
    count = sum(len(group.stories) for group in groups)
    words = len(_WORD.findall("\n".join(parts)))
    menu = engine.start(groups[0].stories[0].setting.at)
    head = _HEAD.format(
        command=command,
        count="1 conversation" if count == 1 else f"{count} conversations",
        words=f"{round(words, -2):,}",
        minutes=round(words / _WORDS_A_MINUTE),
        details=engine.content.texts("")["button_details"],
        menu=_drawn(engine, menu, set()),
    )
    return "\n\n".join([head.strip(), *parts]) + "\n"


@dataclass(slots=True)
class _Printed:
    """What stands under this heading already: services and screens, each as it was printed whole."""

    services: set[str] = field(default_factory=set)
    screens: set[str] = field(default_factory=set)


def _conversation(engine: Engine, story: Story, printed: _Printed) -> str:
    """The story from its first screen to its last."""
    screen = opening(engine, story)
    parts = []
    if story.turns[0].deed is Deed.PRESS:
        parts.append(_way_in(engine, story))
        parts.append(_answer(engine, screen, printed, story.setting.at))
    for turn in story.turns:
        screen = take(engine, turn, screen, story.setting)
        parts.append(_done(engine, turn))
        parts.append(_answer(engine, screen, printed, story.setting.at))
    return "\n\n".join([f"### {markdown.escaped(story.name)}", _setting(engine, story, screen), *parts])


def _setting(engine: Engine, story: Story, last: Screen) -> str:
    """When and where it takes place, and what the person has told by the buttons that they pressed."""
    told = [
        value.label
        for code, given in last.state.answers
        if (answer := engine.content.answers_by_code.get(code)) and (value := answer.value(given))
    ]
    channel = "web page or terminal" if story.setting.remembers else "Telegram"
    file = PurePath(story.place.path).name
    return f"*{in_words(story.setting.at)}; {channel}; told by buttons: {', '.join(told) or 'nothing'}; {file}*"


def _way_in(engine: Engine, story: Story) -> str:
    return _by_link(engine, story.start) if story.start else "**They open the chat**"


def _by_link(engine: Engine, flow: str) -> str:
    title = engine.content.flows[flow].title if flow in engine.content.flows else flow
    return f"**They come by the link to** {markdown.escaped(title)}"


def _done(engine: Engine, turn: Turn) -> str:
    if turn.deed is Deed.OPEN:
        return _by_link(engine, turn.words)
    if turn.deed is Deed.TYPE:
        return f"**They write** “{markdown.escaped(turn.words)}”"
    return f"**They press** \\[ {markdown.escaped(turn.words)} \\]"


def _answer(engine: Engine, screen: Screen, printed: _Printed, moment: datetime) -> str:
    """The screen, or where it stands already."""
    first = engine.start(moment, language=screen.state.language)
    if (screen.blocks, screen.buttons) == (first.blocks, first.buttons):
        return "> *The first screen, as at the top of this page.*"
    whole = _drawn(engine, screen, set())
    if whole in printed.screens:
        return f"> *Screen {screen.state.step}, as before.*"
    printed.screens.add(whole)
    return _drawn(engine, screen, printed.services)


def _drawn(engine: Engine, screen: Screen, services: set[str]) -> str:
    """The screen; ``services`` that were printed by name only, and the others are now among them."""
    parts = [f"<sub>Screen {screen.state.step}</sub>", *markdown.blocks(screen.blocks)]
    for card in screen.cards:
        whole = "  \n".join(markdown.card(card))
        parts.append(markdown.card_head(card) if whole in services else whole)
        services.add(whole)
    parts.extend(f"**{markdown.escaped(line)}**" for block in screen.question for line in block.plain.split("\n"))
    details = engine.content.texts(screen.language)["button_details"]
    buttons = [button for button in screen.buttons if button.role not in _EVERYWHERE and button.label != details]
    if buttons:
        parts.append(" ".join(map(markdown.button, buttons)))
    return markdown.quoted(parts)
