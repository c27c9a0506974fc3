"""The load: talks of two clients, in a closed loop or at a fixed rate; a `Run` is what came of it.

Closed loop: one message in flight a talk; the next one goes, from the other side, when the sender
has its ack and the other party has the message. Open loop: messages are due at fixed times whatever
the server does, and their latency counts from when they were due.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.client import Client, seat_all
from benchmarks.engine import Engine
from benchmarks.process import TICK_S, core_busy, generator_core, server_core
from benchmarks.target import Seat, Target

_GRACE = 15.0
"""Seconds in which what is in flight may still arrive."""


class Incomplete(Exception):
    """Messages were neither acknowledged nor delivered in time."""


@dataclass
class Run:
    """A stretch of load. Times in seconds; `latencies` from due (or sent) to delivered, sorted."""

    messages: int
    seconds: float
    server_cpu: float
    others_cpu: float
    """Of the server's core, what went to anybody else."""
    beside_cpu: float
    """What the other core worked: generator, database, Redis, and whoever else is there."""
    generator_cpu: float
    latencies: list[float] = field(repr=False)

    @property
    def rate(self) -> float:
        """Messages per second."""
        return self.messages / self.seconds

    @property
    def cpu_per_message(self) -> float:
        """Microseconds of the server's processor, all its processes and threads; less than a tick counts as one."""
        return max(self.server_cpu, TICK_S) / max(self.messages, 1) * 1e6

    @property
    def share(self) -> float:
        """How much of a core the server had."""
        return self.server_cpu / self.seconds

    @property
    def crowding(self) -> float:
        """How much of the server's core others took."""
        return self.others_cpu / self.seconds

    def latency(self, share: float) -> float:
        """The latency in milliseconds that this share of the messages does not exceed."""
        at = min(int(len(self.latencies) * share), len(self.latencies) - 1)
        return self.latencies[at] * 1e3


class Chair:
    """A seat that is taken, and the log of what went through it."""

    __slots__ = ("client", "dues", "frames", "seat", "sent")

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seat: Seat = client.seat
        self.dues: deque[float] = deque()
        self.sent: list[int] = []
        self.frames: list[bytes] = []


class Talks:
    """`count` two-party threads with both clients connected, ready to be loaded more than once."""

    def __init__(
        self, target: Target, count: int, server_cpu: Callable[[], float], *, at_once: int = 100
    ) -> None:
        self.target = target
        self._server_cpu = server_cpu
        self._engine = Engine()
        seats = [Seat(talk, side) for talk in range(count) for side in (0, 1)]
        clients = {c.seat: c for c in seat_all(self._engine, target, seats, at_once=at_once)}
        self.pairs = [
            (Chair(clients[Seat(talk, 0)]), Chair(clients[Seat(talk, 1)])) for talk in range(count)
        ]
        self._number = 0
        self._latencies: list[float] = []
        self._owed = 0
        self._going = False

    def closed(self, seconds: float, warm_up: float = 0.5) -> Run:
        """One message in flight in every talk."""
        starts = [self._ping_pong(*pair) for pair in self.pairs]
        self._going = True
        for start in starts:
            start()
        self._engine.run(warm_up)
        run = self._measured(lambda: self._engine.run(seconds))
        self._going = False
        self._settle()
        return run

    def paced(self, rate: float, seconds: float, warm_up: float = 0.5) -> Run:
        """`rate` messages a second, spread evenly over time, talks and sides."""
        chairs = [pair[side] for side in (0, 1) for pair in self.pairs]
        for a, b in self.pairs:
            self._listen_paced(a, b)
            self._listen_paced(b, a)
        begin = time.perf_counter() + 0.01
        self._pace(chairs, begin, rate, warm_up)
        begin = time.perf_counter() + 0.005
        run = self._measured(lambda: self._pace(chairs, begin, rate, seconds))
        run.latencies.sort()
        return run

    def close(self) -> None:
        """All clients leave."""
        for pair in self.pairs:
            for chair in pair:
                chair.client.close()
        self._engine.close()

    def _measured(self, load: Callable[[], object]) -> Run:
        latencies: list[float] = []
        self._latencies = latencies
        busy, cpu = core_busy(server_core()), self._server_cpu()
        beside = core_busy(generator_core())
        own, begin = time.process_time(), time.perf_counter()
        load()
        seconds = time.perf_counter() - begin
        server_cpu = self._server_cpu() - cpu
        return Run(
            messages=len(latencies),
            seconds=seconds,
            server_cpu=server_cpu,
            others_cpu=max(core_busy(server_core()) - busy - server_cpu, 0.0),
            beside_cpu=core_busy(generator_core()) - beside,
            generator_cpu=time.process_time() - own,
            latencies=sorted(latencies),
        )

    def _ping_pong(self, a: Chair, b: Chair) -> Callable[[], None]:
        """Wires two chairs for the closed loop; returns what sends the first message."""
        target, clock = self.target, time.perf_counter
        ack, push = target.ack, target.push
        needed = 2 if push else 1
        left = 0
        sent_at = 0.0
        turns = deque([a, b])

        def send() -> None:
            nonlocal left, sent_at
            chair = turns[0]
            turns.rotate()
            left = needed
            self._number = number = self._number + 1
            chair.sent.append(number)
            frame = target.message(chair.seat, number)
            self._owed += 1
            sent_at = clock()
            chair.client.send(frame)

        def done() -> None:
            self._owed -= 1
            if self._going:
                send()
            elif not self._owed:
                self._engine.stop()

        def listener(frames: list[bytes]) -> Callable[[bytes], None]:
            def on_text(payload: bytes) -> None:
                nonlocal left
                if payload.startswith(ack):
                    if not push:
                        self._latencies.append(clock() - sent_at)
                elif push and payload.startswith(push):
                    self._latencies.append(clock() - sent_at)
                else:
                    return
                frames.append(payload)
                left -= 1
                if not left:
                    done()

            return on_text

        for chair in (a, b):
            chair.client.listen(listener(chair.frames))
        return send

    def _listen_paced(self, chair: Chair, other: Chair) -> None:
        ack, push, clock = self.target.ack, self.target.push, time.perf_counter
        frames, dues = chair.frames, (other if push else chair).dues

        def on_text(payload: bytes) -> None:
            arrives = payload.startswith(push or ack)
            if arrives:
                # One sender's messages arrive in the order sent; `logbook` checks that afterwards.
                self._latencies.append(clock() - dues.popleft())
            elif not payload.startswith(ack):
                return
            frames.append(payload)
            self._owed -= 1
            if not self._owed:
                self._engine.stop()

        chair.client.listen(on_text)

    def _pace(self, chairs: list[Chair], begin: float, rate: float, seconds: float) -> None:
        dues = [begin + i / rate for i in range(int(rate * seconds))]
        target, per_message = self.target, 2 if self.target.push else 1
        self._owed = len(dues) * per_message
        count = len(chairs)

        def fire(i: int) -> None:
            chair = chairs[i % count]
            self._number = number = self._number + 1
            chair.sent.append(number)
            chair.dues.append(dues[i])
            chair.client.send(target.message(chair.seat, number))

        self._engine.run_paced(dues, fire, _GRACE)
        if self._owed:
            raise Incomplete(f"{self._owed} frames did not come within {_GRACE:.0f} s")

    def _settle(self) -> None:
        if self._owed and not self._engine.run(_GRACE):
            raise Incomplete(f"{self._owed} messages in flight were lost")
