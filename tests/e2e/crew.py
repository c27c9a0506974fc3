"""The clients of a run: who talks, what each was told in which order, and what was promised to whom."""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import httpx2
from typing_extensions import override

from chat_server.client import Client, Listener, new_key
from chat_server.client.http import new_http
from chat_server.wire.frames import Welcome
from chat_server.wire.shapes import Event, SideMark, SideName, ThreadView
from tests.e2e.market import Market, Person
from tests.e2e.waiting import until
from tests.patience import PATIENCE_S

QUICK: tuple[float, float] = (0.02, 0.5)
"""Seconds before a client of a test comes back, least and most."""


class Witness(Listener):
    """Writes down what it is told, and whatever of it must not be."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.heard = 0
        """Events, marks, typing and presence: anything about any thread."""
        self.welcomes = 0
        self.reloads = 0
        self.closes: list[int | None] = []
        self._last: dict[str, int] = {}
        self._marks: dict[tuple[str, str], SideMark] = {}

    @override
    def connected(self, welcome: Welcome) -> None:
        self.welcomes += 1
        self.heard += len(welcome.threads) + len(welcome.sync)

    @override
    def disconnected(self, code: int | None) -> None:
        self.closes.append(code)

    @override
    def event(self, thread_id: str, event: Event) -> None:
        self.heard += 1
        last = self._last.get(thread_id)
        if last is not None and event.seq != last + 1:
            self.faults.append(f"{thread_id}: {event.seq} came after {last}")
        self._last[thread_id] = event.seq

    @override
    def reset(self, thread_id: str) -> None:
        self._last.pop(thread_id, None)

    @override
    def reload(self) -> None:
        self.reloads += 1
        self._last.clear()
        self._marks.clear()

    @override
    def gone(self, thread_id: str) -> None:
        self.faults.append(f"{thread_id} is said to be gone")

    @override
    def thread(self, view: ThreadView) -> None:
        self.heard += 1

    @override
    def marks(self, thread_id: str, mark: SideMark) -> None:
        self.heard += 1
        old = self._marks.get((thread_id, mark.side), mark)
        if mark.read < old.read or mark.delivered < old.delivered:
            self.faults.append(f"{thread_id}: marks of the {mark.side} went back: {old}, {mark}")
        self._marks[thread_id, mark.side] = mark

    @override
    def typing(self, thread_id: str, side: SideName) -> None:
        self.heard += 1

    @override
    def presence(self, thread_id: str, side: SideName, *, online: bool) -> None:
        self.heard += 1


@dataclasses.dataclass
class Said:
    """A message that was acknowledged."""

    thread_id: str
    author: str
    seq: int
    text: str
    withdrawn: bool = False


class Ledger:
    """What was acknowledged to whom, by client key, and how far people said that they had read."""

    def __init__(self) -> None:
        self.said: dict[str, Said] = {}
        self.read: dict[tuple[str, str], int] = {}
        """By thread and person."""


@dataclasses.dataclass
class Party:
    """A person, his client, and what it was told."""

    person: Person
    client: Client
    witness: Witness


class Crew:
    """All clients of a market, the outsider's among them, and what they said to each other."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.parties: list[Party] = []
        self.outsider: Party | None = None
        self.ledger = Ledger()

    def party(self, key: str) -> Party:
        """The first client of somebody."""
        return next(party for party in self.parties if party.person.key == key)

    @property
    def acked(self) -> int:
        """How many messages were acknowledged so far."""
        return len(self.ledger.said)

    async def all_are_there(self, seconds: float = PATIENCE_S) -> None:
        """Returns once every client is connected."""
        await until(
            lambda: all(party.client.connected for party in self.parties), "all are there", seconds
        )

    async def say(self, party: Party, thread_id: str, text: str, key: str | None = None) -> Said:
        """Says it, however long that takes, and notes what was promised."""
        key = key or new_key()
        ack = await party.client.send(thread_id, text, client_key=key)
        said = Said(thread_id, party.person.id, ack.seq, text)
        old = self.ledger.said.setdefault(key, said)
        assert old.seq == ack.seq, f"one key, two places: {old.seq} and {ack.seq}"
        return old

    def read(self, party: Party, thread_id: str) -> None:
        """Marks all that this client holds of a thread as read."""
        upto = party.client.log(thread_id).upto
        place = (thread_id, party.person.id)
        self.ledger.read[place] = max(upto, self.ledger.read.get(place, 0))
        party.client.mark(thread_id, read=upto)

    @contextlib.asynccontextmanager
    async def talking(self, gap_s: float = 0.03) -> AsyncIterator[None]:
        """Everybody talks in all of his threads; at the end whatever is under way is finished."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for party in self.parties:
                for thread_id in self.market.threads_of(party.person):
                    group.create_task(self._chat_until(party, thread_id, gap_s, stop))
            yield
            stop.set()

    async def _chat_until(
        self, party: Party, thread_id: str, gap_s: float, stop: asyncio.Event
    ) -> None:
        """Talks, changes and takes back some of it, reads what others say; what was begun is finished."""
        number = 0
        while not stop.is_set():
            await self._round(party, thread_id, number)
            number += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), gap_s)

    async def _round(self, party: Party, thread_id: str, number: int) -> None:
        client = party.client
        said = await self.say(party, thread_id, f"{party.person.key} says {number} ёж 刺猬")
        if number % 7 == 3:
            text = f"{party.person.key} means {number}"
            await client.edit(thread_id, said.seq, text)
            said.text = text
        if number % 11 == 5:
            await client.withdraw(thread_id, said.seq)
            said.text, said.withdrawn = "", True
        if number % 3 == 1:
            self.read(party, thread_id)


@contextlib.asynccontextmanager
async def open_crew(
    market: Market,
    url_of: Callable[[Person], str],
    *,
    backoff: tuple[float, float] = QUICK,
    devices: int = 1,
    deliver: bool = True,
    outboxes: Path | None = None,
    people: Sequence[Person] | None = None,
) -> AsyncIterator[Crew]:
    """Everybody's clients, connected; `url_of` says who talks to which node."""
    crew = Crew(market)
    async with contextlib.AsyncExitStack() as stack:

        async def open_party(person: Person, name: str) -> Party:
            witness = Witness()
            http = await _http(stack, pools, url_of(person))
            outbox = outboxes / name if outboxes is not None else None
            client = Client(
                url_of(person),
                person.token,
                listener=witness,
                backoff=backoff,
                deliver=deliver,
                http=http,
                outbox=outbox,
            )
            await stack.enter_async_context(client)
            return Party(person, client, witness)

        pools: dict[str, httpx2.AsyncClient] = {}
        crew.outsider = await open_party(market.outsider, "outsider")
        crew.parties = [
            await open_party(person, f"{person.key}-{device}")
            for person in (people if people is not None else market.people.values())
            for device in range(devices)
        ]
        for party in (crew.outsider, *crew.parties):
            await party.client.ready()
        yield crew


async def _http(
    stack: contextlib.AsyncExitStack, pools: dict[str, httpx2.AsyncClient], url: str
) -> httpx2.AsyncClient:
    """One pool a node: what is tested is the server, and not how fast clients are made."""
    if url not in pools:
        pools[url] = await stack.enter_async_context(new_http(url))
    return pools[url]
