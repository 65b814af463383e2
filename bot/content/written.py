"""A content file as it was read: its values in their shape, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.content.document import Document


@dataclass(frozen=True, slots=True)
class Written:
    """A validated file with its document, for the places of things."""

    model: Any
    document: Document
