"""Parley over PostgreSQL and Redis: one node, and two across Redis, beside each other.

Parley has one core; database, Redis and generator share the other. A run in which that other core
was full says nothing about Parley but its processor time a message; the notes tell how full.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

import asyncpg

from benchmarks import logbook, seed
from benchmarks.generator import Run, Talks
from benchmarks.measures import Figure
from benchmarks.parley import Parley, Rows, command, run, settings
from benchmarks.process import Server, cores, free_port
from benchmarks.target import Received, number_of


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    rounds: int = 3
    seconds: float = 4.0
    talks: int = 100


class Nodes(NamedTuple):
    """Nodes that stand, and the processor seconds that they have used together."""

    target: Parley
    cpu: Callable[[], float]


def measure(plan: Plan, folder: Path, store: str, broker: str) -> list[Figure]:
    """`store` is an empty database, `broker` a Redis, both by URL."""
    environment = settings(0, folder, store=store, broker=broker)
    run(command("migrate"), environment)
    asyncio.run(seed.fill_postgres(store, seed.talks(plan.talks)))
    with ExitStack() as stack:
        one = stack.enter_context(_nodes(folder, store, broker, 1))
        two = stack.enter_context(_nodes(folder, store, broker, 2))
        runs: dict[int, list[Run]] = {1: [], 2: []}
        for _ in range(plan.rounds):
            for count, nodes in ((1, one), (2, two)):
                runs[count].append(_load(plan, nodes))
    return _figures(runs[1], runs[2])


def _load(plan: Plan, nodes: Nodes) -> Run:
    # All are the same people: whoever stayed connected elsewhere would be told, too.
    talks = Talks(nodes.target, plan.talks, nodes.cpu, at_once=10)
    run = talks.closed(plan.seconds)
    logbook.check(talks)
    talks.close()
    return run


def _figures(one: list[Run], two: list[Run]) -> list[Figure]:
    ratios = [b.rate / a.rate for a, b in zip(one, two, strict=True)]
    measure = "two_cores" if len(cores()) >= _CORES_FOR_TWO else "two_nodes"
    return [
        Figure("services", median(run.rate for run in one), note=_fullness(one)),
        Figure("services_cpu", median(run.cpu_per_message for run in one)),
        Figure(
            measure,
            median(run.rate for run in two),
            median(run.rate for run in one),
            median(ratios),
            f"{_fullness(two)}; {median(run.cpu_per_message for run in two):.0f} µs a message",
        ),
    ]


_CORES_FOR_TWO = 6


def _fullness(runs: Sequence[Run]) -> str:
    own = median(run.share for run in runs)
    beside = median(run.beside_cpu / run.seconds for run in runs)
    return f"Parley's core {own:.0%}, the other {beside:.0%} full"


@contextmanager
def _nodes(folder: Path, store: str, broker: str, count: int) -> Iterator[Nodes]:
    """That many nodes; the two sides of each talk on different ones."""
    with ExitStack() as stack:
        ports = [free_port() for _ in range(count)]
        servers = []
        for number, port in enumerate(ports):
            environment = settings(port, folder, store=store, broker=broker)
            core = cores()[number] if len(cores()) >= _CORES_FOR_TWO else cores()[0]
            log = folder / f"node{count}{number}.log"
            server = Server(command("serve"), port, env=environment, log=log, core=core)
            servers.append(stack.enter_context(server))
        epoch = asyncio.run(_epoch(store))
        target = Parley(ports, rows_of_database(store), epoch)
        yield Nodes(target, lambda: sum(server.cpu() for server in servers))


def rows_of_database(url: str) -> Rows:
    """Reads the shared store."""

    async def fetch(thread: int) -> list[Received]:
        connection = await asyncpg.connect(url)
        found = await connection.fetch(
            "SELECT text, seq FROM events WHERE thread_id = $1 AND kind = 1 ORDER BY seq", thread
        )
        await connection.close()
        return [Received(number_of(row["text"]), row["seq"]) for row in found]

    return lambda thread: asyncio.run(fetch(thread))


async def _epoch(url: str) -> str:
    connection = await asyncpg.connect(url)
    epoch = await connection.fetchval("SELECT value FROM meta WHERE key = 'epoch'")
    await connection.close()
    return str(epoch)
