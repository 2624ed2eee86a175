"""Load by wrk: so many connections, each asking again as soon as it has its answer."""

import json
import pathlib
import subprocess

SUMMARY = pathlib.Path(__file__).with_name("wrk_summary.lua")


def run_wrk(url, connections, seconds, least_requests=1):
    """One thread, so that a machine of two cores is left to the servers. Raises where anything but
    a whole 200 came back, and where fewer answers than that did."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    result = subprocess.run(
        command + ["-s", SUMMARY, url], capture_output=True, text=True, check=True
    )
    summary = json.loads(result.stdout.strip().splitlines()[-1])
    if summary["requests"] < least_requests or summary["refused"] or summary["broken"]:
        raise RuntimeError(f"not every answer of {url} was a good one: {summary}")
    duration = summary["duration_us"] / 1e6
    return {
        "requests": summary["requests"],
        "rate": summary["requests"] / duration,
        "mib_per_s": summary["bytes"] / 1048576 / duration,
        "p50_ms": summary["p50_us"] / 1000,
        "p99_ms": summary["p99_us"] / 1000,
    }
