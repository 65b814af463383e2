"""The JSON Schema of every kind of file that authors write, stories included, by the names of the command."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from bot.checks.stories.written import Expectation, WrittenStories, WrittenStory, WrittenTurn
from bot.content import changes_schema, flow_schema, phrases_file, schema, service_schema, shared_schema, words_file
from bot.content.json_schema import FileShape, document_schema
from bot.content.known_names import KnownNames, names_of
from bot.content.model import Content

_STORY_HELP: Final[dict[type[schema.Model], dict[str, str]]] = {
    WrittenStories: {"stories": "Several stories, one after the other."},
    WrittenStory: {
        "story": "Who comes, when, and with what, in a line: the story's name.",
        "at": "The moment, in UK time: 2026-03-01T02:00.",
        "language": "The language of the person's app, such as en.",
        "start": "The flow of the link through which the person comes; the menu if left out.",
        "channel": "web, terminal or telegram. On telegram, typed words arrive without the place they were typed at.",
        "turns": "What the person does, step by step, and what must be on the screen then.",
    },
    WrittenTurn: {
        "type": "Words that the person types.",
        "press": "The label of the button that the person presses.",
        "open": "The flow of a link that the person opens.",
        "expect": "What must, and what must not, be on the screen then. What is left out may be anything.",
    },
    Expectation: {
        "flow": "The flow that the screen belongs to.",
        "step": "The step: its id, or flow.step.",
        "says": "Words that stand above the buttons.",
        "not_says": "Words that must not stand there.",
        "shows": "Services whose cards are there; others may stand beside them.",
        "not_shows": "Services whose cards must not be there.",
        "first": "The service whose card stands at the top.",
        "buttons": "Labels of buttons that are there.",
        "not_buttons": "Labels of buttons that must not be there.",
        "risk": "The risk of the screen.",
        "asks": "The answer (who, age, nation) that the screen asks for by buttons.",
        "leaves": "true where the conversation is over and the screen is cleared.",
    },
}

_ONE_DEED: Final = {"oneOf": [{"required": [key]} for key in ("type", "press", "open")]}

FILES: Final[Mapping[str, FileShape]] = MappingProxyType(
    {
        "flow": FileShape("A flow (flows/<flow>.yaml)", flow_schema.WrittenFlow),
        "change": FileShape("A change of a flow (flows/<flow>.yaml of a later pack)", changes_schema.WrittenFlowChange),
        "services": FileShape("Services (resources.yaml)", service_schema.ResourcesFile),
        "answers": FileShape("Answers (flows/shared/answers.yaml)", shared_schema.AnswersFile),
        "texts": FileShape("Shared texts (flows/shared/texts.yaml)", shared_schema.TextsFile),
        "phrases": FileShape("What people type (flows/phrases/<language>.yaml)", phrases_file.PhrasesFile),
        "words": FileShape("Words that do harm (flows/shared/words/<language>.yaml)", words_file.WordsFile),
        "holidays": FileShape("Public holidays (flows/shared/bank_holidays.yaml)", shared_schema.HolidaysFile),
        "story": FileShape("Stories", WrittenStory | WrittenStories, _STORY_HELP, {WrittenTurn: _ONE_DEED}),
    }
)
"""The kind of file, as the command names it → its shape."""


def json_text(kind: str, content: Content | None = None) -> str:
    """The JSON Schema of one of `FILES`, ready to be written. With ``content`` an editor can offer its ids."""
    names = names_of(content) if content is not None else KnownNames()
    exported: dict[str, Any] = document_schema(FILES[kind], names)
    return json.dumps(exported, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path, kinds: Sequence[str], content: Content | None = None) -> Iterator[Path]:
    """Write ``<kind>.schema.json`` for each kind into ``folder``, made if need be; the paths as they are written.

    Raises `OSError` where a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        path = folder / f"{kind}.schema.json"
        path.write_text(json_text(kind, content), encoding="utf-8")
        yield path
