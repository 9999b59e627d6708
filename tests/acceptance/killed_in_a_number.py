#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The console is killed while a card number is being typed, and again when a whole one was typed a moment ago: what was typed
before it is there after the restart, of the number no more than its first six digits, and none of it is in a file or the CRM."""

import time

from office import check, run
from desk import until

CARD = "4111111111111111"
BEFORE = "The deposit was paid by card "
REST = " so the panels go out today"
KEPT_AFTER_SECONDS = 0.25
PAUSE_SECONDS = 2.0  # Then the number would be decided, and masked.


def test(office):
    office.start_console()
    office.sign_in()
    caller = office.caller(office.sample["known"], "Reception")
    rang, answered = office.ring_and_answer(caller)
    began = time.monotonic()

    type_and_kill(office, BEFORE + "4111 1111 11")
    office.start_console()
    office.desk.display.rest()
    office.picture("started-again")
    type_and_kill(office, " is " + CARD)
    office.start_console()
    office.desk.display.rest()
    office.picture("started-once-more")
    caller.hangup()
    caller.wait_for("CALL_CLOSED")
    seconds = time.monotonic() - began
    office.desk.display.rest()

    office.console.write_note(REST)
    office.console.log_call()
    call = office.wait_logged()[0]
    office.picture("logged")
    note = BEFORE + "4111 11•• •• is 411111••••••••••" + REST
    office.check_call(call, note, rang, answered, seconds)
    office.check_no_card(CARD)


def type_and_kill(office, text):
    """Kills the console when the text is old enough to be kept, and its last digits too young to be decided."""
    office.console.press("F4")
    office.desk.display.type(text)
    typed = time.monotonic()
    until("the text is kept", lambda: time.monotonic() - typed >= 2 * KEPT_AFTER_SECONDS)
    office.console.process.kill()
    check(time.monotonic() - typed < PAUSE_SECONDS, "This computer is too slow for the test: the number may have been decided.")


if __name__ == "__main__":
    run(test, "killed_in_a_number")
