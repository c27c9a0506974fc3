"""What the demo's people argue about: something to settle for buyers, sellers and mediators, always the same."""

import asyncio
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import msgspec

from chat_server.actions import people as staff_people
from chat_server.actions.context import Context
from chat_server.actions.people import Change
from chat_server.demo.arguing import Argued, Arguer
from chat_server.demo.orders import FOLDER, invented
from chat_server.demo.past import actor_of, at
from chat_server.demo.reviews import look
from chat_server.demo.talking import Talk, Talker, shop_of_talk
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor
from chat_server.ports import ANY, Commit, Query, Statement

MARK: Final = "demo_disputes"

_MARKED: Final = Query("meta_value", lambda value: str(value))


async def argue(ctx: Context, supervisor: Actor, mediator: Actor) -> None:
    """Puts disputes and complaints there once; what people have done since is left alone.

    The mark comes first: what a stopped start leaves untold stays so, and nothing is told twice.
    """
    if await ctx.store.one(_MARKED, key=MARK) is not None:
        return
    await ctx.store.commit(Commit([Statement("put_meta", {"key": MARK, "value": "1"}, ANY)]))
    await _let_mediate(ctx, supervisor, mediator)
    people = {p["id"]: await actor_of(ctx, p["id"]) for p in invented()["people"]}
    people |= {"vera": supervisor, "nadia": mediator}
    told = stories()
    await asyncio.gather(*(Arguer(ctx, argued, people).argue() for argued in told))
    await _talk(ctx, people, {argued.order: argued.shop for argued in told})
    await look(ctx, people)


def stories() -> list[Argued]:
    """The disputes as they are written down."""
    found = tomllib.loads((FOLDER / "disputes.toml").read_text("utf-8"))
    return msgspec.convert(found["disputes"], list[Argued])


def talks() -> list[Talk]:
    """The conversations as they are written down."""
    found = tomllib.loads((FOLDER / "talks.toml").read_text("utf-8"))
    return msgspec.convert(found["talks"], list[Talk])


async def _talk(ctx: Context, people: Mapping[str, Actor], shops: Mapping[str, str]) -> None:
    """Of a shop one after the other: a complaint says how it answered until then."""
    by_shop: dict[str, list[Talker]] = defaultdict(list)
    for talk in talks():
        shop = shop_of_talk(talk, shops)
        by_shop[shop].append(Talker(ctx, talk, people, shop))

    async def tell(mine: list[Talker]) -> None:
        for talker in mine:
            await talker.talk()

    await asyncio.gather(*map(tell, by_shop.values()))


async def _let_mediate(ctx: Context, supervisor: Actor, mediator: Actor) -> None:
    """A supervisor lets an agent decide on cases, long before the first."""
    found, _ = await staff_people.one_person(ctx, mediator.person_id)
    held = [*found.permissions.split(), "mediate"]
    wish = Change(found.revision, None, None, None, held, None, None)
    then = at(ctx, ctx.clock.now_ms() - 90 * DAY_MS)
    await staff_people.change(then, supervisor, mediator.person_id, wish)
