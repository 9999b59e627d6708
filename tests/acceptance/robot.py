# SPDX-License-Identifier: Apache-2.0
"""Somebody at the keyboard who knows when each key had reached the console, and reads the notes back from the window."""

import random

from desk.keyboard import Keyboard

# Latin with accents of its own and combining ones, Arabic with its marks, Hindi, and what lies beyond the first plane.
WORDS = ("delivery thursday gate code crème brûlée ne\u0301e a\u0308pfel z\u0323alm مرحبا التَّسليم غدًا नमस्ते ज़रूर 👍 🚚 𝒳 👩‍👧 ok "
         "invoice follows panels oak dark sent ahead").split()


class Robot:
    def __init__(self, office, seed):
        self.office = office
        self.random = random.Random(seed)
        self.keyboard = Keyboard(office.desk.display.name, "abcdefghijklmnopqrstuvwxyz .\n" + "".join(WORDS))
        self.calls = 0

    # -- the console

    def to_front(self):
        self.office.console.focus()

    def words(self, count):
        return "".join(self.random.choice(WORDS) + " " for _ in range(count))

    def read_notes(self):
        """The notes that have the keyboard after F4, by way of the clipboard; None when there are none."""
        self.keyboard.chord("F4")
        self.keyboard.chord("Control", "a")
        self.keyboard.chord("Control", "c")
        self.keyboard.chord("Control", "End")  # not Right: that is the beginning where Arabic comes last
        return self.keyboard.clipboard()

    def choose(self, position):
        """The call at that place of the list, from the top."""
        self.keyboard.chord("Alt", "1")
        self.keyboard.chord("Home")
        for _ in range(position):
            self.keyboard.chord("Down")
        self.keyboard.chord("F4")

    # -- the phone

    def tell(self, notes, state, **more):
        self.office.sandbox.signal_call(notes.call, state, notes.number, **more)

    def ring(self, notes):
        self.calls += 1
        notes.call = f"call-{self.calls}"
        self.tell(notes, "ringing")


def text_of(record):
    """The notes of a record, without the line that Ringside finds it by."""
    return (record.get("Description") or "").partition("\n\nRingside reference:")[0]
