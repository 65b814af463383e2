"""The words that the engine and the channels say themselves: which must exist, and what each may name in braces."""

from __future__ import annotations

from typing import Final

from bot.content.schema import KnowFirst

COMMANDS: Final = ("start", "emergency", "help", "stop", "privacy", "delete", "language", "feedback")
"""What can be typed after a slash, in the order in which Telegram lists it."""

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

SHARED_TEXTS: Final[dict[str, frozenset[str]]] = {
    # buttons of every screen
    "button_emergency": frozenset(),
    "button_back": frozenset(),
    "button_start_again": frozenset(),
    "button_leave": frozenset(),
    "button_details": frozenset(),
    "button_near_me": frozenset(),
    "button_my_age": frozenset(),
    "button_not_meant": frozenset(),
    "button_language": frozenset(),
    "button_rest": frozenset({"language"}),
    # sentences above a screen
    "notice_button_gone": frozenset(),
    "notice_unknown_link": frozenset(),
    "notice_not_understood": frozenset(),
    "notice_immediate": frozenset(),
    "notice_immediate_outside": frozenset(),
    "elsewhere_emergency": frozenset(),
    "elsewhere_police": frozenset(),
    "elsewhere_helpline": frozenset(),
    "notice_old_menu": frozenset(),
    "notice_picture": frozenset(),
    "notice_voice": frozenset(),
    "notice_location": frozenset(),
    "notice_contact": frozenset(),
    "notice_forwarded": frozenset(),
    "notice_only_words": frozenset(),
    "notice_group": frozenset(),
    # the profile that people see before they write
    "profile_description": frozenset(),
    "profile_short_description": frozenset(),
    **dict.fromkeys((f"command_{name}" for name in COMMANDS), frozenset()),
    # screens of the engine's own
    "leave_text": frozenset(),
    "language_text": frozenset(),
    "language_unknown": frozenset(),
    "language_emergency": frozenset(),
    # the emergency card of a language that is not offered whole
    "card_cannot_speak": frozenset(),
    "card_listeners": frozenset(),
    "card_rest": frozenset({"language"}),
    "details_title": frozenset(),
    "feedback_nobody": frozenset(),
    # service cards
    "card_ring": frozenset({"number"}),
    "card_text": frozenset({"number"}),
    "card_text_keyword": frozenset({"number", "keyword"}),
    "card_webchat": frozenset(),
    "card_form": frozenset(),
    "card_website": frozenset(),
    "card_email": frozenset(),
    "card_whatsapp": frozenset(),
    **dict.fromkeys((f"know_first_{key}" for key in KnowFirst), frozenset()),
    "details_happens": frozenset({"words"}),
    "details_police": frozenset({"words"}),
    "details_name": frozenset({"words"}),
    "details_account": frozenset({"words"}),
    "details_passes_on": frozenset({"words"}),
    "details_unknown": frozenset(),
    "details_accessibility": frozenset({"words"}),
    "details_checked": frozenset({"date"}),
    "details_checked_secondary": frozenset({"date"}),
    "checked_date": frozenset({"day_of_month", "month", "year"}),
    # when somebody answers
    "open_day_and_night": frozenset(),
    "open_now": frozenset(),
    "open_until": frozenset({"time"}),
    "open_until_midnight": frozenset(),
    "open_until_midnight_tomorrow": frozenset(),
    "open_until_midnight_day": frozenset({"day"}),
    "open_until_midnight_date": frozenset({"date"}),
    "open_until_tomorrow": frozenset({"time"}),
    "open_until_day": frozenset({"day", "time"}),
    "open_until_date": frozenset({"date", "time"}),
    "opens_at_midnight": frozenset(),
    "opens_today": frozenset({"time"}),
    "opens_tomorrow": frozenset({"time"}),
    "opens_day": frozenset({"day", "time"}),
    "opens_date": frozenset({"date", "time"}),
    "times_unknown": frozenset(),
    "page_any_time": frozenset(),
    "emergency_any_time": frozenset(),
    "uk_time": frozenset(),
    "full_date": frozenset({"weekday", "day_of_month", "month"}),
    **dict.fromkeys((f"weekday_{day}" for day in WEEKDAYS), frozenset()),
    **dict.fromkeys((f"month_{month}" for month in MONTHS), frozenset()),
}
"""Key → the names its text may hold in braces, besides facts."""
