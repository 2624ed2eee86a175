"""Google Benchmark over the parsers, each as a contender of its own. No bar: for whoever changes one."""

import json
import subprocess

from scenarios.scenario import Scenario


class Parsers(Scenario):
    title = "Parsers"
    headline = "nanoseconds"

    def __init__(self, stage):
        self._program = stage.program("parsers_benchmark")
        benchmarks = _run(self._program, "--benchmark_list_tests").split()
        super().__init__(stage, dict.fromkeys(benchmarks))

    def measure(self, contender):
        seconds = min(0.2, self.sizes.seconds / 10)
        only = f"--benchmark_filter=^{contender}$"
        text = _run(
            self._program,
            only,
            f"--benchmark_min_time={seconds}",
            "--benchmark_format=json",
        )
        measured = json.loads(text)["benchmarks"][0]
        result = {"nanoseconds": measured["cpu_time"]}
        if "bytes_per_second" in measured:
            result["mib_per_s"] = measured["bytes_per_second"] / (1 << 20)
        return result


def _run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
