"""What a program and its children cost, as /proc tells it."""

import os
import pathlib

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
MIB = 1024.0


def family(pid):
    """The process and all that descend from it."""
    found = [pid]
    for parent in found:
        for task in pathlib.Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in _read(task).split()]
    return found


def cpu_seconds(pid):
    """CPU time so far, user and system, in steps of a clock tick (10 ms)."""
    ticks = 0
    for member in family(pid):
        fields = _read(f"/proc/{member}/stat").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12]) if fields else 0
    return ticks / TICKS_PER_SECOND


def resident_mib(pid):
    return _status_sum(pid, "VmRSS") / MIB


def peak_mib(pid):
    """Most memory since the last `reset_peak`. Pages that several processes share count in each."""
    return _status_sum(pid, "VmHWM") / MIB


def reset_peak(pid):
    for member in family(pid):
        pathlib.Path(f"/proc/{member}/clear_refs").write_text("5")


def threads(pid):
    return _status_sum(pid, "Threads")


def _status_sum(pid, field):
    total = 0
    for member in family(pid):
        for line in _read(f"/proc/{member}/status").splitlines():
            if line.startswith(field + ":"):
                total += int(line.split()[1])
    return total


def _read(path):
    """Empty for a process that has ended meanwhile."""
    try:
        return pathlib.Path(path).read_text()
    except OSError:
        return ""
