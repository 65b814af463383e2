"""WP404: a screen can be taken in at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.spoken import Seen
from bot.checks.subject import Subject
from bot.content.model import StepId
from bot.content.text import Block

MOST: Final = 60
"""Words above the buttons. Cards stand apart, and have a limit of their own."""


MOST_TRANSLATED: Final = 72
"""A fifth more. Welsh takes a tenth more words than English on the whole, and single texts take more."""


def look(subject: Subject) -> Iterator[Violation]:
    """Each step once in each language that there is a whole translation of, as the people read it who get most words:
    with notices and facts filled in."""
    name = subject.engine.deployment.brand
    for spoken in subject.spoken:
        if not spoken.everything:
            continue
        limit = MOST if spoken.translation is None else MOST_TRANSLATED
        worst: dict[StepId, tuple[int, Seen]] = {}
        for seen in spoken.at_steps():
            if seen.stand.step != seen.step.id:  # shown in place of a step that is hidden, with a word about that
                continue
            count = words_in(seen.screen.blocks, name) + words_in(seen.screen.question, name)
            if count > max(limit, worst[seen.step.id][0] if seen.step.id in worst else 0):
                worst[seen.step.id] = count, seen
        for id_, (count, seen) in worst.items():
            message = f"`{id_}` shows {count} words above its buttons; {limit} is the most"
            place = seen.step.say[0].place if spoken.translation is None else spoken.place(seen.step)
            yield spoken.violation(id_, message, place, seen.stand)


def words_in(blocks: Iterable[Block], name: str) -> int:
    """How many words people read there. ``name``, the bot's, counts as one: a charity cannot shorten it, people take it
    in as a whole, and our screens must fit whatever it is."""
    return sum(len(block.plain.replace(name, "name").split()) for block in blocks)


RULE = Rule(
    code="WP404",
    severity=Severity.ERROR,
    title="No screen has more than 60 words above its buttons, cards apart",
    why="A small phone shows about sixty words. What stands below them is not read by somebody in fear. "
    f"A whole translation may take {MOST_TRANSLATED}: Welsh needs about a tenth more, shorter words for the same, and "
    "single texts more.",
    fix="Keep what helps now, and move the rest to a step of its own behind a button.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "say: You are doing well. One small step is enough.",
            "say:\n"
            "      - You are doing well. One small step is enough, and you can stop when you like.\n"
            "      - Some people like to make a list of what they want to say. Others just begin to talk, and find "
            "the words as they go. Both are fine.\n"
            "      - You can sit down for it, or take a walk. You can have a friend with you, or a pet. You can ask "
            "what is on your mind first.",
        )
    },
    mends={
        "flows/topic.yaml": (
            "say: You are doing well. One small step is enough.",
            "say:\n"
            "      - You are doing well. One small step is enough, and you can stop when you like.\n"
            "      - Some people like to make a list of what they want to say. Others just begin to talk, and find "
            "the words as they go. Both are fine.",
        )
    },
)
