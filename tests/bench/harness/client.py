"""HTTP clients that cost as little as possible themselves."""

import socket
import subprocess
import time
import urllib.parse

PATIENCE_SECONDS = 60
PIECE = 1 << 20


def connect(url):
    parts = urllib.parse.urlsplit(url)
    client = socket.create_connection((parts.hostname, parts.port), PATIENCE_SECONDS)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def ask(client, url, method="GET"):
    """Sends a request without body on an open connection, which stays open."""
    parts = urllib.parse.urlsplit(url)
    target = parts.path + ("?" + parts.query if parts.query else "")
    client.sendall(f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())


def receive_head(client):
    """The head of a 200, and what came of the body with it."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = client.recv(65536)
        if not piece:
            raise RuntimeError(f"no answer, but {received[:200]!r}")
        received += piece
    head, body = received.split(b"\r\n\r\n", 1)
    if b" 200 " not in head.split(b"\r\n")[0] + b" ":
        raise RuntimeError(f"refused: {head[:400]!r}")
    return head, body


def content_length(head):
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise RuntimeError(f"no length in {head!r}")


def pass_over(client, size):
    """Has the kernel drop bytes that arrive (MSG_TRUNC, tcp(7)) instead of copying them: a reader
    that is never the bottleneck."""
    buffer = bytearray(PIECE)
    while size > 0:
        dropped = client.recv_into(buffer, min(size, PIECE), socket.MSG_TRUNC)
        if dropped == 0:
            raise RuntimeError(f"{size} bytes are missing")
        size -= dropped


def get(client, url):
    """A whole GET on an open connection."""
    ask(client, url)
    head, body = receive_head(client)
    pass_over(client, content_length(head) - len(body))


def timed_download(url):
    """Seconds and bytes of one GET on a new connection."""
    start = time.monotonic()
    with connect(url) as client:
        ask(client, url)
        head, body = receive_head(client)
        size = content_length(head)
        pass_over(client, size - len(body))
    return time.monotonic() - start, size


def timed_curl(*arguments):
    """Seconds that curl says the transfer took. Raises for any status but 2xx."""
    command = ["curl", "-sS", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code} %{time_total}"]
    command += map(str, arguments)
    result = subprocess.run(command, capture_output=True, text=True)
    code, _, seconds = result.stdout.partition(" ")
    if result.returncode or not code.startswith("2"):
        raise RuntimeError(f"curl {arguments[-1]}: {code} {result.stderr.strip()}")
    return float(seconds)
