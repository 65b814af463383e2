"""Everything that is ever counted, declared in one place. What is not declared here cannot be counted anywhere.

Each label's values come from closed sets: `bot.operations.metrics.vocabulary`. Nothing anybody types can become one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


class UndeclaredError(Exception):
    """Something is to be counted that is not declared. The text names the measure, never a value."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted.

    ``batched``: it says what people's conversations are about, so it is let out only in batches of many (see
    `bot.operations.metrics.batches`). ``weekly``: it is also kept in the counters file. ``unit`` says in words for
    everybody what one of it is.
    """

    name: str
    labels: tuple[str, ...]
    help: str
    unit: str
    batched: bool = False
    weekly: bool = False


OPENED: Final = Measure(
    "conversations_opened",
    ("channel",),
    "Conversations opened: Start pressed on Telegram, Begin pressed in the web chat. Batched.",
    "One conversation opened: somebody pressed Start on Telegram or followed a link to the bot there, or pressed Begin "
    "in the web chat. Somebody who comes back opens another one, so this is not a number of people.",
    batched=True,
    weekly=True,
)
TURNS: Final = Measure(
    "turns",
    ("channel", "flow", "risk"),
    "Screens shown in answer to a press or a message, by the subject they belong to. Batched.",
    "One turn: the bot answered one press of a button or one message with one screen. A conversation has several.",
    batched=True,
    weekly=True,
)
SUBJECTS: Final = Measure(
    "subjects",
    ("flow",),
    "Times that somebody came to a subject with a button, not having come through it before on that way. Batched.",
    "One visit of a subject: somebody pressed their way to it, not having come through it before in that conversation, "
    "as far as the buttons remember. What people typed is counted by itself.",
    batched=True,
    weekly=True,
)
SERVICES: Final = Measure(
    "services_shown",
    ("service",),
    "Times that a service stood on a screen. Batched.",
    "One showing: a service stood on a screen that somebody was shown. Whether they got in touch with it is not known, "
    "and one conversation may show a service several times.",
    batched=True,
    weekly=True,
)
INTENTS: Final = Measure(
    "intents",
    ("intent",),
    "Typed messages, by what they were understood to be about. Batched.",
    "One message about something: somebody typed it, and the bot took it to be about this.",
    batched=True,
    weekly=True,
)
NOT_UNDERSTOOD: Final = Measure(
    "not_understood",
    ("channel",),
    "Typed messages that were not understood, and answered with the menu. Batched.",
    "One message not understood: somebody typed it, and the bot answered with its menu and the emergency number.",
    batched=True,
    weekly=True,
)
SECONDS: Final = Measure(
    "turn_seconds",
    ("channel", "le"),
    "How long turns took, in whole buckets: the sum counts each turn as its bucket's upper bound.",
    "One turn.",
)
ERRORS: Final = Measure(
    "errors",
    ("channel", "kind"),
    "Turns that ended with an error; the person got the emergency card if anything could be sent.",
    "One turn that failed.",
)
SLOWED: Final = Measure(
    "slowed",
    ("channel",),
    "Times that somebody sent so much at once that they were told to wait, or were sent away for a moment.",
    "One notice.",
)
CALLS: Final = Measure(
    "telegram_calls",
    ("method", "outcome"),
    "Calls of Telegram's Bot API, by method and outcome.",
    "One call.",
)

MEASURES: Final = {
    measure.name: measure
    for measure in (OPENED, TURNS, SUBJECTS, SERVICES, INTENTS, NOT_UNDERSTOOD, SECONDS, ERRORS, SLOWED, CALLS)
}
WEEKLY: Final = tuple(measure for measure in MEASURES.values() if measure.weekly)

BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the buckets of `SECONDS`, in seconds."""

BEYOND: Final = 60.0
"""What a turn beyond the last bound counts as in the sum, in seconds."""


def measure_named(name: str) -> Measure:
    """A declared measure. Raises `UndeclaredError`."""
    try:
        return MEASURES[name]
    except KeyError:
        raise UndeclaredError("This is not declared in bot/operations/metrics/measures.py.") from None
