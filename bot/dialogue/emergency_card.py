"""The last resort: a card with the emergency numbers that needs no content, no template and no state.

A test holds it equal to resources.yaml. A deployment in another country gives its own numbers (`EMERGENCY_NUMBERS`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

EMERGENCY_NUMBERS: Final = ("999", "112")

_UNITED_KINGDOM: Final = (
    "In danger right now? Ring 999. If you cannot speak, ring from a mobile and press 55 when you are asked.\n\n"
    "Something went wrong here, and it is not your fault. These people will listen, day and night:\n"
    "Childline (under 19): 0800 1111\n"
    "Samaritans (any age): 116 123\n"
    "Shout: text SHOUT to 85258\n\n"
    "{go_on}"
)

_ELSEWHERE: Final = (
    "In danger right now? Ring {numbers}.\n\nSomething went wrong here, and it is not your fault.\n\n{go_on}"
)

GO_ON: Final = "To go on, send /start."


class OnlyTheCardError(Exception):
    """Raised in place of an engine while nothing but the card may be shown, because no content is proven yet."""


def emergency_card(numbers: Sequence[str] = EMERGENCY_NUMBERS, go_on: str = GO_ON) -> str:
    """The card as plain text, for a deployment with these emergency numbers; ``go_on`` says how to go on there."""
    if tuple(numbers) == EMERGENCY_NUMBERS:
        return _UNITED_KINGDOM.format(go_on=go_on)
    return _ELSEWHERE.format(numbers=" or ".join(numbers), go_on=go_on)


EMERGENCY_CARD: Final = emergency_card()
