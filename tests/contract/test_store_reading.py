"""Lists, unread counts and what was missed, against a slow and simple truth."""

import dataclasses
import json
import random
from typing import Any

import pytest

from chat_server.domain.threads import RESUME_EVENTS
from chat_server.ports import ANY, Commit, Query, Statement, Value
from chat_server.storage import AnyStore
from tests.factories_sql import (
    T0,
    Pair,
    add_order,
    add_person,
    add_product,
    block,
    changing,
    do,
    fresh,
    happening,
    meet,
    open_thread,
    post,
)

UNREAD = Query("unread_total", lambda *row: row)
UNREAD_OF = Query("unread_of", lambda unread: int(unread))
SINCE = Query("events_since", lambda *row: row)
CUSTOMERS = Query("thread_ids_of_customer", lambda *row: row)
SHOPS = Query("thread_ids_of_shop", lambda *row: row)
BEFORE = Query("events_before", lambda *row: row)
AFTER = Query("events_after", lambda *row: row)


def _card(*row: Any) -> tuple[Any, ...]:
    return row


CARDS = Query("thread_cards", _card)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@dataclasses.dataclass
class Model:
    """One person's view of one thread, kept by hand."""

    events: list[int | None] = dataclasses.field(default_factory=list)
    """Who wrote each: None for what is no message."""
    read: int = 0
    muted: bool = False
    archived_at: int | None = None
    """The newest message when it was archived."""

    @property
    def last_posted(self) -> int:
        return max((n for n, who in enumerate(self.events, 1) if who is not None), default=0)

    def unread(self, me: int) -> int:
        later = self.events[self.read :]
        return sum(who is not None and who != me for who in later)

    def counts(self) -> bool:
        hidden = self.archived_at is not None and self.archived_at >= self.last_posted
        return not self.muted and not hidden


@pytest.mark.parametrize("seed", range(4))
async def test_unread_equals_a_recount_after_any_history(store: AnyStore, seed: int) -> None:
    chance = random.Random(seed)
    first = await meet(store)
    product = await add_product(store, first.shop)
    second = await open_thread(store, first.buyer, first.shop, product_id=product)
    threads = {first.thread: Model(), second: Model()}
    me = first.seller if seed % 2 else first.buyer

    async def settings(thread: int, **changed: int) -> None:
        row: dict[str, Value] = {"thread_id": thread, "me": me, "muted": None, "archived": None}
        await do(store, ("put_settings", {**row, **changed}))

    for _ in range(60):
        thread, model = chance.choice(list(threads.items()))
        match chance.randrange(8):
            case 0 | 1 | 2:
                author = chance.choice((first.buyer, first.seller))
                await post(store, thread, author)
                model.events.append(author)
            case 3:
                await store.commit(happening(thread))
                model.events.append(None)
            case 4 | 5:
                seq = chance.randrange(len(model.events) + 3)
                mark: dict[str, Value] = {"thread_id": thread, "me": me, "delivered": 0}
                await do(store, ("put_mark", {**mark, "read": seq}))
                model.read = max(model.read, min(seq, len(model.events)))
            case 6:
                model.muted = not model.muted
                await settings(thread, muted=int(model.muted))
            case _:
                hide = chance.random() < 0.5
                await settings(thread, archived=int(hide))
                model.archived_at = model.last_posted if hide else None
        for one, known in threads.items():
            assert await store.one(UNREAD_OF, desk=0, thread_id=one, me=me) == known.unread(me)
        counted = [known.unread(me) for known in threads.values() if known.counts()]
        expected = (sum(counted), sum(n > 0 for n in counted))
        assert await store.one(UNREAD, me=me) == expected


async def missed(store: AnyStore, me: int, known: dict[int, int]) -> list[tuple[int, int]]:
    rows = await store.all(
        SINCE, known=json.dumps(list(known.items())), desk=0, me=me, bound=RESUME_EVENTS
    )
    return [(row[0], row[1]) for row in rows]


async def test_resume_gives_what_came_after_each_known_place_and_nothing_else(
    store: AnyStore,
) -> None:
    one, other, foreign = await meet(store), await meet(store), await meet(store)
    for pair in (one, other, foreign):
        for _ in range(5):
            await post(store, pair.thread, pair.buyer)
    await do(store, ("add_member", {"shop_id": other.shop, "person_id": one.seller}))
    known = {one.thread: 3, other.thread: 0, foreign.thread: 0, fresh(): 0}

    found = await missed(store, one.seller, known)

    assert found == sorted(
        [(one.thread, 4), (one.thread, 5), *[(other.thread, n) for n in range(1, 6)]]
    )
    assert await missed(store, one.buyer, {one.thread: 5}) == []
    assert await missed(store, one.buyer, {one.thread: 99}) == []


async def test_resume_gives_only_the_newest_where_too_much_was_missed(store: AnyStore) -> None:
    pair = await meet(store)
    for _ in range(RESUME_EVENTS + 7):
        await post(store, pair.thread, pair.seller)

    found = await missed(store, pair.buyer, {pair.thread: 2})

    assert [seq for _, seq in found] == list(range(8, RESUME_EVENTS + 8))


async def test_a_missed_edit_says_what_its_message_says_now(store: AnyStore) -> None:
    pair = await meet(store)
    seq = await post(store, pair.thread, pair.buyer, "Helo")
    await store.commit(changing(pair.thread, pair.buyer, seq))

    for query, where in (
        (
            SINCE,
            {"known": json.dumps([[pair.thread, 0]]), "desk": 0, "me": pair.buyer, "bound": 50},
        ),
        (AFTER, {"thread_id": pair.thread, "after": 0, "limit": 9}),
        (BEFORE, {"thread_id": pair.thread, "before": 9, "limit": 9}),
    ):
        rows = sorted(await store.all(query, **where), key=lambda row: int(row[1]))
        assert [(row[1], row[2], row[6], row[8]) for row in rows] == [
            (1, 1, "Changed", None),
            (2, 2, "Changed", 1),
        ]


