"""One dispute of the demo's past, from the order to the last step, as `disputes.toml` writes it down."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import msgspec

from chat_server.actions import dispute_clock, disputing, mediators, messages, refunds, threads
from chat_server.actions.context import Context
from chat_server.actions.disputes import DISPUTE, cases
from chat_server.actions.disputing import Wanted
from chat_server.actions.evidence import Given
from chat_server.actions.messages import Message
from chat_server.actions.notices import REMINDER
from chat_server.actions.photos import take_photo
from chat_server.demo.orders import FOLDER, invented, put_order
from chat_server.demo.past import at, has_read
from chat_server.demo.talking import Said
from chat_server.domain.disputes import Act, Dispute, Kind, Reason, reminders
from chat_server.domain.ids import OrderId, ThreadId
from chat_server.domain.money import amount_of, units_of
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import STAFF, Actor
from chat_server.ports import ANY, Commit, Query, Statement

_LINES: Final = Query("lines_of_orders", lambda _, line_id, *__: int(line_id), light=True)
_REMINDING: Final = (dispute_clock.remind_at_half, dispute_clock.remind_at_last)


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was ordered."""

    product: str
    quantity: int


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody did: `open`, an `Act`, or `say` for words in the dispute's thread."""

    days: float
    by: str
    act: str
    kind: Kind | None = None
    amount: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()
    messages: bool = False
    """Puts in what was said in the order's thread."""
    carrier: str = ""
    tracking: str = ""

    @property
    def units(self) -> int | None:
        """Of a part, how much."""
        return units_of(self.amount) if self.amount else None


class Argued(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dispute about the first line of an order; days are counted back from now."""

    order: str
    buyer: str
    shop: str
    lines: tuple[Line, ...]
    placed_days_ago: float
    shipped_days_ago: float
    reason: Reason
    steps: tuple[Step, ...]
    carrier: str
    tracking: str
    received_days_ago: float | None = None
    state: str = "received"
    free_return: bool = False
    talk: tuple[Said, ...] = ()

    @property
    def written(self) -> dict[str, Any]:
        """The order, as the market writes its own."""
        order: dict[str, Any] = msgspec.to_builtins(self)
        order |= {"id": self.order, "promised_days": 7}
        if self.received_days_ago is None:
            del order["received_days_ago"]
        return order


class Arguer:
    """Goes through one dispute with the actions that people's own clients lead to, and lets time pass in between."""

    def __init__(self, ctx: Context, argued: Argued, people: Mapping[str, Actor]) -> None:
        self._ctx = ctx
        self._argued = argued
        self._now = ctx.clock.now_ms()
        seller = next(
            shop["members"][0] for shop in invented()["shops"] if shop["id"] == argued.shop
        )
        self._people = {**people, "buyer": people[argued.buyer], "seller": people[seller]}
        self._spoken: tuple[int, ...] = ()

    async def argue(self) -> None:
        """All of it, in the order in which it happened."""
        order_id = await put_order(self._ctx, self._argued.written)
        # There is enough to rate without what people argue about.
        cleared = Statement("clear_deadline", {"kind": REMINDER, "subject_id": order_id}, ANY)
        await self._ctx.store.commit(Commit([cleared]))
        await self._talk(order_id)
        dispute_id = 0
        for place, step in enumerate(self._argued.steps):
            if step.act == "open":
                dispute_id = await self._open(order_id, step)
            else:
                await self._let_pass(dispute_id, self._at(step.days))
                await self._do(dispute_id, step, f"demo-{self._argued.order}-{place}")
        await self._let_pass(dispute_id, self._now)

    def _at(self, days: float) -> int:
        return self._now - int(days * DAY_MS)

    def _ago(self, days: float) -> Context:
        """The context of so many days ago."""
        return at(self._ctx, self._at(days))

    async def _talk(self, order_id: OrderId) -> None:
        """What was said before, which may be put in."""
        spoken = []
        for place, said in enumerate(self._argued.talk):
            then, who = self._ago(said.days), self._people[said.by]
            thread = await threads.open_order_thread(then, who, order_id)
            key = f"demo-{self._argued.order}-talk-{place}"
            message = Message(ThreadId(thread.id), key, said.text)
            spoken.append((await messages.post(then, who, message)).seq)
            for reader in (who, self._people["buyer"]):
                await has_read(then, reader, thread.id)
        self._spoken = tuple(spoken)

    async def _open(self, order_id: OrderId, step: Step) -> int:
        lines = await self._ctx.store.all(_LINES, ids=f"[{order_id}]")
        then, who = self._ago(step.days), self._people[step.by]
        assert step.kind is not None
        return await disputing.open_dispute(
            then,
            who,
            order_id,
            lines[0],
            f"demo-{self._argued.order}",
            self._argued.reason,
            (step.kind, step.units),
            await self._given(then, who, step),
        )

    async def _do(self, dispute_id: int, step: Step, key: str) -> None:
        then = self._ago(step.days)
        if step.by == "backend":
            return await self._tell(then, dispute_id, step)
        who, dispute = self._people[step.by], await self._dispute(dispute_id)
        if who.role not in STAFF:
            await has_read(then, who, dispute.thread_id)
        if step.act == "say":
            return await _say(then, who, dispute, key, step.text)
        wanted = Wanted(
            Act(step.act),
            dispute.revision,
            key,
            step.kind,
            step.units,
            await self._given(then, who, step),
            step.carrier,
            step.tracking,
        )
        return await disputing.move(then, who, dispute_id, wanted)

    async def _tell(self, then: Context, dispute_id: int, step: Step) -> None:
        """The backend has paid what it was asked for, or could not."""
        stored = await self._ctx.store.one(DISPUTE, dispute_id=dispute_id)
        assert stored is not None
        ((_, _, _, refund, _, _),) = await cases(self._ctx, [stored])
        assert refund is not None
        paid = amount_of(refund.units, refund.currency) if step.act == Act.PAY else None
        key, currency = refund.refund_key, refund.currency
        await refunds.told(then, key, amount=paid, currency=currency, reason=step.text)

    async def _given(self, then: Context, who: Actor, step: Step) -> Given:
        photos = [await _photo(then, who, name) for name in step.photos]
        return Given(step.text, tuple(photos), self._spoken if step.messages else ())

    async def _dispute(self, dispute_id: int) -> Dispute:
        stored = await self._ctx.store.one(DISPUTE, dispute_id=dispute_id)
        assert stored is not None
        return stored.dispute

    async def _let_pass(self, dispute_id: int, until: int) -> None:
        """What was due until then happened when it was due."""
        dispute = await self._dispute(dispute_id)
        for mark, remind in zip(reminders(dispute), _REMINDING, strict=False):
            if mark < until:
                await remind(at(self._ctx, mark), dispute_id, dispute.revision)
        if dispute.due_at is not None and dispute.due_at < until:
            await dispute_clock.expire(at(self._ctx, dispute.due_at), dispute_id, dispute.revision)
            await self._let_pass(dispute_id, until)


async def _say(then: Context, who: Actor, dispute: Dispute, key: str, text: str) -> None:
    """Words in the dispute's thread."""
    if who.role in STAFF:
        await mediators.say(then, who, dispute.id, key, text)
    else:
        await messages.post(then, who, Message(ThreadId(dispute.thread_id), key, text))


async def _photo(then: Context, who: Actor, name: str) -> int:
    """Uploads one of the demo's snapshots."""

    async def upload() -> AsyncIterator[bytes]:
        yield (FOLDER / "photos" / f"{name}.jpg").read_bytes()

    return (await take_photo(then, who, upload())).id
