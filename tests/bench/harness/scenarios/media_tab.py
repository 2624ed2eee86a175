"""A customer's photographs, opened by two browsers that have nothing kept yet, one after the other."""

import concurrent.futures
import json
import os
import threading
import time
import urllib.parse
import urllib.request

from bars import at_most
from client import connect, get, timed_curl
from peers import Mediadock, Naive
from scenarios.scenario import Scenario
from upstreams import ScriptedNextcloud

FOLDER = "Photographs"
LATENCY_MS = 35
# What a browser opens to one server.
CONNECTIONS = 6
REVALIDATE_SECONDS = 1
PHOTOGRAPH_BYTES = 65536
# A grey square; what follows in a file is passed over by those who decode it.
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300"
    + "01" * 64
    + "ffc0000b080040004001011100ffc40014000100000000000000000000000000000000ffc4001410"
    "0100000000000000000000000000000000ffda0008010100003f0000000000000000000000000000"
    "000000ffd9"
)


class MediaTab(Scenario):
    headline = "second_s"
    bars = (at_most(1, "second_upstream"),)

    def __init__(self, stage):
        self._upstream = ScriptedNextcloud(stage, LATENCY_MS)
        kinds = {Mediadock.name: _mediadock, Naive.name: Naive}
        super().__init__(stage, {name: kind for name, kind in kinds.items() if stage.wants(name)})
        count = stage.sizes.photographs
        self.title = f"Media tab of {count} photographs, Nextcloud with {LATENCY_MS} ms a request"
        folder = f"{self._upstream.dav_url}/{FOLDER}"
        login = ["-u", f"{self._upstream.username}:{self._upstream.password}"]
        timed_curl(*login, "-X", "MKCOL", folder)
        for number in range(count):
            file = stage.folder("photograph") / "photograph.jpg"
            file.write_bytes(JPEG + os.urandom(PHOTOGRAPH_BYTES - len(JPEG)))
            timed_curl(*login, "-T", file, f"{folder}/photograph-{number:02}.jpg")

    def measure(self, contender):
        with self.stage.part() as part:
            peer = self.contenders[contender](part, self._upstream)
            # What a host asks about the server itself, once in its life.
            timed_curl(peer.browse_url(""))
            self._upstream.take_request_count()
            first = self._open_tab(peer)
            first_upstream = self._upstream.take_request_count()
            # Until what was learnt is no longer believed unseen.
            time.sleep(REVALIDATE_SECONDS + 0.2)
            second = self._open_tab(peer)
            return {
                "first_s": first,
                "second_s": second,
                "first_upstream": first_upstream,
                "second_upstream": self._upstream.take_request_count(),
            }

    def _open_tab(self, peer):
        """Seconds for the listing and the pictures of all entries."""
        start = time.monotonic()
        with urllib.request.urlopen(peer.browse_url(FOLDER)) as answer:
            entries = json.load(answer)
        if len(entries) != self.sizes.photographs:
            raise RuntimeError(f"{len(entries)} entries are not {self.sizes.photographs}")
        pictures = [entry.get("thumbnail_url") or entry["url"] for entry in entries]
        own = threading.local()

        def fetch(url):
            url = urllib.parse.urljoin(peer.url, url)
            own.client = getattr(own, "client", None) or connect(url)
            get(own.client, url)

        with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as browser:
            for _ in browser.map(fetch, pictures):
                pass
        return time.monotonic() - start


def _mediadock(stage, upstream):
    settings = {
        "cache.max_bytes": 1 << 30,
        "cache.directory": stage.folder("cache"),
        "cache.revalidate_s": REVALIDATE_SECONDS,
    }
    return Mediadock(stage, upstream, settings)
