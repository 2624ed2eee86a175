"""One large file, down and up."""

from bars import at_least, at_most
from client import timed_curl, timed_download
from measuring import cpu_seconds, peak_mib, reset_peak
from peers import API, Mediadock, Naive, NginxProxy, Rclone, start_peers
from scenarios.scenario import Scenario
from upstreams import NginxDav

GIB = float(1 << 30)
FILE = "05_Customers/film.mp4"
FOLDER = "incoming"
LOCAL = "mediadock, local disk"
DIRECT = "direct PUT"
SIZED = "mediadock, size told"


def size_text(size):
    return "1 GiB" if size == 1 << 30 else f"{size >> 20} MiB"


class Download(Scenario):
    """By a client that drops what it receives, so that it is the servers that are measured."""

    headline = "gib_per_s"
    bars = (
        at_least(2.0, "gib_per_s", NginxProxy.name),
        at_least(1.3, "gib_per_s", Rclone.name),
        at_most(0.2, "cpu_s_per_gib"),
    )

    def __init__(self, stage):
        upstream = NginxDav(stage)
        upstream.put(FILE, stage.sizes.large_bytes)
        peers = start_peers(stage, upstream, (Mediadock, NginxProxy, Rclone, Naive))
        local = Mediadock(stage, None, name=LOCAL)
        (local.root / FILE).parent.mkdir(parents=True)
        (local.root / FILE).hardlink_to(upstream.root / FILE)
        super().__init__(stage, {**peers, LOCAL: local})
        self.title = f"Download of {size_text(stage.sizes.large_bytes)}"
        for peer in self.contenders.values():
            timed_download(peer.file_url(FILE))

    def measure(self, contender):
        peer = self.contenders[contender]
        return measure_transfer(peer.pid, lambda: timed_download(peer.file_url(FILE)))


def measure_transfer(pid, transfer):
    """`transfer` returns seconds and bytes."""
    reset_peak(pid)
    before = cpu_seconds(pid)
    seconds, size = transfer()
    return {
        "gib_per_s": size / GIB / seconds,
        "seconds": seconds,
        "cpu_s_per_gib": (cpu_seconds(pid) - before) / (size / GIB),
        "peak_mib": peak_mib(pid),
    }


class Upload(Scenario):
    """By curl: as a form to those who take forms, else as a PUT."""

    headline = "gib_per_s"
    bars = (at_least(0.95, "gib_per_s", DIRECT),)

    def __init__(self, stage):
        self._upstream = NginxDav(stage)
        (self._upstream.root / FOLDER).mkdir()
        self._source = stage.folder("source") / "film.mp4"
        self._upstream.put("source.mp4", stage.sizes.large_bytes)
        (self._upstream.root / "source.mp4").rename(self._source)
        peers = start_peers(stage, self._upstream, (Mediadock, NginxProxy, Naive))
        if Mediadock.name in peers:
            # A form does not say how long its file is, unless the client adds a field for it.
            peers[SIZED] = peers[Mediadock.name]
        super().__init__(stage, {DIRECT: None, **peers})
        self.title = f"Upload of {size_text(stage.sizes.large_bytes)}"

    def measure(self, contender):
        peer = self.contenders[contender]
        pid = peer.pid if peer else self._upstream.nginx.process.pid
        try:
            return measure_transfer(pid, lambda: (self._send(contender, peer), self.sizes.large_bytes))
        finally:
            self._check_and_remove()

    def _send(self, contender, peer):
        if isinstance(peer, (Mediadock, Naive)):
            form = ["-F", f"nextcloud_path={FOLDER}", "-F", f"file=@{self._source}"]
            if contender == SIZED:
                form = ["-F", f"size={self.sizes.large_bytes}", *form]
            return timed_curl(*form, f"{peer.url}{API}/upload")
        server = peer or self._upstream
        return timed_curl("-T", self._source, server.file_url(f"{FOLDER}/film.mp4"))

    def _check_and_remove(self):
        arrived = list((self._upstream.root / FOLDER).iterdir())
        for file in arrived:
            size = file.stat().st_size
            file.unlink()
            if size != self.sizes.large_bytes:
                raise RuntimeError(f"{file.name} has arrived with {size} bytes")
        if len(arrived) != 1:
            raise RuntimeError(f"not one file has arrived, but {arrived}")
