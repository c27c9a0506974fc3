"""What is read before it is pushed: whoever looks is told last how it stands last."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from chat_server.domain.ids import PersonId
from chat_server.realtime.fanout import Fanout
from chat_server.realtime.hub import Hub


@contextlib.asynccontextmanager
async def looking() -> AsyncIterator[Fanout]:
    """A fanout whose looks have all ended when the block is left, and of which it remembers none."""
    fanout = Fanout(Hub(), follows=False)
    async with asyncio.TaskGroup() as group:

        def spawn(work: Coroutine[Any, Any, None]) -> None:
            group.create_task(work)

        fanout._spawn = spawn
        yield fanout
    assert fanout._looking == {}


async def test_of_two_looks_at_a_thing_the_older_is_not_told_last() -> None:
    """It may be read slowly: by then the thing has changed, and somebody has looked again."""
    stands, told = ["blocked"], []
    slow, quick = asyncio.Event(), asyncio.Event()
    reads = [slow, quick]

    async def view(person_id: PersonId, id: int) -> None:
        seen = stands[-1]
        await reads.pop(0).wait()
        told.append(seen)

    async with looking() as fanout:
        fanout._look(view, PersonId(1), 7)
        await asyncio.sleep(0)
        stands.append("free")
        fanout._look(view, PersonId(1), 7)
        quick.set()
        await asyncio.sleep(0)
        slow.set()

    assert told == ["blocked", "free"]


async def test_what_changed_while_a_look_failed_is_looked_at_all_the_same() -> None:
    failing, told = asyncio.Event(), []

    async def view(person_id: PersonId, id: int) -> None:
        if not failing.is_set():
            await failing.wait()
            raise OSError
        told.append((person_id, id))

    async with looking() as fanout:
        fanout._look(view, PersonId(1), 7)
        await asyncio.sleep(0)
        fanout._look(view, PersonId(1), 7)
        failing.set()

    assert told == [(1, 7)]


async def test_looks_at_different_things_do_not_wait_for_each_other() -> None:
    never, told = asyncio.Event(), []

    async def view(person_id: PersonId, id: int) -> None:
        if id == 7:
            await never.wait()
        told.append((person_id, id))

    async with looking() as fanout:
        for person_id, id in ((1, 7), (1, 8), (2, 8)):
            fanout._look(view, PersonId(person_id), id)
        await asyncio.sleep(0)

        assert told == [(1, 8), (2, 8)]
        never.set()
