"""Agents and customers of a cluster's support desk: who works, who asks, and what the store holds of them."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import asyncpg
import httpx2
import websockets

from chat_server.actions.staff import put_staff
from chat_server.client import new_key
from chat_server.client.http import new_http
from chat_server.gateways.clock import SystemClock, SystemIds
from chat_server.gateways.passwords import hash_password
from chat_server.storage import open_store
from tests.api.line import Line
from tests.patience import PATIENCE_S

PASSWORD: Final = "correct horse battery"
ALWAYS: Final = json.dumps({"windows": [[day, 0, 1440] for day in range(7)], "exceptions": {}})
"""Hours of a team."""
STATE: Final = 4
"""The kind of events that tell of a move."""

_numbers: Final = itertools.count(1)

AWAY: Final = httpx2.codes.SERVICE_UNAVAILABLE
LOST: Final = (httpx2.RequestError, OSError, websockets.WebSocketException, TimeoutError)
"""What happens to whoever talks to a node that dies."""


class Agent:
    """Somebody who works here, with a browser that comes back when a node dies."""

    def __init__(self, url: str, email: str, id: int, http: httpx2.AsyncClient) -> None:
        self.url = url
        self.email = email
        self.id = id
        self.http = http
        self.sent_away = 0
        """How often the store stood still, so that he was asked to come again."""

    async def sign_in(self) -> None:
        """Once; the session holds on every node."""
        body = {"email": self.email, "password": PASSWORD}
        answer = await self.insist("POST", "/console/session", body)
        assert answer.is_success, answer.text

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """A request that is not repeated. Raises httpx2.RequestError."""
        headers = {"x-parley": "1"}
        return await self.http.request(
            method, f"{self.url}/api/v1{path}", json=body, headers=headers
        )

    async def insist(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """A request that is repeated while the store stands still. Raises httpx2.RequestError."""
        async with asyncio.timeout(PATIENCE_S):
            while (answer := await self.ask(method, path, body)).status_code == AWAY:
                self.sent_away += 1
                await asyncio.sleep(0.05)
        return answer

    async def move(self, thread: str, move: str, revision: int, **fields: Any) -> Any:
        """Tries to move a thread that was seen at a revision."""
        body = {"move": move, "revision": revision, **fields}
        return await self.ask("POST", f"/console/threads/{thread}/moves", body)

    async def move_until_told(self, thread: str, move: str, revision: int, **fields: Any) -> Any:
        """The same until he is told what became of it.

        Whoever was sent away may have moved it all the same, and hears at the next try that it has moved.
        """
        body = {"move": move, "revision": revision, **fields}
        return await self.insist("POST", f"/console/threads/{thread}/moves", body)

    async def row(self, thread: str) -> dict[str, Any]:
        """A thread as the desk shows it."""
        answer = await self.insist("GET", f"/console/threads/{thread}")
        assert answer.is_success, answer.text
        row: dict[str, Any] = answer.json()
        return row

    async def stay(self) -> None:
        """Has the console open, whatever happens to nodes; ends when it is cancelled."""
        while True:
            with contextlib.suppress(*LOST):
                await self._sit()
            await asyncio.sleep(0.05)

    async def _sit(self) -> None:
        ticket = await self.ask("POST", "/console/socket-tickets")
        if not ticket.is_success:
            return
        line = await Line.open(urlsplit(self.url).port or 0, host="127.0.0.1")
        try:
            await line.ask("hello", ticket=ticket.json()["ticket"])
            await line.end()
        finally:
            await line.close()

    async def work(self, pause_s: float) -> None:
        """Answers and ends whatever he is given, whatever happens to nodes; ends when it is cancelled."""
        while True:
            with contextlib.suppress(*LOST):
                mine = await self.ask("GET", "/console/threads?list=mine")
                for row in mine.json()["threads"] if mine.is_success else []:
                    await self._finish(row)
            await asyncio.sleep(pause_s)

    async def _finish(self, row: dict[str, Any]) -> None:
        body = {"client_key": new_key(), "text": "It is on its way."}
        said = await self.ask("POST", f"/console/threads/{row['id']}/messages", body)
        assert said.status_code in (201, 502, 503), said.text
        if said.is_success:
            ended = await self.move(row["id"], "resolve", row["revision"], seen=2**52)
            assert ended.status_code in (200, 409, 502, 503), ended.text


class Customer:
    """A visitor with a question that no bot answers, said until it is taken."""

    def __init__(self, url: str, http: httpx2.AsyncClient) -> None:
        self.url = url
        self.http = http
        self.thread = ""
        self._proof = ""

    async def arrive(self) -> None:
        """Opens his conversation; nothing is said yet."""
        visitor = await self._insist("/visitors", {})
        self._proof = f"Visitor {visitor['token']}"
        self.thread = str((await self._insist("/threads", {"support": "help"}))["id"])

    async def write(self, text: str = "Is anybody there?") -> None:
        """Says something; its key makes a repetition harmless."""
        body = {"client_key": new_key(), "text": text}
        await self._insist(f"/threads/{self.thread}/messages", body)

    async def _insist(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"authorization": self._proof} if self._proof else {}
        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(httpx2.RequestError):
                    answer = await self.http.post(
                        f"{self.url}/api/v1{path}", json=body, headers=headers
                    )
                    if answer.is_success:
                        said: dict[str, Any] = answer.json()
                        return said
                    assert answer.status_code in (502, 503), answer.text
                await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def agents_at(store: str, urls: Sequence[str], capacity: int) -> AsyncIterator[list[Agent]]:
    """One agent a URL, all of the one team, which works around the clock."""
    emails = [f"agent-{next(_numbers)}@staff.example" for _ in urls]
    await _hire(store, emails, capacity)
    async with contextlib.AsyncExitStack() as stack, watching(store) as db:
        agents = []
        for url, email in zip(urls, emails, strict=True):
            http = await stack.enter_async_context(new_http(url))
            person = await db.fetchval("SELECT id FROM people WHERE email = $1", email)
            agents.append(Agent(url, email, person, http))
        for agent in agents:
            await agent.sign_in()
        yield agents


async def _hire(url: str, emails: Sequence[str], capacity: int) -> None:
    store, clock = open_store(url), SystemClock()
    await store.start()
    hashed = hash_password(PASSWORD)
    try:
        for email in emails:
            await put_staff(store, clock, SystemIds(clock), email, "Agent", "agent", hashed)
    finally:
        await store.stop()
    async with watching(url) as db:
        await db.execute("UPDATE agents SET capacity = $1", capacity)
        await db.execute("UPDATE teams SET hours = $1", ALWAYS)


@contextlib.asynccontextmanager
async def watching(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection past the servers."""
    db = await asyncpg.connect(url)
    try:
        yield db
    finally:
        await db.close()


