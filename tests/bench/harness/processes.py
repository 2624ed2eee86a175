"""Programs under measurement as child processes, each ended by its own id."""

import os
import pathlib
import signal
import socket
import subprocess
import time

START_SECONDS = 30
STOP_SECONDS = 10


def free_port():
    """A loopback port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Process:
    """A child that lives as long as the `with` block around it. What it says goes to `log`."""

    def __init__(self, command, log, environment=None):
        self.log = pathlib.Path(log)
        with open(self.log, "wb") as out:
            self._child = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
            )
        self.pid = self._child.pid

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self._child.poll() is None:
            self._child.terminate()
        try:
            self._child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def signal(self, number):
        self._child.send_signal(number)

    def interrupt(self):
        """Ends a tool that sums up what it saw when it is interrupted."""
        self.signal(signal.SIGINT)
        self._child.wait(STOP_SECONDS)

    def said(self):
        return self.log.read_text(errors="replace")

    def wait_for_line(self, start, after=0):
        """The first line of its output behind `after` characters that begins with `start`."""
        return self._wait(lambda: self._find_line(start, after), f"says no '{start}'")

    def wait_for_port(self, port):
        self._wait(lambda: _accepts(port), f"does not listen on port {port}")

    def _find_line(self, start, after):
        lines = self.said()[after:].split("\n")[:-1]
        return next((line for line in lines if line.startswith(start)), None)

    def _wait(self, look, complaint):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._child.poll() is None:
            found = look()
            if found:
                return found
            time.sleep(0.02)
        raise RuntimeError(f"{self._child.args[0]} {complaint}: {self.said()[-2000:]}")


def _accepts(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
