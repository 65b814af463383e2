"""All files of all packs together: names resolved, ids proven distinct, everything immutable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from bot.content import flow_schema, phrases_file, service_schema, shared_schema, words_file
from bot.content.acceptances import acceptances
from bot.content.compile_flow import FlowCompiler, Names
from bot.content.compile_service import check_service
from bot.content.document import Document
from bot.content.editions import with_translations
from bot.content.errors import Place, Problem, nearest
from bot.content.identity import flow_hash, step_hash
from bot.content.model import (
    AGE,
    NATION,
    OUTSIDE,
    WHO,
    Answer,
    Content,
    Flow,
    Language,
    Service,
    Step,
    StepId,
    Value,
)
from bot.content.moves import moves
from bot.content.phrases import WrittenPhrases, phrase_books
from bot.content.po_file import PoFile
from bot.content.retired import without_dead_ends_of
from bot.content.shared_texts import SHARED_TEXTS
from bot.content.text import MarkupError, parse
from bot.content.word_lists import WrittenWords, words_that_harm
from bot.content.written import Written

BUILT_IN_FLOWS = ("leave", "language")
"""Screens of the engine's own, which tokens name like flows."""

FEWEST_VALUES = 2
"""An answer with one value would be none."""

REQUIRED_FLOWS = ("menu", "emergency")

DEPLOYMENT_FACTS = frozenset({"brand", "feedback_contact"})
"""Facts that come from the settings and may stand in texts like services."""


@dataclass(slots=True)
class Parts:
    """What the files of all packs hold, by id, later packs overriding earlier ones."""

    only_shown: bool = False
    """Whether only what people are shown is wanted, and neither places nor what checks alone ask for."""
    packs: list[Path] = field(default_factory=list)
    """Their folders, in order."""
    flows: dict[str, Written] = field(default_factory=dict)
    lost_steps: dict[str, Path] = field(default_factory=dict)
    """Steps (`flow.step`) that a later pack's file of the same flow does not have, and that file."""
    services: dict[str, tuple[service_schema.WrittenService, Document]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    """Services that a later pack took away, which flows of earlier packs may name."""
    answers: dict[str, tuple[shared_schema.WrittenAnswer, Document]] = field(default_factory=dict)
    texts: dict[str, dict[str, tuple[str, Document]]] = field(default_factory=dict)
    language_names: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, WrittenPhrases] = field(default_factory=dict)
    when_nobody_answers: tuple[str, ...] = ()
    words: dict[str, WrittenWords] = field(default_factory=dict)
    locales: dict[str, list[PoFile]] = field(default_factory=dict)
    """Language → its PO files, one a pack."""
    holidays: shared_schema.HolidaysFile | None = None
    holidays_document: Document | None = None
    problems: list[Problem] = field(default_factory=list)

    def add_flow(self, written: Written) -> None:
        model: flow_schema.WrittenFlow = written.model
        document = written.document
        if model.flow != document.path.stem:
            message = f"the flow `{model.flow}` stands in a file named {document.path.name}"
            hint = f"Name the file {model.flow}.yaml, or the flow `{document.path.stem}`."
            self.problems.append(document.problem(message, "flow", hint=hint))
        if model.flow in BUILT_IN_FLOWS:
            message = f"`{model.flow}` is a name of the engine's own"
            self.problems.append(document.problem(message, "flow", hint="Choose another id."))
        if earlier := self.flows.get(model.flow):
            lost = earlier.model.steps.keys() - model.steps.keys()
            self.lost_steps |= {f"{model.flow}.{step}": document.path for step in lost}
        self.flows[model.flow] = written

    def add_resources(self, written: Written) -> None:
        model: service_schema.ResourcesFile = written.model
        for index, id_ in enumerate(model.remove):
            if id_ not in self.services:
                hint = nearest(id_, self.services)
                message = f"there is no service `{id_}` to remove"
                self.problems.append(written.document.problem(message, "remove", index, hint=hint))
                continue
            self.leave_out(id_)
        self.services |= {id_: (service, written.document) for id_, service in model.services.items()}
        self.left_out -= model.services.keys()
        self.when_nobody_answers = model.when_nobody_answers or self.when_nobody_answers
        for index, id_ in enumerate(model.when_nobody_answers):
            if id_ not in self.services:
                hint = nearest(id_, self.services)
                problem = written.document.problem(f"`{id_}` is no service", "when_nobody_answers", index, hint=hint)
                self.problems.append(problem)

    def leave_out(self, id_: str) -> None:
        """The service stays, since flows of earlier packs may name it, but is never shown."""
        service, document = self.services[id_]
        self.services[id_] = service.model_copy(update={"status": service_schema.Status.CLOSED}), document
        self.left_out.add(id_)

    def add_answers(self, written: Written) -> None:
        model: shared_schema.AnswersFile = written.model
        self.answers |= {id_: (answer, written.document) for id_, answer in model.answers.items()}
        for id_, values in model.remove.items():
            if id_ in self.answers:
                self.answers[id_] = self._without(id_, values, written.document)
            else:
                message, hint = f"there is no answer `{id_}`", nearest(id_, self.answers)
                self.problems.append(written.document.problem(message, "remove", id_, hint=hint, key=True))

    def _without(
        self, id_: str, values: Sequence[str], remover: Document
    ) -> tuple[shared_schema.WrittenAnswer, Document]:
        answer, document = self.answers[id_]
        for index, value in enumerate(values):
            if value not in answer.values:
                message, hint = f"`{id_}` has no value `{value}`", nearest(value, answer.values)
                self.problems.append(remover.problem(message, "remove", id_, index, hint=hint))
            elif len(answer.values) <= FEWEST_VALUES:
                hint = f"Keep at least {FEWEST_VALUES} of them."
                self.problems.append(remover.problem(f"too few values of `{id_}` are left", "remove", id_, hint=hint))
            else:
                kept = {name: one for name, one in answer.values.items() if name != value}
                retired = answer.retired | {value: answer.values[value].code}
                answer = answer.model_copy(update={"values": kept, "retired": retired})
        return answer, document

    def add_texts(self, written: Written) -> None:
        model: shared_schema.TextsFile = written.model
        self.language_names[model.language] = model.language_name
        texts = self.texts.setdefault(model.language, {})
        texts |= {key: (text, written.document) for key, text in model.texts.items()}

    def add_holidays(self, written: Written) -> None:
        self.holidays = written.model
        self.holidays_document = written.document

    def add_words(self, written: Written) -> None:
        model: words_file.WordsFile = written.model
        self.words.setdefault(model.language, WrittenWords()).add(model, written.document)

    def add_phrases(self, written: Written) -> None:
        model: phrases_file.PhrasesFile = written.model
        document = written.document.bare() if self.only_shown else written.document
        self.phrases.setdefault(model.language, WrittenPhrases()).add(model, document)


