"""Polling goes on whatever happens, and says so when it cannot."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import pytest
import telegram as library

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.kinds import ALLOWED_UPDATES
from bot.channels.telegram.persisting import Persistence
from bot.channels.telegram.polling import FULL, HALF, Pace, Polling, TokenRefusedError
from bot.channels.telegram.request import LineRequest
from tests.channels.telegram.conftest import soon
from tests.standin import StandIn

QUICK = Pace(poll=1.0, margin=0.5, settle=0.05, persistence=Persistence(refusals=3, refusal_pause=0.05))


class Taker:
    """Takes updates; done at once unless ``keeps``."""

    def __init__(self) -> None:
        self.taken: list[object] = []
        self.open: list[Callable[[], None]] = []
        self.keeps = False
        self.raises = False

    def __call__(self, update: object, done: Callable[[], None]) -> bool:
        self.taken.append(update)
        if self.raises:
            raise KeyError("canary")
        if self.keeps:
            self.open.append(done)
        else:
            done()
        return isinstance(update, dict) and "message" in update


@asynccontextmanager
async def polling(telegram: StandIn, take: Taker, pace: Pace = QUICK) -> AsyncIterator[Polling]:
    request = LineRequest(telegram.url)
    bot = library.Bot(telegram.token, f"{telegram.url}/bot", request=request, get_updates_request=request)
    async with request:
        loop = Polling(Calls(bot), take, pace)
        task = asyncio.create_task(loop.run())
        try:
            yield loop
            assert not task.done(), "polling must not end by itself"
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_the_webhook_is_removed_and_nothing_thrown_away(telegram: StandIn) -> None:
    somebody, take = telegram.person(), Taker()
    telegram.updates.webhook.url = "https://old.example/hook"
    await somebody.types("written while the bot was away")
    async with polling(telegram, take):
        assert await soon(lambda: len(take.taken) == 1)
    assert telegram.calls()[0].method == "deleteWebhook"
    telegram.assert_clean()


async def test_every_poll_says_what_it_wants(telegram: StandIn) -> None:
    async with polling(telegram, Taker()):
        await telegram.is_polled()
        assert await telegram.reaches(lambda: len(telegram.calls("getUpdates")) >= 2)
    for call in telegram.calls("getUpdates"):
        assert tuple(call.parameters["allowed_updates"]) == ALLOWED_UPDATES


async def test_an_update_in_work_is_not_confirmed_and_not_handed_out_twice(telegram: StandIn) -> None:
    somebody, take = telegram.person(), Taker()
    take.keeps = True
    async with polling(telegram, take):
        await somebody.types("help")
        assert await soon(lambda: len(take.taken) == 1)
        await asyncio.sleep(0.5)
        assert len(telegram.updates.pending) == 1
        await somebody.types("new ones come through meanwhile")
        assert await soon(lambda: len(take.taken) == 2)
        for done in take.open:
            done()
        assert await telegram.reaches(lambda: not telegram.updates.pending)
    assert len(take.taken) == 2


async def test_what_is_done_is_confirmed_at_the_end(telegram: StandIn) -> None:
    somebody, take = telegram.person(), Taker()
    take.keeps = True
    await somebody.types("answered")
    await somebody.types("not yet answered")
    async with polling(telegram, take, Pace(settle=60.0)) as loop:
        assert await soon(lambda: len(take.taken) == 2)
        take.open[0]()
        await loop.confirm(1.0)
        assert [update.update_id for update in telegram.updates.pending] == [700_000_002]


async def test_what_was_in_work_when_the_process_died_comes_again(telegram: StandIn) -> None:
    somebody, dying, next_one = telegram.person(), Taker(), Taker()
    dying.keeps = True
    async with polling(telegram, dying):
        await somebody.types("help")
        assert await soon(lambda: len(dying.taken) == 1)
        await asyncio.sleep(0.3)
    async with polling(telegram, next_one):
        assert await soon(lambda: next_one.taken == dying.taken)


async def test_a_repeated_update_is_handled_once(telegram: StandIn) -> None:
    somebody, take = telegram.person(), Taker()
    async with polling(telegram, take):
        await somebody.types("help")
        await telegram.settles()
        telegram.updates.repeat(700_000_001)
        await telegram.settles()
    assert len(take.taken) == 1


async def test_an_update_that_nobody_can_read_stops_nothing(
    telegram: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    somebody, take = telegram.person(), Taker()
    telegram.poisons({"canary": 1})
    telegram.poisons("canary")
    await somebody.types("help")
    async with polling(telegram, take) as loop:
        assert await soon(lambda: len(take.taken) == 2)
        await telegram.settles()
        assert loop.unreadable == 2
    assert "canary" not in caplog.text


async def test_a_fault_of_our_own_in_taking_one_stops_nothing(
    telegram: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    somebody, take = telegram.person(), Taker()
    async with polling(telegram, take):
        take.raises = True
        await somebody.types("help")
        assert await soon(lambda: len(take.taken) == 1)
        take.raises = False
        await somebody.types("again")
        assert await soon(lambda: len(take.taken) == 2)
        await telegram.settles()
    assert "KeyError" in caplog.text
    assert "canary" not in caplog.text


async def test_an_update_without_a_number_does_not_make_a_busy_loop(telegram: StandIn) -> None:
    telegram.poisons(["no number"])
    async with polling(telegram, Taker()):
        await asyncio.sleep(1.5)
    assert len(telegram.calls("getUpdates")) < 8


@pytest.mark.parametrize("fault", ["cuts_before", "cuts_after", "garbles"])
async def test_trouble_on_the_line_is_got_over(telegram: StandIn, fault: str) -> None:
    somebody, take = telegram.person(), Taker()
    async with polling(telegram, take):
        await telegram.is_polled()
        getattr(telegram.faults, fault)("getUpdates", calls=3)
        await somebody.types("help")
        assert await soon(lambda: len(take.taken) == 1)


@pytest.mark.parametrize("status", [401, 404, 409, 429, 500, 502])
async def test_a_refusal_now_and_then_is_got_over(telegram: StandIn, status: int) -> None:
    somebody, take = telegram.person(), Taker()
    telegram.faults.fails("getUpdates", status, calls=2)
    async with polling(telegram, take):
        await somebody.types("help")
        assert await soon(lambda: len(take.taken) == 1)


async def test_the_first_call_may_fail_for_as_long_as_it_likes(telegram: StandIn) -> None:
    telegram.faults.fails("deleteWebhook", 502, calls=5)
    async with polling(telegram, Taker()):
        await telegram.is_polled()


@pytest.mark.parametrize("method", ["getUpdates", "deleteWebhook"])
@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_keeps_being_refused_ends_it_with_a_clear_word(
    telegram: StandIn, method: str, status: int
) -> None:
    telegram.faults.fails(method, status, calls=None)
    request = LineRequest(telegram.url)
    bot = library.Bot(telegram.token, f"{telegram.url}/bot", request=request, get_updates_request=request)
    async with request:
        with pytest.raises(TokenRefusedError, match="TELEGRAM_BOT_TOKEN"):
            await asyncio.wait_for(Polling(Calls(bot), Taker(), QUICK).run(), 5)


async def test_another_poller_is_named_and_polling_goes_on(telegram: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    telegram.faults.fails("getUpdates", 409, calls=2)
    async with polling(telegram, Taker()) as loop:
        assert await soon(lambda: loop.last_good_poll is not None)
    assert caplog.text.count("Another program polls") == 1
    assert "answers again" in caplog.text


async def test_a_poll_that_hangs_is_cut_and_begun_anew(telegram: StandIn) -> None:
    somebody, take = telegram.person(), Taker()
    async with polling(telegram, take) as loop:
        assert await soon(lambda: loop.last_good_poll is not None)
        before = loop.last_good_poll
        telegram.faults.hangs("getUpdates")
        await somebody.types("help")
        assert await soon(lambda: len(take.taken) == 1)
        assert loop.last_good_poll is not None
        assert before is not None
        assert loop.last_good_poll > before


async def test_the_end_of_an_outage_is_noticed_soon(telegram: StandIn) -> None:
    somebody, take = telegram.person(), Taker()
    async with polling(telegram, take):
        await telegram.is_polled()
        async with telegram.outage():
            await somebody.types("help")
            await asyncio.sleep(2.0)
        assert await soon(lambda: len(take.taken) == 1, within=10)


class _Endless:
    """Telegram with more updates than anybody can answer, ``at_once`` of them in each batch."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self.polls = 0

    async def call(self, method: str, parameters: dict[str, int], *, seconds: float | None = None) -> object:  # noqa: ARG002
        if method != "getUpdates":
            return True
        self.polls += 1
        await asyncio.sleep(0.001)
        first = parameters.get("offset", 1)
        return [{"update_id": number} for number in range(first, first + self._at_once)]


