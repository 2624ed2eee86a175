"""Names and units of what is measured."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Metric:
    label: str
    unit: str = ""
    digits: int = 0


METRICS = {
    "rate": Metric("rate", "/s"),
    "mib_per_s": Metric("throughput", "MiB/s"),
    "gib_per_s": Metric("throughput", "GiB/s", 2),
    "seconds": Metric("time", "s", 3),
    "p50_ms": Metric("p50", "ms", 2),
    "p99_ms": Metric("p99", "ms", 2),
    "cpu_us_per_request": Metric("CPU per request", "µs"),
    "cpu_s_per_gib": Metric("CPU per GiB", "s", 2),
    "calls_per_request": Metric("system calls per request", "", 1),
    "peak_mib": Metric("peak memory", "MiB"),
    "peak_mib_many": Metric("peak memory, ten times the entries", "MiB"),
    "growth": Metric("growth of memory", "×", 2),
    "held": Metric("share of connections held", "", 2),
    "resident_mib": Metric("memory", "MiB"),
    "threads": Metric("threads"),
    "answered_again": Metric("share answered again", "", 2),
    "new_request_ms": Metric("new request", "ms", 1),
    "first_s": Metric("first opening", "s", 2),
    "second_s": Metric("second opening", "s", 2),
    "first_upstream": Metric("upstream requests, first"),
    "second_upstream": Metric("upstream requests, second"),
    "nanoseconds": Metric("CPU time", "ns"),
}


def shown(name, value):
    """A figure without its unit."""
    return f"{value:,.{METRICS[name].digits}f}"


def heading(name):
    metric = METRICS[name]
    return f"{metric.label} ({metric.unit})" if metric.unit else metric.label
