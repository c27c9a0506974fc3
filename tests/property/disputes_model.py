"""People in dispute in process, over the real actions on a real store, and what a dispute should be."""

import dataclasses
from typing import Final

from chat_server.actions import disputing, market, messages, orders, refunds, threads
from chat_server.actions.deadlines import fire_due, seconds_to_next
from chat_server.actions.evidence import Given
from chat_server.actions.orders import PutLine, PutOrder, PutRefund
from chat_server.domain.disputes import Act, Kind, Reason
from chat_server.domain.ids import OrderId, PersonId, ShopId
from chat_server.domain.orders import DAY_MS, Dates, OrderState
from chat_server.domain.people import Actor, Role
from chat_server.ports import ANY, Commit, Statement
from tests.api.harness import fresh_key
from tests.faults.dispute_truth import QUESTIONS, Found, found_in
from tests.property.world import World

PAID: Final = 100_000
"""For each line, in ten-thousandths: an order of 25.00 whose total is 20.00."""

LINES: Final = ("a", "b")
DAY: Final = DAY_MS


@dataclasses.dataclass
class Bought:
    """An order, and what was paid back for its lines elsewhere."""

    key: str
    id: int
    received: bool
    lines: tuple[int, ...]
    elsewhere: dict[str, tuple[str, int]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Case:
    """What a dispute should be: written from PRODUCT 7, not from the code."""

    id: int
    bought: Bought
    line: str
    missing: bool
    """Nothing came; else it came broken."""
    asked: tuple[str, int]
    opened_at: int
    wish: tuple[str, int]
    state: str = "seller_turn"
    due_at: int | None = None
    steps: int = 1
    offer: tuple[str, int] | None = None
    proposal: tuple[str, int] | None = None
    agreed: str = ""
    answered: bool = False
    rejected: bool = False
    taken: bool = False
    address: bool = False
    contested: bool = False
    alarmed: bool = False
    reopened: bool = False
    final: bool = False
    remedy: tuple[str, int] | None = None
    refund: str = ""
    """How the refund of the backend stands."""

    @property
    def is_over(self) -> bool:
        """Nothing more can happen but a reopening."""
        return self.state in ("refunded", "closed_no_refund", "withdrawn")


class Disputes(World):
    """The store, who bought, who sold, who mediates, and the model."""

    def __init__(self, at: int) -> None:
        super().__init__(at, message_burst=10**6, threads_per_hour=10**6)
        buyer, seller, boss = (self._person(key) for key in ("buyer", "seller", "boss"))
        shop = ShopId(self.run(market.put_shop(self.ctx, "shop", 1, "Shop", ["seller"])).id)
        self.people = {
            "buyer": Actor(buyer, Role.BUYER),
            "seller": Actor(seller, Role.SELLER, frozenset({shop})),
            "mediator": Actor(boss, Role.SUPERVISOR),
        }
        self._versions: dict[str, int] = {}
        self._talks: dict[str, int] = {}

    # What is done.

    def buy(self, *, received: bool) -> Bought:
        """An order of two lines, which came, or is late."""
        key = f"order-{len(self._versions)}"
        bought = Bought(key, 0, received, ())
        bought.id = self.run(self._put(bought)).id
        rows = self.db.execute(
            "SELECT id FROM order_lines WHERE order_id = ? ORDER BY place", (bought.id,)
        )
        bought.lines = tuple(line for (line,) in rows)
        talk = self.run(
            threads.open_order_thread(self.ctx, self.people["buyer"], OrderId(bought.id))
        )
        message = messages.Message(talk.id, fresh_key(), "It is broken.")
        self._talks[key] = self.run(messages.post(self.ctx, self.people["buyer"], message)).seq
        return bought

    async def open(self, bought: Bought, line: str, wish: tuple[str, int]) -> int:
        """The buyer opens a dispute; its id."""
        where = (OrderId(bought.id), bought.lines[LINES.index(line)])
        reason = Reason.DAMAGED if bought.received else Reason.NOT_RECEIVED
        asked = (Kind(wish[0]), wish[1])
        given = Given("See.", (), (self._talks[bought.key],))
        buyer = self.people["buyer"]
        return await disputing.open_dispute(
            self.ctx, buyer, *where, fresh_key(), reason, asked, given
        )

    async def move(
        self, case: Case, who: str, act: str, wish: tuple[str, int] | None, *, words: bool
    ) -> None:
        """Somebody tries something, as he has seen the dispute."""
        wanted = disputing.Wanted(
            act=Act(act),
            revision=case.steps,
            client_key=fresh_key(),
            kind=Kind(wish[0]) if wish else None,
            units=wish[1] if wish else None,
            given=Given("Words." if words else ""),
            carrier="Post" if words else "",
            tracking="RR1",
        )
        await disputing.move(self.ctx, self.people[who], case.id, wanted)

    async def reopen(self, case: Case, wish: tuple[str, int]) -> None:
        """The buyer opens again what he withdrew."""
        wanted = disputing.Wanted(
            Act.EXPIRE, case.steps, fresh_key(), Kind(wish[0]), wish[1], Given("Again.")
        )
        await disputing.reopen(self.ctx, self.people["buyer"], case.id, wanted)

    async def tell(self, key: str, amount: str | None) -> None:
        """The backend has paid, or could not."""
        await refunds.told(
            self.ctx, key, amount=amount, currency="EUR", reason="" if amount else "closed"
        )

    def pay_elsewhere(self, bought: Bought, line: str, units: int) -> None:
        """Money goes back past every dispute."""
        bought.elsewhere[f"r{len(bought.elsewhere)}"] = (line, units)
        self.run(self._put(bought))

    def pass_time(self, until: int) -> list[int]:
        """Time passes, and what is due happens; the instants at which something did."""
        instants = []
        while True:
            due_at = self.clock.at + round(self.run(seconds_to_next(self.ctx)) * 1000)
            if due_at > until:
                break
            self.clock.at = max(self.clock.at, due_at)
            self.fire()
            instants.append(self.clock.at)
        self.clock.at = until
        self._beat()
        return instants

    def _beat(self) -> None:
        """A node that never sleeps looks after the deadlines."""
        beat = {"key": "heartbeat", "value": str(self.clock.at)}
        self.run(self.ctx.store.commit(Commit([Statement("put_meta", beat, ANY)])))

    def fire(self) -> None:
        """What is due now happens."""
        self._beat()
        for _ in range(10):
            if not self.run(fire_due(self.ctx)):
                return
        raise AssertionError("Something stays due.")

    # What it looks like.

    def found(self) -> Found:
        """What is stored."""
        return found_in([self.db.execute(sql).fetchall() for sql in QUESTIONS])

    def _person(self, key: str) -> PersonId:
        values = {"name": key, "locale": "en", "zone": "UTC", "country": ""}
        return PersonId(self.run(market.put_person(self.ctx, key, 1, values)).id)

    async def _put(self, bought: Bought) -> market.Standing:
        key = bought.key
        version = self._versions[key] = self._versions.get(key, 0) + 1
        long_ago = self.clock.at - 20 * DAY if version == 1 else 1
        put = PutOrder(
            external_id=key,
            buyer="buyer",
            shop="shop",
            state=OrderState.RECEIVED if bought.received else OrderState.PAID,
            version=version,
            total_amount="20.00",
            total_currency="EUR",
            placed_at=long_ago,
            dates=Dates(long_ago, None, None, None, None),
            carrier="",
            tracking="",
            lines=[PutLine(line, "Lamp", "", "12.50", "EUR", 1, None) for line in LINES],
            refunds=[
                PutRefund(name, line, f"{units / 10_000:.2f}", "EUR")
                for name, (line, units) in bought.elsewhere.items()
            ],
        )
        return await orders.put_order(self.ctx, put)
