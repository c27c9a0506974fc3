"""What every broker promises, in memory as across Redis. Faults of Redis have their own module."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from chat_server.brokers.node import NodeBroker
from tests.contract.broker_nodes import MemoryVillage, RedisVillage, Village, eventually

WINDOW_MS = 400


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=["memory", "redis"])
async def village(request: pytest.FixtureRequest) -> AsyncIterator[Village]:
    if request.param == "memory":
        made: Village = MemoryVillage()
    else:
        made = RedisVillage(request.getfixturevalue("redis_server").url)
    yield made
    await made.end()


async def test_a_frame_reaches_every_other_node_unchanged(village: Village) -> None:
    sender, one, other = [await village.node() for _ in range(3)]
    frames = [("t/1", bytes(range(256))), ("чат", b""), ("t/2", b"x" * 64 * 1024)]

    for channel, frame in frames:
        sender.broker.publish(channel, frame)

    for listener in (one, other):
        await listener.ear.until_frames(3)
        assert listener.ear.frames == frames


async def test_a_node_does_not_hear_itself(village: Village) -> None:
    one, other = await village.node(), await village.node()

    one.broker.publish("t", b"from one")
    one.broker.wake()
    await other.ear.until(lambda: bool(other.ear.frames and other.ear.wakes))
    other.broker.publish("t", b"from other")
    await one.ear.until_frames(1)

    assert one.ear.frames == [("t", b"from other")]
    assert one.ear.wakes == 0
    assert other.ear.frames == [("t", b"from one")]


async def test_frames_of_a_node_arrive_in_order_and_once(village: Village) -> None:
    sender, listener = await village.node(), await village.node()
    sent = [("t", b"%d" % number) for number in range(3000)]

    for number, (channel, frame) in enumerate(sent):
        sender.broker.publish(channel, frame)
        if number % 7 == 0:
            await asyncio.sleep(0)
    sender.broker.publish("end", b"")
    await listener.ear.until(lambda: listener.ear.frames[-1:] == [("end", b"")])

    assert listener.ear.frames[:-1] == sent
    assert sender.broker.counts.frames_sent == 3001
    assert listener.broker.counts.frames_received == 3001
    assert listener.ear.losses == 0


async def test_many_wakes_in_one_turn_are_one(village: Village) -> None:
    one, other = await village.node(), await village.node()

    for _ in range(100):
        one.broker.wake()
    await other.ear.until(lambda: other.ear.wakes > 0)
    one.broker.publish("t", b"afterwards")
    await other.ear.until_frames(1)

    assert other.ear.wakes == 1


async def test_a_wake_is_never_swallowed_by_an_earlier_one(village: Village) -> None:
    one, other = await village.node(), await village.node()

    for count in range(1, 6):
        one.broker.wake()
        await other.ear.until(lambda count=count: other.ear.wakes == count)  # type: ignore[misc]

    assert other.ear.wakes == 5


async def test_alone_a_node_may_publish_to_nobody(village: Village) -> None:
    node = await village.node()

    node.broker.publish("t", b"hello")
    node.broker.wake()

    assert await node.broker.arrive("p", "1")
    assert node.ear.frames == []
    assert node.broker.healthy


async def test_the_first_and_the_last_connection_are_told_over_all_nodes(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker

    assert await one.arrive("p", "a")
    assert not await one.arrive("p", "b")
    assert not await other.arrive("p", "c")

    assert not await one.leave("p", "a")
    assert not await one.leave("p", "b")
    assert await other.leave("p", "c")
    assert await one.arrive("p", "a")


async def test_a_token_counts_once_and_an_unknown_one_not_at_all(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker
    await one.arrive("p", "a")

    assert not await one.arrive("p", "a")
    assert not await one.leave("p", "never came")
    assert not await other.leave("p", "a")
    assert await one.online(["p"]) == await other.online(["p"]) == {"p"}
    assert await one.leave("p", "a")


async def test_of_two_that_arrive_at_once_one_is_first(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker

    for subject in map(str, range(20)):
        firsts = await asyncio.gather(one.arrive(subject, "a"), other.arrive(subject, "b"))
        lasts = await asyncio.gather(one.leave(subject, "a"), other.leave(subject, "b"))

        assert sorted(firsts) == [False, True]
        assert sorted(lasts) == [False, True]


async def test_online_answers_for_all_nodes_in_one_go(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker
    await one.arrive("here", "a")
    await other.arrive("there", "b")
    await other.arrive("gone", "c")
    await other.leave("gone", "c")
    many = [f"nobody {number}" for number in range(1200)]

    online = await one.online(["here", "there", "gone", "there", *many])

    assert online == {"here", "there"}
    assert await one.online([]) == set()


async def test_a_stopped_node_is_gone_and_hears_nothing(village: Village) -> None:
    one, other = await village.node(), await village.node()
    await one.broker.arrive("p", "a")
    await one.broker.arrive("q", "b")
    await other.broker.arrive("q", "c")
    one.broker.publish("t", b"last words")

    await one.broker.stop()
    other.broker.publish("t", b"anybody?")
    await other.ear.until_frames(1)

    assert other.ear.frames == [("t", b"last words")]
    assert await other.broker.online(["p", "q"]) == {"q"}
    assert await other.broker.leave("q", "c")
    assert one.ear.frames == []


async def test_a_limit_is_shared_by_all_nodes(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker

    waits = [await (one, other)[n % 2].take("key", 3, 60_000) for n in range(5)]

    assert waits[:3] == [0, 0, 0]
    assert all(0 < wait <= 60_000 for wait in waits[3:])
    assert await one.take("another key", 3, 60_000) == 0


async def test_of_many_at_once_as_many_pass_as_the_limit_says(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker

    waits = await asyncio.gather(
        *(broker.take("key", 50, 60_000) for _ in range(100) for broker in (one, other))
    )

    assert waits.count(0) == 50


async def test_after_the_wait_that_was_named_the_next_use_is_free(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker
    key, wait = await refused_to(one, other)

    assert wait <= WINDOW_MS
    await village.let_pass(wait)

    assert await other.take(key, 2, WINDOW_MS) == 0


async def refused_to(here: NodeBroker, there: NodeBroker) -> tuple[str, int]:
    """A key that was used up here, and how long one is to wait there."""
    for number in range(50):  # On a slow machine a window may be over before it is used up.
        key = f"key {number}"
        *free, wait = [await broker.take(key, 2, WINDOW_MS) for broker in (here, here, there)]
        assert free == [0, 0]
        if wait:
            return key, wait
    raise AssertionError("Nobody is ever refused.")


async def test_a_refused_use_does_not_count(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker
    await one.take("key", 1, WINDOW_MS)
    refused = 0

    while wait := await (one, other)[refused % 2].take("key", 1, WINDOW_MS):
        assert 0 < wait <= WINDOW_MS
        refused += 1
        assert refused < 100, "each refusal begins the window anew"
        await village.let_pass(WINDOW_MS // 20)


async def test_a_limit_of_nothing_refuses(village: Village) -> None:
    node = await village.node()

    assert await node.broker.take("key", 0, 1000) == 1000


async def test_names_are_taken_as_they_are(village: Village) -> None:
    one, other = (await village.node()).broker, (await village.node()).broker
    strange = ["a:b", "a", "", "*", "q\r\nSET x 1", "имя", "x" * 2000]

    for name in strange:
        await one.arrive(name, "t")
        assert await one.take(name, 1, 60_000) == 0

    async def all_online() -> bool:
        return await other.online([*strange, "b", "?"]) == set(strange)

    await eventually(all_online)
