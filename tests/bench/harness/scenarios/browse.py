"""A folder with many entries."""

from bars import at_most
from client import timed_curl
from measuring import cpu_seconds, peak_mib, reset_peak
from peers import Mediadock, Naive, start_peers
from scenarios.scenario import Scenario
from upstreams import NginxDav

FOLDER = "05_Customers/all"
PROPFIND = "PROPFIND by curl"
MOST_GROWTH = 1.25
PROPERTIES = (
    '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop>'
    "<d:resourcetype/><d:getcontentlength/><d:getlastmodified/><d:getetag/><d:getcontenttype/>"
    "<oc:fileid/></d:prop></d:propfind>"
)


class Browse(Scenario):
    headline = "seconds"
    bars = (at_most(2.0, "seconds", PROPFIND),)

    def __init__(self, stage):
        self._upstream = NginxDav(stage)
        self._upstream.put_empty(FOLDER, stage.sizes.entries)
        peers = start_peers(stage, self._upstream, (Mediadock, Naive))
        super().__init__(stage, {PROPFIND: None, **peers})
        self.title = f"Browse of {stage.sizes.entries:,} entries"
        for contender in self.contenders:
            self.measure(contender)

    def measure(self, contender):
        peer = self.contenders[contender]
        pid = peer.pid if peer else self._upstream.nginx.process.pid
        reset_peak(pid)
        before = cpu_seconds(pid)
        seconds = timed_curl(peer.browse_url(FOLDER)) if peer else self._propfind()
        return {
            "seconds": seconds,
            "cpu_us_per_request": (cpu_seconds(pid) - before) * 1e6,
            "peak_mib": peak_mib(pid),
        }

    def _propfind(self):
        asked = ["-X", "PROPFIND", "-H", "Depth: 1", "--data-binary", PROPERTIES]
        return timed_curl(*asked, self._upstream.file_url(FOLDER) + "/")


class BrowseMemory(Scenario):
    """Each time by a new process, which has no memory left from before."""

    headline = "growth"
    bars = (at_most(MOST_GROWTH, "growth"),)

    def __init__(self, stage):
        self._upstream = NginxDav(stage)
        self._upstream.put_empty("few", stage.sizes.many_entries // 10)
        self._upstream.put_empty("many", stage.sizes.many_entries)
        super().__init__(
            stage, {kind.name: kind for kind in (Mediadock, Naive) if stage.wants(kind.name)}
        )
        self.title = f"Memory of a browse of up to {stage.sizes.many_entries:,} entries"

    def measure(self, contender):
        few = self._peak_of(self.contenders[contender], "few")
        many = self._peak_of(self.contenders[contender], "many")
        return {"peak_mib": few, "peak_mib_many": many, "growth": many / few}

    def _peak_of(self, kind, folder):
        with self.stage.part() as part:
            peer = kind(part, self._upstream)
            timed_curl(peer.browse_url(folder))
            return peak_mib(peer.pid)
