"""Puts a run into the documentation."""

import chart
import report

BEGIN = "<!-- results: written by tests/bench/run --publish -->"
END = "<!-- end of results -->"


def publish(results, docs):
    page = docs / "performance.md"
    before, _, rest = page.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    if not after:
        raise RuntimeError(f"{page} has no place for results")
    page.write_text(f"{before}{BEGIN}\n{report.full_report(results)}{END}{after}")
    (docs / "images").mkdir(exist_ok=True)
    (docs / "images" / "performance.svg").write_text(chart.draw(results))
