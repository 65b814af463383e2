"""One flow file with every name in it resolved: targets, answers, services, facts in texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.content import flow_schema, service_schema
from bot.content.document import Document
from bot.content.errors import Problem, nearest
from bot.content.model import WHO, Answer, Choice, Clause, Flow, Line, Signpost, Step, StepId, When
from bot.content.text import MarkupError, Reference, Template, parse

UNKNOWN = "unknown"
"""The value, in a `when`, of a question not yet answered."""


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of the whole content, to resolve references against."""

    flows: Mapping[str, frozenset[str]]
    starts: Mapping[str, str]
    services: Mapping[str, service_schema.WrittenService]
    topics: frozenset[str]
    answers: Mapping[str, Answer]
    deployment: frozenset[str]
    lost_steps: Mapping[str, Path]
    """Steps that a later pack's file of the flow does not have, and that file."""

    def target(self, go: str, flow: str | None) -> StepId | None:
        """The step that ``go`` names from inside ``flow`` (None: from outside any); None where there is none."""
        if flow is not None and go in self.flows[flow]:
            return StepId(flow, go)
        if go in self.flows:
            return StepId(go, self.starts[go])
        other, _, step = go.partition(".")
        if step and step in self.flows.get(other, ()):
            return StepId(other, step)
        return None

    def target_hint(self, go: str, flow: str | None) -> str:
        """What an author may have meant by a ``go`` that leads nowhere."""
        other, dot, step = go.partition(".")
        if file := self.lost_steps.get(go if dot else f"{flow}.{go}"):
            named = other if dot else flow
            return (
                f"{file} has `{named}` without it. If that begins with `change: {named}`, what it does not name stays."
            )
        if dot and other in self.flows:
            hint = nearest(step, self.flows[other])
            return hint.replace("`", f"`{other}.", 1) if hint.startswith("Did") else hint
        here = self.flows[flow] if flow is not None else frozenset()
        return nearest(go, [*here, *self.flows]) or "Expected a step, `flow.step`, a flow, or `menu`."

    def fact_complaint(self, reference: Reference) -> tuple[str, str] | None:
        """What is wrong with a fact named in a text: a message and a hint; `None` if nothing."""
        if not reference.contact and reference.service in self.deployment:
            return None
        service = self.services.get(reference.service)
        if service is None:
            hint = nearest(reference.service, self.services)
            return f"{{{reference.name}}} names no service", hint or "Names stand in resources.yaml."
        contacts = service.contact_ids
        if reference.contact and reference.contact not in contacts:
            hint = nearest(reference.contact, contacts) or f"`{reference.service}` has no contacts."
            return f"{{{reference.name}}} names no contact of `{reference.service}`", hint
        return None


