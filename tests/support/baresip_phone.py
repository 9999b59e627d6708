# SPDX-License-Identifier: Apache-2.0
"""A real, unmodified baresip on loopback for test scripts; Python's own library only.

    with BaresipPhone("agent", "Agent One") as agent, BaresipPhone("+4930123456", "Erika") as caller:
        caller.attach()                      # takes the caller's ctrl_tcp
        caller.dial(agent.sip_uri)           # the console owns the agent's ctrl_tcp ...
        agent.http("accept")                 # ... so the agent's hands are its httpd
        caller.wait_for("CALL_ESTABLISHED")

ctrl_tcp serves one client: a second connection silently throws out the first, so attach() must not be called on a
phone whose control port somebody else uses. `python3 baresip_phone.py` makes one call as a self-test.
"""
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

MODULE_FOLDERS = ("/usr/lib/baresip/modules", "/usr/local/lib/baresip/modules")

CONFIG = """poll_method epoll
sip_listen 127.0.0.1:{sip}
net_interface 127.0.0.1
audio_source ausine,440
audio_player aubridge,x
audio_alert aubridge,x
ausrc_srate 48000
ausrc_channels 2
module_path {modules}
module g711.so
module ausine.so
module aubridge.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
module_app httpd.so
ctrl_tcp_listen 127.0.0.1:{control}
http_listen 127.0.0.1:{http}
"""


class PhoneError(Exception):
    """The phone did not do what was asked in time; the message says what."""


def free_port(sip=False):
    """A port that is free at this moment. SIP needs it for UDP too, and the next one for TLS."""
    for _ in range(50):
        with contextlib.ExitStack() as stack:
            tcp = stack.enter_context(socket.socket())
            tcp.bind(("127.0.0.1", 0))
            port = tcp.getsockname()[1]
            if not sip:
                return port
            try:
                udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                udp.bind(("127.0.0.1", port))
                after = stack.enter_context(socket.socket())
                after.bind(("127.0.0.1", port + 1))
                return port
            except (OSError, OverflowError):
                continue
    raise PhoneError("no free port on 127.0.0.1")


class BaresipPhone:
    def __init__(self, user, display_name, answer_mode="manual", control_port=0):
        self.user = user
        self.display_name = display_name
        self.answer_mode = answer_mode
        self.sip_port = free_port(sip=True)
        self.control_port = control_port or free_port()
        self.http_port = free_port()
        self.events = []
        self._process = None
        self._socket = None
        self._buffer = b""
        self._folder = None
        self._waited = 0

    @property
    def sip_uri(self):
        return f"sip:{self.user}@127.0.0.1:{self.sip_port}"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self, timeout=15.0):
        modules = next((folder for folder in MODULE_FOLDERS if os.path.isdir(folder)), None)
        if modules is None:
            raise PhoneError("baresip is not installed")
        self._folder = tempfile.mkdtemp(prefix="baresip-")
        self._write("config", CONFIG.format(sip=self.sip_port, control=self.control_port, http=self.http_port, modules=modules))
        self._write("accounts", f'"{self.display_name}" <{self.sip_uri}>;regint=0;answermode={self.answer_mode}\n')
        self._write("contacts", "")
        with open(os.path.join(self._folder, "output.txt"), "wb") as output:
            self._process = subprocess.Popen(["baresip", "-f", self._folder], stdin=subprocess.DEVNULL, stdout=output,
                                             stderr=subprocess.STDOUT)
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            # httpd is asked, not ctrl_tcp: a knock there would throw out the client that waits for it.
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.http_port), timeout=0.2).close()
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        message = f"baresip ({self.user}) did not start: {self.output()}"
        self.stop()
        raise PhoneError(message)

    def stop(self):
        if self._socket:
            self._socket.close()
            self._socket = None
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(5)
        self._process = None
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def output(self):
        with open(os.path.join(self._folder, "output.txt"), encoding="utf-8", errors="replace") as file:
            return file.read()

    # -- through ctrl_tcp, whose only place this takes

    def attach(self):
        self._socket = socket.create_connection(("127.0.0.1", self.control_port), timeout=5)
        self._buffer = b""

    def command(self, name, params=None, timeout=5.0):
        """Sends a command and gives back baresip's answer. Its "ok" says nothing about the call: wait for events."""
        token = f"t{time.monotonic_ns()}"
        request = {"command": name, "token": token}
        if params is not None:
            request["params"] = str(params)  # anything but text would end baresip 1.0.0
        payload = json.dumps(request).encode()
        self._socket.sendall(b"%d:%s," % (len(payload), payload))
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for frame in self._read(deadline):
                if frame.get("response") and frame.get("token") == token:
                    return frame
        raise PhoneError(f"baresip ({self.user}) did not answer {name!r}")

    def dial(self, uri):
        return self.command("dial", uri)

    def accept(self):
        return self.command("accept")

    def hangup(self):
        return self.command("hangup")

    def hold(self):
        return self.command("hold")

    def resume(self):
        return self.command("resume")

    def wait_for(self, event_type, timeout=10.0):
        """The next event of that type which no earlier wait_for has passed."""
        deadline = time.monotonic() + timeout
        while True:
            while self._waited < len(self.events):
                event = self.events[self._waited]
                self._waited += 1
                if event.get("type") == event_type:
                    return event
            if time.monotonic() >= deadline:
                seen = [event.get("type") for event in self.events]
                raise PhoneError(f"baresip ({self.user}): no {event_type} within {timeout} s; seen: {seen}")
            self._read(deadline)

    # -- beside another client, through httpd

    def http(self, command, timeout=5.0):
        """The text that baresip answers, e.g. to "accept", "hangup", "hold", "resume", "listcalls", "dial sip:..."."""
        url = f"http://127.0.0.1:{self.http_port}/raw/?/{urllib.parse.quote(command, safe='')}"
        with urllib.request.urlopen(url, timeout=timeout) as reply:
            return reply.read().decode("utf-8", "replace")

    def _write(self, name, text):
        with open(os.path.join(self._folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def _read(self, deadline):
        """The frames that arrived; waits for some until the deadline. Events are kept too."""
        self._socket.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            data = self._socket.recv(65536)
        except (TimeoutError, socket.timeout):
            return []
        if not data:
            raise PhoneError(f"baresip ({self.user}) closed the control connection: another client took it, or it ended")
        self._buffer += data
        frames = []
        while True:
            length, colon, rest = self._buffer.partition(b":")
            if not colon or len(rest) < int(length) + 1:
                break
            frames.append(json.loads(rest[:int(length)].decode("utf-8", "replace")))
            self._buffer = rest[int(length) + 1:]
        self.events += [frame for frame in frames if frame.get("event")]
        return frames


def main():
    with BaresipPhone("agent", "Agent One") as agent, BaresipPhone("+4930123456", "Erika Musterfrau") as caller:
        caller.attach()
        caller.dial(agent.sip_uri)
        caller.wait_for("CALL_RINGING")
        assert "INCOMING" in agent.http("listcalls")
        agent.http("accept")
        caller.wait_for("CALL_ESTABLISHED")
        agent.http("hold")
        assert "(on hold)" in agent.http("listcalls")
        agent.http("resume")
        assert "(on hold)" not in agent.http("listcalls")
        agent.http("hangup")
        caller.wait_for("CALL_CLOSED")
        agent.http(f"dial {caller.sip_uri}")
        caller.wait_for("CALL_INCOMING")
        caller.hangup()
        caller.wait_for("CALL_CLOSED")
    print("ok")


if __name__ == "__main__":
    main()
