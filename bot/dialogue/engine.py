"""The engine: a place in the dialogue and a moment give a screen. Pure, and the same for every channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.content.load import load
from bot.content.model import NATION, OUTSIDE, WHO, Answer, Choice, Content, Step, StepId, holds
from bot.content.schema import Risk
from bot.content.text import Block, Reference, Span
from bot.dialogue import layout
from bot.dialogue.cards import long_card, short_card
from bot.dialogue.facts import Deployment, Facts
from bot.dialogue.opening_hours import OpeningHours, OpeningHoursError
from bot.dialogue.screen import Button, ButtonRole, Screen
from bot.dialogue.signposting import Selection, Signposting
from bot.dialogue.state import State, View
from bot.dialogue.token import Encoder, Gone, UnreadableTokenError, decode
from bot.dialogue.travel import after, answered, back, fresh
from bot.understanding.reader import Reader

Answers = tuple[tuple[int, int], ...]
"""Answers' codes with their values' codes."""

MENU = "menu"
EMERGENCY = "emergency"
LEAVE = StepId("leave", "leave")
LANGUAGE = StepId("language", "language")


class Engine:
    """Everything the bot can say, ready to be asked. Holds no person's anything."""

    def __init__(self, content: Content, deployment: Deployment | None = None) -> None:
        self.content = content
        self.signposting = Signposting(content)
        self.reader = Reader(content)
        self._encoder = Encoder(content)
        self._facts = Facts(content, deployment or Deployment())

    # --- ways in

    def start(self, now: datetime, *, language: str = "", channel: int = 0) -> Screen:
        """The menu, with nothing answered yet."""
        return self.draw(fresh(self._start_of(MENU), language, channel), now)

    def press(self, token: str, now: datetime) -> Screen:
        """The screen that a button leads to. Any text is taken: what is no token of ours opens the menu."""
        try:
            state = decode(token, self.content)
        except UnreadableTokenError:
            return self.draw(fresh(self._start_of(MENU)), now, notice="notice_button_gone")
        if isinstance(state, Gone):
            flow = state.flow if state.flow is not None and state.flow in self.content.flows else MENU
            start = self._start_of(flow)
            return self.draw(state.state._replace(step=start, view=View.STEP), now, notice="notice_button_gone")
        return self.draw(state, now)

    def read(
        self, text: str, now: datetime, *, state: State | None = None, language: str = "", channel: int = 0
    ) -> Screen:
        """The screen that answers something typed. ``state`` is where the person stood, if the channel knows."""
        here = state._replace(channel=channel) if state else fresh(self._start_of(MENU), language, channel)
        reading = self.reader.read(text)
        if reading is None:
            menu = fresh(self._start_of(MENU), here.language, channel)
            return replace(self.draw(menu, now, notice="notice_not_understood"), intent="")
        target = reading.intent.target
        there = after(here, target) if state else here._replace(step=target)
        serious = reading.intent.risk in {Risk.HIGH, Risk.IMMEDIATE}
        return replace(self.draw(there, now, correctable=serious), intent=reading.intent.label)

    def open(self, flow: str, now: datetime, *, language: str = "", channel: int = 0) -> Screen:
        """The start of a flow, for a command or a link on a poster; an unknown one gives the menu."""
        if flow in {LEAVE.flow, LANGUAGE.flow}:
            return self.draw(fresh(StepId(flow, flow), language, channel), now)
        if flow not in self.content.flows:
            return self.draw(fresh(self._start_of(MENU), language, channel), now, notice="notice_unknown_link")
        return self.draw(fresh(self._start_of(flow), language, channel), now)

    def leave(self, now: datetime, *, language: str = "", channel: int = 0) -> Screen:
        """The neutral screen, without buttons."""
        return self.draw(fresh(LEAVE, language, channel), now)

    def text(self, key: str, language: str = "") -> str:
        """A shared text as plain words, facts filled in."""
        return "\n\n".join(block.plain for block in self.notice(key, language))

    def notice(self, key: str, language: str = "") -> tuple[Block, ...]:
        """A shared text as a channel may put it above a screen, facts filled in."""
        return self._facts.fill(self.content.texts(language)[key], language)

    def token(self, state: State) -> str:
        """A state as a button carries it, for a channel that keeps the screen's own beside a text box."""
        return self._encoder.encode(state)

    def words(self, key: str, language: str = "") -> tuple[Block, ...]:
        """A shared text as a channel draws it, facts filled in."""
        return self._facts.fill(self.content.texts(language)[key], language)

    # --- drawing

    def draw(self, state: State, now: datetime, *, notice: str = "", correctable: bool = False) -> Screen:
        """The screen for a state.

        ``notice`` is the key of a sentence to put first; ``correctable`` adds *That's not what I meant*.
        """
        if state.step == LEAVE:
            words = self._facts.fill(self.content.texts(state.language)["leave_text"], state.language)
            return Screen(state, words, language=self._language(state), leave=True)
        if state.step == LANGUAGE:
            return self._language_screen(state, notice)
        state, step, gone = self._visible(state)
        notice = notice or ("notice_button_gone" if gone else "")
        selection = self._select(state, step, now)
        if state.view is View.DETAILS and selection.shown:
            return self._details(state, selection, now)
        if state.view is View.QUESTION and selection.missing is not None:
            return self._question(state, selection.missing)
        return self._step(state, step, selection, now, notice, correctable=correctable)

    def _step(
        self, state: State, step: Step, selection: Selection, now: datetime, notice: str, *, correctable: bool
    ) -> Screen:
        texts = self.content.texts(state.language)
        answers = dict(state.answers)
        elsewhere = self._is_elsewhere(state)

        def fact(reference: Reference) -> Span:
            return self._facts.span(reference, state.language, elsewhere=elsewhere)

        blocks = [*self._notices(state, step, notice)]
        for line in step.say:
            if holds(line.when, answers):
                blocks.extend(line.template.fill(fact))
        cards = tuple(short_card(standing, texts, now, uk_time=elsewhere) for standing in selection.shown)
        question = step.ask.fill(fact) if step.ask else ()
        rows = layout.rows(
            choices=self._choices(state, step, answers),
            details=[self._details_button(state)] if cards else [],
            answer=self._answer_buttons(state, selection.missing) if selection.missing else [],
            ask=[self._ask_button(state, selection.missing)] if selection.missing else [],
            navigation=self._navigation(state, step, correctable=correctable),
            ask_inline=step.ask is None,
        )
        inline = selection.missing is not None and any(
            button.role is ButtonRole.ANSWER for row in rows for button in row
        )
        if inline and selection.missing is not None:
            question = self._facts.fill(selection.missing.ask, state.language)
        return Screen(state, tuple(blocks), cards, question, rows, self._language(state))

    def _details(self, state: State, selection: Selection, now: datetime) -> Screen:
        texts = self.content.texts(state.language)
        elsewhere = self._is_elsewhere(state)
        cards = tuple(long_card(standing, texts, now, uk_time=elsewhere) for standing in selection.shown)
        title = self._facts.fill(texts["details_title"], state.language)
        rows = layout.rows(choices=[], navigation=self._navigation(state, None))
        return Screen(state, title, cards, (), rows, self._language(state))

    def _question(self, state: State, answer: Answer) -> Screen:
        rows = layout.rows(
            choices=[], answer=self._answer_buttons(state, answer), navigation=self._navigation(state, None)
        )
        return Screen(state, (), (), self._facts.fill(answer.ask, state.language), rows, self._language(state))

    def _language_screen(self, state: State, notice: str) -> Screen:
        texts = self.content.texts(state.language)
        blocks = [*self._facts.fill(texts[notice], state.language)] if notice else []
        blocks.extend(self._facts.fill(texts["language_text"], state.language))
        there = back(state) or fresh(self._start_of(MENU), "", state.channel)
        choices = [
            self._go(language.name, there._replace(language=language.code))
            for language in self.content.languages.values()
        ]
        rows = layout.rows(choices=choices, navigation=self._navigation(state, None))
        return Screen(state, tuple(blocks), rows=rows, language=self._language(state))

    def _notices(self, state: State, step: Step, notice: str) -> Sequence[Block]:
        texts = self.content.texts(state.language)
        blocks: list[Block] = []
        if step.risk is Risk.IMMEDIATE:
            key = "notice_immediate_outside" if self._is_elsewhere(state) else "notice_immediate"
            blocks.extend(self._facts.fill(texts[key], state.language))
        if notice:
            blocks.extend(self._facts.fill(texts[notice], state.language))
        return blocks

    # --- buttons

    def _choices(self, state: State, step: Step, answers: dict[int, int]) -> list[Button]:
        buttons = []
        for choice in step.choices:
            there = after(state, choice.target, self._told(state, step, choice.answers))
            if holds(choice.when, answers) and self._can_show(choice, there):
                buttons.append(self._go(choice.label, there))
        return buttons

    def _told(self, state: State, step: Step, given: Answers) -> Answers:
        """What a choice tells: its own answers, and who somebody is who goes on in a flow for one audience alone."""
        who = self.content.answers[WHO]
        audience = self.content.flows[step.id.flow].audience
        if len(audience) != 1 or any(code == who.code for code, _ in (*state.answers, *given)):
            return given
        implied = next(value.code for value in who.values if value.id == audience[0])
        return (*given, (who.code, implied))

    def _can_show(self, choice: Choice, there: State) -> bool:
        target = self.content.steps.get(choice.target)
        return target is None or holds(target.when, dict(there.answers))

    def _answer_buttons(self, state: State, answer: Answer) -> list[Button]:
        return [
            self._go(value.label, answered(state, answer.code, value.code), ButtonRole.ANSWER)
            for value in answer.values
        ]

    def _ask_button(self, state: State, answer: Answer) -> Button:
        key = "button_near_me" if answer.id == NATION else "button_my_age"
        return self._go(self.content.texts(state.language)[key], state._replace(view=View.QUESTION), ButtonRole.DETAILS)

    def _details_button(self, state: State) -> Button:
        label = self.content.texts(state.language)["button_details"]
        return self._go(label, state._replace(view=View.DETAILS), ButtonRole.DETAILS)

    def _navigation(self, state: State, step: Step | None, *, correctable: bool = False) -> layout.Navigation:
        """The buttons of every screen; those that would only lead to the screen itself are left out.

        ``correctable`` names the way to the menu for somebody whose typed words were not meant like that.
        """
        texts = self.content.texts(state.language)
        menu = self._start_of(MENU)
        emergency = self._start_of(EMERGENCY)
        previous = back(state) or fresh(menu, state.language, state.channel)
        beginning = fresh(menu, state.language, state.channel)
        here = state._replace(view=View.STEP) if step is not None else state
        moves = []
        if correctable:
            moves.append(self._go(texts["button_not_meant"], beginning))
        if previous != here and not (correctable and previous == beginning):
            moves.append(self._go(texts["button_back"], previous, ButtonRole.BACK))
        if beginning not in {here, previous} and not correctable:
            moves.append(self._go(texts["button_start_again"], beginning, ButtonRole.START_AGAIN))
        moves.append(self._go(texts["button_leave"], fresh(LEAVE, state.language, state.channel), ButtonRole.LEAVE))
        if step is not None and state.step == emergency:
            return layout.Navigation(None, tuple(moves))
        told = self._told(state, step, ()) if step is not None else ()
        help_now = self._go(texts["button_emergency"], after(state, emergency, told), ButtonRole.EMERGENCY)
        return layout.Navigation(help_now, tuple(moves))

    def _go(self, label: str, state: State, role: ButtonRole = ButtonRole.CHOICE) -> Button:
        return Button(label, self._encoder.encode(state), role)

    # --- lookups

    def _visible(self, state: State) -> tuple[State, Step, bool]:
        """The step to show, or the nearest one that may be shown to somebody with these answers."""
        answers = dict(state.answers)
        flow = self.content.flows.get(state.step.flow)
        for id_ in (state.step, flow.start if flow else None, self._start_of(MENU)):
            step = self.content.steps.get(id_) if id_ else None
            if step is not None and holds(step.when, answers):
                gone = id_ != state.step
                return (state._replace(step=step.id, view=View.STEP) if gone else state), step, gone
        menu = self.content.steps[self._start_of(MENU)]
        return fresh(menu.id, state.language, state.channel), menu, True

    def _select(self, state: State, step: Step, now: datetime) -> Selection:
        if step.signpost is None:
            return Selection(())
        audience = self.content.flows[step.id.flow].audience
        urgent = step.risk is Risk.IMMEDIATE
        return self.signposting.select(step.signpost, dict(state.answers), audience, now, urgent=urgent)

    def _is_elsewhere(self, state: State) -> bool:
        nation = self.content.answers[NATION]
        value = nation.value(dict(state.answers).get(nation.code, 0))
        return value is not None and value.id == OUTSIDE

    def _start_of(self, flow: str) -> StepId:
        return self.content.flows[flow].start

    def _language(self, state: State) -> str:
        return state.language if state.language in self.content.languages else self.content.default_language


def open_engine(packs: Sequence[str], *, default_language: str = "en", deployment: Deployment | None = None) -> Engine:
    """Load packs and make an engine of them. Raises `ContentError` with everything that is wrong."""
    return Engine(load(packs, default_language=default_language, hours_complaint=_hours_complaint), deployment)


def _hours_complaint(expression: str) -> str | None:
    """What is wrong with an opening-hours expression; None if nothing."""
    try:
        OpeningHours(expression, ZoneInfo("UTC"), (date(2026, 12, 25),))
    except OpeningHoursError as error:
        return str(error)
    return None
