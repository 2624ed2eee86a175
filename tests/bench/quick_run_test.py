"""That the benchmark of the whole host still works. Says nothing about times."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

BUILD = pathlib.Path(sys.argv.pop())
HARNESS = pathlib.Path(__file__).with_name("harness")
CONTENDERS = ["mediadock", "nginx proxy_pass"]


class QuickRun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-B", HARNESS, "--quick", "--only", "small_get_32"]
            command += ["--without", "rclone,naive proxy", "--build", BUILD, "--output", folder]
            cls.said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
            cls.results = json.loads(pathlib.Path(folder, "results.json").read_text())
            cls.chart = pathlib.Path(folder, "chart.svg").read_text()

    def test_measures_host_and_peer(self):
        medians = self.results["scenarios"][0]["medians"]
        self.assertEqual(list(medians), CONTENDERS)
        for measured in medians.values():
            for metric in ("rate", "p50_ms", "p99_ms", "cpu_us_per_request", "peak_mib"):
                self.assertGreater(measured[metric], 0)

    def test_judges_each_bar_by_the_figures(self):
        scenario = self.results["scenarios"][0]
        host, peer = scenario["medians"].values()
        bars = {bar["metric"]: bar for bar in scenario["bars"]}
        self.assertEqual(set(bars), {"rate", "p99_ms"})
        self.assertAlmostEqual(bars["rate"]["value"], host["rate"] / peer["rate"])
        self.assertEqual(bars["rate"]["holds"], host["rate"] >= peer["rate"])
        self.assertEqual(bars["p99_ms"]["holds"], host["p99_ms"] <= peer["p99_ms"])

    def test_prints_a_row_for_each(self):
        for contender in CONTENDERS:
            self.assertIn(f"\n| {contender} | ", self.said)

    def test_draws_a_bar_for_each(self):
        bars = ElementTree.fromstring(self.chart).findall("{http://www.w3.org/2000/svg}rect")
        self.assertEqual(len(bars), len(CONTENDERS))


if __name__ == "__main__":
    unittest.main()
