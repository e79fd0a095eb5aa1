"""A proxy on this machine that lets a link checker reach public addresses only.

lychee looks at the literal address of a link, and neither at what a name resolves to nor at where a redirect leads. So
every connection goes through here: the name is resolved once, and the connection is made to the very address that was
checked.
"""

from __future__ import annotations

import ipaddress
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import cast
from urllib.parse import urlsplit

_LINE_LIMIT = 16_384
"""Bytes of a request's first line."""

_CHUNK = 65_536
_CONNECT_SECONDS = 15
"""How long a server may take to accept a connection."""

_IDLE_SECONDS = 60
"""How long neither side may say anything."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also where it is wrapped in IPv6."""
    parsed = ipaddress.ip_address(address)
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return parsed.is_global and not parsed.is_multicast and (inner is None or inner.is_global)


@dataclass
class Guard:
    """What the proxy has seen.

    Attributes:
        url: of the proxy.
        refused: hosts that resolve to no address that may be reached.
        missing: hosts that do not exist.
    """

    url: str
    refused: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)


@contextmanager
def guarding_proxy(is_allowed: Callable[[str], bool] = is_public) -> Iterator[Guard]:
    """Run the proxy for as long as the `with` block; `is_allowed` decides for the IP address of each connection."""
    with _Server(is_allowed) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.guard
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, is_allowed: Callable[[str], bool]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.is_allowed = is_allowed
        self.guard = Guard(f"http://127.0.0.1:{self.server_address[1]}")

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to the first address of a host that may be reached.

        Raises:
            OSError: there is none, or none answers.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno == socket.EAI_NONAME:
                self.guard.missing.add(host)
            raise
        addresses = [str(address[0]) for *_, address in found if self.is_allowed(str(address[0]))]
        if not addresses:
            self.guard.refused.add(host)
            raise PermissionError(host)
        return socket.create_connection((addresses[0], port), _CONNECT_SECONDS)


class _Handler(StreamRequestHandler):
    server: _Server
    rbufsize = 0  # what follows the first line is passed on as it comes

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            self._pass_on(self.rfile.readline(_LINE_LIMIT))

    def _pass_on(self, line: bytes) -> None:
        method, target, protocol = line.decode("latin-1").split()
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        try:
            other = self.server.connect(parts.hostname or "", parts.port or 80)
        except OSError:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        with other:
            if method == "CONNECT":
                self._skip_head()
                self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
                other.sendall(f"{method} {path} {protocol}\r\n".encode("latin-1"))
                _copy_fields(self.rfile.readline, other)
                answer = other.makefile("rb", buffering=0)
                self.wfile.write(answer.readline(_LINE_LIMIT))
                _copy_fields(answer.readline, self.connection)
            _relay(self.connection, other)

    def _skip_head(self) -> None:
        while self.rfile.readline(_LINE_LIMIT).strip():
            pass


def _copy_fields(read_line: Callable[[int], bytes], sink: socket.socket) -> None:
    """Copy the header fields of a message, so that its connection serves once: the next request may be for any host."""
    sink.sendall(b"Connection: close\r\n")
    while line := read_line(_LINE_LIMIT):
        if not line.lower().startswith((b"connection:", b"keep-alive:", b"proxy-")):
            sink.sendall(line)
        if not line.strip():
            return


def _relay(one: socket.socket, other: socket.socket) -> None:
    """Pass on what either side says, until one of them ends."""
    partner = {one: other, other: one}
    with selectors.DefaultSelector() as selector:
        for side in partner:
            selector.register(side, selectors.EVENT_READ)
        while ready := selector.select(_IDLE_SECONDS):
            for key, _ in ready:
                side = cast("socket.socket", key.fileobj)
                data = side.recv(_CHUNK)
                if not data:
                    return
                partner[side].sendall(data)
