"""What rules look at: the content, the engine that will serve it, and all that can be reached with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from bot.checks.calendar import Calendar
from bot.checks.exploration import Exploration, explore
from bot.checks.journeys import Journeys
from bot.checks.signposted import Asked, Met, signposted
from bot.checks.spoken import Spoken, holds_everything, in_default_language, in_every_language
from bot.checks.words.listed import harm
from bot.checks.words.matching import Found
from bot.checks.words.wording import Wording, translated_wordings, wordings
from bot.content.model import Content
from bot.content.translatable import Translatable, translatables
from bot.content.words_file import WordList
from bot.dialogue.engine import Engine

HORIZON = timedelta(days=396)
"""How far ahead is checked: thirteen months."""


@dataclass(frozen=True)
class Limits:
    """What a deployment may set."""

    stale_days: int = 180
    expired_days: int = 365


@dataclass(frozen=True)
class Subject:
    """One content at one ``now``. The slow parts are made when a rule first asks for them, and only once."""

    engine: Engine
    now: datetime
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str], None] = field(default=lambda _: None, repr=False)
    quick: bool = False
    """Whether `exploration` may leave out combinations of answers (see `explore`)."""

    @property
    def content(self) -> Content:
        """The content itself."""
        return self.engine.content

    @cached_property
    def exploration(self) -> Exploration:
        """Every screen that can be reached at `now`."""
        return explore(self.engine, self.now, self.progress, quick=self.quick)

    @cached_property
    def spoken(self) -> Sequence[Spoken]:
        """The screens as people read them, in the default language first and then in every other one.

        A quick look has the default language alone.
        """
        if self.quick:
            return in_default_language(self.exploration)
        return in_every_language(self.exploration, self.translatable, self.progress)

    @cached_property
    def read_whole(self) -> frozenset[str]:
        """The languages that people read everything in, or would if they were offered it."""
        languages = self.content.editions
        return frozenset(code for code in languages if holds_everything(self.content, code, self.translatable))

    @cached_property
    def journeys(self) -> Journeys:
        """The ways between those screens."""
        return Journeys(self.exploration)

    @cached_property
    def signposted(self) -> Mapping[Asked, Sequence[Met]]:
        """Every different question that is put to the signposting, and where."""
        return signposted(self.exploration)

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """Everything that people read, piece by piece: the YAML files first, then every translation."""
        return (*wordings(self.content), *translated_wordings(self.content, self.translatable))

    @cached_property
    def harm(self) -> Mapping[WordList, Sequence[tuple[Wording, Found]]]:
        """What `wordings` hold of the lists of words that do harm."""
        return harm(self.content, self.wordings)

    @cached_property
    def translatable(self) -> Mapping[str, Translatable]:
        """Every text that can be translated, by its id; empty where nothing is translated."""
        return {text.id: text for text in translatables(self.content)} if self.content.translations else {}

    @cached_property
    def calendar(self) -> Calendar:
        """Every moment at which something opens or closes within `HORIZON`."""
        return Calendar(self.engine.signposting, self.now, self.now + HORIZON)
