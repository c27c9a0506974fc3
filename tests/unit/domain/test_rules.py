"""Small rules of the ground floor: buckets, content, orders, threads, events, secrets, errors."""

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain import errors
from chat_server.domain.errors import Invalid, ParleyError
from chat_server.domain.events import NO_BODY, Body, Draft, PhotoRef, pack, unpack
from chat_server.domain.ids import OrderId, PersonId, ProductId, ShopId, ThreadId
from chat_server.domain.limits import Bucket
from chat_server.domain.messages import MAX_PHOTOS, MAX_TEXT, check_content, fingerprint
from chat_server.domain.orders import (
    CONFIRMABLE,
    DAY_MS,
    FORWARD,
    Dates,
    OrderState,
    can_confirm,
    may_follow,
    with_defaults,
)
from chat_server.domain.people import Actor, Role, Side
from chat_server.domain.search import has_words, query_of
from chat_server.domain.secrets import same_secret, secret_hash
from chat_server.domain.threads import EventKind, Thread, other_side, side_of
from chat_server.wire.codes import ErrorCode

# Buckets.


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(2.0, 3, 1000)

    assert [bucket.take(1000) for _ in range(4)] == [0, 0, 0, 500]
    assert bucket.take(1499) == 1
    assert bucket.take(1500) == 0
    assert not bucket.full(2500)
    assert bucket.full(3000)


@given(
    st.floats(0.1, 100),
    st.integers(1, 50),
    st.lists(st.integers(0, 2000), min_size=1, max_size=200),
)
def test_in_no_time_does_a_bucket_give_more_than_it_may(
    rate: float, burst: int, pauses: list[int]
) -> None:
    bucket, now, given_at = Bucket(rate, burst, 0), 0, []
    for pause in pauses:
        now += pause
        if not bucket.take(now):
            given_at.append(now)

    for start, end in itertools.combinations(range(len(given_at)), 2):
        span = given_at[end] - given_at[start]
        assert end - start + 1 <= burst + span * rate / 1000 + 1e-6


@given(st.floats(0.1, 100), st.integers(1, 5))
def test_who_waits_as_long_as_he_was_told_gets_in(rate: float, burst: int) -> None:
    bucket = Bucket(rate, burst, 0)
    while not (wait := bucket.take(0)):
        pass

    assert bucket.take(wait + 1) == 0


# Messages.


@pytest.mark.parametrize(
    ("text", "photos", "reason"),
    [
        ("", 0, "empty"),
        (" \n\u3000", 0, "empty"),
        ("a" * (MAX_TEXT + 1), 0, "too_long"),
        ("a", MAX_PHOTOS + 1, "too_many_photos"),
        ("a\x00", 0, "nul"),
        ("\x00", 1, "nul"),
    ],
)
def test_what_may_not_be_said(text: str, photos: int, reason: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_content(text, photos)

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "photos"), [("a", 0), ("", 1), (" ", 1), ("🙂" * MAX_TEXT, MAX_PHOTOS)]
)
def test_what_may_be_said(text: str, photos: int) -> None:
    check_content(text, photos)


PARTS = st.lists(st.text(st.characters(exclude_characters="\x00")), min_size=2, max_size=4)


@given(PARTS, PARTS)
def test_two_writes_are_one_only_if_all_their_parts_are(one: list[str], other: list[str]) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) is (one == other)
    assert fingerprint("\ud800") != fingerprint("\ud801")


# Orders.


def test_the_table_of_states_is_total_and_goes_only_forward() -> None:
    assert set(FORWARD) == set(OrderState)
    for before, after in itertools.permutations(OrderState, 2):
        assert not (may_follow(before, after) and may_follow(after, before))
    for state in OrderState:
        assert may_follow(state, state), "a later version may change details"
        assert can_confirm(state) is (state in CONFIRMABLE)
        if can_confirm(state):
            assert may_follow(state, OrderState.RECEIVED)
    reached = {OrderState.PLACED}
    while (more := reached | {s for r in reached for s in FORWARD[r]}) != reached:
        reached = more
    assert reached == set(OrderState)


NOTHING = Dates(None, None, None, None, None)


@pytest.mark.parametrize(
    ("given_dates", "ship_by", "protected_until"),
    [
        (NOTHING, None, None),
        (dataclasses.replace(NOTHING, paid_at=5), 5 + 10 * DAY_MS, None),
        (dataclasses.replace(NOTHING, paid_at=5, ship_by=7), 7, None),
        (dataclasses.replace(NOTHING, shipped_at=5), None, 5 + 15 * DAY_MS),
        (dataclasses.replace(NOTHING, shipped_at=5, promised_days=3), None, 5 + 18 * DAY_MS),
        (dataclasses.replace(NOTHING, shipped_at=5, protected_until=9), None, 9),
    ],
)
def test_windows_that_are_left_open_are_filled_in(
    given_dates: Dates, ship_by: int | None, protected_until: int | None
) -> None:
    filled = with_defaults(given_dates)

    assert (filled.ship_by, filled.protected_until) == (ship_by, protected_until)


