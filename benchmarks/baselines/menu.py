"""The menu that every baseline shows: six pages of about 350 characters, five buttons on each."""

from __future__ import annotations

PAGES = [
    f"<b>Page {number}</b>\n\n" + "These are words of about the length that a page of a helpline has. " * 5
    for number in range(6)
]


def targets(page: int) -> list[int]:
    """The pages that the buttons of ``page`` lead to."""
    return [number for number in range(6) if number != page]


def keyboard(page: int) -> dict[str, object]:
    """The buttons as Telegram writes them."""
    return {"inline_keyboard": [[{"text": f"To page {to}", "callback_data": str(to)}] for to in targets(page)]}
