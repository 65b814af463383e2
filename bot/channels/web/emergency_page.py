"""The page of last resort: the emergency card, the way out, nothing that can fail. Needs no template and no content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from bot.dialogue.emergency_card import emergency_card

GO_ON: Final = "To go on, open this page again."

_TEXTING: Final = re.compile(r"text ([A-Z]+) to (\d+)")
_RINGING: Final = re.compile(r"(?<=: )\d{3,5}(?: \d{3,4})*|(?<=Ring )\d+|(?<= or )\d+")

_PAGE: Final = """\
<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="{icon}">
<meta name="viewport" content="width=device-width, initial-scale=1">
{style}</head>
<body>
<header class="bar">
<a class="exit" href="{exit_url}" rel="noreferrer noopener nofollow" target="_top">Exit this page</a>
</header>
<main>
<h1>{heading}</h1>
<div class="said">
{paragraphs}
</div>
<p><a class="button" href="/chat">Begin again</a></p>
</main>
</body>
</html>
"""


def emergency_page(
    numbers: Sequence[str], exit_url: str, *, title: str = "Information", icon: str = "data:,", style: str = ""
) -> bytes:
    """The page, whole. ``style`` is the address of a style sheet; without it the page is as readable, only plainer."""
    heading, *rest = emergency_card(numbers, GO_ON).split("\n\n")
    first, _, more = heading.partition("? ")
    shown = [more, *rest]
    return _PAGE.format(
        title=escape(title),
        icon=escape(icon),
        style=f'<link rel="stylesheet" href="{escape(style)}">\n' if style else "",
        exit_url=escape(exit_url),
        heading=f"{escape(first)}?",
        paragraphs="\n".join(f"<p>{_linked(paragraph)}</p>" for paragraph in shown),
    ).encode("utf-8")


def _linked(paragraph: str) -> str:
    words = escape(paragraph)
    words = _TEXTING.sub(r'<a href="sms:\2?body=\1">text \1 to \2</a>', words)
    words = _RINGING.sub(lambda found: f'<a href="tel:{found[0].replace(" ", "")}">{found[0]}</a>', words)
    return words.replace("\n", "<br>\n")
