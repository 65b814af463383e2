"""Which content pack a finding comes from, where there are several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.errors import Place


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack by the name it has in CONTENT, and its folder."""

    name: str
    folder: Path


def pack_of(place: Place, packs: Sequence[Pack]) -> str:
    """The name of the pack that the place lies in; empty if there is but one, or it lies in none of them."""
    if len(packs) < 2:
        return ""
    path = place.path.resolve()
    inside = [pack for pack in packs if path.is_relative_to(pack.folder.resolve())]
    return max(inside, key=lambda pack: len(pack.folder.resolve().parts)).name if inside else ""
