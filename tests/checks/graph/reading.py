"""A page as a browser takes it apart: elements with their attributes, and the words between them."""

from __future__ import annotations

from html.parser import HTMLParser


class ReadPage(HTMLParser):
    """Everything on one page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.programs: dict[str, str] = {}
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's own signature
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in {"script", "style"}:
            self.programs[self._inside] = self.programs.get(self._inside, "") + data
        else:
            self.words += data

    def values(self, attribute: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [found[attribute] for _, found in self.elements if attribute in found]

    def vocabulary(self) -> set[tuple[str, str]]:
        """Which elements bear which attributes."""
        return {(tag, name) for tag, found in self.elements for name in (*found, "")}
