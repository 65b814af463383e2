"""A start reads of most translations only what the emergency card is made of, and finds it without the rest."""

from __future__ import annotations

from pathlib import Path

from bot.content.po_file import read_po

SHOWN = Path("waypost.po")
FILE = """\
msgid ""
msgstr ""
"Language: cy\\n"

#. A button.
msgctxt "text:button_back"
msgid "Back"
msgstr "Yn ôl"

#. A step.
msgctxt "step:menu.menu:say"
msgid "Hello"
msgstr "Helo"

msgctxt "service:childline:name"
msgid "Childline"
msgstr ""

msgctxt "service:childline:about"
msgid "For children\\n"
"and young people"
msgstr "I blant"
"""


def test_the_card_s_words_are_found_with_the_lines_they_stand_on() -> None:
    file = read_po(FILE, SHOWN, "cy", lambda _: False)
    assert [(entry.id, entry.text, entry.place.line) for entry in file.entries] == [
        ("text:button_back", "Yn ôl", 8),
        ("service:childline:about", "I blant", 22),
    ]


def test_they_are_the_same_as_where_all_is_read() -> None:
    every = read_po(FILE, SHOWN, "cy").entries
    assert [one for one in every if not one.id.startswith("step:")] == [
        *read_po(FILE, SHOWN, "cy", lambda _: False).entries
    ]


def test_a_file_of_a_header_alone_says_nothing() -> None:
    header = FILE.partition("\n\n")[0]
    assert read_po(header, SHOWN, "cy", lambda _: False).entries == ()
