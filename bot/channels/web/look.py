"""How the web chat looks and what it calls itself, from the settings: name, colour, pictures, title, way out."""

from __future__ import annotations

import base64
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.channels.web.assets import SCRIPT_TYPE, STYLE_TYPE, Asset, asset, read
from bot.settings import Settings, SettingsError
from bot.settings.colours import contrast

LARGEST_PICTURE: Final = 8 * 1024
"""Bytes; a picture travels inside every page."""

_PLAIN_ICON: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#7a8288"/></svg>'
)
_DARK: Final = "#1a242a"
"""The lightest surface of the dark page, as in style.css."""

_COMFORTABLE: Final = 7.0
"""Contrast at which words are read without strain (WCAG 2.2, success criterion 1.4.6)."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Look:
    """What is the same on every page of a deployment. ``icon`` and ``logo`` are ``data:`` addresses."""

    brand: str
    title: str
    icon: str
    logo: str
    exit_url: str
    contact: str
    style: Asset
    script: Asset


def look(settings: Settings) -> Look:
    """The look that the settings ask for. Raises `SettingsError` if a picture cannot be used."""
    style = (
        read("style.css").replace("#1f5a6b", settings.brand_colour).replace("#8fd0e3", lightened(settings.brand_colour))
    )
    return Look(
        settings.brand_name,
        settings.page_title,
        _picture("PAGE_ICON", settings.page_icon) or _data("image/svg+xml", _PLAIN_ICON),
        _picture("BRAND_LOGO", settings.brand_logo),
        settings.exit_url,
        settings.feedback_contact,
        asset("style", "css", style, STYLE_TYPE),
        asset("page", "js", read("enhance.js"), SCRIPT_TYPE),
    )


def lightened(colour: str) -> str:
    """The same hue as #rrggbb, just light enough to be read on the dark page, and so to carry dark words."""
    hue, lightness, saturation = rgb_to_hls(*(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)))
    shades = (_hexadecimal(hls_to_rgb(hue, lightness + (1 - lightness) * step / 40, saturation)) for step in range(41))
    return next(shade for shade in shades if contrast(shade, _DARK) >= _COMFORTABLE)


def _hexadecimal(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _picture(setting: str, path: Path | None) -> str:
    if path is None:
        return ""
    try:
        data = path.read_bytes()
    except OSError:
        raise SettingsError((f"{setting}: the file cannot be read; name a PNG or SVG picture that can.",)) from None
    if len(data) > LARGEST_PICTURE:
        raise SettingsError(
            (f"{setting}: the picture has {len(data)} bytes and travels in every page; make it {LARGEST_PICTURE}.",)
        )
    if data.startswith(_PNG):
        return _data("image/png", data)
    if b"<svg" in data:
        return _data("image/svg+xml", data)
    raise SettingsError((f"{setting}: is neither a PNG nor an SVG picture.",))


def _data(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