async def test_history_pages_meet_without_overlap(store: AnyStore) -> None:
    pair = await meet(store)
    for number in range(25):
        await post(store, pair.thread, pair.buyer, str(number))
    seen: list[int] = []
    before = 2**40

    while page := await store.all(BEFORE, thread_id=pair.thread, before=before, limit=10):
        seen += [row[1] for row in page]
        before = page[-1][1]

    assert seen == list(range(25, 0, -1))
    forwards = await store.all(AFTER, thread_id=pair.thread, after=20, limit=3)
    assert [row[1] for row in forwards] == [21, 22, 23]


async def test_lists_are_ordered_by_activity_and_keep_archives_apart(store: AnyStore) -> None:
    pair = await meet(store)
    threads = [pair.thread]
    for _ in range(5):
        product = await add_product(store, pair.shop)
        threads.append(await open_thread(store, pair.buyer, pair.shop, product_id=product))
    for minute, thread in enumerate(reversed(threads), 1):
        await post(store, thread, pair.seller, at=T0 + minute)
    hidden = threads[2]
    row: dict[str, Value] = {"thread_id": hidden, "me": pair.buyer, "muted": None, "archived": 1}
    await do(store, ("put_settings", row))

    async def page(query: Query[Any], archived: int, **whose: int) -> list[int]:
        ids: list[int] = []
        at, last = 2**60, 2**60
        while rows := await store.all(
            query, archived=archived, before_at=at, before_id=last, limit=2, **whose
        ):
            ids += [thread for thread, _ in rows]
            last, at = rows[-1]
        return ids

    shown = [thread for thread in threads if thread != hidden]
    assert await page(CUSTOMERS, 0, me=pair.buyer) == shown
    assert await page(CUSTOMERS, 1, me=pair.buyer) == [hidden]
    assert await page(SHOPS, 0, me=pair.seller, shop_id=pair.shop) == threads
    await post(store, hidden, pair.seller, at=T0 + 99)
    assert await page(CUSTOMERS, 0, me=pair.buyer) == [hidden, *shown]


async def test_cards_are_given_to_parties_alone_with_marks_blocks_and_the_newest_message(
    store: AnyStore,
) -> None:
    pair, foreign = await meet(store), await meet(store)
    for number in range(3):
        await post(store, pair.thread, pair.buyer, f"number {number}")
    await store.commit(happening(pair.thread))
    mark: dict[str, Value] = {
        "thread_id": pair.thread,
        "me": pair.seller,
        "delivered": 3,
        "read": 2,
    }
    await do(store, ("put_mark", mark))
    await block(store, pair)
    ids = json.dumps([pair.thread, foreign.thread, fresh()])

    async def cards(me: int) -> list[dict[str, Any]]:
        fields = await _card_fields(store)
        return [
            dict(zip(fields, row, strict=True))
            for row in await store.all(CARDS, ids=ids, desk=0, me=me)
        ]

    (card,) = await cards(pair.seller)
    assert card["id"] == pair.thread
    assert (card["last_seq"], card["last_posted"], card["message_text"]) == (4, 3, "number 2")
    assert (card["read"], card["unread"], card["blocked"]) == (2, 1, 2)
    assert (card["shop_delivered"], card["shop_read"]) == (3, 2)
    assert (card["customer_delivered"], card["customer_read"]) == (None, None)
    ((own,), nobody) = await cards(pair.buyer), await cards(await add_person(store))
    assert (own["unread"], nobody) == (0, [])


async def _card_fields(store: AnyStore) -> list[str]:
    from chat_server.domain.threads import ThreadCard

    names = getattr(ThreadCard, "_fields", None)
    return list(names or [field.name for field in dataclasses.fields(ThreadCard)])


async def test_orders_are_shown_to_their_buyer_and_their_shop(store: AnyStore) -> None:
    pair, foreign = await meet(store), await meet(store)
    mine = await add_order(store, pair.buyer, pair.shop)
    theirs = await add_order(store, foreign.buyer, foreign.shop)
    line: dict[str, Value] = {
        "id": fresh(),
        "order_id": mine,
        "line_key": "1",
        "place": 1,
        "title": "A lamp",
        "photo_url": "",
        "amount": "10.00",
        "currency": "EUR",
        "quantity": 1,
        "product_key": None,
        "paid_units": 100_000,
    }
    await do(store, ("put_order_line", line))
    ids = json.dumps([mine, theirs])

    for me, seen in ((pair.buyer, [mine]), (pair.seller, [mine]), (foreign.seller, [theirs])):
        rows = await store.all(Query("order_cards", _card), ids=ids, me=me)
        assert [row[0] for row in rows] == seen
    lines = await store.all(Query("lines_of_orders", _card), ids=ids)
    assert [(row[0], row[2]) for row in lines] == [(mine, "A lamp")]


async def test_sign_in_secrets_are_taken_once(store: AnyStore) -> None:
    pair: Pair = await meet(store)
    ticket: dict[str, Value] = {
        "hash": b"t" * 32,
        "person_id": pair.buyer,
        "role": "buyer",
        "key_id": "k",
        "proof_at": T0,
        "proof_until": None,
        "expires_at": T0 + 30_000,
    }
    take = Commit([Statement("take_ticket", {"hash": b"t" * 32, "at": T0}, ANY)])
    await do(store, ("add_ticket", ticket))

    first, second = await store.commit(take), await store.commit(take)

    assert first.rows == [(pair.buyer, "buyer", "k", None, 0)]
    assert second.rows == [None]
