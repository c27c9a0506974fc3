"""Parley itself as a target of the generator: the real command, the real settings, real tokens."""

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import jwt
import msgspec

from benchmarks import seed
from benchmarks.frames import upgrade_request
from benchmarks.process import DidNotStart, Server, free_port, python
from benchmarks.target import Received, Seat, client_key, number_of, text_of
from chat_server.domain.ids import show
from chat_server.wire.codes import PROTOCOL
from chat_server.wire.frames import Ack, EventPush, Welcome
from chat_server.wire.shapes import Posted

KEY_ID, KEY = "bench", "a-secret-of-the-benchmark-that-nobody-else-believes-0123456789"
ISSUER, AUDIENCE = "marketplace", "parley"
ORIGIN = "http://shop.example"

_AN_HOUR = 3600


Rows = Callable[[int], Sequence[Received]]
"""The messages of a thread, by its id, as they are stored."""


class Parley:
    """Running nodes over one store that holds at least the talks that are asked for."""

    name = "Parley"
    welcome = b'{"t":"welcome"'
    ack = b'{"t":"ack"'
    push = b'{"t":"event"'

    def __init__(self, ports: Sequence[int], rows: Rows, epoch: str) -> None:
        self._ports = ports
        self._rows = rows
        self._epoch = epoch
        self._shown: dict[int, str] = {}

    def port_of(self, seat: Seat) -> int:
        """With two nodes, the two sides of a talk sit on different ones."""
        return self._ports[seat.side % len(self._ports)]

    def ticket_request(self, seat: Seat) -> bytes:
        """Asks for a socket ticket with the person's own token."""
        pair = seed.pair_of(seat.talk)
        token = token_of(pair.seller if seat.side else pair.customer, seller=bool(seat.side))
        return (
            "POST /api/v1/socket-tickets HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.port_of(seat)}\r\nAuthorization: Bearer {token}\r\n"
            "Content-Length: 0\r\n\r\n"
        ).encode()

    def upgrade(self, seat: Seat) -> bytes:
        """Nothing in the address says who it is."""
        return upgrade_request(self.port_of(seat), "/socket", PROTOCOL)

    def hello(self, seat: Seat, ticket: bytes, known: int | None) -> bytes:
        """The ticket, and what is already held of the talk."""
        secret = msgspec.json.decode(ticket)["ticket"]
        frame: dict[str, Any] = {"t": "hello", "id": 1, "ticket": secret}
        if known is not None:
            frame["epoch"] = self._epoch
            frame["known"] = [[show(seed.pair_of(seat.talk).thread), known]]
        return msgspec.json.encode(frame)

    def message(self, seat: Seat, number: int) -> bytes:
        """A `message.send` with a key of its own."""
        thread = self._shown.get(seat.talk)
        if thread is None:
            thread = self._shown[seat.talk] = show(seed.pair_of(seat.talk).thread)
        key = client_key(int(time.monotonic() * 1000), number)
        return (
            f'{{"t":"message.send","id":{number},"thread_id":"{thread}","client_key":"{key}",'
            f'"text":"{text_of(number)}"}}'
        ).encode()

    def read(self, payload: bytes) -> Received:
        """Understands an ack or a push."""
        if payload.startswith(self.ack):
            ack = msgspec.json.decode(payload, type=Ack)
            return Received(ack.id, ack.seq)
        event = msgspec.json.decode(payload, type=EventPush).event
        assert isinstance(event, Posted), "nothing but messages was sent"
        return Received(number_of(event.text), event.seq)

    def read_welcome(self, payload: bytes) -> Sequence[Received]:
        """What was missed in the one thread that the client knew."""
        sync = msgspec.json.decode(payload, type=Welcome).sync
        events = sync[0].events if sync else []
        return [Received(number_of(e.text), e.seq) for e in events if isinstance(e, Posted)]

    def stored(self, talk: int) -> Sequence[Received]:
        """The rows of a talk."""
        return self._rows(seed.pair_of(talk).thread)


def rows_of_file(path: Path) -> Rows:
    """Reads the embedded store."""

    def rows(thread: int) -> Sequence[Received]:
        with closing(sqlite3.connect(path)) as database:
            found = database.execute(
                "SELECT text, seq FROM events WHERE thread_id = ? AND kind = 1 ORDER BY seq",
                (thread,),
            )
            return [Received(number_of(text), seq) for text, seq in found]

    return rows


def unindexed(folder: Path) -> int:
    """How many events of the embedded store in this folder the search index has not followed yet."""
    with closing(sqlite3.connect(folder / "parley.sqlite3")) as database:
        (count,) = database.execute(
            "SELECT MAX(position) - COALESCE((SELECT major FROM cursors WHERE name = 'search'), 0) FROM events"
        ).fetchone()
        return int(count or 0)


def token_of(person: int, *, seller: bool) -> str:
    """What the marketplace's backend would give to this person's page."""
    now = int(time.clock_gettime(time.CLOCK_REALTIME))
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": seed.external_id(person),
        "role": "seller" if seller else "buyer",
        "iat": now,
        "exp": now + _AN_HOUR,
    }
    return jwt.encode(claims, KEY, algorithm="HS256", headers={"kid": KEY_ID})


def settings(port: int, folder: Path, **more: str) -> dict[str, str]:
    """A server's environment: defaults, with the limits out of the way of one single address."""
    values = {
        "port": str(port),
        "store": f"sqlite:///{folder / 'parley.sqlite3'}",
        "photo_store": str(folder / "photos"),
        "origins": ORIGIN,
        "jwt_keys": f"{KEY_ID}={KEY}",
        "jwt_issuer": ISSUER,
        "jwt_audience": AUDIENCE,
        "api_keys": f"bench={KEY}",
        "message_rate": "100000",
        "message_burst": "100000",
        "frame_rate": "100000",
        "frame_burst": "100000",
        "request_rate": "100000",
        "request_burst": "100000",
        "sockets_per_address": "100000",
        "drain_seconds": "0",
        "log_level": "warning",
        **more,
    }
    return {f"PARLEY_{name.upper()}": value for name, value in values.items()}


def command(*arguments: str) -> list[str]:
    """The `parley` command of this interpreter."""
    return python("-m", "chat_server", *arguments)


@contextmanager
def parley(folder: Path, talks: int) -> Iterator[tuple[Parley, Server]]:
    """A server over a fresh embedded store with `talks` threads."""
    for old in folder.glob("parley.sqlite3*"):
        old.unlink()
    port, path = free_port(), folder / "parley.sqlite3"
    environment = settings(port, folder)
    epoch = prepare(path, environment, talks)
    with Server(command("serve"), port, env=environment, log=folder / "parley.log") as server:
        yield Parley([port], rows_of_file(path), epoch), server


def prepare(path: Path, environment: dict[str, str], talks: int) -> str:
    """Migrates a new file and puts the talks into it; its epoch."""
    run(command("migrate"), environment)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        seed.fill_sqlite(database, seed.talks(talks))
        (epoch,) = database.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()
        return str(epoch)


def run(argv: list[str], environment: dict[str, str]) -> None:
    """Runs a command to its end; raises DidNotStart with what it said where it fails."""
    done = subprocess.run(
        argv, env={**os.environ, **environment}, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise DidNotStart(done.stderr[-2000:])
