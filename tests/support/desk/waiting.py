# SPDX-License-Identifier: Apache-2.0
"""Waiting for something to become true, with a deadline and a sentence for when it does not."""

import time

STEP = 0.05


class Failed(Exception):
    """What did not happen, as a sentence for whoever reads the output."""


def until(what, question, seconds=20.0, lives=None):
    """Asks until the answer is truthy, and gives it. `what` says what was waited for; `lives`, when given, is asked
    each time too and raises by itself when going on is pointless. An exception of the question counts as "not yet"."""
    deadline = time.monotonic() + seconds
    last = None
    while True:
        try:
            last = None
            answer = question()
            if answer:
                return answer
        except Failed:
            raise
        except Exception as problem:  # noqa: BLE001: whatever it is, the deadline decides
            last = problem
        if lives is not None:
            lives()
        if time.monotonic() > deadline:
            why = f" ({type(last).__name__}: {last})" if last else ""
            raise Failed(f"Waited {seconds:g} s in vain: {what}{why}.")
        time.sleep(STEP)


def settled(question, seconds=2.0, alike=3):
    """Asks until the same answer came `alike` times in a row or the time is over; gives the last answer."""
    deadline = time.monotonic() + seconds
    last, count = question(), 1
    while count < alike and time.monotonic() < deadline:
        time.sleep(STEP)
        now = question()
        last, count = now, count + 1 if now == last else 1
    return last
