"""Breaks of what is promised about traces (A) and help (B)."""

from __future__ import annotations

from typing import Final

from tests.tools.breakages.breakage import Breakage

_TELEGRAM = "bot/channels/telegram"
_T = "tests/channels/telegram"
_E = "tests/end_to_end"
_KEPT = f"{_E}/test_nothing_kept.py::test_after_many_conversations_no_canary_is_left_anywhere"
_TERMINAL_KEPT = f"{_E}/test_nothing_kept.py::test_after_a_conversation_in_the_terminal_no_canary_is_left_anywhere"
_FAILS = "tests/faults/test_injected_failures.py::test_wherever_a_turn_fails_help_is_shown_and_nothing_typed_is_logged"
_SHOWN = "        await self._calls.send(message.chat, self._texts.of(screen), keyboard(screen), until=until)\n"

BREAKAGES: Final = (
    Breakage(
        "A1", f"{_TELEGRAM}/channel.py", _SHOWN, f'        open("/tmp/kept", "a").write(message.text)\n{_SHOWN}', _KEPT
    ),
    Breakage(
        "A1",
        "bot/channels/terminal.py",
        "        self._witness.typed(typed)\n",
        '        open("/tmp/kept", "a").write(typed)\n',
        _TERMINAL_KEPT,
    ),
    Breakage(
        "A2",
        f"{_TELEGRAM}/channel.py",
        _SHOWN,
        f'        _log.debug("Said: %s", message.text)\n{_SHOWN}',
        f"{_E}/test_telegram.py::test_no_canary_in_logs_on_disk_or_in_any_call_but_the_answer_to_that_chat",
    ),
    Breakage(
        "A2",
        "bot/operations/logs.py",
        "{name: fields[name] for name in FIELDS if name in fields}",
        "{**{name: str(value) for name, value in record.__dict__.items()}, **fields}",
        "tests/test_logs.py",
    ),
    Breakage(
        "A3",
        "bot/operations/health.py",
        "int(telegram.heard_seconds // 60)",
        "telegram.heard_seconds / 60",
        "tests/operations/test_health.py",
    ),
    Breakage(
        "A4",
        f"{_TELEGRAM}/channel.py",
        _SHOWN,
        f'        self.__dict__.setdefault("kept", []).append(message.text)\n{_SHOWN}',
        f"{_KEPT} {_T}/test_nothing_kept.py",
    ),
    Breakage(
        "A4",
        "bot/channels/limits.py",
        "        hashed = self._hash(who)\n        self._sent",
        '        hashed = self._hash(who)\n        self.__dict__.setdefault("who", set()).add(who)\n        self._sent',
        "tests/channels/test_limits.py",
    ),
    Breakage(
        "A4",
        "bot/channels/limits.py",
        "self._now if window == self._window + 1 else self._empty()",
        "self._now",
        "tests/channels/test_limits.py",
    ),
    Breakage(
        "A4", "bot/dialogue/sketches.py", "key = (*state[:4],", "key = (*state[:5],", "tests/dialogue/test_sketches.py"
    ),
    Breakage(
        "A4",
        "bot/dialogue/sketches.py",
        "if _minute(now) != self._minute:\n            self._sketches, self._minute = {}, _NEVER",
        "if False:\n            self._sketches, self._minute = {}, _NEVER",
        "tests/dialogue/test_sketches.py",
    ),
    Breakage(
        "A4",
        "bot/operations/shared_counts.py",
        "return blake2b(who, digest_size=12, key=self._shared_key[1]).hexdigest()",
        "return who.hex()",
        "tests/operations/test_shared_counts.py",
    ),
    Breakage(
        "A4",
        "bot/operations/shared_counts.py",
        "int(2 * WINDOW_SECONDS) + 5",
        "300",
        "tests/operations/test_shared_counts.py",
    ),
    Breakage(
        "A5",
        "bot/operations/secrecy.py",
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
        "pass",
        f"{_E}/test_secrecy.py",
    ),
    Breakage(
        "A5",
        "bot/operations/secrecy.py",
        "ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)",
        "pass",
        f"{_E}/test_secrecy.py",
    ),
    Breakage(
        "A6",
        f"{_TELEGRAM}/channel.py",
        '_log.error("An update could not be answered: %s", described(error))',
        '_log.error("An update could not be answered: %s", error)',
        _FAILS,
    ),
    Breakage(
        "A6",
        "bot/channels/web/routes.py",
        '_log.error("A turn could not be answered: %s", _described(error))',
        '_log.error("A turn could not be answered: %s", error)',
        _FAILS,
    ),
    Breakage(
        "A7",
        f"{_TELEGRAM}/registration.py",
        "Telegram delivers to this bot's webhook.\")",
        'Telegram delivers to %s.", self._secret)',
        f"{_E}/test_webhook.py::test_no_secret_stands_in_the_arguments_of_any_process",
    ),
    Breakage(
        "A8",
        f"{_TELEGRAM}/run.py",
        "        self._ready = ready\n",
        '        self._ready = ready\n        __import__("socket").socket().connect_ex(("127.0.0.1", 9))\n',
        _KEPT,
    ),
    Breakage(
        "A8",
        "bot/operations/worker.py",
        "        loop = asyncio.get_running_loop()\n        for",
        "        loop = asyncio.get_running_loop()\n"
        '        __import__("socket").socket().connect_ex(("127.0.0.1", 9))\n        for',
        f"{_E}/test_secrecy.py::test_without_telegram_the_bot_connects_to_nobody",
    ),
    Breakage(
        "A9",
        "bot/operations/impact/disclosure.py",
        " + SMALLEST - 1\n",
        "\n",
        "tests/impact/test_nothing_hidden_can_be_derived.py",
    ),
    Breakage(
        "B1",
        f"{_TELEGRAM}/channel.py",
        "  # the card would not arrive either\n            return await self._send_card(last.chat, until)",
        "  # the card would not arrive either\n            return None",
        _FAILS,
    ),
    Breakage(
        "B1", "bot/channels/terminal.py", "self._write(EMERGENCY_CARD)", 'self._write("Something failed.")', _FAILS
    ),
    Breakage(
        "B1",
        "bot/channels/web/routes.py",
        "            return 500, self._card",
        '            return 500, b"<p>Something failed."',
        _FAILS,
    ),
    Breakage(
        "B2",
        "bot/operations/opened_content.py",
        "        return Opened(None, seen, problem)",
        "        raise SystemExit(problem) from None",
        f"{_E}/test_webhook.py::test_content_that_cannot_be_loaded_still_leaves_the_emergency_card",
    ),
    Breakage(
        "B3",
        "bot/dialogue/buttons.py",
        "help_now = self.go(",
        "help_now = None and self.go(",
        "tests/dialogue/test_engine.py::test_every_screen_has_the_emergency_button",
    ),
    Breakage(
        "B4",
        "bot/understanding/reading.py",
        "GRAVITY = {Risk.IMMEDIATE: 0,",
        "GRAVITY = {Risk.IMMEDIATE: 4,",
        "tests/understanding/test_metamorphic.py tests/understanding/test_languages.py",
    ),
    Breakage(
        "B5",
        "bot/understanding/reader.py",
        "AT_LENGTH: Final = 2_000",
        "AT_LENGTH: Final = 200_000",
        "tests/understanding/test_growth.py",
    ),
    Breakage(
        "B6",
        "bot/checks/number_plan.py",
        '    (r"02[03489]", (11,)),',
        '    (r"02[03489]", (10,)),',
        "tests/checks/test_number_plan.py",
    ),
    Breakage(
        "B7",
        "bot/dialogue/opening_hours.py",
        "            if instant > now:\n",
        "            if instant >= now:\n",
        "tests/dialogue/test_opening_hours_reference.py",
    ),
)
