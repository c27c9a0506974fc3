"""Buyers and sellers in dispute, and a backend that pays back; all insist while their server dies."""

import asyncio
import contextlib
import dataclasses
import random
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

import httpx2

from chat_server.client import new_key, sign
from chat_server.client.http import new_http
from chat_server.domain.orders import DAY_MS
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID

PRICE: Final = {"amount": "12.50", "currency": "EUR"}
LINES: Final = 2
"""Of an order; somebody disputes each."""

BEGINNERS: Final = 8
"""Who open disputes at the same time."""

PATIENCE_S: Final = 120


@dataclasses.dataclass
class Opened:
    """A dispute that the server has acknowledged, and what was answered in it."""

    id: str
    revision: int
    answered: str = ""
    """What somebody did in time; empty where nobody did, or he was too late."""


def now_ms() -> int:
    """The servers' clock is that of the machine."""
    return int(time.time() * 1000)  # noqa: TID251


class DisputeCrew:
    """A buyer, a shop with its seller, and the marketplace's backend."""

    def __init__(self, url: str, http: httpx2.AsyncClient) -> None:
        self.url, self.http = url, http
        self.opened: list[Opened] = []
        self.repeated = 0
        self.refused: dict[str, int] = {}
        self._chance = random.Random()

    async def arrive(self) -> None:
        """The backend tells of everybody."""
        for who in ("buyer", "seller"):
            await self._put(f"people/{who}", {"name": who.title(), "version": 1})
        await self._put("shops/shop", {"name": "Shop", "version": 1, "members": ["seller"]})

    async def open(self, many: int) -> None:
        """So many disputes about parcels that never came."""
        numbers = iter(range(many // LINES))

        async def go_on() -> None:
            for number in numbers:
                await self._open_order(number)

        await asyncio.gather(*[go_on() for _ in range(BEGINNERS)])

    async def _open_order(self, number: int) -> None:
        long_ago = now_ms() - 20 * DAY_MS
        lines = [{"key": str(n), "title": "Lamp", "price": PRICE} for n in range(LINES)]
        order = {
            "buyer": "buyer",
            "shop": "shop",
            "state": "paid",
            "version": 1,
            "lines": lines,
            "total": {"amount": "25.00", "currency": "EUR"},
            "placed_at": long_ago,
            "paid_at": long_ago,
        }
        order_id = (await self._put(f"orders/order-{number}", order))["id"]
        buyer = _proof("buyer", "buyer")
        shown = (await self.insist("GET", f"/orders/{order_id}", buyer)).json()
        for line in shown["lines"]:
            body = {
                "client_key": new_key(),
                "reason": "not_received",
                "wish": {"kind": "full"},
                "evidence": {"text": "Nothing came."},
            }
            path = f"/orders/{order_id}/lines/{line['id']}/disputes"
            answer = await self.insist("POST", path, buyer, body)
            assert answer.status_code == 201, answer.text
            view = answer.json()
            self.opened.append(Opened(view["id"], view["revision"]))

    async def race(self, one: Opened, due_at: int) -> None:
        """An answer within 50 ms of the deadline: in time, or told that it is not."""
        act, who, more = self._chance.choice(_ANSWERS)
        at = due_at + self._chance.randint(-50, 50)
        await asyncio.sleep(max(0.0, (at - now_ms()) / 1000))
        body = {"client_key": new_key(), "act": act, "revision": one.revision, **more}
        path = f"/disputes/{one.id}/moves"
        answer = await self.insist("POST", path, _proof(who, who), body)
        if answer.is_success:
            one.answered = act
            return
        assert answer.status_code == 409, answer.text
        told = answer.json()
        why = told.get("reason") or told["code"]
        assert why in ("deadline_passed", "stale", "not_now", "dispute_closed"), answer.text
        self.refused[why] = self.refused.get(why, 0) + 1

    async def pay_back(self) -> None:
        """The backend pays whatever it is asked for, and says each thing twice; ends when it is cancelled."""
        while True:
            for refund in await self.waiting():
                if self._chance.random() < 0.2:
                    await self._tell(refund, {"state": "failed", "reason": "card closed"})
                paid = {"state": "paid", "amount": refund["amount"]}
                await asyncio.gather(self._tell(refund, paid), self._tell(refund, paid))
            await asyncio.sleep(0.2)

    async def waiting(self) -> list[dict[str, Any]]:
        """What is still to be paid back."""
        answer = await self.insist("GET", "/backend/refunds", _BACKEND)
        assert answer.is_success, answer.text
        refunds: list[dict[str, Any]] = answer.json()["refunds"]
        return refunds

    async def _tell(self, refund: dict[str, Any], body: dict[str, Any]) -> None:
        answer = await self.insist("POST", f"/backend/refunds/{refund['key']}", _BACKEND, body)
        assert answer.status_code in (204, 409), answer.text

    async def insist(
        self, method: str, path: str, headers: dict[str, str], body: dict[str, Any] | None = None
    ) -> httpx2.Response:
        """The same request until a living server answers."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with contextlib.suppress(httpx2.RequestError):
                    url = f"{self.url}/api/v1{path}"
                    answer = await self.http.request(method, url, json=body, headers=headers)
                    if answer.status_code not in (502, 503):
                        return answer
                self.repeated += 1
                await asyncio.sleep(0.02)

    async def _put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self.insist("PUT", f"/backend/{path}", _BACKEND, body)
        assert answer.status_code == 200, answer.text
        stands: dict[str, Any] = answer.json()
        return stands


@contextlib.asynccontextmanager
async def dispute_crew(url: str) -> AsyncIterator[DisputeCrew]:
    """They have arrived."""
    async with new_http(url) as http:
        crew = DisputeCrew(url, http)
        await crew.arrive()
        yield crew


_BACKEND: Final = {"authorization": f"Bearer {API_KEY}"}
_ANSWERS: Final[Sequence[tuple[str, str, dict[str, Any]]]] = (
    ("accept", "seller", {}),
    ("reject", "seller", {"evidence": {"text": "It was sent."}}),
    ("counter", "seller", {"wish": {"kind": "full"}, "evidence": {"text": "Very well."}}),
    ("withdraw", "buyer", {}),
    ("evidence", "buyer", {"evidence": {"text": "Still nothing."}}),
)


def _proof(key: str, role: str) -> dict[str, str]:
    return {"authorization": f"Bearer {sign(JWT_KEY, KEY_ID, key, role)}"}
