"""The most that disk, databases, broker and decoder give to one Python process on its own."""

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import asyncpg
import msgspec
import redis.asyncio

from benchmarks.process import server_core
from benchmarks.target import text_of
from chat_server.wire import frames

_TABLE = (
    "CREATE TABLE IF NOT EXISTS ceiling "
    "(talk BIGINT NOT NULL, seq BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (talk, seq))"
)
_BODY = text_of(0)


@contextmanager
def on_server_core() -> Iterator[None]:
    """Runs this process where the server under test would run."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {server_core()})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def fdatasync_ms(folder: Path, seconds: float = 0.5) -> float:
    """Median milliseconds to append 4 KiB and have it on disk."""
    times = []
    with (folder / "fdatasync").open("wb", buffering=0) as file:
        end = time.perf_counter() + seconds
        while (begin := time.perf_counter()) < end:
            file.write(bytes(4096))
            os.fdatasync(file)
            times.append(time.perf_counter() - begin)
    return median(times) * 1e3


def sqlite_inserts(folder: Path, batch: int, seconds: float = 1.5) -> float:
    """Rows a second, WAL and synchronous=FULL, `batch` rows a commit."""
    database = sqlite3.connect(folder / f"ceiling{batch}.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(_TABLE)

    def insert(seq: int) -> None:
        database.execute("BEGIN IMMEDIATE")
        rows = [(talk, seq, _BODY) for talk in range(batch)]
        database.executemany("INSERT INTO ceiling VALUES (?, ?, ?)", rows)
        database.execute("COMMIT")

    with on_server_core():
        rate = _rate(insert, seconds) * batch
    database.close()
    return rate


def postgres_inserts(url: str, batch: int, seconds: float = 1.5) -> float:
    """Rows a second, one `unnest` statement and one commit for `batch` rows."""

    async def measure() -> float:
        connection = await asyncpg.connect(url)
        await connection.execute(_TABLE)
        begin = time.perf_counter()
        first = seq = time.time_ns()
        while time.perf_counter() < begin + seconds:
            seq += 1
            await connection.execute(
                "INSERT INTO ceiling SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])",
                list(range(batch)),
                [seq] * batch,
                [_BODY] * batch,
            )
        rate = (seq - first) * batch / (time.perf_counter() - begin)
        await connection.close()
        return rate

    with on_server_core():
        return asyncio.run(measure())


def redis_latency_ms(url: str, seconds: float = 1.0) -> float:
    """Median milliseconds from publishing one message to having received it."""

    async def measure() -> float:
        client = redis.asyncio.Redis.from_url(url)
        async with client.pubsub() as channel:
            await channel.subscribe("ceiling")
            await channel.get_message(timeout=1)
            times = []
            end = time.perf_counter() + seconds
            while (begin := time.perf_counter()) < end:
                await client.publish("ceiling", _BODY)
                while not await channel.get_message(ignore_subscribe_messages=True, timeout=1):
                    pass
                times.append(time.perf_counter() - begin)
        await client.aclose()
        return median(times) * 1e3

    with on_server_core():
        return asyncio.run(measure())


def redis_publishes(url: str, batch: int, seconds: float = 1.0) -> float:
    """Messages a second that one connection can publish, `batch` in each pipeline."""

    async def measure() -> float:
        client = redis.asyncio.Redis.from_url(url)
        begin, sent = time.perf_counter(), 0
        while time.perf_counter() < begin + seconds:
            pipeline = client.pipeline(transaction=False)
            for _ in range(batch):
                pipeline.publish("nobody", _BODY)
            await pipeline.execute()
            sent += batch
        rate = sent / (time.perf_counter() - begin)
        await client.aclose()
        return rate

    with on_server_core():
        return asyncio.run(measure())


def decoding_us() -> dict[str, float]:
    """Microseconds to decode one `message.send`: typed and checked by msgspec, and by json."""
    frame = frames.SendMessage(id=1, thread_id="0123456789abcdef", client_key="0" * 36, text=_BODY)
    payload = msgspec.json.encode(frame)
    decoder = msgspec.json.Decoder(frames.Command)
    with on_server_core():
        return {
            "msgspec": 1e6 / _rate(lambda _: decoder.decode(payload), 0.3),
            "json": 1e6 / _rate(lambda _: json.loads(payload), 0.3),
        }


def _rate(step: Callable[[int], object], seconds: float) -> float:
    """Steps a second."""
    begin, count = time.perf_counter(), 0
    while time.perf_counter() < begin + seconds:
        for _ in range(10):
            step(count)
            count += 1
    return count / (time.perf_counter() - begin)
