"""What the PO files of one language give for a content: words by id, and what is wrong, old or missing.

A translation counts only while the English words beside it are today's: somebody who mends an English sentence must
not have to wait for thirteen translators, and nobody may read a translation of what is no longer meant. What does not
count is shown in the content's own language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.content.errors import Place, Problem
from bot.content.model import Translated, Translation
from bot.content.po_file import PoEntry, PoFile
from bot.content.text import MarkupError, Template, parse
from bot.content.translatable import TextRole, Translatable

LONGEST_BUTTON = 60
"""Characters. A longer label is a mistake in the file, not a long word."""


def missing(translation: Translation, texts: Iterable[Translatable]) -> Iterator[Translatable]:
    """Those of ``texts`` that are shown in the content's own language, for whatever reason."""
    return (text for text in texts if text.id not in translation.texts)


def translation(
    language: str, files: Sequence[PoFile], texts: Mapping[str, Translatable], problems: list[Problem]
) -> Translation:
    """What ``files`` (one or more; later ones override) say in ``language``. Mistakes are added to ``problems``."""
    found: dict[str, Translated] = {}
    unsure: dict[str, Place] = {}
    outdated: dict[str, Place] = {}
    unknown: dict[str, Place] = {}
    reviewers: list[str] = []
    for file in files:
        reviewers.append(file.reviewers)
        for entry in file.entries:
            text = texts.get(entry.id)
            if text is None:
                unknown[entry.id] = entry.place
            elif entry.source != text.text:
                outdated[entry.id] = entry.place
            elif entry.fuzzy:
                unsure[entry.id] = entry.place
            elif complaint := _complaint(text, entry):
                problems.append(Problem(entry.place, *complaint))
            else:
                found[text.id] = Translated(entry.text, entry.place)
    return Translation(
        language,
        MappingProxyType(found),
        MappingProxyType({id_: at for id_, at in unsure.items() if id_ not in found}),
        MappingProxyType({id_: at for id_, at in outdated.items() if id_ not in found}),
        MappingProxyType(unknown),
        ", ".join(dict.fromkeys(reviewers)) if all(reviewers) else "",
        files[0].place,
    )


def _complaint(text: Translatable, entry: PoEntry) -> tuple[str, str] | None:
    """What is wrong with a translation, and what to write; None if nothing."""
    if not text.role.is_markup:
        return _label_complaint(text, entry.text)
    try:
        template = parse(entry.text)
    except MarkupError as error:
        return str(error), "Close what is opened, or write it as in English."
    return _names_complaint(parse(text.text), template) or _shape_complaint(parse(text.text), template)


def _label_complaint(text: Translatable, words: str) -> tuple[str, str] | None:
    if "\n" in words:
        return f"the translation of {text.id} has more than one line", "Write it on one line."
    if text.role is TextRole.BUTTON and len(words) > LONGEST_BUTTON:
        return f"a button of {len(words)} characters", "Say it in about 30."
    return None


def _names_complaint(english: Template, translated: Template) -> tuple[str, str] | None:
    """Each fact stands in both as often: a lost one is a number that nobody sees."""
    wanted, given = _names(english), _names(translated)
    if lost := wanted - given:
        return f"the translation has lost {_listed(lost)}", "Put it where the English words have it."
    if added := given - wanted:
        return f"the translation names {_listed(added)}, which the English words do not", "Take it out."
    return None


def _shape_complaint(english: Template, translated: Template) -> tuple[str, str] | None:
    """As many paragraphs and list items, in the same order, so that no step of advice is dropped."""
    wanted, given = (
        [(bullets, len(lines)) for bullets, lines in template.blocks] for template in (english, translated)
    )
    if wanted == given:
        return None
    message = f"the translation has {_counted(given)}, the English words {_counted(wanted)}"
    return message, "Keep empty lines and the dashes of lists where English has them."


def _names(template: Template) -> Counter[str]:
    return Counter(reference.name for reference in template.references)


def _listed(names: Counter[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _counted(shape: list[tuple[bool, int]]) -> str:
    return " then ".join(f"a list of {count}" if bullets else "a paragraph" for bullets, count in shape) or "nothing"
