"""One simulated client from its ticket to its welcome; what comes after belongs to its owner."""

import re
import select
from collections.abc import Callable

from benchmarks.engine import ConnectionLost, Engine, Wire, begin_connecting
from benchmarks.target import Seat, Target

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class HttpCall:
    """One HTTP request on a connection of its own."""

    __slots__ = ("_answer", "_engine", "_on_body", "_request", "_sock")

    def __init__(
        self, engine: Engine, port: int, request: bytes, on_body: Callable[[bytes], None]
    ) -> None:
        self._engine, self._request, self._on_body = engine, request, on_body
        self._answer = b""
        self._sock = begin_connecting(port)
        engine.watch(self._sock, self._on_connected, select.EPOLLOUT)

    def _on_connected(self, _events: int) -> None:
        self._engine.forget(self._sock)
        self._engine.watch(self._sock, self._on_ready, select.EPOLLIN)
        self._sock.send(self._request)

    def _on_ready(self, _events: int) -> None:
        chunk = self._sock.recv(65536)
        self._answer += chunk
        head, found, body = self._answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not chunk or (found and not length):
            raise ConnectionLost(f"no answer to a ticket request: {self._answer[:300]!r}")
        if found and length and len(body) >= int(length[1]):
            if b" 20" not in head[:12]:
                raise ConnectionLost(f"a ticket was refused: {self._answer[:500]!r}")
            self._engine.forget(self._sock)
            self._sock.close()
            self._on_body(body)


class Client:
    """Takes its seat: ticket, upgrade, hello, welcome; then calls `on_ready`."""

    __slots__ = ("_engine", "_known", "_on_ready", "_target", "_ticket", "seat", "welcome", "wire")

    def __init__(
        self,
        engine: Engine,
        target: Target,
        seat: Seat,
        on_ready: Callable[["Client"], None],
        known: int | None = None,
        ticket: bytes = b"",
    ) -> None:
        self._engine, self._target, self.seat = engine, target, seat
        self._on_ready, self._known = on_ready, known
        self._ticket = b""
        self.welcome = b""
        self.wire: Wire | None = None
        request = target.ticket_request(seat)
        if request and not ticket:
            HttpCall(engine, target.port_of(seat), request, self._connect)
        else:
            self._connect(ticket)

    def listen(self, on_text: Callable[[bytes], None]) -> None:
        """From now on every frame goes to `on_text`."""
        assert self.wire, "the client stands"
        self.wire.listen(on_text)

    def turn_deaf(self) -> None:
        """From now on what comes is thrown away unread."""
        assert self.wire, "the client stands"
        self.wire.turn_deaf()

    def send(self, payload: bytes) -> None:
        """Sends one frame."""
        assert self.wire, "the client stands"
        self.wire.send(payload)

    def close(self) -> None:
        """Leaves without a goodbye."""
        if self.wire:
            self.wire.close()

    def _connect(self, ticket: bytes) -> None:
        self._ticket = ticket
        request = self._target.upgrade(self.seat)
        port = self._target.port_of(self.seat)
        self.wire = Wire(self._engine, port, request, self._greet, self._on_text)

    def _greet(self) -> None:
        assert self.wire, "the client stands"
        hello = self._target.hello(self.seat, self._ticket, self._known)
        self._ticket = b""
        if hello:
            self.wire.send(hello)
        if not self._target.welcome:
            self._on_ready(self)

    def _on_text(self, payload: bytes) -> None:
        if payload.startswith(self._target.welcome):
            self.welcome = payload
            self._on_ready(self)
        elif payload.startswith(b'{"t":"error"'):
            raise ConnectionLost(f"hello was refused: {payload[:300]!r}")


def seat_all(
    engine: Engine,
    target: Target,
    seats: list[Seat],
    known: dict[int, int] | None = None,
    *,
    tickets: dict[Seat, bytes] | None = None,
    at_once: int = 1000,
    seconds: float = 120.0,
) -> list[Client]:
    """Opens a client for each seat, `at_once` of them under way at any time, in the order given.

    `known` is the last seq held, by talk; who holds nothing is not in it. Who finds no ticket of his
    in `tickets` asks for one first.
    Raises ConnectionLost when not all stand in time.
    """
    clients: list[Client] = []
    standing = 0

    def begin() -> None:
        seat = seats[len(clients)]
        last, ticket = (known or {}).get(seat.talk), (tickets or {}).get(seat, b"")
        clients.append(Client(engine, target, seat, on_ready, last, ticket))

    def on_ready(_client: Client) -> None:
        nonlocal standing
        standing += 1
        if len(clients) < len(seats):
            begin()
        elif standing == len(seats):
            engine.stop()

    for _ in range(min(at_once, len(seats))):
        begin()
    if not engine.run(seconds):
        raise ConnectionLost(f"only {standing} of {len(seats)} clients stand")
    return clients


def all_tickets(
    engine: Engine,
    target: Target,
    seats: list[Seat],
    *,
    at_once: int = 1000,
    seconds: float = 120.0,
) -> dict[Seat, bytes]:
    """A ticket for each seat, `at_once` of them asked for at any time; none where the target knows none."""
    tickets: dict[Seat, bytes] = {}
    left = iter(seats)

    def ask() -> None:
        seat = next(left, None)
        if seat is None:
            return

        def keep(body: bytes) -> None:
            tickets[seat] = body
            if len(tickets) == len(seats):
                engine.stop()
            ask()

        HttpCall(engine, target.port_of(seat), target.ticket_request(seat), keep)

    if target.ticket_request(seats[0]):
        for _ in range(at_once):
            ask()
        if not engine.run(seconds):
            raise ConnectionLost(f"only {len(tickets)} of {len(seats)} tickets were given")
    return tickets
