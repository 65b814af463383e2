"""Turns of different chats side by side, of one chat in order, and no entry left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.channels.telegram import kinds
from bot.channels.telegram.order import MOST_WAITING, ChatOrder
from bot.channels.telegram.together import Answerable
from bot.channels.telegram.updates import Message, Press


def typed(chat: int, text: str) -> Message:
    return Message(chat=chat, message=1, text=text)


def pressed(chat: int, menu: int) -> Press:
    return Press(chat=chat, message=menu, sent=0, callback="c", token="t")


class Turns:
    """Notes each turn; a turn of a chat in ``held`` waits until that is set."""

    def __init__(self) -> None:
        self.seen: list[list[Answerable]] = []
        self.held: dict[int, asyncio.Event] = {}

    async def __call__(self, events: Sequence[Answerable], until: float) -> None:  # noqa: ARG002
        if events[0].chat in self.held:
            await self.held[events[0].chat].wait()
        self.seen.append(list(events))


async def test_chats_do_not_wait_for_each_other() -> None:
    turns = Turns()
    order = ChatOrder(turns)
    turns.held[1] = asyncio.Event()
    order.add(typed(1, "slow"), lambda: None)
    order.add(typed(2, "quick"), lambda: None)
    await asyncio.sleep(0.01)
    assert turns.seen == [[typed(2, "quick")]]
    turns.held[1].set()
    await order.finish(1.0)
    assert len(turns.seen) == 2


async def test_one_chat_is_answered_in_order() -> None:
    turns = Turns()
    order = ChatOrder(turns)
    events: list[Answerable] = [pressed(1, 5), typed(1, "then words"), pressed(1, 6)]
    for event in events:
        order.add(event, lambda: None)
    await order.finish(1.0)
    assert turns.seen == [[event] for event in events]


async def test_what_arrives_during_a_turn_is_read_together_after_it() -> None:
    turns = Turns()
    order = ChatOrder(turns)
    turns.held[1] = asyncio.Event()
    order.add(typed(1, "first"), lambda: None)
    await asyncio.sleep(0.01)
    order.add(typed(1, "second"), lambda: None)
    order.add(typed(1, "third"), lambda: None)
    turns.held[1].set()
    await order.finish(1.0)
    assert [len(turn) for turn in turns.seen] == [1, 2]


async def test_an_album_that_trickles_in_is_one_turn() -> None:
    turns = Turns()
    order = ChatOrder(turns)
    for _ in range(3):
        order.add(Message(chat=1, message=1, notice=kinds.PICTURE, album="7"), lambda: None)
        await asyncio.sleep(0.05)
    await order.finish(2.0)
    assert [len(turn) for turn in turns.seen] == [3]


async def test_each_update_is_reported_done_after_its_turn() -> None:
    turns, done = Turns(), []
    order = ChatOrder(turns)
    turns.held[1] = asyncio.Event()
    order.add(typed(1, "a"), lambda: done.append("a"))
    order.add(typed(1, "b"), lambda: done.append("b"))
    await asyncio.sleep(0.01)
    assert done == []
    turns.held[1].set()
    await order.finish(1.0)
    assert done == ["a", "b"]


async def test_a_turn_cut_short_is_not_reported_done() -> None:
    turns, done = Turns(), []
    order = ChatOrder(turns)
    turns.held[1] = asyncio.Event()
    order.add(typed(1, "a"), lambda: done.append("a"))
    await order.finish(0.05)
    assert (done, order.chats_in_work) == ([], 0)


async def test_a_chat_has_no_entry_when_it_is_idle() -> None:
    order = ChatOrder(Turns())
    for chat in range(1_000):
        order.add(typed(chat, "hello"), lambda: None)
    assert order.chats_in_work == 1_000
    await order.finish(1.0)
    assert order.chats_in_work == 0
    assert all(not part for part in vars(order).values() if isinstance(part, dict | set))


async def test_from_its_moment_on_nothing_is_sent_any_more_and_it_is_told_lost() -> None:
    turns, ends = Turns(), []
    order = ChatOrder(turns)
    turns.held[1] = asyncio.Event()
    now = asyncio.get_running_loop().time()
    order.add(
        typed(1, "in work"), lambda: ends.append("a done"), lambda retry: ends.append(f"a {retry}"), until=now + 0.1
    )
    order.add(pressed(1, 5), lambda: ends.append("b done"), lambda retry: ends.append(f"b {retry}"), until=now + 0.05)
    order.add(pressed(1, 6), lambda: ends.append("c done"), lambda retry: ends.append(f"c {retry}"), until=now + 9)
    await asyncio.sleep(0.2)
    turns.held[1].set()
    await order.finish(1.0)
    assert ends == ["a 1.0", "b 1.0", "c done"]
    assert turns.seen == [[pressed(1, 6)]], "whatever waited too long is not begun"


async def test_a_chat_that_is_made_to_wait_holds_few_of_its_updates_and_its_last_words_are_answered() -> None:
    turns = Turns()
    order = ChatOrder(turns)
    turns.held[1] = asyncio.Event()
    order.add(typed(1, "first"), lambda: None)
    await asyncio.sleep(0.01)
    finished: list[int] = []
    for number in range(2_000):
        event = typed(1, f"words {number}") if number % 2 else pressed(1, number)
        order.add(event, lambda number=number: finished.append(number))  # type: ignore[misc]
        assert number + 1 - len(finished) <= MOST_WAITING
    turns.held[1].set()
    await order.finish(5.0)
    assert sorted(finished) == list(range(2_000))
    answered = [event for turn in turns.seen[1:] for event in turn]
    assert typed(1, "words 1999") in answered
    assert pressed(1, 1998) in answered
