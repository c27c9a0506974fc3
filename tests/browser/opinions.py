"""What is said of a product: buyers who rate it, a shop that answers, and a moderator who lets everything pass."""

import itertools
from typing import Final

import httpx2

from chat_server.client import sign
from chat_server.wire.bodies import PutOrder, PutOrderLine, PutPerson, PutProduct
from chat_server.wire.shapes import OrderState
from tests.browser.deals import PLACED, PRICE, Bought, Deals
from tests.e2e.node import JWT_KEY, KEY_ID
from tests.factories_sql import fresh_key
from tests.patience import PATIENCE_S

SHOP: Final = "Lumen"
SELLER: Final = "sol"

_numbers = itertools.count(1)


class Opinions(Deals):
    """One shop, and whatever is said of its goods."""

    async def offers(self, product: str) -> None:
        """Puts a product of the shop, which exists from the first on."""
        await self.sells(SELLER, SHOP)
        await self.backend.put_product(product, PutProduct(SHOP.lower(), product.title(), 1))

    async def sold(
        self,
        product: str,
        buyer: str,
        *,
        name: str = "Ana Rusu",
        country: str = "MD",
        state: OrderState = "received",
    ) -> Bought:
        """Somebody buys it; it is there already, or on its way."""
        key = f"bought-{next(_numbers)}"
        await self.backend.put_person(buyer, PutPerson(name, 1, country=country))
        lines = [PutOrderLine("a", product.title(), PRICE, product=product)]
        order = PutOrder(
            buyer,
            SHOP.lower(),
            state,
            1,
            lines,
            PRICE,
            placed_at=PLACED,
            paid_at=PLACED,
            # What was sent so long ago, and is on its way, is soon taken for received.
            shipped_at=PLACED if state == "received" else None,
        )
        stands = await self.backend.put_order(key, order)
        shown = await self.says("GET", f"/orders/{stands.id}", who=buyer)
        path = f"/orders/{stands.id}/lines/{shown['lines'][0]['id']}"
        return Bought(buyer, key, order, path)

    async def rated(
        self,
        product: str,
        stars: int,
        text: str = "",
        *,
        name: str = "Ana Rusu",
        country: str = "MD",
        photos: int = 0,
        details: tuple[int, int, int] | None = None,
    ) -> str:
        """Somebody who was never here before buys it, receives it and rates it; the review's id."""
        bought = await self.sold(product, f"reader-{next(_numbers)}", name=name, country=country)
        review = await self.rates(bought, stars, text, photos=photos)
        if details:
            named = dict(zip(("described", "communication", "shipping"), details, strict=True))
            await self.says("PUT", f"{bought.path}/order-rating", who=bought.buyer, **named)
        self.authors[review] = bought.buyer
        return review

    @property
    def authors(self) -> dict[str, str]:
        """Who wrote what, by the review's id."""
        found: dict[str, str] = self.__dict__.setdefault("_authors", {})
        return found

    async def follows_up(self, review: str, text: str) -> None:
        """Its author writes again, some days later."""
        self.dates_back(review, 3)
        await self._writes(self.authors[review], "buyer", review, "followup", text)

    async def replies(self, review: str, text: str, part: str = "reply") -> None:
        """The shop answers."""
        await self._writes(SELLER, "seller", review, part, text)

    async def reports(self) -> list[tuple[str, str]]:
        """What readers have reported: of each text its words and the first reason."""
        queue = await self.says("GET", "/console/moderation")
        return [(one["text"], one["reports"][0]["reason"]) for one in queue.get("reported", ())]

    async def _writes(self, who: str, role: str, review: str, part: str, text: str) -> None:
        headers = {"authorization": f"Bearer {sign(JWT_KEY, KEY_ID, who, role)}"}
        body = {"client_key": fresh_key(), "text": text}
        url = f"{self.node.url}/api/v1"
        async with httpx2.AsyncClient(base_url=url, timeout=PATIENCE_S) as http:
            put = await http.put(f"/reviews/{review}/parts/{part}", json=body, headers=headers)
        assert put.is_success, put.text
