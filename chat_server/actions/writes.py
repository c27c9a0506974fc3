"""Parts of many writes: client keys, which a sender uses once each, and events that nobody signs."""

from typing import Final

from chat_server.actions.context import Context
from chat_server.domain.errors import KeyReused
from chat_server.domain.people import Actor
from chat_server.domain.threads import EventKind
from chat_server.ports import Query, Statement, Value

_HASH: Final = Query("write_of_key", lambda body_hash: bytes(body_hash), light=True)


async def was_written(ctx: Context, actor: Actor, client_key: str, body_hash: bytes) -> bool:
    """Whether this very write was made before. Raises KeyReused where the key belongs to another."""
    found = await ctx.store.one(_HASH, client_key=client_key, me=actor.person_id)
    if found is not None and found != body_hash:
        raise KeyReused
    return found is not None


def keeping(ctx: Context, actor: Actor, client_key: str, body_hash: bytes) -> Statement:
    """Keeps the key of a write that is no event; touches no row where it was used before."""
    key: dict[str, Value] = {
        "client_key": client_key,
        "me": actor.person_id,
        "body_hash": body_hash,
        "answer": "{}",
        "at": ctx.clock.now_ms(),
    }
    return Statement("keep_client_write", key)


def unsigned(thread_id: int, kind: EventKind, at: int, text: str, body: str) -> Statement:
    """The event of a bot or of the system; its seq and side come from the statement that gave it its place."""
    event: dict[str, Value] = {
        "thread_id": thread_id,
        "kind": int(kind),
        "at": at,
        "author_id": None,
        "text": text,
        "body": body,
        "target": None,
        "client_key": None,
        "body_hash": None,
    }
    return Statement("insert_event", event)
