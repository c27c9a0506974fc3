"""The measures of posting: throughput, processor time and latency, in rounds beside the yardsticks.

In every round each server gets the same load in turn, so that whatever else the machine does hits
all of them alike; the table shows the median round.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import logbook
from benchmarks.generator import Run, Talks
from benchmarks.measures import Figure
from benchmarks.parley import parley, unindexed
from benchmarks.process import Server
from benchmarks.target import Target
from benchmarks.yardsticks.targets import echo, yardstick

Standing = AbstractContextManager[tuple[Target, Server]]

_INDEX_LIMIT = 60.0
"""Seconds that the search index may take to catch up."""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    rounds: int = 3
    seconds: float = 4.0
    paced_seconds: float = 4.0
    talks: int = 100
    rates: tuple[int, ...] = (200, 2000, 4000)


def measure(plan: Plan, folder: Path) -> list[Figure]:
    """Loads all three servers; raises BrokenPromise where a message went astray."""
    with ExitStack() as stack:
        talks: dict[str, Talks] = {}
        standing: dict[str, Server] = {}
        servers: tuple[tuple[str, Standing], ...] = (
            ("echo", echo(folder, "bare")),
            ("yardstick", yardstick(folder)),
            ("parley", parley(folder, plan.talks)),
        )
        for name, context in servers:
            target, server = stack.enter_context(context)
            standing[name] = server
            talks[name] = Talks(target, plan.talks, server.cpu)
            stack.callback(talks[name].close)
        figures = _closed(plan, talks)
        figures.append(_catching_up(standing["parley"], folder))
        del talks["echo"]
        for rate in plan.rates:
            figures += _paced(plan, talks, rate)
        return figures


def _catching_up(server: Server, folder: Path) -> Figure:
    """What the search index still costs once the load is over: it makes way for people in busy moments."""
    behind, cpu, begin = unindexed(folder), server.cpu(), time.monotonic()
    while unindexed(folder) and time.monotonic() < begin + _INDEX_LIMIT:
        time.sleep(0.05)
    used, seconds = server.cpu() - cpu, time.monotonic() - begin
    left = unindexed(folder)
    note = f"{behind} messages were waiting, {left} still do after {seconds:.0f} s"
    return Figure("index", used / max(behind - left, 1) * 1e6, note=note)


def _rounds(
    plan: Plan, talks: dict[str, Talks], load: Callable[[Talks], Run]
) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in talks}
    for _ in range(plan.rounds):
        for name, loaded in talks.items():
            runs[name].append(load(loaded))
            logbook.check(loaded)
    return runs


def _closed(plan: Plan, talks: dict[str, Talks]) -> list[Figure]:
    runs = _rounds(plan, talks, lambda loaded: loaded.closed(plan.seconds))
    share = median(run.share for run in runs["parley"])
    crowding = max(run.crowding for run in runs["parley"])
    note = f"it had {share:.0%} of its core, others up to {crowding:.0%}"
    return [
        _compared("throughput", runs["parley"], runs["yardstick"], lambda run: run.rate, note),
        _compared("cpu", runs["parley"], runs["echo"], lambda run: run.cpu_per_message),
        _compared(
            "cpu_yardstick", runs["parley"], runs["yardstick"], lambda run: run.cpu_per_message
        ),
    ]


def _paced(plan: Plan, talks: dict[str, Talks], rate: int) -> list[Figure]:
    runs = _rounds(plan, talks, lambda loaded: loaded.paced(rate, plan.paced_seconds))
    ours, theirs = runs["parley"], runs["yardstick"]
    figures = [_compared(f"p99_{rate}", ours, theirs, lambda run: run.latency(0.99))]
    figures.insert(0, _compared(f"p50_{rate}", ours, theirs, lambda run: run.latency(0.5)))
    if rate == plan.rates[0]:
        figures.append(_compared("cpu_trickle", ours, theirs, lambda run: run.cpu_per_message))
    return figures


def _compared(
    name: str, ours: list[Run], theirs: list[Run], value: Callable[[Run], float], note: str = ""
) -> Figure:
    ratios = [value(one) / value(other) for one, other in zip(ours, theirs, strict=True)]
    return Figure(name, median(map(value, ours)), median(map(value, theirs)), median(ratios), note)
