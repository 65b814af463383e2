"""`python -m bot graph`: content and options in, the text of a picture out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.checks.graph.collect import collect, only
from bot.checks.graph.mermaid import mermaid
from bot.checks.graph.model import Mark, Picture
from bot.checks.graph.page import html
from bot.checks.graph.svg import svg
from bot.content.errors import nearest
from bot.content.model import Content
from bot.dialogue.facts import Deployment


class Format(StrEnum):
    """The forms a picture can have."""

    MERMAID = "mermaid"
    SVG = "svg"
    HTML = "html"


_RENDERERS: Final[Mapping[Format, Callable[[Picture], str]]] = MappingProxyType(
    {Format.MERMAID: mermaid, Format.SVG: svg, Format.HTML: html}
)

_BY_ENDING: Final[Mapping[str, Format]] = MappingProxyType(
    {".svg": Format.SVG, ".html": Format.HTML, ".htm": Format.HTML}
)


class UnknownFlowError(Exception):
    """There is no flow of that name; the text says which one may have been meant."""


def graph(
    content: Content,
    form: Format,
    *,
    flow: str | None = None,
    marks: Iterable[Mark] = (),
    deployment: Deployment | None = None,
) -> str:
    """The picture of one flow, or of everything, with ``marks`` (findings) on their steps.

    Raises `UnknownFlowError`.
    """
    if flow is not None and flow not in content.flows:
        raise UnknownFlowError(f"There is no flow `{flow}`. {nearest(flow, content.flows)}".rstrip())
    picture = collect(content, deployment or Deployment(), marks)
    return _RENDERERS[form](picture if flow is None else only(picture, flow))


def format_for(output: Path | None) -> Format:
    """The form that a file's ending asks for; Mermaid, which is text, where it asks for none."""
    return _BY_ENDING.get(output.suffix.lower(), Format.MERMAID) if output else Format.MERMAID
