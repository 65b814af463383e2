"""What a translator is told beside each text: where it stands, what comes before, how long it may be, what to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.checks.rules.wp404_few_words import MOST as MOST_WORDS
from bot.checks.rules.wp503_button_length import READABLE
from bot.content.model import Content, StepId
from bot.content.shared_texts import SHARED_TEXTS
from bot.content.text import Reference, parse
from bot.content.translatable import TextRole, Translatable
from bot.dialogue.facts import Facts
from bot.operations.walking_order import Way

_SHOWN_WAYS: Final = 3

_PLACES: Final[Mapping[str, str]] = {
    "button_": "A button of the bot's own, on many screens.",
    "notice_": "A sentence above a screen.",
    "card_": "On the emergency card, or on the card of a service.",
    "command_": "What a command does, in Telegram's list of commands. Telegram allows 256 characters.",
    "profile_description": "What Telegram shows in an empty chat. Telegram allows 512 characters.",
    "profile_short_description": "What Telegram shows on the profile. Telegram allows 120 characters.",
    "open": "When a service answers, on its card. Short.",
    "opens": "When a service answers, on its card. Short.",
    "weekday_": "A day, inside a sentence such as “Opens Monday 10:00”.",
    "month_": "A month, inside a date such as “21 March”.",
    "full_date": "A date, inside a sentence such as “Opens Friday 25 December, 10:00”.",
    "elsewhere_name": "The name of a service that is for the United Kingdom only, for somebody who is elsewhere.",
    "elsewhere_": "Inside a sentence, in place of a number that does not work abroad.",
    "know_first_": "What to know before getting in touch, on the card of a service.",
    "details_": "On the page about what happens when somebody gets in touch.",
}

_KINDS: Final[Mapping[str, str]] = {
    "name": "The name of a service. Keep official names as they are; add a word of explanation only where it helps.",
    "description": "What a service does, on its card: one short sentence, about 20 words with what follows it.",
    "instructions": "What to do when ringing or texting, on the card of a service.",
    "cost": "What it costs, in brackets after a number.",
    "bill": "Whether a call shows on a bill.",
    "accessibility": "Another way to reach a service, in a list.",
}


def notes(text: Translatable, content: Content, facts: Facts, ways: Mapping[StepId, tuple[Way, ...]]) -> str:
    """The comment for one text, a line for each thing to know."""
    return "\n".join(_lines(text, content, facts, ways))


def _lines(text: Translatable, content: Content, facts: Facts, ways: Mapping[StepId, tuple[Way, ...]]) -> Iterator[str]:
    if isinstance(text.about, StepId):
        yield from _on_a_step(text, text.about, ways)
    elif text.role is TextRole.SHARED:
        key = next((start for start in sorted(_PLACES, key=len, reverse=True) if text.key.startswith(start)), "")
        yield _PLACES.get(key, "Said by the bot itself.")
        if text.key.startswith("button_"):
            yield f"Length: {READABLE} characters at most."
    elif text.role is TextRole.FACT:
        yield _KINDS.get(text.key, "What happens when somebody gets in touch with the service.")
        yield f"Service: {content.services[text.about].facts.name}."
    else:
        asked = content.answers[text.about].ask
        yield "A question of the bot's own." if text.role is TextRole.QUESTION else f"A button that answers “{asked}”"
        if text.role is TextRole.BUTTON:
            yield f"Length: {READABLE} characters at most."
    if text.role.is_markup:
        yield from _to_keep(text, facts)


def _on_a_step(text: Translatable, step: StepId, ways: Mapping[StepId, tuple[Way, ...]]) -> Iterator[str]:
    if text.role is TextRole.BUTTON:
        yield f"A button. It leads to: {text.key}."
        yield f"Length: {READABLE} characters at most."
        return
    if text.role is TextRole.ASK:
        yield "The question above the buttons."
        return
    before = ways.get(step, ())
    for way in before[:_SHOWN_WAYS]:
        yield f"Screen before: {way.step}, button “{way.label}”."
    if len(before) > _SHOWN_WAYS:
        yield f"And {len(before) - _SHOWN_WAYS} more buttons lead here."
    yield f"Length: {MOST_WORDS} words at most on the whole screen."


def _to_keep(text: Translatable, facts: Facts) -> Iterator[str]:
    template = parse(text.text)
    own = SHARED_TEXTS.get(text.key, frozenset()) if text.role is TextRole.SHARED else frozenset()
    for reference in dict.fromkeys(Reference(part.service, part.contact) for part in template.references):
        if reference.name in own:
            yield f"Keep {{{reference.name}}}: the bot fills it in."
        else:
            yield f"Keep {{{reference.name}}}: it becomes “{facts.span(reference, '').text}”."
    if "**" in text.text:
        yield "Keep ** around the words that are to be bold."
