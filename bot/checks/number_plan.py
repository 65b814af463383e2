"""Which telephone numbers there can be in the United Kingdom: Ofcom's National Telephone Numbering Plan, as far as
helplines go, and the short codes that mean something. https://www.ofcom.org.uk/phones-and-broadband/phone-numbers
"""

from __future__ import annotations

import re
from typing import Final

from bot.content.service_schema import PhoneType

VOICE_CODES: Final[dict[str, str]] = {
    "999": "emergency services",
    "112": "emergency services, in all of Europe",
    "18000": "emergency services by text relay",
    "101": "police, when it is not an emergency",
    "111": "NHS advice",
    "105": "power cuts",
    "119": "NHS testing and vaccination",
    "159": "one's bank, about fraud",
    "116000": "missing children, in all of Europe",
    "116006": "victims of crime, in all of Europe",
    "116111": "children and young people, in all of Europe",
    "116117": "a doctor out of hours, in all of Europe",
    "116123": "emotional support, in all of Europe",
    "911": "emergency services in North America",
    "988": "suicide and crisis line in North America",
}
"""Digits → whom they reach."""

_TEXT_CODES: Final = frozenset({"999", "112", "18000", "116000", "116111", "116123"})
"""Voice codes that can be texted as well."""

_CHILDLINE: Final = "08001111"

_RANGES: Final[tuple[tuple[str, tuple[int, ...]], ...]] = (
    (r"01\d", (10, 11)),
    (r"02[03489]", (11,)),
    (r"03[0347]", (11,)),
    (r"05[56]", (11,)),
    (r"07[1-57-9]", (11,)),
    (r"07624", (11,)),
    (r"0800", (10, 11)),
    (r"0808", (11,)),
    (r"084[3-5]", (11,)),
    (r"087[0-3]", (11,)),
)
"""How a number begins → how many digits it has in all."""

_REFUSED: Final[tuple[tuple[str, str], ...]] = (
    ("070", "is a personal number: it costs a lot, and it is passed on to wherever its owner likes"),
    ("09", "is a premium rate number: people in need must not pay for help"),
    ("0500", "begins with 0500, which was switched off in 2017"),
)

_DRAMA: Final = re.compile(
    r"01632960|0207946[0]|07700900|08081570|03069990|01(13|14|15|16|17|18|21|31|41|51|61)4960|01914980|028964960|02920180"
)
"""What Ofcom keeps free for films and examples; nobody ever answers there."""

_MOBILE: Final = re.compile(r"07([1-57-9]|624)")
_TEXT_CODE: Final = re.compile(r"[6-8]\d{4,5}")


def complaint(number: str, kind: PhoneType) -> str | None:
    """Why there can be no such number of this kind; None where there can. Numbers of other countries are only
    measured."""
    digits = number.replace(" ", "")
    if digits.startswith("+44"):
        digits = f"0{digits.removeprefix('+44')}"
    if digits.startswith("+"):
        return None if re.fullmatch(r"\+[1-9]\d{6,14}", digits) else "is no international number: + and 7 to 15 digits"
    match kind:
        case PhoneType.SHORT_CODE:
            return None if digits in VOICE_CODES else f"is no short code to ring that is known ({_listed(VOICE_CODES)})"
        case PhoneType.TEXT_SHORT_CODE:
            known = digits in _TEXT_CODES or _TEXT_CODE.fullmatch(digits)
            return None if known else "is no short code to text: these have 5 or 6 digits and begin with 6, 7 or 8"
        case PhoneType.EIGHT_DIGIT:
            return None if digits == _CHILDLINE else "has eight digits; the only such number is Childline's, 0800 1111"
        case PhoneType.TEXT_NATIONAL if not _MOBILE.match(digits):
            return "cannot be texted: only mobile numbers can, and these begin with 071 to 075 or 077 to 079"
        case _:
            return _national(digits)


def _national(digits: str) -> str | None:
    for prefix, why in _REFUSED:
        if digits.startswith(prefix):
            return why
    if _DRAMA.match(digits):
        return "is kept for films and examples: nobody answers there"
    for pattern, lengths in _RANGES:
        if re.match(pattern, digits):
            if len(digits) in lengths:
                return None
            expected = " or ".join(map(str, lengths))
            return f"has {len(digits)} digits; a number that begins with {digits[:4]} has {expected}"
    return f"begins with {digits[:4]}, which no number in the United Kingdom does"


def _listed(codes: dict[str, str]) -> str:
    return ", ".join(codes)
