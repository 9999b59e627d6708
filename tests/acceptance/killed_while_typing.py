#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The console is killed in the middle of a word, started again, and has every letter that was 250 ms old; the note is
finished, and the call is logged once."""

import subprocess
import time

from office import check, run
from desk import until

NOTE = ("The driver comes on Thursday between nine and ten, the gate code is with security, and the old panels go back "
        "with him. The invoice follows by mail, and the colour samples of the darker oak are to be sent ahead.")
KEY_SECONDS = 0.04
TYPED_SECONDS = 4.0
KEPT_AFTER_SECONDS = 0.25
REST = " Written after the restart."


def test(office):
    office.start_console()
    office.sign_in()
    caller = office.caller(office.sample["known"], "Reception")
    rang, answered = office.ring_and_answer(caller)
    began = time.monotonic()

    on_disk = type_and_kill(office)
    office.start_console()
    office.desk.display.rest()
    office.picture("started-again")
    caller.hangup()
    caller.wait_for("CALL_CLOSED")
    seconds = time.monotonic() - began
    check(seconds > TYPED_SECONDS, "The call ended too early for this test.")
    office.desk.display.rest()

    office.console.write_note(REST)
    office.picture("note-finished")
    office.console.log_call()
    call = office.wait_logged()[0]
    office.picture("logged")
    office.check_call(call, REST, rang, answered, seconds)
    text = call.get("Description") or ""
    check(text.startswith(on_disk), f"Of what was typed {KEPT_AFTER_SECONDS} s before, something is missing: {text!r} lacks {on_disk!r}.")
    kept = text[: text.index(REST)]
    check(NOTE.startswith(kept), f"The restored note is not the beginning of what was typed: {kept!r}.")

    before = len(office.sandbox.requests())
    office.console.process.end()
    office.start_console()
    office.wait_asked("/users", after=before)
    office.desk.display.rest()
    calls = office.created_calls()
    check(len(calls) == 1, f"The CRM has {len(calls)} records of one call.")
    office.check_nothing_leaked(NOTE, kept, REST)


def type_and_kill(office):
    """Types at an even pace and pulls the plug; gives what must have been on disk by then."""
    office.console.press("F4")
    typist = subprocess.Popen(["xdotool", "type", "--clearmodifiers", "--delay", str(int(KEY_SECONDS * 1000)), "--", NOTE],
                              env=office.desk.environment)
    started = time.monotonic()
    until("the agent is in the middle of the note", lambda: time.monotonic() - started >= TYPED_SECONDS)
    check(typist.poll() is None, "The whole note was typed before the console could be killed.")
    office.console.process.kill()
    typed = (time.monotonic() - started - KEPT_AFTER_SECONDS) / KEY_SECONDS
    typist.wait(60)
    # xdotool takes its time over a key besides the delay: how long, is measured over the whole note.
    pace = (time.monotonic() - started) / len(NOTE)
    return NOTE[: int(typed * KEY_SECONDS / pace) - 3]


if __name__ == "__main__":
    run(test, "killed_while_typing")
