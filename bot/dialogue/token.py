"""A state in at most 64 ASCII characters, and back. The whole memory of a conversation lives in these.

Layout, most significant bit first, in base64url without padding::

    4 version · 2 view · 10 language · 20 answers (5 × 4) · 32 channel · 24 flow · 28 step
    · 0 to 8 times (5 answered + 28 step)

Flows and steps are hashes of their ids (`bot.content.identity`), answers and values are the codes their author gave
them. So content may grow, shrink and be reordered, and an old token still means what it meant or is seen to be gone.
64 bytes is Telegram's limit for ``callback_data`` (https://core.telegram.org/bots/api#inlinekeyboardbutton).
"""

from __future__ import annotations

import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.content.identity import FLOW_BITS, STEP_BITS, flow_hash, step_hash
from bot.content.model import Content, StepId
from bot.dialogue.state import TRAIL_LENGTH, State, View, Visit

MAXIMUM_LENGTH: Final = 64
VERSION: Final = 1
ANSWER_SLOTS: Final = 5

_SHARED_BITS: Final = 4 + 2 + 10 + 4 * ANSWER_SLOTS + 32
"""What comes before the place: eleven characters, and two bits over for the first of the place."""
_HEAD_BITS: Final = _SHARED_BITS + FLOW_BITS + STEP_BITS
_HEAD_BYTES: Final = _HEAD_BITS // 8
"""15, which are 20 characters and nothing over."""
HEAD_LENGTH: Final = _HEAD_BITS // 6
"""Characters of a token before the trail."""
_VISIT_BITS: Final = ANSWER_SLOTS + STEP_BITS
_STEP_MASK: Final = (1 << STEP_BITS) - 1
_URLSAFE: Final = bytes.maketrans(b"+/", b"-_")
_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_VIEWS: Final = {view.value: view for view in View}

Answers = tuple[tuple[int, int], ...]
"""Answers' codes with their values' codes."""

_ANSWERED: Final = tuple(
    frozenset(code for code in range(1, ANSWER_SLOTS + 1) if mask >> (code - 1) & 1)
    for mask in range(1 << ANSWER_SLOTS)
)
"""What each combination of five bits says was answered."""


_MASKS: Final = {answered: sum(1 << (code - 1) for code in answered) << STEP_BITS for answered in _ANSWERED}
"""The same the other way round, where it stands beside a step."""

_Shared = tuple[View, Answers, str, int]
"""A state's view, answers, language and channel."""

_NO_TRAIL: Final[tuple[tuple[Visit, ...], str]] = ((), "")


class UnreadableTokenError(ValueError):
    """Not a token of ours: garbage, cut off, or of a version this program does not know."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A token whose step no longer exists. ``flow`` is its flow where that is still there."""

    flow: str | None
    state: State


class Encoder:
    """Writes tokens. Remembers the characters of the content's ids and, until `forget`, what the states of a screen's
    buttons share: the answers and the trail.
    """

    def __init__(self, content: Content) -> None:
        self._places = {step: _place(step) for step in content.steps_by_hash.values()}
        self._ends = tuple({step: _end(place, over) for step, place in self._places.items()} for over in range(4))
        """What is over of the bits before it → each place's own characters, the last of a token's head."""
        self._shared: dict[_Shared, tuple[str, int]] = {}
        self._trail = _NO_TRAIL

    def encode(self, state: State) -> str:
        """The state's token: at most `MAXIMUM_LENGTH` ASCII characters."""
        return self.beside(state)(state.step)

    def beside(self, state: State) -> Callable[[StepId], str]:
        """Writes the tokens of states that are ``state`` but for their step."""
        _, view, answers, language, trail, channel = state
        shared = (view, answers, language, channel)
        written = self._shared.get(shared)
        if written is None:
            written = self._shared[shared] = _beginning(_shared_bits(view, answers, language, channel))
        beginning, over = written
        ends = self._ends[over]
        tail = self.tail(trail)

        def write(step: StepId) -> str:
            return f"{beginning}{ends.get(step) or _end(_place(step), over)}{tail}"

        return write

    def forget(self) -> None:
        """Let go of the last states, for whoever holds an encoder longer than one screen."""
        self._shared = {}
        self._trail = _NO_TRAIL

    def tail(self, trail: tuple[Visit, ...]) -> str:
        """What a token with this trail ends in: everything after its first `HEAD_LENGTH` characters."""
        if not trail:
            return ""
        # The memory is one tuple, read and replaced at once, so that threads never see half of it.
        walked, tail = self._trail
        if walked is not trail and walked != trail:
            tail = self._encode_trail(trail)
            self._trail = (trail, tail)
        return tail

    def _encode_trail(self, trail: tuple[Visit, ...]) -> str:
        """The trail's own characters: the head fills whole ones, so that they can be written apart."""
        places = self._places
        steps = 0
        for visited, answered in trail:
            place = (places.get(visited) or _place(visited)) & _STEP_MASK
            steps = steps << _VISIT_BITS | (_MASKS[answered] | place if answered else place)
        bits = len(trail) * _VISIT_BITS
        padding = -bits % 8
        return _written(steps << padding, bits + padding)


def _shared_bits(view: View, answers: Answers, language: str, channel: int) -> int:
    """Everything before the flow and the step."""
    slots = 0
    for code, value in answers:
        slots |= value << 4 * (ANSWER_SLOTS - code)
    number = ((VERSION << 2 | view) << 10 | _language_number(language)) << 4 * ANSWER_SLOTS | slots
    return number << 32 | channel


