"""Writes the shipped resources.yaml in its usual layout: `python -m tests.tools.tidy_resources`. Changes no fact."""

from __future__ import annotations

from bot.content.resources_text import write_resources
from bot.content.yaml_document import parse
from tests.packs import REPOSITORY

if __name__ == "__main__":
    file = REPOSITORY / "resources.yaml"
    file.write_text(write_resources(parse(file.read_bytes(), file).value), encoding="utf-8")