def assemble(
    parts: Parts,
    fingerprint: str,
    default_language: str,
    offered: Sequence[str],
    hours_complaint: Callable[[str], str | None],
) -> Content | None:
    """Cross-check and compile. Mistakes are added to ``parts.problems``; `None` where nothing could be built."""
    content = _without_translations(parts, fingerprint, default_language, hours_complaint)
    return with_translations(content, parts.locales, offered, parts.problems) if content is not None else None


def services_as_met(parts: Parts) -> dict[str, Service]:
    """Every service by its id, those marked that a pack left out, itself or with everybody whom they serve."""
    _close_what_serves_nobody(parts, _answers(parts))
    return _services(parts)


def _services(parts: Parts) -> dict[str, Service]:
    return {
        id_: Service(
            id_,
            service,
            document.place("services", id_, key=True),
            document.bare() if parts.only_shown else document,
            id_ in parts.left_out,
        )
        for id_, (service, document) in parts.services.items()
    }


def _without_translations(
    parts: Parts, fingerprint: str, default_language: str, hours_complaint: Callable[[str], str | None]
) -> Content | None:
    answers = _answers(parts)
    _close_what_serves_nobody(parts, answers)
    _check_presence(parts)
    _check_holidays(parts, answers)
    names = Names(
        flows={
            **{id_: frozenset((id_,)) for id_ in BUILT_IN_FLOWS},
            **{id_: frozenset(written.model.steps) for id_, written in parts.flows.items()},
        },
        starts={
            **{id_: id_ for id_ in BUILT_IN_FLOWS},
            **{id_: written.model.start for id_, written in parts.flows.items()},
        },
        services={id_: service for id_, (service, _) in parts.services.items()},
        topics=frozenset(topic for service, _ in parts.services.values() for topic in service.topics),
        answers=answers,
        deployment=DEPLOYMENT_FACTS,
        lost_steps=parts.lost_steps,
    )
    for id_, (service, document) in parts.services.items():
        parts.problems.extend(check_service(id_, service, document, names, hours_complaint))
    flows: dict[str, Flow] = {}
    steps: dict[StepId, Step] = {}
    dropped: set[StepId] = set()
    for written in parts.flows.values():
        compiler = FlowCompiler(written.model, written.document, names)
        flow, flow_steps = compiler.compile()
        parts.problems.extend(compiler.problems)
        flows[flow.id] = flow
        steps |= {step.id: step for step in flow_steps}
        dropped |= compiler.dropped
    languages = _languages(parts, names)
    books = phrase_books(parts.phrases, names, parts.problems, only_shown=parts.only_shown)
    words = words_that_harm(parts.words, parts.problems)
    parts.phrases.clear()  # half of what was read, and no longer wanted
    parts.words.clear()
    moved = moves(parts.flows, names, parts.problems)
    if dropped and not parts.problems:
        entered = {intent.target for book in books.values() for intent in book.intents} | set(moved.values())
        flows, steps = without_dead_ends_of(dropped, flows, steps, entered)
    _check_collisions(parts, flows, steps, moved)
    if parts.problems or parts.holidays is None or parts.holidays_document is None:
        return None
    holidays = parts.holidays
    return Content(
        flows=MappingProxyType(flows),
        steps=MappingProxyType(steps),
        services=MappingProxyType(_services(parts)),
        when_nobody_answers=parts.when_nobody_answers,
        answers=MappingProxyType(answers),
        languages=MappingProxyType(languages),
        own_language=default_language if default_language in languages else next(iter(languages)),
        default_language=default_language,
        translations=MappingProxyType({}),
        editions=MappingProxyType({}),
        holidays=MappingProxyType(
            {nation: frozenset(holiday.date for holiday in days) for nation, days in holidays.nations.items()}
        ),
        holiday_years=(holidays.years.first, holidays.years.last),
        holidays_place=parts.holidays_document.place("years", key=True),
        intents=MappingProxyType({language: book.intents for language, book in books.items()}),
        phrase_books=books,
        acceptances=tuple(acceptances(parts.flows, parts.services)),
        words=words,
        fingerprint=fingerprint,
        packs=tuple(parts.packs),
        flows_by_hash=MappingProxyType({flow_hash(id_): id_ for id_ in (*flows, *BUILT_IN_FLOWS)}),
        steps_by_hash=MappingProxyType(
            {step_hash(step.flow, step.step): step for step in (*steps, *(StepId(id_, id_) for id_ in BUILT_IN_FLOWS))}
        ),
        moved_by_hash=MappingProxyType({step_hash(old.flow, old.step): new for old, new in moved.items()}),
        answers_by_code=MappingProxyType({answer.code: answer for answer in answers.values()}),
    )


