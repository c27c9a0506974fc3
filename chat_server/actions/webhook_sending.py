"""The outbox of webhooks as a node empties it: at least once, each under the same id, later and later."""

import logging
from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.ids import show
from chat_server.domain.orders import DAY_MS
from chat_server.domain.webhooks import GONE, asked_ms, delay_ms, signature
from chat_server.ports import ANY, Commit, Conflict, HookFault, Parcel, Query, Statement, Value

logger = logging.getLogger("parley.webhooks")

LEASE_MS: Final = 60_000
"""How long a node may take to send one; after it another may try."""

SENT_MS: Final = 30 * DAY_MS
"""For so long it is kept what has arrived."""

LOST_MS: Final = 90 * DAY_MS
"""For so long it is kept what has not."""


class Target(NamedTuple):
    """Where webhooks go, with what signs them."""

    id: int
    name: str
    url: str
    secret: str
    old_secret: str
    old_until: int | None
    trusted: int
    active: int
    revision: int


class _Waiting(NamedTuple):
    message_id: int
    type: str
    attempts: int


_TARGET: Final = Query("webhook_endpoint", Target, light=True)
_DUE_TO: Final = Query("webhooks_due_to", lambda endpoint_id: int(endpoint_id))
_DUE: Final = Query("due_webhooks", _Waiting)


async def waited_for(ctx: Context) -> list[int]:
    """Endpoints that something is to be sent to now."""
    return await ctx.store.all(_DUE_TO, at=ctx.clock.now_ms())


async def send_due(ctx: Context, endpoint_id: int) -> int:
    """Sends up to 20 that are due to one endpoint, one after the other; how many were looked at."""
    target = await ctx.store.one(_TARGET, id=endpoint_id)
    if target is None or not target.active:
        return 0
    url, _ = _way(ctx, target)
    if not url:  # The settings of another node know where it goes.
        return 0
    waiting = await ctx.store.all(_DUE, endpoint_id=endpoint_id, at=ctx.clock.now_ms())
    for one in waiting:
        await _send(ctx, target, one)
    return len(waiting)


async def clean(ctx: Context) -> None:
    """Removes what nobody asks for any more, and frees what was told while its endpoint ended a pause."""
    now = ctx.clock.now_ms()
    old = {"before": now - SENT_MS, "long_before": now - LOST_MS}
    dropped = Statement("drop_old_webhooks", old, ANY)
    await ctx.store.commit(Commit([dropped, Statement("free_webhooks", {}, ANY)]))


async def _send(ctx: Context, target: Target, waiting: _Waiting) -> None:
    payload = await _claim(ctx, target, waiting)
    if payload is None:
        return
    parcel = _parcel(ctx, target, waiting, payload)
    tried = waiting._replace(attempts=waiting.attempts + 1)
    assert ctx.hooks is not None, "Every node sends webhooks."
    try:
        status, retry_after = await ctx.hooks.send(parcel)
    except HookFault as fault:
        await _failed(ctx, target, tried, fault.kind)
        return
    if 200 <= status < 300:
        await _write(ctx, "webhook_sent", target, tried, said=str(status), at=ctx.clock.now_ms())
        logger.info("webhook.sent", extra=_facts(target, tried, str(status)))
        return
    await _failed(ctx, target, tried, str(status), asked_ms(retry_after, ctx.clock.now_ms()))
    if status == GONE:
        logger.warning("webhook.gone", extra={"endpoint": show(target.id)})
        paused = Statement("pause_webhook", {"id": target.id}, ANY)
        held = Statement("hold_webhooks", {"id": target.id}, ANY)
        await ctx.store.commit(Commit([paused, held]))


async def _claim(ctx: Context, target: Target, waiting: _Waiting) -> str | None:
    """The payload, which is this node's to send until its lease ends; None where another was faster."""
    now = ctx.clock.now_ms()
    claim: dict[str, Value] = {
        "message_id": waiting.message_id,
        "endpoint_id": target.id,
        "attempts": waiting.attempts,
        "at": now,
        "lease": now + LEASE_MS,
    }
    try:
        applied = await ctx.store.commit(Commit([Statement("claim_webhook", claim)]))
    except Conflict:
        return None
    row = applied.rows[0]
    assert row is not None
    return str(row[0])


def _parcel(ctx: Context, target: Target, waiting: _Waiting, payload: str) -> Parcel:
    """What is sent: under the same id at each try, signed anew."""
    url, secrets = _way(ctx, target)
    body, seconds = payload.encode(), ctx.clock.now_ms() // 1000
    message_id = show(waiting.message_id)
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": signature(secrets, message_id, seconds, body),
    }
    return Parcel(url, headers, body, trusted=target.trusted == 1)


def _way(ctx: Context, target: Target) -> tuple[str, list[str]]:
    """Where something goes and what signs it: as this node's settings say, where it stands in them."""
    if target.trusted:
        settings = ctx.settings
        secrets = settings.webhook_secrets.get(target.name, "").split()
        return settings.webhook_urls.get(target.name, ""), secrets
    if target.old_until is not None and ctx.clock.now_ms() < target.old_until:
        return target.url, [target.secret, target.old_secret]
    return target.url, [target.secret]


async def _failed(ctx: Context, target: Target, tried: _Waiting, said: str, asked: int = 0) -> None:
    """It is tried again later, and not before what the endpoint asks for; or never."""
    wait, facts = delay_ms(tried.attempts, tried.message_id), _facts(target, tried, said)
    if wait is None and said != str(GONE):
        logger.error("webhook.given_up", extra=facts)
        await _write(ctx, "bury_webhook", target, tried, said=said, attempts=tried.attempts)
        return
    logger.warning("webhook.failed", extra=facts)
    next_at = ctx.clock.now_ms() + max(wait or 0, asked)
    again: dict[str, Value] = {"said": said, "attempts": tried.attempts, "next_at": next_at}
    await _write(ctx, "retry_webhook", target, tried, **again)


async def _write(ctx: Context, name: str, target: Target, tried: _Waiting, **values: Value) -> None:
    which: dict[str, Value] = {"message_id": tried.message_id, "endpoint_id": target.id}
    await ctx.store.commit(Commit([Statement(name, {**which, **values}, ANY)]))


def _facts(target: Target, tried: _Waiting, said: str) -> dict[str, object]:
    return {
        "webhook": show(tried.message_id),
        "type": tried.type,
        "endpoint": show(target.id),
        "attempt": tried.attempts,
        "said": said,
    }
