"""A screen as a whole page. Pure: the same screen gives the same bytes, whoever asked for it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from markupsafe import Markup

from bot.channels.web.form import LONGEST_WORDS
from bot.channels.web.look import Look
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import web_html
from bot.dialogue.screen import Button, ButtonRole, Screen

if TYPE_CHECKING:
    from jinja2 import Environment, Template

PADDED_TO: Final = 4096
"""Pages are as long as a multiple of this, in bytes, so that their length says less about which one it is."""

_BESIDE_CARDS: Final = frozenset({ButtonRole.DETAILS})
_CHOICES: Final = frozenset({ButtonRole.CHOICE, ButtonRole.ANSWER})

_PADDING: Final = b"<!--%b-->"

_PARTS: Final = ("said", "cards", "more", "question", "choices", "moves", "here")
"""What differs from one screen to the next. A page has those that are not empty."""

_PLACE: Final = re.compile("\x00(\\w+)\x00")
"""Where a part goes. No text of an author's can hold it: YAML knows no such character."""

_NUMBERS: Final = tuple(map(str, range(64)))
"""What the places of a page's tokens are called, in the order of its buttons. No screen has as many."""

Shape = tuple[bool, ...]
"""Which of `_PARTS` a screen has, in their order."""


@dataclass(frozen=True, slots=True)
class Mould:
    """A page with places left open: what stands around the parts, and which part goes where in between."""

    fixed: tuple[bytes, ...]
    places: tuple[str, ...]

    @classmethod
    def of(cls, page: str) -> Mould:
        """The mould for a page with marks where parts go; see `_mark`."""
        pieces = _PLACE.split(page)
        return cls(tuple([piece.encode("utf-8") for piece in pieces[::2]]), tuple(pieces[1::2]))

    def filled(self, parts: Mapping[str, str]) -> bytes:
        """The page with these parts in their places."""
        pieces = [self.fixed[0]]
        for place, after in zip(self.places, self.fixed[1:], strict=True):
            pieces += (parts[place].encode("utf-8"), after)
        return b"".join(pieces)

    def cast(self, parts: Mapping[str, str]) -> bytes:
        """The same, as long as many other pages."""
        body = self.filled(parts)
        missing = -(len(body) + len(_PADDING % b"")) % PADDED_TO
        return body + _PADDING % (b" " * missing)


