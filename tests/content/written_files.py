"""Files as authors write them: those that ship, and small ones to change in a place or two."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from bot.checks.schema_export import json_text
from tests.packs import REPOSITORY

FLOWS = REPOSITORY / "flows"

SHIPPED: dict[str, list[Path]] = {
    "flow": sorted(FLOWS.glob("*.yaml")),
    "services": [REPOSITORY / "resources.yaml"],
    "answers": [FLOWS / "shared" / "answers.yaml"],
    "texts": [FLOWS / "shared" / "texts.yaml"],
    "phrases": sorted((FLOWS / "phrases").glob("*.yaml")),
    "words": sorted((FLOWS / "shared" / "words").glob("*.yaml")),
    "holidays": [FLOWS / "shared" / "bank_holidays.yaml"],
    "story": sorted((REPOSITORY / "tests" / "stories").rglob("*.yaml")),
}


@cache
def schema_of(kind: str) -> Any:
    return json.loads(json_text(kind))


FLOW = {
    "flow": "topic",
    "title": "A topic",
    "risk": "none",
    "start": "first",
    "steps": {"first": {"say": "Hello.", "end": True}},
}

SERVICE = {
    "name": "A helpline",
    "kind": "helpline",
    "status": "active",
    "description": "Somebody listens.",
    "eligibility": [{"who": "friend"}],
    "nations": ["england"],
    "topics": {"listening": 1},
    "phones": [
        {
            "id": "phone",
            "number": "0800 496 0000",
            "type": "national",
            "source": "https://example.org",
            "evidence": "own_site",
            "assured_date": "2026-11-01",
        }
    ],
    "confidence": "high",
}

LINK = {
    "id": "page",
    "type": "website",
    "url": "https://example.org/help",
    "source": "https://example.org",
    "evidence": "own_site",
    "assured_date": "2026-11-01",
}

STORY = {"story": "Somebody comes", "at": "2026-03-01T02:00", "turns": [{"press": "Yes"}]}


def flow(**changes: Any) -> Any:
    return {**FLOW, **changes}


def step(**keys: Any) -> Any:
    return flow(steps={"first": keys})


def service(**changes: Any) -> Any:
    kept = {key: value for key, value in {**SERVICE, **changes}.items() if value is not ...}
    return {"services": {"helpline": kept}}


def phone(**changes: Any) -> Any:
    return service(phones=[{**SERVICE["phones"][0], **changes}])  # type: ignore[index]


def link(**changes: Any) -> Any:
    return service(links=[{**LINK, **changes}])


def choice(**keys: Any) -> Any:
    return step(say="Hello.", choices=[{"label": "On", "go": "first", **keys}])


def story(**changes: Any) -> Any:
    return {**STORY, **changes}


def turn(**keys: Any) -> Any:
    return story(turns=[keys])
