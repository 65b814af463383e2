"""The bot's profile: its name, its descriptions and its commands, each per language with a fallback."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.standin.limits import read_commands
from tests.standin.refusals import Json, bad_request

CHARACTERS = {"name": 64, "description": 512, "short_description": 120}
REFUSED = {
    "name": "bot name is too long",
    "description": "BOT_DESCRIPTION_TOO_LONG",
    "short_description": "BOT_SHORT_DESCRIPTION_TOO_LONG",
}


@dataclass
class Profile:
    """What people see of the bot before they write to it."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def set_text(self, what: str, text: str, language: str) -> bool:
        check_language(language)
        text = text.strip()
        if len(text) > CHARACTERS[what]:
            raise bad_request(REFUSED[what])
        self.texts.pop((what, language), None)
        if text:
            self.texts[what, language] = text
        return True

    def text(self, what: str, language: str) -> str:
        """In this language, or the fallback, or nothing."""
        check_language(language)
        return self.texts.get((what, language), self.texts.get((what, ""), ""))

    def set_commands(self, commands: Any, scope: Any, language: str) -> bool:
        check_language(language)
        self.commands[scope_key(scope), language] = read_commands(commands)
        return True

    def delete_commands(self, scope: Any, language: str) -> bool:
        check_language(language)
        self.commands.pop((scope_key(scope), language), None)
        return True

    def get_commands(self, scope: Any, language: str) -> list[Json]:
        """Exactly what was set for this scope and language; people see the fallback, this call does not."""
        check_language(language)
        return self.commands.get((scope_key(scope), language), [])

    def commands_shown(self, language: str) -> list[Json]:
        """What a person in a private chat is offered."""
        order = [(scope, code) for scope in ("all_private_chats", "default") for code in (language, "")]
        return next((self.commands[key] for key in order if self.commands.get(key)), [])


def scope_key(scope: Any) -> str:
    """``default`` and its kin by name; scopes of one chat with all that makes them."""
    if not scope:
        return "default"
    if not isinstance(scope, dict) or not isinstance(scope.get("type"), str):
        raise bad_request("can't parse BotCommandScope: scope type must be of type String")
    return str(scope["type"]) if len(scope) == 1 else json.dumps(scope, sort_keys=True)


def check_language(language: str) -> None:
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
