"""Somebody has a dispute about something: what tests of disputes begin with, and what its people do."""

import dataclasses
from typing import Any

from chat_server.actions.deadlines import fire_due, seconds_to_next
from chat_server.domain.disputes import Party
from chat_server.ports import ANY, Commit, Statement
from tests.api.deals import Deal, deal
from tests.api.harness import API_KEY, Parley, fresh_key
from tests.api.pictures import jpeg
from tests.factories import Colleague, Customer, Shop, Town, bearer

PAID = "12.50"
"""What was paid for the line of a `deal`."""


async def upload(who: Customer) -> str:
    """A photo of his that waits; its id."""
    headers = {"content-type": "image/jpeg"}
    stored = await who.api.post("/photos", content=jpeg(), headers=headers)
    assert stored.status_code == 201, stored.text
    return str(stored.json()["id"])


async def advance(parley: Parley, ms: int) -> None:
    """Time passes for a node that looks after its deadlines all the while: there is no outage.

    It has a sweeper of its own, which may look at any moment: the heart beats first.
    """
    beat = {"key": "heartbeat", "value": str(parley.clock.now_ms() + ms)}
    await parley.ctx.store.commit(Commit([Statement("put_meta", beat, ANY)]))
    parley.clock.advance(ms)


async def pass_time(town: Town, ms: int, *people: Customer) -> None:
    """Time passes, and what is due happens."""
    parley = town.parley
    clock, end = parley.clock, parley.clock.now_ms() + ms
    while clock.now_ms() < end:
        wait = round(await seconds_to_next(parley.ctx) * 1000) + 1
        await advance(parley, min(wait, end - clock.now_ms()))
        await fire_due(parley.ctx)
    for person in people:
        person.renew()


def euros(amount: str) -> dict[str, str]:
    """An amount of money."""
    return {"amount": amount, "currency": "EUR"}


@dataclasses.dataclass
class Dispute:
    """A dispute, as its people hold it."""

    deal: Deal
    id: str
    thread: str
    view: dict[str, Any]

    @property
    def town(self) -> Town:
        """Where it happens."""
        return self.deal.town

    @property
    def state(self) -> str:
        """Where it stands, as last seen."""
        return str(self.view["state"])

    async def look(self, who: Customer | Colleague | None = None) -> dict[str, Any]:
        """The dispute as somebody sees it now; the buyer where nobody is named."""
        who = who or self.deal.buyer
        url = (
            f"/console/disputes/{self.id}" if isinstance(who, Colleague) else f"/disputes/{self.id}"
        )
        answer = await who.api.get(url)
        assert answer.status_code == 200, answer.text
        self.view = answer.json()
        return self.view

    async def tries(self, who: Customer | Colleague, act: str, **fields: Any) -> Any:
        """Tries to make a step, as the dispute was last seen."""
        if "text" in fields:
            fields.setdefault("evidence", {})["text"] = fields.pop("text")
        if "photos" in fields:
            fields.setdefault("evidence", {})["photos"] = fields.pop("photos")
        body = {
            "client_key": fresh_key(),
            "act": act,
            "revision": self.view["revision"],
            **fields,
        }
        prefix = "/console" if isinstance(who, Colleague) else ""
        return await who.api.post(f"{prefix}/disputes/{self.id}/moves", json=body)

    async def does(self, who: Customer | Colleague, act: str, **fields: Any) -> dict[str, Any]:
        """Makes a step; the dispute afterwards."""
        answer = await self.tries(who, act, **fields)
        assert answer.status_code == 200, answer.text
        self.view = answer.json()
        return self.view

    async def later(self, ms: int) -> dict[str, Any]:
        """Time passes, and what is due happens."""
        await pass_time(self.town, ms, self.deal.buyer, self.deal.seller)
        return await self.look()

    async def refund(self, state: str = "paid", **fields: Any) -> Any:
        """The backend says what became of the refund that waits."""
        backend = self.town.parley.client(headers=bearer(API_KEY))
        waiting = (await backend.get("/backend/refunds")).json()["refunds"]
        key = next(r["key"] for r in waiting)
        body: dict[str, Any] = {"state": state, **fields}
        if state == "paid":
            body.setdefault("amount", waiting[0]["amount"])
        return await backend.post(f"/backend/refunds/{key}", json=body)

    def codes(self) -> list[str]:
        """What happened in its thread, step by step."""
        rows = self.town.parley.rows(
            "SELECT json_extract(body, '$.code') FROM events WHERE thread_id = ? AND kind = 4 ORDER BY seq",
            int(self.thread, 16),
        )
        return [code for (code,) in rows]


async def tries_to_open(
    one: Deal, reason: str = "damaged", kind: str = "full", photos: int = 1, **fields: Any
) -> Any:
    """Tries to open a dispute about what was received."""
    given = [await upload(one.buyer) for _ in range(photos)]
    wish: dict[str, Any] = {"kind": kind}
    if "amount" in fields:
        wish["amount"] = euros(fields.pop("amount"))
    body = {
        "client_key": fresh_key(),
        "reason": reason,
        "wish": wish,
        "evidence": {"text": "It came broken.", "photos": given},
        **fields,
    }
    return await one.buyer.api.post(f"{one.path}/disputes", json=body)


async def opened(town: Town, shop: Shop | None = None, **fields: Any) -> Dispute:
    """A dispute about something that came broken."""
    one = await deal(town, shop=shop)
    answer = await tries_to_open(one, **fields)
    assert answer.status_code == 201, answer.text
    view = answer.json()
    return Dispute(one, view["id"], view["thread_id"], view)


async def in_mediation(town: Town, mediator: Colleague) -> Dispute:
    """A dispute that a mediator has taken, after the seller said no."""
    one = await opened(town)
    await one.does(one.deal.seller, "reject", text="It was whole.")
    await one.does(one.deal.buyer, "escalate")
    await one.look(mediator)
    await one.does(mediator, "take")
    return one


__all__ = [
    "PAID",
    "Dispute",
    "Party",
    "advance",
    "euros",
    "in_mediation",
    "opened",
    "pass_time",
    "tries_to_open",
    "upload",
]
