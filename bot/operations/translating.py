"""The work of `translate`: texts out for translators, translations in, and how far each language is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.content.errors import Place, nearest
from bot.content.languages import KNOWN_LANGUAGES, in_order
from bot.content.load import pack_folder
from bot.content.model import Content, StepId, Translation
from bot.content.po_file import FILE_NAME
from bot.content.translatable import TextRole, Translatable, translatables
from bot.content.translation import missing
from bot.dialogue.facts import Deployment, Facts
from bot.operations.po_writing import Noted, read_if_there, template, updated
from bot.operations.translator_notes import notes
from bot.operations.walking_order import walking_order

TEMPLATE_NAME = "waypost.pot"


class TranslateError(Exception):
    """It cannot be done like this; the text says what to do instead."""


def extract(content: Content, pack: str, now: datetime) -> str:
    """The template for translators: every text of ``pack``, in walking order."""
    return template(_noted(content, pack_folder(pack)), now)


def update(content: Content, pack: str, languages: Sequence[str], now: datetime) -> Iterator[Path]:
    """Bring PO files up to date: those of ``languages``, or all that ``pack`` has. Yields each file that changed.

    Raises `TranslateError` for a language it does not know and for a file it cannot read.
    """
    folder = pack_folder(pack)
    locale = folder / "flows" / "locale"
    for language in languages:
        if language not in KNOWN_LANGUAGES:
            hint = nearest(language, KNOWN_LANGUAGES)
            raise TranslateError(f"There is no language `{language}` here. {hint}".rstrip())
    texts = _noted(content, folder)
    there = {path.parent.name for path in locale.glob(f"*/{FILE_NAME}")}
    for language in in_order(set(languages) or there):
        path = locale / language / FILE_NAME
        before = read_if_there(path)
        try:
            after = updated(before, language, texts, now)
        except (OSError, ValueError) as error:
            raise TranslateError(f"{path} is no PO file that can be read: {error}") from None
        if after != before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(after, encoding="utf-8", newline="\n")
            yield path


def status(content: Content, *, listed: bool = False) -> Iterator[str]:
    """How far each language is; ``listed`` names every text that is missing and that somebody in danger may need."""
    texts = translatables(content)
    yield f"{len(texts)} texts, {sum(text.safety for text in texts)} of them for somebody in danger."
    for language in in_order(set(content.translations)):
        made = content.translations[language]
        gone = tuple(missing(made, texts))
        urgent = [text for text in gone if text.safety]
        yield ""
        yield f"{language}  {_name(language)}: {_share(len(texts) - len(gone), len(texts))} translated"
        yield f"    {_reviewed(made)}; {_offer(language, content)}"
        yield (
            f"    missing {len(gone)}, of them {len(urgent)} for somebody in danger; "
            f"unsure {len(made.unsure)}, older English {len(made.outdated)}, no such text {len(made.unknown)}"
        )
        if listed:
            yield from (f"    {text.place}: {text.id}" for text in urgent)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part // whole if whole else 100} %)"


def _reviewed(made: Translation) -> str:
    return f"reviewed by {made.reviewers}" if made.reviewers else "not reviewed by a native speaker"


def _offer(language: str, content: Content) -> str:
    edition = content.editions.get(language)
    if edition is None:
        return "not offered: the emergency card is not translated"
    return "offered whole" if edition.whole else "offered as the emergency card alone"


def _name(language: str) -> str:
    known = KNOWN_LANGUAGES.get(language)
    return known.own_name if known else language


def _noted(content: Content, folder: Path) -> list[Noted]:
    order = walking_order(content)
    facts = Facts(content, Deployment())
    place = {step: index for index, step in enumerate(order.steps)}
    inside = [text for text in translatables(content) if _is_inside(text.place, folder)]
    inside.sort(key=lambda text: _rank(text, place))
    return [Noted(text, notes(text, content, facts, order.ways)) for text in inside]


def _is_inside(place: Place, folder: Path) -> bool:
    return place.path.resolve().is_relative_to(folder.resolve())


def _rank(text: Translatable, place: dict[StepId, int]) -> tuple[int, int]:
    """What the bot says itself, then the screens as one walks through them, then questions, then services."""
    if isinstance(text.about, StepId):
        return 1, place[text.about]
    return {TextRole.SHARED: 0, TextRole.FACT: 3}.get(text.role, 2), 0
