"""Redis killed, frozen, emptied, full, read-only: callers notice only that it is lonelier."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import redis.asyncio

from chat_server.brokers.pace import Pace
from chat_server.brokers.redis import RedisBroker
from tests.contract.broker_nodes import HASTY, QUICK, Node, RedisVillage, eventually
from tests.services.program import ROOT
from tests.services.redis import Redis, own_redis

A_NODE_OF_ITS_OWN = """
import asyncio, sys
from tests.contract.broker_nodes import QUICK, RedisVillage

async def main():
    village = RedisVillage(sys.argv[1], QUICK._replace(cut_ticks=int(sys.argv[3])))
    village.namespace = sys.argv[2]
    node = await village.node()
    await node.broker.arrive("p", "a")
    print("arrived", flush=True)
    await node.ear.until_frames(2)
    print(node.ear.frames[-1][1].decode(), node.broker.counts.connections, flush=True)

asyncio.run(main())
"""


AT_ONCE_S = 10.0
"""Less than nodes that are quick wait for a Redis; what they know themselves they say in no time."""


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def server() -> Iterator[Redis]:
    """A Redis that this module alone may hurt; every test leaves it running."""
    with own_redis() as own:
        yield own


@pytest.fixture
async def village(server: Redis) -> AsyncIterator[RedisVillage]:
    made = RedisVillage(server.url, QUICK)
    yield made
    await made.end()


async def command(server: Redis, *words: str) -> object:
    async with redis.asyncio.Redis.from_url(server.url) as client:
        answer: object = await client.execute_command(*words)  # type: ignore[no-untyped-call]
        return answer


async def is_healthy_again(node: Node) -> None:
    async def healthy() -> bool:
        return node.broker.healthy

    await eventually(healthy)


def ticks_of(node: Node) -> int:
    """How often it has looked at Redis: seconds in which this process stands still are not its fault."""
    assert isinstance(node.broker, RedisBroker)
    return node.broker._keeper._ticks


async def answers_alone(node: Node) -> None:
    """Everything a node may be asked, each answered at once and from what it knows itself."""
    began = time.monotonic()
    node.broker.publish("t", b"into the void")
    node.broker.wake()
    assert await node.broker.arrive("mine", "a")
    assert await node.broker.online(["mine", "somebody else's"]) == {"mine"}
    assert await node.broker.leave("mine", "a")
    waits = [await node.broker.take(f"key {began}", 2, 60_000) for _ in range(3)]
    assert waits[:2] == [0, 0]
    assert 0 < waits[2] <= 60_000
    assert time.monotonic() - began < AT_ONCE_S


async def test_redis_killed_and_started_again(server: Redis, village: RedisVillage) -> None:
    one, other = await village.node(), await village.node()
    await one.broker.arrive("p", "a")

    server.program.kill()
    await answers_alone(one)
    assert not one.broker.healthy
    await answers_alone(one)
    assert await one.broker.online(["p"]) == {"p"}
    server.program.start()

    for node in (one, other):
        await node.ear.until_lost()
    await other.hears(b"again", one)
    await one.hears(b"again", other)

    async def announced() -> bool:
        return await other.broker.online(["p"]) == {"p"}

    await eventually(announced)
    assert one.broker.counts.frames_dropped > 0
    assert one.broker.counts.connections == 2
    assert ("t", b"into the void") not in other.ear.frames


async def test_an_outage_costs_each_node_its_place_once(server: Redis) -> None:
    village = RedisVillage(server.url, QUICK._replace(settle_s=4.0))
    nodes = [await village.node() for _ in range(3)]

    server.program.kill()
    for node in nodes:
        node.broker.publish("t", b"into the void")
    server.program.start()

    for node in nodes:
        await node.ear.until(lambda ear=node.ear: ear.wakes > 0)  # type: ignore[misc]
        assert node.ear.losses == 0
    for node in nodes:
        await node.ear.until_lost()
    for sender in nodes:
        for node in nodes:
            if node is not sender:
                await node.hears(b"again", sender)
    await village.end()
    assert [node.ear.losses for node in nodes] == [1, 1, 1]


async def test_a_node_starts_without_redis_and_finds_it_later(
    server: Redis, village: RedisVillage
) -> None:
    server.program.kill()

    began = time.monotonic()
    node = await village.node()
    assert time.monotonic() - began < AT_ONCE_S
    assert not node.broker.healthy
    await answers_alone(node)
    server.program.start()

    await node.ear.until_lost()
    await is_healthy_again(node)
    other = await village.node()
    await other.hears(b"here I am", node)


async def test_a_frozen_redis_stalls_nobody_and_is_given_up(server: Redis) -> None:
    village = RedisVillage(server.url, HASTY)
    one, other = await village.node(), await village.node()

    server.program.freeze()
    try:
        began = ticks_of(one)
        assert await one.broker.take("key", 1, 60_000) == 0
        assert await one.broker.take("key", 1, 60_000) > 0
        assert ticks_of(one) - began < HASTY.cut_ticks, "nobody waits until it is given up"
        assert not one.broker.healthy
        await answers_alone(one)

        async def given_up() -> bool:
            one.broker.publish("t", b"unheard")
            return one.broker.counts.frames_dropped > 0

        await eventually(given_up)
    finally:
        server.program.thaw()

    for node in (one, other):
        await node.ear.until_lost()
    await other.hears(b"again", one)
    await village.end()


async def test_the_usual_pace_finds_a_frozen_redis_within_three_seconds(server: Redis) -> None:
    pace = Pace(settle_s=0.1)
    village = RedisVillage(server.url, pace._replace(connect_s=30.0, start_s=30.0))
    node = await village.node()

    server.program.freeze()
    try:
        began = ticks_of(node)
        assert await node.broker.take("key", 1, 60_000) == 0
        answered_after = (ticks_of(node) - began) * pace.tick_s

        async def given_up() -> bool:
            node.broker.publish("t", b"unheard")
            return node.broker.counts.frames_dropped > 0

        await eventually(given_up)
        given_up_after = (ticks_of(node) - began) * pace.tick_s
    finally:
        server.program.thaw()
    await node.ear.until_lost()
    await village.end()

    assert answered_after < 1
    assert given_up_after < 3


async def test_a_short_silence_loses_nothing(server: Redis) -> None:
    village = RedisVillage(server.url, HASTY._replace(cut_ticks=1000))
    one, other = await village.node(), await village.node()

    server.program.freeze()
    try:
        one.broker.publish("t", b"patience")
        assert await one.broker.arrive("p", "a")
        assert not one.broker.healthy
    finally:
        server.program.thaw()

    await other.ear.until(lambda: other.ear.frames == [("t", b"patience")])
    await is_healthy_again(one)
    await is_healthy_again(other)

    async def is_known() -> bool:
        return await other.broker.online(["p"]) == {"p"}

    await eventually(is_known)
    assert one.ear.losses == other.ear.losses == 0
    await village.end()


async def test_what_waits_for_a_slow_redis_is_bounded_and_its_loss_is_told(server: Redis) -> None:
    village = RedisVillage(server.url, QUICK)
    one, other = await village.node(), await village.node()
    frame = b"x" * 64 * 1024

    server.program.freeze()
    try:

        async def overflows() -> bool:
            for _ in range(100):
                one.broker.publish("t", frame)
            return one.broker.counts.frames_dropped > 0

        await eventually(overflows)
    finally:
        server.program.thaw()

    await other.ear.until_lost()
    await other.hears(b"again", one)
    assert one.ear.losses == 0
    await village.end()


async def test_an_emptied_redis_fills_again(server: Redis, village: RedisVillage) -> None:
    one, other = await village.node(), await village.node()
    for number in range(120):
        await one.broker.arrive(f"p{number}", "a")
    everybody = {f"p{number}" for number in range(120)}

    await command(server, "FLUSHALL")
    await command(server, "SCRIPT", "FLUSH")

    async def all_online() -> bool:
        return await other.broker.online(sorted(everybody)) == everybody

    await eventually(all_online)
    assert one.ear.losses == other.ear.losses == 0
    assert await other.broker.take("key", 1, 60_000) == 0
    assert await one.broker.take("key", 1, 60_000) > 0


@pytest.mark.slow
async def test_who_stays_connected_stays_online(village: RedisVillage) -> None:
    one, other = await village.node(), await village.node()
    await one.broker.arrive("p", "a")

    await village.let_pass(int(2 * QUICK.expiry_s * 1000))

    assert await other.broker.online(["p"]) == {"p"}


async def other_process(
    village: RedisVillage, cut_ticks: int = QUICK.cut_ticks
) -> asyncio.subprocess.Process:
    """A node in a process of its own, on which `p` is connected; it ends with its second frame."""
    about = [village.url, village.namespace, str(cut_ticks)]
    words = [sys.executable, "-c", A_NODE_OF_ITS_OWN, *about]
    process = await asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"arrived\n"
    return process


@pytest.mark.slow
async def test_a_node_that_stood_still_itself_blames_nobody(village: RedisVillage) -> None:
    node, cut_ticks = await village.node(), 60
    process = await other_process(village, cut_ticks)
    assert process.stdout is not None

    node.broker.publish("t", b"before")
    process.send_signal(signal.SIGSTOP)
    await village.let_pass(int(2 * cut_ticks * QUICK.tick_s * 1000))
    node.broker.publish("t", b"meanwhile")
    process.send_signal(signal.SIGCONT)

    assert await process.stdout.readline() == b"meanwhile 1\n"
    assert await process.wait() == 0


async def test_whoever_was_on_a_node_that_died_is_offline_soon(village: RedisVillage) -> None:
    other = await village.node()
    dies = await other_process(village)
    assert await other.broker.online(["p"]) == {"p"}

    dies.kill()
    await dies.wait()

    async def offline() -> bool:
        return await other.broker.online(["p"]) == set()

    await eventually(offline)
    assert await other.broker.arrive("p", "b")
    assert await other.broker.leave("p", "b")


async def cut_the_first(server: Redis, kind: str) -> None:
    """Has Redis hang up on the node that connected first: where it listens, or where it asks."""
    async with redis.asyncio.Redis.from_url(server.url) as client:
        clients = await client.client_list(_type=kind)
    ours = [known["id"] for known in clients if known["name"].startswith("parley-")]
    await command(server, "CLIENT", "KILL", "ID", min(ours, key=int))


async def test_a_cut_connection_comes_back_and_only_its_node_lost_its_place(
    server: Redis, village: RedisVillage
) -> None:
    one, other = await village.node(), await village.node()

    await cut_the_first(server, "pubsub")

    await one.ear.until_lost()
    await other.hears(b"again", one)
    await one.hears(b"again", other)
    assert other.ear.losses == 0


async def test_where_a_node_asks_a_cut_costs_nothing(server: Redis, village: RedisVillage) -> None:
    one, other = await village.node(), await village.node()

    await cut_the_first(server, "normal")

    await other.hears(b"again", one)
    await one.hears(b"again", other)
    assert other.ear.losses == 0


@pytest.mark.parametrize(
    ("hurt", "heal"),
    [
        (("REPLICAOF", "127.0.0.1", "1"), ("REPLICAOF", "NO", "ONE")),
        (("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0")),
    ],
    ids=["read-only", "full"],
)
async def test_a_redis_that_refuses_to_write(
    server: Redis, village: RedisVillage, hurt: tuple[str, ...], heal: tuple[str, ...]
) -> None:
    node = await village.node()

    await command(server, *hurt)
    try:
        await answers_alone(node)
    finally:
        await command(server, *heal)

    async def written() -> bool:
        await node.broker.take(f"key {time.monotonic_ns()}", 1, 60_000)
        return bool(await command(server, "KEYS", f"{village.namespace}:limit:*"))

    await eventually(written)


async def test_two_installations_on_one_redis_never_meet(
    server: Redis, village: RedisVillage
) -> None:
    one, twin = await village.node(), await village.node()
    stranger = await village.node(namespace=f"{village.namespace}x")

    await one.broker.arrive("p", "a")
    await one.broker.take("key", 1, 60_000)
    one.broker.publish("t", b"ours")
    one.broker.wake()
    await twin.ear.until(lambda: bool(twin.ear.frames and twin.ear.wakes))

    assert await stranger.broker.online(["p"]) == set()
    assert await stranger.broker.take("key", 1, 60_000) == 0
    assert stranger.ear.frames == []
    assert stranger.ear.wakes == 0


async def test_nothing_is_left_behind_in_redis(server: Redis, village: RedisVillage) -> None:
    node = await village.node()
    await node.broker.arrive("p", "a")
    await node.broker.take("key", 5, 1000)
    await node.broker.leave("p", "a")

    async def empty() -> bool:
        return not await command(server, "KEYS", f"{village.namespace}:*")

    await eventually(empty)


async def test_strangers_on_our_channel_are_ignored(server: Redis, village: RedisVillage) -> None:
    one, other = await village.node(), await village.node()
    channel = f"{village.namespace}:frames"

    for junk in ("", "hello", "\x93", json.dumps(["n", 0, []])):
        assert await command(server, "PUBLISH", channel, junk) == 2

    await other.hears(b"still here", one)
    assert other.ear.losses == 0
    assert {channel for channel, _ in other.ear.frames} == {"probe"}


async def test_a_sink_that_raises_costs_nothing_but_its_frame(village: RedisVillage) -> None:
    one, other = await village.node(), await village.node()
    other.ear.mistake = ValueError("a mistake of the sink")

    for frame in (b"1", b"2", b"3"):
        one.broker.publish("t", frame)
    one.broker.wake()
    await other.ear.until(lambda: other.ear.wakes > 0)

    assert [frame for _, frame in other.ear.frames] == [b"1", b"2", b"3"]
    assert other.broker.counts.connections == 1


async def test_password_database_and_socket_of_the_url(server: Redis) -> None:
    password = "p:a@s/s w%ord"
    await command(server, "ACL", "SETUSER", "node", "on", f">{password}", "~*", "&*", "+@all")
    quoted = "p%3Aa%40s%2Fs%20w%25ord"
    with_user = server.url.replace("redis://", f"redis://node:{quoted}@").replace("/0", "/3")
    by_socket = server.unix_url.replace("unix://", f"unix://node:{quoted}@").replace("db=0", "db=3")
    village = RedisVillage(with_user, QUICK)

    one, other = await village.node(), await village.node(by_socket)

    await other.hears(b"hello", one)
    await one.broker.arrive("p", "a")
    assert await other.broker.online(["p"]) == {"p"}
    async with redis.asyncio.Redis.from_url(server.url.replace("/0", "/3")) as third:
        assert await third.keys(f"{village.namespace}:here:*")
    await village.end()


async def test_a_wrong_password_keeps_the_node_alone_and_shows_nowhere(
    server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    village = RedisVillage(server.url.replace("redis://", "redis://node:wr0ngsecret@"), QUICK)

    node = await village.node()

    assert not node.broker.healthy
    await answers_alone(node)
    assert "broker.unreachable" in caplog.text
    assert all("wr0ngsecret" not in str(vars(record)) for record in caplog.records)
    assert "wr0ngsecret" not in repr(vars(node.broker))
    await village.end()
