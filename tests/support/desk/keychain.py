# SPDX-License-Identifier: Apache-2.0
"""A session bus of its own with a real, unlocked gnome-keyring on it."""

import pathlib
import subprocess

from .waiting import until

# No service may start by itself when it is asked for: a second, locked keychain would take the first one's name.
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
PASSWORD = b"a keychain for tests\n"  # With an empty line there would be no login collection, and writes would fail.


class Keychain:
    def __init__(self, processes, environment):
        self._environment = environment
        folder = environment["XDG_RUNTIME_DIR"]
        configuration = pathlib.Path(folder) / "session.conf"
        configuration.write_text(CONFIGURATION.format(folder=folder))
        bus = processes.start("dbus", ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"],
                              environment)
        address = until("a session bus listens", lambda: bus.output().strip() if bus.output().endswith("\n") else "",
                        lives=bus.must_live)
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        daemon = processes.start("keyring", ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                 environment, stdin=subprocess.PIPE)
        daemon.stdin.write(PASSWORD)
        daemon.stdin.close()
        until("the keychain has an unlocked collection", self.unlocked, lives=daemon.must_live)

    def unlocked(self):
        answer = self._call("/org/freedesktop/secrets/aliases/default", "org.freedesktop.DBus.Properties.Get",
                            "string:org.freedesktop.Secret.Collection", "string:Locked")
        return "boolean false" in answer

    def _call(self, path, method, *arguments):
        command = ["dbus-send", "--session", "--print-reply", "--reply-timeout=2000", "--dest=org.freedesktop.secrets",
                   path, method, *arguments]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=20).stdout
