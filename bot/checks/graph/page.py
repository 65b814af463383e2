"""One web page with pictures, list and search. It holds all it needs, fetches nothing, and works from a file."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from bot.checks.graph.drawing import Drawing, draw_flow, draw_overview
from bot.checks.graph.legend import SIGN_HEIGHT, SIGN_WIDTH, Entry, always, parts, risks
from bot.checks.graph.listing import ALL_FLOWS, ALL_SERVICES, Listing
from bot.checks.graph.markup import Markup, element, joined
from bot.checks.graph.model import Picture
from bot.checks.graph.step_words import counted


def html(picture: Picture) -> str:
    """The page. Nothing in it comes from outside: its security policy allows only its own script and style."""
    style, script = _part("picture.css") + _part("page.css"), _part("page.js")
    title = f"{picture.brand}: the flows" if picture.whole else f"{picture.brand}: {picture.flows[0].title}"
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", Markup(style)),
    )
    body = element(
        "body",
        element("a", "Skip to the list of steps", href="#the-list", class_="skip"),
        _header(picture, title),
        element("main", _pictures(picture), _list(picture)),
        element("script", Markup(script)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _header(picture: Picture, title: str) -> Markup:
    steps = sum(len(flow.steps) for flow in picture.flows)
    options = [
        *([(ALL_FLOWS, "All flows")] if picture.whole else []),
        *((flow.id, flow.title) for flow in picture.flows),
        (ALL_SERVICES, "All services"),
    ]
    return element(
        "header",
        element("h1", title),
        element(
            "p",
            f"{counted(len(picture.flows), 'flow')}, {counted(steps, 'step')}, "
            f"{counted(len(picture.services), 'service')}. Content {picture.fingerprint[:12]}.",
            class_="soft summary",
        ),
        element(
            "div",
            element("label", "Show", for_="flow-choice"),
            element("select", *(element("option", name, value=value) for value, name in options), id="flow-choice"),
            class_="control scripted-only",
        ),
        element(
            "div",
            element("label", "Search", for_="search-box"),
            element(
                "input",
                type="search",
                id="search-box",
                placeholder="Words on screens, steps, services",
                autocomplete="off",
                aria_describedby="search-count",
            ),
            element(
                "div",
                element("p", id="search-count", aria_live="polite", class_="soft"),
                element("ol", id="search-results"),
                id="search-panel",
            ),
            role="search",
            class_="control scripted-only",
        ),
        element(
            "div",
            element("button", "Picture", type="button", id="view-picture", aria_pressed="true"),
            element("button", "List", type="button", id="view-list", aria_pressed="false"),
            role="group",
            aria_label="View",
            class_="views scripted-only",
        ),
    )


def _pictures(picture: Picture) -> Markup:
    drawings = [draw_overview(picture, ids=False)] if picture.whole else []
    drawings += [draw_flow(flow, picture, ids=False) for flow in picture.flows]
    return element(
        "section",
        joined(_figure(drawing) for drawing in drawings),
        element("div", _legend(picture), _zoom(), class_="bar"),
        id="the-picture",
        aria_label="Picture",
    )


def _zoom() -> Markup:
    return element(
        "div",
        element("button", "+", type="button", id="zoom-in", aria_label="Zoom in"),
        element("button", "−", type="button", id="zoom-out", aria_label="Zoom out"),
        element("button", "Whole", type="button", id="zoom-whole", aria_label="Whole picture"),
        element("button", "100%", type="button", id="zoom-full", aria_label="100%, full size"),
        role="group",
        aria_label="Zoom",
        class_="zoom scripted-only",
    )


def _figure(drawing: Drawing) -> Markup:
    margin = 40
    return element(
        "div",
        element(
            "svg",
            drawing.inside,
            class_="picture",
            viewBox=f"{-margin} {-margin} {drawing.width + 2 * margin:.0f} {drawing.height + 2 * margin:.0f}",
            width=drawing.width + 2 * margin,
            height=drawing.height + 2 * margin,
            role="group",
            aria_label=f"Steps: {drawing.name}",
        ),
        class_="figure",
        data_flow=drawing.key,
        tabindex="0",
        role="group",
        aria_label=f"Picture of {drawing.name}. Arrow keys move it, plus and minus zoom, 0 shows all of it.",
    )


def _legend(picture: Picture) -> Markup:
    entries = (element("li", _sign(entry), element("span", entry.words)) for entry in (*risks(), *parts()))
    return element(
        "details",
        element("summary", "Key"),
        element("ul", *entries),
        *(element("p", words) for words in always(picture)),
        class_="legend",
    )


def _sign(entry: Entry) -> Markup:
    return element(
        "svg",
        entry.sign,
        class_="picture",
        viewBox=f"0 0 {SIGN_WIDTH} {SIGN_HEIGHT}",
        width=SIGN_WIDTH,
        height=SIGN_HEIGHT,
        aria_hidden="true",
    )


def _list(picture: Picture) -> Markup:
    return element(
        "section",
        Listing(picture).articles(),
        id="the-list",
        aria_label="List of steps",
        tabindex="-1",
        lang=picture.language,
    )


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
