"""A client of the socket protocol that knows nothing by itself: it says what the test says, and waits for answers."""

import contextlib
import itertools
import json
import typing
from collections.abc import AsyncIterator
from typing import Any, Final, Self

import anyio
import websockets
from websockets.asyncio.client import ClientConnection, connect

from chat_server.wire import frames
from tests.patience import PATIENCE_S

Frame = dict[str, Any]


class Line:
    """One socket. What arrives while another frame is waited for is kept in `pushes`, in order."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self.pushes: list[Frame] = []

    @classmethod
    async def open(
        cls,
        port: int,
        *,
        host: str,
        origin: str | None = None,
        subprotocols: tuple[str, ...] = ("parley.v1",),
        headers: dict[str, str] | None = None,
    ) -> Self:
        """Connects; raises `websockets.InvalidStatus` where the server refuses."""
        connection = await connect(
            f"ws://{host}:{port}/socket",
            host="127.0.0.1",
            port=port,
            origin=origin,  # type: ignore[arg-type]
            subprotocols=subprotocols or None,  # type: ignore[arg-type]
            additional_headers=headers,
            compression=None,
            ping_interval=None,
            max_size=None,
            max_queue=None,
            proxy=None,
        )
        return cls(connection)

    async def send(self, t: str, **fields: Any) -> int:
        """A command that nobody waits for; its number."""
        number = next(self._numbers)
        await self._connection.send(json.dumps({"t": t, "id": number, **fields}))
        return number

    async def send_raw(self, raw: str | bytes | list[str]) -> None:
        """One message as it is; a list is sent in fragments."""
        await self._connection.send(raw)

    async def ask(self, t: str, **fields: Any) -> Frame:
        """A command and its answer."""
        number = await self.send(t, **fields)
        return await self.answer(number)

    async def answer(self, number: int | None) -> Frame:
        """The answer to a command; without a number, the next error about the connection itself."""
        while True:
            frame = await self._read()
            if frame.get("id") == number and frame["t"] not in PUSHES:
                return frame
            self.pushes.append(frame)

    async def push(self, t: str, **fields: Any) -> Frame:
        """The next push of this kind that has these fields."""
        wanted = {"t": t, **fields}
        place = 0
        while True:
            if place == len(self.pushes):
                self.pushes.append(await self._read())
            if wanted.items() <= self.pushes[place].items():
                return self.pushes.pop(place)
            place += 1

    async def heard(self) -> list[Frame]:
        """All pushes that the server has sent so far: what it says is in order, so an answer closes the list."""
        await self.ask("unwatch", thread_id="0" * 16)
        said, self.pushes = self.pushes, []
        return said

    async def word(self) -> str:
        """The next answer's tag, an error's code, or the close code: whichever comes."""
        try:
            while (frame := await self._read())["t"] in PUSHES:
                self.pushes.append(frame)
        except websockets.ConnectionClosed as closed:
            return str(code_of(closed))
        return str(frame["code"] if frame["t"] == "error" else frame["t"])

    def told(self, number: int) -> list[Frame]:
        """What came in answer to a command while other frames were waited for."""
        return [frame for frame in self.pushes if frame.get("id") == number]

    async def end(self) -> int:
        """Waits until the server ends the connection; its close code."""
        try:
            while True:
                self.pushes.append(await self._read())
        except websockets.ConnectionClosed as closed:
            return code_of(closed)

    async def close(self) -> None:
        """Says goodbye."""
        await self._connection.close()

    async def _read(self) -> Frame:
        with anyio.fail_after(PATIENCE_S):
            frame: Frame = json.loads(await self._connection.recv())
        return frame


def code_of(closed: websockets.ConnectionClosed) -> int:
    """The server's close code; 1006 where the connection just broke."""
    return closed.rcvd.code if closed.rcvd is not None else 1006


PUSHES: Final = frozenset(
    str(kind.__struct_config__.tag) for kind in typing.get_args(frames.Push | frames.DeskNews)
)


@contextlib.asynccontextmanager
async def closing(line: Line) -> AsyncIterator[Line]:
    """Ends the line with the block."""
    try:
        yield line
    finally:
        await line.close()
