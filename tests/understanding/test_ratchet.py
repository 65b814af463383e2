"""A message that was understood once never gets lost again."""

from __future__ import annotations

from bot.understanding.reader import Reader
from tests.understanding.ratchet import LIST, judged, listed, understood


def test_what_was_understood_once_is_understood_still(reader: Reader) -> None:
    lost = sorted(listed() - understood(reader))
    assert not lost, (
        f"{len(lost)} messages are no longer understood: {', '.join(lost[:10])}. Mend the phrases; "
        "`python -m tests.understanding.ratchet --accept` lets go of them, which a review then sees."
    )


def test_every_listed_message_still_has_its_words(reader: Reader) -> None:
    assert listed() <= {name for name, _ in judged(reader)}, f"{LIST.name} names messages that were changed or removed"


def test_nearly_all_messages_are_listed(reader: Reader) -> None:
    every = [name for name, _ in judged(reader)]
    assert len(listed()) >= 0.9 * len(every)
