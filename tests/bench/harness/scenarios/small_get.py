"""Many connections that ask for a small file, which no one has a copy of."""

from bars import at_least, at_most
from load import run_wrk
from measuring import cpu_seconds, peak_mib, reset_peak
from peers import Mediadock, Naive, NginxProxy, Rclone, start_peers
from scenarios.scenario import Scenario
from system_calls import count_system_calls
from upstreams import NginxDav

FILE = "05_Customers/photo.jpg"
FILE_BYTES = 16384
KINDS = (Mediadock, NginxProxy, Rclone, Naive)


class SmallGet(Scenario):
    headline = "rate"

    def __init__(self, stage, connections):
        upstream = NginxDav(stage)
        upstream.put(FILE, FILE_BYTES)
        super().__init__(stage, start_peers(stage, upstream, KINDS))
        self.title = f"GET of 16 KiB, not cached, {connections} connections"
        self.bars = [at_least(1.0, "rate", NginxProxy.name), at_most(1.0, "p99_ms", NginxProxy.name)]
        if connections >= 256:
            self.bars.append(at_most(64, "peak_mib"))
        self._connections = connections
        for peer in self.contenders.values():
            run_wrk(peer.file_url(FILE), connections, 1)

    def measure(self, contender):
        peer = self.contenders[contender]
        return measure_gets(peer, peer.file_url(FILE), self._connections, self.sizes.seconds)

    def once(self, contender):
        return count_calls(self.stage, self.contenders[contender], FILE, self._connections)


def measure_gets(peer, url, connections, seconds):
    reset_peak(peer.pid)
    before = cpu_seconds(peer.pid)
    result = run_wrk(url, connections, seconds)
    requests = result.pop("requests")
    # The rate says it already.
    del result["mib_per_s"]
    result["cpu_us_per_request"] = (cpu_seconds(peer.pid) - before) * 1e6 / requests
    result["peak_mib"] = peak_mib(peer.pid)
    return result


def count_calls(stage, peer, path, connections):
    """In a run of its own, for whoever counts disturbs."""
    requests = 0

    def work():
        nonlocal requests
        requests = run_wrk(peer.file_url(path), connections, stage.sizes.seconds)["requests"]

    calls = count_system_calls(peer.pid, stage.log("calls"), work)
    return {} if calls is None else {"calls_per_request": calls / requests}
