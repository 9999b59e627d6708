#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A demo whose CRM takes no calls: the script that plays it must end with a status other than 0, name the step that did not
happen, and leave a picture of it. A demonstration that cannot fail shows nothing."""

import argparse
import contextlib
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "installer"))

import play_demo  # noqa: E402


class RefusingMorning(play_demo.Morning):
    def hung_up(self):
        super().hung_up()
        self.sandbox.ask("POST", "fault", {"path": "^/crm/v[0-9]/Calls$", "method": "POST", "code": "NO_PERMISSION", "times": -1})

    hung_up.__doc__ = play_demo.Morning.hung_up.__doc__


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", required=True, type=pathlib.Path)
    parser.add_argument("--pictures", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        status = play_demo.play(RefusingMorning, arguments.programs, arguments.pictures)
    sentence = f"Step 7 did not happen: {play_demo.Morning.logged.__doc__}."
    print(said.getvalue())
    for what, holds in ((f"status {status}", status == 1), (f"the sentence “{sentence}”", sentence in said.getvalue()),
                        ("a picture of the failed step", (arguments.pictures / "07-failed.png").exists()),
                        ("no step after it", not list(arguments.pictures.glob("08-*")))):
        if not holds:
            print(f"Wanted: {what}.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
