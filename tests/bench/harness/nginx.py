"""nginx in front of a folder, with one `server` of choice."""

import os
import pathlib

from processes import Process, free_port

DAV_MODULE = "/usr/lib/nginx/modules/ngx_http_dav_ext_module.so"


class Nginx:
    """Two workers, no access log, as all that is measured here goes without one."""

    def __init__(self, stage, name, server, http="", modules=()):
        home = stage.folder(name)
        for use in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
            (home / use).mkdir()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        file = home / "nginx.conf"
        file.write_text(_configuration(home, self.port, server, http, modules))
        self.process = stage.start(["/usr/sbin/nginx", "-p", home, "-e", "stderr", "-c", file], name)
        self.process.wait_for_port(self.port)


def _configuration(home: pathlib.Path, port, server, http, modules):
    lines = [f"load_module {module};" for module in modules]
    if os.geteuid() == 0:
        # The folders belong to whoever runs the benchmark.
        lines.append("user root;")
    lines += [
        "daemon off;",
        "worker_processes 2;",
        "worker_rlimit_nofile 20000;",
        f"pid {home}/nginx.pid;",
        "error_log stderr error;",
        "events { worker_connections 10000; }",
        "http {",
        "  include /etc/nginx/mime.types;",
        "  access_log off;",
        "  sendfile on;",
        "  tcp_nopush on;",
        "  keepalive_requests 1000000;",
        "  keepalive_timeout 600;",
        "  client_max_body_size 0;",
    ]
    for use in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        lines.append(f"  {use}_temp_path {home}/{use};")
    lines += [http, "  server {", f"    listen 127.0.0.1:{port} backlog=4096;", server, "  }", "}"]
    return "\n".join(lines) + "\n"
