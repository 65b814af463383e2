"""Authors' words as data: paragraphs, lists and bold, with facts filled in by name.

The markup is small on purpose (see docs/writing.md): blank lines part paragraphs, ``- `` makes a list item,
``**bold**`` is bold, ``{service}`` and ``{service.contact}`` name facts. Everything else is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, bold or not. ``url`` makes it a link (only facts from resources.yaml carry one).

    A telephone number's is ``tel:`` or ``sms:``, for channels where pressing it can ring or write.
    """

    text: str
    bold: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact named in a text: ``{service}`` or ``{service.contact}``; resolved before anything is shown."""

    service: str
    contact: str = ""
    bold: bool = False

    @property
    def name(self) -> str:
        """The reference as the author wrote it, without braces."""
        return f"{self.service}.{self.contact}" if self.contact else self.service


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line) or a list (``bullets``; one line an item). Shown blocks hold spans only."""

    lines: tuple[tuple[Span, ...], ...]
    bullets: bool = False

    @property
    def plain(self) -> str:
        """The words alone, for measuring and for tests."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text: blocks whose lines may still hold references."""

    blocks: tuple[tuple[bool, tuple[tuple[Span | Reference, ...], ...]], ...]
    _filled: tuple[Block, ...] | None = field(init=False, repr=False, compare=False)
    """What is shown, where the text names no fact: most do not, and every screen shows several."""

    def __post_init__(self) -> None:
        """Make what is shown at once where no fact can change it."""
        fixed = None
        if next(self.references, None) is None:
            fixed = tuple(self._blocks(_no_fact))
        object.__setattr__(self, "_filled", fixed)

    @property
    def references(self) -> Iterator[Reference]:
        """Every fact the text names, in order."""
        for _, lines in self.blocks:
            for line in lines:
                for part in line:
                    if isinstance(part, Reference):
                        yield part

    def fill(self, fact: Callable[[Reference], Span]) -> tuple[Block, ...]:
        """The text with each reference replaced by what ``fact`` gives for it."""
        return self._filled if self._filled is not None else tuple(self._blocks(fact))

    def _blocks(self, fact: Callable[[Reference], Span]) -> Iterator[Block]:
        for bullets, lines in self.blocks:
            filled = (tuple(fact(part) if isinstance(part, Reference) else part for part in line) for line in lines)
            yield Block(tuple(filled), bullets)


def _no_fact(reference: Reference) -> Span:
    raise LookupError(reference.name)


class MarkupError(ValueError):
    """A text that the markup cannot mean: an unclosed ``**`` or a brace that names nothing."""


def written(template: Template) -> str:
    """The text that `parse` reads as ``template``, one line a paragraph or list item: how translators see it."""
    return "\n\n".join(
        "\n".join(f"- {_written_line(line)}" if bullets else _written_line(line) for line in lines)
        for bullets, lines in template.blocks
    )


def _written_line(line: tuple[Span | Reference, ...]) -> str:
    pieces: list[str] = []
    bold = False
    for part in line:
        if part.bold is not bold:
            pieces.append("**")
            bold = part.bold
        pieces.append(f"{{{part.name}}}" if isinstance(part, Reference) else part.text)
    return "".join([*pieces, "**"] if bold else pieces)


_REFERENCE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?\}")


@lru_cache(maxsize=4096)
def parse(source: str) -> Template:
    """Read an author's text. Raises `MarkupError` with a sentence that says what to mend."""
    blocks: list[tuple[bool, tuple[tuple[Span | Reference, ...], ...]]] = []
    for chunk in re.split(r"\n[ \t]*\n", source.strip()):
        paragraph: list[str] = []
        items: list[str] = []
        for line in (raw.strip() for raw in chunk.splitlines()):
            if line.startswith("- "):
                if paragraph:
                    blocks.append((False, (_line(" ".join(paragraph)),)))
                    paragraph = []
                items.append(line[2:].strip())
            elif items:
                items[-1] = f"{items[-1]} {line}"
            elif line:
                paragraph.append(line)
        if paragraph:
            blocks.append((False, (_line(" ".join(paragraph)),)))
        if items:
            blocks.append((True, tuple(_line(item) for item in items)))
    return Template(tuple(blocks))


def _line(source: str) -> tuple[Span | Reference, ...]:
    pieces = source.split("**")
    if len(pieces) % 2 == 0:
        raise MarkupError(f"** opens bold but nothing closes it in {_shorten(source)!r}")
    parts: list[Span | Reference] = []
    for index, piece in enumerate(pieces):
        parts.extend(_references(piece, bold=index % 2 == 1))
    return tuple(parts)


def _references(source: str, *, bold: bool) -> Iterator[Span | Reference]:
    position = 0
    for match in _REFERENCE.finditer(source):
        yield from _plain(source[position : match.start()], bold=bold)
        yield Reference(match[1], match[2] or "", bold=bold)
        position = match.end()
    yield from _plain(source[position:], bold=bold)


def _plain(source: str, *, bold: bool) -> Iterator[Span]:
    if "{" in source or "}" in source:
        raise MarkupError(f"a brace names no fact in {_shorten(source)!r}; write {{service}} or {{service.contact}}")
    if source:
        yield Span(source, bold=bold)


def _shorten(source: str) -> str:
    return source if len(source) <= 60 else f"{source[:57]}..."
