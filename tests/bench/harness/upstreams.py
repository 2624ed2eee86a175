"""The slow side: what the peers stand in front of."""

import os
import re
import signal
import time
import urllib.parse

from apache import Apache
from nginx import DAV_MODULE, Nginx

USERNAME = "bench"
PASSWORD = "no-secret"


class FileServer:
    """A WebDAV server on local files. It asks for no password: checking one would cost it more than
    the file does."""

    username = USERNAME
    password = PASSWORD

    def __init__(self, stage):
        self.root = stage.folder("upstream-files")

    def put(self, path, size):
        """A file of `size` bytes that do not compress, an hour old: what was written within the last
        seconds is kept by no careful cache."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "wb") as out, open("/dev/urandom", "rb") as random:
            block = random.read(min(size, 1 << 20))
            for _ in range(size // max(len(block), 1)):
                out.write(block)
            out.write(block[: size - out.tell()])
        an_hour_ago = time.time() - 3600
        os.utime(file, (an_hour_ago, an_hour_ago))

    def put_empty(self, folder, count):
        """Many empty files."""
        (self.root / folder).mkdir(parents=True)
        for number in range(count):
            (self.root / folder / f"photograph-{number:06}.jpg").touch()

    def file_url(self, path):
        return f"{self.url}/{urllib.parse.quote(path)}"


class NginxDav(FileServer):
    """The fastest there is."""

    def __init__(self, stage):
        super().__init__(stage)
        server = f"""
    root {self.root};
    location / {{
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS;
      create_full_put_path on;
    }}"""
        self.nginx = Nginx(stage, "upstream", server, modules=[DAV_MODULE])
        self.url = self.nginx.url


class ApacheDav(FileServer):
    """One that tells versions: nginx has no etags in its listings."""

    def __init__(self, stage):
        super().__init__(stage)
        self.url = Apache(stage, "upstream", self.root).url


class ScriptedNextcloud:
    """The tests' own Nextcloud. Each request waits for `latency_ms` first, as PHP makes it."""

    username = USERNAME
    password = PASSWORD

    def __init__(self, stage, latency_ms):
        command = [stage.program("scripted-nextcloud"), "--user", self.username, "--password"]
        command += [self.password, "--latency-ms", latency_ms]
        self._process = stage.start(command, "scripted-nextcloud")
        line = self._process.wait_for_line("listening on ")
        self.url = line.removeprefix("listening on ")
        self.dav_url = f"{self.url}/remote.php/dav/files/{self.username}"

    def take_request_count(self):
        """How many requests came since the last call."""
        before = len(self._process.said())
        self._process.signal(signal.SIGUSR1)
        line = self._process.wait_for_line("requests ", before)
        return int(re.match(r"requests (\d+)", line).group(1))