def _beginning(number: int) -> tuple[str, int]:
    """The characters that `_shared_bits` fill, and what is over of them for the first one of the place."""
    over = _SHARED_BITS % 6
    return _written(number >> over << 6, _SHARED_BITS - over + 6)[:-1], number & ((1 << over) - 1)


def _end(place: int, over: int) -> str:
    """The characters of a place, with the bits before it that fill no character of their own."""
    bits = _HEAD_BITS - _SHARED_BITS + _SHARED_BITS % 6
    return _written(over << FLOW_BITS + STEP_BITS | place, bits)


def _written(number: int, bits: int) -> str:
    """A number of so many bits as characters of six bits each."""
    data = (number << -bits % 8).to_bytes((bits + 7) // 8, "big")
    return binascii.b2a_base64(data, newline=False).translate(_URLSAFE).decode("ascii")[: -(-bits // 6)]


def _place(step: StepId) -> int:
    """A step's two hashes side by side, as they stand in a token."""
    return flow_hash(step.flow) << STEP_BITS | step_hash(step.flow, step.step)


def decode(token: str, content: Content) -> State | Gone:
    """The state behind ``token``, or what is left of it in this content. Raises only `UnreadableTokenError`."""
    return Decoder(content).decode(token)


class Decoder:
    """Reads many tokens of one content. Remembers the last trail and answers, which a screen's buttons share."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._trail: tuple[bytes, tuple[Visit, ...]] = (b"", ())
        self._answers: tuple[int, Answers] = (0, ())

    def decode(self, token: str) -> State | Gone:
        """The state behind ``token``, or what is left of it in this content. Raises only `UnreadableTokenError`."""
        content = self._content
        number, walked = _parts(token)
        trail = self._read_trail(walked)
        step_number = number & _STEP_MASK
        here = content.steps_by_hash.get(step_number)
        number >>= STEP_BITS
        flow = content.flows_by_hash.get(number & ((1 << FLOW_BITS) - 1))
        number >>= FLOW_BITS
        channel = number & 0xFFFFFFFF
        number >>= 32
        answers = self._read_answers(number & ((1 << 4 * ANSWER_SLOTS) - 1))
        number >>= 4 * ANSWER_SLOTS
        language = _language(number & 0x3FF)
        view = _VIEWS.get(number >> 10 & 0x3, View.STEP)
        known = here is not None and here.flow == flow
        successor = content.moved_by_hash.get(step_number)
        if successor is not None and not known:
            return State(successor, View.STEP, answers, language, trail, channel)
        place = here if here is not None and known else StepId("menu", "")
        state = State(place, view, answers, language, trail, channel)
        return state if known else Gone(flow, state)

    def _read_trail(self, walked: bytes) -> tuple[Visit, ...]:
        last, trail = self._trail
        if last != walked:
            trail = _trail(walked, self._content)
            self._trail = (walked, trail)
        return trail

    def _read_answers(self, slots: int) -> Answers:
        last, answers = self._answers
        if last != slots:
            answers = _answers(slots, self._content)
            self._answers = (slots, answers)
        return answers


def _trail(walked: bytes, content: Content) -> tuple[Visit, ...]:
    visits = len(walked) * 8 // _VISIT_BITS
    number = int.from_bytes(walked, "big") >> len(walked) * 8 - visits * _VISIT_BITS
    trail: list[Visit] = []
    for _ in range(visits):
        visited = number & _STEP_MASK
        step = content.steps_by_hash.get(visited) or content.moved_by_hash.get(visited)
        number >>= STEP_BITS
        mask = number & ((1 << ANSWER_SLOTS) - 1)
        number >>= ANSWER_SLOTS
        if step is not None:
            trail.append(Visit(step, _ANSWERED[mask]))
    trail.reverse()
    return tuple(trail)


def peek_channel(token: str) -> int:
    """The channel's own 32 bits of a token; 0 for anything unreadable."""
    try:
        number, _ = _parts(token)
    except UnreadableTokenError:
        return 0
    return number >> (FLOW_BITS + STEP_BITS) & 0xFFFFFFFF


def _parts(token: str) -> tuple[int, bytes]:
    """The head of a token as a number, and the bytes of its trail."""
    if len(token) > MAXIMUM_LENGTH:
        raise UnreadableTokenError
    try:
        data = binascii.a2b_base64(token.encode("ascii").translate(_STANDARD) + b"=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raise UnreadableTokenError from None
    walked = data[_HEAD_BYTES:]
    if len(data) < _HEAD_BYTES or len(walked) * 8 > TRAIL_LENGTH * _VISIT_BITS:
        raise UnreadableTokenError
    number = int.from_bytes(data[:_HEAD_BYTES], "big")
    if number >> _HEAD_BITS - 4 != VERSION:
        raise UnreadableTokenError
    return number, walked


def _answers(slots: int, content: Content) -> Answers:
    answers: list[tuple[int, int]] = []
    for code in range(1, ANSWER_SLOTS + 1):
        value = slots >> 4 * (ANSWER_SLOTS - code) & 0xF
        answer = content.answers_by_code.get(code)
        if value and answer is not None and answer.value(value) is not None:
            answers.append((code, value))
    return tuple(answers)


def _language_number(language: str) -> int:
    if len(language) != 2:
        return 0
    return (ord(language[0]) - 96) << 5 | (ord(language[1]) - 96)


def _language(number: int) -> str:
    first, second = number >> 5, number & 0x1F
    return chr(first + 96) + chr(second + 96) if 1 <= first <= 26 and 1 <= second <= 26 else ""
