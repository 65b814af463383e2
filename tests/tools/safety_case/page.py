"""The hazard log as a page."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from bot.checks.properties import Property
from bot.checks.stories.story import Story
from bot.content.model import Acceptance
from bot.dialogue.rendering.markdown import escaped
from tests.tools.safety_case.hazards import MATRIX, Control, Hazard, HazardLog, Likelihood, Risk, Severity

_HEAD: Final = """\
# Safety case: what could go wrong, and what holds it back

Made from [hazards.yaml](safety-case/hazards.yaml); change that, then run
`.venv/bin/python -m tests.tools.make_safety_case_page`. How safety is managed, who decides, what to do after an
incident and where to sign stands in [safety-case/management.md](safety-case/management.md). Who might attack, and what
they would get, is in [threat-model.md](threat-model.md).

It has the form of the hazard log of DCB0129, the English standard for the clinical safety of health software
(<https://digital.nhs.uk/services/clinical-safety/documentation>). Waypost is no health software and claims no
conformity; the form is used because it is the one that reviewers know, and because it asks the right questions.

**The claim.** Nobody is worse off for having used Waypost than for having used a well-made page of help lines, and at
any hour, whatever has failed, every answer has the emergency number on it or one press away.

**The argument.** {count} ways in which it could do harm follow, each with its causes, its effect and its controls.
Every control names the check that runs before content goes live ([checks.md](checks.md)), the test or the story that
fails when the control is gone: {checks} checks, {tests} tests and {stories} stories in all. `make check` runs the
checks, plays these stories, and fails when something that is named here does not exist or can never fail; `make test`
runs the tests. So a control cannot quietly disappear.

**What it cannot show.** Ratings are the judgement of those who wrote Waypost, made before it was used by anybody, and
no clinician has confirmed them. *After* counts only controls that are built. Where only the charity that runs it can
act, it says so, and the risk after is rated as if it did not. The matrix is coarse at the grave end: *major* is rated
3 whether it is possible or unlikely, and so a control that works may leave the number as it was.
"""

_MEANING: Final = {
    Severity.MINOR: "inconvenience; help is reached a little later",
    Severity.SIGNIFICANT: "distress or a delay that matters, soon overcome",
    Severity.CONSIDERABLE: "lasting distress, or abuse that goes on for longer than it had to",
    Severity.MAJOR: "one person dies, is gravely hurt, or is abused further because of it",
    Severity.CATASTROPHIC: "the same for several people",
}

_LIKELY: Final = {
    Likelihood.VERY_HIGH: "almost certain",
    Likelihood.HIGH: "to be expected more often than not",
    Likelihood.MEDIUM: "possible",
    Likelihood.LOW: "could happen, and mostly will not",
    Likelihood.VERY_LOW: "next to impossible",
}

_RATING: Final = {
    5: "unacceptable",
    4: "must be removed or brought down",
    3: "undesirable; acceptable only if bringing it down further is impractical",
    2: "acceptable where more would cost more than it gains, or is impractical",
    1: "acceptable",
}


def page(
    log: HazardLog,
    properties: Sequence[Property],
    stories: Mapping[str, Story],
    acceptances: Sequence[Acceptance],
    repository: Path,
) -> str:
    """The page, as it stands in docs/."""
    writer = _Writer({found.code: found.title for found in properties}, stories, repository)
    controls = [control for hazard in log.hazards for control in hazard.controls]
    named = {key: len({name for control in controls for name in getattr(control, key)}) for key in _KINDS}
    parts = [
        _HEAD.format(count=len(log.hazards), **named),
        "## The ratings\n",
        *_ratings(),
        "\n## All hazards\n",
        *_overview(log),
        "\n## Each hazard\n",
        *(line for hazard in log.hazards for line in writer.hazard(hazard)),
        *_accepted(controls, acceptances),
    ]
    return "\n".join(parts).rstrip() + "\n"


_KINDS: Final = ("checks", "tests", "stories")


def _ratings() -> Iterator[str]:
    yield f"| likelihood ↓ severity → |{''.join(f' {severity} |' for severity in Severity)}"
    yield f"| --- |{' ---: |' * len(Severity)}"
    for likelihood, row in MATRIX.items():
        yield f"| {likelihood}: {_LIKELY[likelihood]} |{''.join(f' {rating} |' for rating in row)}"
    yield ""
    yield from (f"- **{severity}**: {meaning}" for severity, meaning in _MEANING.items())
    yield ""
    yield from (f"- **{rating}**: {meaning}" for rating, meaning in _RATING.items())


def _overview(log: HazardLog) -> Iterator[str]:
    yield "| | hazard | before | after | the charity must act |"
    yield "| --- | --- | ---: | ---: | --- |"
    for hazard in log.hazards:
        acts = "yes" if hazard.charity else ""
        yield (
            f"| [{hazard.id}](#{hazard.id.lower()}) | {escaped(hazard.hazard)} "
            f"| {hazard.before.rating} | {hazard.after.rating} | {acts} |"
        )


def _accepted(controls: Sequence[Control], acceptances: Sequence[Acceptance]) -> Iterator[str]:
    """Findings of named checks that editors took as they are: each is a hole in a control."""
    named = {code for control in controls for code in control.checks}
    holes = [acceptance for acceptance in acceptances if acceptance.code in named]
    yield "## Accepted exceptions\n"
    if not holes:
        yield "No finding of a check that is named here has been accepted."
    for hole in holes:
        yield f"- {hole.code} on `{hole.about}` until {hole.until}, by {escaped(hole.by)}: {escaped(hole.because)}"


class _Writer:
    """Hazards with links to what holds their controls."""

    def __init__(self, titles: Mapping[str, str], stories: Mapping[str, Story], repository: Path) -> None:
        self._titles = titles
        self._stories = stories
        self._repository = repository

    def hazard(self, hazard: Hazard) -> Iterator[str]:
        """One hazard, whole."""
        yield f'<a id="{hazard.id.lower()}"></a>'
        yield f"### {hazard.id} {hazard.hazard}\n"
        yield "**Causes.**\n"
        yield from (f"- {cause}" for cause in hazard.causes)
        yield f"\n**Effect.** {hazard.effect}\n"
        yield f"**Before.** {_risk(hazard.before)}\n"
        yield "**Controls, and what holds them.**\n"
        for control in hazard.controls:
            yield f"- {control.control}"
            yield from (f"  - {line}" for line in self._held_by(control))
        if hazard.charity:
            yield "\n**What the charity that runs it must do.**\n"
            yield from (f"- {deed}" for deed in hazard.charity)
        yield f"\n**After.** {_risk(hazard.after)}\n"
        yield f"**What remains.** {hazard.remains}\n"

    def _held_by(self, control: Control) -> Iterator[str]:
        for code in control.checks:
            yield f"check [{code}](checks.md#{code.lower()}) {escaped(self._titles[code])}"
        for name in control.tests:
            path, _, function = name.partition("::")
            words = function.removeprefix("test_").replace("_", " ")
            yield f"test [{words}](../{path}) in `{PurePosixPath(path).name}`"
        for name in control.stories:
            path = os.path.relpath(self._stories[name].place.path, self._repository)
            yield f"story [{escaped(name)}](../{PurePosixPath(path)})"


def _risk(risk: Risk) -> str:
    return f"{risk.severity} × {risk.likelihood} = **{risk.rating}**"
