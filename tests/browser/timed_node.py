"""A server whose clock a test moves, and a market on it: it runs inside the test's process, and browsers reach it.

Time goes on as it does elsewhere, and jumps when a test says so; whoever lets it jump moves the browsers' clocks, too.
"""

import contextlib
from collections.abc import Callable
from typing import Final, Self

import httpx2
from typing_extensions import override

from chat_server.actions.deadlines import fire_due, seconds_to_next
from chat_server.actions.staff import put_staff
from chat_server.client import sign
from chat_server.gateways.clock import SystemClock
from chat_server.settings import load_settings
from chat_server.storage import migrate_url
from chat_server.wire.bodies import PutOrder, PutOrderLine, PutPerson, PutRefund
from chat_server.wire.shapes import Money
from tests.api.disputants import advance
from tests.api.harness import LIGHT, Parley, SetClock
from tests.browser.deals import PLACED, PRICE, Bought, key_of
from tests.browser.quarrels import Quarrels
from tests.browser.shop import Shop
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID, ServerNode
from tests.patience import PATIENCE_S

PASSWORD: Final = "correct horse battery"
COOKIE: Final = "parley_staff"
TOKEN_S: Final = 3600
MONTH_HOURS: Final = 720
"""Sessions last as long as they may: nobody signs in every day of a story."""


class JumpingClock(SetClock):
    """The machine's time, and as much more as was let pass."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = 0

    @override
    def now_ms(self) -> int:
        """Goes on by itself."""
        return SystemClock.now_ms(self) + self.ahead

    @override
    def advance(self, ms: int) -> None:
        """Time jumps."""
        self.ahead += ms


class TimedNode(ServerNode):
    """A node in this process. What may be done to it as a process, other than starting and stopping it, is not here."""

    def __init__(self, *arguments: object, **settings: object) -> None:
        super().__init__(*arguments, session_hours=MONTH_HOURS, **settings)  # type: ignore[arg-type]
        self.clock = JumpingClock()
        self._running = contextlib.AsyncExitStack()

    @override
    async def start(self, wrap: Callable[[list[str]], list[str]] | None = None) -> None:
        """Starts it, and returns once browsers may come."""
        settings = load_settings(self._environment())
        await migrate_url(settings.store)
        self.parley = Parley(settings, self.clock)
        lifespan = self.parley.app.router.lifespan_context(self.parley.app)
        await self._running.enter_async_context(lifespan)
        self._running.push_async_callback(self.parley.hang_up)
        await self.parley.port()

    @override
    async def stop(self) -> None:
        """The end of the test."""
        await self._running.aclose()

    async def passes(self, ms: int) -> None:
        """Time passes, and what is due meanwhile happens in its order, also where it has passed by itself by now."""
        ctx, end = self.parley.ctx, self.clock.now_ms() + ms
        while (left := end - self.clock.now_ms()) > 0:
            wait = min(left, round(await seconds_to_next(ctx) * 1000) + 1)
            await advance(self.parley, wait)
            await self._fire()
        await self._fire()

    async def _fire(self) -> None:
        while await fire_due(self.parley.ctx):
            pass


class Market(Quarrels):
    """A market on such a server, and somebody who mediates in it."""

    node: TimedNode

    def __init__(self, node: TimedNode, shop: Shop) -> None:
        """`shop` is the marketplace's site."""
        super().__init__(node)
        self.shop = shop

    @override
    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._hashed = LIGHT.hash(PASSWORD)
        return self

    def token(self, who: str, role: str = "buyer") -> str:
        """Signed now, by the clock of the server."""
        seconds = self.node.clock.ahead // 1000 + TOKEN_S
        return sign(JWT_KEY, KEY_ID, who, role, seconds=seconds)

    @override
    def bearer(self, who: str, role: str = "buyer") -> dict[str, str]:
        return {"authorization": f"Bearer {self.token(who, role)}"}

    async def hires(self, mediator: str) -> str:
        """Somebody begins to work here, and signs in; the cookie."""
        ctx, email = self.node.parley.ctx, f"{mediator}@market.example"
        parts = (ctx.store, ctx.clock, ctx.ids)
        await put_staff(*parts, email, mediator.title(), "supervisor", self._hashed)
        url = f"{self.node.url}/api/v1"
        async with httpx2.AsyncClient(base_url=url, timeout=PATIENCE_S) as http:
            body = {"email": email, "password": PASSWORD}
            headers = {"x-parley": "1"}
            answer = await http.post("/console/session", json=body, headers=headers)
            assert answer.is_success, answer.text
            return str(http.cookies[COOKIE])

    async def receives(self, buyer: str, shop: str, *titles: str) -> dict[str, Bought]:
        """Somebody orders several things at once, and receives them; each by its title."""
        await self.backend.put_person(buyer, PutPerson(buyer.title(), 1))
        lines = [PutOrderLine(key_of(title), title, PRICE) for title in titles]
        total = Money(f"{12.5 * len(titles):.2f}", PRICE.currency)
        order = PutOrder(
            buyer, key_of(shop), "received", 1, lines, total, PLACED, PLACED, shipped_at=PLACED
        )
        key = f"of-{buyer}"
        stands = await self.backend.put_order(key, order)
        shown = await self.says("GET", f"/orders/{stands.id}", who=buyer)
        path = f"/orders/{stands.id}/lines"
        return {
            line["title"]: Bought(buyer, key, order, f"{path}/{line['id']}")
            for line in shown["lines"]
        }

    async def pays_elsewhere(self, one: Bought, *titles: str) -> None:
        """The marketplace pays things of an order back by itself."""
        refunds = [PutRefund(f"refund-{key_of(title)}", key_of(title), PRICE) for title in titles]
        fields = {f: getattr(one.order, f) for f in one.order.__struct_fields__}
        await self.backend.put_order(
            one.key, PutOrder(**{**fields, "version": 2, "refunds": refunds})
        )

    async def refunds_are(self, state: str, **fields: object) -> None:
        """What became of the refunds that wait, as the marketplace's backend says it."""
        path = "/api/v1/backend/refunds"
        headers = {"authorization": f"Bearer {API_KEY}"}
        async with httpx2.AsyncClient(
            base_url=self.node.url, headers=headers, timeout=PATIENCE_S
        ) as http:
            for refund in (await http.get(path)).json()["refunds"]:
                paid = {"amount": refund["amount"]} if state == "paid" else {}
                body = {"state": state, **paid, **fields}
                told = await http.post(f"{path}/{refund['key']}", json=body)
                assert told.is_success, told.text
