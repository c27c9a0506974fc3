"""A talk of the demo's past with a shop, and what was complained about in it, as `talks.toml` writes it down."""

from collections.abc import Mapping
from typing import Final

import msgspec

from chat_server.actions import complaining, complaint_clock, messages, threads
from chat_server.actions.complaint_steps import find
from chat_server.actions.context import Context
from chat_server.actions.messages import Message
from chat_server.demo.orders import invented
from chat_server.demo.past import at, has_read
from chat_server.demo.telling import shop_of
from chat_server.domain.complaints import Act, Complaint, reminders
from chat_server.domain.ids import OrderId, ThreadId
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import STAFF, Actor

_REMINDING: Final = (complaint_clock.remind_at_half, complaint_clock.remind_at_last)


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of the two said."""

    days: float
    by: str
    text: str


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody did in a complaint: `open`, or an `Act`."""

    days: float
    by: str
    act: str
    text: str


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A conversation about a product or an order; days are counted back from now."""

    buyer: str
    product: str = ""
    order: str = ""
    said: tuple[Said, ...] = ()
    complaint: tuple[Step, ...] = ()

    @property
    def key(self) -> str:
        """What nothing else is called, for client keys."""
        return f"demo-{self.buyer}-{self.product or self.order}"


class Talker:
    """Says it with the actions that people's own clients lead to, and lets time pass in between."""

    def __init__(self, ctx: Context, talk: Talk, people: Mapping[str, Actor], shop: str) -> None:
        self._ctx = ctx
        self._talk = talk
        self._now = ctx.clock.now_ms()
        seller = next(found["members"][0] for found in invented()["shops"] if found["id"] == shop)
        self._people = {**people, "buyer": people[talk.buyer], "seller": people[seller]}

    async def talk(self) -> None:
        """All of it, in the order in which it happened."""
        said, complaint = self._talk.said, self._talk.complaint
        thread_id = await self._thread((said or complaint)[0].days)
        for place, line in enumerate(said):
            message = Message(thread_id, f"{self._talk.key}-{place}", line.text)
            then, who = self._ago(line.days), self._people[line.by]
            await messages.post(then, who, message)
            await has_read(then, who, thread_id)
        # Buyers look for what they were answered; whether the shop does is for it to show.
        await has_read(self._ctx, self._people["buyer"], thread_id)
        if complaint:
            await self._complain(thread_id, complaint)

    def _at(self, days: float) -> int:
        return self._now - int(days * DAY_MS)

    def _ago(self, days: float) -> Context:
        """The context of so many days ago."""
        return at(self._ctx, self._at(days))

    async def _thread(self, days: float) -> ThreadId:
        then, buyer = self._ago(days), self._people["buyer"]
        if self._talk.product:
            product = self._talk.product
            return ThreadId((await threads.open_product_thread(then, buyer, None, product)).id)
        number = OrderId(await threads.order_number(then, self._talk.order))
        return ThreadId((await threads.open_order_thread(then, buyer, number)).id)

    async def _complain(self, thread_id: ThreadId, steps: tuple[Step, ...]) -> None:
        first, *rest = steps
        then, key = self._ago(first.days), f"{self._talk.key}-complaint"
        buyer = self._people[first.by]
        complaint_id = await complaining.open_complaint(then, buyer, thread_id, key, first.text)
        for place, step in enumerate(rest):
            await self._let_pass(complaint_id, self._at(step.days))
            revision = (await self._complaint(complaint_id)).revision
            then, who, number = self._ago(step.days), self._people[step.by], f"{key}-{place}"
            act = Act(step.act)
            await complaining.move(then, who, complaint_id, number, act, revision, step.text)
            if who.role not in STAFF:
                await has_read(then, who, thread_id)
        await self._let_pass(complaint_id, self._now)

    async def _complaint(self, complaint_id: int) -> Complaint:
        stored = await find(self._ctx, complaint_id)
        assert stored is not None
        return stored.complaint

    async def _let_pass(self, complaint_id: int, until: int) -> None:
        """What was due until then happened when it was due; no shop of the demo has been away."""
        seen = await self._complaint(complaint_id)
        for mark, remind in zip(reminders(seen, ()), _REMINDING, strict=False):
            if mark < until:
                await remind(at(self._ctx, mark), complaint_id, seen.revision)
        if seen.due_at is not None and seen.due_at < until:
            await complaint_clock.expire(at(self._ctx, seen.due_at), complaint_id, seen.revision)
            await self._let_pass(complaint_id, until)


def shop_of_talk(talk: Talk, shops: Mapping[str, str]) -> str:
    """With which shop it is; `shops` says it of orders."""
    return shop_of(talk.product) if talk.product else shops[talk.order]