def _close_what_serves_nobody(parts: Parts, answers: Mapping[str, Answer]) -> None:
    """A service for retired nations or roles alone is left out."""
    nations = answers[NATION].retired if NATION in answers else frozenset()
    roles = answers[WHO].retired if WHO in answers else frozenset()
    for id_, (service, _) in parts.services.items():
        who = {role for group in service.eligibility for role in group.who}
        if nations.issuperset(service.nations) or roles.issuperset(who):
            parts.leave_out(id_)


def _check_presence(parts: Parts) -> None:
    missing = [f"flows/{flow}.yaml" for flow in REQUIRED_FLOWS if flow not in parts.flows]
    if not parts.services:
        missing.append("resources.yaml")
    if parts.holidays is None:
        missing.append("flows/shared/bank_holidays.yaml")
    if not parts.texts:
        missing.append("flows/shared/texts.yaml")
    missing += [
        f"the answer `{answer}` in flows/shared/answers.yaml"
        for answer in (WHO, AGE, NATION)
        if answer not in parts.answers
    ]
    for what in missing:
        parts.problems.append(
            Problem(
                Place(Path(what)),
                "missing: the engine cannot do without it",
                "Add it, or load it from `base`.",
            )
        )


def _check_holidays(parts: Parts, answers: Mapping[str, Answer]) -> None:
    """Each nation of the United Kingdom has its table, if only an empty one: opening hours ask for it."""
    if parts.holidays is None or parts.holidays_document is None or NATION not in answers:
        return
    nations = {value.id for value in answers[NATION].values} - {OUTSIDE}
    problem = parts.holidays_document.problem
    for nation in sorted(parts.holidays.nations.keys() - nations - answers[NATION].retired):
        hint = nearest(nation, nations)
        parts.problems.append(problem(f"`{nation}` is no nation", "nations", nation, hint=hint, key=True))
    for nation in sorted(nations - parts.holidays.nations.keys()):
        message = f"the public holidays of `{nation}` are missing"
        parts.problems.append(problem(message, "nations", hint=f"Add `{nation}:` and its days here.", key=True))


