"""A screen as Telegram's HTML or as plain text. Pure, and apart from the channels so that checks can measure it."""