@pytest.mark.parametrize(("at_once", "waits"), [(HALF + 10, True), (HALF, False)])
async def test_what_would_come_again_is_not_asked_for_while_most_of_it_is_in_work(at_once: int, waits: bool) -> None:
    telegram = _Endless(at_once)
    unanswered: list[Callable[[], None]] = []

    def take(_: object, done: Callable[[], None]) -> bool:
        unanswered.append(done)
        return True

    loop = Polling(cast("Calls", telegram), take, Pace(settle=0.0, settle_many=60.0))
    polling = asyncio.create_task(loop.run())
    try:
        async with asyncio.timeout(20):
            while len(unanswered) < at_once:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.3)
            assert (telegram.polls == 1) is waits
            while unanswered:
                unanswered.pop()()
            while telegram.polls == 1:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
    finally:
        polling.cancel()


async def test_while_more_are_waiting_one_half_is_fetched_while_the_other_is_answered() -> None:
    telegram = _Endless(FULL)
    offsets: list[int] = []

    async def noted(method: str, parameters: dict[str, int], *, seconds: float | None = None) -> object:
        offsets.append(parameters.get("offset", 1))
        return await _Endless.call(telegram, method, parameters)

    telegram.call = noted  # type: ignore[method-assign]
    unanswered: list[Callable[[], None]] = []

    def take(_: object, done: Callable[[], None]) -> bool:
        unanswered.append(done)
        return True

    polling = asyncio.create_task(Polling(cast("Calls", telegram), take, Pace(settle=60.0, settle_many=60.0)).run())
    try:
        async with asyncio.timeout(20):
            while len(unanswered) < FULL:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            for done in unanswered[: HALF - 1]:
                done()
            await asyncio.sleep(0.1)
            assert telegram.polls == 1, "there is hardly room for new ones yet"
            unanswered[HALF - 1]()
            while len(unanswered) < FULL + HALF:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        assert offsets[-1] == HALF + 1, "what is in work is not confirmed"
    finally:
        polling.cancel()


