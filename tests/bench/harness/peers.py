"""What is measured, each started in front of an upstream: the host, and what people would put there
instead of it. A peer has `name`, `pid`, and URLs by path."""

import base64
import pathlib
import subprocess
import sys
import urllib.parse

from nginx import Nginx
from processes import free_port

HERE = pathlib.Path(__file__).parent
API = "/api/crm/nextcloud"


class Mediadock:
    """The host with the nextcloud provider on the upstream, or with local files where that is None."""

    name = "mediadock"

    def __init__(self, stage, upstream, settings=None, name=name):
        self.name = name
        home = stage.folder(name)
        all_settings = {
            "http.address": "127.0.0.1:0",
            "http.max_connections": "10000",
            "log.level": "warning",
            "records.url": f"sqlite:{home}/records.db",
            "uploads.spool_directory": home / "spool",
            "storage.plugin_path": stage.build / "plugins",
            **(_nextcloud(upstream) if upstream else _local_files(home)),
            # What is not about the cache is measured without it.
            **_known(stage, {"cache.max_bytes": "0"}),
            **_known(stage, settings or {}),
        }
        command = [stage.program("mediadock"), "serve"]
        for key, value in all_settings.items():
            command += ["--set", f"{key}={value}"]
        process = stage.start(command, name)
        self.pid = process.pid
        self.url = process.wait_for_line("listening on ").removeprefix("listening on ")
        self.root = home / "files"

    def file_url(self, path):
        return f"{self.url}{API}/file?path={urllib.parse.quote(path, safe='')}"

    def browse_url(self, path):
        return f"{self.url}{API}/browse?path={urllib.parse.quote(path, safe='')}"


def _nextcloud(upstream):
    return {
        "storage.provider": "nextcloud",
        "storage.nextcloud.url": upstream.url,
        "storage.nextcloud.username": upstream.username,
        "storage.nextcloud.app_password": upstream.password,
        # As many as the peers may open.
        "storage.nextcloud.max_connections": "256",
    }


def _local_files(home):
    return {"storage.provider": "localdisk", "storage.localdisk.root": home / "files"}


def _known(stage, settings):
    """Those of the settings that this build of the host has."""
    help_text = subprocess.run(
        [stage.program("mediadock"), "help", "serve"], capture_output=True, text=True
    ).stdout
    return {
        key: value
        for key, value in settings.items()
        if not key.startswith("cache.") or key in help_text
    }


class NginxProxy:
    """`proxy_pass` as a careful administrator sets it: kept connections to the upstream, large files
    without a detour over the disk."""

    name = "nginx proxy_pass"

    def __init__(self, stage, upstream):
        self._start(stage, upstream, "nginx-proxy", "", "")

    def _start(self, stage, upstream, folder, http, location):
        credentials = base64.b64encode(f"{upstream.username}:{upstream.password}".encode()).decode()
        host = urllib.parse.urlsplit(upstream.url).netloc
        http = f"  upstream storage {{ server {host}; keepalive 256; keepalive_requests 1000000; }}\n{http}"
        server = f"""
    location / {{
      proxy_pass http://storage;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host {host};
      proxy_set_header Authorization "Basic {credentials}";
      proxy_request_buffering off;
      proxy_max_temp_file_size 0;
{location}
    }}"""
        nginx = Nginx(stage, folder, server, http)
        self.pid = nginx.process.pid
        self.url = nginx.url

    def file_url(self, path):
        return f"{self.url}/{urllib.parse.quote(path)}"


class NginxCache(NginxProxy):
    """The same with `proxy_cache`."""

    name = "nginx proxy_cache"

    def __init__(self, stage, upstream):
        cache = stage.folder("nginx-cache-files")
        http = f"  proxy_cache_path {cache} levels=1:2 keys_zone=files:10m max_size=1g use_temp_path=off;"
        location = """
      proxy_cache files;
      proxy_cache_valid 200 10m;
      proxy_cache_lock on;
      proxy_cache_revalidate on;"""
        self._start(stage, upstream, "nginx-cache", http, location)


class Rclone:
    """`rclone serve http` over the same WebDAV server."""

    name = "rclone"

    def __init__(self, stage, upstream):
        port = free_port()
        obscured = subprocess.run(
            ["rclone", "obscure", upstream.password], capture_output=True, text=True, check=True
        ).stdout.strip()
        command = ["rclone", "serve", "http", ":webdav:", "--config", "", "--read-only"]
        command += ["--webdav-url", upstream.url, "--webdav-vendor", "other"]
        command += ["--webdav-user", upstream.username, "--webdav-pass", obscured]
        command += ["--addr", f"127.0.0.1:{port}", "--dir-cache-time", "1h"]
        process = stage.start(command, "rclone")
        process.wait_for_port(port)
        self.pid = process.pid
        self.url = f"http://127.0.0.1:{port}"

    def file_url(self, path):
        return f"{self.url}/{urllib.parse.quote(path)}"


class Naive:
    """The backend that the host replaces, in sixty lines: naive_proxy.py."""

    name = "naive proxy"

    def __init__(self, stage, upstream):
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", "naive_proxy:app", "--app-dir", HERE.parent]
        command += ["--host", "127.0.0.1", "--port", port, "--log-level", "warning"]
        environment = {
            "UPSTREAM_URL": getattr(upstream, "dav_url", upstream.url),
            "UPSTREAM_USERNAME": upstream.username,
            "UPSTREAM_PASSWORD": upstream.password,
        }
        process = stage.start(command, "naive", environment)
        process.wait_for_port(port)
        self.pid = process.pid
        self.url = f"http://127.0.0.1:{port}"

    file_url = Mediadock.file_url
    browse_url = Mediadock.browse_url


def start_peers(stage, upstream, kinds):
    """Those of the kinds that this run is to have, by name."""
    return {kind.name: kind(stage, upstream) for kind in kinds if stage.wants(kind.name)}
