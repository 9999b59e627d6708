#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plays a morning at the desk with `ringside --demo`, as an agent would: keys, clicks in the browser, calls from the
phone simulator. Every step is checked against the records of the demo's CRM and leaves a picture of the whole screen.
Ends with status 0 only if every step happened."""

import argparse
import contextlib
import datetime
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "support"))

from desk import Desk, Failed, until  # noqa: E402
from desk.sandbox import Sandbox  # noqa: E402

KNOWN_NOTE = "Replacement for the two damaged panels leaves on Thursday. Wants a call before the driver starts."
UNKNOWN_NOTE = "New restaurant in the marina, needs forty chairs by May. Send the catalogue."
SHARED_NOTE = "Asked for the invoice of the last order once more."


class Morning:
    def __init__(self, desk, pictures):
        self.desk = desk
        self.pictures = pictures
        self.step = "start"
        self.count = 0
        self.taken = []
        self.console = None
        self.sandbox = None
        self.sample = None
        self.spans = {}  # Of the call at hand: when it rang, was answered, ended, each as (before, after) it was told.

    def play(self):
        for step in (self.start, self.sign_in, self.known_rings, self.known_answered, self.note_typed, self.hung_up,
                     self.logged, self.unknown_caller, self.unknown_logged, self.two_people, self.one_of_two_logged,
                     self.search, self.found):
            self.step = step.__doc__
            self.count += 1
            step()
            self.picture(step.__name__.replace("_", "-"))
            print(f"{self.count:2}. {self.step}\n    {self.taken[-1]}", flush=True)

    def picture(self, name):
        path = self.pictures / f"{self.count:02}-{name}.png"
        self.desk.display.move_pointer(1359, 430)
        self.taken.append(self.desk.display.picture(path))

    # The steps.

    def start(self):
        """The demo starts: its window is there and the browser opens the sign-in"""
        self.console = self.desk.start_console("--demo")
        self.sandbox = Sandbox.from_line(self.console.first_line())
        self.console.window()
        self.desk.browser.page("/oauth/v2/auth", lives=self.console.must_live)
        self.sample = self.sandbox.sample()

    def sign_in(self):
        """Accepted in the browser: the console is signed in, and the phone simulator opens"""
        self.desk.browser.accept_consent(self.console.must_live)
        self.wait("the code was exchanged for tokens", lambda: self.asked("POST", "/oauth/v2/token"))
        self.wait("the console asked who it is signed in as", lambda: self.asked("GET", "/users"))
        page = self.desk.browser.page("/__sandbox/phone", lives=self.console.must_live)
        self.wait("the phone simulator has a number to ring with", lambda: page.text("#presets button"))

    def known_rings(self):
        """A known caller rings: the screen pop"""
        before = len(self.sandbox.requests())
        page = self.desk.browser.page("/__sandbox/phone")
        page.click("#presets button")
        with self.noted("rang"):
            page.click("#ring")
            self.wait("the call rings", lambda: self.in_the_air() == ["ringing"])
        self.wait("the CRM was asked for the caller's number", lambda: self.number_asked("known", before))
        self.wait("the caller's profile was read", lambda: self.profile_read(self.sample["contact_id"], before))
        self.wait("a toast shows the call", lambda: len(self.console.other_windows()) == 1)
        self.call_shown()

    def known_answered(self):
        """The call is answered"""
        page = self.desk.browser.page("/__sandbox/phone")
        self.wait("the call is ringing on the phone", lambda: page.text("#calls button.answer"))
        with self.noted("answered"):
            page.click("#calls button.answer")
            self.wait("the call is connected", lambda: self.in_the_air() == ["connected"])
        self.wait("the toast is gone", lambda: not self.console.other_windows())

    def note_typed(self):
        """A note is typed"""
        self.desk.display.rest()
        before = self.desk.display.fingerprint()
        self.console.write_note(KNOWN_NOTE)
        self.wait("the screen shows what was typed", lambda: self.desk.display.fingerprint() != before)

    def hung_up(self):
        """The call is hung up: wrap-up"""
        page = self.desk.browser.page("/__sandbox/phone")
        with self.noted("ended"):
            page.click("#calls button.end")
            self.wait("the call has ended", lambda: self.in_the_air() == [])

    def logged(self):
        """Ctrl+Enter: the call is in the CRM, once, on the right person"""
        self.log_and_check(1, KNOWN_NOTE, [self.sample["contact_id"]])

    def unknown_caller(self):
        """An unknown caller: notes all the same"""
        before = len(self.sandbox.requests())
        self.tell("demo-unknown", "ringing", self.sample["unknown"])
        self.wait("the CRM was asked for the number", lambda: self.number_asked("unknown", before))
        self.tell("demo-unknown", "connected", self.sample["unknown"])
        self.call_shown()
        self.console.write_note(UNKNOWN_NOTE)

    def unknown_logged(self):
        """Logged without a person"""
        self.tell("demo-unknown", "ended", self.sample["unknown"], reason="hangup")
        self.log_and_check(2, UNKNOWN_NOTE, [None])

    def two_people(self):
        """Two people behind one number: the console asks which"""
        before = len(self.sandbox.requests())
        self.tell("demo-shared", "ringing", self.sample["shared"])
        self.wait("the CRM was asked for the shared number", lambda: self.number_asked("shared", before))
        self.call_shown()
        for record in self.sample["shared_ids"]:
            if self.asked("GET", record, "", before):
                raise Failed(f"The console opened {record} without asking which of the two it is.")

    def one_of_two_logged(self):
        """One of them is chosen, and the call is logged on that one"""
        self.tell("demo-shared", "connected", self.sample["shared"])
        before = len(self.sandbox.requests())
        self.choose_first()
        chosen = self.wait("the chosen person's profile was read", lambda: [
            record for record in self.sample["shared_ids"] if self.asked("GET", record, "", before)])
        self.console.write_note(SHARED_NOTE)
        self.tell("demo-shared", "ended", self.sample["shared"], reason="hangup")
        self.log_and_check(3, SHARED_NOTE, chosen[:1])

    def search(self):
        """Ctrl+K: a customer is looked up by hand"""
        before = len(self.sandbox.requests())
        self.console.press("ctrl+k")
        self.desk.display.type(self.sample["known_name"])
        word = self.sample["known_name"].split()[-1]
        self.wait("the CRM was searched for the name", lambda: self.asked("GET", "/search", word, before))

    def found(self):
        """Enter: the customer's profile"""
        before = len(self.sandbox.requests())
        self.desk.display.press("Return")
        self.wait("the customer's profile was read", lambda: self.profile_read(self.sample["contact_id"], before))

    # What the steps are made of.

    def wait(self, what, question, seconds=20.0):
        return until(what, question, seconds, self.console.must_live)

    def asked(self, method, path_part, text="", after=0):
        """Whether the CRM answered such a request well."""
        return any(request["method"] == method and path_part in request["path"] and request["status"] in (200, 201, 204)
                   and text in f"{request['query']} {request.get('body', '')}"
                   for request in self.sandbox.requests()[after:])

    def profile_read(self, record, after):
        """A record that was read a moment ago may be shown again as it is; what hangs on it is read in one request."""
        return self.asked("GET", record, "", after) or self.asked("POST", "/__composite_requests", record, after)

    def in_the_air(self):
        return [call["state"] for call in self.sandbox.ask("GET", "calls")["calls"]]

    def number_asked(self, whose, after):
        """By its last digits, whichever way."""
        digits = self.sample[whose][-7:]
        return self.asked("GET", "/search", digits, after) or self.asked("POST", "/coql", digits, after)

    @contextlib.contextmanager
    def noted(self, what):
        """When it was, between two times."""
        before = time.time()
        yield
        self.spans[what] = (before, time.time())

    def tell(self, call_id, state, number, **more):
        """The phone tells of a call."""
        with self.noted({"ringing": "rang", "connected": "answered", "ended": "ended"}[state]):
            self.sandbox.signal_call(call_id, state, number, **more)

    def call_shown(self):
        """Rest, so that what is pressed next finds the call."""
        self.console.must_live()
        self.desk.display.rest()

    def choose_first(self):
        """Alt+2 goes to the profile's column, there to the first name; Space takes it."""
        self.console.press("alt+2")
        self.desk.display.press("space")

    def log_and_check(self, count, note, people):
        self.desk.display.rest()
        self.console.log_call()
        calls = self.wait(f"the CRM has {count} new call{'s' if count > 1 else ''}",
                          lambda: [call for call in [self.sandbox.records("Calls", created=True)] if len(call) == count])[0]
        mine = [call for call in calls if note in (call.get("Description") or "")]
        if len(mine) != 1:
            raise Failed(f"The note stands in {len(mine)} of the calls in the CRM, not in one.")
        who = (mine[0].get("Who_Id") or {}).get("id")
        if who not in people:
            raise Failed(f"The call was logged on {who}, not on {' or '.join(map(str, people))}.")
        if mine[0].get("Call_Type") != "Inbound":
            raise Failed(f"The call's type in the CRM is {mine[0].get('Call_Type')}, not Inbound.")
        self.check_time(mine[0])

    def check_time(self, call):
        """Within a second of what the phone told, with the offset of this place."""
        start = datetime.datetime.fromisoformat((call.get("Call_Start_Time") or "").replace("Z", "+00:00"))
        if start.tzinfo is None or not self.spans["rang"][0] - 1 <= start.timestamp() <= self.spans["answered"][1] + 1:
            raise Failed(f"The call's start in the CRM is {call.get('Call_Start_Time')}, which is not when it rang.")
        shortest = self.spans["ended"][0] - self.spans["answered"][1] - 1
        longest = self.spans["ended"][1] - self.spans["answered"][0] + 1
        seconds = float(call.get("Call_Duration_in_seconds") or 0)
        if not shortest <= seconds <= longest:
            raise Failed(f"The call's length in the CRM is {seconds:.0f} s, not {shortest:.1f} to {longest:.1f} s.")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", required=True, type=pathlib.Path, help="folder of the built programs")
    parser.add_argument("--pictures", required=True, type=pathlib.Path, help="folder for the pictures")
    arguments = parser.parse_args()
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(130))  # So that what was started is ended.

    return play(Morning, arguments.programs, arguments.pictures)


def play(kind, programs, pictures):
    """Plays such a morning; gives the exit status."""
    try:
        with Desk(programs) as desk:
            morning = kind(desk, pictures)
            try:
                morning.play()
            except Exception as problem:  # noqa: BLE001: whatever it is, the step is named
                return report_failure(morning, problem)
    except KeyboardInterrupt:
        return 130
    except Failed as problem:
        print(f"The desk could not be set up: {problem}", file=sys.stderr)
        return 1
    print(f"\nAll {morning.count} steps happened. Pictures: {pictures}")
    return 0


def report_failure(morning, problem):
    what = str(problem) if isinstance(problem, Failed) else f"{type(problem).__name__}: {problem}"
    print(f"\nStep {morning.count} did not happen: {morning.step}.\n{what}", file=sys.stderr)
    try:
        morning.picture("failed")
        print(f"What the screen showed: {morning.taken[-1]}", file=sys.stderr)
    except Failed as no_picture:
        print(no_picture, file=sys.stderr)
    if morning.console:
        errors = morning.console.process.errors().strip()
        if errors:
            print("What the console said:\n" + "\n".join(errors.splitlines()[-20:]), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
