"""Buyers who rate what they receive, readers, a backend and a supervisor, who all insist while their server dies."""

import asyncio
import contextlib
import dataclasses
import random
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx2

from chat_server.actions.staff import put_staff
from chat_server.client import new_key, sign
from chat_server.client.http import new_http
from chat_server.gateways.clock import SystemClock, SystemIds
from chat_server.gateways.passwords import hash_password
from chat_server.storage import open_store
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID

PRICE: Final = {"amount": "12.50", "currency": "EUR"}
PASSWORD: Final = "correct horse battery"
EMAIL: Final = "supervisor@staff.example"
PATIENCE_S: Final = 120
LINES: Final = 3
"""Of an order; they are rated at the same time."""

PRODUCTS: Final = 3
"""Of a shop."""


@dataclasses.dataclass
class Given:
    """A rating that the server has acknowledged, and what has become of it since."""

    review: str
    line: str
    stars: int
    text: bool = False
    annulled: bool = False
    refunded: bool = False
    helpful: set[int] = dataclasses.field(default_factory=set)


async def hire(store: str) -> None:
    """A supervisor, past the server."""
    opened, clock = open_store(store), SystemClock()
    await opened.start()
    try:
        ids, hashed = SystemIds(clock), hash_password(PASSWORD)
        await put_staff(opened, clock, ids, EMAIL, "Supervisor", "supervisor", hashed)
    finally:
        await opened.stop()


