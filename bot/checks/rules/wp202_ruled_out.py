"""WP202: nobody is shown a service that their age, nation or role rules out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import AGE, NATION, WHO, Content, Service, StepId, Value
from bot.content.service_schema import Status


def look(subject: Subject) -> Iterator[Violation]:
    """Every card of every place against the service's own conditions, read afresh and without the engine's tables;
    then every service that a signpost names but nobody whom the flow speaks to, or nobody who comes there, may be
    shown."""
    yield from _wrong_cards(subject)
    yield from _named_for_others(subject.content)
    if not subject.quick:  # only every combination of answers tells that somebody never comes
        yield from _named_in_vain(subject)


def _wrong_cards(subject: Subject) -> Iterator[Violation]:
    content = subject.content
    person = tuple(content.answers[id_].code for id_ in (WHO, NATION, AGE))
    for group, sighting, step in subject.exploration.at_steps():
        for stand in subject.exploration.different(group, person) if sighting.screen.cards else ():
            for card in sighting.screen.cards:
                if complaint := _complaint(content.services[card.service], dict(stand.answers), content):
                    message = f"`{step.id}` shows `{card.service}`, which {complaint}"
                    yield Violation(step.place, message, str(step.id), subject.exploration.situation(stand))


def _named_for_others(content: Content) -> Iterator[Violation]:
    """Services that serve no role which the flow is for, or which a choice records that leads into it."""
    who = content.answers[WHO]
    roles = {flow.id: set(flow.audience) or {value.id for value in who.values} for flow in content.flows.values()}
    for step in content.steps.values():
        for choice in step.choices:
            value = who.value(dict(choice.answers).get(who.code, 0))
            if value is not None and choice.target.flow in roles:
                roles[choice.target.flow].add(value.id)
    for step in content.steps.values():
        for id_ in dict.fromkeys((*step.signpost.services, *step.signpost.always)) if step.signpost else ():
            if not any(_open_to(content.services[id_], who.values, role, content) for role in roles[step.id.flow]):
                message = f"`{step.id}` names `{id_}`, which is for nobody whom this flow speaks to"
                yield Violation(step.place, message, str(step.id))


def _open_to(service: Service, values: Iterable[Value], role: str, content: Content) -> bool:
    """Whether it is for anybody of this role, at an age that the role leaves possible."""
    assumed = next(value.assume.get(AGE) for value in values if value.id == role)
    ages = [age for age in content.answers[AGE].values if assumed is None or age.id in assumed]
    return any(
        role in group.who
        and any(
            (group.minimum_age or 0) <= (age.youngest or 0)
            and (group.maximum_age is None or (age.oldest is not None and age.oldest <= group.maximum_age))
            for age in ages
        )
        for group in service.facts.eligibility
    )


def _named_in_vain(subject: Subject) -> Iterator[Violation]:
    named: dict[StepId, set[str]] = {}
    for asked, places in subject.signposted.items():
        signpost = asked.signpost
        for met in places:
            waiting = named.setdefault(met.step.id, {*signpost.services, *signpost.always})
            answers = dict(met.stand.answers)
            waiting -= {id_ for id_ in waiting if subject.engine.signposting.serves(id_, answers, met.audience)}
    for step_id, services in named.items():
        for service in sorted(services):
            if subject.content.services[service].facts.status is Status.ACTIVE:
                message = f"`{step_id}` names `{service}`, which is for nobody who comes there"
                yield Violation(subject.content.steps[step_id].place, message, str(step_id))


def _complaint(service: Service, answers: Mapping[int, int], content: Content) -> str:
    who, nation, age = (_given(content, id_, answers) for id_ in (WHO, NATION, AGE))
    facts = service.facts
    if nation is not None and nation.id not in facts.nations:
        return f"does not serve {nation.id}"
    groups = [group for group in facts.eligibility if who is None or who.id in group.who]
    if not groups:
        return f"is not for {who.id if who else 'anybody'}"
    if age is not None and age.youngest is not None and age.oldest is not None:
        youngest, oldest = age.youngest, age.oldest
        if not any(
            (group.minimum_age or 0) <= youngest
            and oldest <= (group.maximum_age if group.maximum_age is not None else oldest)
            for group in groups
        ):
            return f"is not for everyone aged {youngest} to {oldest}"
    return ""


def _given(content: Content, id_: str, answers: Mapping[int, int]) -> Value | None:
    answer = content.answers[id_]
    return answer.value(answers.get(answer.code, 0))


RULE = Rule(
    code="WP202",
    severity=Severity.ERROR,
    title="Nobody is shown a service that their age, nation or role rules out",
    why="Being turned away by the first place one dared to ring can be the last time somebody asks.",
    fix="Take the service out of this signpost, or correct its `eligibility` or `nations`.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "resources.yaml": (
            "eligibility:\n      - {who: [young_person], maximum_age: 17}",
            "eligibility:\n      - {who: [professional], minimum_age: 18}",
        ),
        "flows/topic.yaml": (
            "topic: listening, at_most: 3}\n    end",
            "topic: listening, always: [report_remove]}\n    end",
        ),
    },
    mends={
        "flows/topic.yaml": (
            "topic: listening, at_most: 3}\n    end",
            "topic: listening, always: [report_remove]}\n    end",
        )
    },
    silenceable=False,
)
