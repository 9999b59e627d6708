# SPDX-License-Identifier: Apache-2.0
"""The console as a process, and the agent in front of it: keys and clicks only."""

import subprocess

from .waiting import Failed, until

TITLE = "Ringside"


class Console:
    def __init__(self, desk, options, **started):
        self._desk = desk
        self._display = desk.display
        self.process = desk.processes.start("ringside", [desk.programs / "ringside", *options], desk.environment, **started)
        self.pid = self.process.pid

    @staticmethod
    def set_client_secret(desk, profile, secret):
        """As a roll-out script does it: on standard input."""
        done = subprocess.run([desk.programs / "ringside", "--profile", profile, "--set-secret", "client"], text=True,
                              env=desk.environment, input=secret + "\n", capture_output=True, timeout=60)
        if done.returncode != 0:
            raise Failed(f"ringside --set-secret failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout + done.stderr

    def must_live(self):
        self.process.must_live()

    def first_line(self):
        """What it prints first; with --demo, the sandbox's addresses."""
        return until("the console printed its first line",
                     lambda: self.process.output().splitlines()[0] if "\n" in self.process.output() else "",
                     60, self.must_live)

    def window(self):
        """The main window, once it is shown."""
        windows = until("the console's window is shown", lambda: self._display.windows_titled(self.pid, TITLE), 60, self.must_live)
        return max(windows, key=lambda window: self._display.geometry(window)[2] * self._display.geometry(window)[3])

    def other_windows(self):
        """Toasts and the like."""
        main = self.window()
        return [window for window in self._display.windows(self.pid) if window != main]

    def focus(self):
        self.must_live()
        self._display.activate(self.window())

    def press(self, keys):
        self.focus()
        self._display.press(keys)

    def write_note(self, text):
        """F4 puts the cursor into the notes of the call; then the agent types."""
        self.press("F4")
        self._display.type(text)

    def log_call(self):
        self.press("ctrl+Return")
