"""What one request costs, in allocations and system calls: counts, which hold on any machine. A bound
is the count of today and a little room; whoever comes below it lowers it."""

import contextlib
import http.client
import os
import pathlib
import re
import signal
import struct
import subprocess
import sys
import unittest
import urllib.parse

COUNTER = pathlib.Path(sys.argv.pop())
BUILD = pathlib.Path(sys.argv.pop())
sys.path.insert(0, str(pathlib.Path(__file__).with_name("harness")))

from measuring import family  # noqa: E402
from peers import Mediadock  # noqa: E402
from stage import QUICK, Stage  # noqa: E402
from upstreams import ApacheDav  # noqa: E402

PICTURE = "customer/photo.jpg"
PICTURE_BYTES = 16384
FOLDER = "many"
ENTRIES = 200

# Until the host has met all that it remembers.
WARM_UP = 20
REQUESTS = 200


class Host(Mediadock):
    """With its allocations counted; under strace where its system calls are to be."""

    def __init__(self, stage, upstream, settings, calls=None):
        self._counts = stage.folder("counts") / "allocations"
        self._counts.write_bytes(bytes(16))
        super().__init__(_Preloading(stage, self._counts, calls), upstream, settings)
        address = urllib.parse.urlsplit(self.url)
        self._client = stage.enter_context(
            contextlib.closing(http.client.HTTPConnection(address.hostname, address.port))
        )

    def ask(self, url, headers, times):
        """On one connection, one after the other. Returns the last answer's status and etag."""
        for _ in range(times):
            self._client.request("GET", url.removeprefix(self.url), headers=headers)
            answer = self._client.getresponse()
            answer.read()
        return answer.status, answer.getheader("ETag")

    def end(self):
        """Itself: strace does not hand signals on."""
        for child in family(self.pid)[1:]:
            os.kill(child, signal.SIGTERM)

    def allocations(self):
        return struct.unpack("QQ", self._counts.read_bytes())[0]


class _Preloading:
    """A stage that starts programs with the counter before them."""

    def __init__(self, stage, counts, calls):
        self._stage = stage
        self._environment = {
            "LD_PRELOAD": COUNTER,
            "ALLOCATION_COUNTS": counts,
        }
        self._tracing = ["strace", "-f", "-c", "-o", calls] if calls else []

    def start(self, command, name, environment=None):
        settings = {**self._environment, **(environment or {})}
        command = self._tracing + ["env"] + [f"{k}={v}" for k, v in settings.items()] + command
        return self._stage.start(command, name)

    def __getattr__(self, name):
        return getattr(self._stage, name)


class Waste(unittest.TestCase):
    def setUp(self):
        self.stage = self.enterContext(Stage(BUILD, QUICK))
        self.upstream = ApacheDav(self.stage)
        self.upstream.put(PICTURE, PICTURE_BYTES)
        self.upstream.put_empty(FOLDER, ENTRIES)

    def uncached(self):
        return {}

    def cached(self):
        return {"cache.max_bytes": 64 << 20, "cache.directory": self.stage.folder("cache")}

    def assert_at_most(self, allocations, calls, settings, url_of, status=200, if_none_match=False):
        """Allocations and system calls a request."""
        asked = (settings, url_of, status, if_none_match)
        self.assert_within(self.allocations(*asked), allocations, "allocations")
        self.assert_within(self.system_calls(*asked), calls, "system calls")

    def assert_within(self, count, bound, what):
        print(f"{self.id()}: {count:.1f} {what}", file=sys.stderr)
        self.assertGreater(count, 1)
        self.assertLessEqual(count, bound)

    def allocations(self, settings, url_of, status, if_none_match):
        with self.stage.part() as stage:
            host = Host(stage, self.upstream, settings)
            headers = self.warm_up(host, url_of(host), if_none_match)
            before = host.allocations()
            self.assertEqual(host.ask(url_of(host), headers, REQUESTS)[0], status)
            return (host.allocations() - before) / REQUESTS

    def system_calls(self, settings, url_of, status, if_none_match):
        if subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], check=False).returncode != 0:
            self.skipTest("nobody may trace here")
        few, many = (
            self.calls_of(settings, url_of, status, if_none_match, times)
            for times in (1, 1 + REQUESTS)
        )
        return (many - few) / REQUESTS

    def calls_of(self, settings, url_of, status, if_none_match, times):
        """Of a host's whole life."""
        with self.stage.part() as stage:
            log = stage.log("calls")
            with stage.part() as life:
                host = Host(life, self.upstream, settings, log)
                headers = self.warm_up(host, url_of(host), if_none_match)
                self.assertEqual(host.ask(url_of(host), headers, times)[0], status)
                host.end()
            return int(re.search(r"^100\.00 .*? (\d+) +(?:\d+ )?total", log.read_text(), re.M)[1])

    def warm_up(self, host, url, if_none_match):
        status, etag = host.ask(url, {}, WARM_UP)
        self.assertEqual(status, 200)
        return {"If-None-Match": etag} if if_none_match else {}

    def test_a_small_file_that_is_not_cached(self):
        self.assert_at_most(100, 8, self.uncached(), picture)

    def test_a_small_file_that_is_cached(self):
        self.assert_at_most(80, 6, self.cached(), picture)

    def test_a_file_that_the_client_has(self):
        self.assert_at_most(70, 5, self.cached(), picture, 304, True)

    def test_a_listing(self):
        self.assert_at_most(10 * ENTRIES, 50, self.uncached(), listing)


def picture(host):
    return host.file_url(PICTURE)


def listing(host):
    return host.browse_url(FOLDER)


if __name__ == "__main__":
    unittest.main()
