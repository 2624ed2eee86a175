"""Connections that stay open after a request, as browsers leave them."""

import contextlib
import time

from bars import at_least, at_most
from client import connect, get
from measuring import resident_mib, threads
from peers import Mediadock, NginxProxy
from scenarios.scenario import Scenario
from upstreams import NginxDav

FILE = "05_Customers/icon.png"
PATIENCE_SECONDS = 5
AT_ONCE_MS = 100


class Idle(Scenario):
    headline = "resident_mib"
    bars = (
        at_least(1.0, "held"),
        at_most(100, "resident_mib"),
        at_most(AT_ONCE_MS, "new_request_ms"),
        at_least(1.0, "answered_again"),
    )

    def __init__(self, stage):
        self._upstream = NginxDav(stage)
        self._upstream.put(FILE, 1024)
        kinds = {Mediadock.name: self._mediadock, NginxProxy.name: NginxProxy}
        super().__init__(stage, {name: kind for name, kind in kinds.items() if stage.wants(name)})
        self.title = f"{stage.sizes.idle:,} idle connections, each after one request"

    @staticmethod
    def _mediadock(stage, upstream):
        return Mediadock(stage, upstream, {"http.idle_timeout_s": "600"})

    def measure(self, contender):
        with self.stage.part() as part:
            peer = self.contenders[contender](part, self._upstream)
            url = peer.file_url(FILE)
            idle = self._open(part, url)
            result = {
                "held": len(idle) / self.sizes.idle,
                "resident_mib": resident_mib(peer.pid),
                "threads": threads(peer.pid),
                "new_request_ms": _ask_anew(url) * 1000,
            }
            answered = _ask_again(idle, url)
            return {**result, "answered_again": answered / self.sizes.idle}

    def _open(self, part, url):
        """As many as get an answer in time."""
        idle = []
        with contextlib.suppress(OSError, RuntimeError):
            while len(idle) < self.sizes.idle:
                client = part.enter_context(connect(url))
                client.settimeout(PATIENCE_SECONDS)
                get(client, url)
                idle.append(client)
        return idle


def _ask_anew(url):
    """Seconds; the whole patience where no answer comes."""
    start = time.monotonic()
    with contextlib.suppress(OSError, RuntimeError):
        with connect(url) as client:
            client.settimeout(PATIENCE_SECONDS)
            get(client, url)
            return time.monotonic() - start
    return PATIENCE_SECONDS


def _ask_again(idle, url):
    """How many are answered before the first that is not."""
    answered = 0
    with contextlib.suppress(OSError, RuntimeError):
        for client in idle:
            get(client, url)
            answered += 1
    return answered
