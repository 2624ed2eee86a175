"""Apache with WebDAV in front of a folder."""

import os

from processes import free_port

MODULES = ("mpm_event", "authz_core", "mime", "dav", "dav_fs")


class Apache:
    """Without an access log, as all that is measured here goes without one."""

    def __init__(self, stage, name, root):
        home = stage.folder(name)
        (home / "locks").mkdir()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        file = home / "apache.conf"
        file.write_text(_configuration(home, self.port, root))
        if os.geteuid() == 0:
            # Apache's workers are nobody's, wherever it is root who starts it.
            (home / "locks").chmod(0o777)
            root.parent.chmod(0o711)
        command = ["/usr/sbin/apache2", "-d", home, "-f", file, "-DFOREGROUND"]
        self.process = stage.start(command, name)
        self.process.wait_for_port(self.port)


def _configuration(home, port, root):
    lines = [f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES]
    if os.geteuid() == 0:
        lines += ["User www-data", "Group www-data"]
    lines += [
        f"Listen 127.0.0.1:{port}",
        "ServerName localhost",
        "ServerLimit 2",
        "StartServers 2",
        "ThreadsPerChild 128",
        "MaxRequestWorkers 256",
        "KeepAlive On",
        "MaxKeepAliveRequests 0",
        "KeepAliveTimeout 600",
        f"DefaultRuntimeDir {home}",
        f"PidFile {home}/apache.pid",
        "ErrorLog /dev/stderr",
        "LogLevel error",
        "TypesConfig /etc/mime.types",
        f"DavLockDB {home}/locks/database",
        f"DocumentRoot {root}",
        f"<Directory {root}>",
        "  Dav On",
        "  Require all granted",
        "</Directory>",
    ]
    return "\n".join(lines) + "\n"
