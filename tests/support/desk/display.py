# SPDX-License-Identifier: Apache-2.0
"""A display of its own: Xvfb and openbox; what people do at it, and what they see, through X alone."""

import hashlib
import os
import subprocess
import time

from .waiting import Failed, settled, until

SIZE = "1360x860x24"  # A window of 1280 x 800 and its frame.


class Display:
    def __init__(self, processes, environment, size=SIZE):
        self._environment = environment
        number_read, number_write = os.pipe()
        self._frame_buffer = processes.folder / "Xvfb_screen0"
        command = ["Xvfb", "-displayfd", str(number_write), "-screen", "0", size, "-fbdir", processes.folder,
                   "-nolisten", "tcp", "-noreset"]
        self._server = processes.start("xvfb", command, environment, pass_fds=(number_write,))
        os.close(number_write)
        with os.fdopen(number_read) as pipe:
            number = pipe.readline().strip()  # Ends also when Xvfb dies.
        if not number:
            raise Failed(f"Xvfb did not start: {self._server.errors().strip()}")
        self.name = f":{number}"
        environment["DISPLAY"] = self.name
        self._manager = processes.start("openbox", ["openbox", "--sm-disable"], environment)
        until("a window manager answers", lambda: "window id" in self._run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]),
              lives=self._manager.must_live)

    def windows(self, pid):
        """The visible windows of a process, as text ids."""
        return self._try(["xdotool", "search", "--onlyvisible", "--pid", str(pid)]).split()

    def windows_titled(self, pid, part):
        return [window for window in self.windows(pid) if part in self.title(window)]

    def title(self, window):
        return self._try(["xdotool", "getwindowname", window]).strip()

    def active_window(self):
        return self._try(["xdotool", "getactivewindow"]).strip()

    def activate(self, window):
        """Gives a window the keyboard, as a click on its title bar would."""
        def is_active():
            if self.active_window() != window:
                self._try(["xdotool", "windowactivate", window])
            return self.active_window() == window
        until(f"window {window} has the keyboard", is_active)

    def press(self, keys):
        """One chord: "ctrl+Return", "F4", "Escape"."""
        self._run(["xdotool", "key", "--clearmodifiers", keys])

    def type(self, text, delay_ms=25):
        self._run(["xdotool", "type", "--clearmodifiers", "--delay", str(delay_ms), "--", text], seconds=120)

    def click(self, x, y):
        self._run(["xdotool", "mousemove", "--sync", str(x), str(y), "click", "1"])

    def double_click(self, x, y):
        self._run(["xdotool", "mousemove", "--sync", str(x), str(y), "click", "--repeat", "2", "--delay", "60", "1"])

    def move_pointer(self, x, y):
        self._run(["xdotool", "mousemove", str(x), str(y)])

    def geometry(self, window):
        """x, y, width, height on the screen."""
        lines = self._run(["xdotool", "getwindowgeometry", "--shell", window]).split()
        values = dict(line.split("=", 1) for line in lines)
        return tuple(int(values[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def fingerprint(self):
        """Of what the screen shows now; equal as long as no pixel changes."""
        return hashlib.sha256(self._frame_buffer.read_bytes()).hexdigest()

    def rest(self):
        """Waits until nothing on the screen moves, or for a moment where something always does."""
        settled(self.fingerprint)

    def picture(self, path):
        """The root window as a PNG, once it has come to rest (or after a moment, where something moves by itself)."""
        self.rest()
        deadline = time.monotonic() + 10
        while True:
            done = subprocess.run(["import", "-silent", "-window", "root", os.fspath(path)], env=self._environment,
                                  capture_output=True, text=True, timeout=30)
            if done.returncode == 0:
                return path
            if time.monotonic() > deadline:
                raise Failed(f"The picture {path} could not be taken: {done.stderr.strip()}")

    def _run(self, command, seconds=20):
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=seconds)
        if done.returncode != 0:
            raise Failed(f"{' '.join(command[:3])} failed: {(done.stderr or done.stdout).strip()}")
        return done.stdout

    def _try(self, command):
        """Empty where a window went away meanwhile."""
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=20).stdout
