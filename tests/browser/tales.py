"""Disputes about one order, told before three screens: who takes part, what was so already, and how time passes."""

from typing import Any, Final

from playwright.async_api import BrowserContext, expect

from tests.browser.docket_room import DocketRoom
from tests.browser.paths import Walked, walked
from tests.browser.screens import widget_frame
from tests.browser.three_rooms import Buyer, Mediator, Seller
from tests.browser.timed_node import COOKIE, Market
from tests.browser.visitors import DESKTOP, PHONE, Visitor, Visitors

AS_WIDE: Final = '<meta name="viewport" content="width=device-width, initial-scale=1">'
"""A page that is made for phones."""

ADDRESS: Final = "Karavela Home, Harbour 1, Chisinau"
_PARTIAL: Final = {"kind": "partial", "amount": {"amount": "5.00", "currency": "EUR"}}
_FIELDS: Final[dict[str, dict[str, Any]]] = {
    "reject": {"evidence": {"text": "It was whole when we packed it."}},
    "counter": {"wish": _PARTIAL, "evidence": {"text": "It is a scratch."}},
    "address": {"evidence": {"text": ADDRESS}},
    "ship": {"carrier": "Nova", "tracking": "NV-1"},
}


class Tale:
    """A buyer, a shop and a mediator, and what the two are in dispute about."""

    def __init__(self, market: Market, visitors: Visitors, name: str) -> None:
        self.market = market
        self._visitors = visitors
        self._buyer, self._seller, self._mediator = (
            f"buyer-{name}",
            f"seller-{name}",
            f"nadia-{name}",
        )
        self._shop = f"Shop {name}"
        self._disputes: dict[str, tuple[str, str]] = {}
        self._began: dict[str, int] = {}
        self._contexts: list[BrowserContext] = []

    async def about(self, *titles: str, goods_back: bool = False) -> None:
        """Things came broken, and there is a dispute about each."""
        await self.market.sells(self._seller, self._shop)
        self._bought = await self.market.receives(self._buyer, self._shop, *titles)
        for title in titles:
            kind = "return" if goods_back else "full"
            dispute = await self.market.opens(self._bought[title], kind)
            seen = await self.market.dispute(dispute, self._buyer)
            self._disputes[title], self._began[title] = (dispute, seen["thread_id"]), 0

    async def already(self, title: str, *steps: str) -> None:
        """What was done before anybody looks: "seller accept", "buyer ship", …; the story does not walk it."""
        dispute, _ = self._disputes[title]
        for by, act in (step.split() for step in steps):
            who = self._buyer if by == "buyer" else self._seller
            await self.market.does(who, dispute, act, **_FIELDS.get(act, {}))
        self._began[title] = len(await self._rows(title))

    async def passes(self, ms: int) -> None:
        """Time passes, for the server and for everybody who has a page open."""
        await self.market.node.passes(ms)
        for context in self._contexts:
            await context.clock.fast_forward(ms)

    async def is_paid_elsewhere(self, *titles: str) -> None:
        """The marketplace pays these back by itself, and says so."""
        await self.market.pays_elsewhere(self._bought[titles[0]], *titles)
        await self.market.node.passes(1)

    async def three(self) -> tuple[Buyer, Seller, Mediator]:
        """Each comes to his screen."""
        return await self.buyer(), await self.seller(), await self.mediator()

    async def buyer(self) -> Buyer:
        """On a phone, before the order."""
        visitor = await self._visitor(
            viewport=PHONE, is_mobile=True, has_touch=True, origins=[self.market.shop.origin]
        )
        page = await visitor.page()
        put, url = self.market.shop.put_embedding, self.market.node.url
        await page.goto(put(f"/{self._buyer}", url, self._buyer, AS_WIDE))
        await widget_frame(page)
        buyer = Buyer(await visitor.panel(page))
        await buyer.order()
        return buyer

    async def seller(self) -> Seller:
        """In the inbox, before the list of disputes."""
        visitor = await self._visitor(viewport=DESKTOP)
        room = DocketRoom(await visitor.enter(await self.market.inbox(self._seller)))
        await room.open()
        return Seller(room)

    async def mediator(self) -> Mediator:
        """In the console, before the docket."""
        visitor = await self._visitor(viewport=DESKTOP)
        url = self.market.node.url
        cookie = {"name": COOKIE, "value": await self.market.hires(self._mediator), "url": url}
        await visitor.context.add_cookies([cookie])  # type: ignore[list-item]
        page = await visitor.page()
        await page.goto(f"{url}/console")
        rooms = page.get_by_role("navigation", name="Rooms")
        await rooms.get_by_role("button", name="Disputes").click()
        await expect(page.locator(".docket-row, .docket .empty").first).to_be_visible()
        return Mediator(page, visitor.context, self._shop)

    async def walked(self) -> frozenset[Walked]:
        """The rows that were walked since the screens are open, in all of the disputes."""
        rows = [(await self._rows(title))[began:] for title, began in self._began.items()]
        return frozenset(row for some in rows for row in some)

    async def _rows(self, title: str) -> list[Walked]:
        path = f"/threads/{self._disputes[title][1]}/events"
        return list(walked((await self.market.says("GET", path, who=self._buyer))["events"]))

    async def _visitor(self, **options: Any) -> Visitor:
        visitor = await self._visitors.new(**options)
        # Who looks away for days is asked anew who he is.
        visitor.watch.forgive("status of 401")
        await visitor.context.clock.install(time=self.market.node.clock.now_ms() / 1000)
        self._contexts.append(visitor.context)
        return visitor
