"""The card of last resort lives in code, and says the same numbers as resources.yaml."""

from __future__ import annotations

import re

from bot.dialogue.emergency_card import EMERGENCY_CARD, emergency_card
from bot.dialogue.engine import Engine


def test_its_numbers_are_those_of_the_content(engine: Engine) -> None:
    services = engine.content.services
    expected = {"999", "55"}  # 55 is pressed within a call and is a number of no service's own
    for id_ in ("childline", "samaritans", "shout"):
        expected |= {phone.number for phone in services[id_].facts.phones if phone.number in EMERGENCY_CARD}
    found = set(re.findall(r"\d+(?: \d+)*", EMERGENCY_CARD.replace("(under 19)", "")))
    assert found == expected
    assert len(found) == 5
    assert f"text {services['shout'].facts.phones[0].keyword} to" in EMERGENCY_CARD


def test_a_deployment_elsewhere_shows_its_own_numbers() -> None:
    card = emergency_card(("112", "113"))
    assert "Ring 112 or 113." in card
    assert "999" not in card


def test_it_fits_one_message_and_opens_with_the_number() -> None:
    assert len(EMERGENCY_CARD) < 1000
    assert "999" in EMERGENCY_CARD[:40]
