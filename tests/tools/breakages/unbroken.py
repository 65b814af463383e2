"""Breaks of what is promised about staying up (C)."""

from __future__ import annotations

from typing import Final

from tests.tools.breakages.breakage import Breakage

_TELEGRAM = "bot/channels/telegram"
_T = "tests/channels/telegram"
_E = "tests/end_to_end"
_LINE = "tests/faults/test_line_and_machine.py"
_HOSTILE = "tests/faults/test_hostile_deliveries.py"

BREAKAGES: Final = (
    Breakage(
        "C1",
        f"{_TELEGRAM}/updates.py",
        "    return value if isinstance(value, dict) else _NOTHING",
        "    return value",
        "tests/faults/test_fuzz.py",
    ),
    Breakage(
        "C1",
        f"{_TELEGRAM}/updates.py",
        " and abs(value) <= _BIGGEST",
        "",
        f"{_T}/test_updates.py tests/faults",
    ),
    Breakage(
        "C1",
        f"{_TELEGRAM}/webhook.py",
        "        except (ValueError, RecursionError):\n            return self._skipped()",
        "        except RecursionError:\n            return self._skipped()",
        _HOSTILE,
    ),
    Breakage(
        "C1",
        f"{_TELEGRAM}/webhook.py",
        "        except (ValueError, RecursionError):\n            return self._skipped()",
        "        except ValueError:\n            return self._skipped()",
        _HOSTILE,
    ),
    Breakage(
        "C2",
        "bot/channels/web/form.py",
        "    except ValueError:\n        raise UnreadableFormError from None",
        "    except KeyError:\n        raise UnreadableFormError from None",
        "tests/channels/web/test_bad_input.py",
    ),
    Breakage(
        "C2",
        "bot/operations/http_server.py",
        '{b"content-length", b"transfer-encoding"} <= {',
        '{b"content-length", b"none"} <= {',
        "tests/channels/web/test_server.py",
    ),
    Breakage(
        "C3",
        "bot/content/yaml_document.py",
        "MAXIMUM_DEPTH: Final = 32",
        "MAXIMUM_DEPTH: Final = 1_000_000",
        "tests/content/test_spoilt_files.py::test_however_deep_it_is_nested_the_process_lives",
    ),
    Breakage(
        "C4",
        "bot/operations/serving.py",
        "        elif self._is_proven(engine):\n",
        "        elif engine:\n",
        "tests/operations/test_serving.py",
    ),
    Breakage(
        "C4",
        "bot/operations/serving.py",
        'f"{one.place}: {one.message}. {one.hint}"',
        'f"{one.message}. {one.hint}"',
        "tests/operations/test_serving.py",
    ),
    Breakage(
        "C4",
        "bot/operations/serving.py",
        "(still and now != judged)",
        "(now != judged)",
        "tests/operations/test_serving.py",
    ),
    Breakage(
        "C4",
        "bot/operations/serving.py",
        "            return await self._stamp() == before\n",
        "            return True\n",
        "tests/operations/test_serving.py",
    ),
    Breakage(
        "C4",
        "bot/operations/serving.py",
        "        await self._stop_check()\n        awaited",
        "        await self._stop_check()\n        self._live = None\n"
        "        await asyncio.sleep(0.2)\n        awaited",
        f"{_E}/test_webhook.py::test_changed_content_reaches_people_without_one_failed_press",
    ),
    Breakage(
        "C5",
        "bot/operations/serving.py",
        "        return self._live\n\n    @property",
        '        object.__setattr__(self._live.content, "fingerprint", "0")\n'
        "        return self._live\n\n    @property",
        "tests/operations/test_serving.py::test_no_turn_meets_half_of_two_contents",
    ),
    Breakage(
        "C6",
        f"{_TELEGRAM}/webhook.py",
        "        most = self._hold + _MARGIN\n",
        "        return _Answer(_OK)\n        most = self._hold + _MARGIN\n",
        f"{_T}/test_webhook.py::test_a_delivery_is_accepted_only_when_the_answer_is_out",
    ),
    Breakage(
        "C6",
        f"{_TELEGRAM}/webhook.py",
        "self._given_back.get(number, inf) > self._late",
        "self._given_back.get(number, inf) > inf",
        f"{_T}/test_webhook.py::test_a_press_that_is_late_is_answered_by_a_new_message",
    ),
    Breakage(
        "C6",
        f"{_TELEGRAM}/run.py",
        "        await self._channel.finish(TURNS_SECONDS)\n",
        "        await self._channel.finish(0.0)\n",
        f"{_HOSTILE}::test_an_order_to_stop_that_is_given_twice_loses_no_press",
    ),
    Breakage(
        "C6",
        f"{_TELEGRAM}/run.py",
        "return not is_ready and time.monotonic() - self._made < STARTING_SECONDS",
        "return False",
        f"{_E}/test_unproven.py::test_a_process_that_starts_amid_a_roll_out_asks_telegram_to_wait_for_the_proof",
    ),
    Breakage(
        "C6",
        f"{_TELEGRAM}/webhook.py",
        "            self._known.add(number)\n",
        "            self._known.add(0)\n",
        f"{_T}/test_webhook.py",
    ),
    Breakage(
        "C6/C7",
        "bot/operations/supervisor.py",
        "        self._due[number] = now + pause\n",
        "        self._due[number] = now + 600\n",
        f"{_E}/test_webhook.py::test_every_press_is_answered_while_workers_are_killed "
        "tests/operations/test_supervisor.py",
    ),
    Breakage(
        "C6",
        f"{_TELEGRAM}/webhook.py",
        "        if retry is None:\n            return _Answer(_OK, ride.ends())\n        ride.goes()",
        "        if retry is None or retry:\n            return _Answer(_OK, ride.ends())\n        ride.goes()",
        f"{_E}/test_nothing_lost.py {_T}/test_webhook.py",
    ),
    Breakage(
        "C8",
        "bot/dialogue/token.py",
        "    except (binascii.Error, ValueError):\n        raise UnreadableTokenError from None",
        "    except ArithmeticError:\n        raise UnreadableTokenError from None",
        "tests/dialogue/test_token.py::test_every_single_changed_byte_of_tokens_is_read_or_refused",
    ),
    Breakage(
        "C8",
        "bot/dialogue/engine.py",
        "        except UnreadableTokenError:\n",
        "        except ArithmeticError:\n",
        "tests/dialogue/test_token.py::test_a_byte_changed_anywhere_in_hundreds_of_tokens_still_gives_a_screen",
    ),
    Breakage(
        "C9",
        "bot/operations/http_connection.py",
        "        self._expect(self.timing.head_seconds)\n        if len",
        "        if len",
        "tests/channels/web/test_server.py",
    ),
    Breakage(
        "C9",
        "bot/operations/http_connection.py",
        "            self._expect(self.timing.body_seconds)\n",
        "            self._expect(None)\n",
        "tests/channels/web/test_server.py",
    ),
    Breakage(
        "C9",
        "bot/operations/http_connection.py",
        "            self._make_room()\n",
        "            pass\n",
        "tests/channels/web/test_server.py::test_no_more_connections_are_kept_than_are_taken_and_the_oldest_go_first",
    ),
    Breakage(
        "C9",
        f"{_TELEGRAM}/webhook.py",
        '        if message["type"] != "http.request":\n            return None\n',
        '        if message["type"] != "http.request":\n            continue\n',
        f"{_LINE}::test_a_delivery_whose_connection_is_closed_half_way_leaves_the_bot_well",
    ),
    Breakage(
        "C10",
        "bot/understanding/reader.py",
        "_MOST_SENTENCES: Final = 8",
        "_MOST_SENTENCES: Final = 800",
        "tests/understanding/test_growth.py",
    ),
    Breakage(
        "C11",
        f"{_TELEGRAM}/order.py",
        "            del self._lines[chat]\n",
        "            pass\n",
        f"{_T}/test_nothing_kept.py {_T}/test_order.py",
    ),
    Breakage(
        "C12",
        "bot/checks/number_plan.py",
        '"999": "emergency services",\n    "112"',
        '"998": "emergency services",\n    "112"',
        "tests/checks/test_number_plan.py tests/checks/test_mutations.py",
    ),
)
