"""How Telegram says no: an HTTP status, a text, and now and then a number that says what to do next."""

from __future__ import annotations

from typing import Any, Literal

Json = dict[str, Any]

Cause = Literal["bot", "world", "fault"]
"""Who is to blame: the bot's own call, something people or Telegram did, or a fault that the test switched on."""

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class RefusalError(Exception):
    """A call that Telegram does not carry out. ``text`` is the description without its title ("Bad Request: ")."""

    def __init__(
        self,
        status: int,
        text: str = "",
        *,
        cause: Cause = "bot",
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        title = TITLES.get(status, "Error")
        self.status = status
        self.description = f"{title}: {text}" if text else title
        self.cause: Cause = cause
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id
        super().__init__(self.description)

    def as_json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        parameters: Json = {}
        if self.retry_after is not None:
            parameters["retry_after"] = self.retry_after
        if self.migrate_to_chat_id is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
        if parameters:
            body["parameters"] = parameters
        return body


def bad_request(text: str, *, cause: Cause = "bot") -> RefusalError:
    return RefusalError(400, text, cause=cause)


def forbidden(text: str) -> RefusalError:
    """People may block a bot at any time, so a 403 is never held against the bot."""
    return RefusalError(403, text, cause="world")
