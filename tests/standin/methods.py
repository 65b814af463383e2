"""What a bot may ask of Telegram, and what it is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.standin.chat import Chat, Message
from tests.standin.limits import TOAST_CHARACTERS, Warn, read_keyboard, read_text
from tests.standin.parameters import Parameters
from tests.standin.refusals import Cause, Json, RefusalError, bad_request, forbidden
from tests.standin.updates import Webhook
from tests.standin.world import World

DELETABLE_FOR = 48 * 3600.0
PRESS_ANSWERABLE_FOR = 15.0
DELETED_AT_ONCE = 100
MOST_CONNECTIONS = 100
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Methods:
    """One function a method; ``getUpdates`` waits and lives with the queue."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._table: dict[str, Callable[[Parameters], Any]] = {
            "getMe": self.get_me,
            "sendMessage": self.send_message,
            "sendChatAction": self.send_chat_action,
            "editMessageText": self.edit_message_text,
            "editMessageReplyMarkup": self.edit_message_reply_markup,
            "deleteMessage": self.delete_message,
            "deleteMessages": self.delete_messages,
            "answerCallbackQuery": self.answer_callback_query,
            "leaveChat": self.leave_chat,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": lambda _: self._world.updates.webhook_info(),
            **self._profile_methods(),
        }

    def call(self, method: str, parameters: Parameters) -> Any:
        """The result, or a RefusalError."""
        function = self._table.get(method)
        if function is None:
            raise RefusalError(404, "method not found")
        result = function(parameters)
        self._world.bell.ring()
        return result

    def name(self, method: str) -> str:
        """The method as documented: Telegram does not mind capitals."""
        known = {name.lower(): name for name in (*self._table, "getUpdates")}
        return known.get(method.lower(), method)

    def _profile_methods(self) -> dict[str, Callable[[Parameters], Any]]:
        profile = self._world.profile

        def language(given: Parameters) -> str:
            return given.text("language_code")

        table: dict[str, Callable[[Parameters], Any]] = {
            "setMyCommands": lambda given: profile.set_commands(
                given.json("commands"), given.json("scope"), language(given)
            ),
            "getMyCommands": lambda given: profile.get_commands(given.json("scope"), language(given)),
            "deleteMyCommands": lambda given: profile.delete_commands(given.json("scope"), language(given)),
        }
        for what, suffix in (
            ("name", "Name"),
            ("description", "Description"),
            ("short_description", "ShortDescription"),
        ):
            table[f"setMy{suffix}"] = partial(
                lambda given, what: profile.set_text(what, given.text(what), language(given)), what=what
            )
            table[f"getMy{suffix}"] = partial(
                lambda given, what: {what: profile.text(what, language(given))}, what=what
            )
        return table

    def get_me(self, _: Parameters) -> Json:
        return {
            **self._world.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def send_message(self, given: Parameters) -> Json:
        chat = self._writable(given)
        warn = partial(self._world.warn, "sendMessage")
        text, entities = read_text(given.text("text"), given.text("parse_mode"), given.json("entities"), warn)
        keyboard = read_keyboard(given.json("reply_markup"), warn)
        content = text_content(text, entities) | self._reply(given, chat)
        message = self._world.chats.new_message(
            chat, date=self._world.clock.now(), author=self._world.bot, content=content, from_bot=True
        )
        message.reply_markup = keyboard
        message.html = given.text("text") if given.has("parse_mode") else None
        message.preview = preview_shown(given, warn)
        chat.changed("sent", message)
        return message.as_json()

    def _reply(self, given: Parameters, chat: Chat) -> Json:
        reply = given.json("reply_parameters") or {}
        message_id = reply.get("message_id") or given.integer("reply_to_message_id")
        if not message_id:
            return {}
        message = chat.messages.get(message_id)
        if message is not None and message.deleted_by is None:
            return {"reply_to_message": message.as_json()}
        if reply.get("allow_sending_without_reply") or given.boolean("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found", cause=blame(message))

    def send_chat_action(self, given: Parameters) -> bool:
        self._writable(given)
        if not given.has("action"):
            raise bad_request("wrong parameter action in request")
        return True

    def edit_message_text(self, given: Parameters) -> Any:
        message = self._editable(given)
        warn = partial(self._world.warn, "editMessageText")
        text, entities = read_text(given.text("text"), given.text("parse_mode"), given.json("entities"), warn)
        keyboard = read_keyboard(given.json("reply_markup"), warn, inline_only=True)
        preview = preview_shown(given, warn)
        if "text" not in message.content:
            raise bad_request("there is no text in the message to edit")
        content = text_content(text, entities)
        kept = {name: value for name, value in message.content.items() if name == "reply_to_message"}
        unchanged = message.content == content | kept and message.preview == preview
        self._refuse_same(message, unchanged=unchanged and message.reply_markup == keyboard)
        message.content = content | kept
        message.html = given.text("text") if given.has("parse_mode") else None
        message.preview = preview
        return self._edited(message, keyboard, given)

    def edit_message_reply_markup(self, given: Parameters) -> Any:
        message = self._editable(given)
        warn = partial(self._world.warn, "editMessageReplyMarkup")
        keyboard = read_keyboard(given.json("reply_markup"), warn, inline_only=True)
        self._refuse_same(message, unchanged=message.reply_markup == keyboard)
        return self._edited(message, keyboard, given)

    def _refuse_same(self, message: Message, *, unchanged: bool) -> None:
        if unchanged:
            message.chat.changed("unmodified", message)
            self._world.bell.ring()
            raise bad_request(NOT_MODIFIED)

    def _edited(self, message: Message, keyboard: Json | None, given: Parameters) -> Any:
        message.reply_markup = keyboard
        message.edit_date = self._world.clock.now()
        message.chat.changed("edited", message)
        return True if given.has("inline_message_id") else message.as_json()

    def delete_message(self, given: Parameters) -> bool:
        chat = self._writable(given)
        if not given.has("message_id"):
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(given.integer("message_id"))
        if message is None or message.deleted_by is not None:
            raise bad_request("message to delete not found", cause=blame(message))
        self._delete(message)
        return True

    def delete_messages(self, given: Parameters) -> bool:
        chat = self._writable(given)
        ids = given.json("message_ids")
        if ids is None:
            raise bad_request("message identifiers are not specified")
        if not isinstance(ids, list) or not all(isinstance(number, int) for number in ids):
            raise bad_request("expected an Array of message identifiers")
        if len(ids) > DELETED_AT_ONCE:
            raise bad_request("too many message identifiers specified")
        if any(number <= 0 for number in ids):
            raise bad_request("invalid message identifier specified")
        for number in ids:
            message = chat.messages.get(number)
            if message is not None and message.deleted_by is None:
                self._delete(message)
        return True

    def _delete(self, message: Message) -> None:
        if self._world.clock.now() - message.date > DELETABLE_FOR:
            raise bad_request("message can't be deleted for everyone")
        if not message.from_bot and message.chat.kind != "private":
            raise bad_request("message can't be deleted")
        message.deleted_by = "bot"
        message.chat.changed("deleted", message)

    def answer_callback_query(self, given: Parameters) -> bool:
        press = self._world.presses.get(given.text("callback_query_id"))
        if press is None:
            raise bad_request(QUERY_TOO_OLD)
        press.attempted = True
        self._world.bell.ring()
        if press.answered:
            raise bad_request(QUERY_TOO_OLD, cause="world" if press.was_redelivered else "bot")
        if self._world.clock.now() - press.created > PRESS_ANSWERABLE_FOR:
            raise bad_request(QUERY_TOO_OLD, cause="world" if press.came_late else "bot")
        if len(given.text("text")) > TOAST_CHARACTERS:
            raise bad_request("MESSAGE_TOO_LONG")
        if given.has("url") and not re.match(r"(https://)?t\.me/|tg://", given.text("url")):
            raise bad_request("URL_INVALID")
        press.answered, press.toast, press.alert = True, given.text("text"), given.boolean("show_alert")
        return True

    def leave_chat(self, given: Parameters) -> bool:
        chat = self._chat(given)
        if chat.kind == "private":
            raise bad_request("chat member status can't be changed in private chats")
        self._writable(given)
        chat.left = True
        self._world.membership(chat, self._world.bot, before="member", after="left")
        return True

    def set_webhook(self, given: Parameters) -> bool:
        updates = self._world.updates
        url = given.text("url")
        if url and not re.match(r"https?://[^/\s]+", url):
            raise bad_request("bad webhook: invalid webhook URL specified")
        secret = given.text("secret_token")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains unallowed characters or is longer than 256")
        if given.boolean("drop_pending_updates"):
            self._world.warn("setWebhook", "updates_thrown_away", "drop_pending_updates loses people's messages")
            updates.drop_pending()
        updates.subscribe(given.json("allowed_updates"))
        connections = min(max(given.integer("max_connections", 40), 1), MOST_CONNECTIONS)
        updates.hook(Webhook(url, secret, connections))
        return True

    def delete_webhook(self, given: Parameters) -> bool:
        if given.boolean("drop_pending_updates"):
            self._world.warn("deleteWebhook", "updates_thrown_away", "drop_pending_updates loses people's messages")
            self._world.updates.drop_pending()
        self._world.updates.hook(Webhook())
        return True

    def _chat(self, given: Parameters) -> Chat:
        if not given.has("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self._world.chats.find(given.given["chat_id"])
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _writable(self, given: Parameters) -> Chat:
        chat = self._chat(given)
        if chat.migrated_to is not None:
            raise RefusalError(
                400,
                "group chat was upgraded to a supergroup chat",
                cause="world",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.left:
            raise RefusalError(403, f"bot is not a member of the {chat.kind} chat")
        if chat.kind != "private" and not chat.opened:
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if not chat.opened:
            raise RefusalError(403, "bot can't initiate conversation with a user")
        return chat

    def _editable(self, given: Parameters) -> Message:
        if given.has("inline_message_id"):
            inline = self._world.inline_messages.get(given.text("inline_message_id"))
            if inline is None:
                raise bad_request("MESSAGE_ID_INVALID")
            return inline
        if not given.has("chat_id") and not given.has("message_id"):
            raise bad_request("message identifier is not specified")
        chat = self._writable(given)
        if not given.has("message_id"):
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(given.integer("message_id"))
        if message is None or message.deleted_by is not None:
            raise bad_request("message to edit not found", cause=blame(message))
        if not message.from_bot:
            raise bad_request("message can't be edited")
        return message


def text_content(text: str, entities: list[Json]) -> Json:
    return {"text": text, "entities": entities} if entities else {"text": text}


def preview_shown(given: Parameters, warn: Warn) -> bool:
    """Whether Telegram may fetch and show what the first link leads to."""
    options = given.json("link_preview_options") or {}
    disabled = options.get("is_disabled") is True or given.boolean("disable_web_page_preview")
    if not disabled:
        warn("preview_enabled", "link_preview_options.is_disabled is not set")
    return not disabled


def blame(message: Message | None) -> Cause:
    """People may delete what they like; the bot should know what it deleted or never sent itself."""
    return "world" if message is not None and message.deleted_by == "person" else "bot"
