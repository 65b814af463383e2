"""Places that every screen can lead to, and that the engine knows by name."""

from __future__ import annotations

from typing import Final

from bot.content.model import StepId

MENU: Final = "menu"
EMERGENCY: Final = "emergency"
LEAVE: Final = StepId("leave", "leave")
LANGUAGE: Final = StepId("language", "language")

NOT_MEANT: Final = StepId("small_talk", "not_meant")
"""The choice for somebody whose typed words were taken for what they did not mean; the menu where there is none."""

WHICH: Final = StepId("small_talk", "which")
"""The choice between the two things that typed words may be about."""
