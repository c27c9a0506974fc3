"""Webhooks: what the marketplace's backend is told, written in the Commit of what it tells of."""

import json
from collections.abc import Mapping

from chat_server.actions.context import Context
from chat_server.ports import ANY, Statement, Value


def announced(ctx: Context, kind: str, facts: Mapping[str, object]) -> Statement:
    """Tells every active endpoint. Whoever commits it says so (`webhooks_queued`).

    The payload is `{"type", "timestamp", "data"}`, as Standard Webhooks has it; `facts` are its data.
    """
    now = ctx.clock.now_ms()
    payload = {"type": kind, "timestamp": now, "data": dict(facts)}
    row: dict[str, Value] = {
        "message_id": ctx.ids.new_id(),
        "type": kind,
        "payload": json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
        "at": now,
    }
    return Statement("queue_webhook", row, ANY)


def webhooks_queued(ctx: Context) -> None:
    """They were committed: they may leave at once."""
    ctx.webhooks_queued.set()
