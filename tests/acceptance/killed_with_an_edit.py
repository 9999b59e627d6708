#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The agent changes a call that was logged, and the console is killed before the CRM has said that it has the change:
once with the change written there and the answer lost, once while the CRM cannot be reached. Each change is in the CRM
once, on the one record of the call."""

from office import check, run
from desk import until

NOTE = "Wants the offer by mail."
FIRST = " And by post."
SECOND = " Call back on Friday."


def test(office):
    office.start_console()
    office.sign_in()
    caller = office.caller(office.sample["known"], "Reception")
    office.ring_and_answer(caller)
    office.console.write_note(NOTE)
    caller.hangup()
    caller.wait_for("CALL_CLOSED")
    office.desk.display.rest()
    office.console.log_call()
    call = office.wait_logged()[0]["id"]
    office.desk.display.rest()
    office.picture("logged")

    # The CRM writes the change, and nobody hears of it.
    office.sandbox.ask("POST", "fault", {"method": "PUT", "path": "/crm/", "drop_after_commit": True})
    edit(office, FIRST)
    until("the CRM has the change", lambda: puts(office, call), lives=office.console.must_live)
    office.console.process.kill()
    settle(office, call)
    check(len(puts(office, call)) == 1, f"A change that the CRM had was sent again: {puts(office, call)}.")
    check(text(office, call).startswith(NOTE + FIRST), f"The change is not in the CRM: {text(office, call)!r}.")

    # The CRM cannot be reached, and the change waits.
    office.console.press("Home")  # the newest call of the list
    office.desk.display.rest()
    before = len(office.sandbox.requests())
    office.sandbox.ask("POST", "fault", {"path": "/crm/", "reset": True, "times": -1})
    edit(office, SECOND)
    until("the change was tried", lambda: asked(office, call, "reset", before), lives=office.console.must_live)
    office.console.process.kill()
    check(len(puts(office, call)) == 1, "The change reached a CRM that cannot be reached.")
    office.sandbox.ask("DELETE", "fault")
    office.start_console()
    until("the change is in the CRM", lambda: text(office, call).startswith(NOTE + FIRST + SECOND), lives=office.console.must_live)
    office.desk.display.rest()
    office.picture("sent-after-the-kill")
    office.console.process.end()
    settle(office, call, sends=False)
    check(len(puts(office, call)) == 2, f"The two changes were sent {len(puts(office, call))} times.")
    calls = office.created_calls()
    check(len(calls) == 1, f"The CRM has {len(calls)} records of one call.")
    office.check_nothing_leaked(NOTE, FIRST, SECOND)


def edit(office, words):
    office.console.press("F2")
    office.desk.display.rest()
    office.console.press("ctrl+End")
    office.desk.display.type(words)
    office.picture("edited")
    office.console.log_call()


def settle(office, call, sends=True):
    """The next start. What it finds waiting is asked for in the CRM first."""
    before = len(office.sandbox.requests())
    office.start_console()
    office.wait_asked("/users", after=before)
    if sends:
        until("the next start has asked for the call", lambda: asked(office, call, 200, before), lives=office.console.must_live)
    office.desk.display.rest()
    office.picture("started-again")


def asked(office, call, status, after):
    """The look-ups of the call's record that ended so."""
    return [request for request in office.sandbox.requests()[after:]
            if request["method"] == "GET" and request["path"].endswith(f"/Calls/{call}") and request["status"] == status]


def puts(office, call):
    return [request for request in office.sandbox.requests()
            if request["method"] == "PUT" and request["path"].endswith(f"/Calls/{call}")]


def text(office, call):
    return next(record for record in office.created_calls() if record["id"] == call).get("Description") or ""


if __name__ == "__main__":
    run(test, "killed_with_an_edit")
