"""Web servers on this machine that answer in every way a server can."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b'<!doctype html><title>x</title><h1 id="here">Here</h1>'


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("0.0.0.0", 0), _Handler)
        self.asked: list[str] = []
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.headers['Host']} {self.path}")
        with suppress(OSError):
            self._answer(self.path)

    def _answer(self, path: str) -> None:
        port = self.server.server_port
        redirects = {
            "/moved": (301, "/page"),
            "/moved-308": (308, "/page"),
            "/moved-twice": (301, "/moved"),
            "/for-now": (302, "/page"),
            "/moved-then-for-now": (301, "/for-now"),
            "/to-home": (301, "/"),
            "/loop": (301, "/loop"),
            "/to-private": (302, f"http://127.0.0.2:{port}/secret"),
        }
        if path in redirects:
            code, target = redirects[path]
            self._send(code, {"Location": target})
        elif path.startswith("/status/"):
            self._send(int(path.rpartition("/")[2]))
        elif path == "/slow":
            self.server.ended.wait(30)
        elif path == "/endless":
            self._endless()
        else:
            self._send(200)

    def _send(self, code: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while not self.server.ended.is_set():
            self.wfile.write(PAGE)
            time.sleep(0.01)


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the `with` block."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()
