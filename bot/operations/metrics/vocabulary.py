"""The values that labels can have: ids of the content that is served, and a few closed sets of our own.

So the number of series is bounded before anything is counted, and a value that is in no set, whatever it holds, becomes
the word ``other``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from bot.content.model import Content
from bot.content.schema import Risk
from bot.dialogue.places import LANGUAGE, LEAVE
from bot.operations.metrics.measures import BOUNDS, Measure

OTHER: Final = "other"

CHANNELS: Final = ("telegram", "web")

METHODS: Final = (
    "getUpdates",
    "getMe",
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "deleteMessages",
    "leaveChat",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "getMyCommands",
    "setMyCommands",
    "getMyDescription",
    "setMyDescription",
    "getMyShortDescription",
    "setMyShortDescription",
)
TELEGRAM_ERRORS: Final = (
    "BadRequest",
    "ChatMigrated",
    "Conflict",
    "CutOffError",
    "EndPointNotFound",
    "Forbidden",
    "InvalidToken",
    "NetworkError",
    "RetryAfter",
    "TelegramError",
    "TimedOut",
)
OWN_ERRORS: Final = (
    "AssertionError",
    "AttributeError",
    "IndexError",
    "KeyError",
    "LookupError",
    "MemoryError",
    "OSError",
    "RecursionError",
    "RuntimeError",
    "TimeoutError",
    "TypeError",
    "UnicodeEncodeError",
    "ValueError",
)
LE: Final = (*(str(bound) for bound in BOUNDS), "+Inf")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The sets. ``risks`` holds for each flow the risks that its steps have."""

    risks: Mapping[str, frozenset[str]]
    services: frozenset[str]
    intents: frozenset[str]

    def labels(self, measure: Measure, values: tuple[str, ...]) -> tuple[str, ...]:
        """The values as they may be counted, each that is in no set as `OTHER`."""
        if measure.labels == ("channel", "flow", "risk"):
            channel, flow, risk = values
            flow = flow if flow in self.risks else OTHER
            return _one_of(CHANNELS, channel), flow, _one_of(self._risks(flow), risk)
        return tuple(_one_of(self._values(name), value) for name, value in zip(measure.labels, values, strict=True))

    def every(self, measure: Measure) -> Iterator[tuple[str, ...]]:
        """Every combination of values that this measure can ever have."""
        if measure.labels == ("channel", "flow", "risk"):
            for channel, flow in product((*CHANNELS, OTHER), (*self.risks, OTHER)):
                yield from ((channel, flow, risk) for risk in (*sorted(self._risks(flow)), OTHER))
            return
        yield from product(*((*self._values(name), OTHER) for name in measure.labels))

    def _risks(self, flow: str) -> frozenset[str]:
        return self.risks.get(flow, frozenset())

    def _values(self, label: str) -> tuple[str, ...]:
        match label:
            case "service":
                return tuple(sorted(self.services))
            case "intent":
                return tuple(sorted(self.intents))
            case "flow":
                return tuple(sorted(self.risks))
            case "channel":
                return CHANNELS
            case "kind":
                return (*OWN_ERRORS, *TELEGRAM_ERRORS)
            case "method":
                return METHODS
            case "outcome":
                return ("ok", *TELEGRAM_ERRORS)
            case "le":
                return LE
        return ()


NO_CONTENT: Final = Vocabulary({}, frozenset(), frozenset())
"""Before there is content to serve."""


def vocabulary_of(content: Content) -> Vocabulary:
    """The ids of this content."""
    risks: dict[str, set[str]] = {place.flow: {Risk.NONE.value} for place in (LEAVE, LANGUAGE)}
    for step in content.steps.values():
        risks.setdefault(step.id.flow, set()).add(step.risk.value)
    return Vocabulary(
        {flow: frozenset(found) for flow, found in risks.items()},
        frozenset(content.services),
        frozenset(intent.label for intents in content.intents.values() for intent in intents),
    )


def _one_of(values: tuple[str, ...] | frozenset[str], value: str) -> str:
    return value if value in values else OTHER
