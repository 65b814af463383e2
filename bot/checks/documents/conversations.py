"""Whole conversations as a page, for somebody who must vouch for the words and will not press every button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from bot.checks.stories.moments import in_words
from bot.checks.stories.playing import opening, take
from bot.checks.stories.story import Deed, Story
from bot.content.errors import ContentError, Problem, nearest
from bot.content.model import StepId
from bot.content.validation import validated
from bot.content.yaml_document import read
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import markdown
from bot.dialogue.screen import ButtonRole, Screen

_EVERYWHERE: Final = frozenset(
    {ButtonRole.EMERGENCY, ButtonRole.BACK, ButtonRole.START_AGAIN, ButtonRole.LEAVE, ButtonRole.LANGUAGE}
)
"""Buttons that stand on every screen and are told of once."""

_HEAD: Final = """\
# Conversations, as a person sees them

Made from the stories and the content by `{command}`; change those, then make it again. {count}, about {words} words.

How to read it: **bold at the left** is what the person does, the quotation after it is the screen that answers, with
its buttons in brackets. What stands on every screen is not repeated: *Get help now*, *Back*, *Start again* and *Leave*,
and *{details}* wherever there is a service. A service is printed whole the first time in a conversation, later by its
name and when it answers. The first screen of all stands here, once:

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
    """The page. Raises `NoButtonError` if a story presses what is not there: run the stories first."""
    told = [(group.heading, [_conversation(engine, story) for story in group.stories]) for group in groups]
    parts = []
    for heading, conversations in told:
        parts.append(f"## {markdown.escaped(heading)}")
        parts.extend(conversations)
    count = sum(len(conversations) for _, conversations in told)
    words = sum(len(part.split()) for part in parts)
    menu = engine.start(groups[0].stories[0].setting.at)
    head = _HEAD.format(
        command=command,
        count="1 conversation" if count == 1 else f"{count} conversations",
        words=f"{round(words, -2):,}",
        details=engine.content.texts("")["button_details"],
        menu=_drawn(engine, menu, set()),
    )
    return "\n\n".join([head.strip(), *parts]) + "\n"


def _conversation(engine: Engine, story: Story) -> str:
    screen = opening(engine, story)
    beginning = engine.start(story.setting.at, language=story.setting.language)
    seen: set[str] = set()
    parts = []
    if story.turns[0].deed is Deed.PRESS:
        parts.append(_way_in(engine, story, screen))
        parts.append(_answer(engine, screen, beginning, seen))
    for turn in story.turns:
        screen = take(engine, turn, screen, story.setting)
        parts.append(_done(engine, turn.deed, turn.words))
        parts.append(_answer(engine, screen, beginning, seen))
    return "\n\n".join([f"### {markdown.escaped(story.name)}", _setting(engine, story, screen), *parts])


def _setting(engine: Engine, story: Story, last: Screen) -> str:
    told = [
        value.label
        for code, given in last.state.answers
        if (answer := engine.content.answers_by_code.get(code)) and (value := answer.value(given))
    ]
    channel = "web page or terminal" if story.setting.remembers else "Telegram"
    file = PurePath(story.place.path).name
    return f"*{in_words(story.setting.at)}; {channel}; told by buttons: {', '.join(told) or 'nothing'}; {file}*"


def _way_in(engine: Engine, story: Story, screen: Screen) -> str:
    if not story.start:
        return "**They open the chat**"
    return f"**They come by the link to** {markdown.escaped(_title(engine, screen.state.step))}"


def _done(engine: Engine, deed: Deed, words: str) -> str:
    if deed is Deed.TYPE:
        return f"**They write** “{markdown.escaped(words)}”"
    if deed is Deed.OPEN:
        flow = engine.content.flows.get(words)
        return f"**They come by the link to** {markdown.escaped(flow.title if flow else words)}"
    return f"**They press** \\[ {markdown.escaped(words)} \\]"


def _title(engine: Engine, step: StepId) -> str:
    flow = engine.content.flows.get(step.flow)
    return flow.title if flow else step.flow


def _answer(engine: Engine, screen: Screen, beginning: Screen, seen: set[str]) -> str:
    if screen.blocks == beginning.blocks and screen.rows == beginning.rows:
        return "> *The first screen, as at the top of this page.*"
    return _drawn(engine, screen, seen)


def _drawn(engine: Engine, screen: Screen, seen: set[str]) -> str:
    """The screen; services among ``seen`` by name only, and the others are now seen."""
    parts = [f"<sub>Screen {screen.state.step}</sub>", *markdown.blocks(screen.blocks)]
    for card in screen.cards:
        whole = "\n".join(markdown.card(card))
        parts.append(markdown.card_head(card) if whole in seen else whole)
        seen.add(whole)
    parts.extend(f"**{line}**" for line in _question(screen))
    details = engine.content.texts(screen.language)["button_details"]
    buttons = [button for button in screen.buttons if button.role not in _EVERYWHERE and button.label != details]
    if buttons:
        parts.append(" ".join(map(markdown.button, buttons)))
    return markdown.quoted(parts)


def _question(screen: Screen) -> Iterator[str]:
    for block in screen.question:
        yield from (markdown.escaped(line) for line in block.plain.split("\n"))
