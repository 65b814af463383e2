"""From content to what the pictures show."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.checks.graph.conditions import answer_words, condition_words
from bot.checks.graph.model import DrawnChoice, DrawnFlow, DrawnLine, DrawnService, DrawnStep, FlowLink, Mark, Picture
from bot.checks.graph.shown_services import ShownServices
from bot.content.model import Choice, Content, Flow, Step, StepId
from bot.content.service_schema import Status
from bot.content.text import Reference, Span, Template
from bot.dialogue.facts import Deployment, Facts
from bot.dialogue.places import MENU

_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")


def collect(content: Content, deployment: Deployment, marks: Iterable[Mark] = ()) -> Picture:
    """Everything that the content holds, with ``marks`` on their steps."""
    return _Collector(content, deployment, tuple(marks)).picture()


def only(picture: Picture, flow: str) -> Picture:
    """One flow of it, with the services that may be shown or are named there."""
    flows = tuple(drawn for drawn in picture.flows if drawn.id == flow)
    used = {service for drawn in flows for step in drawn.steps for service in (*step.services, *step.named)}
    services = {
        id_: _inside(service, flow) for id_, service in picture.services.items() if id_ in used or service.listens
    }
    unplaced = tuple(mark for mark in picture.unplaced if mark.step.flow == flow)
    return replace(picture, flows=flows, services=services, unplaced=unplaced, whole=False)


def step_title(step: str, abbreviations: Collection[str] = ()) -> str:
    """A step's id as words: ``friends_know`` is *Friends know*, ``outside_uk`` with ``UK`` known *Outside UK*."""
    spoken = (word.upper() if word.upper() in abbreviations else word for word in step.split("_"))
    title = " ".join(word for word in spoken if word)
    return title[:1].upper() + title[1:]


def _inside(service: DrawnService, flow: str) -> DrawnService:
    shown, named = ((*filter(lambda id_: id_.flow == flow, ids),) for ids in (service.shown_on, service.named_on))
    return replace(service, shown_on=shown, named_on=named)


def _abbreviations(content: Content) -> Iterator[str]:
    """Words that the authors' buttons and the services' names write in capitals, and never in small letters."""
    written = [choice.label for step in content.steps.values() for choice in step.choices]
    written += [service.facts.name for service in content.services.values()]
    small = {word.lower() for text in written for word in text.split() if not word.isupper()}
    yield from (word for text in written for word in _CAPITALS.findall(text) if word.lower() not in small)


def _in_reading_order(flows: Sequence[DrawnFlow]) -> tuple[DrawnFlow, ...]:
    """The menu, then what it leads to in the order of its buttons, then the rest."""
    by_id = {flow.id: flow for flow in flows}
    waiting = deque([*((MENU,) if MENU in by_id else ()), *by_id])
    order: dict[str, DrawnFlow] = {}
    while waiting:
        flow = by_id[waiting.popleft()]
        if flow.id not in order:
            order[flow.id] = flow
            if flow.id == MENU:
                waiting.extendleft(link.target for link in reversed(flow.links))
    return tuple(order.values())


