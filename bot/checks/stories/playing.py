"""A story played on the engine, one screen after the other."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bot.checks.stories.folding import folded
from bot.checks.stories.story import Deed, Setting, Story, Turn
from bot.checks.typed_words import TakenFor
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Button, Screen


class NoButtonError(Exception):
    """A press that the screen does not offer. Its text names the nearest buttons."""


def opening(engine: Engine, story: Story) -> Screen:
    """The screen on which a story begins."""
    setting = story.setting
    if story.start:
        return engine.open(story.start, setting.at, language=setting.language)
    return engine.start(setting.at, language=setting.language)


def take(engine: Engine, turn: Turn, screen: Screen | None, setting: Setting) -> Screen:
    """The screen that a turn leads to from ``screen`` (None: nothing has been shown yet). Raises `NoButtonError`."""
    now, language = setting.at, setting.language
    if turn.deed is Deed.OPEN:
        return engine.open(turn.words, now, language=language)
    if turn.deed is Deed.OLD_BUTTON:
        return engine.press(turn.words, now)
    place = screen.state if screen is not None and setting.remembers and not screen.leave else None
    if turn.deed is Deed.TAKEN and (taken := TakenFor.read(turn.words)) is not None:
        return taken.shown(engine, place, now, language=language)
    if turn.deed is Deed.TYPE:
        return engine.read(turn.words, now, state=place, language=language)
    if screen is None:
        raise NoButtonError(f'There is no screen yet on which to press "{turn.words}".')
    try:
        return engine.press(button(screen, turn.words).token, now)
    except NoButtonError as error:
        behind = _behind(engine, screen, turn.words, setting)
        raise NoButtonError(f'{error} It is one press further, behind "{behind}".' if behind else str(error)) from None


def button(screen: Screen, label: str) -> Button:
    """The button with this label. Raises `NoButtonError` if there is none, or if several lead to different places."""
    wanted = folded(label)
    found = [button for button in screen.buttons if button.label == label]
    found = found or [button for button in screen.buttons if folded(button.label) == wanted]
    if len({button.token for button in found}) == 1:
        return found[0]
    if found:
        raise NoButtonError(f'{len(found)} buttons of this screen are called "{label}" and lead to different places.')
    if screen.leave:
        raise NoButtonError(f'There is no button "{label}": the person has left, and this screen has none.')
    names = ", ".join(f'"{name}"' for name in _nearest(wanted, screen))
    raise NoButtonError(f'There is no button "{label}" here. Nearest: {names}.')


def _nearest(wanted: str, screen: Screen) -> Iterator[str]:
    """The three labels that hold the words, or look most like them."""
    labels = {folded(button.label): button.label for button in screen.buttons}
    holding = [label for label in labels if wanted in label or label in wanted]
    alike = difflib.get_close_matches(wanted, labels, n=3, cutoff=0.0)
    yield from (labels[label] for label in dict.fromkeys([*holding, *alike][:3]))


def _behind(engine: Engine, screen: Screen, label: str, setting: Setting) -> str:
    """The button behind which the label waits, if it is one press further on the same step (a question or details)."""
    for way in screen.buttons:
        further = engine.press(way.token, setting.at)
        if further.state.step == screen.state.step and further.state.view is not screen.state.view:
            try:
                button(further, label)
            except NoButtonError:
                continue
            return way.label
    return ""
