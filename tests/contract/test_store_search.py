"""Search: the same words find the same messages on either engine, for their parties alone."""

import pytest

from chat_server.domain import search
from chat_server.ports import ANY, Commit, Query, Statement, Value
from chat_server.storage import AnyStore
from tests.factories_sql import Pair, changing, do, fresh, meet, post

FOUND = Query("search_messages", lambda position, *event: (position, event[0], event[1], event[6]))

TEXTS = [
    "Когда придёт мой заказ? Ёлка ещё не пришла",
    "Vânzătorul nu a trimis țigla și lămpile",
    "Vanzatorul a raspuns",
    "我的包裹没有发货，我要退款",
    "Order #12-345 isn't here; price_list: 99.50",
    "Le café est arrivé à l'hôtel",
    "متى يصل الطلب؟ شُكرًا",
    "Гарний їжак і ґанок",
]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def index(store: AnyStore, pair: Pair, seq: int, text: str) -> None:
    owners = [search.customer_token(pair.buyer), search.shop_token(pair.shop)]
    words = " ".join([*owners, *search.words_of(text)])
    where: dict[str, Value] = {"thread_id": pair.thread, "seq": seq}
    await do(store, ("unindex_message", where), rows=ANY)
    await do(store, ("index_message", {**where, "words": words}), rows=ANY)


@pytest.fixture
async def pair(store: AnyStore) -> Pair:
    """Two people who said all of TEXTS, beside two who said the same."""
    foreign, pair = await meet(store), await meet(store)
    for text in TEXTS:
        for one in (foreign, pair):
            await index(store, one, await post(store, one.thread, one.buyer, text), text)
    return pair


async def find(store: AnyStore, pair: Pair, question: str, me: int | None = None) -> list[str]:
    """The texts found, newest first."""
    owners = [search.customer_token(pair.buyer), search.shop_token(pair.shop)]
    rows = await store.all(
        FOUND,
        match=store.match_expression([owners, *search.query_of(question)]),
        desk=0,
        me=pair.buyer if me is None else me,
        before=2**62,
        limit=50,
    )
    assert all(thread == pair.thread for _, thread, _, _ in rows)
    return [text for _, _, _, text in rows]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("елка", [0]),
        ("ЁЛКА", [0]),
        ("заказ", [0]),
        ("зака", [0]),
        ("мой заказ", [0]),
        ("мои заказ", []),
        ("заказа", []),
        ("vanzatorul", [2, 1]),
        ("vânzătorul", [2, 1]),
        ("VANZĂTOR", [2, 1]),
        ("tigla", [1]),
        ("ţigla", [1]),
        ("țigla", [1]),
        ("退款", [3]),
        ("发货", [3]),
        ("款", [3]),
        ("没有发货", [3]),
        ("货发", []),
        ("包裹 退款", [3]),
        ("12", [4]),
        ("345", [4]),
        ("12-345", [4]),
        ("price_list", [4]),
        ("isn't", [4]),
        ("cafe hotel", [5]),
        ("café arrive", [5]),
        ("شكرا", [6]),
        ("طلب", []),
        ("الطلب", [6]),
        ("їжак", [7]),
        ("іжак", [7]),
        ("ганок", []),
        ("ґанок", [7]),
        ("nowhere", []),
        ("vanzatorul nowhere", []),
    ],
)
async def test_words_find_their_messages_newest_first(
    store: AnyStore, pair: Pair, question: str, found: list[int]
) -> None:
    assert await find(store, pair, question) == [TEXTS[number] for number in found]


@pytest.mark.parametrize("question", ["' OR 1=1", '"', "a'b\"c", "\\", "NEAR(заказ)", "заказ & !x"])
async def test_no_question_is_taken_for_a_formula(
    store: AnyStore, pair: Pair, question: str
) -> None:
    words = search.query_of(question)
    texts = await find(store, pair, question) if words else []

    assert texts in ([], [TEXTS[0]])


@pytest.mark.parametrize("word", ["'", '"', "\\", "a'b", 'a"b', "a\\b", "a b", "'':*", "a&b|c"])
async def test_any_word_at_all_makes_a_lawful_expression(store: AnyStore, word: str) -> None:
    for group in ([word], [word + "*"], [word, "other"]):
        match = store.match_expression([group, ["lamp"]])
        rows = await store.all(FOUND, match=match, desk=0, me=1, before=2**62, limit=5)
        assert rows == []


async def test_sellers_find_what_was_written_to_their_shop_and_strangers_nothing(
    store: AnyStore, pair: Pair
) -> None:
    stranger = await meet(store)

    assert await find(store, pair, "退款", me=pair.seller) == [TEXTS[3]]
    assert await find(store, pair, "退款", me=stranger.buyer) == []
    assert await find(store, pair, "退款", me=fresh()) == []


async def test_an_edit_is_found_by_its_new_words_and_a_withdrawal_by_none(
    store: AnyStore, pair: Pair
) -> None:
    await store.commit(changing(pair.thread, pair.buyer, 1))
    await index(store, pair, 1, "Changed")
    assert await find(store, pair, "заказ") == []
    assert await find(store, pair, "changed") == ["Changed"]

    blank: dict[str, Value] = {"thread_id": pair.thread, "target": 1, "at": 5}
    await do(store, ("blank_message", blank))

    assert await find(store, pair, "changed") == []
    late: dict[str, Value] = {"thread_id": pair.thread, "seq": 1, "words": "changed"}
    removed = Commit([Statement("unindex_message", {"thread_id": pair.thread, "seq": 1}, 1)])
    await store.commit(removed)
    applied = await store.commit(Commit([Statement("index_message", late, 0)]))
    assert applied.rows == [None]


async def test_results_come_in_pages(store: AnyStore) -> None:
    pair = await meet(store)
    for number in range(7):
        seq = await post(store, pair.thread, pair.buyer, f"lamp {number}")
        await index(store, pair, seq, f"lamp {number}")
    seqs: list[int] = []
    before = 2**62
    match = store.match_expression([[search.customer_token(pair.buyer)], ["lamp*"]])

    while rows := await store.all(
        FOUND, match=match, desk=0, me=pair.buyer, before=before, limit=3
    ):
        seqs += [seq for _, _, seq, _ in rows]
        before = rows[-1][0]

    assert seqs == [7, 6, 5, 4, 3, 2, 1]
