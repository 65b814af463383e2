"""A screen as a whole page. Pure: the same screen gives the same bytes, whoever asked for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.web.form import LONGEST_WORDS
from bot.channels.web.look import Look
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import web_html
from bot.dialogue.screen import ButtonRole, Screen

PADDED_TO: Final = 4096
"""Pages are as long as a multiple of this, in bytes, so that their length says less about which one it is."""

_MOVES: Final = frozenset(
    {ButtonRole.EMERGENCY, ButtonRole.BACK, ButtonRole.START_AGAIN, ButtonRole.LEAVE, ButtonRole.LANGUAGE}
)

_PADDING: Final = b"<!--%b-->"


_MAIN: Final = "\x00main\x00"
_FOOT: Final = "\x00foot\x00"
"""Where the parts of a page go that differ. No text of an author's can hold them: YAML knows no such character."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page in one language: before its middle, between that and its foot, and after."""

    before: str
    between: str
    after: str
    foot: tuple[str, str]
    """The button that asks what stays on the device, before and after the place it leads back to."""


class Pages:
    """Every page of the web chat but the one of last resort.

    Remembers what is the same on all pages in a language, and nothing of any page or person.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        environment = Environment(
            loader=PackageLoader("bot.channels.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            auto_reload=False,  # the files belong to the program; looking whether they have changed costs each turn
        )
        self._base = environment.get_template("base.html")
        self._screen = environment.get_template("screen.html")
        self._words = environment.get_template("words.html")
        self._foot = environment.get_template("foot.html")
        self._frames: dict[str, Frame] = {}
        self._framed = ""

    def screen(self, engine: Engine, screen: Screen) -> bytes:
        """The page for a screen of the engine's."""
        here = engine.token(screen.state)
        if screen.leave:
            return self._text(engine, screen.language, "web_left", "web_left_text", here=here)
        main = self._screen.render(
            words=engine.content.texts(screen.language),
            said=web_html.blocks(screen.blocks),
            cards="\n".join(map(web_html.card, screen.cards)),
            question=web_html.inline(screen.question),
            more=_with(screen, {ButtonRole.DETAILS}),
            choices=_with(screen, {ButtonRole.CHOICE, ButtonRole.ANSWER}),
            moves=_with(screen, _MOVES),
            here=here,
            longest=LONGEST_WORDS,
        )
        return self._page(engine, screen.language, main, here)

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
        main = self._words.render(
            words=engine.content.texts(language),
            heading=engine.text(heading, language),
            said=web_html.blocks(engine.notice(text, language)),
            token=token,
            on=on,
            begin=begin,
        )
        return self._page(engine, engine.content.edition(language).language, main, here)

    def _page(self, engine: Engine, language: str, main: str, here: str) -> bytes:
        frame = self._frame(engine, language)
        foot = f"{frame.foot[0]}{here}{frame.foot[1]}" if here else ""  # a token is letters, digits, - and _
        return _padded(f"{frame.before}{main}{frame.between}{foot}{frame.after}")

    def _frame(self, engine: Engine, language: str) -> Frame:
        if self._framed != engine.content.fingerprint:
            self._frames.clear()
            self._framed = engine.content.fingerprint
        if language not in self._frames:
            self._frames[language] = self._made_frame(engine, language)
        return self._frames[language]

    def _made_frame(self, engine: Engine, language: str) -> Frame:
        words = engine.content.texts(language)
        page = self._base.render(
            look=self._look,
            language=language,
            direction=engine.content.edition(language).direction,
            words=words,
            emergency=web_html.inline(engine.notice("web_emergency", language)),
            contact=web_html.inline(engine.notice("web_contact", language)),
            main=_MAIN,
            foot=_FOOT,
        )
        before, rest = page.split(_MAIN)
        between, after = rest.split(_FOOT)
        asking, asked = self._foot.render(words=words, here=_MAIN).split(_MAIN)
        return Frame(before, between, after, (asking, asked))


def _with(screen: Screen, roles: Collection[ButtonRole]) -> str:
    return web_html.buttons([button for button in screen.buttons if button.role in roles])


def _padded(page: str) -> bytes:
    """The page with a comment at its end that makes it as long as many others."""
    body = page.encode("utf-8")
    missing = -(len(body) + len(_PADDING % b"")) % PADDED_TO
    return body + _PADDING % (b" " * missing)
