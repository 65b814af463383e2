"""What our words are called in HSDS 3.0 (https://docs.openhumanservices.org), and the ids that it wants.

What HSDS has no field for travels as *attributes*: the taxonomy is ours, the term is our key, the value ours. So
another directory can show it or leave it alone, and nothing is lost on the way back.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any, Final

TAXONOMY: Final = "Waypost"
IDENTIFIER: Final = "id"
"""The attribute that says a service came from us, and under which id."""

_NAMESPACE: Final = uuid.UUID("6f0c1f5e-3f0b-5b53-9d4e-6f6a0c0f7a11")
_JSON: Final = ":json"
"""Ends the term of an attribute whose value is JSON, since HSDS has only texts there."""

STATUS: Final = {"active": "active", "paused": "temporarily closed", "closed": "defunct"}
"""Ours → HSDS 3.0."""

STATUS_BACK: Final = {theirs: ours for ours, theirs in STATUS.items()} | {"inactive": "paused"}

NATIONS: Final = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
    "outside_uk": "Outside the United Kingdom",
}
"""Names of our nations as service areas; a nation that a pack adds goes by its id."""

UNITED_KINGDOM: Final = ("england", "wales", "scotland", "northern_ireland")

_TERMS: Final = {
    "accept": "Findings of our checks that were taken as they are.",
    "accessibility": "What is done for people who need it.",
    "assured_date": "The day on which the fact was last held against its source.",
    "bill": "How a call shows on the telephone bill.",
    "confidence": "How sure we are of the entry: high or medium.",
    "contacts": "Which contacts the opening hours are for; none means all.",
    "cost": "What it costs.",
    "eligibility": "Who may use it, as groups of roles with ages in whole years.",
    "evidence": "How good the source is.",
    "id": "The id in the directory it comes from.",
    "keyword": "The word to text.",
    "kind": "What sort of help it is.",
    "links": "Addresses with their sources.",
    "note": "For whoever looks after the entry; not shown to people.",
    "on_contact": "What happens when one gets in touch.",
    "opening_hours": "When people answer, as OpenStreetMap's opening_hours.",
    "pair": "The service for the other age group, shown beside this one.",
    "passport": "A fingerprint of what was held against the source.",
    "source": "Where the fact stands.",
    "source_date": "The date that the source itself bears.",
    "sources": "Further sources.",
    "topics": "What it helps with, and how soon it is shown (1 first).",
    "type": "What sort of number it is.",
    "when_nobody_answers": "Its place among those shown when everybody else is closed.",
}


def identifier(*path: object) -> str:
    """A UUID that is always the same for the same thing (RFC 9562, version 5)."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in path)))


def attribute(owner: str, entity: str, key: str, value: Any) -> dict[str, Any]:
    """Our key and value as an attribute of the HSDS object with the id ``owner``."""
    code = key if isinstance(value, str) else key + _JSON
    term = {
        "id": identifier("term", code),
        "code": code,
        "name": key.replace("_", " ").capitalize(),
        "description": _TERMS.get(key, f"The key {key} of a content file."),
        "taxonomy": TAXONOMY,
        "language": "en",
    }
    return {
        "id": identifier(owner, "attribute", code),
        "link_id": owner,
        "taxonomy_term_id": term["id"],
        "link_entity": entity,
        "value": value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
        "taxonomy_term": term,
    }


def attributes(owner: str, entity: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All of these, in their order."""
    return [attribute(owner, entity, key, value) for key, value in values.items()]


def own_values(thing: Mapping[str, Any]) -> dict[str, Any]:
    """Our keys and values again, from the attributes of an HSDS object. Raises ValueError for JSON that is none."""
    values: dict[str, Any] = {}
    for item in thing.get("attributes") or ():
        term = (item.get("taxonomy_term") or {}) if isinstance(item, Mapping) else {}
        if term.get("taxonomy") == TAXONOMY:
            code = str(term.get("code"))
            value = item.get("value")
            values[code.removesuffix(_JSON)] = json.loads(value) if code.endswith(_JSON) else value
    return values
