"""The screens of an exploration as people read them in each language.

Which places there are, how one comes there and at which moments anything changes does not depend on the language, so
that is worked out once. What stands on the screens does: every different screen is drawn again in every language.

In the default language and in each one that is offered whole, or holds a translation of (nearly) everything, that is
all of them; in any other language those whose every word is translated, though nobody is shown them yet. Whoever is not
offered their language whole gets the emergency card, so that is drawn for all of them as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Final

from bot.checks.exploration import Exploration
from bot.checks.finding import Situation, WayIn
from bot.checks.places import Answers, Stand, described
from bot.checks.rule import Violation
from bot.checks.typed_words import draw_typed
from bot.content.collecting import collecting_later
from bot.content.editions import offering
from bot.content.errors import Place
from bot.content.languages import english_name
from bot.content.model import AGE, NATION, WHO, Content, Edition, Line, Step, StepId, Translation
from bot.content.translatable import choice_ids, say_ids
from bot.dialogue.engine import Engine
from bot.dialogue.places import EMERGENCY
from bot.dialogue.screen import Screen
from bot.dialogue.state import State, View

NEARLY_ALL: Final = 0.9
"""The share of its texts from which on a translation counts as one of everything. Below, a mixture of two languages
would be measured that nobody is ever shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen in a language. ``stand`` is the group of the exploration that it stands for."""

    stand: Stand
    screen: Screen
    step: Step
    """The author's step that it shows, in the content's own language."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One language, with all that can be read in it.

    ``everything`` is false where only those screens were drawn that are translated already; ``offered`` says whether
    people can read all of it. ``cards`` are the different emergency cards that people get who cannot.
    """

    language: str
    everything: bool
    offered: bool
    edition: Edition
    screens: Mapping[Stand, Screen]
    cards: tuple[Screen, ...] = ()
    is_default: bool = False
    translation: Translation | None = None
    """None where the words are those of the YAML files."""
    _exploration: Exploration = field(repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """What English calls it."""
        return english_name(self.language)

    def at_views(self) -> Iterator[Seen]:
        """Every screen that shows a step, its long cards or the engine's question there."""
        steps = self._exploration.engine.content.steps
        for stand, screen in self.screens.items():
            step = steps.get(screen.state.step)
            if step is not None:
                yield Seen(stand, screen, step)

    def at_steps(self) -> Iterator[Seen]:
        """Every screen that shows a step itself."""
        return (seen for seen in self.at_views() if seen.screen.state.view is View.STEP)

    def violation(self, about: StepId, message: str, place: Place, stand: Stand | None = None) -> Violation:
        """What a rule found at a step: as it is in the default language, else with the language named.

        ``place`` is where the words stand (see `place`).
        """
        situation = None if stand is None else self._exploration.situation(stand)
        if self.is_default:
            return Violation(place, message, str(about), situation)
        if situation is not None:
            situation = Situation(situation.presses, situation.answers, situation.moment, self.language)
        return Violation(place, f"{self.name}: {message}", f"{self.language}:{about}", situation)

    def on_card(self, card: Screen, message: str, key: str) -> Violation:
        """What a rule found on an emergency card; ``key`` names the shared text that it is about."""
        answers = described(card.state.answers, self._exploration.engine.content)
        situation = Situation((WayIn("menu"),), answers, language=self.language)
        about = f"{self.language}:card"
        return Violation(self.place_of(f"text:{key}"), f"{self.name}: {message}", about, situation)

    def place(self, step: Step) -> Place:
        """Where a step's words begin: in the YAML file, or their entry in the PO file."""
        if self.translation is None:
            return step.place
        return self.place_of(next(iter(say_ids(step, self._exploration.engine.content)), ""), step.place)

    def place_of_line(self, step: Step, line: Line) -> Place:
        """Where one of a step's lines is worded."""
        if self.translation is None:
            return line.place
        id_ = say_ids(step, self._exploration.engine.content)[step.say.index(line)]
        return self.place_of(id_, line.place)

    def place_of_label(self, step: Step, label: str) -> Place:
        """Where the choice of a step with this label is worded; the step's own place if it is none of its choices."""
        content = self._exploration.engine.content
        for choice, id_, spoken in zip(
            step.choices, choice_ids(step, content), self.edition.steps[step.id].choices, strict=True
        ):
            if spoken.label == label:
                return choice.place if self.translation is None else self.place_of(id_, choice.place)
        return self.place(step)

    def place_of(self, id_: str, otherwise: Place | None = None) -> Place:
        """Where a text is worded, by its id as translators know it (see `bot.content.translatable`)."""
        content = self._exploration.engine.content
        if self.translation is None:
            places = content.languages[content.own_language].places
            return otherwise or places[id_.removeprefix("text:")]
        translated = self.translation.texts.get(id_)
        return translated.place if translated is not None else otherwise or self.translation.place


