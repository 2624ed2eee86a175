"""The slow side: what the peers stand in front of."""

import re
import signal
import urllib.parse

from nginx import DAV_MODULE, Nginx

USERNAME = "bench"
PASSWORD = "no-secret"


class NginxDav:
    """A WebDAV server on local files. It asks for no password: checking one would cost it more than
    the file does."""

    username = USERNAME
    password = PASSWORD

    def __init__(self, stage):
        self.root = stage.folder("upstream-files")
        server = f"""
    root {self.root};
    location / {{
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS;
      create_full_put_path on;
    }}"""
        self.nginx = Nginx(stage, "upstream", server, modules=[DAV_MODULE])
        self.url = self.nginx.url

    def put(self, path, size):
        """A file of `size` bytes that do not compress."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "wb") as out, open("/dev/urandom", "rb") as random:
            block = random.read(min(size, 1 << 20))
            for _ in range(size // max(len(block), 1)):
                out.write(block)
            out.write(block[: size - out.tell()])

    def put_empty(self, folder, count):
        """Many empty files."""
        (self.root / folder).mkdir(parents=True)
        for number in range(count):
            (self.root / folder / f"photograph-{number:06}.jpg").touch()

    def file_url(self, path):
        return f"{self.url}/{urllib.parse.quote(path)}"


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
