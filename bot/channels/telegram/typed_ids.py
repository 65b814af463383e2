"""Which typed messages a menu answers, in the 32 bits of a token that belong to the channel.

*Leave* deletes what the person typed, so the menu must remember where that stands in the chat. Nothing is kept on
our side: the ids ride in the menu's buttons, told relative to the menu's own message id, which is always higher.

    bits  0-15  the lowest 16 bits of the last typed message's id
    bits 16-23  how far before it stands the one before, 0 for none
    bits 24-31  how far before that stands the one before, 0 for none

A typed message 65,536 ids or more before its menu cannot be told; Telegram counts ids for each bot, and the menu
follows within seconds. Further ones than three, or those that stand too far apart, are not remembered.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_WINDOW: Final = 1 << 16
_FARTHEST_STEP: Final = 0xFF
_ALL_BITS: Final = 0xFFFFFFFF


def encode(typed: Iterable[int]) -> int:
    """The bits for these message ids, in any order. No ids give 0."""
    latest_first = sorted({message_id for message_id in typed if message_id > 0}, reverse=True)[:3]
    if not latest_first:
        return 0
    last = latest_first[0]
    bits = last % _WINDOW
    for shift, (later, earlier) in zip((16, 24), pairwise(latest_first), strict=False):
        step = later - earlier
        if step > _FARTHEST_STEP:
            break
        bits |= step << shift
    # A last id whose low bits are all zero would look like "nothing typed" when it stands alone; it is let go.
    return bits


def decode(bits: int, menu: int) -> tuple[int, ...]:
    """The message ids, latest first, that a menu with the message id ``menu`` answers. Empty if there are none."""
    bits &= _ALL_BITS
    if bits == 0 or menu <= 1:
        return ()
    last = menu - ((menu - bits) % _WINDOW or _WINDOW)
    found = [last]
    for shift in (16, 24):
        step = (bits >> shift) & _FARTHEST_STEP
        if step == 0:
            break
        found.append(found[-1] - step)
    return tuple(message_id for message_id in found if message_id > 0)
