"""How the demo writes what happened before it began: the same actions, with a clock that stands where they were."""

import dataclasses
from typing import Final

from typing_extensions import override

from chat_server.actions import market, sessions, threads
from chat_server.actions.context import Context
from chat_server.actions.known_figures import KnownFigures
from chat_server.domain.events import Fact
from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.people import Actor, Role
from chat_server.gateways.clock import SystemClock, SystemIds

_END: Final = 1_000_000
"""Beyond the end of each conversation."""


class _Standing(SystemClock):
    """Stands at an instant."""

    def __init__(self, at_ms: int) -> None:
        self._at = at_ms

    @override
    def now_ms(self) -> int:
        """As it was set."""
        return self._at


class _Nobody:
    """Nobody was connected then."""

    def tell(self, fact: Fact) -> None:
        """Is heard by nobody."""


def at(ctx: Context, then_ms: int) -> Context:
    """The same at an instant of the past: what actions write with it was written then."""
    clock = _Standing(then_ms)
    ids, figures = SystemIds(clock), KnownFigures()
    return dataclasses.replace(ctx, clock=clock, ids=ids, sink=_Nobody(), figures=figures)


async def actor_of(ctx: Context, external_id: str) -> Actor:
    """Somebody of the market, as a caller."""
    person = await market.person_of_token(ctx, external_id, external_id, "en")
    shops = frozenset(ShopId(shop.id) for shop in await sessions.shops_of(ctx, person.id))
    return Actor(PersonId(person.id), Role.BUYER, shops, person.locale)


async def has_read(ctx: Context, who: Actor, thread_id: int) -> None:
    """Somebody has seen all that was said in a conversation so far."""
    await threads.put_marks(ctx, who, [(thread_id, _END, _END)])