async def test_who_presses_while_another_turn_takes_long_waits_no_longer_than_that_turn() -> None:
    """Until it is done, every poll brings it again, so that polls are made more and more rarely."""
    telegram = _Endless(1)
    unanswered: list[Callable[[], None]] = []

    async def same(method: str, parameters: dict[str, int], *, seconds: float | None = None) -> object:
        return await _Endless.call(telegram, method, {**parameters, "offset": min(parameters.get("offset", 1), 2)})

    telegram.call = same  # type: ignore[method-assign]

    def take(_: object, done: Callable[[], None]) -> bool:
        unanswered.append(done)
        return True

    polling = asyncio.create_task(Polling(cast("Calls", telegram), take, Pace(settle=0.0)).run())
    try:
        async with asyncio.timeout(20):
            while telegram.polls < 5:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        polls = telegram.polls
        await asyncio.sleep(0.1)
        assert telegram.polls == polls, "it waits by now"
        unanswered[0]()
        await asyncio.sleep(0.1)
        assert telegram.polls > polls, "and asks again as soon as there is room for something new"
    finally:
        polling.cancel()


async def test_the_next_poll_waits_for_a_turn_no_longer_than_it_is_told_to() -> None:
    """It once waited longer by up to a twentieth of a second, and with it everybody who pressed meanwhile."""
    telegram = _Endless(1)

    async def another(method: str, parameters: dict[str, int], *, seconds: float | None = None) -> object:
        return await _Endless.call(telegram, method, {**parameters, "offset": telegram.polls + 1})

    telegram.call = another  # type: ignore[method-assign]

    def take(*_: object) -> bool:
        return True  # and is never done with it

    polling = asyncio.create_task(Polling(cast("Calls", telegram), take, Pace(settle=0.005)).run())
    try:
        async with asyncio.timeout(20):
            while telegram.polls < 1:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            begun = time.monotonic()
            while telegram.polls < 9:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        assert time.monotonic() - begun < 8 * 0.045
    finally:
        polling.cancel()
