"""All mutations."""

from __future__ import annotations

from typing import Final

from tests.mutations.acceptances import ACCEPTANCES, SENT
from tests.mutations.between_lines import BETWEEN_LINES
from tests.mutations.dangers import DANGERS
from tests.mutations.facts import FACTS
from tests.mutations.fits import FITS
from tests.mutations.loading import LOADING
from tests.mutations.outsiders import OUTSIDERS
from tests.mutations.prose import PROSE
from tests.mutations.slips import SLIPS
from tests.mutations.spoken import SPOKEN
from tests.mutations.structure import STRUCTURE
from tests.mutations.stuck import STUCK
from tests.mutations.translated import TRANSLATED
from tests.mutations.words import WORDS
from tests.mutations.wrong_way import WRONG_WAY

ALL: Final = (
    *STUCK,
    *WRONG_WAY,
    *FACTS,
    *PROSE,
    *WORDS,
    *FITS,
    *STRUCTURE,
    *LOADING,
    *ACCEPTANCES,
    *SENT,
    *DANGERS,
    *TRANSLATED,
    *SPOKEN,
    *SLIPS,
    *OUTSIDERS,
    *BETWEEN_LINES,
)