class Pages:
    """Every page of the web chat but the one of last resort.

    Remembers what is the same on all pages of a shape in a language and, as long as the engine remembers a sketch, the
    page for it without its tokens; nothing of any person.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._moulds: dict[tuple[str, Shape], Mould] = {}
        self._moulded = ""
        self._sketched: WeakKeyDictionary[Hashable, Mould] = WeakKeyDictionary()

    @cached_property
    def _environment(self) -> Environment:
        """Where templates come from; made for the first page, since a bot that is only on Telegram never draws one."""
        from jinja2 import Environment, PackageLoader, StrictUndefined

        return Environment(
            loader=PackageLoader("bot.channels.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            auto_reload=False,  # the files belong to the program; looking whether they have changed costs each turn
        )

    def _template(self, name: str) -> Template:
        """A template; the environment remembers it."""
        return self._environment.get_template(f"{name}.html")

    def screen(self, engine: Engine, screen: Screen) -> bytes:
        """The page for a screen of the engine's."""
        here = screen.token or engine.token(screen.state)  # a token is letters, digits, - and _
        if screen.leave:
            return self._text(engine, screen.language, "web_left", "web_left_text", here=here)
        if screen.sketch is None:
            drawn, parts = self._drawn(engine, screen, here)
            return drawn.cast(parts)
        mould = self._sketched.get(screen.sketch)
        if mould is None:
            mould = self._sketched[screen.sketch] = self._sketch(engine, screen)
        tokens = [button.token for row in screen.rows for button in row]
        return mould.cast({"here": here, **dict(zip(_NUMBERS, tokens, strict=False))})

    def _sketch(self, engine: Engine, screen: Screen) -> Mould:
        """The mould for all screens that share this one's sketch: its page with the places of the tokens left open."""
        marks = iter(_NUMBERS)
        rows = tuple([tuple([button._replace(token=_mark(next(marks))) for button in row]) for row in screen.rows])
        mould, parts = self._drawn(engine, replace(screen, rows=rows), _mark("here"))
        return Mould.of(mould.filled(parts).decode("utf-8"))

    def _drawn(self, engine: Engine, screen: Screen, here: str) -> tuple[Mould, dict[str, str]]:
        """The mould of a screen's shape, and what goes into it."""
        more, choices, moves = _sorted(screen.rows)
        way = screen.direction
        parts = {
            "said": web_html.blocks(screen.blocks, way),
            "cards": "\n".join([web_html.card(card, way) for card in screen.cards]),
            "more": web_html.buttons(more, way),
            "question": web_html.inline(screen.question, way),
            "choices": web_html.buttons(choices, way),
            "moves": web_html.buttons(moves, way),
            "here": here,
        }
        return self._mould(engine, screen.language, tuple(map(bool, parts.values()))), parts

    def before(self, engine: Engine, language: str) -> bytes:
        """What to know before the first question: how to leave, and what stays behind."""
        return self._text(engine, language, "web_before", "web_before_text", begin=True)

    def traces(self, engine: Engine, language: str, token: str) -> bytes:
        """What stays on the device. ``token`` leads back to where the person stood."""
        on = engine.text("web_return", language)
        return self._text(engine, language, "web_traces_title", "web_traces_text", token=token, on=on)

    def _text(
        self,
        engine: Engine,
        language: str,
        heading: str,
        text: str,
        *,
        here: str = "",
        token: str = "",
        on: str = "",
        begin: bool = False,
    ) -> bytes:
        if _is_foreign(engine, text, engine.content.edition(language).language):
            language = engine.content.own_language
        return self._made(
            engine,
            language,
            self._template("words"),
            heading=engine.text(heading, language),
            said=web_html.blocks(engine.notice(text, language), engine.content.edition(language).direction),
            token=token,
            on=on,
            begin=begin,
            here=here,
        ).cast({})

    def _mould(self, engine: Engine, language: str, shape: Shape) -> Mould:
        if self._moulded != engine.content.fingerprint:
            self._moulds.clear()
            self._moulded = engine.content.fingerprint
        mould = self._moulds.get((language, shape))
        if mould is None:
            parts = {part: _mark(part) if filled else "" for part, filled in zip(_PARTS, shape, strict=True)}
            mould = self._made(engine, language, self._template("screen"), longest=LONGEST_WORDS, **parts)
            self._moulds[language, shape] = mould
        return mould

    def _made(self, engine: Engine, language: str, middle: Template, **values: str | bool | int) -> Mould:
        edition = engine.content.edition(language)
        way = edition.direction

        def of(text: str) -> str:
            """The attributes of an element with a shared text that has no translation here."""
            own = engine.content.own_language
            return Markup(' lang="{}" dir="ltr"').format(own) if _is_foreign(engine, text, edition.language) else ""

        page = self._template("base").render(
            look=self._look,
            language=edition.language,
            direction=way,
            of=of,
            words=edition.texts,
            emergency=web_html.inline(engine.notice("web_emergency", language), way),
            contact=web_html.inline(engine.notice("web_contact", language), way),
            main=middle.render(words=edition.texts, of=of, **values),
            here=values["here"],
        )
        return Mould.of(page)


def _mark(place: str) -> str:
    return f"\x00{place}\x00"


def _is_foreign(engine: Engine, text: str, language: str) -> bool:
    """Whether a shared text, by its key, stands in the content's own language on a page in another."""
    own = engine.content.own_language
    return language != own and engine.content.texts(language)[text] == engine.content.texts(own)[text]


def _sorted(rows: Sequence[Sequence[Button]]) -> tuple[list[Button], list[Button], list[Button]]:
    """The buttons beside the service cards, the choices, and the moves at the foot of every screen."""
    more: list[Button] = []
    choices: list[Button] = []
    moves: list[Button] = []
    for row in rows:
        for button in row:
            role = button.role
            (more if role in _BESIDE_CARDS else choices if role in _CHOICES else moves).append(button)
    return more, choices, moves
