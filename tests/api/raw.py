"""A WebSocket client of bare bytes: it breaks every rule that a test asks it to break."""

import asyncio
import base64
import contextlib
import os
import socket
import struct
from typing import NamedTuple, Self

import anyio
from websockets.speedups import apply_mask

from tests.patience import PATIENCE_S

TEXT, BINARY, CONT, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10


class Frame(NamedTuple):
    """One frame of the server."""

    opcode: int
    payload: bytes

    @property
    def close_code(self) -> int | None:
        """Of a close frame; None where it carries none."""
        return struct.unpack("!H", self.payload[:2])[0] if self.payload else None


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    masked: bool = True,
    reserved: int = 0,
    announced: int | None = None,
    wide: bool = False,
) -> bytes:
    """A frame as a client makes it; `announced` lies about its length, `wide` spends 8 bytes on it."""
    length = len(payload) if announced is None else announced
    head = bytes([fin << 7 | reserved << 4 | opcode])
    bit = masked << 7
    if wide or length > 0xFFFF:
        head += bytes([bit | 127]) + struct.pack("!Q", length)
    elif length > 125:
        head += bytes([bit | 126]) + struct.pack("!H", length)
    else:
        head += bytes([bit | length])
    if not masked:
        return head + payload
    mask = os.urandom(4)
    return head + mask + apply_mask(payload, mask)


def close(code: int | None = None, reason: bytes = b"") -> bytes:
    """A close frame."""
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


class RawSocket:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, port: int, *, buffer: int = 0) -> Self:
        """To the server's port, without a word; `buffer` is the kernel's for what it receives."""
        endpoint = socket.socket()
        if buffer:
            endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        endpoint.setblocking(False)
        await asyncio.get_running_loop().sock_connect(endpoint, ("127.0.0.1", port))
        return cls(*await asyncio.open_connection(sock=endpoint, limit=buffer or 2**16))

    async def shake(self, host: str) -> None:
        """Asks for the upgrade and gets it."""
        await self.send(handshake(host))
        answer = await self.head()
        assert answer.startswith(b"HTTP/1.1 101 "), answer
        assert b"sec-websocket-extensions" not in answer.lower()

    async def send(self, *pieces: bytes) -> None:
        """Each piece in a write of its own."""
        for piece in pieces:
            self._writer.write(piece)
            await self._writer.drain()

    async def head(self) -> bytes:
        """An HTTP answer up to its body."""
        with anyio.fail_after(PATIENCE_S):
            return await self._reader.readuntil(b"\r\n\r\n")

    async def rest(self) -> bytes:
        """Whatever comes until the server hangs up."""
        with anyio.fail_after(PATIENCE_S), contextlib.suppress(ConnectionError):
            return await self._reader.read()
        return b""

    async def frame(self) -> Frame:
        """The server's next frame. Raises IncompleteReadError or ConnectionError at the end."""
        with anyio.fail_after(PATIENCE_S):
            first, second = await self._reader.readexactly(2)
            assert first & 0x70 == 0, "the server uses no extension"
            assert second & 0x80 == 0, "the server does not mask"
            length = second & 0x7F
            if length >= 126:
                length = int.from_bytes(await self._reader.readexactly(2 if length == 126 else 8))
            return Frame(first & 0x0F, await self._reader.readexactly(length))

    async def closing(self) -> int | None:
        """The code with which the server closes; then it must hang up."""
        while (told := await self.frame()).opcode != CLOSE:
            pass
        with anyio.fail_after(PATIENCE_S):
            assert await self._reader.read() == b"", "nothing comes after a close frame"
        return told.close_code

    async def abort(self) -> None:
        """Gone, without a word."""
        self._writer.transport.abort()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()


def handshake(host: str, **changes: str) -> bytes:
    """The request for an upgrade; an empty header is left out."""
    headers = {
        "Host": host,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": "parley.v1",
        "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    return "\r\n".join(["GET /socket HTTP/1.1", *lines, "", ""]).encode("latin-1")
