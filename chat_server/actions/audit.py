"""The audit row of a deed, which goes into the same Commit as the deed itself; texts and addresses never do."""

import json
from typing import Final

from chat_server.actions.context import Context
from chat_server.domain.audit import Action
from chat_server.domain.ids import ThreadId
from chat_server.domain.people import Actor
from chat_server.ports import ANY, Commit, Statement, Value

ONE_LOOK_MS: Final = 10 * 60 * 1000

Detail = int | str | bool | None | list[str]


def audited(
    ctx: Context,
    actor_id: int | None,
    action: Action,
    thread_id: int | None = None,
    **details: Detail,
) -> Statement:
    """Keeps that somebody did this; None is the system. Details are facts such as ids, never what customers wrote."""
    row: dict[str, Value] = {
        "id": ctx.ids.new_id(),
        "at": ctx.clock.now_ms(),
        "actor_id": actor_id,
        "action": action.value,
        "thread_id": thread_id,
        "details": json.dumps(details, ensure_ascii=False, sort_keys=True),
    }
    return Statement("add_audit", row)


async def looked(ctx: Context, actor: Actor, thread_id: ThreadId) -> None:
    """Keeps that somebody who works here looked into a thread, wherever he read it; looks of ten minutes are one."""
    now = ctx.clock.now_ms()
    view: dict[str, Value] = {
        "id": ctx.ids.new_id(),
        "at": now,
        "since": now - ONE_LOOK_MS,
        "actor_id": actor.person_id,
        "action": Action.VIEWED,
        "thread_id": thread_id,
    }
    await ctx.store.commit(Commit([Statement("add_view", view, ANY)]))
