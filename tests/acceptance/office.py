# SPDX-License-Identifier: Apache-2.0
"""What the acceptance tests stand on: a desk with a profile rolled out to it, real softphones, and the questions that
are asked at the end."""

import argparse
import base64
import datetime
import pathlib
import re
import secrets
import subprocess
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from baresip_phone import BaresipPhone, PhoneError  # noqa: E402
from desk import Desk, Failed, until  # noqa: E402
from desk.console import Console  # noqa: E402

REDIRECT_URIS = [f"http://127.0.0.1:{port}/callback" for port in (47811, 47812, 47813)]
# Below HOME and the XDG folders: what the programs of a desktop write (keyring, bus, window manager, settings, fonts, graphics,
# browser), and what the tests put there so that links open in that browser.
DESKTOPS_OWN = {"keyrings", "session.conf", "openbox", "dconf", "fontconfig", "mesa_shader_cache", "chromium", "mimeapps.list",
                "applications"}
TOKEN = re.compile(r"1000\.[0-9A-Za-z]{16,}\.[0-9A-Za-z]{16,}")


class Office:
    """with Office(programs, pictures) as office: … A desk, the sandbox in Zoho's place, and the agent's phone: a real one, or
    with `simulated_phone` the sandbox's, for many calls at any pace. `settings` go into the profile as they are."""

    def __init__(self, programs, pictures, simulated_phone=False, settings=""):
        self.pictures = pictures
        self._simulated_phone = simulated_phone
        self._settings = settings
        pictures.mkdir(parents=True, exist_ok=True)
        for old in pictures.glob("*.png"):
            old.unlink()
        self._phones = []
        self._picture_count = 0
        self.desk = Desk(programs)
        try:
            self._equip()
        except BaseException:
            self.close()
            raise

    def _equip(self):
        self.sandbox = self.desk.start_sandbox()
        self.sample = self.sandbox.sample()
        if self._simulated_phone:
            phone = f"source=websocket\nwebsocket-url={self.sandbox.events}\n"
        else:
            self.agent = self.phone("agent", "Agent One")
            phone = f"source=baresip\nbaresip-host=127.0.0.1\nbaresip-port={self.agent.control_port}\n"
        self.client_id = f"1000.{secrets.token_hex(16).upper()}"
        self.client_secret = secrets.token_hex(21)
        self.sandbox.register_client(self.client_id, self.client_secret, REDIRECT_URIS)
        self.profile = self.desk.folder / "profile"
        self.profile.mkdir(mode=0o700)
        (self.profile / "settings.ini").write_text(
            "[zoho]\ndata-centre=custom\n"
            f"custom-accounts-url={self.sandbox.base}\ncustom-api-url={self.sandbox.base}\ncustom-web-url={self.sandbox.base}\n"
            f"client-id={self.client_id}\n"
            f"[phone]\n{phone}default-region=AE\n{self._settings}")
        Console.set_client_secret(self.desk, self.profile, self.client_secret)
        self.console = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for phone in reversed(self._phones):
            phone.stop()
        self.desk.close()

    def phone(self, user, name):
        phone = BaresipPhone(user, name)
        phone.start()
        self._phones.append(phone)
        return phone

    def caller(self, number, name=""):
        """Somebody who calls from that number; the script is in control of the phone."""
        phone = self.phone(number, name)
        phone.attach()
        return phone

    def start_console(self, *options, **started):
        self.console = self.desk.start_console("--profile", self.profile, *options, **started)
        self.console.window()
        return self.console

    def sign_in(self):
        """As the agent does it: Enter on the sign-in page, Accept in the browser that comes up."""
        before = len(self.sandbox.requests())
        self.desk.display.rest()
        self.console.press("Return")
        text = self.desk.browser.accept_consent(self.console.must_live)
        self.wait_asked("/oauth/v2/token", after=before)
        self.wait_asked("/users", after=before)
        self.picture("signed-in")
        return text

    def ring_and_answer(self, caller):
        """A real call to the agent: rings, is shown, is answered at the agent's phone. Gives (rang at, answered at), UTC."""
        before = len(self.sandbox.requests())
        rang = now()
        caller.dial(self.agent.sip_uri)
        caller.wait_for("CALL_RINGING")
        self.wait_asked(self.sample["contact_id"], after=before)
        self.desk.display.rest()
        self.picture("ringing")
        self.agent.http("accept")
        caller.wait_for("CALL_ESTABLISHED")
        return rang, now()

    def wait_asked(self, path_part, after=0, seconds=20.0):
        """Until the CRM was asked for something, and answered well."""
        until(f"the CRM was asked for {path_part}",
              lambda: any(path_part in request["path"] and request["status"] in (200, 201, 204)
                          for request in self.sandbox.requests()[after:]), seconds, self.console.must_live)

    def wait_logged(self, count=1, seconds=20.0):
        return until(f"the CRM has {count} new call record(s)",
                     lambda: (calls := self.created_calls()) and len(calls) >= count and calls, seconds, self.console.must_live)

    def created_calls(self):
        return self.sandbox.records("Calls", created=True)

    def picture(self, name):
        self._picture_count += 1
        self.desk.display.picture(self.pictures / f"{self._picture_count:02}-{name}.png")

    # What is asked at the end.

    def keychain_secrets(self):
        """What the real keychain keeps for this profile, as text. QtKeychain writes it in base64."""
        found = subprocess.run(["secret-tool", "search", "--all", "--unlock", "server", f"Ringside ({self.profile})"],
                               env=self.desk.environment, capture_output=True, text=True, timeout=30)
        values = [line.split("=", 1)[1].strip() for line in found.stdout.splitlines() if line.startswith("secret =")]
        return [base64.b64decode(value).decode(errors="replace") for value in values]

    def check_nothing_leaked(self, *notes):
        """No file of the profile, no output and no log holds a token, the client secret or a note."""
        kept = self.keychain_secrets()
        tokens = set(TOKEN.findall("\n".join(kept)))
        check(self.client_secret in "\n".join(kept), "The client secret is not in the keychain.")
        check(len(tokens) >= 2, f"The keychain holds {len(tokens)} tokens, not an access token and a refresh token.")
        wanted = {"a token": tokens, "the client secret": {self.client_secret}, "a note's text": {n[:24] for n in notes} | set(notes)}
        searched = 0
        for path in self._written_files():
            data = path.read_bytes()
            searched += 1
            for what, texts in wanted.items():
                for text in texts:
                    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                        check(text.encode(encoding) not in data, f"{path} holds {what} ({encoding}).")
        for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = path.read_bytes()
            except OSError:
                continue  # it has ended
            for what in ("a token", "the client secret"):
                check(not any(text.encode() in line for text in wanted[what]), f"{path} holds {what}.")
        self.check_profile_holds_all()
        names = {path.name for path in self._written_files()}
        check({"settings.ini", "store.db", "ringside.log"} <= names, f"The profile should hold its three files; found: {sorted(names)}.")
        return searched

    def check_no_card(self, digits):
        """Nothing that the console wrote or sent has that card number, in one piece or grouped."""
        grouped = " ".join(digits[at:at + 4] for at in range(0, len(digits), 4))
        wanted = [text.encode(encoding) for text in (digits, grouped, digits[:7], grouped[:8])
                  for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
        for path in self._written_files():
            data = path.read_bytes()
            check(not any(text in data for text in wanted), f"{path} holds a card number.")
        for request in self.sandbox.requests():
            check(not any(text in str(request).encode() for text in (digits.encode(), grouped.encode())),
                  f"The CRM was told a card number: {request['method']} {request['path']}.")

    def check_profile_holds_all(self):
        """With --profile, the console writes there and nowhere else: what is in its home and in the XDG folders is the
        desktop's."""
        strays = []
        for folder in ("home", "config", "cache", "state", "share", "run"):
            root = self.desk.folder / folder
            for path in root.rglob("*"):
                inside = path.relative_to(root)
                if path.is_file() and inside.parts[0] not in DESKTOPS_OWN:
                    strays.append(f"{folder}/{inside}")
        check(not strays, f"The console, or somebody for it, has written {sorted(strays)[:20]}.")

    def _written_files(self):
        """All that the console could have written: its profile, its home, its output. Not the keychain's own files, and not
        the browser's, which saw the pages of the sandbox."""
        for folder in ("profile", "home", "config", "cache", "state", "share", "logs"):
            for path in (self.desk.folder / folder).rglob("*"):
                if path.is_file() and "keyrings" not in path.parts and not path.name.startswith(("chromedriver", "sandbox", "Xvfb")):
                    yield path

    def check_call(self, call, note, rang, answered, seconds):
        """The one record: the right person, direction, start with its offset, length and text."""
        who = call.get("Who_Id") or {}
        check(who.get("id") == self.sample["contact_id"], f"Logged on {who}, not on {self.sample['known_name']}.")
        check(call.get("Call_Type") == "Inbound", f"Call_Type is {call.get('Call_Type')}.")
        check(note in (call.get("Description") or ""), f"The note is not in Description: {call.get('Description')!r}.")
        text = call.get("Call_Start_Time") or ""
        check(re.search(r"([+-]\d\d:\d\d|Z)$", text), f"Call_Start_Time has no offset: {text!r}.")
        start = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        second = datetime.timedelta(seconds=1)
        check(rang - second <= start <= answered + second, f"Call_Start_Time is {start}; it rang at {rang}, answered at {answered}.")
        logged = call.get("Call_Duration_in_seconds")
        check(logged is not None and abs(float(logged) - seconds) <= 1.0, f"The call took {seconds:.2f} s; logged were {logged}.")


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def check(condition, sentence):
    if not condition:
        raise Failed(sentence)


def arguments_of(description):
    """What every acceptance test is told; a test may ask for more."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--programs", required=True, type=pathlib.Path)
    parser.add_argument("--pictures", required=True, type=pathlib.Path)
    return parser


def run(test, name, arguments=None, **options):
    """The main() of an acceptance test. At a failure there is one more picture, and what the console said."""
    arguments = arguments or arguments_of(test.__doc__).parse_args()
    try:
        with Office(arguments.programs, arguments.pictures, **options) as office:
            try:
                test(office)
            except BaseException:
                report(office)
                raise
    except (Failed, PhoneError) as problem:
        traceback.print_exc()
        print(f"\n{name}: {problem}", file=sys.stderr)
        sys.exit(1)
    print(f"{name}: passed; pictures in {arguments.pictures}")


def report(office):
    try:
        office.picture("failed")
    except Failed as no_picture:
        print(no_picture, file=sys.stderr)
    for request in office.sandbox.requests()[-25:]:
        print(request["method"], request["path"], request["query"], request["status"], str(request.get("body", ""))[:400], file=sys.stderr)
    if office.console:
        print(office.console.process.errors()[-4000:], file=sys.stderr)
    log = office.profile / "ringside.log"
    if log.exists():
        print(log.read_text(errors="replace")[-4000:], file=sys.stderr)
