"""Rounds: A B C A B C …, so that what else the machine does hits all contenders alike."""

import os
import platform
import statistics
import sys

from scenarios import ALL
from stage import Stage


def run_scenario(name, build, sizes, left_out):
    """Everything measured, as it goes into the JSON file."""
    with Stage(build, sizes, left_out) as stage:
        _say(f"{name}: starting")
        scenario = ALL[name](stage)
        samples = {contender: {} for contender in scenario.contenders}
        for number in range(sizes.rounds):
            _say(f"{name}: round {number + 1} of {sizes.rounds}")
            for contender, kept in samples.items():
                _keep(kept, scenario.measure(contender))
        for contender, kept in samples.items():
            _keep(kept, scenario.once(contender))
        medians = {
            contender: {metric: statistics.median(values) for metric, values in kept.items()}
            for contender, kept in samples.items()
        }
        judged = [bar.judge(medians) for bar in scenario.bars]
        return {
            "name": name,
            "title": scenario.title,
            "headline": scenario.headline,
            "medians": medians,
            "samples": samples,
            "bars": [bar for bar in judged if bar],
        }


def describe_machine():
    """Its class, and nothing that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory / (1 << 30)),
        "architecture": platform.machine(),
        "kernel": ".".join(platform.release().split(".")[:2]),
    }


def _keep(samples, measured):
    for metric, value in measured.items():
        samples.setdefault(metric, []).append(value)


def _say(text):
    print(text, file=sys.stderr, flush=True)