class FlowCompiler:
    """Compiles one flow; mistakes gather in ``problems`` and compilation goes on past them."""

    def __init__(self, written: flow_schema.WrittenFlow, document: Document, names: Names) -> None:
        self.written = written
        self.document = document
        self.names = names
        self.problems: list[Problem] = []
        self.dropped: set[StepId] = set()
        """Where the choices led that are left out because a value they depend on is retired."""

    def compile(self) -> tuple[Flow, tuple[Step, ...]]:
        """The flow and its steps. Only to be used when ``problems`` is empty afterwards."""
        written = self.written
        answers = self.names.answers
        who = {value.id for value in answers[WHO].values} | answers[WHO].retired if WHO in answers else set()
        for index, audience in enumerate(written.audience):
            if audience not in who:
                self._wrong(f"`{audience}` is no value of `who`", "for", index, hint=nearest(audience, who))
        if written.start not in written.steps:
            hint = nearest(written.start, written.steps)
            self._wrong(f"the start `{written.start}` is no step of this flow", "start", hint=hint)
        steps = tuple(self._step(id_, step) for id_, step in written.steps.items())
        flow = Flow(
            id=written.flow,
            title=written.title,
            title_place=self.document.place("title"),
            audience=tuple(role for role in written.audience if role not in self._retired(WHO)),
            risk=written.risk,
            start=StepId(written.flow, written.start),
            steps=tuple(step.id for step in steps),
            place=self.document.place("flow"),
        )
        return flow, steps

    def _step(self, id_: str, step: flow_schema.WrittenStep) -> Step:
        path = ("steps", id_)
        if id_ in self.names.flows:
            message = f"the step `{id_}` bears the name of a flow, so `go: {id_}` could mean either"
            self._wrong(message, *path, hint="Rename the step.", key=True)
        if step.end and step.choices:
            self._wrong("a step with `end: true` has choices", *path, "end", hint="Remove one of the two.")
        if not step.end and not step.choices:
            hint = "Add `choices:`, or `end: true` where the flow ends."
            self._wrong(f"the step `{id_}` leads nowhere", *path, hint=hint, key=True)
        if step.ask and not step.choices:
            self._wrong("a question without choices", *path, "ask", hint="Add `choices:`.")
        return Step(
            id=StepId(self.written.flow, id_),
            say=tuple(self._lines(step, path)),
            ask=self._template(step.ask, *path, "ask") if step.ask else None,
            ask_place=self.document.place(*path, "ask"),
            choices=tuple(self._choices(step, path)),
            signpost=self._signpost(step.signpost, *path, "signpost") if step.signpost else None,
            risk=step.risk or self.written.risk,
            when=self._when(step.when, *path, "when"),
            end=step.end,
            place=self.document.place(*path, key=True),
        )

    def _lines(self, step: flow_schema.WrittenStep, path: tuple[str, str]) -> Iterator[Line]:
        for index, line in enumerate(step.say):
            where = (*path, "say", index)
            template = self._template(line.text, *where)
            when = self._when(line.when, *where, "when")
            if not self._never(line.when):
                yield Line(template, when, self.document.place(*where))

    def _retired(self, answer: str) -> frozenset[str]:
        return self.names.answers[answer].retired if answer in self.names.answers else frozenset()

    def _never(self, when: flow_schema.When) -> bool:
        """Whether it depends on values that are all retired."""
        return any(
            not condition.negated and self._retired(answer).issuperset(condition.values)
            for answer, condition in when.items()
        )

    def _choices(self, step: flow_schema.WrittenStep, path: tuple[str, str]) -> Iterator[Choice]:
        for index, choice in enumerate(step.choices):
            where = (*path, "choices", index)
            target = self.names.target(choice.go, self.written.flow)
            if target is None:
                hint = self.names.target_hint(choice.go, self.written.flow)
                self._wrong(f"`{choice.go}` leads nowhere", *where, "go", hint=hint)
            answers: dict[int, int] = {}
            for answer_id, value in choice.set.items():
                if code := self._value_code(answer_id, value, *where, "set", answer_id):
                    answers[code[0]] = code[1]
            gone = any(value in self._retired(answer_id) for answer_id, value in choice.set.items())
            if gone or self._never(choice.when):
                self.dropped |= {target} if target else set()
                continue
            yield Choice(
                label=choice.label,
                target=target or StepId(self.written.flow, self.written.start),
                answers=tuple(sorted(answers.items())),
                when=self._when(choice.when, *where, "when"),
                place=self.document.place(*where),
            )

    def _signpost(self, signpost: flow_schema.WrittenSignpost, *path: str | int) -> Signpost:
        if (signpost.topic is None) == (not signpost.services):
            self._wrong("a signpost needs either `topic` or `services`", *path, key=True)
        if signpost.topic is not None and signpost.topic not in self.names.topics:
            hint = nearest(signpost.topic, self.names.topics)
            self._wrong(f"no service has the topic `{signpost.topic}`", *path, "topic", hint=hint)
        for key, ids in (("services", signpost.services), ("always", signpost.always)):
            for index, service in enumerate(ids):
                if service not in self.names.services:
                    hint = nearest(service, self.names.services)
                    self._wrong(f"`{service}` is no service", *path, key, index, hint=hint)
                elif service in ids[:index]:
                    self._wrong(f"`{service}` stands here twice", *path, key, index, hint="Remove one of them.")
        return Signpost(signpost.topic, signpost.services, signpost.always, signpost.at_most)

    def _when(self, when: flow_schema.When, *path: str | int) -> When:
        clauses: list[Clause] = []
        for answer_id, condition in when.items():
            codes: set[int] = set()
            for value in condition.values:
                if value == UNKNOWN:
                    codes.add(0)
                elif code := self._value_code(answer_id, value, *path, answer_id):
                    codes.add(code[1])
            answer = self.names.answers.get(answer_id)
            if codes or not condition.negated:  # "not one of none" always holds
                clauses.append(Clause(answer.code if answer else 0, frozenset(codes), condition.negated))
        return tuple(clauses)

    def _value_code(self, answer_id: str, value_id: str, *path: str | int) -> tuple[int, int] | None:
        answer = self.names.answers.get(answer_id)
        if answer is None:
            hint = nearest(answer_id, self.names.answers)
            self._wrong(f"`{answer_id}` is no answer", *path, hint=hint, key=True)
            return None
        values = MappingProxyType({value.id: value.code for value in answer.values})
        if value_id in answer.retired:
            return None
        if value_id not in values:
            self._wrong(f"`{answer_id}` has no value `{value_id}`", *path, hint=nearest(value_id, values))
            return None
        return answer.code, values[value_id]

    def _template(self, text: str, *path: str | int) -> Template:
        try:
            template = parse(text)
        except MarkupError as error:
            self._wrong(str(error), *path)
            return Template(())
        for reference in template.references:
            if complaint := self.names.fact_complaint(reference):
                self._wrong(complaint[0], *path, hint=complaint[1])
        return template

    def _wrong(self, message: str, *path: str | int, hint: str = "", key: bool = False) -> None:
        self.problems.append(self.document.problem(message, *path, hint=hint, key=key))
