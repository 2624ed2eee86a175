"""How many system calls a program makes. By perf, which does not slow it down, else by strace."""

import re
import shutil
import subprocess

from measuring import family
from processes import Process

EVENT = "raw_syscalls:sys_enter"


def count_system_calls(pid, log, work):
    """Runs `work()`; returns the system calls of `pid` and its children meanwhile, or None where
    neither tool works here."""
    if _perf_works():
        command = ["perf", "stat", "-x", ",", "-e", EVENT, "-p", ",".join(map(str, family(pid)))]
        return _count(command, log, work, rf"^(\d+),,{EVENT}", None)
    if shutil.which("strace"):
        command = ["strace", "-c", "-f"]
        command += [part for member in family(pid) for part in ("-p", member)]
        return _count(command, log, work, r"^100\.00 .*? (\d+) +(?:\d+ )?total", "strace: Process")
    return None


def _count(command, log, work, pattern, started):
    with Process(command, log) as tool:
        if started and not _attaches(tool, started):
            return None
        work()
        tool.interrupt()
        found = re.search(pattern, tool.said(), re.MULTILINE)
    if not found:
        raise RuntimeError(f"{command[0]} counted nothing: {tool.said()[-2000:]}")
    return int(found.group(1))


def _attaches(tool, started):
    """Not where the kernel lets nobody but a parent trace (Yama)."""
    try:
        return tool.wait_for_line(started)
    except RuntimeError:
        return False


def _perf_works():
    if not shutil.which("perf"):
        return False
    trial = subprocess.run(
        ["perf", "stat", "-x", ",", "-e", EVENT, "true"], capture_output=True, text=True
    )
    return re.search(rf"^\d+,,{EVENT}", trial.stderr, re.MULTILINE) is not None
