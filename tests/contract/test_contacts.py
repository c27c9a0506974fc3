"""Where contact data is looked for, on either engine."""

from typing import Any

import pytest

from chat_server.ports import Query
from chat_server.storage import AnyStore
from tests.factories_sql import add_order, meet, open_thread

BEFORE_ORDER = Query("before_order", lambda found: int(found), light=True)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def is_before(store: AnyStore, thread: int) -> bool:
    """Whether the thread has no order behind it."""
    found: Any = await store.one(BEFORE_ORDER, thread_id=thread)
    return bool(found)


async def test_only_a_thread_about_a_product_comes_before_an_order(store: AnyStore) -> None:
    pair = await meet(store)
    other = await meet(store)
    await add_order(store, other.buyer, other.shop)

    assert await is_before(store, pair.thread)
    assert not await is_before(store, other.thread)
    assert not await is_before(store, 1)


async def test_an_order_counts_with_this_shop_and_while_it_stands(store: AnyStore) -> None:
    pair, other = await meet(store), await meet(store)
    await add_order(store, pair.buyer, other.shop)
    await add_order(store, other.buyer, pair.shop)
    await add_order(store, pair.buyer, pair.shop, state="cancelled")
    assert await is_before(store, pair.thread)

    order = await add_order(store, pair.buyer, pair.shop, state="placed")

    assert not await is_before(store, pair.thread)
    thread = await open_thread(store, pair.buyer, pair.shop, kind="order", order_id=order)
    assert not await is_before(store, thread)
