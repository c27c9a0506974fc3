"""Who may post, change, mark and block, as the statements themselves decide it."""

import asyncio
from typing import Any

import pytest

from chat_server.domain.orders import BLOCK_GRACE_MS
from chat_server.ports import ANY, Applied, Commit, Conflict, Query, Statement, Value
from chat_server.storage import AnyStore
from tests.contract.stores import Backend
from tests.factories_sql import (
    T0,
    Pair,
    add_order,
    add_person,
    block,
    changing,
    do,
    fresh,
    fresh_key,
    happening,
    meet,
    open_thread,
    post,
    posting,
    seq_of,
)

MINUTE = 60_000
MARKS = Query("side_marks", lambda *row: row)
EARLIER = Query("event_by_client_key", lambda *row: row)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def pair(store: AnyStore) -> Pair:
    return await meet(store)


async def refused(store: AnyStore, commit: Commit) -> bool:
    """Whether its first statement touches no row."""
    outcome = (await asyncio.gather(store.commit(commit), return_exceptions=True))[0]
    if isinstance(outcome, Conflict):
        assert outcome.statement == commit.statements[0].name
        return True
    assert isinstance(outcome, Applied)
    return False


async def test_both_sides_post_and_take_turns(store: AnyStore, pair: Pair) -> None:
    seqs = [await post(store, pair.thread, me) for me in (pair.buyer, pair.seller, pair.buyer)]

    assert seqs == [1, 2, 3]


async def test_an_outsider_does_not_post_nor_does_a_former_member(
    store: AnyStore, pair: Pair
) -> None:
    stranger, other = await add_person(store), await meet(store)

    assert await refused(store, posting(pair.thread, stranger))
    assert await refused(store, posting(pair.thread, other.seller))
    assert await refused(store, posting(fresh(), pair.buyer))
    await do(store, ("drop_member", {"shop_id": pair.shop, "person_id": pair.seller}))
    assert await refused(store, posting(pair.thread, pair.seller))


@pytest.mark.parametrize("side", [1, 2])
async def test_a_block_by_either_side_silences_both(store: AnyStore, pair: Pair, side: int) -> None:
    await block(store, pair, side)

    assert await refused(store, posting(pair.thread, pair.buyer))
    assert await refused(store, posting(pair.thread, pair.seller))
    await do(
        store,
        ("unblock_pair", {"customer_id": pair.buyer, "shop_id": pair.shop, "side": side}),
    )
    assert not await refused(store, posting(pair.thread, pair.buyer))


async def test_a_block_never_silences_a_paid_orders_thread_until_its_grace_is_over(
    store: AnyStore, pair: Pair
) -> None:
    until = T0 + 1000
    protected = await add_order(store, pair.buyer, pair.shop, protected_until=until)
    endless = await add_order(store, pair.buyer, pair.shop, protected_until=None)
    unpaid = await add_order(store, pair.buyer, pair.shop, paid_at=None)
    threads = [
        await open_thread(store, pair.buyer, pair.shop, order_id=order)
        for order in (protected, endless, unpaid)
    ]
    await block(store, pair)

    late = until + BLOCK_GRACE_MS
    answers = [await refused(store, posting(thread, pair.buyer)) for thread in threads]
    assert answers == [False, False, True]
    assert not await refused(store, posting(threads[0], pair.seller, at=late - 1))
    assert await refused(store, posting(threads[0], pair.seller, at=late))
    assert not await refused(store, posting(threads[1], pair.seller, at=late))


async def test_a_reply_needs_a_message_of_the_same_thread(store: AnyStore, pair: Pair) -> None:
    message = await post(store, pair.thread, pair.buyer)
    state = seq_of(await store.commit(happening(pair.thread)))
    elsewhere = await meet(store)

    assert not await refused(store, posting(pair.thread, pair.seller, target=message))
    assert await refused(store, posting(pair.thread, pair.seller, target=state))
    assert await refused(store, posting(pair.thread, pair.seller, target=99))
    assert await refused(store, posting(elsewhere.thread, elsewhere.seller, target=message))


async def test_a_client_key_is_used_once_and_gives_the_first_answer(
    store: AnyStore, pair: Pair
) -> None:
    key = fresh_key()
    seq = await post(store, pair.thread, pair.buyer, "first", key=key)

    assert await refused(store, posting(pair.thread, pair.buyer, "again", key=key))
    assert not await refused(store, posting(pair.thread, pair.seller, "another's", key=key))
    row: Any = await store.one(EARLIER, client_key=key, me=pair.buyer)
    assert row[:2] == (pair.thread, seq)


async def test_one_key_from_many_devices_at_once_is_one_message(
    store: AnyStore, backend: Backend, pair: Pair
) -> None:
    stores = [store, await backend.open()]
    key = fresh_key()

    outcomes = await asyncio.gather(
        *[stores[n % 2].commit(posting(pair.thread, pair.buyer, key=key)) for n in range(40)],
        return_exceptions=True,
    )

    kept = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
    assert len(kept) == 1
    assert {type(one) for one in outcomes if isinstance(one, BaseException)} == {Conflict}
    assert await backend.rows(f"SELECT seq FROM events WHERE thread_id = {pair.thread}") == [(1,)]


