"""Translations lost, marked, mistyped and offered too soon."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Change, Mutation, edit

_WELSH: Final = "flows/locale/cy/waypost.po"
_POLISH: Final = "flows/locale/pl/waypost.po"
_CARD: Final = 'msgctxt "text:notice_immediate"\n'
_BACK: Final = 'msgctxt "text:button_back"\nmsgid "Back"\nmsgstr "'

_BACK_STANDS: Final = ('msgctxt "text:button_back"', "msgstr")
_NOTICE_STANDS: Final = ('msgctxt "text:notice_immediate"', "msgstr")


def _reviewed(file: str) -> Change:
    return edit(file, '"X-Reviewed-By: \\n"', '"X-Reviewed-By: A native speaker\\n"')


TRANSLATED: Final = (
    Mutation(
        "The emergency card of a language is deleted, and nobody is offered it any more",
        "WP802",
        (edit(_WELSH, _CARD, 'msgctxt "text:nothing"\n'),),
        at=("# Waypost",),
    ),
    Mutation(
        "The emergency card of a language is marked fuzzy",
        "WP802",
        (edit(_WELSH, _CARD, f"#, fuzzy\n{_CARD}"),),
        at=_NOTICE_STANDS,
    ),
    Mutation(
        "A language is offered whole before what people need in danger is translated",
        "WP801",
        (_reviewed(_POLISH),),
        at=('msgctxt "abuse_known/believe/say"',),
    ),
    Mutation(
        "A language is offered whole while most of it is in English",
        "WP803",
        (_reviewed(_POLISH),),
        at=("# ",),
    ),
    Mutation(
        "A translated button has a number that the English one has not",
        "WP804",
        (edit(_WELSH, f"{_BACK}Yn ôl", f"{_BACK}Yn ôl 999"),),
        at=_BACK_STANDS,
    ),
    Mutation(
        "A translated button leads to a page of somebody else",
        "WP804",
        (edit(_WELSH, f"{_BACK}Yn ôl", f"{_BACK}Yn ôl www.example.com"),),
        at=_BACK_STANDS,
    ),
    Mutation(
        "A translated button is longer than a phone shows",
        "WP805",
        (edit(_WELSH, f"{_BACK}Yn ôl", f"{_BACK}Yn ôl i'r sgrin a oedd yma o'r blaen"),),
        at=_BACK_STANDS,
    ),
    Mutation(
        "A translation of what to ring loses the number",
        "WP001",
        (edit(_POLISH, "Zadzwoń: {emergency_999.phone}", "Zadzwoń"),),
        at=_NOTICE_STANDS,
    ),
)
