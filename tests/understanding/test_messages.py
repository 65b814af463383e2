"""The labelled messages are sound: known labels, no message twice, and none of one split in the other."""

from __future__ import annotations

from pathlib import Path

from bot.content.yaml_document import read

FOLDER = Path(__file__).parent

_LABELS = """
    immediate_danger suicide_self_harm sextortion nudes_shared grooming livestream_pressure seen_abuse_images
    abuse_by_someone_known friend_in_trouble bullying_online missing_child parent_child_groomed
    parent_child_image_shared parent_child_harmed_someone parent_advice own_thoughts_or_viewing family_of_offender
    adult_survivor professional report_illegal_content domestic_abuse adult_image_abuse mental_health help greeting
    thanks goodbye privacy language_request human_request emergency_number_question not_understood abusive_to_bot
    personal_data_volunteered
"""


def messages(split: str) -> list[dict[str, object]]:
    """All messages of one split."""
    found = read(FOLDER / f"messages_{split}.yaml").value["messages"]
    assert isinstance(found, list)
    return found


def test_there_are_at_least_six_hundred() -> None:
    assert len(messages("tuning")) + len(messages("honest")) >= 600


def test_every_label_is_known() -> None:
    for split in ("tuning", "honest"):
        for message in messages(split):
            acceptable = message.get("acceptable", [])
            assert isinstance(acceptable, list)
            assert {message["expected"], *acceptable} <= set(_LABELS.split()), message


def test_no_message_stands_twice_or_in_both_splits() -> None:
    texts = [
        " ".join(str(message["text"]).lower().split()) for split in ("tuning", "honest") for message in messages(split)
    ]
    assert len(texts) == len(set(texts))