async def test_keys_raced_from_two_nodes_leave_no_gap_and_hurt_nobody(
    store: AnyStore, backend: Backend
) -> None:
    stores = [store, await backend.open()]
    pairs = [await meet(store) for _ in range(8)]
    keys = [[fresh_key() for _ in range(25)] for _ in pairs]

    def commits(node: int) -> list[Any]:
        return [
            stores[node].commit(posting(pair.thread, pair.buyer, key=key))
            for own, pair in zip(keys, pairs, strict=True)
            for key in (own if node else reversed(own))
        ]

    outcomes = await asyncio.gather(*commits(0), *commits(1), return_exceptions=True)

    assert sum(not isinstance(outcome, BaseException) for outcome in outcomes) == 200
    assert {type(o) for o in outcomes if isinstance(o, BaseException)} == {Conflict}
    for pair in pairs:
        found = await backend.rows(
            f"SELECT seq FROM events WHERE thread_id = {pair.thread} ORDER BY seq"
        )
        assert [seq for (seq,) in found] == list(range(1, 26))


async def test_seq_has_no_gap_when_two_nodes_post_at_once(
    store: AnyStore, backend: Backend
) -> None:
    stores = [store, await backend.open()]
    pairs = [await meet(store) for _ in range(20)]

    async def say(number: int) -> tuple[int, int]:
        pair = pairs[number % 20]
        me = pair.buyer if number % 3 else pair.seller
        return pair.thread, await post(stores[number // 20 % 2], pair.thread, me, str(number))

    given = await asyncio.gather(*map(say, range(500)))

    assert len(set(given)) == 500
    for pair in pairs:
        assert {seq for thread, seq in given if thread == pair.thread} == set(range(1, 26))
        ((last_seq, last_posted),) = await backend.rows(
            f"SELECT last_seq, last_posted FROM threads WHERE id = {pair.thread}"
        )
        assert (last_seq, last_posted) == (25, 25)


async def test_waiting_begins_with_the_first_question_and_ends_with_an_answer(
    store: AnyStore, backend: Backend, pair: Pair
) -> None:
    async def waiting(*commits: Commit) -> int | None:
        await asyncio.gather(*map(store.commit, commits))
        ((since,),) = await backend.rows(
            f"SELECT waiting_since FROM threads WHERE id = {pair.thread}"
        )
        return None if since is None else since - T0

    def said(me: int, minute: int) -> Commit:
        return posting(pair.thread, me, at=T0 + minute)

    assert await waiting(said(pair.buyer, 1), said(pair.buyer, 2)) == 1
    assert await waiting(said(pair.buyer, 3)) == 1
    assert await waiting(said(pair.seller, 4)) is None
    assert await waiting(said(pair.seller, 5), said(pair.buyer, 6), said(pair.buyer, 7)) == 6
    assert await waiting(said(pair.buyer, 8), said(pair.seller, 9)) is None


async def test_only_the_author_changes_a_message_and_only_in_time(
    store: AnyStore, backend: Backend, pair: Pair
) -> None:
    seq = await post(store, pair.thread, pair.buyer, at=T0)

    assert await refused(store, changing(pair.thread, pair.seller, seq))
    assert await refused(store, changing(pair.thread, pair.buyer, seq, since=T0))
    assert await refused(store, changing(pair.thread, pair.buyer, seq + 1))
    assert not await refused(store, changing(pair.thread, pair.buyer, seq, since=T0 - 1))
    assert await backend.rows(
        f"SELECT text, edited_at FROM events WHERE thread_id = {pair.thread} AND seq = {seq}"
    ) == [("Changed", T0)]


async def test_a_withdrawn_or_reported_message_is_not_changed(
    store: AnyStore, backend: Backend, pair: Pair
) -> None:
    gone, told = [await post(store, pair.thread, pair.buyer, "Rude") for _ in range(2)]
    where: dict[str, Value] = {"thread_id": pair.thread, "target": gone, "at": T0}
    report: dict[str, Value] = {
        "id": fresh(),
        "thread_id": pair.thread,
        "seq": told,
        "me": pair.seller,
        "reason": "insult",
        "text": "",
        "at": T0,
    }

    await do(store, ("blank_message", where))
    await do(store, ("report_message", report))

    assert await refused(store, changing(pair.thread, pair.buyer, gone))
    assert await refused(store, changing(pair.thread, pair.buyer, told))
    assert await backend.rows(
        f"SELECT text, withdrawn_at FROM events WHERE thread_id = {pair.thread} AND seq = {gone}"
    ) == [("", T0)]
    again = Commit([Statement("report_message", {**report, "id": fresh()})])
    own = Commit([Statement("report_message", {**report, "id": fresh(), "me": pair.buyer})])
    assert await refused(store, again)
    assert await refused(store, own)


async def mark(store: AnyStore, pair: Pair, me: int, **marks: int) -> tuple[Any, ...] | None:
    params: dict[str, Value] = {"thread_id": pair.thread, "me": me, "delivered": 0, "read": 0}
    applied = await store.commit(Commit([Statement("put_mark", {**params, **marks})]))
    return applied.rows[0]


async def test_marks_only_rise_and_never_pass_the_end(store: AnyStore, pair: Pair) -> None:
    for _ in range(5):
        await post(store, pair.thread, pair.buyer)

    steps = [
        await mark(store, pair, pair.seller, delivered=3),
        await mark(store, pair, pair.seller, delivered=2, read=1),
        await mark(store, pair, pair.seller, read=4),
        await mark(store, pair, pair.seller, delivered=4, read=2),
        await mark(store, pair, pair.seller, delivered=99, read=99),
    ]

    assert steps == [(2, 3, 0), (2, 3, 1), (2, 4, 4), (2, 4, 4), (2, 5, 5)]
    with pytest.raises(Conflict):
        await mark(store, pair, await add_person(store), read=1)


async def test_marks_raced_from_many_devices_end_at_the_highest(
    store: AnyStore, backend: Backend, pair: Pair
) -> None:
    stores = [store, await backend.open()]
    for _ in range(20):
        await post(store, pair.thread, pair.buyer)

    await asyncio.gather(
        *[mark(stores[n % 2], pair, pair.seller, read=n * 7 % 20 + 1) for n in range(20)]
    )

    assert await store.all(MARKS, thread_id=pair.thread) == [(2, 20, 20)]


async def test_many_marks_at_once_are_each_answered_for_themselves(store: AnyStore) -> None:
    pairs = [await meet(store) for _ in range(12)]
    stranger = await add_person(store)
    for pair in pairs:
        for _ in range(3):
            await post(store, pair.thread, pair.buyer)

    outcomes = await asyncio.gather(
        *[mark(store, pair, pair.seller, read=1) for pair in pairs],
        *[mark(store, pair, stranger, read=1) for pair in pairs],
        *[mark(store, pair, pair.seller, delivered=3) for pair in pairs],
        *[mark(store, pair, pair.buyer, read=2) for pair in pairs],
        return_exceptions=True,
    )

    assert outcomes[:12] == [(2, 1, 1)] * 12
    assert {type(outcome) for outcome in outcomes[12:24]} == {Conflict}
    assert outcomes[24:36] == [(2, 3, 1)] * 12
    assert outcomes[36:] == [(1, 2, 2)] * 12


async def test_an_orders_revision_lets_one_of_two_changes_win(
    store: AnyStore, backend: Backend, pair: Pair
) -> None:
    stores = [store, await backend.open()]
    order = await add_order(store, pair.buyer, pair.shop)
    receipt: dict[str, Value] = {"id": order, "revision": 1, "at": T0, "received_by": "buyer"}

    outcomes = await asyncio.gather(
        *[stores[n % 2].commit(Commit([Statement("receive_order", receipt)])) for n in range(10)],
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 9
    assert await backend.rows(f"SELECT revision, state FROM orders WHERE id = {order}") == [
        (2, "received")
    ]


async def test_a_photo_is_posted_once_and_only_by_who_uploaded_it(
    store: AnyStore, pair: Pair
) -> None:
    photo = fresh()
    row: dict[str, Value] = {"id": photo, "owner_id": pair.buyer, "created_at": T0}
    files: dict[str, Value] = {"full_name": "f", "thumb_name": "t", "sha256": b"\x00" * 32}
    size: dict[str, Value] = {"width": 1, "height": 1, "size": 1}
    await do(store, ("add_photo", {**row, **files, **size}))

    def with_photo(me: int) -> Commit:
        plain = posting(pair.thread, me)
        claim: dict[str, Value] = {"thread_id": pair.thread, "photo_id": photo, "me": me}
        return Commit([*plain.statements, Statement("claim_photo", claim)], plain.draft)

    with pytest.raises(Conflict):
        await store.commit(with_photo(pair.seller))
    assert seq_of(await store.commit(with_photo(pair.buyer))) == 1
    with pytest.raises(Conflict):
        await store.commit(with_photo(pair.buyer))
    assert await post(store, pair.thread, pair.seller) == 2


async def test_a_deadline_fires_once_whoever_comes(store: AnyStore, backend: Backend) -> None:
    stores = [store, await backend.open()]
    clock: dict[str, Value] = {"kind": "receipt", "subject_id": 5, "revision": 3}
    await store.commit(Commit([Statement("set_deadline", {**clock, "due_at": T0}, ANY)]))

    outcomes = await asyncio.gather(
        *[stores[n % 2].commit(Commit([Statement("fire_deadline", clock)])) for n in range(12)],
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 11