class ReviewCrew:
    """Everybody of a market, and all that the server has acknowledged to them."""

    def __init__(self, url: str, http: httpx2.AsyncClient, buyers: int, shops: int) -> None:
        self.url, self.http = url, http
        self.buyers, self.shops = buyers, shops
        self.given: list[Given] = []
        self.orders_rated = 0
        self.repeated = 0
        self.shop_ids: list[str] = []
        self._chance = random.Random()

    async def arrive(self) -> None:
        """The backend tells of everybody, and the supervisor signs in."""
        for number in range(self.buyers):
            await self._put(f"people/buyer-{number}", {"name": f"Buyer {number}", "version": 1})
        for shop in range(self.shops):
            await self._put(f"people/seller-{shop}", {"name": f"Seller {shop}", "version": 1})
            body = {"name": f"Shop {shop}", "version": 1, "members": [f"seller-{shop}"]}
            self.shop_ids.append((await self._put(f"shops/shop-{shop}", body))["id"])
            for number in range(PRODUCTS):
                lamp = {"shop": f"shop-{shop}", "title": "A lamp", "version": 1, "price": PRICE}
                await self._put(f"products/lamp-{shop}-{number}", lamp)
        session = {"email": EMAIL, "password": PASSWORD}
        await self.insist("POST", "/console/session", {"x-parley": "1"}, session)

    async def buy(self, number: int) -> None:
        """An order from its receipt to all that is said and done about it."""
        chance = self._chance
        buyer, shop = chance.randrange(self.buyers), chance.randrange(self.shops)
        order = (await self._put(f"orders/order-{number}", _order(buyer, shop)))["id"]
        shown = (await self.insist("GET", f"/orders/{order}", self._buyer(buyer))).json()
        lines = [line["id"] for line in shown["lines"]]
        early = chance.random() < 0.1
        refunding = [chance.randrange(LINES)] if early or chance.random() < 0.2 else []
        body = _order(buyer, shop, refunding)
        async with asyncio.TaskGroup() as group:
            rated = [group.create_task(self._rate(buyer, order, line)) for line in lines]
            if (
                early
            ):  # At the same time as the ratings: whichever comes first, the line does not count.
                group.create_task(self._put(f"orders/order-{number}", body))
        given = [task.result() for task in rated]
        if refunding:
            await self._put(f"orders/order-{number}", body)
            given[refunding[0]].refunded = True
        self.given += given
        if chance.random() < 0.5:
            await self._rate_order(buyer, order, lines[0])
        for one in given:
            await self._live(one, buyer)

    async def _rate(self, buyer: int, order: str, line: str) -> Given:
        stars, text = self._chance.randint(1, 5), self._chance.random() < 0.3
        body = {"client_key": new_key(), "stars": stars, "text": "Shines as it should." * text}
        path = f"/orders/{order}/lines/{line}/review"
        answer = await self.insist("POST", path, self._buyer(buyer), body)
        assert answer.status_code == 201, answer.text
        return Given(answer.json()["id"], line, stars, text)

    async def _rate_order(self, buyer: int, order: str, line: str) -> None:
        names = ("described", "communication", "shipping")
        details = {name: self._chance.randint(1, 5) for name in names}
        path = f"/orders/{order}/lines/{line}/order-rating"
        answer = await self.insist("PUT", path, self._buyer(buyer), details)
        assert answer.status_code in (204, 409), answer.text
        self.orders_rated += 1

    async def _live(self, one: Given, buyer: int) -> None:
        """What others make of a rating."""
        chance = self._chance
        if one.text:
            await self._publish(one)
            readers = chance.sample([b for b in range(self.buyers) if b != buyer], 2)
            for reader in readers:
                await self._vote(one, reader, helpful=True)
            if chance.random() < 0.3:
                await self._vote(one, readers[0], helpful=False)
        if chance.random() < 0.15:
            await self._annul(one, annulled=True)
            if chance.random() < 0.5:
                await self._annul(one, annulled=False)

    async def _publish(self, one: Given) -> None:
        decision = {"review_id": one.review, "part": "text", "revision": 1, "move": "publish"}
        body = {"decisions": [decision]}
        answer = await self.insist("POST", "/console/moderation/decisions", {"x-parley": "1"}, body)
        # A server that died after its commit has told nobody: the decision stands, and what was seen is old.
        assert answer.json()["outcomes"][0] in ("ok", "stale"), answer.text

    async def _vote(self, one: Given, reader: int, *, helpful: bool) -> None:
        path, body = f"/reviews/{one.review}/vote", {"helpful": helpful}
        answer = await self.insist("PUT", path, self._buyer(reader), body)
        assert answer.status_code == 204, answer.text
        (one.helpful.add if helpful else one.helpful.discard)(reader)

    async def _annul(self, one: Given, *, annulled: bool) -> None:
        body = {
            "annulled": annulled,
            "reason": "bought by the shop itself" if annulled else "it was not",
        }
        path = f"/console/reviews/{one.review}/annulment"
        answer = await self.insist("PUT", path, {"x-parley": "1"}, body)
        assert answer.status_code in (204, 409), answer.text
        one.annulled = annulled

    async def explained(self, shop: int) -> dict[str, Any]:
        """A shop's figure, as its seller is told of it, with the ratings of all pages."""
        path, before = f"/shops/{self.shop_ids[shop]}/rating", ""
        given: list[Any] = []
        while True:
            proof = _proof(f"seller-{shop}", "seller")
            told: dict[str, Any] = (await self.insist("GET", path + before, proof)).json()
            given += told["ratings"]
            if not told.get("next"):
                return {**told, "ratings": given}
            before = f"?before={told['next']}"

    async def card(self, shop: int) -> dict[str, Any]:
        """The same as everybody sees it."""
        told: dict[str, Any] = (await self.insist("GET", f"/shops/shop-{shop}/card", {})).json()
        return told

    async def insist(
        self, method: str, path: str, headers: dict[str, str], body: dict[str, Any] | None = None
    ) -> httpx2.Response:
        """The same request until a living server answers, and nobody was faster."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with contextlib.suppress(httpx2.RequestError):
                    url = f"{self.url}/api/v1{path}"
                    answer = await self.http.request(method, url, json=body, headers=headers)
                    stale = answer.status_code == 409 and answer.json()["code"] == "stale"
                    if answer.status_code not in (502, 503) and not stale:
                        return answer
                self.repeated += 1
                await asyncio.sleep(0.02)

    async def _put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {API_KEY}"}
        answer = await self.insist("PUT", f"/backend/{path}", headers, body)
        assert answer.status_code == 200, answer.text
        stands: dict[str, Any] = answer.json()
        return stands

    def _buyer(self, number: int) -> dict[str, str]:
        return _proof(f"buyer-{number}", "buyer")


@contextlib.asynccontextmanager
async def review_crew(url: str, buyers: int, shops: int) -> AsyncIterator[ReviewCrew]:
    """They have arrived."""
    async with new_http(url) as http:
        crew = ReviewCrew(url, http, buyers, shops)
        await crew.arrive()
        yield crew


def _order(buyer: int, shop: int, refunded: list[int] | None = None) -> dict[str, Any]:
    """As the backend puts it: received, and a second time with money that went back."""
    lines = [
        {"key": str(n), "title": "Lamp", "price": PRICE, "product": f"lamp-{shop}-{n % PRODUCTS}"}
        for n in range(LINES)
    ]
    order = {
        "buyer": f"buyer-{buyer}",
        "shop": f"shop-{shop}",
        "state": "received",
        "version": 2 if refunded else 1,
        "lines": lines,
        "total": {"amount": "37.50", "currency": "EUR"},
        "placed_at": 1_750_000_000_000,
    }
    money = [
        {"key": f"r{n}", "line": str(n), "amount": PRICE, "reason": "not_received"}
        for n in refunded or []
    ]
    return {**order, "refunds": money}


def _proof(key: str, role: str) -> dict[str, str]:
    return {"authorization": f"Bearer {sign(JWT_KEY, KEY_ID, key, role)}"}
