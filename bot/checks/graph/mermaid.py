"""Pictures as Mermaid text, which GitHub, GitLab and many editors draw.

One flow is one diagram. All content is a Markdown document with a diagram of the flows and one for each flow, because
Mermaid refuses diagrams as large as all of it together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.graph.model import DrawnFlow, DrawnStep, Picture
from bot.checks.graph.risk_shapes import RISK_WORDS
from bot.checks.graph.step_words import counted, small_print
from bot.checks.graph.text_measure import ELLIPSIS
from bot.content.model import StepId
from bot.content.schema import Risk

_SHAPES: Final = {
    Risk.NONE: ("(", ")"),
    Risk.CONCERN: ("[", "]"),
    Risk.HIGH: ("[[", "]]"),
    Risk.IMMEDIATE: ("{{", "}}"),
}
"""Round, square, double sides, six corners."""

_CLASSES: Final = (
    "classDef none fill:#eef1f4,stroke:#4f6272,color:#16202b",
    "classDef concern fill:#fdf3d0,stroke:#7a5a00,stroke-width:2px,color:#16202b",
    "classDef high fill:#fde9e0,stroke:#b23c11,stroke-width:3px,color:#16202b",
    "classDef immediate fill:#fde0e9,stroke:#a30a3c,stroke-width:5px,color:#16202b",
    "classDef service fill:#e3f1ea,stroke:#3d7d5f,color:#16202b",
    "classDef elsewhere fill:#ffffff,stroke:#4f6272,stroke-dasharray:4 3,color:#16202b",
)

_PLAIN: Final = re.compile(r"[^\w ,.?!'()/+-]|_", re.ASCII)
"""What is written as a number in a label. Letters of other alphabets are, too: it costs nothing and parses anywhere."""

_DIRECTION: Final = re.compile(r"(?i)direction(\s+)(?=(?:TB|BT|LR|RL))")
"""Words that Mermaid takes for a command even in the middle of a label."""


def mermaid(picture: Picture) -> str:
    """The diagram of the one flow that ``picture`` holds, or for all content Markdown with all diagrams."""
    if not picture.whole:
        return _diagram(_flow(picture.flows[0], picture))
    parts = ["# All flows", _fenced(_overview(picture))]
    for flow in picture.flows:
        parts += [f"## {_heading(flow.title)}", _fenced(_flow(flow, picture))]
    return "\n\n".join(parts) + "\n"


def label(text: str) -> str:
    """Words as a quoted label that cannot be anything else: what is not plain is written as its number."""
    one_line = " ".join(text.split())
    plain = _PLAIN.sub(lambda found: f"#{ord(found[0])};", one_line)
    return f'"{_DIRECTION.sub(lambda found: found[0].replace(" ", "#32;"), plain)}"'


def flow_id(flow: str) -> str:
    """The node of a flow. Ids of content hold no capitals, so none of these is a word of Mermaid's own."""
    return f"F_{flow}"


def step_id(step: StepId) -> str:
    """The node of a step."""
    return f"F_{step.flow}_S_{step.step}"


def service_id(service: str) -> str:
    """The node of a service."""
    return f"V_{service}"


def _diagram(lines: Iterator[str]) -> str:
    return "\n".join(["flowchart LR", *(f"  {line}" for line in (*_CLASSES, *lines))]) + "\n"


def _fenced(lines: Iterator[str]) -> str:
    return f"```mermaid\n{_diagram(lines)}```"


def _heading(title: str) -> str:
    """A title that stays a title: Markdown and HTML in it are shown and not obeyed."""
    one_line = " ".join(title.split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|~>-])", r"\\\1", one_line)


def _overview(picture: Picture) -> Iterator[str]:
    for flow in picture.flows:
        yield _node(flow_id(flow.id), flow.risk, [flow.title, _findings(flow.marks)])
    for flow in picture.flows:
        for link in flow.links:
            yield f"{flow_id(flow.id)} -->|{label(counted(link.buttons, 'button'))}| {flow_id(link.target)}"


def _flow(flow: DrawnFlow, picture: Picture) -> Iterator[str]:
    for step in flow.steps:
        yield _node(step_id(step.id), step.risk, [*_words(step)])
    elsewhere: dict[StepId, str] = {}
    for step in flow.steps:
        for choice in step.choices:
            words = f"{choice.label}; {small_print(choice)}" if small_print(choice) else choice.label
            yield f"{step_id(step.id)} -->|{label(words)}| {step_id(choice.target)}"
            if choice.elsewhere:
                elsewhere[choice.target] = choice.destination
    for target, destination in elsewhere.items():
        yield f"{step_id(target)}[/{label(f'Other flow: {destination}')}/]:::elsewhere"
    for id_ in dict.fromkeys(service for step in flow.steps for service in step.services):
        yield f"{service_id(id_)}([{label(picture.services[id_].name)}]):::service"
    for step in flow.steps:
        if step.services:
            yield f"{step_id(step.id)} -.- {' & '.join(service_id(id_) for id_ in step.services)}"


def _words(step: DrawnStep) -> Iterator[str]:
    flags = [*(["Start"] if step.start else []), *(["End"] if step.end else [])]
    yield ". ".join([step.title, *flags])
    yield _cut(step.plain)
    yield step.ask
    yield f"Only if {step.when}" if step.when else ""
    for mark in step.marks:
        yield f"{mark.severity.upper()} {mark.code}: {mark.message}"


def _node(id_: str, risk: Risk, lines: list[str]) -> str:
    before, after = _SHAPES[risk]
    words = [f"{RISK_WORDS[risk]}: {lines[0]}", *(line for line in lines[1:] if line)]
    text = "<br/>".join(label(line)[1:-1] for line in words)
    return f'{id_}{before}"{text}"{after}:::{risk}'


def _findings(count: int) -> str:
    return counted(count, "finding") if count else ""


def _cut(text: str, most: int = 90) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[:most].rsplit(" ", 1)[0] + ELLIPSIS
