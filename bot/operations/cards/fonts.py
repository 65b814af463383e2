"""Letters for a language, from the fonts that this machine has. None travel with Waypost: they are large."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

_FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
    Path.home() / "Library/Fonts",
    Path("C:/Windows/Fonts"),
)

_SCRIPTS: Final = {
    "ar": "NotoSansArabic",
    "ur": "NotoSansArabic",
    "bn": "NotoSansBengali",
    "hi": "NotoSansDevanagari",
    "pa": "NotoSansGurmukhi",
}
"""The family for a language that Latin, Greek and Cyrillic letters do not serve."""

_COMMON: Final = (("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"), ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))


class NoFontError(Exception):
    """No font on this machine has the letters; the text names one that does."""


def fonts_for(language: str, folders: Sequence[Path] = _FOLDERS) -> tuple[Path, ...]:
    """Font files for a language: regular and bold, and then another such pair for digits and Latin words.

    Raises `NoFontError`.
    """
    family = _SCRIPTS.get(language)
    common = next((pair for names in _COMMON if (pair := _both(names, folders)) is not None), None)
    own = _both((f"{family}-Regular.ttf", f"{family}-Bold.ttf"), folders) if family else None
    if common is None or (family and own is None):
        wanted = family or "NotoSans or DejaVuSans"
        raise NoFontError(
            f"No font on this machine has the letters: {wanted} (regular and bold). On Debian and Ubuntu: sudo apt-get "
            "install fonts-noto-core. Or ask for .svg, which any program draws with the letters it has."
        )
    return (*own, *common) if own else common


def _both(names: tuple[str, str], folders: Sequence[Path]) -> tuple[Path, Path] | None:
    found = [
        next((path for folder in folders if folder.is_dir() for path in folder.rglob(name)), None) for name in names
    ]
    regular, bold = found
    return (regular, bold) if regular is not None and bold is not None else None
