"""Nodes for the tests of brokers: what a node's sink heard, and several nodes on one broker."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Protocol

from chat_server.brokers.memory import Bus, MemoryBroker
from chat_server.brokers.node import NodeBroker
from chat_server.brokers.pace import Pace
from chat_server.brokers.redis import RedisBroker

PATIENCE_S = 60.0

PATIENT = Pace(connect_s=30.0, start_s=30.0, goodbye_s=30.0, silent_ticks=120, cut_ticks=240)
"""As usual where Redis is well: however slow the machine is, nobody takes it for silent."""

QUICK = PATIENT._replace(
    refresh_s=0.3,
    expiry_s=4.0,
    longest_pause_s=0.2,
    tick_s=0.05,
    silent_ticks=600,
    cut_ticks=1200,
    settle_s=0.1,
)
"""In a hurry where something is to be back soon; it believes in a Redis that is slow all the same."""

HASTY = QUICK._replace(silent_ticks=4, cut_ticks=20)
"""For a Redis that stands still: 0.2 s of silence are a silence, one second cuts the line."""


class Ear:
    """A sink that writes down what it is told; `until` waits for it."""

    def __init__(self) -> None:
        self.frames: list[tuple[str, bytes]] = []
        self.wakes = 0
        self.losses = 0
        self.mistake: Exception | None = None
        """Raised after whatever it is told."""
        self._news = asyncio.Event()

    def received(self, channel: str, frame: bytes) -> None:
        self.frames.append((channel, frame))
        self._noted()

    def woken(self) -> None:
        self.wakes += 1
        self._noted()

    def lost_place(self) -> None:
        self.losses += 1
        self._noted()

    def _noted(self) -> None:
        self._news.set()
        if self.mistake:
            raise self.mistake

    async def until(self, condition: Callable[[], bool]) -> None:
        """Returns once it holds; fails when it does not for too long."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def until_frames(self, count: int) -> None:
        """Returns once it has heard so many frames."""
        await self.until(lambda: len(self.frames) >= count)

    async def until_lost(self) -> None:
        """Returns once it was told that frames may have been lost."""
        await self.until(lambda: self.losses > 0)


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Asks again and again until it holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(
                0.01
            )  # Another process knows, and nobody rings here when it changes.


class Node:
    """One node: its broker and what its sink heard."""

    def __init__(self, broker: NodeBroker) -> None:
        self.broker = broker
        self.ear = Ear()

    async def hears(self, frame: bytes, sender: "Node") -> None:
        """The sender publishes until it is heard here: subscriptions need a moment to be back."""

        async def heard() -> bool:
            sender.broker.publish("probe", frame)
            return ("probe", frame) in self.ear.frames

        await eventually(heard)


class Village(Protocol):
    """Nodes that can reach each other, on one kind of broker."""

    async def node(self) -> Node:
        """A started node."""

    async def let_pass(self, ms: int) -> None:
        """Returns when the clock of the limits has gone on by this much."""

    async def end(self) -> None:
        """Stops every node."""


class _Nodes:
    def __init__(self) -> None:
        self._started: list[Node] = []

    async def _start(self, broker: NodeBroker) -> Node:
        node = Node(broker)
        await broker.start(node.ear)
        self._started.append(node)
        return node

    async def end(self) -> None:
        for node in self._started:
            await node.broker.stop()


class MemoryVillage(_Nodes):
    """On one bus, with a clock that moves by hand."""

    def __init__(self) -> None:
        super().__init__()
        self._now_ms = 1_000_000
        self._bus = Bus(lambda: self._now_ms)

    async def node(self) -> Node:
        return await self._start(MemoryBroker(self._bus))

    async def let_pass(self, ms: int) -> None:
        self._now_ms += ms


class RedisVillage(_Nodes):
    """On one Redis, under a namespace that nobody else has."""

    def __init__(self, url: str, pace: Pace = PATIENT) -> None:
        super().__init__()
        self.url = url
        self.namespace = f"parley:test-{uuid.uuid4().hex[:12]}"
        self._pace = pace

    async def node(self, url: str = "", namespace: str = "") -> Node:
        broker = RedisBroker(url or self.url, namespace or self.namespace, self._pace)
        return await self._start(broker)

    async def let_pass(self, ms: int) -> None:
        end = time.monotonic_ns() + ms * 1_000_000

        async def has_passed() -> bool:
            return time.monotonic_ns() >= end

        await eventually(has_passed)
