"""Contact data in conversations about a product, before there is an order: what becomes of it."""

import asyncio
from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.contacts import contacts_in, hosts_of
from chat_server.domain.ids import ThreadId
from chat_server.domain.moderation import Found, mask
from chat_server.domain.people import STAFF, Actor
from chat_server.ports import Query
from chat_server.settings import Settings


class Screened(NamedTuple):
    """Words as they are kept, and what was done about contact data in them: nothing, `warn` or `mask`."""

    text: str
    contacts: str = ""


_BEFORE_ORDER: Final = Query("before_order", lambda found: int(found), light=True)


async def screened(ctx: Context, actor: Actor, thread_id: ThreadId, text: str) -> Screened | None:
    """What becomes of somebody's words; None where there is nothing to be done about them."""
    mode = ctx.settings.product_contacts
    if mode == "off" or not text or actor.role in STAFF:
        return None
    if not await ctx.store.one(_BEFORE_ORDER, thread_id=thread_id):
        return None
    found = await _contacts(ctx, text)
    if not found:
        return None
    return Screened(mask(text, found) if mode == "mask" else text, mode)


async def masked(ctx: Context, text: str) -> str:
    """The words with a mark in place of each contact."""
    return mask(text, await _contacts(ctx, text))


async def _contacts(ctx: Context, text: str) -> list[Found]:
    found = await asyncio.to_thread(ctx.found, text)
    return contacts_in(text, found, own_hosts(ctx.settings))


def own_hosts(settings: Settings) -> frozenset[str]:
    """Where the marketplace itself is: a link there leads nobody away."""
    return hosts_of((*settings.origins, settings.marketplace_url, settings.public_url))
