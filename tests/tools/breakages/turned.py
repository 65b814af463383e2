"""Breaks of what must not be turned against people (D), and of what is held through faults."""

from __future__ import annotations

from typing import Final

from tests.tools.breakages.breakage import Breakage

_TELEGRAM = "bot/channels/telegram"
_T = "tests/channels/telegram"
_E = "tests/end_to_end"
_LINE = "tests/faults/test_line_and_machine.py"
_SHOWN = "        await self._calls.send(message.chat, self._texts.of(screen), keyboard(screen), until=until)\n"

BREAKAGES: Final = (
    Breakage(
        "D1",
        "bot/channels/web/headers.py",
        '        "referrer-policy": "no-referrer",\n',
        "",
        "tests/channels/web/test_bad_input.py::test_every_page_that_is_fine_has_the_same_headers",
    ),
    Breakage(
        "D1",
        f"{_TELEGRAM}/webhook.py",
        '_HEADERS: Final = ((b"cache-control", b"no-store"), ',
        "_HEADERS: Final = (",
        f"{_T}/test_webhook.py::test_every_answer_carries_its_exact_headers",
    ),
    Breakage(
        "D2",
        "bot/channels/web/headers.py",
        '_NEVER: Final = frozenset({b"set-cookie", ',
        "_NEVER: Final = frozenset({",
        "tests/channels/web/test_bad_input.py",
    ),
    Breakage(
        "D4",
        "bot/channels/web/pages.py",
        "autoescape=True",
        "autoescape=False",
        "tests/channels/web/test_hostile_words.py",
    ),
    Breakage(
        "D3",
        "bot/channels/web/templates/screen.html",
        '<label for="words"{{ of("web_type") }}>{{ words.web_type }}</label>',
        '<p{{ of("web_type") }}>{{ words.web_type }}</p>',
        "tests/browser/test_accessibility.py::test_every_kind_of_page_is_sound",
    ),
    Breakage(
        "D3",
        "bot/channels/web/style.css",
        "  margin: 0; background: var(--page);",
        "  margin: 0; min-width: 30rem; background: var(--page);",
        "tests/browser/test_accessibility.py::test_nothing_scrolls_sideways_on_a_window_of_320_pixels",
    ),
    Breakage(
        "D5",
        "deploy/kubernetes/base/deployment.yaml",
        "readOnlyRootFilesystem: true",
        "readOnlyRootFilesystem: false",
        "tests/deploy/test_deployment_files.py::test_the_pod_may_do_as_little_as_can_be",
    ),
    Breakage(
        "D6",
        "requirements.lock",
        "annotated-types==0.8.0",
        "annotated-types>=0.8.0",
        "tests/test_lock_files.py",
    ),
    Breakage(
        "D7",
        f"{_TELEGRAM}/webhook.py",
        'if not hmac.compare_digest(headers.get(SECRET_HEADER, b""), self._secret):',
        'if headers.get(SECRET_HEADER, b"") != self._secret:',
        f"{_T}/test_webhook.py::test_the_secret_is_compared_in_constant_time",
    ),
    Breakage(
        "D7",
        f"{_TELEGRAM}/webhook.py",
        '        headers = dict(scope["headers"])\n',
        '        headers = dict(scope["headers"])\n        await _body(receive)\n',
        f"{_T}/test_webhook.py::test_without_the_secret_not_a_byte_of_the_body_is_received",
    ),
    Breakage(
        "D7",
        "bot/settings/values.py",
        "[A-Za-z0-9_-]{32,256}",
        "[A-Za-z0-9_-]{8,256}",
        "tests/test_settings.py::test_a_webhook_secret_that_could_be_guessed_stops_the_start",
    ),
    Breakage(
        "D8",
        f"{_TELEGRAM}/channel.py",
        _SHOWN,
        '        if message.notice:\n            await self._calls.call("getFile", {"file_id": "x"})\n' + _SHOWN,
        f"{_E}/test_telegram.py::test_whatever_a_person_sends_gets_a_kind_answer_and_nothing_is_fetched",
    ),
    Breakage(
        "D9",
        "docs/threat-model.md",
        "test_a_forged_press_gets_a_screen`",
        "test_a_forged_press`",
        "tests/test_promises.py",
    ),
    Breakage(
        "slow",
        f"{_TELEGRAM}/order.py",
        "            while line:\n",
        "            while line:\n                while chat != next(iter(self._lines)):\n"
        "                    await asyncio.sleep(0.01)\n",
        f"{_LINE}::test_a_slow_telegram_holds_up_nobody_else",
    ),
    Breakage(
        "storm",
        f"{_TELEGRAM}/retrying.py",
        "        return error.seconds\n",
        "        return 0.01\n",
        f"{_LINE}::test_after_a_storm_of_refusals_everybody_is_answered",
    ),
    Breakage(
        "storm",
        f"{_TELEGRAM}/request.py",
        "return float(min(seconds, LONGEST_WAIT)) if usable else 1.0",
        "return 1.0",
        f"{_LINE}::test_after_a_storm_of_refusals_everybody_is_answered",
    ),
    Breakage("outage", f"{_TELEGRAM}/retrying.py", "edit: float = 900.0", "edit: float = 300.0", "tests/faults"),
    Breakage("outage", f"{_TELEGRAM}/retrying.py", "send: float = 900.0", "send: float = 300.0", "tests/faults"),
    Breakage(
        "outage",
        f"{_TELEGRAM}/persisting.py",
        "            attempt += 1\n",
        "            attempt += 1\n            if attempt > 20:\n                raise TokenRefusedError\n",
        "tests/faults",
    ),
    Breakage(
        "outage",
        f"{_TELEGRAM}/webhook.py",
        "LATE_SECONDS: Final = 90.0",
        "LATE_SECONDS: Final = 900.0",
        f"tests/faults {_T}/test_webhook.py",
    ),
    Breakage(
        "clock",
        f"{_TELEGRAM}/channel.py",
        "        now = self._clock()\n        engine = self._engine()\n        screen = engine.press",
        "        now = self._clock()\n        assert now.year > 2020\n        engine = self._engine()\n"
        "        screen = engine.press",
        f"{_LINE}::test_a_clock_that_jumps_answers_all_the_same",
    ),
    Breakage(
        "handles",
        f"{_TELEGRAM}/line.py",
        "            if isinstance(error, OSError | ValueError):",
        "            if isinstance(error, ValueError):",
        f"{_LINE}::test_without_file_handles_it_waits_and_goes_on_when_there_are_some",
    ),
    Breakage(
        "handles",
        "bot/operations/serving.py",
        "                except Exception:  # no file handles",
        "                except ValueError:  # no file handles",
        f"{_LINE}::test_without_file_handles_it_waits_and_goes_on_when_there_are_some",
    ),
    Breakage(
        "disk",
        "bot/operations/run.py",
        "    _let_go_of_output()\n    return",
        "    return",
        f"{_LINE}::test_with_a_full_disk_people_are_answered",
    ),
    Breakage(
        "disk",
        "bot/operations/logs.py",
        "    logging.raiseExceptions = False",
        "    logging.StreamHandler.handleError = lambda self, record: (_ for _ in ()).throw(OSError())",
        f"{_LINE}::test_with_a_full_disk_people_are_answered",
    ),
)