def _answers(parts: Parts) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    codes: dict[int, str] = {}
    for id_, (written, document) in parts.answers.items():
        if written.code in codes:
            message = f"`{id_}` has the code {written.code}, which belongs to `{codes[written.code]}`"
            parts.problems.append(document.problem(message, "answers", id_, "code", hint="Give it a code of its own."))
        codes[written.code] = id_
        taken = {code: f"the retired `{value}`" for value, code in written.retired.items()}
        values: list[Value] = []
        for value_id, value in written.values.items():
            path = ("answers", id_, "values", value_id)
            if value.code in taken:
                message = f"`{value_id}` has the code {value.code}, which belongs to {taken[value.code]}"
                parts.problems.append(document.problem(message, *path, "code", hint="Codes are never used again."))
            taken[value.code] = f"`{value_id}`"
            for other, narrowed in value.assume.items():
                known = parts.answers[other][0].values if other in parts.answers else {}
                retired = parts.answers[other][0].retired if other in parts.answers else {}
                for wrong in [name for name in narrowed if name not in known and name not in retired]:
                    hint = nearest(wrong, known)
                    parts.problems.append(
                        document.problem(f"`{other}` has no value `{wrong}`", *path, "assume", other, hint=hint)
                    )
            assume = {
                other: frozenset(
                    name for name in narrowed if other not in parts.answers or name in parts.answers[other][0].values
                )
                for other, narrowed in value.assume.items()
            }
            place = document.place(*path, "label")
            values.append(Value(value_id, value.code, value.label, assume, value.youngest, value.oldest, place))
        asked = document.place("answers", id_, "ask")
        by_code = MappingProxyType({value.code: value for value in values})
        given_up = frozenset(written.retired)
        answers[id_] = Answer(id_, written.code, written.ask, tuple(values), asked, by_code, given_up)
    return answers


def _languages(parts: Parts, names: Names) -> dict[str, Language]:
    languages: dict[str, Language] = {}
    for code, texts in parts.texts.items():
        document = next(iter(texts.values()))[1] if texts else None
        if document is not None:
            for key in sorted(SHARED_TEXTS.keys() - texts.keys()):
                parts.problems.append(document.problem(f"the text `{key}` is missing", "texts", key=True))
        for key, (text, document) in texts.items():
            if key not in SHARED_TEXTS:
                hint = nearest(key, SHARED_TEXTS)
                parts.problems.append(document.problem(f"unknown text `{key}`", "texts", key, hint=hint, key=True))
                continue
            try:
                references = tuple(parse(text).references)
            except MarkupError as error:
                parts.problems.append(document.problem(str(error), "texts", key))
                continue
            for reference in references:
                if reference.name not in SHARED_TEXTS[key] and (complaint := names.fact_complaint(reference)):
                    parts.problems.append(document.problem(complaint[0], "texts", key, hint=complaint[1]))
        languages[code] = Language(
            code,
            parts.language_names[code],
            MappingProxyType({key: text for key, (text, _) in texts.items()}),
            MappingProxyType({key: document.place("texts", key) for key, (_, document) in texts.items()}),
        )
    return languages


def _check_collisions(
    parts: Parts, flows: dict[str, Flow], steps: dict[StepId, Step], moved: Mapping[StepId, StepId]
) -> None:
    """Two ids with one number would let an old button lead astray; the author must rename one."""
    seen: dict[int, str] = {flow_hash(id_): f"the engine's own `{id_}`" for id_ in BUILT_IN_FLOWS}
    for flow in flows.values():
        if other := seen.get(flow_hash(flow.id)):
            message = f"the ids `{flow.id}` and {other} collide in buttons"
            parts.problems.append(Problem(flow.place, message, "Rename the newer of the two."))
        seen[flow_hash(flow.id)] = f"`{flow.id}`"
    seen = {step_hash(id_, id_): f"the engine's own `{id_}`" for id_ in BUILT_IN_FLOWS}
    places = {step.id: step.place for step in steps.values()} | {old: steps[new].place for old, new in moved.items()}
    for id_, place in places.items():
        number = step_hash(id_.flow, id_.step)
        if other := seen.get(number):
            message = f"the steps `{id_}` and {other} collide in buttons"
            parts.problems.append(Problem(place, message, "Rename the newer of the two."))
        seen[number] = f"`{id_}`"
