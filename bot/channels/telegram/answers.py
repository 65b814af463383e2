"""Which screen answers what a person sent. Pure: everything about Telegram's own ways is left behind here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.channels.telegram import kinds
from bot.channels.telegram.commands import Command, read_command
from bot.channels.telegram.replied import place_of
from bot.channels.telegram.updates import Message
from bot.content.text import Block, Span
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Screen

MENU_COMMANDS: Final = frozenset({"start", "help", "menu", "settings"})
LEAVING_COMMANDS: Final = frozenset({"stop", "leave"})


def answer(engine: Engine, message: Message, now: datetime, channel: int) -> Screen:
    """The screen for one message. ``channel`` are the bits that its buttons are to carry."""
    command = read_command(message.text)
    if command is not None:
        return _to_command(engine, command, message, now, channel)
    if not message.text:
        menu = engine.start(now, language=message.language, channel=channel)
        return engine.draw(menu.state, now, notice=message.notice or kinds.ONLY_WORDS)
    screen = _to_words(engine, message.text, message, now, channel)
    if not message.notice:
        return screen
    words = engine.text(message.notice, screen.state.language)
    return replace(screen, blocks=(*screen.blocks, *_paragraphs(words)))


def _to_words(engine: Engine, words: str, message: Message, now: datetime, channel: int) -> Screen:
    here = place_of(message.replied, engine.content)
    return engine.read(words, now, state=here, language=message.language, channel=channel)


def _to_command(engine: Engine, command: Command, message: Message, now: datetime, channel: int) -> Screen:
    """A command's page. Words after it are somebody's own, and are read unless the command leads somewhere itself."""
    if command.name in LEAVING_COMMANDS:
        return engine.leave(now, language=message.language)
    if command.name in MENU_COMMANDS:
        flow, words = command.deep_link if command.name == "start" else "", command.argument
    else:
        flow, words = command.name, f"{command.name} {command.argument}".strip()
        if command.argument and flow not in engine.content.flows:
            flow = ""
    if flow:
        return engine.open(flow, now, language=message.language, channel=channel)
    if words:
        return _to_words(engine, words, message, now, channel)
    return engine.start(now, language=message.language, channel=channel)


def _paragraphs(words: str) -> tuple[Block, ...]:
    return tuple(Block(lines=((Span(paragraph),),)) for paragraph in words.split("\n\n"))
