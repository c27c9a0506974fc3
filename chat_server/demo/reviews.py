"""Months of the demo's reviews, so that products, shops and moderators have something to show; always the same ones."""

import asyncio
import contextlib
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from chat_server.actions import market, notices
from chat_server.actions.context import Context
from chat_server.demo.orders import FOLDER, invented
from chat_server.demo.past import actor_of, at
from chat_server.demo.telling import Teller, Told, shop_of
from chat_server.domain.ids import first_id_at
from chat_server.domain.notices import REMINDED_MS, Side
from chat_server.domain.orders import DAY_MS, Order
from chat_server.domain.people import Actor
from chat_server.ports import ANY, Commit, Conflict, Query, Statement

MARK: Final = "demo_reviews"

LATE: Final = (3.0, 177.0)
EARLY: Final = (190.0, 260.0)
"""Days ago. Between them lies the beginning of the window of a shop's figure, which so is the same each day."""

FIRST_ORDER: Final = 10_101
BUYERS_LOOKED: Final = 6.0
SELLERS_LOOKED: Final = 5.0
"""So many days ago they saw what they had been told until then."""

_MARKED: Final = Query("meta_value", lambda value: str(value))
_ORDER: Final = Query("order_by_external_id", Order, light=True)


async def recall(ctx: Context, moderator: Actor) -> None:
    """Puts the reviews there once; what people have done since is left alone.

    The mark comes first: what a stopped start leaves untold stays so, and nothing is told twice.
    """
    if await ctx.store.one(_MARKED, key=MARK) is not None:
        return
    await ctx.store.commit(Commit([Statement("put_meta", {"key": MARK, "value": "1"}, ANY)]))
    found = tomllib.loads((FOLDER / "reviews.toml").read_text("utf-8"))
    people = await _people(ctx, found["past"])
    teller = Teller(ctx, people, moderator)
    await asyncio.gather(*(_tell(teller, mine) for mine in _Plan(found).by_buyer()))
    await _remind(ctx)
    await look(ctx, people)


async def _people(ctx: Context, past: dict[str, list[str]]) -> dict[str, Actor]:
    """Everybody who says something: those of the market, and those who cannot be signed in as."""

    async def known(key: str) -> tuple[str, Actor]:
        if key in past:
            name, locale, country = past[key]
            values = {"name": name, "locale": locale, "zone": "UTC", "country": country}
            await market.put_person(ctx, key, 1, values)
        return key, await actor_of(ctx, key)

    keys = [*(person["id"] for person in invented()["people"]), *past]
    return dict(await asyncio.gather(*map(known, keys)))


class _Call(NamedTuple):
    """What is told, of which order, and whom it helped."""

    told: Told
    order: str
    voters: list[str]


class _Plan:
    """Who rates what and when: what is written down, and stars without a word, dealt out by chance."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._chance = random.Random(2)  # noqa: S311  # Each demo has the same past.
        self._past: list[str] = sorted(found["past"])
        self._told = msgspec.convert(found["told"], list[Told])
        self._busy = {(told.by, told.shop, told.days < EARLY[0]) for told in self._told}
        self._told += [told for row in found["stars"] for told in self._stars(row)]
        self._told.sort(key=lambda told: -told.days)

    def by_buyer(self) -> list[list[_Call]]:
        """What each buyer says, the oldest first."""
        mine: dict[str, list[_Call]] = defaultdict(list)
        for number, told in enumerate(self._told, FIRST_ORDER):
            voters = self._chance.sample(
                [key for key in self._past if key != told.by], told.helpful
            )
            mine[told.by].append(_Call(told, f"KV-{number}", voters))
        return list(mine.values())

    def _stars(self, row: dict[str, Any]) -> Iterator[Told]:
        for period, counts in ((LATE, row["late"]), (EARLY, row["early"])):
            for stars, count in enumerate(counts, 1):
                for _ in range(count):
                    days = round(self._chance.uniform(*period), 3)
                    by = self._somebody(shop_of(row["product"]), late=period is LATE)
                    yield Told(by, row["product"], stars, days, details=self._details(stars))

    def _somebody(self, shop: str, *, late: bool) -> str:
        """Who has not rated the shop in that period: by chance nothing is merged."""
        free = [key for key in self._past if (key, shop, late) not in self._busy]
        chosen = self._chance.choice(free)
        self._busy.add((chosen, shop, late))
        return chosen

    def _details(self, stars: int) -> tuple[int, ...]:
        """Most say how the shop did as well, more or less as the goods were."""
        if self._chance.random() < 0.4:
            return ()
        return tuple(min(5, max(1, stars + self._chance.choice((-1, 0, 0, 1)))) for _ in range(3))


async def _tell(teller: Teller, mine: list[_Call]) -> None:
    for call in mine:
        await teller.tell(*call)


async def _remind(ctx: Context) -> None:
    """Who has not rated what he received a week ago was reminded of it."""
    for written in invented()["orders"]:
        order = await ctx.store.one(_ORDER, external_id=written["id"])
        if order is None or order.received_at is None:
            continue
        due = order.received_at + REMINDED_MS[0]
        if due < ctx.clock.now_ms():
            # A demo that is older than reviews are has nothing that runs out.
            with contextlib.suppress(Conflict):
                await notices.remind(at(ctx, due), order.id, due)


async def look(ctx: Context, people: Mapping[str, Actor]) -> None:
    """Those whom one may sign in as have seen what they were told, but for the latest."""
    for person in invented()["people"]:
        sells = person["role"] == "seller"
        looked = ctx.clock.now_ms() - int((SELLERS_LOOKED if sells else BUYERS_LOOKED) * DAY_MS)
        side = Side.SHOPS if sells else Side.MINE
        await notices.read(at(ctx, looked), people[person["id"]], side, first_id_at(looked))
