"""The marketplace's name and colour: as the settings say, or as a supervisor has said since."""

import contextlib
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.tools import bump
from chat_server.domain.audit import Action
from chat_server.domain.colors import brand_fault
from chat_server.domain.errors import Invalid, Stale, Unavailable
from chat_server.domain.people import Actor, clean_name
from chat_server.ports import ANY, Commit, Conflict, Query, Statement
from chat_server.settings import Settings

NAME, COLOR, REVISION = "brand_name", "brand_color", "brand_revision"

KEPT_MS: Final = 1_000
"""So long after a change of another node, pages may still show what was before."""


class Brand(NamedTuple):
    """How the marketplace is called and coloured."""

    name: str
    color: str
    revision: int = 0
    """0: as the settings say."""


_FACTS: Final = Query("brand_facts", lambda key, value: (str(key), str(value)), light=True)


async def brand(ctx: Context) -> Brand:
    """As it is in force."""
    facts = dict(await ctx.store.all(_FACTS))
    settings = ctx.settings
    return Brand(
        facts.get(NAME, settings.brand_name),
        facts.get(COLOR, settings.brand_color),
        int(facts.get(REVISION, "0")),
    )


async def put_brand(ctx: Context, actor: Actor, wished: Brand) -> Brand:
    """Another name and colour, on the pages of all nodes within seconds. Raises Invalid, Stale."""
    name = clean_name(wished.name)
    if not name:
        raise Invalid("brand_name")
    if fault := brand_fault(wished.color):
        raise Invalid(fault)
    facts = [
        Statement("put_meta", {"key": key, "value": value}, ANY)
        for key, value in ((NAME, name), (COLOR, wished.color))
    ]
    deed = audited(ctx, actor.person_id, Action.BRAND_CHANGED, color=wished.color)
    try:
        await ctx.store.commit(Commit([bump(REVISION, wished.revision), *facts, deed]))
    except Conflict:
        raise Stale from None
    return Brand(name, wished.color, wished.revision + 1)


class LiveBrand:
    """What the pages of a node show: read at most once in KEPT_MS."""

    def __init__(self, settings: Settings) -> None:
        self._brand = Brand(settings.brand_name, settings.brand_color)
        self._read_at = -KEPT_MS

    async def now(self, ctx: Context) -> Brand:
        """As it is in force, or was a moment ago; pages are shown while the store is away."""
        at = ctx.clock.now_ms()
        if not 0 <= at - self._read_at < KEPT_MS:
            with contextlib.suppress(Unavailable):
                self._brand, self._read_at = await brand(ctx), at
        return self._brand
