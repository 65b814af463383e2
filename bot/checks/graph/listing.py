"""The flows in words: every step with its text, buttons and services, as HTML with links between them.

Ids of content hold no hyphen, so ids of the page's own parts hold one: ``service-childline``, ``all-flows``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.checks.graph.markup import NOTHING, Markup, element, joined
from bot.checks.graph.model import DrawnChoice, DrawnFlow, DrawnService, DrawnStep, Mark, Picture
from bot.checks.graph.risk_shapes import RISK_WORDS, sign
from bot.checks.graph.step_words import counted, notes, signpost_words, small_print
from bot.content.model import StepId
from bot.content.schema import Risk
from bot.content.text import Block, Span

ALL_FLOWS: Final = "all-flows"
ALL_SERVICES: Final = "all-services"


class Listing:
    """Writes the list of one picture."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._flows = {flow.id: flow for flow in picture.flows}
        self._steps = {step.id: step for flow in picture.flows for step in flow.steps}

    def articles(self) -> Markup:
        """An overview (of more than one flow), every flow, every service."""
        overview = self._overview() if self.picture.whole else NOTHING
        return joined((overview, *map(self._flow, self.picture.flows), self._services()))

    def _overview(self) -> Markup:
        rows = (
            element(
                "li",
                risk_sign(flow.risk),
                element("a", flow.title, href=f"#{flow.id}"),
                element("span", f" {RISK_WORDS[flow.risk]}. {_audience(flow)}.", class_="soft"),
            )
            for flow in self.picture.flows
        )
        return _article(
            ALL_FLOWS,
            "All flows",
            self._findings(),
            element("ul", *rows, class_="flows"),
            element("p", element("a", "All services", href=f"#{ALL_SERVICES}")),
        )

    def _findings(self) -> Markup:
        marks = [*self.picture.unplaced, *(mark for step in self._steps.values() for mark in step.marks)]
        if not marks:
            return NOTHING
        rows = (element("li", _mark(mark, self._to(mark.step))) for mark in marks)
        return joined((element("h3", counted(len(marks), "finding")), element("ul", *rows, class_="findings")))

    def _flow(self, flow: DrawnFlow) -> Markup:
        links = (
            element("li", self._flow_link(link.target, link.title), f" ({counted(link.buttons, 'button')})")
            for link in flow.links
        )
        return _article(
            flow.id,
            flow.title,
            _risk(flow.risk),
            element("p", f"{_audience(flow)}. {counted(len(flow.steps), 'step')}."),
            NOTHING if self.picture.whole else self._findings(),
            element("details", element("summary", "Leads to other flows"), element("ul", *links))
            if flow.links
            else NOTHING,
            *(self._step(step) for step in flow.steps),
        )

    def _flow_link(self, flow: str, title: str) -> Markup:
        return element("a", title, href=f"#{flow}") if flow in self._flows else element("span", title)

    def _step(self, step: DrawnStep) -> Markup:
        flags = [*(["Start"] if step.start else []), *(["End"] if step.end else [])]
        services = [self._service_link(id_) for id_ in step.services]
        named = [self._service_link(id_) for id_ in step.named]
        return element(
            "section",
            element("h3", step.title, *(element("span", flag, class_="flag") for flag in flags)),
            _risk(step.risk),
            element("p", element("code", str(step.id)), class_="soft"),
            joined(element("p", note, class_="soft") for note in notes(step)),
            element("ul", *(element("li", _mark(mark)) for mark in step.marks), class_="findings")
            if step.marks
            else NOTHING,
            element("div", *self._words(step), class_="words"),
            element("p", step.ask, class_="ask") if step.ask else NOTHING,
            element("ul", *map(self._choice, step.choices), class_="choices") if step.choices else NOTHING,
            _titled(signpost_words(step), services, "services"),
            _titled("Names in its words", named, "services"),
            _titled("Buttons of other flows that lead here", [self._to(id_) for id_ in step.arrivals], "arrivals"),
            id=str(step.id),
            class_=f"step risk-{step.risk}",
            tabindex="-1",
        )

    def _words(self, step: DrawnStep) -> Iterable[Markup]:
        for line in step.lines:
            if line.when:
                yield element("p", f"Only if {line.when}:", class_="soft when")
            yield from (_block(block) for block in line.blocks)

    def _choice(self, choice: DrawnChoice) -> Markup:
        more = small_print(choice)
        words = (
            element("strong", choice.label),
            element(
                "span",
                risk_sign(choice.risk, aria=True),
                f" {'⇢ other flow: ' if choice.elsewhere else '→ '}{choice.destination}{f' ({more})' if more else ''}",
            ),
        )
        css_class = "elsewhere" if choice.elsewhere else None
        if choice.target not in self._steps:
            return element("li", element("span", *words, class_="no-link"), class_=css_class)
        return element("li", element("a", *words, href=f"#{choice.target}"), class_=css_class)

    def _to(self, step: StepId) -> Markup:
        """A link to a step, or its name where it is not on this page."""
        drawn = self._steps.get(step)
        if drawn is None:
            return element("span", ": ".join(part for part in step if part))
        return element("a", self._full_title(drawn), href=f"#{step}")

    def _full_title(self, step: DrawnStep) -> str:
        return f"{self._flows[step.id.flow].title}: {step.title}"

    def _service_link(self, id_: str) -> Markup:
        return element("a", self.picture.services[id_].name, href=f"#service-{id_}")

    def _services(self) -> Markup:
        services = sorted(self.picture.services.values(), key=lambda service: service.name.casefold())
        return _article(ALL_SERVICES, "All services", *map(self._service, services))

    def _service(self, service: DrawnService) -> Markup:
        unused = not (service.shown_on or service.named_on or service.listens)
        return element(
            "section",
            element("h3", service.name),
            element("p", f"{str(service.kind).capitalize()}. {service.description}"),
            element("p", "Not active: it is never shown.", class_="soft") if not service.active else NOTHING,
            element("p", "Stands in where none of a step's services answers at that hour.")
            if service.listens
            else NOTHING,
            element("p", "No step shows or names it.", class_="soft") if unused else NOTHING,
            _titled("May be shown on", [self._to(id_) for id_ in service.shown_on], "arrivals"),
            _titled("Named in the words of", [self._to(id_) for id_ in service.named_on], "arrivals"),
            id=f"service-{service.id}",
            class_="step service",
            tabindex="-1",
        )


