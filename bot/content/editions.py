"""Content and translations put together: for each language what people read, fallbacks already in their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from bot.content.errors import Place, Problem, nearest
from bot.content.languages import KNOWN_LANGUAGES, direction_of, in_order
from bot.content.model import Answer, Content, Edition, Service, Step, StepId, Translated, Translation
from bot.content.po_file import PoFile
from bot.content.text import Template, parse
from bot.content.translatable import choice_ids, say_ids, service_words, translatables
from bot.content.translation import translation

Texts = Mapping[str, Translated]

Ids = Mapping[StepId, tuple[Sequence[str], Sequence[str]]]
"""Step → the ids of its lines and of its buttons, which are the same in every language."""

LEAST: Final = frozenset({"text:notice_immediate", "text:card_rest", "text:button_rest", "text:language_emergency"})
"""Ids without which a language has no emergency card, so that it is not offered at all."""


def with_translations(
    content: Content, files: Mapping[str, Sequence[PoFile]], offered: Iterable[str], problems: list[Problem]
) -> Content:
    """``content`` with an edition for every language in ``files``. Mistakes are added to ``problems``.

    ``offered`` are the languages offered whole. None named means: the default language, the content's own, and every
    language whose files all name a reviewer.
    """
    texts = {text.id: text for text in translatables(content)} if files else {}
    translations = {language: translation(language, found, texts, problems) for language, found in files.items()}
    there = {*translations, *content.languages}
    wanted = tuple(offered)
    for language in (*wanted, content.default_language):
        if language not in there:
            hint = nearest(language, there) or f"Make {_folder(language)} with `python -m bot translate update`."
            problems.append(Problem(Place(_folder(language)), f"there is no translation for `{language}`", hint))
    whole = set(wanted) or {content.own_language, *(code for code, made in translations.items() if made.reviewers)}
    whole.add(content.default_language)
    readable = {*content.languages, *whole, *(code for code, made in translations.items() if _has_a_card(made))}
    ids = {step.id: (say_ids(step, content), choice_ids(step, content)) for step in content.steps.values()}
    editions = {
        language: _edition(content, language, translations.get(language), whole, ids)
        for language in in_order(there & readable)
    }
    return replace(content, translations=MappingProxyType(translations), editions=MappingProxyType(editions))


def offering(content: Content, languages: Iterable[str]) -> Content:
    """``content`` as it would be read if these languages, too, were offered whole. Its fingerprint stays what it is."""
    wanted = {language for language in languages if not content.editions[language].whole}
    if not wanted:
        return content
    ids = {step.id: (say_ids(step, content), choice_ids(step, content)) for step in content.steps.values()}
    editions = {
        language: _edition(content, language, content.translations.get(language), wanted, ids)
        if language in wanted
        else edition
        for language, edition in content.editions.items()
    }
    return replace(content, editions=MappingProxyType(editions))


def _folder(language: str) -> Path:
    return Path("flows", "locale", language)


def _has_a_card(made: Translation) -> bool:
    return made.texts.keys() >= LEAST


def _edition(content: Content, language: str, made: Translation | None, whole: set[str], ids: Ids) -> Edition:
    known = KNOWN_LANGUAGES.get(language)
    written = content.languages.get(language)
    own = written or content.languages[content.own_language]
    texts = made.texts if made is not None else {}
    return Edition(
        language=language,
        name=written.name if written else known.own_name if known else language,
        direction=direction_of(language),
        whole=language in whole,
        texts=_shared(own.texts, texts),
        steps=MappingProxyType({id_: _step(step, ids[id_], texts) for id_, step in content.steps.items()})
        if texts and language in whole
        else content.steps,
        answers=MappingProxyType({id_: _answer(answer, texts) for id_, answer in content.answers.items()})
        if language in whole
        else content.answers,
        services=MappingProxyType(
            {
                id_: _service(service, texts, all_of_it=language in whole or id_ in content.when_nobody_answers)
                for id_, service in content.services.items()
            }
        ),
    )


def _shared(own: Mapping[str, str], texts: Texts) -> Mapping[str, str]:
    return MappingProxyType({key: _words(f"text:{key}", text, texts) for key, text in own.items()})


def _words(id_: str, words: str, texts: Texts) -> str:
    found = texts.get(id_)
    return found.text if found is not None else words


def _template(id_: str, template: Template, texts: Texts) -> Template:
    found = texts.get(id_)
    return parse(found.text) if found is not None else template


def _step(step: Step, ids: tuple[Sequence[str], Sequence[str]], texts: Texts) -> Step:
    """The step in another language; the very same object where nothing of it is translated."""
    ask = f"{step.id.flow}/{step.id.step}/ask"
    says, choices = ids
    if not any(id_ in texts for id_ in (*says, ask, *choices)):
        return step
    return replace(
        step,
        say=tuple(
            replace(line, template=_template(id_, line.template, texts))
            for id_, line in zip(says, step.say, strict=True)
        ),
        ask=None if step.ask is None else _template(ask, step.ask, texts),
        choices=tuple(
            replace(choice, label=_words(id_, choice.label, texts))
            for id_, choice in zip(choices, step.choices, strict=True)
        ),
    )


def _answer(answer: Answer, texts: Texts) -> Answer:
    values = tuple(
        replace(value, label=_words(f"answer:{answer.id}/{value.id}/button", value.label, texts))
        for value in answer.values
    )
    return replace(
        answer,
        ask=_words(f"answer:{answer.id}/ask", answer.ask, texts),
        values=values,
        by_code=MappingProxyType({value.code: value for value in values}),
    )


def _service(service: Service, texts: Texts, *, all_of_it: bool) -> Service:
    """The service with its words in another language, or its name alone; numbers, addresses and hours are never
    translated.
    """
    if not texts:
        return service
    words = service_words(service)
    changed = {path: texts[id_].text for id_, _, path in words if id_ in texts and (all_of_it or path == ("name",))}
    if not changed:
        return service
    facts: dict[str, Any] = {str(path[0]): words for path, words in changed.items() if len(path) == 1}
    written = service.facts
    if any(path[0] == "accessibility" for path in changed):
        facts["accessibility"] = tuple(
            changed.get(("accessibility", index), words) for index, words in enumerate(written.accessibility)
        )
    if any(path[0] == "phones" for path in changed):
        facts["phones"] = tuple(
            phone.model_copy(
                update={str(path[2]): words for path, words in changed.items() if path[:2] == ("phones", index)}
            )
            for index, phone in enumerate(written.phones)
        )
    if written.on_contact is not None and any(path[0] == "on_contact" for path in changed):
        said = {str(path[1]): words for path, words in changed.items() if path[0] == "on_contact"}
        facts["on_contact"] = written.on_contact.model_copy(update=said)
    return replace(service, facts=written.model_copy(update=facts))
