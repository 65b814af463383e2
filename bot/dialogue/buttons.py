"""The buttons of a screen: the step's own, those of a question, and those that every screen has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
_LONGEST_NAME = 30
"""Characters of a title that can be read on a phone's button."""


class Buttons:
    """Makes every button there is. Pressing one leads to the state that it carries."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        self._content = content
        self._encoder = encoder
        self._menu = content.flows[MENU].start
        self._emergency = content.flows[EMERGENCY].start
        self._names: dict[str, dict[str, str]] = {}
        """Language → what `_labels` gives, once it was asked for."""
        who = content.answers[WHO]
        codes = {value.id: value.code for value in who.values}
        self._audience = {
            flow.id: (who.code, codes[flow.audience[0]]) for flow in content.flows.values() if len(flow.audience) == 1
        }
        """Flows for one audience alone, and the answer that says so."""
        self._conditions = {step.id: step.when for step in content.steps.values() if step.when}

    def choices(self, state: State, step: Step, answers: dict[int, int]) -> list[Button]:
        """The step's own choices, as far as ``answers`` (codes with values' codes) let them be seen."""
        buttons = []
        untold = after(state, step.id)
        write = self._encoder.beside(untold)
        who = self._untold(state, step)
        for choice in step.choices:
            if choice.when and not holds(choice.when, answers):
                continue
            if choice.answers or who:
                there = after(state, choice.target, _with(choice.answers, who))
                if self._can_show(choice, dict(there.answers)):
                    buttons.append(self.go(choice.label, there))
            elif self._can_show(choice, answers):
                buttons.append(Button(choice.label, write(choice.target)))
        return buttons

    def others(self, state: State, step: Step, choices: Sequence[Button], other: Sequence[StepId]) -> list[Button]:
        """Buttons to what else typed words may mean, named as elsewhere; none that stand among ``choices`` already."""
        if not other:
            return []
        written = {choice.target for choice in step.choices}
        named = {target.flow for target in written} if step.id == WHICH else {state.step.flow}
        meant = {target.flow: target for target in other if target not in written and target.flow not in named}
        labels = self._labels(state)
        said = {button.label for button in choices}  # the author's own button of these words is the one that is meant
        return [
            self.go(labels[flow], after(state, target))
            for flow, target in meant.items()
            if flow in labels and labels[flow] not in said
        ]

    def names(self, step: StepId) -> bool:
        """Whether some button has a name for the flow of ``step``, so that it can be offered anywhere."""
        return step.flow not in _NAMING and step.flow in self._labels(fresh(self._menu))

    def _labels(self, state: State) -> dict[str, str]:
        """What the small talk and the menu call each flow that they lead to; one that they do not lead to bears its
        title, if that fits on a button.
        """
        edition = self._content.edition(state.language)
        labels = self._names.get(edition.language)
        if labels is None:
            labels = self._names[edition.language] = {}
            for flow in _NAMING:
                for step in (step for step in edition.steps.values() if step.id.flow == flow):
                    for choice in step.choices:
                        labels.setdefault(choice.target.flow, choice.label)
            for id_, named in self._content.flows.items():
                if len(named.title) <= _LONGEST_NAME:
                    labels.setdefault(id_, named.title)
        return labels

    def _untold(self, state: State, step: Step) -> Answers:
        """Who somebody is who goes on in a flow for one audience alone, unless they have said so."""
        who = self._audience.get(step.id.flow)
        if who is None:
            return ()
        for code, _ in state.answers:
            if code == who[0]:
                return ()
        return (who,)

    def _can_show(self, choice: Choice, answers: Mapping[int, int]) -> bool:
        when = self._conditions.get(choice.target)
        return when is None or holds(when, answers)

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
        beginning = fresh(self._menu, state.language, state.channel)
        previous = back(state) or beginning
        here = state._replace(view=View.STEP) if step is not None else state
        help_now = None
        if step is None or state.step != self._emergency:
            told = self._untold(state, step) if step is not None else ()
            help_now = self.go(texts["button_emergency"], after(state, self._emergency, told), ButtonRole.EMERGENCY)
        language = self.languages(state) if languages else None
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

    def go(self, label: str, state: State, role: ButtonRole = ButtonRole.CHOICE, language: str = "") -> Button:
        """A button to a state. ``language`` is that of its label, where it is another than the screen's."""
        return Button(label, self._encoder.encode(state), role, language)


def _with(given: Answers, who: Answers) -> Answers:
    """What a choice tells: its own answers, and who somebody is if it does not say so itself."""
    if who and any(code == who[0][0] for code, _ in given):
        return given
    return (*given, *who)
