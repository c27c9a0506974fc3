"""The broker of a single process: nothing leaves it. Several nodes in one process share a `Bus`."""

import asyncio
import secrets
from collections.abc import Callable, Sequence

from chat_server.brokers.limits import Limits, monotonic_ms
from chat_server.brokers.node import Counts
from chat_server.brokers.roll import Roll
from chat_server.ports import BrokerSink


class Bus:
    """What the nodes of one process have in common."""

    def __init__(self, now_ms: Callable[[], int] = monotonic_ms) -> None:
        self.roll = Roll()
        self.limits = Limits(now_ms)
        self.members: list[MemoryBroker] = []


class MemoryBroker:
    """Carries frames to the other nodes on its bus when the loop turns; alone, to nobody."""

    def __init__(self, bus: Bus | None = None) -> None:
        self.counts = Counts()
        self._bus = bus or Bus()
        self._node = secrets.token_hex(4)
        self._own = Roll()
        self._sink: BrokerSink | None = None
        self._wakes = False

    @property
    def healthy(self) -> bool:
        """Always: there is nothing that could break."""
        return True

    async def start(self, sink: BrokerSink) -> None:
        """Joins the bus."""
        self._sink = sink
        self._bus.members.append(self)

    async def stop(self) -> None:
        """Leaves the bus; whoever was connected here is so no longer."""
        self._sink = None
        if self in self._bus.members:
            self._bus.members.remove(self)
        for subject, token in self._own.entries():
            await self.leave(subject, token)

    def publish(self, channel: str, frame: bytes) -> None:
        """Hands a frame to the other nodes of the bus."""
        if len(self._bus.members) < 2:
            return
        self.counts.frames_sent += 1
        loop = asyncio.get_running_loop()
        for member in self._bus.members:
            if member is not self:
                loop.call_soon(member._receive, channel, frame)  # noqa: SLF001  # of our own class

    def wake(self) -> None:
        """Wakes the other nodes of the bus, once per loop turn."""
        if self._wakes or len(self._bus.members) < 2:
            return
        self._wakes = True
        asyncio.get_running_loop().call_soon(self._wake_others)

    async def arrive(self, subject: str, token: str) -> bool:
        """True where it is the subject's first connection on any node."""
        self._own.arrive(subject, token)
        return self._bus.roll.arrive(subject, f"{self._node}/{token}")

    async def leave(self, subject: str, token: str) -> bool:
        """True where it was the subject's last connection on any node."""
        self._own.leave(subject, token)
        return self._bus.roll.leave(subject, f"{self._node}/{token}")

    async def online(self, subjects: Sequence[str]) -> set[str]:
        """Which of these have a connection on any node."""
        return {subject for subject in subjects if subject in self._bus.roll}

    async def take(self, key: str, limit: int, window_ms: int) -> int:
        """Counts one use over all nodes of the bus; 0, or the milliseconds to wait."""
        return self._bus.limits.take(key, limit, window_ms)

    def _wake_others(self) -> None:
        self._wakes = False
        for member in self._bus.members:
            if member is not self and member._sink is not None:  # noqa: SLF001
                member._sink.woken()  # noqa: SLF001

    def _receive(self, channel: str, frame: bytes) -> None:
        if self._sink is not None:
            self.counts.frames_received += 1
            self._sink.received(channel, frame)
