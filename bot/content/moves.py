"""Where buttons of steps that are gone lead: `moved_to` of every flow, resolved."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content import flow_schema
from bot.content.compile_flow import Names
from bot.content.errors import Problem
from bot.content.model import StepId
from bot.content.written import Written


def moves(flows: Mapping[str, Written], names: Names, problems: list[Problem]) -> dict[StepId, StepId]:
    """The step that is gone → its successor. Mistakes are added to ``problems``."""
    moved: dict[StepId, StepId] = {}
    for id_, written in flows.items():
        model: flow_schema.WrittenFlow = written.model
        for former, go in model.moved_to.items():
            flow, dot, step = former.partition(".")
            old = StepId(flow, step) if dot else StepId(id_, former)
            path = ("moved_to", former)
            problem = written.document.problem
            if old.step in names.flows.get(old.flow, ()):
                hint = "Remove this line, or give the step that is there now an id of its own."
                problems.append(problem(f"the step `{old}` still exists", *path, key=True, hint=hint))
            elif old in moved:
                hint = "Keep one of the two."
                problems.append(problem(f"another flow says too where `{old}` has moved", *path, key=True, hint=hint))
            target = names.target(go, id_)
            if target is not None and target.flow in flows:
                moved[old] = target
            else:
                hint = names.target_hint(go, id_)
                problems.append(problem(f"`{go}` leads nowhere", *path, hint=hint))
    return moved
