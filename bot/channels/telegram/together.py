"""Which of the things waiting in a chat are answered together, so that one page answers them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.channels.telegram import kinds
from bot.channels.telegram.commands import read_command
from bot.channels.telegram.updates import Group, Message, Press

ALBUM_PAUSE: Final = 0.4
"""Seconds for the other parts of an album to arrive."""

GROUP_PAUSE: Final = 1.0
"""Seconds for the several updates that tell of one and the same joining of a group."""

MOST_TOGETHER: Final = 50
LONGEST_TEXT: Final = 16_000
"""Characters; four of the longest messages that Telegram takes."""

Answerable = Press | Message | Group

_WEIGHT: Final = (kinds.PICTURE, kinds.FORWARDED, kinds.VOICE, kinds.CONTACT, kinds.LOCATION, kinds.ONLY_WORDS)


def pause_before(event: Answerable) -> float:
    """Seconds to wait before answering, because what belongs to ``event`` may still be on its way."""
    if isinstance(event, Group):
        return GROUP_PAUSE
    return ALBUM_PAUSE if isinstance(event, Message) and event.album else 0.0


def count_together(waiting: Sequence[Answerable]) -> int:
    """How many from the front of ``waiting`` make one turn; at least one."""
    first = waiting[0]
    count = 1
    while count < min(len(waiting), MOST_TOGETHER) and _belong_together(first, waiting[count]):
        count += 1
    return count


def gathered(waiting: Sequence[Answerable]) -> list[list[int]]:
    """What is answered of a flood, as positions in ``waiting``: all words as one message, and then the last press.

    Between them they say what the person wants; each press but the last would only be drawn over.
    """
    messages = [place for place, event in enumerate(waiting) if isinstance(event, Message)][-MOST_TOGETHER:]
    others = [place for place, event in enumerate(waiting) if not isinstance(event, Message)][-1:]
    return [turn for turn in (messages, others) if turn]


def merged(messages: Sequence[Message]) -> Message:
    """Several messages as one: the texts as lines, the weightiest notice, the last menu replied to."""
    last = messages[-1]
    texts = [message.text for message in messages if message.text]
    if texts and read_command(texts[0]):
        texts = texts[:1]
    notices = {message.notice for message in messages} - {""}
    if texts:
        notices.discard(kinds.ONLY_WORDS)  # there are words, so nothing is missing
    return Message(
        chat=last.chat,
        message=last.message,
        text="\n".join(texts)[-LONGEST_TEXT:],
        notice=next((notice for notice in _WEIGHT if notice in notices), ""),
        language=last.language,
        replied=next((message.replied for message in reversed(messages) if message.replied), ()),
        slowing=any(message.slowing for message in messages),
    )


def _belong_together(first: Answerable, other: Answerable) -> bool:
    if isinstance(first, Group):
        return isinstance(other, Group)
    if isinstance(first, Press):
        # Only the last page would be seen; each press has had its answer already.
        return isinstance(other, Press) and first.message is not None and other.message == first.message
    if not isinstance(other, Message):
        return False
    if read_command(first.text) or read_command(other.text):
        return read_command(first.text) == read_command(other.text)
    return True
