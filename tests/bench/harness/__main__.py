"""Measures the host beside its peers, all on loopback."""

import argparse
import dataclasses
import datetime
import json
import pathlib
import signal
import sys

import chart
import publish
import report
import runner
import scenarios
import stage

ROOT = pathlib.Path(__file__).resolve().parents[3]


def absolute(path):
    return pathlib.Path(path).resolve()


def parse_arguments():
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small and once: does it work at all?")
    parser.add_argument("--rounds", type=int, help="rounds of each scenario (5, quick 1)")
    parser.add_argument("--seconds", type=int, help="length of a load (5, quick 1)")
    parser.add_argument("--only", default="", help="scenarios, comma-separated: " + ", ".join(scenarios.ALL))
    parser.add_argument("--without", default="", help="peers to leave out, comma-separated")
    parser.add_argument("--build", type=absolute, default=ROOT / "build" / "release")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "bench")
    parser.add_argument("--publish", action="store_true", help="also into docs/performance.md")
    arguments = parser.parse_args()
    names = list(filter(None, arguments.only.split(","))) or list(scenarios.ALL)
    unknown = [name for name in names if name not in scenarios.ALL]
    if unknown:
        parser.error(f"no scenario {', '.join(unknown)}")
    return arguments, names


def choose_sizes(arguments):
    sizes = stage.QUICK if arguments.quick else stage.FULL
    changes = {"rounds": arguments.rounds, "seconds": arguments.seconds}
    return dataclasses.replace(sizes, **{name: v for name, v in changes.items() if v})


def main():
    arguments, names = parse_arguments()
    # Leaves every block that has a program to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    stage.allow_many_descriptors()
    sizes = choose_sizes(arguments)
    left_out = arguments.without.split(",")
    results = {
        "date": datetime.date.today().isoformat(),
        "quick": arguments.quick,
        "rounds": sizes.rounds,
        "machine": runner.describe_machine(),
        "scenarios": [runner.run_scenario(n, arguments.build, sizes, left_out) for n in names],
    }
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (arguments.output / "chart.svg").write_text(chart.draw(results))
    print(report.full_report(results))
    print(f"written to {arguments.output}: results.json, chart.svg")
    if arguments.publish:
        publish.publish(results, ROOT / "docs")


main()
