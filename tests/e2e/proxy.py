"""A way between clients and server that is cut where a test says: after so many bytes, in either direction."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Final

CHUNK: Final = 65536


class Cutter:
    """Passes everything on until it is armed; then so many more bytes, and both sides lose the connection.

    What was promised is cut off at the byte, and neither side hears a goodbye.
    """

    def __init__(self) -> None:
        self.cuts = 0
        self._down: int | None = None
        self._up: int | None = None
        self._ways: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()

    def arm(self, *, down: int | None = None, up: int | None = None) -> None:
        """After so many bytes from the server, or to it, counted from now, everything is cut, once.

        With 0 the next byte does not pass.
        """
        self._down, self._up = down, up

    def cut(self) -> None:
        """Now."""
        self._down = self._up = None
        self.cuts += 1
        for way in tuple(self._ways):
            for writer in way:
                _reset(writer)

    def allowed(self, data: bytes, *, down: bool) -> bytes:
        """As much of it as may pass."""
        left = self._down if down else self._up
        if left is None:
            return data
        passing = data[:left]
        if down:
            self._down = left - len(passing)
        else:
            self._up = left - len(passing)
        return passing

    def is_due(self, *, down: bool) -> bool:
        """Whether the last byte has passed."""
        return (self._down if down else self._up) == 0

    async def carry(
        self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """One connection of a client, to the server on `port`."""
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            _reset(writer)
            return
        way = (writer, server_writer)
        self._ways.add(way)
        try:
            await asyncio.gather(
                self._pass_on(reader, server_writer, down=False),
                self._pass_on(server_reader, writer, down=True),
            )
        finally:
            self._ways.discard(way)
            for end in way:
                end.close()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, down: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                passing = self.allowed(data, down=down)
                if passing:
                    writer.write(passing)
                    await writer.drain()
                if self.is_due(down=down):
                    self.cut()
                    return
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """The peer gets what was written, then the end; the other side's bytes are thrown away."""
    with contextlib.suppress(OSError, RuntimeError):
        writer.get_extra_info("socket").shutdown(socket.SHUT_WR)
    writer.close()


@contextlib.asynccontextmanager
async def cutter_to(port: int) -> AsyncIterator[tuple[Cutter, str]]:
    """A cutter in front of the server on `port`, and the address that clients take."""
    cutter = Cutter()
    server = await asyncio.start_server(
        lambda reader, writer: cutter.carry(port, reader, writer), "127.0.0.1", 0
    )
    try:
        yield cutter, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        cutter.cut()
