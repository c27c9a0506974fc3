"""Somebody received something: what tests of reviews begin with, and what its people do."""

import dataclasses
from typing import Any

from tests.api.harness import fresh_key
from tests.factories import Colleague, Customer, Order, Product, Shop, Town


@dataclasses.dataclass
class Deal:
    """Somebody received something."""

    town: Town
    buyer: Customer
    seller: Customer
    shop: Shop
    product: Product
    order: Order
    line: str

    @property
    def path(self) -> str:
        """Of the line that was received."""
        return f"/orders/{self.order.id}/lines/{self.line}"

    async def rates(self, stars: int = 5, **fields: Any) -> Any:
        """Tries to give it stars."""
        body = {"client_key": fresh_key(), "stars": stars, **fields}
        return await self.buyer.api.post(f"{self.path}/review", json=body)

    async def rated(self, stars: int = 5, **fields: Any) -> str:
        """Gives it stars; the review's id."""
        response = await self.rates(stars, **fields)
        assert response.status_code == 201, response.text
        return str(response.json()["id"])


async def deal(town: Town, state: str = "received", shop: Shop | None = None) -> Deal:
    """A buyer, a seller, and an order between them."""
    buyer, seller = await town.buyer("Ana Rusu"), await town.seller()
    shop = shop or await town.shop([seller])
    product = await town.product(shop)
    price = {"amount": "12.50", "currency": "EUR"}
    lines = [{"key": "a", "title": "Lamp", "price": price, "product": product.key}]
    order = await town.order(buyer, shop, state, lines=lines)
    shown = (await buyer.api.get(f"/orders/{order.id}")).json()
    return Deal(town, buyer, seller, shop, product, order, shown["lines"][0]["id"])


async def send(who: Customer, review: str, part: str, text: str, **fields: Any) -> Any:
    """Tries to write a part of a review."""
    body = {"client_key": fresh_key(), "text": text, **fields}
    return await who.api.put(f"/reviews/{review}/parts/{part}", json=body)


async def decide(who: Colleague, move: str = "publish", **fields: Any) -> list[str]:
    """Decides about everything that waits; what became of it."""
    queue = (await who.api.get("/console/moderation")).json()
    decisions = [
        {"review_id": t["review_id"], "part": t["part"], "revision": t["revision"], "move": move}
        | fields
        for t in queue["texts"]
    ]
    answer = await who.api.post("/console/moderation/decisions", json={"decisions": decisions})
    assert answer.status_code == 200, answer.text
    outcomes: list[str] = answer.json()["outcomes"]
    return outcomes


async def read_product(town: Town, product: Product, **query: Any) -> dict[str, Any]:
    """What everybody reads of a product."""
    answer = await town.parley.client().get(f"/products/{product.key}/reviews", params=query)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page
