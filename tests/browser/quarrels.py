"""Buyers who are not content with what a shop sent, or with its silence: all but the seller's screens."""

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

    async def complains(self, bought: Bought, text: str, words: str = "") -> None:
        """The buyer has waited for three days, and complains."""
        thread = await self.writes(bought, text)
        self._passes(thread, 3, *_PASS_THREAD)
        body = {"client_key": fresh_key(), "text": words}
        await self.says("POST", f"/threads/{thread}/complaints", who=bought.buyer, **body)
