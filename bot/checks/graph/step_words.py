"""Sentences about steps that picture and list share."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.graph.model import DrawnChoice, DrawnStep
from bot.dialogue.places import EMERGENCY


def notes(step: DrawnStep) -> Iterator[str]:
    """For whom a step is, and how people come to it other than by the buttons of its flow."""
    if step.when:
        yield f"Only if {step.when}"
    if step.id.flow == EMERGENCY and step.start:
        yield "Get help now on every screen leads here"
    if step.typed:
        yield f"Typed words lead here: {', '.join(step.typed)}".replace("_", " ")
    if step.arrivals:
        flows = dict.fromkeys(id_.flow.replace("_", " ") for id_ in step.arrivals)
        yield f"Also entered from: {', '.join(flows)}"


def small_print(choice: DrawnChoice) -> str:
    """For whom a button shows, and what it answers."""
    parts = [f"only if {choice.when}"] if choice.when else []
    parts += [f"answers {answer}" for answer in choice.answers]
    return "; ".join(parts)


def signpost_words(step: DrawnStep) -> str:
    """What the services of a step are."""
    if len(step.services) <= step.at_most:
        return "Shows"
    return f"Shows at most {step.at_most} of these, open ones first"


def counted(count: int, noun: str) -> str:
    """A number with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
