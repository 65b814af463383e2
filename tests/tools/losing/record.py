"""What happened in a trial, moment by moment, so that a press that is lost can be followed from the phone and back."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.standin import Call


@dataclass
class Delivery:
    """One attempt to hand an update to a replica. ``outcome`` is an HTTP status or what broke; times are seconds."""

    update: int
    port: int
    begun: float
    ended: float | None = None
    outcome: str = "no answer yet"


@dataclass(frozen=True)
class Event:
    """Something done to the replicas: a kill, an ordered end, a start, a roll-out."""

    at: float
    what: str


@dataclass
class Record:
    """Everything by one clock, which counts seconds from the beginning of the trial."""

    started: float = field(default_factory=time.monotonic)
    deliveries: list[Delivery] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def now(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.started

    def note(self, what: str) -> None:
        """Write an event down."""
        self.events.append(Event(self.now(), what))

    def delivery(self, update: int, port: int) -> Delivery:
        """Write down that an attempt begins."""
        delivery = Delivery(update, port, self.now())
        self.deliveries.append(delivery)
        return delivery

    def timeline(self, update: int, pressed: float, calls: list[Call]) -> str:
        """What became of one press, in order: its deliveries, the calls for that chat, and all events around it."""
        lines = [(pressed, f"pressed, as update {update}")]
        for one in self.deliveries:
            if one.update == update:
                lines.append((one.begun, f"delivered to {one.port}"))
                if one.ended is not None:
                    lines.append((one.ended, f"{one.port} answered the delivery: {one.outcome}"))
        for call in calls:
            at = call.started - self.started
            if at >= pressed - 2:
                lines.append((at, f"call {call.line()[:300]}"))
        last = max(at for at, _ in lines)
        lines += [(event.at, event.what) for event in self.events if pressed - 5 <= event.at <= last + 2]
        return "\n".join(f"    {at:8.3f} {what}" for at, what in sorted(lines))
