"""A node ends what works in the background, whatever that holds on to."""

import asyncio

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
