"""Whoever reads the figures, however often, learns how the bot is doing and nothing about a conversation."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from itertools import count

from bot.channels.observer import Turn, turn_of
from bot.dialogue.engine import Engine
from bot.operations.metrics.batches import AT_LEAST, ENOUGH, FIRST, WAYS
from bot.operations.metrics.events import Event
from bot.operations.metrics.ledger import Ledger
from bot.operations.metrics.measures import MEASURES, SECONDS
from bot.operations.metrics.vocabulary import vocabulary_of
from tests.metrics.conftest import Clock, Counted, make_counted, walk

BATCHED = re.compile(r"waypost_(conversations_opened|turns|subjects|services_shown|intents|not_understood)_total\{")
TYPED = ("they want money or they will share my pictures", "i feel so alone", "xqzt vvbn canaryzebra", "")


def cells_of(turn: Turn) -> set[str]:
    """The lines of figures that a turn raises and that say what it was about."""
    cells = {f'waypost_turns_total{{channel="{turn.channel}",flow="{turn.flow}",risk="{turn.risk}"}}'}
    cells |= {f'waypost_services_shown_total{{service="{service}"}}' for service in turn.services}
    if turn.intent:
        cells.add(f'waypost_intents_total{{intent="{turn.intent}"}}')
    elif turn.intent is not None:
        cells.add(f'waypost_not_understood_total{{channel="{turn.channel}"}}')
    if turn.entered and not turn.opened and turn.intent is None:
        cells.add(f'waypost_subjects_total{{flow="{turn.flow}"}}')
    if turn.opened:
        cells.add(f'waypost_conversations_opened_total{{channel="{turn.channel}"}}')
    return cells


def let_out(counted: Counted) -> dict[str, float]:
    """Everything about subjects that a scraper sees and that is not nothing."""
    lines = (line for line in counted.counting.text().decode().splitlines() if not line.endswith(" 0.0"))
    parted = (line.rpartition(" ") for line in lines if BATCHED.match(line))
    return {name: float(value) for name, _, value in parted}


def test_scraping_every_second_through_1000_conversations_shows_no_conversations_subject(
    engine: Engine, counted: Counted, clock: Clock
) -> None:
    """A thousand conversations, side by side, over four hours, with one scrape for each second something happens in.

    That is every twelfth second at most, so that the test ends soon; in between nothing is there to be seen.
    """
    chance = random.Random(20261124)
    moments: dict[int, list[tuple[int, Turn]]] = defaultdict(list)
    for number in range(1000):
        begun = chance.randrange((4 * 3600 - 700) // 12) * 12
        seconds = count(begun, chance.randrange(1, 5) * 12)
        for turn in walk(engine, chance, clock.now, words=chance.choice(TYPED)):
            moments[next(seconds)].append((number, turn))
    start = clock.now
    behind: dict[str, list[int]] = defaultdict(list)
    before: dict[str, float] = {}
    released = 0
    for second in sorted({*moments, 3600, 7200, 10800, 14400}):
        clock.now = start
        clock.passes(seconds=second)
        counted.tick()
        for _, turn in moments.get(second, []):
            counted.noticing.answered(turn)
        seen = let_out(counted)
        if seen != before:
            hour = second - second % 3600
            assert second == min(moment for moment in (*moments, hour) if moment >= hour), "only at a full hour"
        for name in seen:
            if more := seen[name] - before.get(name, 0):
                assert more >= AT_LEAST
                assert more == len(behind[name])
                assert len(set(behind[name])) >= AT_LEAST, f"{name}: {more:.0f} of {len(set(behind[name]))} people"
                behind[name].clear()
                released += 1
        before = seen
        for number, turn in moments.get(second, []):
            for cell in cells_of(turn):
                behind[cell].append(number)
    assert released > 50
    named = {name.partition("{")[0] for name in before}
    assert named == {f"waypost_{measure.name}_total" for measure in MEASURES.values() if measure.batched}
    text = counted.counting.text().decode()
    assert "canary" not in text
    assert "_created" not in text


def test_one_long_conversation_is_never_shown_however_many_turns_it_has(
    engine: Engine, counted: Counted, clock: Clock
) -> None:
    screen = engine.open("image_threats", clock.now)
    for _ in range(40):
        counted.noticing.answered(turn_of("telegram", screen, engine.content, 0.01))
        forwards = [b for b in screen.buttons if engine.press(b.token, clock.now).state.step.flow == "image_threats"]
        onwards = [b for b in forwards if len(engine.press(b.token, clock.now).state.trail) > len(screen.state.trail)]
        screen = engine.press((onwards or forwards)[0].token, clock.now)
        screen = screen if screen.state.trail else engine.open("image_threats", clock.now)
        if not onwards:
            break
    for _ in range(20):
        message = engine.read("someone is blackmailing me with my nudes", clock.now)
        counted.noticing.answered(turn_of("telegram", message, engine.content, 0.01))
    clock.passes(hours=2)
    counted.tick()
    assert not let_out(counted)


def test_all_that_may_be_counted_is_there_as_nothing_from_the_start(engine: Engine, counted: Counted) -> None:
    """Prometheus sees no increase in a count that first appears as 15: what is let out at once would be lost."""
    known = vocabulary_of(engine.content)
    samples = counted.samples()
    for measure in MEASURES.values():
        if measure is not SECONDS:
            for values in known.every(measure):
                words = ",".join(f'{name}="{value}"' for name, value in zip(measure.labels, values, strict=True))
                assert samples[f"waypost_{measure.name}_total{{{words}}}"] == 0


def test_what_waits_is_carried_over_until_ten_have_come_together(counted: Counted, clock: Clock) -> None:
    turn = Turn("web", "menu", "none", (), None, 0.01)
    for _ in range(WAYS - 1):
        counted.noticing.answered(turn)
        clock.passes(hours=1)
        counted.tick()
        assert not let_out(counted)
    counted.noticing.answered(turn)
    counted.tick()
    assert not let_out(counted), "not before the hour is full"
    clock.passes(hours=1)
    counted.tick()
    assert counted.samples()['waypost_turns_total{channel="web",flow="menu",risk="none"}'] == WAYS


def test_every_label_value_comes_from_the_content_and_all_series_are_fewer_than_2000(engine: Engine) -> None:
    known = vocabulary_of(engine.content)
    everything = [Event(m.name, labels, ENOUGH) for m in MEASURES.values() for labels in known.every(m)]
    clock = Clock()
    counted = make_counted(engine, clock)
    counted.tick()
    for _ in range(AT_LEAST):
        counted.counting.add(everything)
    clock.passes(hours=1)
    counted.tick()
    samples = counted.samples()
    assert len(everything) < len(samples) <= 2000
    ids = {*engine.content.flows, *engine.content.services, *known.intents}
    shown = {value for name in samples for value in re.findall(r'(?:flow|service|intent)="([^"]*)"', name)}
    assert shown == ids | {"leave", "language", "other"}


def test_what_is_no_id_of_the_content_becomes_the_word_other(counted: Counted, clock: Clock) -> None:
    counted.tick()
    words = "My name is Canary Zebra"
    for _ in range(ENOUGH):
        counted.noticing.answered(Turn(words, words, words, (words,), words, 0.1, opened=True))
        counted.noticing.failed(words, words)
        counted.noticing.called(words, words, 0.1)
        counted.noticing.slowed(words)
    clock.passes(hours=1)
    counted.tick()
    text = counted.counting.text().decode()
    assert "Canary" not in text
    assert 'waypost_turns_total{channel="other",flow="other",risk="other"} 45.0' in text
    assert 'waypost_errors_total{channel="other",kind="other"} 45.0' in text


def test_an_exact_time_is_told_of_no_turn(counted: Counted) -> None:
    counted.noticing.answered(Turn("web", "menu", "none", (), None, 0.0123456))
    samples = counted.samples()
    assert samples['waypost_turn_seconds_sum{channel="web"}'] == 0.025
    assert samples['waypost_turn_seconds_bucket{channel="web",le="0.01"}'] == 0
    assert samples['waypost_turn_seconds_bucket{channel="web",le="0.025"}'] == 1
    assert samples['waypost_turn_seconds_count{channel="web"}'] == 1


def test_errors_and_calls_are_seen_at_once(counted: Counted) -> None:
    counted.noticing.failed("telegram", "KeyError")
    counted.noticing.called("sendMessage", "RetryAfter", 3.0)
    samples = counted.samples()
    assert samples['waypost_errors_total{channel="telegram",kind="KeyError"}'] == 1
    assert samples['waypost_telegram_calls_total{method="sendMessage",outcome="RetryAfter"}'] == 1


def test_the_content_served_and_the_age_of_its_oldest_fact_are_shown(engine: Engine, counted: Counted) -> None:
    samples = counted.samples()
    assert samples[f'waypost_content_info{{content="{engine.content.fingerprint[:12]}"}}'] == 1
    assert samples["waypost_content_served"] == 1
    assert 0 <= samples["waypost_content_age_days"] < 365


def test_combinations_that_no_content_has_fill_no_memory() -> None:
    ledger = Ledger()
    for number in range(6000):
        ledger.add([Event("errors", ("web", f"kind_{number}"), FIRST)])
    assert len(ledger.shown()["errors"]) == 4000
