"""One review of the demo's past, from the order to the last word about it, as `reviews.toml` writes it down."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from chat_server.actions import moderators, rating, reviews
from chat_server.actions.context import Context
from chat_server.actions.notices import REMINDER
from chat_server.actions.orders import NOT_RECEIVED, PutRefund
from chat_server.actions.photos import take_photo
from chat_server.actions.reviews import PARTS, Words
from chat_server.demo.orders import FOLDER, invented, put_order
from chat_server.demo.past import at
from chat_server.domain.ids import OrderId
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor
from chat_server.domain.publishing import Move, State
from chat_server.domain.reviews import Detail, Part
from chat_server.ports import ANY, Commit, Query, Statement

DECIDED: Final = 0.4
"""After so many days a moderator has decided."""
REPLIED: Final = 1.3
"""After so many more the shop has replied."""
MINUTE: Final = 1 / 1440

_LINES: Final = Query("lines_of_orders", lambda _, line_id, *__: int(line_id), light=True)


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody puts it before a moderator."""

    by: str
    reason: str
    days: float
    part: Part = Part.TEXT
    text: str = ""


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rating with what was said beside it; days are counted back from now."""

    by: str
    product: str
    stars: int
    days: float
    order: str = ""
    also: tuple[tuple[str, int], ...] = ()
    """What else was in the order, and its stars."""
    details: tuple[int, ...] = ()
    text: str = ""
    photos: tuple[str, ...] = ()
    state: State = State.PUBLISHED
    reason: str = ""
    decided_days: float | None = None
    again: str = ""
    """What was sent, and waits, after the text had been refused."""
    again_days: float = 0
    reply: str = ""
    reply_days: float | None = None
    reply_state: State = State.PUBLISHED
    reply_reason: str = ""
    followup: str = ""
    followup_days: float = 0
    followup_state: State = State.PUBLISHED
    followup_reply: str = ""
    helpful: int = 0
    refunded: bool = False
    annulled: str = ""
    reports: tuple[Report, ...] = ()

    @property
    def shop(self) -> str:
        """Who sells it."""
        return shop_of(self.product)


def shop_of(product: str) -> str:
    """Who sells a product."""
    return next(str(p["shop"]) for p in invented()["products"] if p["id"] == product)


class _Outcome(NamedTuple):
    """What a moderator made of a part, and when; nothing yet where it waits."""

    state: State
    days: float
    reason: str = ""


class Teller:
    """Tells them with the actions that people's own clients lead to."""

    def __init__(self, ctx: Context, people: Mapping[str, Actor], moderator: Actor) -> None:
        self._ctx = ctx
        self._people = people
        self._moderator = moderator
        self._now = ctx.clock.now_ms()
        self._sellers = {shop["id"]: shop["members"][0] for shop in invented()["shops"]}

    def ago(self, days: float) -> Context:
        """The context of so many days ago."""
        return at(self._ctx, self._now - int(days * DAY_MS))

    async def tell(self, told: Told, order: str, voters: Sequence[str]) -> None:
        """All of it, in the order in which it happened; it helped the voters."""
        review_id = await self._rated(told, told.order or order)
        if told.text:
            await self._written(told, review_id)
        if told.annulled:
            await rating.annul(
                self.ago(told.days - 1),
                self._moderator,
                review_id,
                annulled=True,
                reason=told.annulled,
            )
        for voter in voters:
            voted = self.ago(told.days - DECIDED - 1)
            await reviews.vote(voted, self._people[voter], review_id, helpful=True)
        for report in told.reports:
            await reviews.report(
                self.ago(report.days),
                self._people[report.by],
                review_id,
                report.part,
                report.reason,
                report.text,
            )

    async def _rated(self, told: Told, number: str) -> int:
        """The order, its receipt, and the stars for all that was in it."""
        written = self._order(told, number)
        order_id = await put_order(self._ctx, written)
        lines = await self._ctx.store.all(_LINES, ids=f"[{order_id}]")
        buyer, then = self._people[told.by], self.ago(told.days)
        photos = [await self._photo(then, buyer, name) for name in told.photos]
        words = Words(told.text, tuple(photos))
        key = f"demo-{number}"
        review_id = await reviews.rate(then, buyer, order_id, lines[0], key, told.stars, words)
        for place, (_, stars) in enumerate(told.also, 1):
            later = self.ago(told.days - place * MINUTE)
            await rating.rate(later, buyer, order_id, lines[place], f"{key}-{place}", stars)
        if told.details:
            given = {
                detail.value: stars for detail, stars in zip(Detail, told.details, strict=True)
            }
            await rating.rate_order(then, buyer, order_id, lines[0], given)
        await self._nothing_to_remind_of(order_id)
        if told.refunded:
            await self._refund(told, written)
        return review_id

    def _order(self, told: Told, number: str) -> dict[str, Any]:
        goods = [told.product, *(product for product, _ in told.also)]
        return {
            "id": number,
            "buyer": told.by,
            "shop": told.shop,
            "state": "received",
            "lines": [{"product": product, "quantity": 1} for product in goods],
            "placed_days_ago": told.days + 11,
            "shipped_days_ago": told.days + 8,
            "received_days_ago": told.days + 1.5,
            "promised_days": 7,
        }

    async def _refund(self, told: Told, order: dict[str, Any]) -> None:
        """The marketplace gives the money back: nothing had arrived."""
        price = next(p["price"] for p in invented()["products"] if p["id"] == told.product)
        currency = invented()["market"]["currency"]
        refund = PutRefund("refund", told.product, price, currency, NOT_RECEIVED)
        await put_order(self._ctx, order, version=2, refunds=[refund])

    async def _nothing_to_remind_of(self, order_id: OrderId) -> None:
        cleared = Statement("clear_deadline", {"kind": REMINDER, "subject_id": order_id}, ANY)
        await self._ctx.store.commit(Commit([cleared]))

    async def _photo(self, then: Context, buyer: Actor, name: str) -> int:
        """Uploads one of the demo's snapshots."""

        async def upload() -> AsyncIterator[bytes]:
            yield (FOLDER / "photos" / f"{name}.jpg").read_bytes()

        return (await take_photo(then, buyer, upload())).id

    async def _written(self, told: Told, review_id: int) -> None:
        """The text, the shop's reply, the follow-up and the reply to that, each with what became of it."""
        decided = told.days - DECIDED if told.decided_days is None else told.decided_days
        state = State.REFUSED if told.again else told.state
        await self._decided(review_id, Part.TEXT, _Outcome(state, decided, told.reason))
        buyer, seller = self._people[told.by], self._people[self._sellers[told.shop]]
        if told.again:
            await self._says(buyer, review_id, Part.TEXT, told.again, told.again_days)
        if told.reply:
            days = decided - REPLIED if told.reply_days is None else told.reply_days
            outcome = _Outcome(told.reply_state, days - DECIDED, told.reply_reason)
            await self._says(seller, review_id, Part.REPLY, told.reply, days, outcome)
        if told.followup:
            days = told.followup_days
            outcome = _Outcome(told.followup_state, days - DECIDED)
            await self._says(buyer, review_id, Part.FOLLOWUP, told.followup, days, outcome)
        if told.followup_reply:
            days = told.followup_days - DECIDED - REPLIED
            outcome = _Outcome(State.PUBLISHED, days - DECIDED)
            part = Part.FOLLOWUP_REPLY
            await self._says(seller, review_id, part, told.followup_reply, days, outcome)

    async def _says(
        self,
        who: Actor,
        review_id: int,
        part: Part,
        text: str,
        days: float,
        outcome: _Outcome | None = None,
    ) -> None:
        key = f"demo-{review_id}-{part}"
        await reviews.send(self.ago(days), who, review_id, part, key, Words(text))
        if outcome is not None:
            await self._decided(review_id, part, outcome)

    async def _decided(self, review_id: int, part: Part, outcome: _Outcome) -> None:
        match outcome.state:
            case State.PENDING:
                return
            case State.REFUSED:
                await self._decide(review_id, part, Move.REFUSE, outcome.days, outcome.reason)
            case State.PUBLISHED | State.HIDDEN:
                await self._decide(review_id, part, Move.PUBLISH, outcome.days)
        if outcome.state is State.HIDDEN:
            await self._decide(review_id, part, Move.HIDE, outcome.days - 3, outcome.reason)

    async def _decide(
        self, review_id: int, part: Part, move: Move, days: float, reason: str = ""
    ) -> None:
        parts = await self._ctx.store.all(PARTS, review_id=review_id)
        revision = next(p.revision for p in parts if p.part == part)
        await moderators.decide(
            self.ago(days), self._moderator, review_id, part, revision, move, reason
        )
