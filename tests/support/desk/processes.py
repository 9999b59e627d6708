# SPDX-License-Identifier: Apache-2.0
"""The processes of a desk: each with its output in a file, each ended by its own id."""

import os
import pathlib
import signal
import subprocess
import time

from .waiting import STEP, Failed

GRACE_SECONDS = 5.0


class Process:
    """One program in a session of its own, so that Ctrl+C at the terminal reaches the script alone."""

    def __init__(self, name, command, environment, folder, **options):
        self.name = name
        self.output_path = folder / f"{name}.out"
        self.error_path = folder / f"{name}.err"
        with open(self.output_path, "ab") as output, open(self.error_path, "ab") as errors:
            self._popen = subprocess.Popen(
                [os.fspath(part) for part in command], env=environment, stdout=output, stderr=errors,
                stdin=options.pop("stdin", subprocess.DEVNULL), start_new_session=True, **options)
        self.pid = self._popen.pid

    @property
    def stdin(self):
        return self._popen.stdin

    def running(self):
        return self._popen.poll() is None

    def exit_code(self):
        return self._popen.poll()

    def output(self):
        return self.output_path.read_text(errors="replace")

    def errors(self):
        return self.error_path.read_text(errors="replace")

    def must_live(self):
        if not self.running():
            tail = "\n".join((self.output() + self.errors()).splitlines()[-15:])
            raise Failed(f"{self.name} ended by itself with status {self.exit_code()}. Its last words:\n{tail}")

    def kill(self):
        """SIGKILL, at once: the power cut of a program."""
        self._popen.kill()
        self._popen.wait()

    def crash(self, number=signal.SIGSEGV):
        """The signal that a defect ends a program with; gives whether the system wrote a core file."""
        os.kill(self.pid, number)
        _, status = os.waitpid(self.pid, 0)
        self._popen.poll()  # it is gone
        if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != number:
            raise Failed(f"{self.name} did not end by signal {number}: status {status}")
        return os.WCOREDUMP(status)

    def end(self):
        if self.running():
            self._popen.terminate()
            try:
                self._popen.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._popen.kill()
                self._popen.wait()
        # What it started and left behind is in its session still.
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


class Processes:
    """All of them, ended in the reverse order of their start."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self._all = []
        self._strays = []

    def start(self, name, command, environment, **options):
        count = sum(1 for process in self._all if process.name.split("~")[0] == name)
        process = Process(f"{name}~{count + 1}" if count else name, command, environment, self.folder, **options)
        self._all.append(process)
        return process

    def watch_pid_file(self, path):
        """Processes that somebody else starts for us and that write their id there, a line each."""
        self._strays.append(pathlib.Path(path))

    def end_all(self):
        for process in reversed(self._all):
            process.end()
        self._all.clear()
        for path in self._strays:
            if path.exists():
                for line in path.read_text().split():
                    end_pid(int(line))
        self._strays.clear()


def end_pid(pid):
    """Ends a process that is not our child: asks, then insists."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline:
            try:
                os.kill(pid, number)
            except (ProcessLookupError, PermissionError):
                return
            if is_zombie(pid):
                return
            time.sleep(STEP)


def is_zombie(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return True
