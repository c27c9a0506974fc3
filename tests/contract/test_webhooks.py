"""The outbox of webhooks, on either engine: who takes a message, and what a pause and a new beginning do to it."""

import asyncio
from typing import Final

import pytest

from chat_server.actions.webhook_sending import Target
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value
from chat_server.storage import AnyStore

NOW: Final = 1_000_000
MESSAGE: Final = 7

DUE: Final = Query("webhooks_due_to", lambda endpoint_id: int(endpoint_id))
TARGET: Final = Query("webhook_endpoint", Target)
STATES: Final = Query("webhook_deliveries_of", lambda *row: str(row[2]))


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def write(store: AnyStore, statement: str, rows: int = 1, /, **values: Value) -> None:
    """One statement."""
    await store.commit(Commit([Statement(statement, values, rows)]))


async def add(store: AnyStore, endpoint: int, name: str) -> None:
    """An endpoint."""
    url, secret = "https://shop.example/", "whsec_"
    await write(store, "add_webhook", id=endpoint, name=name, url=url, secret=secret, at=NOW)


async def tell(store: AnyStore, message: int = MESSAGE) -> None:
    """Something happened."""
    values: dict[str, Value] = {"message_id": message, "type": "webhook.test", "payload": "{}"}
    await write(store, "queue_webhook", ANY, **values, at=NOW)


async def states(store: AnyStore, endpoint: int) -> list[str]:
    """Of what goes there, newest first."""
    page: dict[str, Value] = {"before": 2**62, "state": "", "limit": 10}
    return await store.all(STATES, endpoint_id=endpoint, **page)


async def test_of_many_that_want_a_message_one_has_it_until_its_lease_ends(store: AnyStore) -> None:
    await add(store, 1, "shop")
    await tell(store)

    async def claim(at: int, attempts: int) -> bool:
        which: dict[str, Value] = {"message_id": MESSAGE, "endpoint_id": 1, "attempts": attempts}
        try:
            await write(store, "claim_webhook", **which, at=at, lease=at + 60)
        except Conflict:
            return False
        return True

    took = await asyncio.gather(*[claim(NOW, 0) for _ in range(12)])

    assert sum(took) == 1
    assert not await claim(NOW + 59, 1)
    assert await claim(NOW + 60, 1)


async def test_what_is_told_goes_to_each_and_waits_where_one_pauses(store: AnyStore) -> None:
    await add(store, 1, "shop")
    await add(store, 2, "stock")
    await write(store, "pause_webhook", id=2)

    await tell(store)

    assert (await states(store, 1), await states(store, 2)) == (["waiting"], ["held"])
    assert await store.all(DUE, at=NOW) == [1]
    await write(
        store, "change_webhook", id=2, name="stock", url="https://a.example/", active=1, revision=2
    )
    await write(store, "free_webhooks", ANY)
    assert sorted(await store.all(DUE, at=NOW)) == [1, 2]


async def test_one_dead_letter_or_all_begin_anew(store: AnyStore) -> None:
    await add(store, 1, "shop")
    for message in (1, 2, 3):
        await tell(store, message)
        which: dict[str, Value] = {"message_id": message, "endpoint_id": 1, "attempts": 0}
        await write(store, "bury_webhook", **which, said="500")

    await write(store, "replay_webhooks", endpoint_id=1, message_id=2, at=NOW)
    assert await states(store, 1) == ["dead", "waiting", "dead"]
    await write(store, "replay_webhooks", 2, endpoint_id=1, message_id=0, at=NOW)
    assert await states(store, 1) == ["waiting"] * 3


async def test_an_endpoint_of_the_settings_leaves_them_and_comes_back(store: AnyStore) -> None:
    async def settle() -> Target:
        await write(store, "settle_webhook", id=9, name="backend", url="http://a.example", at=NOW)
        found = await store.one(TARGET, id=9)
        assert found is not None
        return found

    assert (await settle()).active == 1
    await write(store, "unsettle_webhook", id=9)
    await tell(store)
    assert await states(store, 9) == []

    back = await settle()

    assert (back.active, back.trusted, back.secret) == (1, 1, "")


async def test_what_arrived_is_dropped_before_what_did_not(store: AnyStore) -> None:
    await add(store, 1, "shop")
    await tell(store, 1)
    await tell(store, 2)
    await write(store, "webhook_sent", message_id=1, endpoint_id=1, said="204", at=NOW)

    await write(store, "drop_old_webhooks", ANY, before=NOW + 1, long_before=NOW)

    assert await states(store, 1) == ["waiting"]
