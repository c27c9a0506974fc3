"""Many clients at once: what an idle one costs in memory, and how long all take to come back."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.client import Client, all_tickets, seat_all
from benchmarks.engine import Engine
from benchmarks.logbook import BrokenPromise
from benchmarks.process import Server
from benchmarks.target import Received, Seat, Target

MISSED = 5
"""Messages that each client has to catch up with."""


@dataclass
class Idle:
    """What `connections` idle clients cost; bytes are private memory of all of the server."""

    connections: int
    empty: int
    full: int
    resident: int
    opening_seconds: float

    @property
    def kib_each(self) -> float:
        """KiB for one more connection."""
        return (self.full - self.empty) / self.connections / 1024


@dataclass
class Return:
    """All came back: seconds from the first request until the last one held all it missed."""

    clients: int
    seconds: float
    ticket_seconds: float
    """Of it, until all had their tickets."""
    server_cpu: float


def seats_for(clients: int) -> list[Seat]:
    """Two seats a talk."""
    return [Seat(number // 2, number % 2) for number in range(clients)]


def idle(target: Target, server: Server, connections: int) -> Idle:
    """Opens that many clients and looks at the server's memory before and after."""
    engine = Engine()
    # What is loaded at the first use belongs to the server, not to a connection.
    warm = seat_all(engine, target, seats_for(100), at_once=20)
    _leave(engine, warm)
    empty = server.uss()
    begin = time.perf_counter()
    clients = seat_all(engine, target, seats_for(connections), at_once=100)
    opening = time.perf_counter() - begin
    _settle(engine, server)
    figures = Idle(connections, empty, server.uss(), server.rss(), opening)
    _leave(engine, clients)
    engine.close()
    return figures


def come_back(
    target: Target, server: Server, clients: int, heads: dict[int, int], *, at_once: int = 1000
) -> Return:
    """`clients` connect at once, each having missed `MISSED` messages of its talk.

    `heads` are the last seqs by talk. Raises BrokenPromise where one got other than what it missed.
    """
    engine = Engine()
    known = {talk: head - MISSED for talk, head in heads.items()}
    cpu, begin = server.cpu(), time.perf_counter()
    tickets = all_tickets(engine, target, seats_for(clients), at_once=at_once)
    given = time.perf_counter() - begin
    back = seat_all(engine, target, seats_for(clients), known, tickets=tickets, at_once=at_once)
    figures = Return(clients, time.perf_counter() - begin, given, server.cpu() - cpu)
    for client in back:
        _check(target.read_welcome(client.welcome), heads[client.seat.talk])
    _leave(engine, back)
    engine.close()
    return figures


def fill(target: Target, talks: int) -> dict[int, int]:
    """Posts `MISSED` messages in every talk from seat 0; the last seq of each talk."""
    engine = Engine()
    heads: dict[int, int] = {}
    waiting = talks
    number = 0

    def talk_on(client: Client) -> None:
        nonlocal waiting, number
        left = MISSED

        def on_text(payload: bytes) -> None:
            nonlocal left, number, waiting
            if not payload.startswith(target.ack):
                return
            heads[client.seat.talk] = target.read(payload).seq
            left -= 1
            if left:
                number += 1
                client.send(target.message(client.seat, number))
                return
            waiting -= 1
            if not waiting:
                engine.stop()

        client.listen(on_text)
        number += 1
        client.send(target.message(client.seat, number))

    clients = seat_all(engine, target, [Seat(talk, 0) for talk in range(talks)], at_once=200)
    for client in clients:
        talk_on(client)
    if not engine.run(120):
        raise BrokenPromise("a post was not acknowledged")
    _leave(engine, clients)
    engine.close()
    return heads


def _check(missed: Sequence[Received], head: int) -> None:
    seqs = [row.seq for row in missed]
    if seqs != list(range(head - MISSED + 1, head + 1)):
        raise BrokenPromise(f"a client that came back got the seqs {seqs}, up to {head}")


def _leave(engine: Engine, clients: list[Client]) -> None:
    for client in clients:
        client.close()
    engine.run(0.3)


def _settle(engine: Engine, server: Server) -> None:
    """Waits until the server's memory stands still, two seconds at most."""
    before = 0
    for _ in range(10):
        now = server.uss()
        if abs(now - before) < 65536:
            return
        before = now
        engine.run(0.2)
