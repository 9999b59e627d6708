# SPDX-License-Identifier: Apache-2.0
"""The stand-in for Zoho: its process, and its control interface."""

import json
import urllib.error
import urllib.request

from .waiting import Failed, until


class Sandbox:
    def __init__(self, base, events, process=None):
        self.base = base.rstrip("/")
        self.events = events
        self.process = process

    @classmethod
    def start(cls, processes, environment, programs, *options):
        command = [programs / "ringside-sandbox", "--port", "0", "--ws-port", "0", *options]
        process = processes.start("sandbox", command, environment)
        until("the sandbox printed its addresses", lambda: "\n" in process.output(), 60, process.must_live)
        return cls.from_line(process.output().splitlines()[0], process)

    @classmethod
    def from_line(cls, line, process=None):
        """From the line that both the sandbox and `ringside --demo` print first."""
        parts = line.split()
        if len(parts) != 2 or not parts[0].startswith("http://127.0.0.1:") or not parts[1].startswith("ws://127.0.0.1:"):
            raise Failed(f"Not the sandbox's two addresses: {line!r}")
        return cls(parts[0], parts[1], process)

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/__sandbox/{path}", data=data, method=method,
                                         headers={"Content-Type": "application/json"} if data else {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read()
        except urllib.error.HTTPError as problem:
            raise Failed(f"The sandbox answered {problem.code} to {method} {path}: {problem.read()[:300]!r}") from None
        except OSError as problem:
            raise Failed(f"The sandbox did not answer to {method} {path}: {problem}") from None
        return json.loads(text) if text.strip() else None

    def sample(self):
        """Numbers to play with: known, unknown, shared; and contact_id, the known one's record."""
        return self.ask("GET", "sample")

    def register_client(self, client_id, secret, redirect_uris):
        self.ask("POST", "client", {"id": client_id, "secret": secret, "type": "mobile", "redirect_uris": redirect_uris})

    def signal_call(self, call_id, state, number, name="", direction="in", **more):
        """One event of the phone."""
        self.ask("POST", "ring", {"id": call_id, "state": state, "direction": direction, "from": number, "to": "100",
                                  "name": name, **more})

    def records(self, module, created=False):
        """The module's records; with `created`, only those that came in through the API."""
        answer = self.ask("GET", f"records/{module}" + ("?created=1" if created else ""))
        return answer["data"] if isinstance(answer, dict) else answer

    def requests(self):
        """What was asked so far, oldest first, without secrets."""
        answer = self.ask("GET", "requests")
        return next(value for value in answer.values() if isinstance(value, list)) if isinstance(answer, dict) else answer
