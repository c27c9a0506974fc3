"""The invented market of `market.toml`, put into a store as a real backend would put it."""

import asyncio
from typing import Any, Final

from chat_server.actions import market, messages, staff, threads
from chat_server.actions.context import Context
from chat_server.actions.messages import Message
from chat_server.demo.desk import furnish
from chat_server.demo.disputes import argue
from chat_server.demo.history import remember
from chat_server.demo.orders import invented, picture, put_order
from chat_server.demo.past import actor_of
from chat_server.demo.reviews import recall
from chat_server.domain.ids import OrderId, ThreadId
from chat_server.domain.people import Actor, Role
from chat_server.ports import ANY, Commit, Query, Statement, Store, Value

DEMO_MARK: Final = "demo"
DEMO_HOME: Final = "demo_url"

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


async def claim(store: Store) -> None:
    """Marks an empty store as the demo's. Raises ForeignDatabase where it holds anything else."""
    if await store.one(_META, key=DEMO_MARK) is not None:
        return
    if await store.one(_PEOPLE):
        raise ForeignDatabase
    await store.commit(Commit([Statement("put_meta", {"key": DEMO_MARK, "value": "1"}, ANY)]))


async def seed(ctx: Context) -> None:
    """Puts the market where it is not there yet; what people have done since is left alone."""
    await _settle(ctx)
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
        await put_order(ctx, order)
    for talk in found.get("conversations", ()):
        await _talk(ctx, talk)
    for email, name, role in STAFF:
        await staff.welcome_staff(ctx, email, name, role, STAFF_PASSWORD)
    await furnish(ctx)
    await remember(ctx)
    supervisor, mediator = await _colleague(ctx, STAFF[0]), await _colleague(ctx, STAFF[2])
    # Photos of the one are drawn anew in another process while the other goes on.
    await asyncio.gather(argue(ctx, supervisor, mediator), recall(ctx, supervisor))


async def _settle(ctx: Context) -> None:
    """Pages and pictures of the market are where it runs now: it may have run on another port before."""
    home = ctx.settings.public_url
    before = await ctx.store.one(_META, key=DEMO_HOME)
    if before == home:
        return
    statements = [Statement("put_meta", {"key": DEMO_HOME, "value": home}, ANY)]
    if before is not None:
        ends: dict[str, Value] = {"old": f"{before}/", "new": f"{home}/"}
        names = ("move_product_pages", "move_line_pictures")
        statements += [Statement(name, ends, ANY) for name in names]
    await ctx.store.commit(Commit(statements))


_PERSON: Final = {"name": "", "locale": "en", "zone": "UTC", "country": ""}


async def _talk(ctx: Context, talk: dict[str, Any]) -> None:
    """One conversation: its key makes saying it again harmless."""
    buyer = await actor_of(ctx, talk["buyer"])
    if "product" in talk:
        thread = await threads.open_product_thread(ctx, buyer, None, talk["product"])
    else:
        number = await threads.order_number(ctx, talk["order"])
        thread = await threads.open_order_thread(ctx, buyer, OrderId(number))
    for place, line in enumerate(talk["lines"]):
        actor = await actor_of(ctx, line["by"])
        key = f"demo-{talk['id']}-{place}"
        await messages.post(ctx, actor, Message(ThreadId(thread.id), key, line["text"]))


async def _colleague(ctx: Context, who: tuple[str, str, str]) -> Actor:
    """Somebody of the support team, as who decided in the past."""
    email, _, role = who
    found = await ctx.store.one(staff.STAFF_BY_EMAIL, email=email)
    assert found is not None
    return Actor(found.id, Role(role))
