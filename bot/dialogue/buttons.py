"""The buttons of a screen: the step's own, those of a question, and those that every screen has."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.model import NATION, WHO, Answer, Choice, Content, Step, StepId, holds
from bot.dialogue import layout
from bot.dialogue.places import EMERGENCY, LANGUAGE, LEAVE, MENU, NOT_MEANT, WHICH
from bot.dialogue.screen import Button, ButtonRole
from bot.dialogue.state import State, View
from bot.dialogue.token import Encoder
from bot.dialogue.travel import after, answered, back, fresh

Answers = tuple[tuple[int, int], ...]
"""Answers' codes with their values' codes."""

_NAMING = ("small_talk", MENU)
"""Flows whose buttons name other flows so that they are understood anywhere."""
_MOST_CHOICES_BESIDE = 5
"""A screen with as many choices has no room for what the words might mean as well."""


class Buttons:
    """Makes every button there is. Pressing one leads to the state that it carries."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        self._content = content
        self._encoder = encoder
        self._menu = content.flows[MENU].start
        self._emergency = content.flows[EMERGENCY].start
        self._several_whole = sum(edition.whole for edition in content.editions.values()) > 1
        who = content.answers[WHO]
        codes = {value.id: value.code for value in who.values}
        self._audience = {
            flow.id: (who.code, codes[flow.audience[0]]) for flow in content.flows.values() if len(flow.audience) == 1
        }
        """Flows for one audience alone, and the answer that says so."""

    def choices(self, state: State, step: Step, answers: dict[int, int]) -> list[Button]:
        """The step's own choices, as far as ``answers`` (codes with values' codes) let them be seen."""
        buttons = []
        untold = after(state, step.id)
        for choice in step.choices:
            if choice.when and not holds(choice.when, answers):
                continue
            told = self._told(state, step, choice.answers)
            there = after(state, choice.target, told) if told else State(choice.target, *untold[1:])
            if self._can_show(choice, there):
                buttons.append(self.go(choice.label, there))
        return buttons

    def with_other(self, state: State, step: Step, choices: list[Button], other: Sequence[StepId]) -> list[Button]:
        """The choices, and buttons to what else typed words may mean, named as elsewhere."""
        if not other:
            return choices
        meant = {target.flow: target for target in other if step.id == WHICH or target.flow != state.step.flow}
        labels = self._labels(state)
        also = [self.go(labels[flow], after(state, target)) for flow, target in meant.items() if flow in labels]
        if step.id == WHICH:
            return [*also, *choices]
        return [*choices, *also] if len(choices) < _MOST_CHOICES_BESIDE else choices

    def names(self, step: StepId) -> bool:
        """Whether some button has a name for the flow of ``step``, so that it can be offered anywhere."""
        return step.flow not in _NAMING and step.flow in self._labels(fresh(self._menu))

    def _labels(self, state: State) -> dict[str, str]:
        """What the small talk and the menu call each flow that they lead to: a title is too long for a button."""
        steps = self._content.edition(state.language).steps.values()
        labels: dict[str, str] = {}
        for flow in _NAMING:
            for choice in (choice for step in steps if step.id.flow == flow for choice in step.choices):
                labels.setdefault(choice.target.flow, choice.label)
        return labels

    def _told(self, state: State, step: Step, given: Answers) -> Answers:
        """What a choice tells: its own answers, and who somebody is who goes on in a flow for one audience alone."""
        who = self._audience.get(step.id.flow)
        if who is None or any(code == who[0] for code, _ in (*state.answers, *given)):
            return given
        return (*given, who)

    def _can_show(self, choice: Choice, there: State) -> bool:
        target = self._content.steps.get(choice.target)
        return target is None or not target.when or holds(target.when, dict(there.answers))

    def answers(self, state: State, answer: Answer) -> list[Button]:
        """One button for each value of a question."""
        values = self._content.edition(state.language).answers[answer.id].values
        return [self.go(value.label, answered(state, answer.code, value.code), ButtonRole.ANSWER) for value in values]

    def ask(self, state: State, answer: Answer) -> Button:
        """The way to a question that stands on a screen of its own."""
        key = "button_near_me" if answer.id == NATION else "button_my_age"
        return self.go(self._content.texts(state.language)[key], state._replace(view=View.QUESTION), ButtonRole.DETAILS)

    def details(self, state: State) -> Button:
        """To all there is to know about the services shown."""
        label = self._content.texts(state.language)["button_details"]
        return self.go(label, state._replace(view=View.DETAILS), ButtonRole.DETAILS)

    def navigation(
        self, state: State, step: Step | None, *, correctable: bool = False, languages: bool = True
    ) -> layout.Navigation:
        """The buttons of every screen; those that would only lead to the screen itself are left out.

        ``correctable`` adds the way to a choice for somebody whose typed words were not meant like that.
        ``languages``: whether the list of languages may be among them.
        """
        texts = self._content.texts(state.language)
        menu = self._menu
        emergency = self._emergency
        previous = back(state) or fresh(menu, state.language, state.channel)
        beginning = fresh(menu, state.language, state.channel)
        here = state._replace(view=View.STEP) if step is not None else state
        told = self._told(state, step, ()) if step is not None else ()
        on_emergency = step is not None and state.step == emergency
        help_now = (
            None
            if on_emergency
            else self.go(texts["button_emergency"], after(state, emergency, told), ButtonRole.EMERGENCY)
        )
        language = self.languages(state) if languages and self._offers_languages(state) else None
        moves = []
        if correctable:
            meant = after(here, NOT_MEANT) if NOT_MEANT in self._content.steps else beginning
            moves.append(self.go(texts["button_not_meant"], meant))
        if previous != here and not (correctable and previous == beginning):
            moves.append(self.go(texts["button_back"], previous, ButtonRole.BACK))
        elif correctable and beginning != here:
            moves.append(self.go(texts["button_start_again"], beginning, ButtonRole.START_AGAIN))
        if not correctable and beginning not in (here, previous):
            moves.append(self.go(texts["button_start_again"], beginning, ButtonRole.START_AGAIN))
        moves.append(self.leave(state))
        return layout.Navigation(help_now, tuple(moves), language)

    def leave(self, state: State) -> Button:
        """To the neutral screen."""
        label = self._content.texts(state.language)["button_leave"]
        return self.go(label, fresh(LEAVE, state.language, state.channel), ButtonRole.LEAVE)

    def languages(self, state: State) -> Button | None:
        """To the list of languages and, from there, back to this very place; None where there is but one."""
        if len(self._content.editions) < 2:
            return None
        label = self._content.texts(state.language)["button_language"]
        return self.go(label, after(state, LANGUAGE), ButtonRole.LANGUAGE)

    def _offers_languages(self, state: State) -> bool:
        """Whether languages are one press away here: everywhere if several are offered whole, else where one begins."""
        return self._several_whole or state.step in (self._menu, self._emergency)

    def go(self, label: str, state: State, role: ButtonRole = ButtonRole.CHOICE, language: str = "") -> Button:
        """A button to a state. ``language`` is that of its label, where it is another than the screen's."""
        return Button(label, self._encoder.encode(state), role, language)
