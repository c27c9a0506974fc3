"""The client's half of WebSocket framing, as cheap as Python allows: bytes in and out, no socket.

Only what a load generator needs: whole text frames. Masks are the zero key, so that masking costs
the generator nothing while the server still has to undo it.
"""

import base64
import os
from collections.abc import Callable

TEXT_FRAME = 0x81
CLOSE_FRAME = 0x88
PING_FRAME = 0x89

_NO_MASK = b"\0\0\0\0"


class Unreadable(Exception):
    """The server sent a frame that this generator has no use for."""


def text_frame(payload: bytes) -> bytes:
    """One masked text frame of at most 65,535 bytes."""
    size = len(payload)
    if size < 126:
        return bytes((TEXT_FRAME, 0x80 | size)) + _NO_MASK + payload
    assert size < 65536, "a load frame is small"
    return bytes((TEXT_FRAME, 0xFE, size >> 8, size & 0xFF)) + _NO_MASK + payload


def pong_frame(payload: bytes) -> bytes:
    """The answer to a ping."""
    return bytes((0x8A, 0x80 | len(payload))) + _NO_MASK + payload


def upgrade_request(port: int, path: str, subprotocol: str = "") -> bytes:
    """The HTTP request that turns a connection into a WebSocket."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
    ]
    if subprotocol:
        lines.append(f"Sec-WebSocket-Protocol: {subprotocol}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class FrameReader:
    """Cuts the bytes of one connection into frames; what is incomplete waits for the next bytes."""

    __slots__ = ("_rest", "on_control", "on_text")

    def __init__(
        self, on_text: Callable[[bytes], None], on_control: Callable[[int, bytes], None]
    ) -> None:
        self.on_text = on_text
        self.on_control = on_control
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        """Takes what the socket gave; calls `on_text` or `on_control` per whole frame."""
        if self._rest:
            chunk = self._rest + chunk
        at, end = 0, len(chunk)
        while end - at >= 2:
            size, body = chunk[at + 1], at + 2
            if size == 126:
                if end < at + 4:
                    break
                size, body = chunk[at + 2] << 8 | chunk[at + 3], at + 4
            elif size == 127:
                if end < at + 10:
                    break
                size, body = int.from_bytes(chunk[at + 2 : at + 10], "big"), at + 10
            stop = body + size
            if stop > end:
                break
            kind = chunk[at]
            at = stop
            if kind == TEXT_FRAME:
                self.on_text(chunk[body:stop])
            elif kind & 0x08:
                self.on_control(kind, chunk[body:stop])
            else:
                raise Unreadable(f"a frame of kind {kind:#x}")
        self._rest = chunk[at:]
