"""What the pictures show, in the words they show it in; made from content by `bot.checks.graph.collect`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.model import StepId
from bot.content.schema import Risk
from bot.content.service_schema import Kind
from bot.content.text import Block


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding to show on its step. ``severity`` is ``error`` or ``warning``.

    A finding about a flow or about everything has a step that does not exist, such as ``StepId("menu", "")``.
    """

    step: StepId
    code: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A part of a step's text. ``when`` says in words for whom it shows; empty means for everyone."""

    blocks: tuple[Block, ...]
    when: str = ""

    @property
    def plain(self) -> str:
        """The words alone."""
        return "\n".join(block.plain for block in self.blocks)


@dataclass(frozen=True, slots=True)
class DrawnChoice:
    """A button. ``destination`` and ``risk`` say where it leads, ``elsewhere`` that this is in another flow."""

    label: str
    target: StepId
    destination: str
    risk: Risk
    elsewhere: bool
    answers: tuple[str, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class DrawnService:
    """A service. ``shown_on`` are the steps whose signpost may show it, ``named_on`` those whose words name it.

    ``listens`` ones stand in wherever none of a step's services answers at that hour.
    """

    id: str
    name: str
    kind: Kind
    description: str
    active: bool
    listens: bool
    shown_on: tuple[StepId, ...]
    named_on: tuple[StepId, ...]


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """One screen. ``services`` (ids) are all that its signpost may show, of which it shows ``at_most`` at a time.

    ``typed`` are the intents whose phrases lead here, ``arrivals`` the steps of other flows with a button to here.
    """

    id: StepId
    title: str
    risk: Risk
    start: bool
    end: bool
    lines: tuple[DrawnLine, ...]
    ask: str
    choices: tuple[DrawnChoice, ...]
    services: tuple[str, ...]
    at_most: int
    named: tuple[str, ...]
    when: str
    typed: tuple[str, ...]
    arrivals: tuple[StepId, ...]
    marks: tuple[Mark, ...]

    @property
    def plain(self) -> str:
        """All its words before the buttons."""
        return "\n".join(line.plain for line in self.lines)


@dataclass(frozen=True, slots=True)
class FlowLink:
    """So many ``buttons`` of a flow lead to another one, the flow ``target``."""

    target: str
    title: str
    risk: Risk
    buttons: int


@dataclass(frozen=True, slots=True)
class DrawnFlow:
    """One flow. ``audience`` are labels of the answer *who*; empty means everyone. ``links`` as first met."""

    id: str
    title: str
    risk: Risk
    audience: tuple[str, ...]
    steps: tuple[DrawnStep, ...]
    links: tuple[FlowLink, ...]

    @property
    def marks(self) -> int:
        """How many findings stand on its steps."""
        return sum(len(step.marks) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything there is to draw. ``unplaced`` are findings on no step that is drawn.

    ``whole`` is false where only one flow of the content was asked for; buttons may then lead to what is not here.
    """

    flows: tuple[DrawnFlow, ...]
    services: Mapping[str, DrawnService]
    unplaced: tuple[Mark, ...]
    whole: bool
    fingerprint: str
    language: str
    brand: str
