"""What somebody reads whose story fails: where, what, and the screen with the difference marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.checks.stories.coverage import coverage
from bot.checks.stories.report import failed, summary, uncovered
from bot.checks.stories.running import Outcome, run, run_all
from bot.checks.stories.story import Story
from bot.dialogue.engine import Engine

Tell = Callable[[str], Story]

STORY = """\
story: A friend in Scotland
at: 2026-11-24T14:00
turns:
  - press: A friend
  - press: Scotland
    expect: {says: The third screen., not_says: in Scotland listens, not_shows: helpline, shows: childline,
             first: scottish_line, buttons: [Stay], not_buttons: [Round again]}
"""

REPORT = """\
FAILED  A friend in Scotland
PLACE:5:5: turn 2 of 2, press Scotland
  says: expected "The third screen.", but it does not stand there
  not_says: "in Scotland listens", but it stands there
  shows: expected childline, but shown are helpline, scottish_line
  not_shows: helpline, but it is shown
  first: expected scottish_line, but first is helpline
  buttons: expected "Stay", but there is no such button
  not_buttons: "Round again", but the button is there
  topic.second, Tuesday 24 November 2026, 14:00 GMT (- is missing, + should not be there):

  - The third screen.
    The second screen.

  - * scottish_line, first of all
  - * childline
  + * A helpline: open day and night
  +   Somebody listens.
  +   Ring 0800 496 0000.

    * A line in Scotland: open now until 17:00
  +   Somebody in Scotland listens.
      Ring 0800 496 0009.

  + [ Round again ]
    [ To the end ]
    [ What happens then? ]
    [ Get help now ]
    [ Back ]
    [ Start again ]
    [ Leave ]
  - [ Stay ]

  See it: python -m bot chat --replay PLACE:5"""


def report(engine: Engine, story: Story) -> str:
    failure, _ = run(engine, story)
    assert failure is not None
    return failed(story, failure)


def test_the_difference_is_marked_on_the_screen(small: Engine, tell: Tell, tmp_path: Path) -> None:
    said = report(small, tell(STORY))
    assert said == REPORT.replace("PLACE", str(tmp_path / "story.yaml"))


def test_what_stands_first_and_should_not_is_marked(small: Engine, tell: Tell) -> None:
    said = report(small, tell("turns:\n  - press: A friend\n  - {press: Scotland, expect: {first: scottish_line}}\n"))
    marked = [line for line in said.splitlines() if line.startswith(("  + ", "  - "))]
    assert marked == ["  - * scottish_line, first of all", "  + * A helpline: open day and night"]


def test_a_text_that_breaks_over_lines_is_marked_on_both(small: Engine, tell: Tell) -> None:
    said = report(small, tell("turns:\n  - {open: menu, expect: {not_says: told you about}}\n"))
    marked = [line for line in said.splitlines() if line.startswith("  + ")]
    assert " ".join(line[4:] for line in marked) == (
        "Hello there. It is not your fault, whatever somebody has told you about it."
    )


def test_a_missing_text_stands_beside_the_line_most_like_it(engine: Engine, tell: Tell) -> None:
    said = report(
        engine, tell("turns:\n  - {open: menu, expect: {says: 'Press what suits, or type it in your own words.'}}\n")
    )
    lines = said.splitlines()
    missing = lines.index("  - Press what suits, or type it in your own words.")
    assert lines[missing + 1].startswith("    Press what fits")


def test_a_text_like_nothing_stands_after_what_is_said(small: Engine, tell: Tell) -> None:
    said = report(small, tell("turns:\n  - {open: menu, expect: {says: xylophone quiz}}\n"))
    assert said.index("told you about it") < said.index("  - xylophone quiz") < said.index("Who is this about?")


def test_no_line_of_the_screen_is_wider_than_80_columns(engine: Engine, tell: Tell) -> None:
    long = (
        "A sentence that is missing and goes on for much longer than any terminal is wide, again and again and again."
    )
    said = report(engine, tell(f'turns:\n  - {{type: i want to die, expect: {{says: "{long}", flow: topic}}}}\n'))
    screen = said[said.index("should not be there):") :]
    too_wide = [line for line in screen.splitlines() if len(line) > 80 and "://" not in line and "--replay" not in line]
    assert too_wide == []


def test_the_summary_counts(small: Engine, tell: Tell) -> None:
    good = tell("turns:\n  - press: A friend\n  - press: Leave\n")
    bad = tell("turns:\n  - press: Nowhere\n")
    passed, both = run_all(small, (good,), lambda: 0.0), run_all(small, (good, bad), lambda: 0.0)
    assert summary(passed, 0.25) == "1 story, 2 turns, 0.25 s: all passed."
    assert summary(both, 1) == "2 stories, 3 turns, 1.00 s: 1 failed, 1 passed."


def test_steps_in_no_story_are_counted_and_listed_with_their_place(small: Engine, tell: Tell) -> None:
    story = tell("turns:\n  - press: Me (under 18)\n  - press: 'On'\n  - press: To the end\n  - press: Get help now\n")
    covered = coverage(small.content, run_all(small, (story,), lambda: 0.0))
    assert uncovered(covered, listed=False) == "1 of 6 steps is in none of these stories. --missing lists them."
    count, step = uncovered(covered, listed=True).splitlines()
    assert count == "1 of 6 steps is in none of these stories."
    assert step.endswith(": topic.start")
    assert "topic.yaml:25:3" in step


def test_nothing_missing_is_said_as_well(small: Engine, tell: Tell) -> None:
    story = tell("turns:\n  - press: Leave\n")
    everything = Outcome(story, None, frozenset(small.content.steps))
    said = uncovered(coverage(small.content, [everything]), listed=True)
    assert said == "Every one of 6 steps is in one of these stories."
