"""A shop's figure over HTTP, explained to its people page by page."""

import pytest

from chat_server.actions.explained import PAGE
from tests.api.harness import DAY, fresh_key
from tests.explained import walk_http
from tests.factories import Customer, Shop, Town

LINES = 60


@pytest.fixture
async def rated(town: Town) -> tuple[Customer, Shop]:
    """A seller, and a shop whose only buyer rated two things a day for a month; two of them do not count."""
    seller, buyer, supervisor = await town.seller(), await town.buyer(), await town.colleague()
    shop = await town.shop([seller])
    price = {"amount": "1.00", "currency": "EUR"}
    lines = [{"key": f"{n}", "title": "Lamp", "price": price} for n in range(LINES)]
    order = await town.order(buyer, shop, "received", lines=lines)
    given = []
    for number, line in enumerate((await buyer.api.get(f"/orders/{order.id}")).json()["lines"]):
        path = f"/orders/{order.id}/lines/{line['id']}/review"
        body = {"client_key": fresh_key(), "stars": 1 + number % 5}
        given.append((await buyer.api.post(path, json=body)).json()["id"])
        town.parley.clock.advance(DAY // 2 - 1)
        buyer.renew()
    await supervisor.sign_in()
    for review in (given[7], given[55]):
        annulled = {"annulled": True, "reason": "bought"}
        await supervisor.api.put(f"/console/reviews/{review}/annulment", json=annulled)
    seller.renew()
    return seller, shop


async def test_a_group_is_told_whole_on_the_page_of_its_opener(
    rated: tuple[Customer, Shop],
) -> None:
    seller, shop = rated

    first = (await seller.api.get(f"/shops/{shop.id}/rating")).json()
    whole = await walk_http(seller.api, shop.id)

    groups = [
        [one.get("opener", one["review_id"]) for one in told if one["fate"] != "excluded"]
        for told in (first["ratings"], whole["ratings"])
    ]
    assert whole["pages"] == 2
    assert len(whole["ratings"]) == LINES > PAGE
    assert [len(set(opened)) for opened in groups] == [2, 3]
    assert all(groups[1].count(opener) == groups[0].count(opener) for opener in groups[0])


async def test_sections_are_all_of_it_and_add_up_to_the_card(
    town: Town, rated: tuple[Customer, Shop]
) -> None:
    seller, shop = rated
    town.parley.clock.advance(162 * DAY)
    seller.renew()

    whole = await walk_http(seller.api, shop.id)
    sections = {
        show: await walk_http(seller.api, shop.id, show=show)
        for show in ("window", "earlier", "excluded")
    }

    counts, card = whole["counts"], whole["card"]
    assert card == (await town.parley.client().get(f"/shops/{shop.key}/card")).json()
    opened = {
        show: [one for one in told["ratings"] if one["fate"] == "counted"]
        for show, told in sections.items()
    }
    assert (counts["window"], counts["earlier"]) == (len(opened["window"]), len(opened["earlier"]))
    assert counts["window"] == card["positive"] + card["neutral"] + card["negative"] > 0
    assert counts["earlier"] > 0
    assert (counts["refunded"], counts["annulled"]) == (0, 2)
    assert counts["merged"] == LINES - 2 - counts["window"] - counts["earlier"]
    told = [one["review_id"] for part in sections.values() for one in part["ratings"]]
    assert sorted(told) == sorted(one["review_id"] for one in whole["ratings"])


@pytest.mark.parametrize("query", ["show=merged", "before=yesterday", "page=2"])
async def test_what_is_asked_wrongly_is_refused(town: Town, query: str) -> None:
    seller = await town.seller()
    shop = await town.shop([seller])

    answer = await seller.api.get(f"/shops/{shop.id}/rating?{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
