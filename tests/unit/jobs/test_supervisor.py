"""A node ends what works in the background, whatever that holds on to."""

import asyncio
import gc

from chat_server.jobs.supervisor import Supervisor


async def test_a_library_that_loses_a_cancellation_keeps_no_node_from_ending() -> None:
    told = 0

    async def deaf_once() -> None:
        nonlocal told
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                told += 1
                if told > 1:
                    raise

    supervisor = Supervisor(on_death=lambda: None)
    supervisor.keep("deaf", deaf_once())
    await asyncio.sleep(0)

    await asyncio.wait_for(supervisor.stop(), 30)

    assert told == 2


async def test_what_fails_while_a_node_ends_is_no_surprise() -> None:
    surprises: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, found: surprises.append(found))

    async def fails_at_its_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError

    supervisor = Supervisor(on_death=lambda: None)
    supervisor.keep("failing", fails_at_its_end())
    await asyncio.sleep(0)

    await supervisor.stop()
    gc.collect()

    assert surprises == []
