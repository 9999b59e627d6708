#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Calls pop several times a second while a robot types into the notes of the call it is in: toasts open and close, matches
come late, callers are answered and hang up. Every key arrives in the notes, in order, and the window never loses the keyboard.

    typing_while_it_pops.py --programs FOLDER --pictures FOLDER [--pops 300] [--seed 1]
"""

import random
import threading
import time

from office import arguments_of, check, run
from robot import Robot, text_of
from desk import until

POPS_A_CALL = 100
MOST_IN_THE_AIR = 4
# Of what was shown: a call that is over at once may be gone before its toast is up.
LEAST_TOASTS = 0.4


class Notes:
    def __init__(self, number):
        self.number = number
        self.call = ""


class Callers(threading.Thread):
    """Others who call meanwhile: each rings, and is answered, gives up, or is answered elsewhere."""

    def __init__(self, robot, pops, talking):
        super().__init__(daemon=True)
        self._robot = robot
        self._talking = talking  # the call that the agent is in
        self._pops = pops
        self._random = random.Random(robot.random.random())
        self._numbers = numbers_of(robot.office)
        self._in_the_air = []
        self.problem = None

    def run(self):
        try:
            for _ in range(self._pops):
                self._pop()
                # A burst, or a moment of peace.
                time.sleep(self._random.choice((0.0, 0.02, 0.1, 0.15, 0.3)))
            while self._in_the_air:
                self._go_on()
        except Exception as problem:  # noqa: BLE001: told by whoever waits for us
            self.problem = problem

    def _pop(self):
        while len(self._in_the_air) >= MOST_IN_THE_AIR:
            self._go_on()
        caller = Notes(self._random.choice(self._numbers))
        self._robot.ring(caller)
        self._in_the_air.append(caller)
        if self._random.random() < 0.3:
            self._go_on()

    def _go_on(self):
        caller = self._in_the_air.pop(self._random.randrange(len(self._in_the_air)))
        how = self._random.random()
        if how < 0.2:  # answered beside the call that the agent is in
            self._robot.tell(self._talking, "held")
            self._robot.tell(caller, "connected")
            self._robot.tell(caller, "ended")
            self._robot.tell(self._talking, "connected")
        elif how < 0.4:
            self._robot.tell(caller, "ended", reason="elsewhere")
        else:
            self._robot.tell(caller, "ended")


def numbers_of(office):
    sample = office.sample
    known = [record["Phone"] for record in office.sandbox.records("Contacts")[:40] if record.get("Phone")]
    return [sample["known"], sample["unknown"], sample["shared"], "anonymous", "+442079460018", *known]


class Typist(Robot):
    def __init__(self, office, seed):
        super().__init__(office, seed)
        self.pops = 0
        self.toasts = 0
        self.keys = 0

    def start(self, manner):
        """Anew, with that manner of pop."""
        settings = self.office.profile / "settings.ini"
        text = settings.read_text().partition("[pop]")[0]
        settings.write_text(f"{text}[pop]\nmanner={manner}\n")
        self.office.start_console()
        self.office.desk.display.rest()

    def play(self, pops, manner):
        """A call that is talked through while others pop, and is logged."""
        notes = Notes(self.office.sample["known"])
        self.ring(notes)
        self.tell(notes, "connected")
        text = "call " + str(self.calls).translate(str.maketrans("0123456789", "abcdefghij")) + " "
        self.begin(text)
        window = self.keyboard.focus()
        self.keyboard.watch(window)
        self.late_matches()
        callers = Callers(self, pops, notes)
        callers.start()
        while callers.is_alive():
            text += self.type_word(window)
        text += "."
        self.keyboard.key(".")
        check(callers.problem is None, f"The phone failed: {callers.problem}")
        self.office.desk.display.rest()
        check(self.keyboard.focus() == window, "The window has lost the keyboard.")
        lost, shown = self.keyboard.seen()
        check(lost == 0, f"The window lost the keyboard {lost} times.")
        check(shown >= LEAST_TOASTS * pops if manner == "toast" else shown == 0, f"{pops} pops, and {shown} toasts, with {manner}.")
        self.office.sandbox.ask("DELETE", "fault")
        self.tell(notes, "ended")
        self.log(text)
        self.pops += pops
        self.toasts += shown
        self.keys += len(text)

    def begin(self, text):
        self.office.desk.display.rest()
        self.to_front()
        self.choose(0)
        for character in text:
            self.keyboard.key(character)
        until("the first words are in the notes", lambda: self.read_notes() == text, lives=self.office.console.must_live)

    def late_matches(self):
        self.office.sandbox.ask("POST", "fault", {"path": "/search", "delay": self.random.choice((150, 600, 1500)), "times": -1})

    def type_word(self, window):
        text = self.random.choice((self.words(1), self.words(1), self.words(1), "\n"))
        for character in text:
            check(self.keyboard.focus() == window, "The window has lost the keyboard.")
            self.keyboard.key(character)
            time.sleep(self.random.uniform(0.0, 0.06))
        return text

    def log(self, text):
        shown = [None]

        def look():
            shown[0] = self.read_notes()
            return shown[0] == text
        try:
            until("all keys are in the notes", look, lives=self.office.console.must_live)
        except Exception as problem:
            raise type(problem)(f"{problem} They are {shown[0]!r}, not {text!r}.") from None
        before = len(self.office.created_calls())
        self.keyboard.chord("Control", "Return")
        made = self.office.wait_logged(before + 1)
        texts = [text_of(record) for record in made]
        check(texts.count(text) == 1, f"In the CRM is {texts!r}, not once {text!r}.")
        self.office.desk.display.rest()


def test(office):
    robot = Typist(office, arguments.seed)
    office.start_console()
    office.sign_in()
    played = 0
    while robot.pops < arguments.pops:
        # Two calls with toasts, then one with none.
        manner = "none" if played % 3 == 2 else "toast"
        if played % 3 != 1:
            office.console.process.end()
            robot.start(manner)
        robot.play(min(POPS_A_CALL, arguments.pops - robot.pops), manner)
        played += 1
        if played == 1:
            office.picture("after-a-call")
    records = [text_of(record) for record in office.created_calls()]
    check(len([text for text in records if text]) == played, f"{played} calls have notes, the CRM has {records!r}.")
    robot.keyboard.close()
    print(f"typing: seed {arguments.seed}, {robot.pops} pops, {robot.toasts} toasts, {robot.keys} keys, 0 keys lost, 0 misplaced")


if __name__ == "__main__":
    parser = arguments_of(__doc__)
    parser.add_argument("--pops", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="of the robot; printed")
    arguments = parser.parse_args()
    print(f"typing: seed {arguments.seed}", flush=True)
    run(test, "typing_while_it_pops", arguments, simulated_phone=True)
