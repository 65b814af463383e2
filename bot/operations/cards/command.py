"""`python -m bot card`: a flow and addresses in, a poster or pocket card out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bot.channels.web.look import look
from bot.content.errors import nearest
from bot.content.languages import known_language
from bot.dialogue.engine import Engine
from bot.dialogue.places import MENU
from bot.operations.cards.drawing import pdf, svg
from bot.operations.cards.sheet import Said, Size, lay_out
from bot.settings import Settings

_BOT: Final = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{4,31})")
_WEB: Final = re.compile(r"https?://[^\s\"'<>?#]+")


_LEFT_TO_RIGHT: Final = "\u200e"
"""Beside a name in a text that runs from right to left: its @ stays before it (Unicode Standard Annex 9)."""


class CardError(Exception):
    """A card that cannot be made; the text says what to write instead."""


def card(
    engine: Engine,
    settings: Settings,
    flow: str,
    output: Path,
    *,
    telegram: str = "",
    web: str = "",
    language: str = "",
    size: Size = Size.POSTER,
    large: bool = False,
) -> None:
    """Write the card into ``output``, as what its name ends in (.svg or .pdf).

    ``telegram`` is the bot's name there, ``web`` the web chat's address; at least one of them. Raises `CardError`,
    `bot.operations.cards.drawing.NoPdfError`, `bot.operations.cards.fonts.NoFontError` or, for a logo that cannot be
    used, `bot.settings.SettingsError`.
    """
    content = engine.content
    if flow not in content.flows:
        raise CardError(f"There is no flow `{flow}`. {nearest(flow, content.flows)}".rstrip())
    if language and (known_language(language) != language or language not in content.editions):
        raise CardError(f"There is nothing to read in `{language}`. There is: {', '.join(content.editions)}.")
    edition = content.edition(language)
    ways = []
    if web:
        if not _WEB.fullmatch(web):
            raise CardError("--web: write the whole address of the web chat, such as https://chat.example.org/")
        shown = web.partition("://")[2].rstrip("/")
        ways.append((web, engine.text("poster_web", edition.language).replace("ADDRESS", shown)))
    if telegram:
        named = _BOT.fullmatch(telegram)
        if named is None:
            raise CardError("--telegram: write the bot's name as Telegram shows it, such as @example_bot")
        link = f"https://t.me/{named[1]}" + ("" if flow == MENU else f"?start={flow}")
        name = f"@{named[1]}" if edition.direction == "ltr" else f"{_LEFT_TO_RIGHT}@{named[1]}{_LEFT_TO_RIGHT}"
        ways.append((link, engine.text("poster_telegram", edition.language).replace("NAME", name)))
    if not ways:
        raise CardError("Say where the card is to lead: --web https://chat.example.org/ or --telegram @example_bot")
    own = edition.language == content.own_language and flow != MENU
    said = Said(
        settings.brand_name,
        settings.brand_colour,
        content.flows[flow].title if own else engine.text("poster_headline", edition.language),
        engine.text("poster_lead", edition.language),
        engine.text("web_emergency", edition.language),
        ways,
        edition.language,
        edition.direction,
        look(settings).logo,
    )
    sheet = lay_out(said, size, large=large)
    if output.suffix.lower() == ".svg":
        output.write_text(svg(sheet), encoding="utf-8")
    elif output.suffix.lower() == ".pdf":
        output.write_bytes(pdf(sheet))
    else:
        raise CardError("--output: name a file that ends in .svg or .pdf")
