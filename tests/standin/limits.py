"""What Telegram refuses, what it silently drops, and what it shows: texts, links, keyboards, commands.

Every limit is Telegram's own; ``Findings`` collects what Telegram accepts without a word and a person pays for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.standin.html import parse_html, utf16_length
from tests.standin.refusals import Json, bad_request

Warn = Callable[[str, str], None]
"""Takes the kind of a finding and what was found."""

TEXT_CHARACTERS = 4096
TEXT_BYTES_BEFORE_PARSING = 1 << 15
ENTITIES = 100
CALLBACK_DATA_BYTES = 64
BUTTONS = 100
BUTTONS_SHOWN_IN_A_ROW = 8
KEYBOARD_BYTES = 10_000
COPY_TEXT_CHARACTERS = 256
TOAST_CHARACTERS = 200
COMMANDS = 100
COMMAND_CHARACTERS = 32
COMMAND_DESCRIPTION_CHARACTERS = 256
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_][\w-]+|\d{1,3}(\.\d{1,3}){3}", re.UNICODE)


def read_text(text: str, parse_mode: str, given: list[Json] | None, warn: Warn) -> tuple[str, list[Json]]:
    """The text a person will see and its entities, or the refusal."""
    if not text:
        raise bad_request("message text is empty")
    if len(text.encode("utf-8", "surrogatepass")) > TEXT_BYTES_BEFORE_PARSING:
        raise bad_request("text is too long")
    if parse_mode.lower() == "html":
        text, entities = parse_html(text)
    elif parse_mode:
        raise bad_request("unsupported parse_mode" + " (this stand-in reads HTML only)")
    else:
        entities = [dict(entity) for entity in given or []]
        check_bounds(text, entities)
    text, entities = trimmed(CONTROL.sub(" ", text.replace("\r", "")), entities)
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > TEXT_CHARACTERS:
        raise bad_request("message is too long")
    if utf16_length(text) > TEXT_CHARACTERS:
        warn("long_for_clients", f"{utf16_length(text)} UTF-16 units: some servers refuse more than 4096")
    return text, links_checked(entities, warn)


def check_bounds(text: str, entities: list[Json]) -> None:
    length = utf16_length(text)
    for entity in entities:
        offset, size = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(size, int) or not 0 <= offset <= offset + size <= length:
            raise bad_request("can't parse entities: entity beyond the text")


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram cuts white space off both ends and moves the entities along."""
    gone = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    length = utf16_length(text)
    kept = []
    for entity in entities:
        begin = max(0, entity["offset"] - gone)
        end = min(length, entity["offset"] + entity["length"] - gone)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return text, kept


def links_checked(entities: list[Json], warn: Warn) -> list[Json]:
    """A link that Telegram does not like loses its address without a word; so do entities past the hundredth."""
    kept = []
    for entity in entities:
        if entity["type"] == "text_link":
            try:
                check_link(entity["url"])
            except ValueError as error:
                warn("link_vanished", f"{entity['url']!r}: {error}")
                continue
        kept.append(entity)
    if len(kept) > ENTITIES:
        warn("entities_dropped", f"{len(kept)} entities, Telegram keeps {ENTITIES}")
    return kept[:ENTITIES]


def check_link(url: str) -> str:
    """The address as Telegram keeps it. Raises ValueError with Telegram's words."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme.lower() not in {"http", "https", "tg", "ton", "tonsite"}:
        raise ValueError("Unsupported URL protocol")
    if separator and scheme.lower() not in {"http", "https"}:
        return url
    if not separator and url.lower().startswith("tg:"):
        return f"tg://{url[3:]}"
    full = url if separator else f"http://{url}"
    if not (rest if separator else url):
        raise ValueError("URL host is empty")
    if re.search(r"\s", full):
        raise ValueError("Wrong HTTP URL")
    try:
        parts = urlsplit(full)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError("Wrong HTTP URL") from error
    if not HOST.fullmatch(host):
        raise ValueError("Wrong HTTP URL")
    return full


def read_keyboard(value: Any, warn: Warn, *, inline_only: bool = False) -> Json | None:
    """The keyboard as Telegram keeps it: None when nothing of it is left to show."""
    if value in (None, "", {}):
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in value:
        if inline_only:
            raise bad_request("inline keyboard expected")
        return dict(value)
    rows = value["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup: inline keyboard rows must be Arrays")
    read = [[button for cell in row if (button := read_button(cell, warn))] for row in rows]
    read = [row for row in read if row]
    if sum(map(len, read)) > BUTTONS or len(json.dumps(read, ensure_ascii=False).encode()) > KEYBOARD_BYTES:
        raise bad_request("reply markup is too long")
    if any(len(row) > BUTTONS_SHOWN_IN_A_ROW for row in read):
        warn("row_too_wide", f"Telegram shows {BUTTONS_SHOWN_IN_A_ROW} buttons in a row")
    return {"inline_keyboard": read} if read else None


def read_button(cell: Any, warn: Warn) -> Json | None:
    """One inline button, or None when its label is blank and Telegram drops it."""
    if not isinstance(cell, dict) or not isinstance(cell.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = [action for action in ACTIONS if cell.get(action) not in (None, "", False)]
    if not actions and not (
        cell.get("switch_inline_query") == "" or cell.get("switch_inline_query_current_chat") == ""
    ):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        warn("two_actions", f"button {cell['text']!r} has {' and '.join(actions)}")
    if not cell["text"].strip():
        warn("blank_label", f"a button with {actions} has no label and is dropped")
        return None
    button = {key: cell[key] for key in cell if key in {*ACTIONS, "text", "style", "icon_custom_emoji_id"}}
    if "callback_data" in actions:
        data = cell["callback_data"]
        if not isinstance(data, str) or len(data.encode()) > CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in actions:
        copied = cell["copy_text"].get("text") if isinstance(cell["copy_text"], dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= COPY_TEXT_CHARACTERS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "web_app" in actions:
        address = cell["web_app"].get("url") if isinstance(cell["web_app"], dict) else None
        if not isinstance(address, str) or not address.startswith("https://"):
            raise bad_request(
                f"inline keyboard button Web App URL '{address}' is invalid: Only HTTPS links are allowed"
            )
    if "url" in actions:
        button["url"] = button_url(cell["text"], cell["url"], warn)
    return button


def button_url(label: str, url: Any, warn: Warn) -> str:
    try:
        kept = check_link(str(url))
    except ValueError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from error
    if kept != url:
        warn("link_rewritten", f"button {label!r}: {url!r} becomes {kept!r}")
    return kept


def read_commands(value: Any) -> list[Json]:
    """The command list of setMyCommands, as Telegram keeps it."""
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for item in value:
        if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in ("command", "description")):
            raise bad_request("can't parse BotCommand: command and description must be of type String")
        command, description = item["command"].strip().removeprefix("/"), item["description"].strip()
        if not command:
            raise bad_request("command must be non-empty")
        if len(command) > COMMAND_CHARACTERS:
            raise bad_request(f"command length must not exceed {COMMAND_CHARACTERS}")
        if not description:
            raise bad_request("command description must be non-empty")
        if len(description) > COMMAND_DESCRIPTION_CHARACTERS:
            raise bad_request(f"command description length must not exceed {COMMAND_DESCRIPTION_CHARACTERS}")
        if not re.fullmatch(r"[a-z0-9_]+", command):
            raise bad_request("BOT_COMMAND_INVALID")
        kept.append({"command": command, "description": description})
    return kept
