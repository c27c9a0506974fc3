"""Webhooks: what the marketplace's backend is told, written in the Commit of what it tells of, and where it goes."""

import base64
import json
import logging
from collections.abc import Mapping
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.domain.audit import Action
from chat_server.domain.errors import Invalid, NotFound, Stale, WrongState
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor, clean_name
from chat_server.domain.webhooks import TEST, TYPES, secret_of, stamp, url_fault
from chat_server.ports import ANY, Commit, Conflict, HookFault, Query, Statement, Value

logger = logging.getLogger("parley.webhooks")

MOST: Final = 20
"""Endpoints that there may be: each write that is told writes a row for each."""

OLD_SECRET_MS: Final = DAY_MS
"""For so long the secret before signs as well."""

PAGE: Final = 50


class Endpoint(NamedTuple):
    """Where webhooks go, as supervisors see it: its secret is shown once, as it is made."""

    id: int
    name: str
    url: str
    """Empty: it has left the settings."""
    trusted: bool
    """It stands in the settings."""
    active: bool
    old_until: int | None
    revision: int
    waiting: int
    dead: int


class Delivery(NamedTuple):
    """A message on its way to one endpoint, and what became of it."""

    message_id: int
    type: str
    state: str
    attempts: int
    said: str
    created_at: int
    next_at: int
    sent_at: int | None


class Wish(NamedTuple):
    """An endpoint as it is to be."""

    name: str
    url: str
    active: bool
    revision: int


def _endpoint(
    endpoint_id: int, name: str, url: str, trusted: int, active: int, *rest: int | None
) -> Endpoint:
    old_until, revision, waiting, dead = rest
    counts = (revision or 0, waiting or 0, dead or 0)
    return Endpoint(endpoint_id, name, url, trusted == 1, active == 1, old_until, *counts)


_ALL: Final = Query("webhook_endpoints", _endpoint)
_DELIVERIES: Final = Query("webhook_deliveries_of", Delivery)


def announced(ctx: Context, kind: str, facts: Mapping[str, object]) -> Statement:
    """Tells every endpoint. Whoever commits it says so (`webhooks_queued`).

    The payload is `{"type", "timestamp", "data"}`, as Standard Webhooks has it; `facts` are its data.
    """
    return Statement("queue_webhook", _message(ctx, kind, facts), ANY)


def webhooks_queued(ctx: Context) -> None:
    """They were committed: they may leave at once."""
    ctx.webhooks_queued.set()


def _message(ctx: Context, kind: str, facts: Mapping[str, object]) -> dict[str, Value]:
    assert kind in TYPES, f"{kind} is told, and stands in no list."
    now = ctx.clock.now_ms()
    payload = {"type": kind, "timestamp": stamp(now), "data": dict(facts)}
    return {
        "message_id": ctx.ids.new_id(),
        "type": kind,
        "payload": json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
        "at": now,
    }


async def settle_endpoints(ctx: Context) -> None:
    """Endpoints of the settings as these have them now: at the start of a node."""
    urls, now = ctx.settings.webhook_urls, ctx.clock.now_ms()
    known = await ctx.store.all(_ALL)
    as_they_are = {one.name: one.url for one in known if one.trusted}
    wanted: list[Statement] = [
        Statement("settle_webhook", {"id": ctx.ids.new_id(), "name": name, "url": url, "at": now})
        for name, url in urls.items()
        if as_they_are.get(name) != url
    ]
    gone = [one for one in known if one.trusted and one.url and one.name not in urls]
    wanted += [Statement("unsettle_webhook", {"id": one.id}, ANY) for one in gone]
    if wanted:
        await ctx.store.commit(Commit([*wanted, *[_held(one.id) for one in gone], _freed()]))
        names = {"settled": sorted(urls), "gone": sorted(one.name for one in gone)}
        logger.info("webhooks.settled", extra=names)


async def endpoints(ctx: Context) -> list[Endpoint]:
    """Every endpoint, by name."""
    return await ctx.store.all(_ALL)


async def endpoint(ctx: Context, endpoint_id: int) -> Endpoint:
    """One of them. Raises NotFound."""
    for one in await endpoints(ctx):
        if one.id == endpoint_id:
            return one
    raise NotFound


async def deliveries(
    ctx: Context, endpoint_id: int, before: int | None, *, dead: bool
) -> tuple[list[Delivery], int | None]:
    """What goes or went to one, newest first, and where the next page begins. Raises NotFound."""
    await endpoint(ctx, endpoint_id)
    found = await ctx.store.all(
        _DELIVERIES,
        endpoint_id=endpoint_id,
        before=2**63 - 1 if before is None else before,
        state="dead" if dead else "",
        limit=PAGE + 1,
    )
    page = found[:PAGE]
    return page, page[-1].message_id if len(found) > PAGE else None


async def add_endpoint(ctx: Context, actor: Actor, name: str, url: str) -> tuple[Endpoint, str]:
    """A new one, and its secret. Raises Invalid, WrongState (`webhook_taken`, `webhook_many`)."""
    if len(await endpoints(ctx)) >= MOST:
        raise WrongState("webhook_many")
    made, secret = ctx.ids.new_id(), new_secret(ctx)
    row: dict[str, Value] = {
        "id": made,
        "name": _name(name),
        "url": await _target(ctx, url),
        "secret": secret,
        "at": ctx.clock.now_ms(),
    }
    deed = _changed(ctx, actor, _name(name), "added")
    try:
        await ctx.store.commit(Commit([Statement("add_webhook", row), deed]))
    except Conflict:
        raise WrongState("webhook_taken") from None
    return await endpoint(ctx, made), secret