async def loads(db: asyncpg.Connection) -> dict[int, int]:
    """How many threads each agent has, at one moment."""
    sql = "SELECT agent_id, COUNT(*) FROM threads WHERE state = 'assigned' GROUP BY agent_id"
    return {row[0]: row[1] for row in await db.fetch(sql)}


async def states(db: asyncpg.Connection) -> list[str]:
    """Of all support threads."""
    found = await db.fetch("SELECT state FROM threads WHERE kind = 'support' ORDER BY state")
    return [row[0] for row in found]


async def story(db: asyncpg.Connection, thread: str) -> tuple[list[int], list[str]]:
    """The places of a thread's events, and what the customer was told of its moves, in order."""
    sql = "SELECT seq, kind, body FROM events WHERE thread_id = $1 ORDER BY seq"
    rows = await db.fetch(sql, int(thread, 16))
    return [row["seq"] for row in rows], [
        json.loads(row["body"])["code"] for row in rows if row["kind"] == STATE
    ]


async def episodes(db: asyncpg.Connection, thread: str) -> list[tuple[int, int | None, bool]]:
    """Number, agent and whether it is over, of each run of a thread with people."""
    sql = "SELECT number, agent_id, resolved_at FROM episodes WHERE thread_id = $1 ORDER BY number"
    rows = await db.fetch(sql, int(thread, 16))
    return [(row[0], row[1], row[2] is not None) for row in rows]
