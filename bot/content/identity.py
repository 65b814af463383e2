"""Short, stable numbers for ids, as tokens carry them.

A number depends on the id alone, never on its position, so that adding, removing or reordering flows and steps
leaves every old button meaning what it meant. Collisions are refused when content is loaded.
"""

from __future__ import annotations

from hashlib import blake2s
from typing import Final

FLOW_BITS: Final = 24
STEP_BITS: Final = 28


def flow_hash(flow: str) -> int:
    """The `FLOW_BITS`-bit number of a flow id."""
    return _hash(f"flow {flow}", FLOW_BITS)


def step_hash(flow: str, step: str) -> int:
    """The `STEP_BITS`-bit number of a step's full name."""
    return _hash(f"step {flow}.{step}", STEP_BITS)


def _hash(text: str, bits: int) -> int:
    return int.from_bytes(blake2s(text.encode(), digest_size=4).digest()) >> (32 - bits)