def in_every_language(
    exploration: Exploration, texts: Collection[str], progress: Callable[[str], None] = lambda _: None
) -> tuple[Spoken, ...]:
    """The default language first, as the exploration drew it; then each other one that there is something to read in.

    ``texts`` are the ids of everything that can be translated.
    """
    engine, content = exploration.engine, exploration.engine.content
    spoken = [*in_default_language(exploration)]
    others = [language for language in content.editions if language != content.default_language]
    whole = frozenset(language for language in others if holds_everything(content, language, texts))
    # As for people who are offered them: two languages offered whole put one more button on every screen.
    proven = Engine(offering(content, whole), engine.deployment) if others else engine
    rest = proven if whole.issuperset(others) else Engine(offering(proven.content, others), engine.deployment)
    with collecting_later():
        for language in others:
            progress(f"Drawing the screens in {english_name(language)}")
            everything = language in whole
            artist = proven if everything else rest
            translation = content.translations.get(language)
            known = _known_steps(content, translation)
            screens = {
                stand: _drawn(artist, stand, sighting.state._replace(language=language), exploration.now)
                for stand, sighting in exploration.sightings.items()
                if everything or sighting.screen.state.step in known
            }
            offered = content.editions[language].whole
            spoken.append(
                Spoken(
                    language,
                    everything,
                    offered,
                    artist.content.editions[language],
                    screens,
                    () if offered else tuple(_cards(engine, language, exploration.now)),
                    translation=translation,
                    _exploration=exploration,
                )
            )
    return tuple(spoken)


def holds_everything(content: Content, language: str, texts: Collection[str]) -> bool:
    """Whether a language is to be proven whole: it is offered so, or (nearly) all ``texts`` are translated into it."""
    if content.editions[language].whole or language in content.languages:
        return True
    translation = content.translations.get(language)
    return translation is not None and len(translation.texts) >= NEARLY_ALL * len(texts)


def in_default_language(exploration: Exploration) -> tuple[Spoken, ...]:
    """The default language alone, as the exploration drew it."""
    content = exploration.engine.content
    language = content.default_language
    screens = {stand: sighting.screen for stand, sighting in exploration.sightings.items()}
    return (
        Spoken(
            language,
            everything=True,
            offered=True,
            edition=content.editions[language],
            screens=screens,
            is_default=True,
            translation=None if language in content.languages else content.translations.get(language),
            _exploration=exploration,
        ),
    )


def _drawn(engine: Engine, stand: Stand, state: State, now: datetime) -> Screen:
    return engine.draw(state, now) if stand.typed is None else draw_typed(engine, state, now, stand.typed)


def _known_steps(content: Content, translation: Translation | None) -> frozenset[StepId]:
    """The steps whose every word is translated."""
    if translation is None:
        return frozenset()
    return frozenset(
        step.id
        for step in content.steps.values()
        if all(
            id_ in translation.texts
            for id_ in (
                *say_ids(step, content),
                *((f"{step.id.flow}/{step.id.step}/ask",) if step.ask is not None else ()),
                *choice_ids(step, content),
            )
        )
    )


def _cards(engine: Engine, language: str, now: datetime) -> Iterator[Screen]:
    """Every different emergency card: for each answer to who somebody is, how old, and where."""
    content = engine.content
    start = content.flows[EMERGENCY].start
    asked = [content.answers[id_] for id_ in (WHO, AGE, NATION)]
    said = [[(), *(((answer.code, value.code),) for value in answer.values)] for answer in asked]
    met: set[tuple[object, ...]] = set()
    for parts in product(*said):
        answers: Answers = tuple(sorted(part for given in parts for part in given))
        card = engine.draw(State(start, View.STEP, answers, language), now)
        key = (card.blocks, card.cards)
        if key not in met:
            met.add(key)
            yield card
