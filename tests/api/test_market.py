"""What the backend puts: versions, parties that never change, membership (PRODUCT: orders; people and identity)."""

import asyncio
from typing import Any

import pytest

from tests.factories import Pair, Town


async def test_only_a_newer_version_changes_anything(town: Town) -> None:
    async def put(version: int, name: str) -> dict[str, Any]:
        return await town.put("people/ana", {"name": name, "version": version})

    first, same, older, newer = (
        await put(5, "Ana"),
        await put(5, "Anna"),
        await put(4, "Aна"),
        await put(6, "Ana Maria"),
    )

    assert [s["applied"] for s in (first, same, older, newer)] == [True, False, False, True]
    assert [s["version"] for s in (first, same, older, newer)] == [5, 5, 5, 6]
    assert len({s["id"] for s in (first, same, older, newer)}) == 1


async def test_versions_that_race_end_with_the_newest(pair: Pair) -> None:
    async def put(version: int) -> None:
        body = {"shop": pair.shop.key, "title": f"Lamp {version}", "version": version}
        await pair.town.put(f"products/{pair.product.key}", body)

    await asyncio.gather(*(put(version) for version in (9, 3, 12, 5, 11, 7, 2, 10)))

    assert (await pair.buyer.view(pair.thread))["product"]["title"] == "Lamp 12"


async def test_the_shop_of_a_product_never_changes(pair: Pair) -> None:
    other = await pair.town.shop([await pair.town.seller()])
    body = {"shop": other.key, "title": "Lamp", "version": 99}

    answer = await pair.town.backend.put(f"/backend/products/{pair.product.key}", json=body)

    assert (answer.status_code, answer.json()["reason"]) == (409, "other_shop")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("shops/s", {"name": "S", "version": 1, "members": ["nobody-known"]}),
        ("products/p", {"shop": "no-such-shop", "title": "P", "version": 1}),
    ],
)
async def test_what_a_put_names_must_be_known(path: str, body: dict[str, Any], town: Town) -> None:
    answer = await town.backend.put(f"/backend/{path}", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_nobody_lives_in_a_zone_that_nobody_knows(town: Town) -> None:
    body = {"name": "Ana", "zone": "Mars/Base", "version": 1}

    answer = await town.backend.put("/backend/people/ana", json=body)

    assert (answer.status_code, answer.json()["reason"]) == (422, "hours_zone")


async def test_members_of_a_shop_are_exactly_those_of_its_newest_version(town: Town) -> None:
    one, two = await town.seller(), await town.seller()
    shop = await town.shop([one, two])

    async def shops() -> list[list[str]]:
        answers = [await person.api.get("/me") for person in (one, two)]
        return [[s["id"] for s in answer.json()["shops"]] for answer in answers]

    both = await shops()
    await town.shop([two], key=shop.key, version=2)
    await town.shop([one, two], key=shop.key, version=1)

    assert both == [[shop.id], [shop.id]]
    assert await shops() == [[], [shop.id]]


async def test_nobody_buys_from_himself(pair: Pair) -> None:
    """Neither by a thread nor by an order; elsewhere a seller buys like everybody."""
    own = await pair.seller.api.post("/threads", json={"product": pair.product.id})
    elsewhere = await pair.town.shop([pair.buyer])
    foreign = await pair.town.product(elsewhere)
    order = {
        "buyer": pair.seller.key,
        "shop": pair.shop.key,
        "state": "placed",
        "version": 1,
        "lines": [{"key": "a", "title": "L", "price": {"amount": "1", "currency": "EUR"}}],
        "total": {"amount": "1", "currency": "EUR"},
        "placed_at": 1,
    }
    bought = await pair.town.backend.put("/backend/orders/own", json=order)

    assert (own.status_code, own.json()["reason"]) == (403, "own_shop")
    assert (bought.status_code, bought.json()["reason"]) == (422, "own_shop")
    view = await pair.seller.view(await pair.seller.open(foreign))
    assert view["my_side"] == "customer"


async def test_there_is_one_thread_for_a_product_and_one_for_an_order(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    colleague = await pair.town.seller()
    await pair.town.shop([pair.seller, colleague], key=pair.shop.key, version=2)

    by_order = await asyncio.gather(
        *(person.open(order) for person in (pair.buyer, pair.seller, colleague, pair.buyer))
    )
    by_product = await asyncio.gather(*(pair.buyer.open(pair.product) for _ in range(5)))
    other = await pair.town.buyer()
    by_key = await pair.buyer.api.post("/threads", json={"product": pair.product.key})
    order_by_key = await pair.seller.api.post("/threads", json={"order": order.key})

    assert len({*by_order, order_by_key.json()["id"]}) == 1
    assert {*by_product, by_key.json()["id"]} == {pair.thread}
    assert await other.open(pair.product) != pair.thread


@pytest.mark.parametrize(
    "body", [{}, {"product": "a", "order": "b"}, {"product": None, "order": None}]
)
async def test_a_thread_is_about_one_thing(pair: Pair, body: dict[str, Any]) -> None:
    answer = await pair.buyer.api.post("/threads", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("about", ["product", "order"])
async def test_what_there_is_not_cannot_be_talked_about(pair: Pair, about: str) -> None:
    for key in ("no-such-thing", "0" * 16, "7" * 16, "", "\u202e"):
        answer = await pair.buyer.api.post("/threads", json={about: key})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "key", ["a%20b", "a%00", "a%0A", "%5C", "a%3Fb", "a%23", "%25", "a" * 129, "%E2%80%A8", "a%2Fb"]
)
async def test_keys_that_a_marketplace_may_not_give_are_refused(town: Town, key: str) -> None:
    answer = await town.backend.put(f"/backend/people/{key}", json={"name": "A", "version": 1})

    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("number", ["3", "3.0", "30e-1", "0.3e1"])
async def test_a_whole_number_may_be_written_in_any_way(town: Town, number: str) -> None:
    content = f'{{"name": "Ana", "version": {number}}}'.encode()

    answer = await town.backend.put(
        "/backend/people/ana", content=content, headers={"content-type": "application/json"}
    )

    assert (answer.status_code, answer.json()["version"]) == (200, 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a" * 201),
        ("name", None),
        ("version", 0),
        ("version", "1"),
        ("version", 1.5),
        ("version", 1e300),
        ("version", "1.0"),
        ("version", True),
        ("version", 2**53),
        ("locale", "e"),
        ("locale", "../en"),
        ("locale", "en\n"),
        ("country", "md"),
        ("country", "MD\n"),
        ("zone", "UTC; DROP"),
        ("role", "agent"),
        ("__proto__", {}),
    ],
)
async def test_fields_are_what_they_must_be(town: Town, field: str, value: object) -> None:
    body = {"name": "Ana", "version": 1, field: value}

    answer = await town.backend.put("/backend/people/ana", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
