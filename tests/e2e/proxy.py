"""A way between clients and server that is cut where a test says: after so many bytes, in either direction."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, Final

from typing_extensions import override

CHUNK: Final = 65536

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Ways:
    """Connections that are passed on to a server."""

    def __init__(self) -> None:
        self._ends: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()

    def cut(self) -> None:
        """Ends all of them at once; nobody says goodbye."""
        for end in tuple(self._ends):
            end.transport.abort()

    @contextlib.asynccontextmanager
    async def listening(
        self,
        carry: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]],
    ) -> AsyncIterator[str]:
        """Takes connections as long as the block lasts; the address that clients take."""

        def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.get_running_loop().create_task(carry(reader, writer))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

        server = await asyncio.start_server(take, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            self.cut()
            # Also those that were only on their way to the server leave nothing open.
            while self._carrying:
                await asyncio.wait(self._carrying)

    async def carry(
        self, ports: Sequence[int], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """One connection of a client, to the first of these servers that is there."""
        ends = {writer}
        self._ends.add(writer)
        try:
            there = await _reach(ports)
            if there is None:
                writer.transport.abort()
                return
            server_reader, server_writer = there
            ends.add(server_writer)
            self._ends.add(server_writer)
            await asyncio.gather(
                self._pass_on(reader, server_writer, down=False),
                self._pass_on(server_reader, writer, down=True),
            )
        finally:
            self._ends -= ends
            for end in ends:
                end.close()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, down: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._hand_over(data, writer, down=down)
            writer.close()

    async def _hand_over(self, data: bytes, writer: asyncio.StreamWriter, *, down: bool) -> None:
        writer.write(data)
        await writer.drain()


class Cutter(Ways):
    """Passes everything on until it is armed; then so many more bytes, and both sides lose the connection."""

    def __init__(self) -> None:
        super().__init__()
        self.cuts = 0
        self.is_open = True
        """Whether connections are taken at all."""
        self._left: dict[bool, int | None] = {True: None, False: None}

    def arm(self, *, down: int | None = None, up: int | None = None) -> None:
        """After so many bytes from the server, or to it, counted from now, everything is cut, once.

        With 0 the next byte does not pass.
        """
        self._left = {True: down, False: up}

    @override
    def cut(self) -> None:
        """Now; it is armed no longer."""
        self.arm()
        self.cuts += 1
        super().cut()

    @override
    async def _hand_over(self, data: bytes, writer: asyncio.StreamWriter, *, down: bool) -> None:
        left = self._left[down]
        if left is None or len(data) < left:
            if left is not None:
                self._left[down] = left - len(data)
            await super()._hand_over(data, writer, down=down)
            return
        self.arm()
        # What may pass must arrive, though the connection ends right behind it.
        await super()._hand_over(data[:left], writer, down=down)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        self.cut()


@contextlib.asynccontextmanager
async def cutter_to(port: int) -> AsyncIterator[tuple[Cutter, str]]:
    """A cutter in front of the server on `port`, and the address that clients take."""
    cutter = Cutter()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await cutter.carry([port] if cutter.is_open else [], reader, writer)

    async with cutter.listening(carry) as url:
        yield cutter, url


async def _reach(ports: Sequence[int]) -> Streams | None:
    for port in ports:
        with contextlib.suppress(OSError):
            return await asyncio.open_connection("127.0.0.1", port)
    return None
