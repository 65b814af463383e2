"""Words may do no harm: what hurts, what nobody can promise, what presses, asks, blames, betrays or is too hard."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit
from tests.mutations.stuck import MENU, RESOURCES, SUICIDE, TEXTS, THREATS

_PASSAGE: Final = "Whatever you did so far, you can stop here."
_WORDS: Final = "flows/shared/words/en.yaml"


def _said(name: str, code: str, new: str, *, look: Look = Look.RULE, at: tuple[str, ...] = ()) -> Mutation:
    """Other words on a screen for a child who is threatened."""
    return Mutation(name, code, (edit(THREATS, _PASSAGE, new),), look=look, at=at)


WORDS: Final = (
    _said("Secrecy is promised", "WP406", "Nobody will ever know about this."),
    _said("It is promised that nothing is passed on", "WP406", "We will never tell your parents about it."),
    _said("It is promised that nobody can be traced", "WP406", "This chat is completely anonymous."),
    _said("It is promised that the law is mild", "WP406", "You won’t be in trouble with the police."),
    _said("Encryption is promised", "WP406", "This chat is end-to-end encrypted."),
    _said("It is promised that a picture will be gone", "WP406", "The picture will be gone for ever."),
    _said("A crime is made of a death", "WP405", "Some people who paid committed suicide."),
    _said("Abuse is called pornography", "WP405", "What they have is child pornography."),
    _said("A word is hidden behind an invisible sign", "WP405", "What they have is child porno\u00adgraphy."),
    _said("A word is parted by a line break", "WP405", "What they have is child\n      pornography.", at=("child\n",)),
    _said("A child is blamed", "WP412", "You should have known better than to send it."),
    _said("A child is asked why", "WP412", "Why did you send it to them?"),
    _said("A child is pressed", "WP408", "Act now, before it is too late."),
    _said("A child is made to feel guilty", "WP408", "You would let your parents down if you did."),
    _said("A child is asked for a name", "WP407", "Please tell us your full name."),
    _said("A child is asked where they live", "WP407", "What is your address?"),
    _said("A child is asked for the picture", "WP407", "Please send us the picture, so that we can help."),
    _said("A child is asked to tell what happened", "WP407", "Tell us exactly what happened."),
    _said("It is said how somebody died", "WP409", "Some took an overdose of paracetamol tablets."),
    _said("It is said where such pictures are found", "WP409", "People find child abuse videos on the dark web."),
    _said("A victim is called so", "WP413", "You are a victim of a crime."),
    _said(
        "A sentence has no end",
        "WP403",
        "You can stop here whatever you did so far and whatever they say to you tonight or tomorrow or on any other "
        "day that may come after that.",
        at=("You can stop here",),
    ),
    _said(
        "A screen has no end",
        "WP404",
        "You can stop here. " * 15,
        look=Look.WHOLE,
        at=("\n  money:", "say: |"),
    ),
    _said(
        "The words are too hard",
        "WP401",
        "Notwithstanding considerable uncertainty, immediate communication with appropriate safeguarding professionals "
        "significantly facilitates intervention.",
        at=("\n  money:", "say: |"),
    ),
    Mutation(
        "A locked phone gives away what it is about",
        "WP411",
        (edit(THREATS, "It makes sense to feel shaken by this.", "They blackmail you with nudes."),),
    ),
    Mutation(
        "A button has nothing but a sign on it",
        "WP410",
        (edit(THREATS, 'label: "I have already paid"', 'label: "💸"'),),
    ),
    Mutation(
        "An emoji stands where a word should",
        "WP410",
        (edit(MENU, "ask: Who is the child?", 'ask: "👧❓"'),),
    ),
    Mutation(
        "Bad words hide on a button",
        "WP405",
        (edit(MENU, '"I saw something illegal online"', '"I saw child porn online"'),),
    ),
    Mutation(
        "Blame hides in a question",
        "WP412",
        (edit(SUICIDE, "ask: How does that feel?", "ask: Why did you wait so long?"),),
    ),
    Mutation(
        "A notice of the engine's own asks for the picture",
        "WP407",
        (edit(TEXTS, "I can't open pictures, videos or files", "Please send us the picture. I can't open files"),),
        at=("Please send us",),
    ),
    Mutation(
        "A service promises what it cannot keep",
        "WP406",
        (
            edit(
                RESOURCES,
                "description: Talk to a counsellor about anything, in private. For anyone under 19.",
                "description: Talk to a counsellor. Nobody will ever know.",
            ),
        ),
    ),
    Mutation(
        "A list of words that do harm is renamed",
        "WP001",
        (edit(_WORDS, "\nblame:\n", "\nunused:\n"),),
        at=("\nunused:",),
    ),
    Mutation(
        "The lists of words that do harm are kept for another language",
        "WP414",
        (edit(_WORDS, "\nlanguage: en", "\nlanguage: cy"),),
        at=("button_emergency:",),
        file=TEXTS,
    ),
)
