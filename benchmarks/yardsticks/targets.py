"""The yardsticks as targets of the generator, each started on the server's core."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
from typing_extensions import override

from benchmarks.frames import upgrade_request
from benchmarks.process import Server, free_port, python
from benchmarks.target import Received, Seat, number_of, text_of


class _Event(msgspec.Struct):
    seq: int
    text: str


class _Welcome(msgspec.Struct):
    events: list[_Event]


class _Ack(msgspec.Struct):
    id: int
    seq: int


class Yardstick:
    """The bare chat; see `group_commit`."""

    name = "yardstick"
    welcome = b'{"t": "welcome"'
    ack = b'{"t": "ack"'
    push = b'{"t": "event"'

    def __init__(self, port: int, database: Path) -> None:
        self._port = port
        self._database = database

    def port_of(self, seat: Seat) -> int:
        """One process, one port."""
        del seat
        return self._port

    def ticket_request(self, seat: Seat) -> bytes:
        """It knows nobody."""
        del seat
        return b""

    def upgrade(self, seat: Seat) -> bytes:
        """The talk and the side are in the path."""
        return upgrade_request(self._port, f"/talk/{seat.talk}/{seat.side}")

    def hello(self, seat: Seat, ticket: bytes, known: int | None) -> bytes:
        """Asks for what was missed."""
        del seat, ticket
        return b'{"t":"resume","after":%d}' % (known or 0)

    def message(self, seat: Seat, number: int) -> bytes:
        """A message frame."""
        del seat
        return f'{{"t":"send","id":{number},"text":"{text_of(number)}"}}'.encode()

    def read(self, payload: bytes) -> Received:
        """Understands an ack or a push."""
        if payload.startswith(self.ack):
            ack = msgspec.json.decode(payload, type=_Ack)
            return Received(ack.id, ack.seq)
        event = msgspec.json.decode(payload, type=_Event)
        return Received(number_of(event.text), event.seq)

    def read_welcome(self, payload: bytes) -> Sequence[Received]:
        """What was missed."""
        events = msgspec.json.decode(payload, type=_Welcome).events
        return [Received(number_of(event.text), event.seq) for event in events]

    def stored(self, talk: int) -> Sequence[Received]:
        """The rows of a talk."""
        database = sqlite3.connect(self._database)
        try:
            rows = database.execute(
                "SELECT body, seq FROM messages WHERE talk = ? ORDER BY seq", (talk,)
            )
            return [Received(number_of(body), seq) for body, seq in rows]
        finally:
            database.close()


class Echo(Yardstick):
    """Gives every frame back to who sent it."""

    name = "echo"
    welcome = b""
    ack = b'{"t":"send"'
    push = b""

    @override
    def hello(self, seat: Seat, ticket: bytes, known: int | None) -> bytes:
        """Nothing to say."""
        del seat, ticket, known
        return b""


@contextmanager
def yardstick(folder: Path) -> Iterator[tuple[Yardstick, Server]]:
    """The bare chat over a fresh database in `folder`."""
    port, database = free_port(), folder / "yardstick.sqlite3"
    for old in folder.glob("yardstick.sqlite3*"):
        old.unlink()
    argv = python("-m", "benchmarks.yardsticks.serve", "chat", str(port), str(database))
    with Server(argv, port, log=folder / "yardstick.log") as server:
        yield Yardstick(port, database), server


@contextmanager
def echo(folder: Path, kind: Literal["echo", "bare"]) -> Iterator[tuple[Echo, Server]]:
    """An echo, through Starlette or bare."""
    port = free_port()
    argv = python("-m", "benchmarks.yardsticks.serve", kind, str(port))
    with Server(argv, port, log=folder / f"{kind}.log") as server:
        yield Echo(port, folder), server
