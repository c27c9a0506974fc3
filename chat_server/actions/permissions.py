"""What people who work here may do beside their role: a supervisor says so, and holds every permission himself."""

from typing import Final

from chat_server.actions.context import Context
from chat_server.domain.errors import NotAllowed
from chat_server.domain.people import STAFF, Actor, Role
from chat_server.ports import Query

_HELD: Final = Query("permissions_of", lambda permissions: str(permissions), light=True)


async def may(ctx: Context, actor: Actor, permission: str) -> bool:
    """Whether somebody who works here holds a permission now."""
    if actor.role not in STAFF:
        return False
    if actor.role is Role.SUPERVISOR:
        return True
    held = await ctx.store.one(_HELD, person_id=actor.person_id)
    return permission in (held or "").split()


async def admit(ctx: Context, actor: Actor, permission: str) -> None:
    """Only who holds it comes in. Raises NotAllowed with the permission as its reason."""
    if not await may(ctx, actor, permission):
        raise NotAllowed(permission)
