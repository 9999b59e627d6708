# SPDX-License-Identifier: Apache-2.0
"""The desk itself: its folders, its environment, and everything that stands on it."""

import os
import pathlib
import shutil
import tempfile

from .console import Console
from .display import Display
from .keychain import Keychain
from .processes import Processes
from .sandbox import Sandbox
from .webdriver import Browser

TAKEN_OVER = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "LOGNAME", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")


class Desk:
    """with Desk(programs) as desk: … `programs` is the folder of the built programs. Nothing of the user's own home,
    display, bus or keychain is touched."""

    def __init__(self, programs, keep_folder=False):
        self.programs = pathlib.Path(programs).resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ringside-desk-"))
        self._keep_folder = keep_folder
        self.environment = self._make_environment()
        logs = self.folder / "logs"
        logs.mkdir()
        self.processes = Processes(logs)
        try:
            self.display = Display(self.processes, self.environment)
            self.keychain = Keychain(self.processes, self.environment)
            wrapper = pathlib.Path(__file__).resolve().parent / "headless_browser.py"
            self.browser = Browser(self.processes, self.environment, self.folder / "browser", wrapper)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.processes.end_all()
        if not self._keep_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start_sandbox(self, *options):
        return Sandbox.start(self.processes, self.environment, self.programs, *options)

    def start_console(self, *options, **started):
        """`started`: as subprocess.Popen takes it."""
        return Console(self, options, **started)

    def _make_environment(self):
        environment = {name: os.environ[name] for name in TAKEN_OVER if name in os.environ}
        environment.setdefault("LC_ALL", "C.UTF-8")
        for variable, name in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "share"),
                               ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"), ("XDG_RUNTIME_DIR", "run")):
            path = self.folder / name
            path.mkdir(mode=0o700)
            environment[variable] = str(path)
        environment["XDG_DATA_DIRS"] = "/usr/local/share:/usr/share"
        environment["QT_QPA_PLATFORM"] = "xcb"
        environment["NO_AT_BRIDGE"] = "1"
        return environment
