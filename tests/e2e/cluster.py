"""Two nodes on one PostgreSQL and one Redis, and a way to whichever of them is there."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

from chat_server.storage import migrate_url
from tests.e2e.node import ServerNode
from tests.e2e.proxy import Ways
from tests.services.postgres import Postgres
from tests.services.redis import Redis


class Cluster:
    """The nodes, and the address of a balancer in front of them."""

    def __init__(self, nodes: list[ServerNode], store: str, way: str) -> None:
        self.nodes = nodes
        self.store = store
        self.way = way


@contextlib.asynccontextmanager
async def open_cluster(
    folder: Path, postgres: Postgres, redis: Redis | None, *, nodes: int = 2, **settings: object
) -> AsyncIterator[Cluster]:
    """Starts them on a database of their own; without Redis only one."""
    store = await asyncio.to_thread(postgres.create_database)
    await migrate_url(store)
    broker = {"broker": redis.url} if redis is not None else {}
    made = [
        ServerNode(folder / f"node-{number}", store, **broker, **settings)
        for number in range(nodes)
    ]
    try:
        for node in made:
            await node.start()
        async with _balancer(made) as way:
            yield Cluster(made, store, way)
    finally:
        for node in made:
            await node.stop()


@contextlib.asynccontextmanager
async def _balancer(nodes: list[ServerNode]) -> AsyncIterator[str]:
    """Takes each connection to a node by chance, or to the other where that one is down."""
    ways = Ways()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ports = random.sample([node.port for node in nodes], len(nodes))
        await ways.carry(ports, reader, writer)

    async with ways.listening(carry) as url:
        yield url
