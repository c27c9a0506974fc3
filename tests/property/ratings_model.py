"""A small market in process, over the real actions on a real store with a clock that is set."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, NamedTuple

from chat_server.actions import market, orders, rating
from chat_server.actions.orders import PutLine, PutOrder, PutRefund
from chat_server.domain import ratings
from chat_server.domain.errors import Stale
from chat_server.domain.ids import OrderId, PersonId, ShopId
from chat_server.domain.orders import Dates, OrderState
from chat_server.domain.people import Actor, Role
from chat_server.domain.ratings import Day, Explanation, Fates, Rating, Section, Standing, Told
from tests.api.harness import fresh_key
from tests.explained import walk
from tests.property.world import World

BUYERS: Final = 2
SHOPS: Final = 2
LINES: Final = ("a", "b")
"""Of an order."""


class Bought(NamedTuple):
    """An order that has been received."""

    key: str
    id: int
    buyer: int
    shop: int
    lines: tuple[int, ...]


class Ratings(World):
    """The store, who buys, and where."""

    def __init__(self, zone: str, at: int) -> None:
        super().__init__(at, zone=zone)
        self.zone = zone
        self._versions: dict[str, int] = {}
        self._refunded: dict[str, set[str]] = {}
        self.buyers = [self._person(f"buyer-{n}") for n in range(BUYERS)]
        self.shops = [self._shop(n) for n in range(SHOPS)]
        self.supervisor = Actor(self._person("supervisor").person_id, Role.SUPERVISOR)

    # What is done.

    def buy(self, buyer: int, shop: int) -> Bought:
        """Somebody receives something."""
        key = f"order-{len(self._versions)}"
        order = self.run(self._put(key, buyer, shop, set())).id
        lines = self.db.execute("SELECT id FROM order_lines WHERE order_id = ? ORDER BY place", (order,))  # fmt: skip
        return Bought(key, order, buyer, shop, tuple(line for (line,) in lines))

    async def rate(self, order: Bought, line: int, stars: int) -> int:
        """He gives a line its stars; the rating's id."""
        buyer, key = self.buyers[order.buyer], fresh_key()
        where = (OrderId(order.id), order.lines[line])
        return await rating.rate(self.ctx, buyer, *where, key, stars)

    async def annul(self, review: int, *, annulled: bool) -> None:
        """A supervisor takes a rating out, or back."""
        await rating.annul(self.ctx, self.supervisor, review, annulled=annulled, reason="fraud")

    async def refund(self, order: Bought, line: int) -> None:
        """Money goes back because a line never arrived."""
        await self._put(order.key, order.buyer, order.shop, {LINES[line]})

    def at_once(self, *works: Coroutine[Any, Any, Any]) -> list[Any]:
        """All of them together; who is too slow again and again is told so, and tries once more later."""

        async def together() -> list[Any]:
            return await asyncio.gather(*works, return_exceptions=True)

        answers = self.run(together())
        for answer in answers:
            assert not isinstance(answer, BaseException) or isinstance(answer, Stale), answer
        return answers

    # What it looks like.

    def known(self) -> list[Rating]:
        """All ratings, as they are stored."""
        rows = self.db.execute(
            "SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews"
        )
        return [
            Rating(i, PersonId(b), ShopId(s), at, stars, out) for i, b, s, at, stars, out in rows
        ]

    def kept(self) -> list[tuple[int, str, int, int, int]]:
        """The rows of days that are not empty."""
        rows = self.db.execute(
            "SELECT shop_id, day, positive, neutral, negative FROM rating_days"
            " WHERE positive <> 0 OR neutral <> 0 OR negative <> 0 ORDER BY shop_id, day"
        )
        return rows.fetchall()

    def days(self) -> list[Day]:
        """The same, computed anew."""
        return [day for day in ratings.days(self.known(), self.zone) if any(day.tally)]

    def stands(self, shop: int) -> Standing:
        """Where a shop stands, as everybody is told."""
        return self.run(rating.card(self.ctx, self.shops[shop])).standing

    def stands_anew(self, shop: int) -> Standing:
        """The same, computed anew."""
        return self.explained_anew(shop).standing

    def fates(self, shop: int) -> Fates:
        """What became of its ratings, as it is kept."""
        rows = self.db.execute(
            "SELECT merged, refunded, annulled FROM rating_fates WHERE shop_id = ?",
            (self.shops[shop],),
        )
        kept = rows.fetchone()
        return Fates(*kept) if kept is not None else Fates(0, 0, 0)

    def explained_anew(self, shop: int) -> Explanation:
        """Its whole explanation, from all ratings."""
        mine = [r for r in self.known() if r.shop_id == self.shops[shop]]
        return ratings.explain(mine, self.clock.now_ms(), self.zone)

    def pages(self, shop: int, section: Section | None) -> list[list[Told]]:
        """The same as its people are told of it, page by page."""
        seller = Actor(self.buyers[0].person_id, Role.SELLER, frozenset({self.shops[shop]}))
        return self.run(walk(self.ctx, seller, self.shops[shop], section, size=3))

    def _person(self, key: str) -> Actor:
        values = {"name": key, "locale": "en", "zone": "UTC", "country": ""}
        person = self.run(market.put_person(self.ctx, key, 1, values)).id
        return Actor(PersonId(person), Role.BUYER)

    def _shop(self, number: int) -> ShopId:
        name = f"shop-{number}"
        return ShopId(self.run(market.put_shop(self.ctx, name, 1, name, [])).id)

    async def _put(self, key: str, buyer: int, shop: int, refunded: set[str]) -> market.Standing:
        version = self._versions[key] = self._versions.get(key, 0) + 1
        money = self._refunded.setdefault(key, set())
        money |= refunded
        put = PutOrder(
            external_id=key,
            buyer=f"buyer-{buyer}",
            shop=f"shop-{shop}",
            state=OrderState.RECEIVED,
            version=version,
            total_amount="20.00",
            total_currency="EUR",
            placed_at=self.clock.now_ms(),
            dates=Dates(None, None, None, None, None),
            carrier="",
            tracking="",
            lines=[PutLine(line, "Lamp", "", "10.00", "EUR", 1, None) for line in LINES],
            refunds=[PutRefund(line, line, "10.00", "EUR", orders.NOT_RECEIVED) for line in sorted(money)],
        )  # fmt: skip
        return await orders.put_order(self.ctx, put)
