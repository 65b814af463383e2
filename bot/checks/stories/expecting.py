"""An expectation against a screen: what is missing from it, and what should not be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.checks.stories.folding import folded
from bot.checks.stories.written import Expectation
from bot.content.model import Content, StepId
from bot.content.schema import Risk
from bot.dialogue.rendering import plain_text
from bot.dialogue.screen import Button, ButtonRole, Screen
from bot.dialogue.token import Gone, decode


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as expected. ``key`` is the expectation's, ``wanted`` its value, ``found`` what is so."""

    key: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.key}: {self.wanted}: {self.found}"


def missed(expected: Expectation, screen: Screen, content: Content) -> tuple[Miss, ...]:
    """Everything on ``screen`` that is not as expected,."""
    return (
        *_place(expected, screen),
        *_words(expected, screen),
        *_services(expected, screen),
        *_buttons(expected, screen),
        *_rest(expected, screen, content),
    )


def _place(expected: Expectation, screen: Screen) -> Iterator[Miss]:
    here = screen.state.step
    if expected.flow is not None and expected.flow != here.flow:
        yield Miss("flow", expected.flow, f"it is {here.flow}")
    if expected.step is not None:
        flow, _, step = expected.step.rpartition(".")
        if step != here.step or (flow and flow != here.flow):
            yield Miss("step", expected.step, f"it is {here}")


def _words(expected: Expectation, screen: Screen) -> Iterator[Miss]:
    if expected.says is None and expected.not_says is None:
        return
    said = folded(plain_text.render(screen))
    for text in expected.says or ():
        if plain(text) not in said:
            yield Miss("says", text, "it does not stand there")
    for text in expected.not_says or ():
        if plain(text) in said:
            yield Miss("not_says", text, "it stands there")


def plain(text: str) -> str:
    """An expected text as it can be found on a screen: authors may copy it with its ``**`` from the flow."""
    return folded(text.replace("**", ""))


def _services(expected: Expectation, screen: Screen) -> Iterator[Miss]:
    shown = [card.service for card in screen.cards]
    instead = _listed("shown are", shown) if shown else "no service is shown"
    for id_ in expected.shows or ():
        if id_ not in shown:
            yield Miss("shows", id_, instead)
    for id_ in expected.not_shows or ():
        if id_ in shown:
            yield Miss("not_shows", id_, "it is shown")
    if expected.first is not None and shown[:1] != [expected.first]:
        yield Miss("first", expected.first, f"first is {shown[0]}" if shown else instead)


def _buttons(expected: Expectation, screen: Screen) -> Iterator[Miss]:
    labels = {folded(button.label) for button in screen.buttons}
    for label in expected.buttons or ():
        if folded(label) not in labels:
            yield Miss("buttons", label, "there is no such button" if labels else "there are no buttons")
    for label in expected.not_buttons or ():
        if folded(label) in labels:
            yield Miss("not_buttons", label, "the button is there")


def _rest(expected: Expectation, screen: Screen, content: Content) -> Iterator[Miss]:
    if expected.risk is not None:
        step = content.steps.get(screen.state.step)
        risk = step.risk if step is not None else Risk.NONE
        if risk is not expected.risk:
            yield Miss("risk", expected.risk, f"it is {risk}")
    if expected.asks is not None:
        asked = asks(screen, content)
        if expected.asks not in asked:
            yield Miss("asks", expected.asks, _listed("it asks", asked) if asked else "it asks for no answer")
    if expected.leaves is not None and screen.leave is not expected.leaves:
        yield Miss("leaves", str(expected.leaves).lower(), "the conversation goes on" if expected.leaves else "it left")


def asks(screen: Screen, content: Content) -> tuple[str, ...]:
    """The answers of which the screen's buttons give at least two values: the engine's questions, authors' choices."""
    asked: dict[int, set[int]] = {}
    step = content.steps.get(screen.state.step)
    for button in screen.buttons:
        answers: Iterable[tuple[int, int]] = ()
        if button.role is ButtonRole.ANSWER:
            answers = _after(button, content)[1]
        elif button.role is ButtonRole.CHOICE and step is not None:
            target, known = _after(button, content)
            offered = (choice.answers for choice in step.choices if choice.target == target)
            answers = next((given for given in offered if given and known.issuperset(given)), ())
        for code, value in answers:
            asked.setdefault(code, set()).add(value)
    return tuple(content.answers_by_code[code].id for code, values in asked.items() if len(values) > 1)


def _after(button: Button, content: Content) -> tuple[StepId | None, frozenset[tuple[int, int]]]:
    """The step that a button leads to, and everything answered there."""
    there = decode(button.token, content)
    return (None, frozenset()) if isinstance(there, Gone) else (there.step, frozenset(there.answers))


def _listed(before: str, names: Iterable[str]) -> str:
    return f"{before} {', '.join(names)}"
