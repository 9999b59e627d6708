#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A shift without a network, the sign-in kept: calls come in, a known caller is shown from this computer, notes are typed and
logged, a lead is made, a call that was logged before is changed, and the console is started again in between. When the
network is back, all of it is in the CRM once, the lead before its call; and what a colleague has changed meanwhile
is shown beside the agent's own for a choice."""

import json
import time
import urllib.parse
import urllib.request

from office import check, run
from robot import Robot, text_of
from desk import until

MINE = " Mine: call after ten."
THEIRS = "Theirs: the delivery is paid."


class Notes:
    def __init__(self, number, text):
        self.number = number
        self.text = text
        self.call = ""


class Agent(Robot):
    def take(self, notes):
        """A call that is answered, noted, ended and logged."""
        self.ring(notes)
        self.tell(notes, "connected")
        self.write(notes)
        self.finish(notes)

    def write(self, notes):
        self.office.desk.display.rest()
        self.to_front()
        self.choose(0)
        for character in notes.text:
            self.keyboard.key(character)
        until("the notes are typed", lambda: self.read_notes() == notes.text, lives=self.office.console.must_live)

    def finish(self, notes):
        self.tell(notes, "ended")
        self.office.desk.display.rest()
        self.office.console.log_call()
        self.office.desk.display.rest()

    def wait_for_search(self):
        """Until the search for the caller has been given up: it is tried three times, at most two seconds apart."""
        def asked():
            return sum(1 for request in self.office.sandbox.requests() if "1119876" in json.dumps(request))
        last = [asked(), time.monotonic()]

        def quiet():
            if asked() != last[0]:
                last[:] = [asked(), time.monotonic()]
            return time.monotonic() - last[1] > 4
        until("the search for the caller was given up", quiet, 60, self.office.console.must_live)

    def make_lead(self, last_name, company):
        """As far as the form asks for; the number is there already."""
        self.wait_for_search()
        self.office.console.press("ctrl+shift+l")
        self.office.desk.display.rest()
        self.office.desk.display.type(last_name)  # the first field that is needed has the keyboard
        self.office.desk.display.press("Tab")
        self.office.desk.display.type(company)
        self.office.picture("new-lead-offline")
        self.office.desk.display.press("Return")
        self.office.desk.display.rest()
        self.office.picture("the-lead-waits")


class Colleague:
    """Another program of the company's, with a sign-in of its own."""

    def __init__(self, office):
        self._base = office.sandbox.base
        granted = office.sandbox.ask("POST", "grant", {"client_id": office.client_id, "scope": "ZohoCRM.modules.ALL"})
        fields = {"grant_type": "refresh_token", "client_id": office.client_id, "client_secret": office.client_secret,
                  "refresh_token": granted["refresh_token"]}
        answer = self._send("POST", "/oauth/v2/token", urllib.parse.urlencode(fields).encode(), {})
        self._headers = {"Authorization": f"Zoho-oauthtoken {answer['access_token']}", "Content-Type": "application/json"}

    def change(self, call, text):
        self._send("PUT", f"/crm/v8/Calls/{call}", json.dumps({"data": [{"Description": text}]}).encode(), self._headers)

    def _send(self, method, path, body, headers):
        request = urllib.request.Request(self._base + path, data=body, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)


def test(office):
    agent = Agent(office, 1)
    office.start_console()
    office.sign_in()
    known = office.sample["known"]
    early = Notes(known, "early call.")
    agent.take(early)
    logged = office.wait_logged()[0]["id"]
    Colleague(office).change(logged, THEIRS)

    for path in ("/crm/", "/oauth/"):
        office.sandbox.ask("POST", "fault", {"path": path, "reset": True, "times": -1})
    office.console.press("F2")
    office.desk.display.type(MINE)
    office.console.log_call()
    office.desk.display.rest()
    day = [Notes(known, "first offline call."), Notes("+971501119876", "the caller is new."), Notes(known, "third offline call.")]
    agent.ring(day[0])
    office.desk.display.rest()
    office.picture("known-caller-offline")
    agent.tell(day[0], "connected")
    agent.write(day[0])
    agent.finish(day[0])

    agent.ring(day[1])
    agent.tell(day[1], "connected")
    agent.write(day[1])
    agent.make_lead("Offlinelead", "Newcomer Trading")
    agent.finish(day[1])

    office.console.process.end()
    office.start_console()
    office.desk.display.rest()
    office.picture("started-offline")
    agent.take(day[2])
    office.picture("waiting")
    check(len(office.created_calls()) == 1, "Something reached a CRM that cannot be reached.")

    office.sandbox.ask("DELETE", "fault")
    office.console.press("F5")  # what waits is tried, without waiting for its turn
    calls = office.wait_logged(4, 200)
    office.desk.display.rest()
    office.picture("all-sent")
    # In any order: one that was tried while the network was away is looked up before it is sent again, one that waits for
    # its lead follows it, and neither holds up another.
    texts = [text_of(call) for call in calls if call["id"] != logged]
    check(sorted(texts) == sorted(notes.text for notes in day), f"In the CRM are {texts}.")
    leads = office.sandbox.records("Leads", created=True)
    check([lead["Last_Name"] for lead in leads] == ["Offlinelead"], f"The CRM has these new leads: {leads}.")
    lead_call = next(call for call in calls if text_of(call) == day[1].text)
    check((lead_call.get("What_Id") or {}).get("id") == leads[0]["id"], f"The call is not on its lead: {lead_call}.")
    check(leads[0]["Created_Time"] <= lead_call["Created_Time"], "The call was sent before its lead.")

    choose_mine(office, agent, logged)
    time.sleep(3)  # whatever would come twice
    calls = office.created_calls()
    check(len(calls) == 4 and len(office.sandbox.records("Leads", created=True)) == 1, f"Something was sent twice: {calls}.")
    agent.keyboard.close()


def choose_mine(office, agent, logged):
    """The oldest call of the list shows both versions."""
    agent.to_front()
    agent.choose(3)
    office.desk.display.rest()
    office.picture("both-versions")
    texts = {call["id"]: call.get("Description") for call in office.created_calls()}
    check(texts[logged] == THEIRS, f"What the colleague wrote was written over: {texts[logged]!r}.")
    office.console.log_call()
    until("the agent's version is in the CRM",
          lambda: MINE in next(call for call in office.created_calls() if call["id"] == logged)["Description"],
          60, office.console.must_live)
    office.desk.display.rest()
    office.picture("chosen")


if __name__ == "__main__":
    run(test, "offline_day", simulated_phone=True, settings="[log]\ncommit-window=2\n")
