"""The load on a node of the support desk: every agent has a socket, customers write, and one socket asks what is
answered from memory, so that its answer takes as long as the loop is busy with other things.
"""

import http.client
import itertools
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

import msgspec

from benchmarks.client import Client, seat_all
from benchmarks.desk_town import Desk, secret_of
from benchmarks.engine import Engine
from benchmarks.frames import upgrade_request
from benchmarks.process import Server
from benchmarks.target import Received, Seat, client_key, text_of
from chat_server.domain.ids import show
from chat_server.wire.codes import PROTOCOL

WRITERS = 100
"""Customers who write."""

PROBES = 50.0
"""Questions a second that are answered from memory."""

HEARD = 20
"""Agents whose frames are read, spread over all; the others' are taken and thrown away."""

WARM_UP = 1.5
_ANSWER = b'{"t":"ok"'
_EVENT = b'{"t":"event"'


@dataclass(frozen=True)
class Load:
    """What came of it. Times in milliseconds."""

    pushes: float
    """A second, to all."""
    cpu_per_push: float
    """Microseconds."""
    share: float
    delivered: list[float]
    """From a message's due time until the last agent had it, sorted."""
    lags: list[float]
    resident: int

    @property
    def delivered_p99(self) -> float:
        """Until the last agent had it."""
        return _at(self.delivered, 0.99)

    @property
    def lag_p99(self) -> float:
        """How long the loop was busy with other things."""
        return _at(self.lags, 0.99)

    @property
    def delivery_note(self) -> str:
        """The usual case."""
        return f"p50 {_at(self.delivered, 0.5):.1f} ms"

    @property
    def lag_note(self) -> str:
        """The usual case."""
        return f"p50 {_at(self.lags, 0.5):.2f} ms"


def _at(values: list[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]


class Console:
    """The node as a target: side 0 of a talk is the customer of a busy thread, side 1 an agent."""

    name = "Parley"
    welcome = b'{"t":"welcome"'
    ack = b'{"t":"ack"'
    push = _EVENT

    def __init__(self, port: int, town: Desk) -> None:
        self._port, self._town = port, town

    def port_of(self, _seat: Seat) -> int:
        """One node has them all."""
        return self._port

    def ticket_request(self, _seat: Seat) -> bytes:
        """The tickets were put into the store."""
        return b""

    def upgrade(self, _seat: Seat) -> bytes:
        """As everybody's."""
        return upgrade_request(self._port, "/socket", PROTOCOL)

    def hello(self, seat: Seat, _ticket: bytes, _known: int | None) -> bytes:
        """With the ticket of whoever sits there."""
        who = "agent" if seat.side else "customer"
        frame: dict[str, Any] = {"t": "hello", "id": 1, "ticket": secret_of(who, seat.talk)}
        return msgspec.json.encode(frame)

    def message(self, seat: Seat, number: int) -> bytes:
        """Of a customer in his thread."""
        key = client_key(int(time.monotonic() * 1000), number)
        thread = show(self._town.thread(seat.talk))
        return (
            f'{{"t":"message.send","id":{number},"thread_id":"{thread}","client_key":"{key}",'
            f'"text":"{text_of(number)}"}}'
        ).encode()

    def read(self, _payload: bytes) -> Received:
        """Frames are only counted here."""
        raise NotImplementedError

    def read_welcome(self, _payload: bytes) -> list[Received]:
        """Nobody has missed anything."""
        return []

    def stored(self, _talk: int) -> None:
        """Nothing is compared."""


class _Watch:
    """When the last of some agents was told of each message."""

    def __init__(self, agents: list[Client]) -> None:
        self.delivered: list[float] = []
        self.dues: deque[float] = deque()
        self._agents, self._heard = len(agents), 0
        for agent in agents:
            agent.listen(self._hear)

    def _hear(self, payload: bytes) -> None:
        """One frame to one agent. Each hears of all messages in the same order."""
        if payload.startswith(_EVENT) and b'"kind":"posted"' in payload:
            self._heard += 1
            if self._heard % self._agents == 0 and self.dues:
                self.delivered.append((time.perf_counter() - self.dues.popleft()) * 1e3)


class _Probe:
    """Asks, and takes the time until the answer."""

    def __init__(self, client: Client) -> None:
        self._client, self._asked = client, deque[float]()
        self.lags: list[float] = []
        client.listen(self._hear)

    def ask(self, number: int) -> None:
        """What no store is asked for."""
        self._asked.append(time.perf_counter())
        frame = {"t": "unwatch", "id": number, "thread_id": "0" * 16}
        self._client.send(msgspec.json.encode(frame))

    def _hear(self, payload: bytes) -> None:
        if payload.startswith(_ANSWER):
            self.lags.append((time.perf_counter() - self._asked.popleft()) * 1e3)


def load(town: Desk, server: Server, rate: float, seconds: float) -> Load:
    """All take their seats; then customers write for so long."""
    engine, target = Engine(), Console(server.port, town)
    writers = min(WRITERS, town.busy - 1)
    seats = [Seat(n, 1) for n in range(town.agents)] + [Seat(n, 0) for n in range(writers + 1)]
    clients = seat_all(engine, target, seats, at_once=50)
    agents, customers = clients[: town.agents], clients[town.agents : -1]
    # To read every frame of all would be more work than to send them, and what is measured would be this process.
    watch, probe = _Watch(agents[:: max(1, town.agents // HEARD)]), _Probe(clients[-1])
    for number, agent in enumerate(agents):
        if number % max(1, town.agents // HEARD):
            agent.turn_deaf()
    for client in customers:
        client.turn_deaf()
    numbers = itertools.count(2)

    def pace(length: float) -> None:
        dues = _dues(rate, length)

        def fire(at: int) -> None:
            due, writes = dues[at]
            if not writes:
                probe.ask(next(numbers))
                return
            client, number = customers[at % writers], next(numbers)
            watch.dues.append(due)
            client.send(target.message(client.seat, number))

        engine.run_paced([due for due, _ in dues], fire, 0.2)

    pace(WARM_UP)
    watch.delivered.clear()
    probe.lags.clear()
    frames, cpu, begin = _pushed(server.port), server.cpu(), time.perf_counter()
    pace(seconds)
    took = time.perf_counter() - begin
    used, told = server.cpu() - cpu, _pushed(server.port) - frames
    resident = server.rss()
    for client in clients:
        client.close()
    engine.close()
    return Load(
        told / took,
        used / max(told, 1) * 1e6,
        used / took,
        sorted(watch.delivered),
        sorted(probe.lags),
        resident,
    )


def _pushed(port: int) -> int:
    """Frames that the node has handed to sockets, as it counts them itself."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    line = next(line for line in text.splitlines() if line.startswith("parley_pushes"))
    return int(float(line.split()[-1]))


def _dues(rate: float, seconds: float) -> list[tuple[float, bool]]:
    """When something is due, and whether it is a message or a probe."""
    begin = time.perf_counter() + 0.01
    messages = [(begin + n / rate, True) for n in range(int(rate * seconds))]
    probes = [(begin + n / PROBES + 0.003, False) for n in range(int(PROBES * seconds))]
    return sorted(messages + probes)
