"""A screen as a whole page. Pure: the same screen gives the same bytes, whoever asked for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.web.form import LONGEST_WORDS
from bot.channels.web.look import Look
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import web_html
from bot.dialogue.screen import Button, ButtonRole, Screen

PADDED_TO: Final = 4096
"""Pages are as long as a multiple of this, in bytes, so that their length says less about which one it is."""

_MOVES: Final = frozenset(
    {ButtonRole.EMERGENCY, ButtonRole.BACK, ButtonRole.START_AGAIN, ButtonRole.LEAVE, ButtonRole.LANGUAGE}
)

_PADDING: Final = b"<!--%b-->"


class Pages:
    """Every page of the web chat but the one of last resort."""

    def __init__(self, look: Look) -> None:
        self._look = look
        environment = Environment(
            loader=PackageLoader("bot.channels.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._screen = environment.get_template("screen.html")
        self._words = environment.get_template("words.html")

    def screen(self, engine: Engine, screen: Screen) -> bytes:
        """The page for a screen of the engine's."""
        if screen.leave:
            return self._left(engine, screen)
        return _padded(
            self._screen.render(
                **self._around(engine, screen.language),
                said=web_html.blocks(screen.blocks),
                cards=[web_html.card(card) for card in screen.cards],
                question=web_html.inline(screen.question),
                more=_with(screen, {ButtonRole.DETAILS}),
                choices=_with(screen, {ButtonRole.CHOICE, ButtonRole.ANSWER}),
                moves=_with(screen, _MOVES),
                here=engine.token(screen.state),
                longest=LONGEST_WORDS,
            )
        )

    def before(self, engine: Engine, language: str) -> bytes:
        """What to know before the first question: how to leave, and what stays behind."""
        return self._text(engine, language, "web_before", "web_before_text", begin=True)

    def traces(self, engine: Engine, language: str, token: str) -> bytes:
        """What stays on the device. ``token`` leads back to where the person stood."""
        on = engine.text("web_return", language)
        return self._text(engine, language, "web_traces_title", "web_traces_text", token=token, on=on)

    def _left(self, engine: Engine, screen: Screen) -> bytes:
        here = engine.token(screen.state)
        return self._text(engine, screen.language, "web_left", "web_left_text", traces=True, here=here)

    def _text(self, engine: Engine, language: str, heading: str, text: str, **more: str | bool) -> bytes:
        language = engine.content.edition(language).language
        values = {"token": "", "on": "", "begin": False, "traces": False, "here": "", **more}
        around = {**self._around(engine, language), **values}
        said = web_html.blocks(engine.notice(text, language))
        return _padded(self._words.render(**around, heading=engine.text(heading, language), said=said))

    def _around(self, engine: Engine, language: str) -> Mapping[str, object]:
        return {
            "look": self._look,
            "language": language,
            "direction": engine.content.edition(language).direction,
            "words": engine.content.texts(language),
            "emergency": web_html.inline(engine.notice("web_emergency", language)),
            "contact": web_html.inline(engine.notice("web_contact", language)),
        }


def _with(screen: Screen, roles: Collection[ButtonRole]) -> list[Button]:
    return [button for button in screen.buttons if button.role in roles]


def _padded(page: str) -> bytes:
    """The page with a comment at its end that makes it as long as many others."""
    body = page.encode("utf-8")
    missing = -(len(body) + len(_PADDING % b"")) % PADDED_TO
    return body + _PADDING % (b" " * missing)
