"""The uvicorn subclasses: framed bytes in and out, dead and slow peers cut, a drain at the end.

The only room that knows uvicorn's and websockets' inside; above it there are `Sink` and `write`.
A plain text frame is parsed by hand and handed on at once, without a task, queue or copy of its own;
ping, pong and close are answered here; whatever else comes (fragments, broken frames) goes whole to
websockets' own parser, which knows all the rules. That saves about 40 of 100 µs a message.
"""

import asyncio
import contextlib
import logging
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol, cast

import uvicorn
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.speedups import apply_mask

from chat_server.wire.codes import CLOSE_REASONS, MAX_FRAME_BYTES, CloseCode

logger = logging.getLogger("parley.transport")

WRITE_HIGH: Final = 32 * 1024
SEND_BUFFER: Final = 64 * 1024
OUTBOX_FRAMES: Final = 500
OUTBOX_BYTES: Final = 1024 * 1024
USER_TIMEOUT_MS: Final = 20_000
ABORT_AFTER_S: Final = 1.0
"""How long a peer that was told to go may take to read it."""

HEADER_S: Final = 15.0

_TEXT, _CLOSE, _PING, _PONG = 0x81, 0x88, 0x89, 0x8A
_MASKED: Final = 0x80


class Sink(Protocol):
    """What a connection is to those above."""

    def received(self, payload: bytes) -> None:
        """One whole text message."""

    def ended(self, code: CloseCode) -> None:
        """The server ends it, for whatever reason; nothing more is received."""

    def closed(self) -> None:
        """The connection is over; called once."""


def text_frame(payload: bytes) -> bytes:
    """A message as one unmasked WebSocket text frame, to be shared by all who get it."""
    size = len(payload)
    if size < 126:
        return b"\x81%c%b" % (size, payload)
    if size < 65536:
        return b"\x81\x7e%b%b" % (size.to_bytes(2), payload)
    return b"\x81\x7f%b%b" % (size.to_bytes(8), payload)


def close_frame(code: CloseCode) -> bytes:
    """A close frame with its reason."""
    body = struct.pack("!H", code) + CLOSE_REASONS[code].encode()
    return b"%c%c%b" % (_CLOSE, len(body), body)


_PING_FRAME: Final = b"\x89\x00"


class Outbox:
    """What waits for a connection that reads too slowly; it exists only while writing is paused."""

    __slots__ = ("bytes", "frames")

    def __init__(self) -> None:
        self.frames: deque[bytes] = deque()
        self.bytes = 0

    def push(self, frame: bytes) -> bool:
        """False where the bound is passed: the connection is too slow."""
        self.frames.append(frame)
        self.bytes += len(frame)
        return len(self.frames) <= OUTBOX_FRAMES and self.bytes <= OUTBOX_BYTES


class KeepAlive:
    """One wheel for all connections: a tick a second pings a bucket and cuts those that stayed silent."""

    def __init__(self, ping_s: float, pong_s: float) -> None:
        self._slots = 25
        self._tick_s = ping_s / self._slots
        self._grace = max(1, round(pong_s / self._tick_s)) % self._slots or self._slots - 1
        self._buckets: list[set[SocketProtocol]] = [set() for _ in range(self._slots)]
        self._turn = 0
        self._timer: asyncio.TimerHandle | None = None
        self.silent = 0

    def add(self, connection: "SocketProtocol") -> None:
        """Its first ping comes a whole turn from now."""
        connection.slot = self._turn
        self._buckets[self._turn].add(connection)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._tick_s, self._tick)

    def drop(self, connection: "SocketProtocol") -> None:
        """It is over."""
        self._buckets[connection.slot].discard(connection)

    def stop(self) -> None:
        """No more pings."""
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        self._turn = (self._turn + 1) % self._slots
        self._timer = asyncio.get_running_loop().call_later(self._tick_s, self._tick)
        for connection in tuple(self._buckets[(self._turn - self._grace) % self._slots]):
            if connection.pinged:
                self.silent += 1
                connection.end(CloseCode.SILENT)
        for connection in self._buckets[self._turn]:
            connection.pinged = True
            connection.write(_PING_FRAME)


