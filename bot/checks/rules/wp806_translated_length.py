"""WP806: every screen fits into one Telegram message in every language that is offered whole."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.places import Stand
from bot.checks.rule import Part, Rule, Violation
from bot.checks.rules.wp501_telegram_length import LIMIT, characters
from bot.checks.subject import Subject
from bot.checks.translations import example_file, offered_whole
from bot.content.model import Step
from bot.dialogue.rendering.telegram_html import render

FILE = "flows/locale/fr/waypost.po"


def look(subject: Subject) -> Iterator[Violation]:
    """The longest screen of each step and its long cards, drawn in the language as people get it."""
    translations = [translation for translation in offered_whole(subject.content) if translation.texts]
    if subject.quick or not translations:
        return
    engine = subject.engine
    for stand, step in _longest(subject):
        state = subject.exploration.sightings[stand].state
        for translation in translations:
            screen = engine.draw(state._replace(language=translation.language), subject.now)
            if (length := characters(render(screen))) > LIMIT:
                yield Violation(
                    step.place,
                    f"{translation.language}: `{step.id}` has {length:,} characters; {LIMIT:,} leave room for a notice",
                    f"{translation.language}:{step.id}",
                    subject.exploration.situation(stand),
                )


def _longest(subject: Subject) -> Iterator[tuple[Stand, Step]]:
    found: dict[tuple[object, object], tuple[int, Stand, Step]] = {}
    for stand, sighting, step in subject.exploration.at_views():
        key = (step.id, sighting.screen.state.view)
        length = sum(len(block.plain) for block in sighting.screen.blocks)
        length += sum(len(block.plain) for card in sighting.screen.cards for block in card.blocks)
        if key not in found or length > found[key][0]:
            found[key] = (length, stand, step)
    yield from ((stand, step) for _, stand, step in found.values())


_ENDLESS = "Prenez tout votre temps. " * 160

RULE = Rule(
    code="WP806",
    severity=Severity.ERROR,
    title="In every language, a screen fits into one Telegram message",
    why="Telegram refuses a message that is too long: the person would press a button and get no answer at all.",
    fix="Translate in fewer words, or divide the step in two.",
    part=Part.SCREENS,
    look=look,
    breaks={
        FILE: example_file(
            (
                "topic/second/say",
                "You are doing well. One small step is enough.",
                _ENDLESS.strip(),
            ),
            reviewed_by="Camille Example",
        )
    },
    mends={FILE: example_file()},
    silenceable=False,
)
