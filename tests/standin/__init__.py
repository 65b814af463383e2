"""A strict stand-in for Telegram's Bot API: it refuses what Telegram refuses, and lets a test be the people.

Where to look: ``server`` is what tests use; ``people`` and ``groups`` act and see; ``methods`` and ``limits`` say what
a bot may do; ``updates`` and ``hook`` deliver; ``faults`` break the line; ``journal`` remembers.
"""

from tests.standin.chat import Seen, SeenButton
from tests.standin.groups import Channel, Group
from tests.standin.journal import Call, Finding
from tests.standin.kinds import KINDS, MEDIA, SERVICE, SHARED
from tests.standin.people import Person
from tests.standin.server import InThread, StandIn, standin_in_thread
from tests.standin.update_kinds import OTHER_UPDATES

__all__ = [
    "KINDS",
    "MEDIA",
    "OTHER_UPDATES",
    "SERVICE",
    "SHARED",
    "Call",
    "Channel",
    "Finding",
    "Group",
    "InThread",
    "Person",
    "Seen",
    "SeenButton",
    "StandIn",
    "standin_in_thread",
]
