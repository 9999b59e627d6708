#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A defect ends the console in the middle of a call: its memory is written nowhere, the note is there after the restart, and
neither log nor profile nor output holds a token, a secret or a word of it. Where support asks for a core file, there is one,
which shows that this test would find one."""

import os
import resource
import signal
import subprocess

from office import check, run
from desk import until

NOTE = "The spare filter is in the blue cabinet behind the stairs."
REST = " Written after the crash."


def test(office):
    # As at a desk where core files are wanted; the console inherits it.
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    folder = office.desk.folder / "crash"
    folder.mkdir()
    would_write = machine_writes_cores(folder)

    office.start_console(cwd=folder)
    office.sign_in()
    caller = office.caller(office.sample["known"], "Reception")
    office.ring_and_answer(caller)
    office.console.write_note(NOTE)
    office.desk.display.rest()

    check(not office.console.process.crash(), "The console's crash wrote a core file.")
    check(not cores(office), f"There is a core file: {cores(office)}.")
    office.check_nothing_leaked(NOTE)

    office.start_console(cwd=folder)
    office.desk.display.rest()
    office.picture("started-again")
    office.console.write_note(REST)
    caller.hangup()
    caller.wait_for("CALL_CLOSED")
    office.desk.display.rest()
    office.console.log_call()
    call = office.wait_logged()[0]
    description = call.get("Description") or ""
    check(description.startswith(NOTE), f"The note did not survive the crash: {description!r}.")
    check(REST.strip() in description, f"What was written afterwards is missing: {description!r}.")
    check(call.get("Who_Id", {}).get("id") == office.sample["contact_id"], "It is logged on somebody else.")
    office.check_nothing_leaked(NOTE, REST)

    # And with the switch of support there is one, where this machine writes any.
    office.console.process.end()
    office.start_console("--allow-core-dumps", cwd=folder)
    office.desk.display.rest()
    dumped = office.console.process.crash()
    check(dumped == would_write, f"With --allow-core-dumps a core file was {'' if dumped else 'not '}written.")
    warned = until("the console has warned of core files", lambda: "may write a core file" in office.console.process.errors(), 5)
    check(warned, "The console did not warn.")


def machine_writes_cores(folder):
    """Whether a program that crashes here leaves a core file at all; a container may not."""
    crashed = subprocess.Popen(["sleep", "60"], cwd=folder)
    os.kill(crashed.pid, signal.SIGSEGV)
    _, status = os.waitpid(crashed.pid, 0)
    for core in folder.glob("core*"):
        core.unlink()
    return os.WCOREDUMP(status)


def cores(office):
    return [str(path) for path in office.desk.folder.rglob("core*") if path.is_file()]


if __name__ == "__main__":
    run(test, "crash_without_a_core")
