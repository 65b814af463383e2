"""The engine: a place in the dialogue and a moment give a screen. Pure, and the same for every channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from bot.content.languages import ENGLISH, language_named
from bot.content.model import NATION, OUTSIDE, Answer, Content, Edition, Signpost, Step, StepId, holds
from bot.content.schema import Risk
from bot.content.text import Block, Span
from bot.dialogue import layout
from bot.dialogue.buttons import Buttons
from bot.dialogue.cards import long_card
from bot.dialogue.facts import Deployment, Facts
from bot.dialogue.places import LANGUAGE, LEAVE, MENU, WHICH
from bot.dialogue.screen import ButtonRole, Card, Screen
from bot.dialogue.scripts import is_english, languages_by_letters
from bot.dialogue.signposting import Selection, Signposting, Standing
from bot.dialogue.sketches import Sketches
from bot.dialogue.state import State, View
from bot.dialogue.token import Encoder, Gone, UnreadableTokenError, decode
from bot.dialogue.travel import after, back, fresh
from bot.dialogue.wording import Wording
from bot.understanding.reader import Reader, Reading

_CARD = ("notice_immediate", "card_cannot_speak", "card_listeners")
_CARD_OUTSIDE = ("notice_immediate_outside", "card_listeners")
_LISTENERS = 3
"""Services on the emergency card."""


class Engine:
    """Everything the bot can say, ready to be asked. Holds no person's anything."""

    def __init__(self, content: Content, deployment: Deployment | None = None, reader: Reader | None = None) -> None:
        self.content = content
        self._reader = reader
        self.deployment = deployment or Deployment()
        self.signposting = Signposting(content)
        self._encoder = Encoder(content)
        self._facts = Facts(content, self.deployment)
        self._wording = Wording(content, self._facts)
        self._listeners = Signpost(None, content.when_nobody_answers, (), _LISTENERS)
        self._menu = content.flows[MENU].start
        nation = content.answers[NATION]
        self._outside = next(((nation.code, value.code) for value in nation.values if value.id == OUTSIDE), None)
        self._buttons = Buttons(content, self._encoder)
        self._sketches = Sketches(content, self._encoder, self.draw)

    @cached_property
    def reader(self) -> Reader:
        """What reads typed words. Made on first use: it is a third of a start, and few commands read any."""
        return self._reader or Reader(self.content)

    # --- ways in

    def start(self, now: datetime, *, language: str = "", channel: int = 0) -> Screen:
        """The menu, with nothing answered yet."""
        return self._sketches.screen(fresh(self._menu, language, channel), now)

    def press(self, token: str, now: datetime) -> Screen:
        """The screen that a button leads to. Any text is taken: what is no token of ours opens the menu."""
        try:
            state = decode(token, self.content)
        except UnreadableTokenError:
            return self.draw(fresh(self._menu), now, notice="notice_button_gone")
        if isinstance(state, Gone):
            flow = state.flow if state.flow is not None and state.flow in self.content.flows else MENU
            start = self.content.flows[flow].start
            return self.draw(state.state._replace(step=start, view=View.STEP), now, notice="notice_button_gone")
        return self._sketches.screen(state, now)

    def read(
        self, text: str, now: datetime, *, state: State | None = None, language: str = "", channel: int = 0
    ) -> Screen:
        """The screen that answers something typed. ``state`` is where the person stood, if the channel knows."""
        here = state._replace(channel=channel) if state else fresh(self._menu, language, channel)
        if (named := language_named(text)) in self.content.editions:
            return self.draw(here._replace(language=named), now)
        reading = self.reader.read(text, here.language)
        if reading is None:
            return replace(self._not_understood(text, here, now), intent="")
        target = reading.intent.target
        here = here._replace(language=self._language_typed(reading, text, here.language))
        there = after(here, target) if state else here._replace(step=target)
        serious = reading.intent.risk in {Risk.HIGH, Risk.IMMEDIATE}
        other = tuple(intent.target for intent in reading.alternatives if intent.target.flow != target.flow)
        if torn := self._torn(reading):
            other = (torn,)
        asks = torn or (reading.unsure and self._buttons.names(target)) or (other and not serious)
        if asks and WHICH in self.content.steps:
            which = after(here, WHICH) if state else here._replace(step=WHICH)
            screen = self._sketches.screen(which, now, other=(target, *other))
        else:
            screen = self._sketches.screen(there, now, correctable=serious, other=other[:1])
        return replace(screen, intent=reading.intent.label)

    def open(self, flow: str, now: datetime, *, language: str = "", channel: int = 0) -> Screen:
        """The start of a flow, for a command or a link on a poster; an unknown one gives the menu."""
        if flow in {LEAVE.flow, LANGUAGE.flow}:
            return self.draw(fresh(StepId(flow, flow), language, channel), now)
        if flow not in self.content.flows:
            return self.draw(fresh(self._menu, language, channel), now, notice="notice_unknown_link")
        return self.draw(fresh(self.content.flows[flow].start, language, channel), now)

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
        token = self._encoder.encode(state)
        self._encoder.forget()
        return token

    def forget_before(self, now: datetime) -> None:
        """Let go of what was worked out for a minute that is over."""
        self._sketches.forget_before(now)

    # --- drawing

    def draw(
        self,
        state: State,
        now: datetime,
        *,
        notice: str = "",
        correctable: bool = False,
        other: Sequence[StepId] = (),
    ) -> Screen:
        """The screen for a state.

        ``notice`` is the key of a sentence to put first; ``correctable`` adds *That's not what I meant*; ``other`` are
        places that the person may have meant as well.
        """
        screen = self._draw(state, now, notice, correctable=correctable, other=other)
        self._encoder.forget()
        return screen

    def _draw(self, state: State, now: datetime, notice: str, *, correctable: bool, other: Sequence[StepId]) -> Screen:
        edition = self.content.edition(state.language)
        if state.step == LEAVE:
            return self._screen(state, self._facts.fill(edition.texts["leave_text"], state.language), leave=True)
        if state.step == LANGUAGE:
            return self._language_screen(state, notice)
        if not edition.whole:
            return self._emergency_card(state, edition, now, notice)
        state, step, gone = self._visible(state)
        notice = notice or ("notice_button_gone" if gone else "")
        selection = self._select(state, step, now)
        if state.view is View.DETAILS and selection.shown:
            return self._details(state, selection, now)
        if state.view is View.QUESTION and selection.missing is not None:
            return self._question(state, selection.missing)
        return self._step(state, step, selection, now, notice, correctable=correctable, other=other)

    def _step(
        self,
        state: State,
        step: Step,
        selection: Selection,
        now: datetime,
        notice: str,
        *,
        correctable: bool,
        other: Sequence[StepId],
    ) -> Screen:
        edition = self.content.edition(state.language)
        step = edition.steps[step.id]
        answers = dict(state.answers)
        elsewhere = self._is_elsewhere(state)
        words = self._wording.of_step(step.id, edition, elsewhere=elsewhere)
        blocks = [*self._notices(state, step, notice)]
        for when, said in words.lines:
            if not when or holds(when, answers):
                blocks.extend(said)
        cards = tuple(self._wording.card(standing, edition, now, uk_time=elsewhere) for standing in selection.shown)
        question = words.ask
        choices = self._buttons.choices(
            state, step, answers
        )  # made one after the other: a shared trail is written once
        others = self._buttons.others(state, step, choices, other)
        first = step.id == WHICH
        rows = layout.rows(
            choices=[*others, *choices] if first else choices,
            others=() if first else others,
            navigation=self._buttons.navigation(state, step, correctable=correctable),
            details=[self._buttons.details(state)] if cards else [],
            ask=[self._buttons.ask(state, selection.missing)] if selection.missing else [],
            answer=self._buttons.answers(state, selection.missing) if selection.missing else [],
            ask_inline=step.ask is None,
        )
        inline = selection.missing is not None and any(
            button.role is ButtonRole.ANSWER for row in rows for button in row
        )
        if inline and selection.missing is not None:
            question = self._facts.fill(edition.answers[selection.missing.id].ask, state.language)
        return self._screen(state, tuple(blocks), cards, question, rows)

    def _details(self, state: State, selection: Selection, now: datetime) -> Screen:
        edition = self.content.edition(state.language)
        elsewhere = self._is_elsewhere(state)
        shown = (_in_words_of(edition, standing) for standing in selection.shown)
        cards = tuple(long_card(standing, edition.texts, now, uk_time=elsewhere) for standing in shown)
        title = self._facts.fill(edition.texts["details_title"], state.language)
        rows = layout.rows(choices=[], navigation=self._buttons.navigation(state, None))
        return self._screen(state, title, cards, rows=rows)

    def _question(self, state: State, answer: Answer) -> Screen:
        rows = layout.rows(
            choices=[], answer=self._buttons.answers(state, answer), navigation=self._buttons.navigation(state, None)
        )
        asked = self.content.edition(state.language).answers[answer.id].ask
        return self._screen(state, (), question=self._facts.fill(asked, state.language), rows=rows)

    def _language_screen(self, state: State, notice: str) -> Screen:
        """Every language, each named in itself and with the number to ring, for somebody who can read only that one."""
        there = back(state) or fresh(self._menu, "", state.channel)
        blocks = [*self._words(notice or "language_text", state)]
        choices = []
        for edition in self.content.editions.values():
            line = self._facts.fill(edition.texts["language_emergency"], edition.language)[0].lines[0]
            blocks.append(Block(((Span(f"{edition.name}: ", bold=True), *line),)))
            choices.append(
                self._buttons.go(edition.name, there._replace(language=edition.language), language=edition.language)
            )
        navigation = self._buttons.navigation(state, None, languages=False)
        return self._screen(state, tuple(blocks), rows=layout.languages(choices, navigation))

    def _emergency_card(self, state: State, edition: Edition, now: datetime, notice: str) -> Screen:
        """For somebody whose language is not offered whole: the numbers, who listens, and a button that goes on to
        where they were going, in the default language, which it says before it is pressed.
        """
        rest = self.content.edition("")
        outside = self._is_elsewhere(state)
        keys = (_CARD_OUTSIDE if outside else _CARD) + ((notice,) if notice else ())
        blocks = [block for key in keys for block in self._words(key, state)]
        selection = self.signposting.select(self._listeners, dict(state.answers), (), now)
        cards = tuple(self._wording.card(standing, edition, now, uk_time=outside) for standing in selection.shown)
        announced = self._facts.fill(edition.texts["card_rest"], state.language, {"language": rest.name})
        label = edition.texts["button_rest"].replace("{language}", rest.name)
        on = self._buttons.go(label, state._replace(language=rest.language))
        navigation = layout.Navigation(None, (self._buttons.leave(state),), self._buttons.languages(state))
        return self._screen(state, tuple(blocks), cards, announced, layout.rows(choices=[on], navigation=navigation))

    def _screen(
        self,
        state: State,
        blocks: tuple[Block, ...],
        cards: tuple[Card, ...] = (),
        question: tuple[Block, ...] = (),
        rows: layout.Rows = (),
        *,
        leave: bool = False,
    ) -> Screen:
        edition = self.content.edition(state.language)
        return Screen(state, blocks, cards, question, rows, edition.language, leave, edition.direction)

    def _words(self, key: str, state: State) -> tuple[Block, ...]:
        return self._facts.fill(self.content.texts(state.language)[key], state.language)

    def _notices(self, state: State, step: Step, notice: str) -> Sequence[Block]:
        blocks: list[Block] = []
        if step.risk is Risk.IMMEDIATE:
            key = "notice_immediate_outside" if self._is_elsewhere(state) else "notice_immediate"
            blocks.extend(self._words(key, state))
        if notice:
            blocks.extend(self._words(notice, state))
        return blocks

    # --- lookups

    def _visible(self, state: State) -> tuple[State, Step, bool]:
        """The step to show, or the nearest one that may be shown to somebody with these answers."""
        answers = dict(state.answers)
        flow = self.content.flows.get(state.step.flow)
        for id_ in (state.step, flow.start if flow else None, self._menu):
            step = self.content.steps.get(id_) if id_ else None
            if step is not None and holds(step.when, answers):
                gone = id_ != state.step
                return (state._replace(step=step.id, view=View.STEP) if gone else state), step, gone
        menu = self.content.steps[self._menu]
        return fresh(menu.id, state.language, state.channel), menu, True

    def _select(self, state: State, step: Step, now: datetime) -> Selection:
        if step.signpost is None:
            return Selection(())
        audience = self.content.flows[step.id.flow].audience
        urgent = step.risk is Risk.IMMEDIATE
        return self.signposting.select(step.signpost, dict(state.answers), audience, now, urgent=urgent)

    def _is_elsewhere(self, state: State) -> bool:
        return self._outside in state.answers

    def _language_typed(self, reading: Reading, text: str, language: str) -> str:
        """The language to answer in: the one that was typed, unless the words may just as well be the person's own.

        A single word in plain letters ("help", "stop", "999") is typed by people of every language.
        """
        current = self.content.edition(language).language
        typed = {match.intent.language for match in reading.matches}
        alone = text.isascii() and len(text.split()) < 2
        if alone or current in typed or reading.language not in self.content.editions:
            return language
        if current == ENGLISH and is_english(text):
            return language
        return reading.language

    def _torn(self, reading: Reading) -> StepId | None:
        """What else serious words may mean just as well, if a button has a name for it and for what comes first."""
        torn = reading.torn
        named = torn is not None and all(self._buttons.names(one.target) for one in (reading.intent, torn))
        return torn.target if torn is not None and named else None

    def _not_understood(self, text: str, here: State, now: datetime) -> Screen:
        """The menu, or where the letters are of another language, what there is in that."""
        menu = fresh(self._menu, here.language, here.channel)
        codes = languages_by_letters(text)
        if codes is None or here.language in codes:
            return self.draw(menu, now, notice="notice_not_understood")
        known = [code for code in codes if code in self.content.editions]
        if len(known) == 1:
            return self.draw(menu._replace(language=known[0]), now, notice="notice_not_understood")
        return self.draw(after(here, LANGUAGE), now, notice="language_unknown")


def _in_words_of(edition: Edition, standing: Standing) -> Standing:
    service = edition.services[standing.service.id]
    return standing if service is standing.service else replace(standing, service=service)
