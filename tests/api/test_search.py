"""Searching one's own threads: any script, no accents, complete within two seconds, nothing of others."""

import json
from typing import Any

import pytest

from chat_server.actions.search import index_messages
from tests.factories import Customer, Pair, meet


async def find(person: Customer, words: str, **page: Any) -> list[str]:
    answer = await person.api.get("/search", params={"q": words, **page})
    assert answer.status_code == 200, answer.text
    return [hit["message"].get("text", "") for hit in answer.json()["hits"]]


async def indexed(pair: Pair) -> None:
    """Everything is in the index now, whoever put it there."""
    while await index_messages(pair.parley.ctx):
        pass


TEXTS = [
    "Когда отправите заказ? Ёлка уже нужна.",
    "Bună ziua, vânzătorul nu răspunde",
    "没有发货,我要退款",
    "The LAMP is broken, order №4471-B",
    "البضاعة لم تصل",
    "Straße, naïve café",
    "a_b snake_case",
    "100% sure (really)",
]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("заказ", 0),
        ("ЗАКАЗ", 0),
        ("отправите заказ", 0),
        ("елка", 0),
        ("ёлка", 0),
        ("отправ", 0),
        ("vanzatorul", 1),
        ("vânzătorul", 1),
        ("VÂNZĂTORUL raspunde", 1),
        ("退款", 2),
        ("发货", 2),
        ("没有发货", 2),
        ("lamp", 3),
        ("4471", 3),
        ("broken lamp", 3),
        ("البضاعة", 4),
        ("strasse", 5),
        ("cafe", 5),
        ("snake", 6),
        ("100", 7),
        ("really", 7),
    ],
)
async def test_words_are_found_in_any_script_with_or_without_marks(
    pair: Pair, words: str, found: int
) -> None:
    for text in TEXTS:
        await pair.buyer.say(pair.thread, text)

    for person in (pair.buyer, pair.seller):
        assert await find(person, words) == [TEXTS[found]]
    await indexed(pair)
    assert await find(pair.buyer, words) == [TEXTS[found]]


@pytest.mark.parametrize("words", ["lamp заказ", "款退", "amp", "lamps", "order 4472"])
async def test_all_words_must_be_there(pair: Pair, words: str) -> None:
    for text in TEXTS:
        await pair.buyer.say(pair.thread, text)
    await indexed(pair)

    assert await find(pair.buyer, words) == []


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '" OR "',
        "lamp*",
        "NEAR(lamp broken)",
        "words:lamp",
        "-lamp",
        "lamp AND",
        "^lamp",
        "c_1 lamp",
    ],
)
async def test_questions_are_words_and_never_syntax(pair: Pair, words: str) -> None:
    await pair.buyer.say(pair.thread, "lamp near broken and words")

    answer = await pair.buyer.api.get("/search", params={"q": words})

    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert answer.json()["reason"] == "no_words"


async def test_an_edit_is_found_by_its_new_words_only(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "green lamp")
    await indexed(pair)
    await pair.buyer.edit(pair.thread, 1, "yellow lamp")

    at_once = await find(pair.buyer, "yellow")
    await indexed(pair)

    assert at_once == await find(pair.seller, "yellow") == ["yellow lamp"]
    assert await find(pair.buyer, "green") == []


async def test_what_was_withdrawn_is_found_no_more_from_that_moment(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "secret lamp")
    await indexed(pair)
    assert await find(pair.seller, "secret") == ["secret lamp"]

    await pair.buyer.withdraw(pair.thread, 1)

    assert await find(pair.seller, "secret") == []
    await indexed(pair)
    assert await find(pair.seller, "secret") == []


async def test_item_30_nobody_finds_what_he_may_not_read(pair: Pair) -> None:
    other = await meet(pair.town)
    await pair.buyer.say(pair.thread, "needle")
    await indexed(pair)

    for stranger in (other.buyer, other.seller):
        answer = await stranger.api.get("/search", params={"q": "needle"})
        assert answer.json() == {"hits": []}
    await pair.town.shop([other.seller], key=pair.shop.key, version=2)
    assert await find(pair.seller, "needle") == []
    assert await find(other.seller, "needle") == ["needle"], "a new member reads, so he finds"


async def test_the_owners_marks_in_the_index_cannot_be_forged(pair: Pair) -> None:
    """A text that looks like another person's mark makes nothing visible to that person."""
    other = await meet(pair.town)
    marks = f"c_{int(other.buyer.id, 16):x} s_{int(other.shop.id, 16):x} needle"
    await pair.buyer.say(pair.thread, marks)
    await indexed(pair)

    assert await find(other.buyer, "needle") == await find(other.seller, "needle") == []


async def test_hits_are_paged_newest_first_without_hole_or_repeat(pair: Pair) -> None:
    texts = [f"lamp {n}" for n in range(7)]
    for n, text in enumerate(texts):
        await pair.buyer.say(pair.thread, text)
        if n == 3:
            await indexed(pair)

    found: list[str] = []
    page: dict[str, Any] = {"q": "lamp", "limit": 3}
    while True:
        answer = (await pair.seller.api.get("/search", params=page)).json()
        found += [hit["message"]["text"] for hit in answer["hits"]]
        if "next" not in answer:
            break
        page["before"] = answer["next"]

    assert found == texts[::-1]


async def test_a_hit_carries_its_thread_and_its_place(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "lamp")
    await indexed(pair)

    (hit,) = (await pair.seller.api.get("/search", params={"q": "lamp"})).json()["hits"]

    assert hit["thread"] == await pair.seller.view(pair.thread)
    assert (hit["message"]["seq"], hit["message"]["author"]) == (1, pair.buyer.id)
    assert json.dumps(hit).count(pair.seller.key) == 0


@pytest.mark.parametrize(
    "page", [{"q": ""}, {"q": "a" * 201}, {}, {"q": "…"}, {"q": "a", "before": "x"}, {"q": "a\x00"}]
)
async def test_questions_without_words_are_refused(pair: Pair, page: dict[str, str]) -> None:
    answer = await pair.buyer.api.get("/search", params=page)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
