"""A figure is explained page by page on either engine, with groups that are longer than a page."""

import dataclasses
from pathlib import Path

from benchmarks.growth import quiet_context
from chat_server import storage
from chat_server.actions import explained, market, orders, rating
from chat_server.actions.context import Context
from chat_server.actions.orders import PutLine, PutOrder
from chat_server.domain import ratings
from chat_server.domain.ids import OrderId, PersonId, ShopId
from chat_server.domain.orders import DAY_MS, Dates, OrderState
from chat_server.domain.people import Actor, Role
from chat_server.domain.ratings import Explanation, Rating, Section
from chat_server.storage import AnyStore
from tests.api.harness import SetClock
from tests.contract.stores import Backend
from tests.explained import walk, whole
from tests.factories_sql import fresh_key

MIGRATIONS = Path(storage.__file__).parent / "sql"
SHOP, LINES = "explained", 24


async def receives(ctx: Context, backend: Backend, buyer: str) -> tuple[Actor, OrderId, list[int]]:
    """Somebody receives many things at once: who, the order, and its lines."""
    fields = {"name": buyer, "locale": "en", "zone": "UTC", "country": ""}
    person = await market.put_person(ctx, buyer, 1, fields)
    put = PutOrder(
        external_id=f"of-{buyer}",
        buyer=buyer,
        shop=SHOP,
        state=OrderState.RECEIVED,
        version=1,
        total_amount="20.00",
        total_currency="EUR",
        placed_at=ctx.clock.now_ms(),
        dates=Dates(None, None, None, None, None),
        carrier="",
        tracking="",
        lines=[PutLine(f"{n}", "Lamp", "", "10.00", "EUR", 1, None) for n in range(LINES)],
        refunds=[],
    )
    order = OrderId((await orders.put_order(ctx, put)).id)
    lines = await backend.rows(
        f"SELECT id FROM order_lines WHERE order_id = {order} ORDER BY place"
    )
    return Actor(PersonId(person.id), Role.BUYER), order, [line for (line,) in lines]


async def explained_anew(backend: Backend, ctx: Context, shop: ShopId) -> Explanation:
    """From all ratings."""
    rows = await backend.rows(
        f"SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews WHERE shop_id = {shop}"
    )
    return ratings.explain([Rating(*row) for row in rows], ctx.clock.now_ms(), "UTC")


async def trade(ctx: Context, backend: Backend, clock: SetClock) -> list[int]:
    """Two buyers rate something every day for weeks, in the same instants, and months later two others; the ratings."""
    given: list[int] = []
    for name in ("anna", "boris"):
        people = [await receives(ctx, backend, f"{name}-{n}") for n in range(2)]
        for number in range(LINES):
            for who, order, lines in people:
                where = (order, lines[number])
                given.append(await rating.rate(ctx, who, *where, fresh_key(), 1 + number % 5))
            clock.advance(DAY_MS - 1)
        clock.advance(150 * DAY_MS)
    return given


def counted_by_the_migration(engine: str) -> str:
    """The question with whose answer it filled the sums of what there was."""
    text = (MIGRATIONS / engine / "0012_rating_fates.sql").read_text("utf-8")
    return text.partition("INSERT INTO rating_fates (shop_id, merged, refunded, annulled)")[
        2
    ].partition(";")[0]


async def test_pages_part_no_group_and_tell_the_whole_of_it(
    store: AnyStore, backend: Backend, engine: str
) -> None:
    clock = SetClock()
    ctx = dataclasses.replace(quiet_context(store), clock=clock)
    shop = ShopId((await market.put_shop(ctx, SHOP, 1, SHOP, [])).id)
    given = await trade(ctx, backend, clock)
    boss, _, _ = await receives(ctx, backend, "boss")
    for review in given[::7]:
        supervisor = dataclasses.replace(boss, role=Role.SUPERVISOR)
        await rating.annul(ctx, supervisor, review, annulled=True, reason="bought")

    seller = dataclasses.replace(boss, role=Role.SELLER, shops=frozenset({shop}))
    anew = await explained_anew(backend, ctx, shop)
    page = await explained.page(ctx, seller, shop, None)

    assert await backend.rows(counted_by_the_migration(engine)) == [(shop, *anew.fates)]
    assert len(anew.told) == len(given) == 4 * LINES
    assert (page.card.standing, page.fates) == (anew.standing, anew.fates)
    for size in (1, 7, 50):
        assert whole(await walk(ctx, seller, shop, size=size)) == list(anew.told)
        for section in Section:
            mine = [told for told in anew.told if told.section is section]
            assert whole(await walk(ctx, seller, shop, section, size=size)) == mine != []
