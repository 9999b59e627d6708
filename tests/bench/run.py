#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The figures: how fast a caller's card is there, what a call costs in API credits, how fast the window is usable, how much
memory it takes.

  run.py --build FOLDER --out FOLDER [--quick]

Prints a table and writes OUT/results.json and OUT/raw/NAME.csv. Ends with a status other than 0 on a wrong result (a card
that never came, an empty window), never on a missed aim."""

import argparse
import csv
import json
import math
import pathlib
import re
import secrets
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

from desk import Desk, Failed, until  # noqa: E402
from desk.console import Console  # noqa: E402

REDIRECT_URIS = [f"http://127.0.0.1:{port}/callback" for port in (47811, 47812, 47813)]


def percentile(samples, share):
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


class Results:
    def __init__(self, out):
        self._out = out
        self._rows = []
        (out / "raw").mkdir(parents=True, exist_ok=True)

    def raw_path(self, name):
        return self._out / "raw" / f"{name}.csv"

    def write_raw(self, name, heading, rows):
        with open(self.raw_path(name), "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(heading)
            writer.writerows(rows)

    def read_raw(self, name):
        with open(self.raw_path(name), newline="", encoding="utf-8") as file:
            return [float(row[1]) for row in list(csv.reader(file))[1:]]

    def add(self, raw, name, value, unit, samples, peer_name, peer, aim=None):
        """`raw` names the file of the samples; `spread` is the distance between their quartiles; `ratio` is value by peer."""
        spread = percentile(samples, 0.75) - percentile(samples, 0.25)
        self._rows.append({"name": name, "value": round(value, 2), "unit": unit, "spread": round(spread, 2),
                           "peer": round(peer, 2), "peer_name": peer_name, "ratio": round(value / peer, 3),
                           "aim": aim, "met": None if aim is None else value <= aim, "raw": f"raw/{raw}.csv"})

    def finish(self):
        (self._out / "results.json").write_text(json.dumps(self._rows, indent=2) + "\n", encoding="utf-8")
        print(f"\n{'figure':44} {'value':>9} {'unit':4} {'spread':>8}  {'peer':>9} {'ratio':>7}  aim")
        for row in self._rows:
            aim = "" if row["aim"] is None else f"<= {row['aim']:g} {'met' if row['met'] else 'MISSED'}"
            print(f"{row['name']:44} {row['value']:9.2f} {row['unit']:4} {row['spread']:8.2f}  "
                  f"{row['peer']:9.2f} {row['ratio']:7.2f}  {aim}  ({row['peer_name']})")


def run_tool(desk, *command, seconds=600):
    done = subprocess.run([str(part) for part in command], env=desk.environment, capture_output=True, text=True, timeout=seconds)
    if done.returncode != 0:
        raise Failed(f"{pathlib.Path(command[0]).name}: {done.stderr.strip()}")
    return done.stdout.strip()


def bench_pop(programs, results, latency, count):
    """Event to painted card, and once a run the same seen from outside."""
    name = f"pop-latency-{latency}"
    with Desk(programs) as desk:
        sandbox = desk.start_sandbox("--latency", str(latency))
        bench = desk.processes.start("bench-pop", [programs / "ringside-bench-pop", sandbox.base, sandbox.events, str(count),
                                                   results.raw_path(name), results.raw_path(f"{name}-search")], desk.environment)
        until("the pops were measured", lambda: "\n" in bench.output(), 60 + count * 2, bench.must_live)
        card = json.loads(bench.output().splitlines()[0])
        host, port = re.fullmatch(r"http://([\d.]+):(\d+)", sandbox.base).groups()
        outside = float(run_tool(desk, programs / "ringside-bench-xwatch", "pop", host, port, card["body"], card["x"], card["y"],
                                 card["width"], card["height"]))
    samples = results.read_raw(name)
    search = results.read_raw(f"{name}-search")
    peer = percentile(search, 0.5)
    aim = latency + 30 if latency else None
    label = f"event to painted card, CRM {latency} ms"
    results.add(name, f"{label}, p50", percentile(samples, 0.5), "ms", samples, "one bare search, p50", peer, aim)
    results.add(name, f"{label}, p99", percentile(samples, 0.99), "ms", samples, "one bare search, p50", peer)
    results.write_raw(f"{name}-outside", ["sample", "milliseconds"], [(0, outside)])
    results.add(f"{name}-outside", f"{label}, once from outside", outside, "ms", [outside], "the same from inside, p50", percentile(samples, 0.5))
    # From outside there is the way of the event through the sandbox besides.
    if outside < 0.5 * percentile(samples, 0.5):
        raise Failed(f"From outside something changed after {outside:.0f} ms already: that was not the card.")
    if outside > 1.5 * percentile(samples, 0.99) + 50:
        raise Failed(f"From outside the card took {outside:.0f} ms: the inside figure is not what an agent sees.")


def bench_credits(programs, results, rounds):
    """What a handled call costs before the agent opens a tab, as the sandbox counts it; logging and the rest apart."""
    done = subprocess.run([programs / "ringside-bench-credits", str(rounds)], capture_output=True, text=True, timeout=600,
                          check=False)
    if done.returncode != 0:
        raise Failed(done.stderr.strip())
    figures = json.loads(done.stdout.splitlines()[-1])
    for key, label, aim in (("known", "caller already in the store", 2), ("first", "known caller, first time", 5),
                            ("unknown", "unknown caller", 4), ("log", "logging the call", None),
                            ("rest", "the rest of the timeline, when asked for", None)):
        samples = figures[key]["credits"]
        requests = figures[key]["requests"]
        results.add(f"credits-{key}", f"credits: {label}", percentile(samples, 1), "cr", samples,
                    f"credits: {by_kind(figures[key]['by_kind'])}; requests: {by_kind(requests)}", sum(requests.values()), aim)
        results.write_raw(f"credits-{key}", ["sample", "credits"], list(enumerate(samples)))
    at_once = figures["at_once"]
    results.add("requests-at-once", "requests at once, three lines ringing", max(at_once), "rq", at_once, "allowed for one desk", 3, 3)
    results.write_raw("requests-at-once", ["sample", "requests"], list(enumerate(at_once)))


def by_kind(counts):
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))


def proportional_set_kb(pid):
    rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE).group(1))


def roll_out(desk, sandbox):
    """A profile with a signed-in agent, as after the first day."""
    client, secret = f"1000.{secrets.token_hex(16).upper()}", secrets.token_hex(21)
    sandbox.register_client(client, secret, REDIRECT_URIS)
    profile = desk.folder / "profile"
    profile.mkdir(mode=0o700)
    (profile / "settings.ini").write_text(
        "[zoho]\ndata-centre=custom\n"
        f"custom-accounts-url={sandbox.base}\ncustom-api-url={sandbox.base}\ncustom-web-url={sandbox.base}\nclient-id={client}\n"
        f"[phone]\nsource=websocket\nwebsocket-url={sandbox.events}\ndefault-region=AE\n", encoding="utf-8")
    Console.set_client_secret(desk, profile, secret)
    console = desk.start_console("--profile", profile)
    console.window()
    desk.display.rest()
    console.press("Return")
    desk.browser.accept_consent(console.must_live)
    until("the console asked who the agent is", lambda: any("/users" in request["path"] for request in sandbox.requests()), 20,
          console.must_live)
    return profile, console


def bench_start_and_memory(programs, results, rounds):
    with Desk(programs) as desk:
        sandbox = desk.start_sandbox()
        profile, console = roll_out(desk, sandbox)
        memory = memory_after_pops(desk, sandbox, console)
        console.process.end()

        rows, peers, hello_memory = [], [], []
        for number in range(rounds):
            before = len(sandbox.requests())
            painted, usable, pid = started(desk, "start", "Ringside", programs / "ringside", "--allow-core-dumps", "--profile", profile)  # its memory can be read
            until("the window that started is a signed-in desk", lambda: any(
                "/users" in request["path"] and request["status"] == 200 for request in sandbox.requests()[before:]), 20)
            end(desk, pid)
            hello, _, hello_pid = started(desk, "show", "Hello", programs / "ringside-bench-hello")
            hello_memory.append(proportional_set_kb(hello_pid) / 1024)
            end(desk, hello_pid)
            rows.append((number, usable, painted))
            peers.append((number, hello))
    results.write_raw("start", ["sample", "usable", "painted"], rows)
    results.write_raw("start-hello", ["sample", "painted"], peers)
    usable = [row[1] for row in rows]
    painted = [row[2] for row in rows]
    hello = percentile([row[1] for row in peers], 0.5)
    peer = "a Qt window with a label, painted"
    results.add("start", "start to window that answers a key, p50", percentile(usable, 0.5), "ms", usable, peer, hello, 150)
    results.add("start", "start to painted window, p50", percentile(painted, 0.5), "ms", painted, peer, hello)
    results.write_raw("memory", ["sample", "megabytes"], list(enumerate(memory)))
    results.add("memory", "proportional set size, signed in, after 20 pops", percentile(memory, 0.5), "MB", memory,
                "a Qt window with a label", percentile(hello_memory, 0.5), 70)


def memory_after_pops(desk, sandbox, console):
    """Twenty different people ring and give up; then the program is measured a few times."""
    numbers = [contact["Phone"] for contact in sandbox.records("Contacts") if contact.get("Phone")][:20]
    for index, number in enumerate(numbers):
        before = len(sandbox.requests())
        sandbox.signal_call(f"memory-{index}", "ringing", number)
        until("the caller was looked up", lambda: any(
            "/search" in request["path"] and request["status"] in (200, 204) for request in sandbox.requests()[before:]), 20,
            console.must_live)
        until("the caller's card is shown", console.other_windows, 20, console.must_live)
        desk.display.rest()
        sandbox.signal_call(f"memory-{index}", "ended", number)
    desk.display.rest()
    return [proportional_set_kb(console.pid) / 1024 for _ in range(5)]


def started(desk, mode, title, *command):
    painted, usable, pid = run_tool(desk, desk.programs / "ringside-bench-xwatch", mode, title, *command, seconds=60).split()
    return float(painted), float(usable), int(pid)


def end(desk, pid):
    subprocess.run(["kill", str(pid)], check=True)
    until("the program ended", lambda: not pathlib.Path(f"/proc/{pid}").exists()
          or " Z " in pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii"), 20)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="few samples: to see that it runs")
    options = parser.parse_args()
    programs = options.build.resolve() / "bin"
    results = Results(options.out.resolve())
    try:
        for latency in (0, 80):
            bench_pop(programs, results, latency, 10 if options.quick else 200)
        bench_credits(programs, results, 2 if options.quick else 5)
        bench_start_and_memory(programs, results, 2 if options.quick else 15)
    except Failed as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 1
    results.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