class _Collector:
    def __init__(self, content: Content, deployment: Deployment, marks: tuple[Mark, ...]) -> None:
        self._content = content
        self._facts = Facts(content, deployment)
        self._brand = deployment.brand
        self._marks = marks
        self._shown = ShownServices(content)
        self._abbreviations = frozenset(_abbreviations(content))
        self._typed: dict[StepId, dict[str, None]] = {}
        self._arrivals: dict[StepId, dict[StepId, None]] = {}
        for intents in content.intents.values():
            for intent in intents:
                self._typed.setdefault(intent.target, {})[intent.id] = None
        for step in content.steps.values():
            for choice in step.choices:
                if choice.target.flow != step.id.flow:
                    self._arrivals.setdefault(choice.target, {})[step.id] = None

    def picture(self) -> Picture:
        content = self._content
        flows = _in_reading_order([self._flow(flow) for flow in content.flows.values()])
        return Picture(
            flows=flows,
            services=dict(self._services(flows)),
            unplaced=tuple(mark for mark in self._marks if mark.step not in content.steps),
            whole=True,
            fingerprint=content.fingerprint,
            language=content.default_language,
            brand=self._brand,
        )

    def _flow(self, flow: Flow) -> DrawnFlow:
        who = {value.id: value.label for value in self._content.answers["who"].values}
        steps = tuple(self._content.steps[id_] for id_ in flow.steps)
        return DrawnFlow(
            id=flow.id,
            title=flow.title,
            risk=flow.risk,
            audience=tuple(who.get(id_, id_) for id_ in flow.audience),
            steps=tuple(self._step(step, flow) for step in steps),
            links=tuple(self._links(flow, steps)),
        )

    def _links(self, flow: Flow, steps: Iterable[Step]) -> Iterator[FlowLink]:
        buttons = Counter(choice.target.flow for step in steps for choice in step.choices)
        for target, count in buttons.items():
            if target != flow.id:
                other = self._content.flows[target]
                yield FlowLink(target, other.title, other.risk, count)

    def _step(self, step: Step, flow: Flow) -> DrawnStep:
        return DrawnStep(
            id=step.id,
            title=self._title(step.id),
            risk=step.risk,
            start=step.id == flow.start,
            end=step.end,
            lines=tuple(
                DrawnLine(line.template.fill(self._fact), condition_words(line.when, self._content))
                for line in step.say
            ),
            ask=self._plain(step.ask) if step.ask else "",
            choices=tuple(self._choice(choice, step) for choice in step.choices),
            services=self._shown.at(step),
            at_most=step.signpost.at_most if step.signpost else 0,
            named=tuple(self._named(step)),
            when=condition_words(step.when, self._content),
            typed=tuple(self._typed.get(step.id, ())),
            arrivals=tuple(self._arrivals.get(step.id, ())),
            marks=tuple(mark for mark in self._marks if mark.step == step.id),
        )

    def _choice(self, choice: Choice, step: Step) -> DrawnChoice:
        elsewhere = choice.target.flow != step.id.flow
        return DrawnChoice(
            label=choice.label,
            target=choice.target,
            destination=self._destination(choice.target) if elsewhere else self._title(choice.target),
            risk=self._content.steps[choice.target].risk,
            elsewhere=elsewhere,
            answers=answer_words(choice, self._content),
            when=condition_words(choice.when, self._content),
        )

    def _destination(self, target: StepId) -> str:
        flow = self._content.flows[target.flow]
        return flow.title if target == flow.start else f"{flow.title}: {self._title(target)}"

    def _title(self, step: StepId) -> str:
        return step_title(step.step, self._abbreviations)

    def _named(self, step: Step) -> Iterator[str]:
        """Services that the words of a step name, each once."""
        templates = [*(line.template for line in step.say), *((step.ask,) if step.ask else ())]
        names = dict.fromkeys(reference.service for template in templates for reference in template.references)
        yield from (name for name in names if name in self._content.services)

    def _services(self, flows: tuple[DrawnFlow, ...]) -> Iterator[tuple[str, DrawnService]]:
        shown: dict[str, list[StepId]] = {}
        named: dict[str, list[StepId]] = {}
        for step in (step for flow in flows for step in flow.steps):
            for service in step.services:
                shown.setdefault(service, []).append(step.id)
            for service in step.named:
                named.setdefault(service, []).append(step.id)
        for id_, written in self._content.services.items():
            facts = written.facts
            yield (
                id_,
                DrawnService(
                    id=id_,
                    name=facts.name,
                    kind=facts.kind,
                    description=facts.description,
                    active=facts.status is Status.ACTIVE,
                    listens=id_ in self._content.when_nobody_answers,
                    shown_on=tuple(shown.get(id_, ())),
                    named_on=tuple(named.get(id_, ())),
                ),
            )

    def _plain(self, template: Template) -> str:
        return "\n".join(block.plain for block in template.fill(self._fact))

    def _fact(self, reference: Reference) -> Span:
        return self._facts.span(reference, self._content.default_language)
