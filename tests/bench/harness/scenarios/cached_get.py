"""Many connections that ask for a small file, which was asked for before."""

from bars import at_least
from load import run_wrk
from peers import Mediadock, NginxCache, NginxProxy, start_peers
from scenarios.scenario import Scenario
from scenarios.small_get import FILE, FILE_BYTES, count_calls, measure_gets
from upstreams import ApacheDav

CONNECTIONS = 32


class CachedGet(Scenario):
    title = f"GET of 16 KiB, cached, {CONNECTIONS} connections"
    headline = "rate"
    bars = (at_least(1.5, "rate", NginxProxy.name), at_least(1.0, "rate", NginxCache.name))

    def __init__(self, stage):
        upstream = ApacheDav(stage)
        upstream.put(FILE, FILE_BYTES)
        settings = {"cache.max_bytes": 1 << 30, "cache.directory": stage.folder("cache")}
        peers = start_peers(stage, upstream, (NginxProxy, NginxCache))
        super().__init__(
            stage, {Mediadock.name: Mediadock(stage, upstream, settings), **peers}
        )
        for peer in self.contenders.values():
            run_wrk(peer.file_url(FILE), CONNECTIONS, 1)

    def measure(self, contender):
        peer = self.contenders[contender]
        return measure_gets(peer, peer.file_url(FILE), CONNECTIONS, self.sizes.seconds)

    def once(self, contender):
        return count_calls(self.stage, self.contenders[contender], FILE, CONNECTIONS)
