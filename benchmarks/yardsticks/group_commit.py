"""The yardstick: a chat of one page over Starlette and SQLite, as fast as that gets without tricks.

Durable all the same (group commit, synchronous=FULL), ordered, delivered to the other party. It
knows nobody, checks no rights and would store a repeated message twice.
"""

import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import NamedTuple

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, talk INTEGER NOT NULL, seq INTEGER NOT NULL, side INTEGER NOT NULL,
    body TEXT NOT NULL, UNIQUE (talk, seq))
"""
_INSERT = "INSERT INTO messages (talk, seq, side, body) VALUES (?, ?, ?, ?)"


class Waiting(NamedTuple):
    """A message that is not on disk yet."""

    sender: WebSocket
    id: int
    talk: int
    seq: int
    side: int
    text: str


class Chat:
    """The hub, the counters and the one committer."""

    def __init__(self, path: str) -> None:
        self._members: dict[int, list[WebSocket]] = defaultdict(list)
        self._waiting: list[Waiting] = []
        self._arrived = anyio.Event()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(_SCHEMA)
        self._writer = ThreadPoolExecutor(1)
        heads = self._database.execute("SELECT talk, max(seq) FROM messages GROUP BY talk")
        self._last_seq: dict[int, int] = defaultdict(int, heads.fetchall())

    async def serve(self, socket: WebSocket) -> None:
        """One client, from its upgrade to its end."""
        talk, side = socket.path_params["talk"], socket.path_params["side"]
        await socket.accept()
        self._members[talk].append(socket)
        try:
            while True:
                frame = json.loads(await socket.receive_text())
                if frame["t"] == "send":
                    self._take(socket, talk, side, frame)
                else:
                    await socket.send_text(self._missed(talk, frame["after"]))
        except WebSocketDisconnect:
            pass
        finally:
            self._members[talk].remove(socket)

    async def commit_for_ever(self) -> None:
        """As soon as a commit ends, the next one takes everything that has come in the meantime."""
        loop = asyncio.get_running_loop()
        while True:
            await self._arrived.wait()
            self._arrived = anyio.Event()
            batch, self._waiting = self._waiting, []
            await loop.run_in_executor(self._writer, self._commit, batch)
            for message in batch:
                await self._tell(message)

    def _take(self, socket: WebSocket, talk: int, side: int, frame: dict[str, str]) -> None:
        self._last_seq[talk] = seq = self._last_seq[talk] + 1
        self._waiting.append(Waiting(socket, int(frame["id"]), talk, seq, side, frame["text"]))
        self._arrived.set()

    def _commit(self, batch: list[Waiting]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany(_INSERT, [(m.talk, m.seq, m.side, m.text) for m in batch])
        self._database.execute("COMMIT")

    async def _tell(self, message: Waiting) -> None:
        ack = {"t": "ack", "id": message.id, "seq": message.seq}
        push = {"t": "event", "seq": message.seq, "side": message.side, "text": message.text}
        try:
            await message.sender.send_text(json.dumps(ack))
            text = json.dumps(push)
            for socket in self._members[message.talk]:
                if socket is not message.sender:
                    await socket.send_text(text)
        except (WebSocketDisconnect, RuntimeError):
            pass

    def _missed(self, talk: int, after: int) -> str:
        rows = self._database.execute(
            "SELECT seq, side, body FROM messages WHERE talk = ? AND seq > ? ORDER BY seq",
            (talk, after),
        )
        events = [{"seq": seq, "side": side, "text": body} for seq, side, body in rows]
        return json.dumps({"t": "welcome", "events": events})


def create_app(path: str) -> Starlette:
    """The chat over the database at `path`."""
    chat: list[Chat] = []

    async def ready(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("ok")

    async def socket(websocket: WebSocket) -> None:
        await chat[0].serve(websocket)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        chat.append(Chat(path))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(chat[0].commit_for_ever)
            yield
            tasks.cancel_scope.cancel()

    routes = [Route("/readyz", ready), WebSocketRoute("/talk/{talk:int}/{side:int}", socket)]
    return Starlette(routes=routes, lifespan=lifespan)