async def put_endpoint(ctx: Context, actor: Actor, endpoint_id: int, wish: Wish) -> Endpoint:
    """Another name, another address, or a pause: what would go there waits. One of the settings can only pause.

    Raises Invalid, NotFound, Stale, WrongState (`webhook_taken`, `webhook_in_settings`).
    """
    now = await endpoint(ctx, endpoint_id)
    name, url = (now.name, now.url) if now.trusted else (_name(wish.name), wish.url)
    if wish.active and not url:
        raise WrongState("webhook_in_settings")
    row: dict[str, Value] = {
        "id": endpoint_id,
        "name": name,
        "url": url if now.url == url else await _target(ctx, url),
        "active": int(wish.active),
        "revision": wish.revision,
    }
    kept = Statement("change_webhook", row)
    what = "changed" if wish.active == now.active else ("resumed" if wish.active else "paused")
    deed = _changed(ctx, actor, name, what)
    waits = _freed() if wish.active else _held(endpoint_id)
    try:
        await ctx.store.commit(Commit([kept, waits, deed]))
    except Conflict:
        if (await endpoint(ctx, endpoint_id)).revision != wish.revision:
            raise Stale from None
        raise WrongState("webhook_taken") from None
    webhooks_queued(ctx)
    return await endpoint(ctx, endpoint_id)


async def remove_endpoint(ctx: Context, actor: Actor, endpoint_id: int, revision: int) -> None:
    """Nothing goes there any more. Raises NotFound, Stale, WrongState (`webhook_in_settings`)."""
    now = await endpoint(ctx, endpoint_id)
    if now.trusted and now.url:
        raise WrongState("webhook_in_settings")
    row: dict[str, Value] = {"id": endpoint_id, "revision": revision}
    gone = [Statement("drop_webhook_deliveries", row, ANY), Statement("drop_webhook", row)]
    deed = _changed(ctx, actor, now.name, "removed")
    try:
        await ctx.store.commit(Commit([*gone, deed]))
    except Conflict:
        raise Stale from None


async def rotate_secret(
    ctx: Context, actor: Actor, endpoint_id: int, revision: int
) -> tuple[Endpoint, str]:
    """Another secret. Raises NotFound, Stale, WrongState (`webhook_in_settings`)."""
    now = await endpoint(ctx, endpoint_id)
    if now.trusted:
        raise WrongState("webhook_in_settings")
    secret = new_secret(ctx)
    row: dict[str, Value] = {
        "id": endpoint_id,
        "secret": secret,
        "old_until": ctx.clock.now_ms() + OLD_SECRET_MS,
        "revision": revision,
    }
    deed = _changed(ctx, actor, now.name, "rotated")
    try:
        await ctx.store.commit(Commit([Statement("rotate_webhook", row), deed]))
    except Conflict:
        raise Stale from None
    return await endpoint(ctx, endpoint_id), secret


async def send_test(ctx: Context, actor: Actor, endpoint_id: int) -> None:
    """Something to try it with. Raises NotFound, WrongState (`webhook_paused`)."""
    found = await endpoint(ctx, endpoint_id)
    message = _message(ctx, TEST, {"endpoint": found.name})
    told = Statement("queue_webhook_test", {**message, "endpoint_id": endpoint_id})
    deed = _changed(ctx, actor, found.name, "tested")
    try:
        await ctx.store.commit(Commit([told, deed]))
    except Conflict:
        raise WrongState("webhook_paused") from None
    webhooks_queued(ctx)


async def replay(ctx: Context, actor: Actor, endpoint_id: int, message_id: int | None) -> None:
    """One dead letter, or all of this endpoint, anew. Raises NotFound, WrongState (`webhook_not_dead`)."""
    found = await endpoint(ctx, endpoint_id)
    row: dict[str, Value] = {
        "endpoint_id": endpoint_id,
        "message_id": message_id or 0,
        "at": ctx.clock.now_ms(),
    }
    again = Statement("replay_webhooks", row, ANY if message_id is None else 1)
    deed = _changed(ctx, actor, found.name, "replayed")
    try:
        await ctx.store.commit(Commit([again, deed]))
    except Conflict:
        raise WrongState("webhook_not_dead") from None
    webhooks_queued(ctx)


def new_secret(ctx: Context) -> str:
    """A secret that nobody else has: 192 random bits."""
    return secret_of(base64.urlsafe_b64decode(ctx.ids.new_secret()))


def _held(endpoint_id: int) -> Statement:
    return Statement("hold_webhooks", {"id": endpoint_id}, ANY)


def _freed() -> Statement:
    return Statement("free_webhooks", {}, ANY)


def _changed(ctx: Context, actor: Actor, name: str, what: str) -> Statement:
    return audited(ctx, actor.person_id, Action.WEBHOOKS_CHANGED, endpoint=name, what=what)


def _name(text: str) -> str:
    """As it may stand beside others. Raises Invalid (`title`)."""
    cleaned = clean_name(text)
    if not cleaned:
        raise Invalid("title")
    return cleaned


async def _target(ctx: Context, url: str) -> str:
    """An address that may be written to.

    Raises Invalid (`webhook_url`, `webhook_forbidden`, `webhook_unknown_host`).
    """
    if fault := url_fault(url):
        raise Invalid(fault)
    assert ctx.hooks is not None, "Every node sends webhooks."
    try:
        await ctx.hooks.check(url)
    except HookFault as error:
        raise Invalid(f"webhook_{error.kind}") from None
    return url
