"""Many connections that are busy with something larger for a while."""

from bars import at_most
from load import run_wrk
from measuring import peak_mib
from peers import Mediadock, Naive, NginxProxy, Rclone
from scenarios.scenario import Scenario
from upstreams import NginxDav

FILE = "05_Customers/picture.tiff"
CONNECTIONS = 256


class Busy(Scenario):
    """Each time by a new process, which has no memory left from before."""

    headline = "peak_mib"
    bars = (at_most(64, "peak_mib"),)

    def __init__(self, stage):
        self._upstream = NginxDav(stage)
        self._upstream.put(FILE, stage.sizes.busy_bytes)
        kinds = (Mediadock, NginxProxy, Rclone, Naive)
        super().__init__(stage, {kind.name: kind for kind in kinds if stage.wants(kind.name)})
        self.title = f"GET of {stage.sizes.busy_bytes >> 20} MiB, {CONNECTIONS} connections"

    def measure(self, contender):
        with self.stage.part() as part:
            peer = self.contenders[contender](part, self._upstream)
            # Where a whole round is too short for a single answer, memory is still a result.
            load = run_wrk(peer.file_url(FILE), CONNECTIONS, self.sizes.seconds, least_requests=0)
            return {"peak_mib": peak_mib(peer.pid), "mib_per_s": load["mib_per_s"]}
