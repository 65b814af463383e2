"""Hazards as they are written, in the form of an NHS hazard log (DCB0129, used here voluntarily)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.content.document import Document
from bot.content.errors import ContentError, Problem
from bot.content.validation import validated
from bot.content.yaml_document import read

Sentence = Annotated[str, StringConstraints(min_length=10)]
HazardId = Annotated[str, StringConstraints(pattern=r"^H[0-9]{2}$")]
Code = Annotated[str, StringConstraints(pattern=r"^WP[0-9]{3}$")]
TestName = Annotated[str, StringConstraints(pattern=r"^tests/[a-z0-9_/]+\.py::test_[a-z0-9_]+$")]


class Severity(StrEnum):
    """What the harm would be, to one person unless it says several. The words are those of DCB0129."""

    MINOR = "minor"
    SIGNIFICANT = "significant"
    CONSIDERABLE = "considerable"
    MAJOR = "major"
    CATASTROPHIC = "catastrophic"


class Likelihood(StrEnum):
    """How probable it is that the harm comes about."""

    VERY_LOW = "very low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"


MATRIX: Final = {
    Likelihood.VERY_HIGH: (3, 4, 4, 5, 5),
    Likelihood.HIGH: (2, 3, 3, 4, 5),
    Likelihood.MEDIUM: (2, 2, 3, 3, 4),
    Likelihood.LOW: (1, 2, 2, 3, 4),
    Likelihood.VERY_LOW: (1, 1, 2, 2, 3),
}
"""Likelihood → the risk, 1 to 5, for each severity from minor to catastrophic: the example matrix of DCB0129."""

_SEVERITIES: Final = tuple(Severity)
_LIKELIHOODS: Final = tuple(Likelihood)


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Risk(_Written):
    """A severity and a likelihood."""

    severity: Severity
    likelihood: Likelihood

    @property
    def rating(self) -> int:
        """1 (acceptable) to 5 (unacceptable)."""
        return MATRIX[self.likelihood][_SEVERITIES.index(self.severity)]

    def exceeds(self, other: Risk) -> bool:
        """Whether it is graver or likelier than ``other``, however they are rated."""
        graver = _SEVERITIES.index(self.severity) > _SEVERITIES.index(other.severity)
        return graver or _LIKELIHOODS.index(self.likelihood) > _LIKELIHOODS.index(other.likelihood)


class Control(_Written):
    """What is done against a hazard, and everything that fails when it is no longer done."""

    control: Sentence
    checks: tuple[Code, ...] = ()
    tests: tuple[TestName, ...] = ()
    stories: tuple[Sentence, ...] = ()


class Hazard(_Written):
    """One way in which the bot could do harm. ``charity`` is what only those who run it can do."""

    id: HazardId
    hazard: Sentence
    causes: tuple[Sentence, ...] = Field(min_length=1)
    effect: Sentence
    before: Risk
    controls: tuple[Control, ...] = Field(min_length=1)
    charity: tuple[Sentence, ...] = ()
    after: Risk
    remains: Sentence


class HazardLog(_Written):
    """The whole file."""

    hazards: tuple[Hazard, ...] = Field(min_length=1)


def read_hazards(path: Path) -> tuple[HazardLog, Document]:
    """The log and the document it stands in. Raises `ContentError` with every mistake of the file itself."""
    document = read(path)
    log = validated(document, HazardLog)
    problems = list(_problems(log, document))
    if problems:
        raise ContentError(problems)
    return log, document


def _problems(log: HazardLog, document: Document) -> list[Problem]:
    found: list[Problem] = []
    seen: set[str] = set()
    for number, hazard in enumerate(log.hazards):
        here = ("hazards", number)
        if hazard.id in seen:
            hint = "Give it the next free number. Numbers are never used again: people refer to them."
            found.append(document.problem(f"{hazard.id} stands twice", *here, "id", hint=hint))
        seen.add(hazard.id)
        if hazard.after.exceeds(hazard.before):
            hint = "A control cannot make it worse: look at both again."
            found.append(document.problem(f"{hazard.id} is worse after its controls", *here, "after", hint=hint))
        for index, control in enumerate(hazard.controls):
            if not (control.checks or control.tests or control.stories):
                hint = "Name at least one of `checks`, `tests` or `stories` that fails when it is gone."
                found.append(document.problem("nothing holds this control", *here, "controls", index, hint=hint))
    return found