# Threads and events.


def thread(shop: int | None) -> Thread:
    shop_id = ShopId(shop) if shop is not None else None
    return Thread(ThreadId(1), "product", PersonId(10), shop_id, ProductId(3), OrderId(4), 0, 0, 0)


@pytest.mark.parametrize(
    ("person", "shops", "shop", "side"),
    [
        (10, set(), 20, Side.CUSTOMER),
        (10, {20}, 20, Side.CUSTOMER),
        (11, {20}, 20, Side.SHOP),
        (11, {21}, 20, None),
        (11, set(), 20, None),
        (11, {20}, None, None),
    ],
)
def test_where_somebody_stands(
    person: int, shops: set[int], shop: int | None, side: Side | None
) -> None:
    actor = Actor(PersonId(person), Role.BUYER, frozenset(map(ShopId, shops)))

    assert side_of(thread(shop), actor) is side


@pytest.mark.parametrize(
    ("role", "teams", "kind", "side"),
    [
        (Role.AGENT, {5}, "support", Side.STAFF),
        (Role.AGENT, {6}, "support", None),
        (Role.SUPERVISOR, set(), "support", Side.STAFF),
        (Role.SUPERVISOR, set(), "order", None),
        (Role.AGENT, {5}, "product", None),
    ],
)
def test_staff_see_the_support_threads_of_their_teams_and_nothing_else(
    role: Role, teams: set[int], kind: str, side: Side | None
) -> None:
    asked = dataclasses.replace(thread(None), kind=kind, team_id=5)

    assert side_of(asked, Actor(PersonId(10), role, teams=frozenset(teams))) is side


def test_each_side_hears_the_other() -> None:
    sides = (Side.CUSTOMER, Side.SHOP)

    assert [other_side(thread(20), side) for side in sides] == [Side.SHOP, Side.CUSTOMER]
    assert [other_side(thread(None), side) for side in (Side.CUSTOMER, Side.STAFF)] == [
        Side.STAFF,
        Side.CUSTOMER,
    ]


@given(
    st.builds(
        Body,
        st.lists(st.builds(PhotoRef, st.integers(), st.integers(), st.integers())).map(tuple),
        st.text(),
        st.dictionaries(st.text(), st.text()),
    )
)
def test_what_is_packed_is_unpacked_the_same(body: Body) -> None:
    assert unpack(pack(body)) == body


def test_plain_text_packs_to_nothing() -> None:
    assert (pack(NO_BODY), unpack("")) == ("", NO_BODY)


def test_a_draft_becomes_the_event_at_its_place() -> None:
    event = Draft(ThreadId(1), EventKind.POSTED, 5, 6, "Hello", "", 2, "key").placed(3, 1, 10, 20)

    assert (event.thread_id, event.seq, event.side, event.customer_id, event.shop_id) == (
        1,
        3,
        1,
        10,
        20,
    )
    assert (event.kind, event.at, event.author_id, event.text) == (1, 5, 6, "Hello")
    assert (event.target, event.client_key, event.edited_at, event.withdrawn_at) == (
        2,
        "key",
        None,
        None,
    )


# Secrets and errors.


def test_secrets_are_kept_as_hashes_and_compared_whole() -> None:
    assert secret_hash("a") != secret_hash("b")
    assert len(secret_hash("a")) == 32
    assert same_secret("secret", "secret")
    assert not same_secret("secret", "secret ")
    assert not same_secret("", "é")


def test_every_mistake_has_a_code_of_its_own_and_is_in_the_tree() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, ParleyError) and kind is not ParleyError
    ]
    codes = [kind.code for kind in kinds]

    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(ErrorCode)
    assert errors.__doc__ is not None
    for kind in kinds:
        assert {kind.__name__, kind.code} <= set(errors.__doc__.split())


def test_a_mistake_tells_its_code_and_reason() -> None:
    assert str(errors.WrongState("edit_window")) == "wrong_state: edit_window"
    assert str(errors.NotFound()) == "not_found"
    assert errors.LimitReached(retry_after_ms=5).retry_after_ms == 5


# Search.


@pytest.mark.parametrize(
    ("text", "question", "found"),
    [
        ("Когда отправите заказ?", "заказ отправ", True),
        ("Когда отправите заказ?", "заказ лампа", False),
        ("没有发货,我要退款", "退款", True),
        ("没有发货,我要退款", "款退", False),
        ("order №4471-B", "4471", True),
        ("lamp", "la", False),
        ("lamp", "lam", True),
    ],
)
def test_a_text_has_what_a_question_asks_for(text: str, question: str, found: bool) -> None:
    assert has_words(text, query_of(question)) is found


@given(st.text(max_size=60))
def test_a_text_has_its_own_words(text: str) -> None:
    assert has_words(text, query_of(text))
