"""The measures of many connections: memory of idle ones, and all of them coming back at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.crowd import Idle, Return, come_back, fill, idle
from benchmarks.measures import Figure
from benchmarks.parley import parley
from benchmarks.process import Server
from benchmarks.target import Target
from benchmarks.yardsticks.targets import yardstick

Standing = AbstractContextManager[tuple[Target, Server]]


@dataclass(frozen=True)
class Plan:
    """How many clients."""

    idle: int = 1000
    returning: int = 1000
    rounds: int = 3
    many: int = 0
    """A second, larger crowd; none where it is 0."""


def measure(plan: Plan, folder: Path) -> list[Figure]:
    """Opens the crowds on Parley and on the yardstick, each on a fresh server."""

    def ours(clients: int) -> Standing:
        return parley(folder, clients // 2)

    def theirs(_clients: int) -> Standing:
        return yardstick(folder)

    mine, bare = _idle(ours, plan.idle), _idle(theirs, plan.idle)
    figures = [
        Figure("idle", mine.kib_each, bare.kib_each, note=f"{plan.idle} connections"),
        _returning(ours, theirs, plan.returning, plan.rounds, "return_1000"),
    ]
    if plan.many:
        mine, bare = _idle(ours, plan.many), _idle(theirs, plan.many)
        note = f"{plan.many} connections, {mine.kib_each:.1f} KiB each"
        figures += [
            Figure("idle_10000", mine.resident / 1e6, bare.resident / 1e6, note=note),
            _returning(ours, theirs, plan.many, 1, "return_10000"),
        ]
    return figures


def _idle(serve: Callable[[int], Standing], clients: int) -> Idle:
    with serve(max(clients, 100)) as (target, server):
        return idle(target, server, clients)


def _returns(serve: Callable[[int], Standing], clients: int, rounds: int) -> list[Return]:
    with serve(clients) as (target, server):
        heads = fill(target, clients // 2)
        return [come_back(target, server, clients, heads) for _ in range(rounds)]


def _returning(
    ours: Callable[[int], Standing],
    theirs: Callable[[int], Standing],
    clients: int,
    rounds: int,
    name: str,
) -> Figure:
    mine = _returns(ours, clients, rounds)
    bare = _returns(theirs, clients, rounds)
    tickets = median(run.ticket_seconds for run in mine)
    share = median(run.server_cpu / run.seconds for run in mine)
    cpu = median(run.server_cpu for run in mine) / clients * 1e6
    return Figure(
        name,
        median(run.seconds for run in mine),
        median(run.seconds for run in bare),
        note=f"{cpu:.0f} µs of the server each, {share:.0%} of its core; tickets took {tickets:.2f} s of it",
    )
