"""Checks the product's sources, as preset `tidy` configured them: each by itself for what it forgets to
include, which compiling many together hides, and all with clang-tidy, together, in a tenth of the time.
Prints each finding once, and how many there are of each check; fails if there is one.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "tidy"
FINDING = re.compile(r"^(.+?):\d+:\d+: (?:warning|error): .* \[([\w.,=+-]+)\]$|^.+: (?:fatal )?error: .*$")


def output_of(command):
    return subprocess.run(command, cwd=BUILD, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout


def compile_alone(entry, source):
    command = shlex.split(entry["command"])
    command[command.index("-o") + 1] = os.devnull
    command[command.index("-c") + 1] = source
    return output_of(["nice", *command, "-fsyntax-only", "-fdiagnostics-plain-output"])


def tidy_together(entry):
    return output_of(["nice", "clang-tidy-14", "--quiet", "-p", str(BUILD), entry["file"]])


def sources_of(entry):
    file = pathlib.Path(entry["file"])
    return re.findall(r'#include "(.+\.cpp)"', file.read_text()) if file.parent.name == "Unity" else [str(file)]


def main():
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    findings = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(compile_alone, entry, source) for entry in entries for source in sources_of(entry)]
        jobs += [pool.submit(tidy_together, entry) for entry in entries]
        for job in jobs:
            # What does not compile is g++'s word: Clang 14 does not know all of its C++20.
            lines = (line for line in job.result().splitlines() if "[clang-diagnostic-" not in line)
            findings.update(line for line in lines if FINDING.match(line))
    counts = collections.Counter(FINDING.match(line)[2] or "does not compile alone" for line in findings)
    for line in sorted(findings):
        print(line.replace(f"{ROOT}/", ""))
    for check, count in counts.most_common():
        print(f"{count:5} {check}")
    return 1 if findings else 0


sys.exit(main())
