"""Buyers who received something and say how it was, the shops that sold it, and who moderates: all but the screens."""

import dataclasses
import itertools
import sqlite3
from types import TracebackType
from typing import Any, Final, Self

import httpx2
import msgspec

from chat_server.client import Backend, sign
from chat_server.wire.bodies import PutOrder, PutOrderLine, PutPerson, PutRefund, PutShop
from chat_server.wire.shapes import Money
from tests.api.pictures import jpeg
from tests.e2e.node import API_KEY, JWT_KEY, KEY_ID, ServerNode
from tests.factories_sql import fresh_key
from tests.patience import PATIENCE_S

PRICE: Final = Money("12.50", "EUR")
MODERATOR: Final = "mod@staff.example"
DAY_MS: Final = 24 * 3600 * 1000
PLACED: Final = 1_750_000_000_000

_numbers = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Bought:
    """Something that a buyer received, and the order that it came with."""

    buyer: str
    key: str
    order: PutOrder
    path: str
    """Of its line."""


class Deals:
    """A market on a server that is a test's own."""

    def __init__(self, node: ServerNode) -> None:
        self.node = node
        self.backend = Backend(node.url, API_KEY)
        self.buyers, self.staff = (
            httpx2.AsyncClient(
                base_url=f"{node.url}/api/v1", headers={"x-parley": "1"}, timeout=PATIENCE_S
            )
            for _ in range(2)
        )

    async def __aenter__(self) -> Self:
        await self.backend.__aenter__()
        printed = self.node.run("user", MODERATOR, "--role", "supervisor")
        password = printed.rpartition("Password: ")[2].strip()
        await self.says("POST", "/console/session", email=MODERATOR, password=password)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.buyers.aclose()
        await self.staff.aclose()
        await self.backend.__aexit__(kind, error, trace)

    async def sells(self, seller: str, *shops: str) -> dict[str, str]:
        """Somebody opens shops; their ids by name."""
        await self.backend.put_person(seller, PutPerson(seller.title(), 1))
        return {
            name: (await self.backend.put_shop(key_of(name), PutShop(name, 1, [seller]))).id
            for name in shops
        }

    async def inbox(self, seller: str) -> str:
        """A link that opens a seller's inbox once."""
        return (await self.backend.inbox_link(seller)).url

    async def buys(
        self, shop: str, title: str = "Lamp", *, buyer: str = "", country: str = "MD"
    ) -> Bought:
        """Somebody orders something of a shop, and receives it."""
        number = next(_numbers)
        buyer, key = buyer or f"buyer-{number}", f"order-{number}"
        await self.backend.put_person(buyer, PutPerson(buyer.title(), 1, country=country))
        lines = [PutOrderLine("a", title, PRICE)]
        order = PutOrder(
            buyer, key_of(shop), "received", 1, lines, PRICE, PLACED, PLACED, shipped_at=PLACED
        )
        stands = await self.backend.put_order(key, order)
        shown = await self.says("GET", f"/orders/{stands.id}", who=buyer)
        return Bought(buyer, key, order, f"/orders/{stands.id}/lines/{shown['lines'][0]['id']}")

    async def rates(self, bought: Bought, stars: int, text: str = "", *, photos: int = 0) -> str:
        """Gives it stars, with words and photos or without; the review's id."""
        ids = [await self._upload(bought.buyer, number) for number in range(photos)]
        body = {"client_key": fresh_key(), "stars": stars, "text": text, "photos": ids}
        rated = await self.says("POST", f"{bought.path}/review", who=bought.buyer, **body)
        return str(rated["id"])

    async def adds(self, bought: Bought, review: str, text: str) -> None:
        """A follow-up, as if the review were some days old."""
        self.dates_back(review, 3)
        body = {"client_key": fresh_key(), "text": text}
        await self.says("PUT", f"/reviews/{review}/parts/followup", who=bought.buyer, **body)

    def dates_back(self, review: str, days: int) -> None:
        """Lets so many days have gone by since a review was given and read, past the server."""
        self._passes(
            review,
            days,
            "UPDATE reviews SET rated_at = rated_at - :ms WHERE id = :id",
            "UPDATE review_parts SET sent_at = sent_at - :ms, published_at = published_at - :ms"
            " WHERE review_id = :id",
        )

    def came_before(self, bought: Bought, days: int) -> None:
        """Lets so many days have gone by since something was received."""
        changed = "UPDATE orders SET received_at = received_at - :ms WHERE id = :id"
        self._passes(bought.path.split("/")[2], days, changed)

    async def moderates(self, move: str = "publish", **fields: Any) -> None:
        """Decides about everything that waits."""
        queue = await self.says("GET", "/console/moderation")
        decisions = [
            {"review_id": t["review_id"], "part": t["part"], "revision": t["revision"]}
            | {"move": move, **fields}
            for t in queue["texts"]
        ]
        told = await self.says("POST", "/console/moderation/decisions", decisions=decisions)
        assert set(told["outcomes"]) == {"ok"}

    async def waits(self) -> list[str]:
        """Every text that waits for a moderator."""
        return [t["text"] for t in (await self.says("GET", "/console/moderation"))["texts"]]

    async def annuls(self, review: str) -> None:
        """A supervisor takes a rating out of the figure."""
        path = f"/console/reviews/{review}/annulment"
        await self.says("PUT", path, annulled=True, reason="The seller's own cousin.")

    async def refunds(self, bought: Bought) -> None:
        """Nothing arrived after all."""
        refund = PutRefund("r", "a", PRICE, reason="not_received")
        order = msgspec.structs.replace(bought.order, version=2, refunds=[refund])
        await self.backend.put_order(bought.key, order)

    async def says(self, method: str, path: str, *, who: str = "", **body: Any) -> Any:
        """A request of a buyer, or of the moderator."""
        http = self.buyers if who else self.staff
        headers = self.bearer(who) if who else {}
        response = await http.request(method, path, json=body or None, headers=headers)
        assert response.is_success, response.text
        return response.json() if response.content else None

    async def refused(
        self, method: str, path: str, who: str, role: str = "buyer", **body: Any
    ) -> tuple[int, str, str, str]:
        """What somebody is told who may not do this: status, code, reason, and a sentence in Russian."""
        headers = {**self.bearer(who, role), "accept-language": "ru"}
        response = await self.buyers.request(method, path, json=body or None, headers=headers)
        told = response.json()
        assert response.headers["content-type"] == "application/problem+json", response.text
        return response.status_code, told["code"], told.get("reason", ""), told["detail"]

    def bearer(self, who: str, role: str = "buyer") -> dict[str, str]:
        """The header that says who somebody is."""
        return {"authorization": f"Bearer {sign(JWT_KEY, KEY_ID, who, role)}"}

    def _passes(self, id: str, days: int, *changes: str) -> None:
        by = {"id": int(id, 16), "ms": days * DAY_MS}
        with sqlite3.connect(
            self.node.store.removeprefix("sqlite:///"), timeout=PATIENCE_S
        ) as store:
            for change in changes:
                store.execute(change, by)
        store.close()

    async def _upload(self, who: str, number: int) -> str:
        headers = {**self.bearer(who), "content-type": "image/*", "x-client-key": fresh_key()}
        content = jpeg(320 + number * 40, 240)
        response = await self.buyers.post("/photos", content=content, headers=headers)
        assert response.is_success, response.text
        return str(response.json()["id"])


def key_of(name: str) -> str:
    """The marketplace's own id of a shop."""
    return name.lower().replace(" ", "-")
