#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Signing out: revoked at Zoho, the tokens and the store's key gone from the real keychain, the calls and notes gone from
the disk, and the next sign-in begins on an empty desk."""

from office import check, run
from desk import until

NOTE = "The reserve key is with the neighbours."


def test(office):
    office.start_console()
    office.sign_in()
    caller = office.caller(office.sample["known"], "Reception")
    office.ring_and_answer(caller)
    office.console.write_note(NOTE)
    caller.hangup()
    caller.wait_for("CALL_CLOSED")
    office.desk.display.rest()
    office.console.log_call()
    office.wait_logged()
    office.desk.display.rest()

    store = office.profile / "store.db"
    first = store.read_bytes()[:4096]  # encrypted: another key, or another store, is another page
    tokens = {secret for secret in office.keychain_secrets() if "1000." in secret}
    kept = set(office.keychain_secrets())
    check(len(tokens) >= 1 and len(kept) >= 3, "The keychain should hold tokens, the client secret and the store's key.")

    before = len(office.sandbox.requests())
    office.console.press("F10")
    office.desk.display.rest()
    office.picture("menu")
    office.desk.display.press("Up")  # the last line of the menu
    office.desk.display.press("Return")
    office.wait_asked("revoke", after=before)
    until("the store was made anew", lambda: store.exists() and store.read_bytes()[:4096] not in (b"", first), 20, office.console.must_live)
    office.desk.display.rest()
    office.picture("signed-out")
    left = set(office.keychain_secrets())
    check(not left & tokens, "A token is still in the keychain.")
    check(office.client_secret in left, "The client secret is this computer's, not the agent's: it should have stayed.")
    check(len(left & kept) == 1, "The old store's key is still in the keychain.")
    check(not list(office.profile.glob("store.db.*aside*")), "The old store lies about under another name.")

    office.sign_in()
    office.desk.display.rest()
    office.picture("signed-in-again")
    check(len(office.created_calls()) == 1, "A call was logged again.")


if __name__ == "__main__":
    run(test, "signing_out")