def risk_sign(risk: Risk, *, aria: bool = False) -> Markup:
    """The sign of a risk as a small picture; ``aria`` lets screen readers say its name."""
    name = RISK_WORDS[risk] if aria else None
    return element(
        "svg",
        sign(risk, 0.0, 0.0),
        viewBox="0 0 16 16",
        class_="risk-sign picture",
        role="img" if aria else None,
        aria_label=name,
        aria_hidden=None if aria else "true",
    )


def _article(id_: str, title: str, *inside: Markup) -> Markup:
    return element("article", element("h2", title, tabindex="-1"), *inside, id=id_)


def _audience(flow: DrawnFlow) -> str:
    return f"For: {', '.join(flow.audience)}" if flow.audience else "For everyone"


def _risk(risk: Risk) -> Markup:
    return element("p", risk_sign(risk), f" {RISK_WORDS[risk]}", class_=f"risk risk-{risk}")


def _mark(mark: Mark, place: Markup = NOTHING) -> Markup:
    code = element("strong", f"{mark.severity.capitalize()} {mark.code}")
    where = element("span", " At: ", place) if place else NOTHING
    kind = "error" if mark.severity == "error" else "warning"
    return element("span", code, f": {mark.message}", where, class_=kind)


def _titled(title: str, items: list[Markup], css_class: str) -> Markup:
    if not items:
        return NOTHING
    rows = (element("li", item) for item in items)
    return joined((element("p", f"{title}:", class_="soft"), element("ul", *rows, class_=css_class)))


def _block(block: Block) -> Markup:
    lines = [joined(_span(span) for span in line) for line in block.lines]
    if block.bullets:
        return element("ul", *(element("li", line) for line in lines))
    return joined(element("p", line) for line in lines)


def _span(span: Span) -> Markup:
    """Addresses stay text: the page leads nowhere outside itself."""
    return element("strong", span.text) if span.bold else element("span", span.text)
