#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The console is killed at random moments while a robot types into the notes of two calls, changes between them and logs
them; each time it comes back with all but at most the last 250 ms, in the call that was written in, without a torn
character; in the end each call is in the CRM once, with its very text.

    killed_at_random.py --programs FOLDER --pictures FOLDER [--kills 25] [--seed 1]
"""

import os
import random
import signal
import threading
import time

from office import arguments_of, check, run
from robot import Robot, text_of
from desk import Failed, until

KEPT_AFTER_SECONDS = 0.25
KILLS_A_ROUND = 6


class Notes:
    """What was typed into the notes of one call: text that the program had time for, and the keys since."""

    def __init__(self, number, name, position):
        self.number = number
        self.name = name
        self.position = position  # in the list of calls, from the top
        self.call = ""
        self.kept = ""   # read back from the console
        self.typed = []  # since then: (character, when it had reached the console)

    def full(self):
        return self.kept + "".join(character for character, _ in self.typed)

    def due(self, killed_at):
        """What must be there after a kill at that moment."""
        return self.kept + "".join(character for character, at in self.typed if at <= killed_at - KEPT_AFTER_SECONDS)


class Typist(Robot):
    """Types on, whatever becomes of the console."""

    def __init__(self, office, seed):
        super().__init__(office, seed)
        self.kills = 0
        self.killed_at = None
        self.logged = []
        self.last = None  # the notes that were written last, of those that are on disk
        self.longest_missing = 0.0  # seconds between a key that is not there and the kill

    # -- the console

    def start(self):
        self.office.start_console()
        self.killed_at = None

    def kill_after(self, seconds):
        """A hand that pulls the plug, whatever the robot is doing then."""
        pid = self.office.console.pid

        def kill():
            self.killed_at = time.monotonic()
            os.kill(pid, signal.SIGKILL)
        timer = threading.Timer(seconds, kill)
        timer.start()
        return timer

    def died(self, timer):
        timer.join()
        self.office.console.process.kill()  # which it is already: takes its last status
        self.kills += 1

    def found(self, notes, due, killed_at=0.0, chosen=False):
        """Until the notes on the desk begin with what is due, and are no more than was typed; keeps them. The call must be on
        the desk, or is chosen from the list."""
        shown = [None]

        def look():
            self.to_front()
            if chosen:
                self.choose(notes.position)
            shown[0] = without_breaks(self.read_notes())
            return shown[0] is not None and shown[0].startswith(due) and notes.full().startswith(shown[0])
        try:
            until(f"the notes of {notes.name} are on the desk", look, 30, self.office.console.must_live)
        except Failed as problem:
            raise Failed(f"{problem} There is {shown[0]!r}; {due!r} is due, {notes.full()[len(due):]!r} may follow.") from None
        missing = notes.typed[len(shown[0]) - len(notes.kept):]
        if missing:
            self.longest_missing = max(self.longest_missing, killed_at - missing[0][1])
        if len(shown[0]) > len(notes.kept):
            self.last = notes
        notes.kept = shown[0]
        notes.typed = []

    def go_to(self, notes):
        self.found(notes, notes.full(), chosen=True)

    def type_words(self, notes, count):
        """Until the words are all typed, or the console is dead."""
        text = self.words(count)
        pace = self.random.choice((0.004, 0.012, 0.03))
        for character in text:
            if self.killed_at is not None:
                return
            notes.typed.append((character, self.keyboard.key(character)))
            time.sleep(self.random.uniform(0, 2 * pace))

    # -- a round: two calls, some deaths, two logs

    def play(self, kills):
        sample = self.office.sample
        first, second = Notes(sample["known"], "the first caller", 0), Notes(sample["unknown"], "the second caller", 0)
        self.ring(first)
        self.tell(first, "connected")
        self.open_notes(first, "first ")
        self.ring(second)
        first.position = 1
        self.tell(first, "held")
        self.tell(second, "connected")
        self.open_notes(second, "second ")
        current = second
        for _ in range(kills - 1):
            left, current = current, self.random.choice((first, second))
            if left is current:
                self.die_typing(current)
            else:
                self.die_changing(left, current)
            if self.random.random() < 0.2:
                self.die_starting(current)
        self.settle(current)
        for notes in (first, second):
            self.tell(notes, "ended")
        self.log(first, self.random.random() < 0.5)
        self.log(second, True)
        self.check_calls([first, second])

    def open_notes(self, notes, word):
        """The first word, typed into the newest call of the list, and only while nothing dies."""
        self.office.desk.display.rest()
        self.to_front()
        self.choose(0)
        notes.typed = [(character, self.keyboard.key(character)) for character in word]
        self.settle(notes)

    def settle(self, notes):
        """Nothing dies: every key must be there, and has had its time."""
        self.found(notes, notes.full())
        time.sleep(KEPT_AFTER_SECONDS)

    def die_typing(self, notes):
        timer = self.kill_after(self.random.uniform(0.0, 1.2))
        while self.killed_at is None:
            self.type_words(notes, 3)
        self.died(timer)
        self.restart(notes)

    def die_changing(self, left, notes):
        """In the change from one call to the other, or soon after it."""
        timer = self.kill_after(self.random.uniform(0.0, 0.3))
        self.choose(notes.position)
        while self.killed_at is None:
            self.type_words(notes, 1)
        self.died(timer)
        self.restart(notes)
        self.go_to(left)
        self.go_to(notes)

    def die_starting(self, notes):
        """Once more, before or while it shows itself."""
        self.office.console.process.kill()
        self.office.console = self.office.desk.start_console("--profile", self.office.profile)
        self.died(self.kill_after(self.random.uniform(0.05, 1.0)))
        self.restart(notes)

    def restart(self, notes):
        """It comes back to the call that was written last; where it cannot be known which that is, it is chosen."""
        killed_at = self.killed_at
        due = notes.due(killed_at)
        self.start()
        self.found(notes, due, killed_at, chosen=self.last is not notes and due == notes.kept)

    def log(self, notes, dies):
        """Ctrl+Enter until the CRM has it, with a death on the way."""
        if dies:
            self.go_to(notes)
            timer = self.kill_after(self.random.uniform(0.0, 0.5))
            self.keyboard.chord("Control", "Return")
            self.died(timer)
            self.start()
            self.office.desk.display.rest()
        deadline = time.monotonic() + 240
        while not self.records_of(notes):
            check(time.monotonic() < deadline, f"The call of {notes.name} does not reach the CRM.")
            self.to_front()
            self.choose(notes.position)
            if without_breaks(self.read_notes()) == notes.kept:
                self.keyboard.chord("Control", "Return")
            settled_by = time.monotonic() + 4
            while time.monotonic() < settled_by and not self.records_of(notes):
                time.sleep(0.1)

    def records_of(self, notes):
        return [record for record in self.office.created_calls()
                if record["id"] not in self.logged and without_breaks(text_of(record)) == notes.kept.strip()]

    def check_calls(self, both):
        records = [record for record in self.office.created_calls() if record["id"] not in self.logged]
        texts = sorted(without_breaks(text_of(record)) for record in records)
        wanted = sorted(notes.kept.strip() for notes in both)
        check(texts == wanted, f"In the CRM are {texts!r}, not {wanted!r}.")
        self.logged += [record["id"] for record in records]


def without_breaks(text):
    """The robot types no line breaks: one is put before what is typed while the stored notes are still being read."""
    return text and text.replace("\n", "")


def test(office):
    robot = Typist(office, arguments.seed)
    robot.start()
    office.sign_in()
    office.desk.display.rest()
    while robot.kills < arguments.kills:
        robot.play(min(KILLS_A_ROUND, arguments.kills - robot.kills))
        print(f"kill: seed {arguments.seed}, {robot.kills} kills, {len(robot.logged)} calls logged, "
              f"at most {robot.longest_missing * 1000:.0f} ms missing", flush=True)
    office.picture("the-last-calls")
    # Nothing comes after: the last program finds no call to send again.
    before = len(office.sandbox.requests())
    office.console.process.end()
    robot.start()
    office.wait_asked("/users", after=before)
    office.desk.display.rest()
    made = [record["id"] for record in office.created_calls()]
    check(sorted(made) == sorted(robot.logged), f"The CRM has {len(made)} records of {len(robot.logged)} calls.")
    robot.keyboard.close()


if __name__ == "__main__":
    parser = arguments_of(__doc__)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="of the robot; printed")
    arguments = parser.parse_args()
    print(f"kill: seed {arguments.seed}", flush=True)
    run(test, "killed_at_random", arguments, simulated_phone=True)
