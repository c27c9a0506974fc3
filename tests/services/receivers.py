"""Who takes webhooks, on loopback, for tests: remembers what came and answers as a test says."""

import contextlib
import dataclasses
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override


@dataclasses.dataclass(frozen=True)
class Came:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclasses.dataclass
class Receiver:
    """Remembers what came. What it answers is for tests to say."""

    port: int = 0
    host: str = "127.0.0.1"
    scheme: str = "http"
    came: list[Came] = dataclasses.field(default_factory=list)
    connections: int = 0
    status: int = 204
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    endless: bool = False
    """Whether its answer never ends, of which this many bytes have left:"""
    poured: int = 0
    open: threading.Event = dataclasses.field(default_factory=threading.Event)
    """While it is not set, answers wait."""
    before: Callable[[Came], None] = lambda _: None
    """Called with each request before it is answered."""

    @property
    def url(self) -> str:
        """Where it is."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}/hooks"


class _Door(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_GET(self) -> None:
        """A redirect that was followed would come like this."""
        self.do_POST()

    def do_POST(self) -> None:
        """As webhooks come."""
        receiver = self.receiver
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        came = Came(self.path, headers, body)
        receiver.came.append(came)
        receiver.before(came)
        receiver.open.wait()
        with contextlib.suppress(OSError):
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            while receiver.endless:
                self.wfile.write(b" " * 65536)
                receiver.poured += 65536

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    receiver: Receiver

    @override
    def get_request(self) -> Any:
        self.receiver.connections += 1
        return super().get_request()

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked has hung up."""


class _Server6(_Server):
    address_family = socket.AF_INET6


@contextlib.contextmanager
def webhook_receiver(
    host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    """Open, on a free port of loopback. Raises OSError where there is no loopback of its family."""
    receiver = Receiver(host=host)
    receiver.open.set()
    door = type("Door", (_Door,), {"receiver": receiver})
    server = (_Server6 if ":" in host else _Server)((host, 0), door)
    server.receiver, server.daemon_threads = receiver, True
    if tls is not None:
        receiver.scheme = "https"
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.endless = False
        receiver.open.set()
        server.shutdown()
        server.server_close()
        thread.join()
