#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The desk's system browser: what xdg-open starts with an address. Headless Chromium with its DevTools open; a second
address goes to the browser that runs already, as on a desktop (headless Chromium does not hand it over by itself).

    headless_browser.py FOLDER ADDRESS

FOLDER holds the browser's profile, and `pids` with a line for each browser that was started.
"""

import fcntl
import os
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request

START_SECONDS = 60


def devtools_port(profile):
    try:
        return int((profile / "DevToolsActivePort").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def open_in_running(profile, address):
    port = devtools_port(profile)
    if port is None:
        return False
    request = urllib.request.Request(f"http://127.0.0.1:{port}/json/new?{urllib.parse.quote(address, safe='')}", method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status == 200
    except OSError:
        return False


def can_confine():
    """Whether Chromium can put its processes into namespaces of their own; root cannot, and many containers forbid it."""
    return os.geteuid() != 0 and subprocess.run(["unshare", "--user", "--map-root-user", "true"], stderr=subprocess.DEVNULL,
                                                check=False).returncode == 0


def command(profile, address):
    program = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    options = [
        "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", "--window-size=1000,800",
        "--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-extensions", "--disable-gpu", "--disable-dev-shm-usage", "--password-store=basic",
        "--lang=en",
    ]
    if not can_confine():
        options.append("--no-sandbox")  # It only ever sees pages of this computer.
    return [program, *options, address]


def main():
    folder, address = pathlib.Path(sys.argv[1]), sys.argv[2]
    profile = folder / "profile"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if open_in_running(profile, address):
            return 0
        (profile / "DevToolsActivePort").unlink(missing_ok=True)
        log = os.open(folder / "browser.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        pid = os.fork()
        if pid == 0:
            os.setsid()
            os.dup2(log, 1)
            os.dup2(log, 2)
            arguments = command(profile, address)
            os.execvp(arguments[0], arguments)
        with open(folder / "pids", "a") as pids:
            pids.write(f"{pid}\n")
        deadline = time.monotonic() + START_SECONDS
        while devtools_port(profile) is None:
            if os.waitpid(pid, os.WNOHANG)[0] or time.monotonic() > deadline:
                print("The browser did not start; its log is in the folder.", file=sys.stderr)
                return 1
            time.sleep(0.05)
    return 0


if __name__ == "__main__":
    sys.exit(main())
