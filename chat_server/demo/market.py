"""The invented market of `market.toml`, put into a store as a real backend would put it."""

import functools
import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any, Final

from chat_server.actions import market, messages, orders, sessions, staff, threads
from chat_server.actions.context import Context
from chat_server.actions.messages import Message
from chat_server.actions.orders import PutLine, PutOrder
from chat_server.demo.desk import furnish
from chat_server.demo.history import remember
from chat_server.domain.ids import OrderId, PersonId, ShopId, ThreadId
from chat_server.domain.orders import DAY_MS, Dates, OrderState
from chat_server.domain.people import Actor, Role
from chat_server.ports import ANY, Commit, Query, Statement, Store

DEMO_MARK: Final = "demo"

STAFF: Final = (
    ("vera@karavela.example", "Vera Lindqvist", "supervisor"),
    ("amir@karavela.example", "Amir Haddad", "agent"),
    ("nadia@karavela.example", "Nadia Marin", "agent"),
)
STAFF_PASSWORD: Final = "sail the karavela"  # noqa: S105
"""Everybody may know it: the demo listens to this machine alone and holds nothing but what is invented."""

_META: Final = Query("meta_value", lambda value: str(value))
_PEOPLE: Final = Query("count_foreign", lambda people: int(people))


class ForeignDatabase(Exception):
    """The database holds something that is not the demo's."""


@functools.cache
def invented() -> dict[str, Any]:
    """The market as it is written down."""
    return tomllib.loads((resources.files(__package__) / "market.toml").read_text("utf-8"))


async def claim(store: Store) -> None:
    """Marks an empty store as the demo's. Raises ForeignDatabase where it holds anything else."""
    if await store.one(_META, key=DEMO_MARK) is not None:
        return
    if await store.one(_PEOPLE):
        raise ForeignDatabase
    await store.commit(Commit([Statement("put_meta", {"key": DEMO_MARK, "value": "1"}, ANY)]))


async def seed(ctx: Context) -> None:
    """Puts the market where it is not there yet; what people have done since is left alone."""
    found = invented()
    currency = found["market"]["currency"]
    for person in found["people"]:
        values = {key: person.get(key, default) for key, default in _PERSON.items()}
        await market.put_person(ctx, person["id"], 1, values)
    for shop in found["shops"]:
        await market.put_shop(ctx, shop["id"], 1, shop["name"], shop["members"])
    for product in found["products"]:
        url = f"{ctx.settings.public_url}/#/product/{product['id']}"
        values = {
            "title": product["title"],
            "url": url,
            "photo_url": picture(ctx, product["id"]),
            "price_amount": product["price"],
            "price_currency": currency,
        }
        await market.put_product(ctx, product["id"], 1, product["shop"], values)
    for order in found["orders"]:
        await orders.put_order(ctx, _order(ctx, order, found["products"], currency))
    for talk in found.get("conversations", ()):
        await _talk(ctx, talk)
    for email, name, role in STAFF:
        await staff.welcome_staff(ctx, email, name, role, STAFF_PASSWORD)
    await furnish(ctx)
    await remember(ctx)


_PERSON: Final = {"name": "", "locale": "en", "zone": "UTC", "country": ""}


def picture(ctx: Context, product: str) -> str:
    """Where a product's drawing is."""
    return f"{ctx.settings.public_url}/demo/art/{product}.svg"


def _order(
    ctx: Context, order: dict[str, Any], products: list[dict[str, Any]], currency: str
) -> PutOrder:
    by_id = {product["id"]: product for product in products}
    now = ctx.clock.now_ms()

    def ago(key: str) -> int | None:
        return now - order[key] * DAY_MS if key in order else None

    state = OrderState(order["state"])
    placed = ago("placed_days_ago") or now
    lines = [
        PutLine(
            key=line["product"],
            title=by_id[line["product"]]["title"],
            photo_url=picture(ctx, line["product"]),
            amount=by_id[line["product"]]["price"],
            currency=currency,
            quantity=line["quantity"],
            product=line["product"],
        )
        for line in order["lines"]
    ]
    total = sum((Decimal(line.amount) * line.quantity for line in lines), Decimal(0))
    paid = None if state is OrderState.PLACED else placed
    return PutOrder(
        external_id=order["id"],
        buyer=order["buyer"],
        shop=order["shop"],
        state=state,
        version=1,
        total_amount=str(total),
        total_currency=currency,
        placed_at=placed,
        dates=Dates(paid, None, ago("shipped_days_ago"), order.get("promised_days"), None),
        carrier=order.get("carrier", ""),
        tracking=order.get("tracking", ""),
        lines=lines,
        refunds=(),
    )


async def _talk(ctx: Context, talk: dict[str, Any]) -> None:
    """One conversation: its key makes saying it again harmless."""
    buyer = await _actor(ctx, talk["buyer"])
    if "product" in talk:
        thread = await threads.open_product_thread(ctx, buyer, None, talk["product"])
    else:
        number = await threads.order_number(ctx, talk["order"])
        thread = await threads.open_order_thread(ctx, buyer, OrderId(number))
    for place, line in enumerate(talk["lines"]):
        actor = await _actor(ctx, line["by"])
        key = f"demo-{talk['id']}-{place}"
        await messages.post(ctx, actor, Message(ThreadId(thread.id), key, line["text"]))


async def _actor(ctx: Context, external_id: str) -> Actor:
    person = await market.person_of_token(ctx, external_id, external_id, "en")
    shops = frozenset(ShopId(shop.id) for shop in await sessions.shops_of(ctx, person.id))
    return Actor(PersonId(person.id), Role.BUYER, shops)
