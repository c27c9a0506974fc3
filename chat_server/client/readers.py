"""Those who read events as they come: each has a bounded queue, and whoever falls behind is told so."""

from collections.abc import AsyncIterator
from typing import Final, NamedTuple

import anyio
from anyio.streams.memory import MemoryObjectSendStream

from chat_server.client.errors import Overrun
from chat_server.wire.shapes import Event

BEHIND: Final = 1000
"""How many events a reader may be behind."""


class Incoming(NamedTuple):
    """The next event of one of my threads."""

    thread_id: str
    event: Event


class Readers:
    """All who read from one client."""

    def __init__(self) -> None:
        self._queues: set[MemoryObjectSendStream[Incoming]] = set()

    async def read(self) -> AsyncIterator[Incoming]:
        """From now on until `end`. Raises Overrun after the last that still fitted."""
        queue, following = anyio.create_memory_object_stream[Incoming](BEHIND)
        self._queues.add(queue)
        try:
            async for incoming in following:
                yield incoming
            if queue not in self._queues:
                raise Overrun
        finally:
            self._queues.discard(queue)
            queue.close()
            following.close()

    def hear(self, incoming: Incoming) -> None:
        """For all of them."""
        for queue in tuple(self._queues):
            try:
                queue.send_nowait(incoming)
            except (anyio.WouldBlock, anyio.BrokenResourceError):
                self._queues.discard(queue)
                queue.close()

    def end(self) -> None:
        """Nothing more comes."""
        for queue in self._queues:
            queue.close()
