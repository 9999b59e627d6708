#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A real call to a note in the CRM: sign-in in the real browser, the secrets in a real keychain, a SIP call between real
softphones, the note typed at the keyboard while another call comes in, a card number in it masked, and logged with Ctrl+Enter:
once."""

import time

from office import check, run
from desk import until

CARD = "4111111111111111"
FIRST_HALF = "Two of the oak panels arrived with broken corners. "
SECOND_HALF = "Replacement promised for Thursday before ten, extra work on his card "
NOTE = FIRST_HALF + SECOND_HALF + "•••• •••• •••• 1111."
CALL_SECONDS = 4.0


def test(office):
    office.start_console()
    office.sign_in()
    caller = office.caller(office.sample["known"], "Reception")
    other = office.caller(office.sample["unknown"], "Somebody else")

    rang, answered = office.ring_and_answer(caller)
    began = time.monotonic()
    office.console.write_note(FIRST_HALF)
    # A second call comes in the middle of the sentence: it may take no key, and no note.
    other.dial(office.agent.sip_uri)
    other.wait_for("CALL_RINGING")
    office.desk.display.type(SECOND_HALF + "4111 1111 1111 1111.")
    office.picture("second-call-while-typing")
    other.hangup()
    other.wait_for("CALL_CLOSED")
    until("the call has lasted a while", lambda: time.monotonic() - began >= CALL_SECONDS)
    caller.hangup()
    caller.wait_for("CALL_CLOSED")
    seconds = time.monotonic() - began
    office.desk.display.rest()
    office.picture("hung-up")

    check(office.created_calls() == [], "A call was logged before the agent asked for it.")
    office.console.log_call()
    calls = office.wait_logged()
    office.picture("logged")
    office.check_call(calls[0], NOTE, rang, answered, seconds)

    # Once more, and a restart: neither may log it again.
    office.console.log_call()
    office.desk.display.rest()
    office.console.process.end()
    before = len(office.sandbox.requests())
    office.start_console()
    office.wait_asked("/users", after=before)
    office.desk.display.rest()
    office.picture("started-again")
    check(not any(r["path"].endswith("/oauth/v2/auth") for r in office.sandbox.requests()[before:]), "It asked for the sign-in again.")
    calls = office.created_calls()
    check(len(calls) == 1, f"The CRM has {len(calls)} records of one call.")
    office.check_nothing_leaked(NOTE)
    office.check_no_card(CARD)


if __name__ == "__main__":
    run(test, "real_call")