class SocketProtocol(WebSocketsSansIOProtocol):
    """One connection. Until an endpoint adopts it, it is uvicorn's; from then on it is ours."""

    keep_alive: KeepAlive
    """Set on the subclass that `protocol_class` makes: shared by all connections of a server."""

    sink: Sink | None = None
    outbox: Outbox | None = None
    pinged = False
    slot = 0
    _rest: bytes | bytearray = b""
    _ending = False
    _odd: ServerProtocol | None = None
    _parts: list[bytes] | None = None

    def adopt(self, sink: Sink) -> None:
        """After `websocket.accept`: messages go to the sink, and uvicorn's machinery is dropped."""
        self.sink = sink
        transport = self.transport
        transport.set_write_buffer_limits(high=WRITE_HIGH)
        raw = transport.get_extra_info("socket")
        if raw is not None and raw.family in (socket.AF_INET, socket.AF_INET6):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
        self.keep_alive.add(self)
        early = bytes(self.conn.reader.buffer)
        self._forget_handshake()
        if early:
            self.data_received(early)

    def _forget_handshake(self) -> None:
        """Scope, request and parser are needed no more: most of an idle connection's memory."""
        for name in (
            "scope",
            "request",
            "response",
            "conn",
            "queue",
            "frames",
            "writable",
            "app_state",
        ):
            self.__dict__.pop(name, None)

    @override
    async def run_asgi(self) -> None:
        """Runs the application; a connection that was adopted outlives it."""
        cast("dict[str, Any]", self.scope["extensions"])["parley.socket"] = self
        app, scope = self.app, self.scope
        try:
            await app(scope, self.receive, self.send)
        except Exception:
            logger.exception("socket.failed")
            if self.sink is None:
                self.send_500_response()
        if self.sink is None and self.close_timer is None:
            self.transport.close()

    @override
    def start_keepalive(self) -> None:
        """The shared wheel does this."""

    # Bytes in.

    @override
    def data_received(self, data: bytes) -> None:
        """Cuts the stream into frames; every whole one is handled before the next is looked at."""
        if self.sink is None:
            super().data_received(data)
            return
        self.pinged = False
        buffer: bytes | bytearray = data
        if self._rest:
            rest = self._rest if isinstance(self._rest, bytearray) else bytearray(self._rest)
            rest += data
            buffer = rest
        at, end = 0, len(buffer)
        while end - at >= 2 and not self._ending:
            length, head = buffer[at + 1] & 0x7F, 6
            if length == 126:
                if end - at < 4:
                    break
                length, head = buffer[at + 2] << 8 | buffer[at + 3], 8
            elif length == 127:
                if end - at < 10:
                    break
                length, head = int.from_bytes(buffer[at + 2 : at + 10]), 14
            if length > MAX_FRAME_BYTES or not buffer[at + 1] & _MASKED:
                self._broken(bytes(buffer[at:]))
                return
            stop = at + head + length
            if end < stop:
                break
            if buffer[at] == _TEXT and self._parts is None:
                mask = bytes(buffer[at + head - 4 : at + head])
                self.sink.received(apply_mask(bytes(buffer[at + head : stop]), mask))
            else:
                self._odd_frame(bytes(buffer[at:stop]))
            at = stop
        self._rest = buffer[at:] if at < end and not self._ending else b""

    def _odd_frame(self, raw: bytes) -> None:
        """One whole frame that is not a plain text message."""
        if raw[0] == _PONG and raw[1] & 0x7F < 126:
            return
        for event in self._parse(raw):
            if event.opcode is Opcode.PING:
                self.write(b"\x8a%c%b" % (len(event.data), bytes(event.data)))
            elif event.opcode is Opcode.CLOSE:
                self._answer_close()
            elif event.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                self._part(event)

    def _part(self, event: Frame) -> None:
        """A piece of a message: text is put together, binary is not spoken here."""
        if event.opcode is Opcode.BINARY:
            self.end(CloseCode.UNSUPPORTED_DATA)
            return
        parts = self._parts = self._parts or []
        parts.append(bytes(event.data))
        if sum(map(len, parts)) > MAX_FRAME_BYTES:
            self.end(CloseCode.TOO_BIG)
        elif event.fin:
            self._parts = None
            assert self.sink is not None
            self.sink.received(b"".join(parts))

    def _parse(self, raw: bytes) -> list[Frame]:
        """Through websockets' own parser, which is made when the first odd frame comes."""
        conn = self._odd
        if conn is None:
            conn = self._odd = ServerProtocol(state=State.OPEN, max_size=MAX_FRAME_BYTES)
        conn.receive_data(raw)
        events = [cast(Frame, event) for event in conn.events_received()]
        conn.data_to_send()
        if conn.parser_exc is not None:
            self._fail(conn)
            return []
        return events

    def _broken(self, raw: bytes) -> None:
        """A header that no frame of ours may have: websockets says which rule it breaks."""
        self._parse(raw)
        if not self._ending:
            self.end(CloseCode.TOO_BIG)

    def _fail(self, conn: ServerProtocol) -> None:
        sent = conn.close_sent
        code = sent.code if sent is not None else CloseCode.PROTOCOL_ERROR
        known = code in CloseCode._value2member_map_
        self.end(CloseCode(code) if known else CloseCode.PROTOCOL_ERROR)

    def _answer_close(self) -> None:
        """The peer says goodbye: its own code goes back, and that is all."""
        conn = self._odd
        received = conn.close_rcvd if conn is not None else None
        code = received.code if received is not None and received.code != 1005 else None
        body = struct.pack("!H", code) if code is not None else b""
        self._finish(b"%c%c%b" % (_CLOSE, len(body), body))

    # Bytes out.

    def write(self, frame: bytes) -> None:
        """Sends a frame now, or queues it while the peer does not read; too much, and the peer is cut."""
        if self.outbox is None:
            if not self._ending:
                self.transport.write(frame)
        elif not self.outbox.push(frame):
            self.slow()

    @override
    def pause_writing(self) -> None:
        """The kernel and the transport are full: from here on frames are counted."""
        super().pause_writing() if self.sink is None else self._pause()

    def _pause(self) -> None:
        if self.outbox is None:
            self.outbox = Outbox()

    @override
    def resume_writing(self) -> None:
        """The peer reads again."""
        if self.sink is None:
            super().resume_writing()
            return
        outbox, self.outbox = self.outbox, None
        while outbox is not None and outbox.frames:
            self.transport.write(outbox.frames.popleft())
            if self.outbox is not None:  # Full again in the middle: keep the rest in order.
                self.outbox.frames = outbox.frames
                self.outbox.bytes = sum(map(len, outbox.frames))
                return

    def slow(self) -> None:
        """The bound of the outbox is passed."""
        logger.info("socket.slow")
        self.end(CloseCode.SLOW)

    def end(self, code: CloseCode) -> None:
        """Says why, and closes; a peer that does not read it is aborted a second later."""
        if not self._ending and self.sink is not None:
            self.sink.ended(code)
        self._finish(close_frame(code))

    def _finish(self, frame: bytes) -> None:
        if self._ending:
            return
        self._ending = True
        self.outbox = None
        with contextlib.suppress(RuntimeError, OSError):
            self.transport.write(frame)
            if self.transport.can_write_eof():
                # Closed with something unread, the connection would be reset, and the frame lost on
                # its way: whatever the peer still says is taken until it hangs up.
                self.transport.write_eof()
            else:
                self.transport.close()
        self.loop.call_later(ABORT_AFTER_S, self.transport.abort)

    # The end.

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Tells the sink, once; before adoption uvicorn does its own."""
        if self.sink is None:
            super().connection_lost(exc)
            return
        self._ending = True
        self.connections.discard(self)
        self.keep_alive.drop(self)
        sink, self.sink = self.sink, _Nobody()
        self.outbox = None
        sink.closed()

    @override
    def shutdown(self) -> None:
        """The server goes away."""
        if self.sink is None:
            super().shutdown()
        else:
            self.end(CloseCode.RESTART)


class _Nobody:
    """Takes what arrives after the end."""

    def received(self, payload: bytes) -> None:
        """Too late."""

    def ended(self, code: CloseCode) -> None:
        """Already over."""

    def closed(self) -> None:
        """Already known."""


class HttpProtocol(H11Protocol):
    """Plain requests; a peer that takes too long to say what it wants is cut."""

    _patience: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The headers of the first request must come within `HEADER_S`."""
        super().connection_made(transport)
        self._patience = self.loop.call_later(HEADER_S, self._impatient)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        if self._patience is not None:
            self._patience.cancel()
        super().connection_lost(exc)

    def _impatient(self) -> None:
        if self.cycle is None and self.transport.get_protocol() is self:
            self.transport.abort()


def protocol_class(keep_alive: KeepAlive) -> type[SocketProtocol]:
    """The class to give to uvicorn, bound to its wheel."""
    return type("BoundSocketProtocol", (SocketProtocol,), {"keep_alive": keep_alive})


class Server(uvicorn.Server):
    """Drains before uvicorn shuts the connections: the drain says 1012 to them, spread over time."""

    drain: Callable[[], Awaitable[None]] | None = None

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops accepting, drains, then lets uvicorn finish."""
        for server in self.servers:
            server.close()
        if self.drain is not None:
            await self.drain()
        await super().shutdown(sockets)
        # Told to go, and gone in good order: uvicorn would raise the signal again and die of it.
        self._captured_signals.clear()


def socket_of(scope: Any) -> SocketProtocol:
    """The connection under an ASGI websocket scope of this server."""
    return cast(SocketProtocol, scope["extensions"]["parley.socket"])


__all__ = [
    "HttpProtocol",
    "KeepAlive",
    "Outbox",
    "Server",
    "Sink",
    "SocketProtocol",
    "close_frame",
    "protocol_class",
    "socket_of",
    "text_frame",
]
