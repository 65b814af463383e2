"""What Telegram finds by itself in the text that people type: commands, mentions, addresses."""

from __future__ import annotations

import re

from tests.standin.html import utf16_length
from tests.standin.refusals import Json

PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")),
    ("url", re.compile(r"(?<![@\w.])(https?://\S+|[\w-]+(\.[\w-]+)*\.(com|org|net|uk|me)\b(/\S*)?)")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}")),
    ("hashtag", re.compile(r"(?<!\w)#\w+")),
)


def typed(text: str) -> Json:
    """The content of a message that a person typed."""
    entities: list[Json] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            offset, length = utf16_length(text[: match.start()]), utf16_length(match[0])
            if not any(e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in entities):
                entities.append({"type": kind, "offset": offset, "length": length})
    entities.sort(key=lambda entity: int(entity["offset"]))
    return {"text": text, "entities": entities} if entities else {"text": text}
