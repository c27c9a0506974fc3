"""Buyers who are not content with what a shop sent, or with its silence: all but the seller's screens."""

import datetime
from typing import Any, Final

from tests.browser.deals import Bought, Deals
from tests.factories_sql import fresh_key

_PASS_THREAD: Final = (
    "UPDATE threads SET waiting_since = waiting_since - :ms, last_at = last_at - :ms WHERE id = :id",
    "UPDATE events SET at = at - :ms WHERE thread_id = :id",
)


class Quarrels(Deals):
    """A market in which things come broken, and messages wait."""

    async def opens(
        self, bought: Bought, kind: str = "full", amount: str = "", *, photos: int = 1
    ) -> str:
        """The buyer opens a dispute about what came broken; its id."""
        given = [await self._upload(bought.buyer, number) for number in range(photos)]
        wish: dict[str, Any] = {"kind": kind}
        if amount:
            wish["amount"] = {"amount": amount, "currency": "EUR"}
        body = {"client_key": fresh_key(), "reason": "damaged", "wish": wish}
        body["evidence"] = {"text": "It came in three pieces.", "photos": given}
        opened = await self.says("POST", f"{bought.path}/disputes", who=bought.buyer, **body)
        return str(opened["id"])

    async def dispute(self, dispute: str, who: str) -> Any:
        """A dispute as somebody sees it."""
        return await self.says("GET", f"/disputes/{dispute}", who=who)

    async def does(self, who: str, dispute: str, act: str, **fields: Any) -> None:
        """The buyer, or a colleague of the seller, makes a step."""
        seen = await self.dispute(dispute, who)
        step = {"client_key": fresh_key(), "act": act, "revision": seen["revision"], **fields}
        await self.says("POST", f"/disputes/{dispute}/moves", who=who, **step)

    async def writes(self, bought: Bought, text: str) -> str:
        """The buyer writes about his order; the conversation's id."""
        order = bought.path.split("/")[2]
        thread = str((await self.says("POST", "/threads", who=bought.buyer, order=order))["id"])
        said = {"client_key": fresh_key(), "text": text}
        await self.says("POST", f"/threads/{thread}/messages", who=bought.buyer, **said)
        return thread

    async def answers(self, seller: str, thread: str, text: str) -> None:
        """Somebody of the shop answers."""
        said = {"client_key": fresh_key(), "text": text}
        await self.says("POST", f"/threads/{thread}/messages", who=seller, **said)

    async def waited(self, bought: Bought, text: str, days: int = 3) -> str:
        """The buyer wrote so many days ago; the conversation's id."""
        thread = await self.writes(bought, text)
        self._passes(thread, days, *_PASS_THREAD)
        return thread

    async def complains(self, bought: Bought, text: str, words: str = "") -> str:
        """The buyer has waited for three days, and complains; the complaint's id."""
        thread = await self.waited(bought, text)
        body = {"client_key": fresh_key(), "text": words}
        made = await self.says("POST", f"/threads/{thread}/complaints", who=bought.buyer, **body)
        return str(made["id"])

    async def moves(self, complaint: str, act: str, text: str, *, who: str = "") -> None:
        """Somebody makes a step in a complaint; a mediator, where nobody is named."""
        path = f"/complaints/{complaint}" if who else f"/console/complaints/{complaint}"
        seen = await self.says("GET", path, who=who)
        step = {"client_key": fresh_key(), "act": act, "revision": seen["revision"], "text": text}
        await self.says("POST", f"{path}/moves", who=who, **step)

    async def complaint_of(self, buyer: str) -> str:
        """The id of the newest complaint of somebody."""
        found = await self.says("GET", "/complaints", who=buyer)
        return str(found["complaints"][0]["id"])

    async def leaves(self, seller: str, shop: str, first: datetime.date, days: int) -> None:
        """A shop is on holiday for so many days."""
        last = first + datetime.timedelta(days - 1)
        holidays = [{"first": first.isoformat(), "last": last.isoformat()}]
        path = f"/shops/{shop}/hours"
        await self.says("PUT", path, who=seller, zone="UTC", holidays=holidays, revision=0)
