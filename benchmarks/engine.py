"""The generator's loop: many sockets, one thread, epoll, no coroutine and no task.

It knows connections and time, nothing of messages. What a frame means belongs to `generator`.
"""

import select
import socket
import time
from collections.abc import Callable

from benchmarks.frames import CLOSE_FRAME, PING_FRAME, FrameReader, pong_frame, text_frame


class ConnectionLost(Exception):
    """The server ended a connection that was meant to stay."""


class Engine:
    """Waits for sockets and calls whoever owns each; `stop()` from a callback ends `run`."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._owners: dict[int, Callable[[int], None]] = {}
        self._stopped = False

    def watch(self, sock: socket.socket, owner: Callable[[int], None], events: int) -> None:
        """From now on `owner(events)` is called when the socket is ready."""
        self._owners[sock.fileno()] = owner
        self._epoll.register(sock.fileno(), events)

    def change(self, sock: socket.socket, events: int) -> None:
        """Watches a socket for other events."""
        self._epoll.modify(sock.fileno(), events)

    def forget(self, sock: socket.socket) -> None:
        """Stops watching; the socket is the caller's to close."""
        self._epoll.unregister(sock.fileno())
        del self._owners[sock.fileno()]

    def stop(self) -> None:
        """Ends `run` after the callbacks of this round."""
        self._stopped = True

    def run(self, seconds: float) -> bool:
        """Serves until `stop` is called (True) or the time is over (False)."""
        self._stopped = False
        end = time.perf_counter() + seconds
        owners, poll = self._owners, self._epoll.poll
        while not self._stopped:
            left = end - time.perf_counter()
            if left <= 0:
                return False
            for handle, events in poll(left, 512):
                owner = owners.get(handle)
                if owner is not None:
                    owner(events)
        return True

    def run_paced(self, dues: list[float], fire: Callable[[int], None], grace: float) -> None:
        """Calls `fire(i)` when `dues[i]` (perf_counter seconds, rising) has come, then serves for
        `grace` seconds more or until `stop`."""
        self._stopped = False
        clock, owners, poll = time.perf_counter, self._owners, self._epoll.poll
        fileno = [self._epoll.fileno()]
        at, count = 0, len(dues)
        while at < count:
            now = clock()
            while at < count and dues[at] <= now:
                fire(at)
                at += 1
            if at == count:
                break
            # epoll rounds its timeout up to whole milliseconds; select does not.
            left = dues[at] - clock()
            if left > 0:
                select.select(fileno, [], [], left)
            for handle, events in poll(0, 512):
                owners[handle](events)
        self.run(grace)

    def close(self) -> None:
        """Frees the loop; sockets must be closed by their owners."""
        self._epoll.close()


class Wire:
    """One WebSocket of one client: connects, upgrades, then hands every text frame to `on_text`."""

    __slots__ = (
        "_deaf",
        "_engine",
        "_head",
        "_open",
        "_reader",
        "_request",
        "_sock",
        "_unsent",
        "on_open",
    )

    def __init__(
        self,
        engine: Engine,
        port: int,
        request: bytes,
        on_open: Callable[[], None],
        on_text: Callable[[bytes], None],
    ) -> None:
        self._engine = engine
        self.on_open = on_open
        self._reader = FrameReader(on_text, self._on_control)
        self._head = b""
        self._open = False
        self._deaf = False
        self._request = request
        self._unsent = b""
        self._sock = begin_connecting(port)
        engine.watch(self._sock, self._on_connected, select.EPOLLOUT)

    def listen(self, on_text: Callable[[bytes], None]) -> None:
        """Gives the frames to somebody else."""
        self._reader.on_text = on_text

    def turn_deaf(self) -> None:
        """From now on what comes is taken and thrown away unread: pings are not answered."""
        self._deaf = True

    def send(self, payload: bytes) -> None:
        """Sends one text frame."""
        self._write(text_frame(payload))

    def close(self) -> None:
        """Ends the connection without a goodbye."""
        if self._sock.fileno() >= 0:
            self._engine.forget(self._sock)
            self._sock.close()

    def _on_connected(self, events: int) -> None:
        error = self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error or events & select.EPOLLERR:
            raise ConnectionLost(f"connecting failed with error {error}")
        self._engine.forget(self._sock)
        self._engine.watch(self._sock, self._on_ready, select.EPOLLIN)
        self._sock.send(self._request)

    def _on_ready(self, events: int) -> None:
        if events & select.EPOLLOUT:
            self._flush()
        if not events & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
            return
        try:
            chunk = self._sock.recv(65536)
        except BlockingIOError:
            return
        if not chunk:
            raise ConnectionLost("the server ended a connection")
        if self._deaf:
            return
        if self._open:
            self._reader.feed(chunk)
        else:
            self._upgrade(chunk)

    def _upgrade(self, chunk: bytes) -> None:
        self._head += chunk
        head, found, rest = self._head.partition(b"\r\n\r\n")
        if not found:
            return
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise ConnectionLost(f"refused: {self._head[:300]!r}")
        self._head, self._open = b"", True
        self.on_open()
        if rest:
            self._reader.feed(rest)

    def _on_control(self, kind: int, payload: bytes) -> None:
        if kind == PING_FRAME:
            self._write(pong_frame(payload))
        elif kind == CLOSE_FRAME:
            code = int.from_bytes(payload[:2], "big")
            raise ConnectionLost(f"closed by the server: {code} {payload[2:].decode()}")

    def _write(self, frame: bytes) -> None:
        if self._unsent:
            self._unsent += frame
            return
        try:
            sent = self._sock.send(frame)
        except BlockingIOError:
            sent = 0
        if sent < len(frame):
            self._unsent = frame[sent:]
            self._engine.change(self._sock, select.EPOLLIN | select.EPOLLOUT)

    def _flush(self) -> None:
        self._unsent = self._unsent[self._sock.send(self._unsent) :]
        if not self._unsent:
            self._engine.change(self._sock, select.EPOLLIN)


def begin_connecting(port: int) -> socket.socket:
    """A non-blocking socket on its way to 127.0.0.1; ready to write when it has arrived."""
    sock = socket.socket()
    sock.settimeout(0)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        sock.connect(("127.0.0.1", port))
    except BlockingIOError:
        pass
    return sock
