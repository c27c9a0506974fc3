"""Saying something, changing it, taking it back. Posting needs no read; only a refusal is looked into."""

import json
from typing import Final, NamedTuple

from chat_server.actions.access import access_thread
from chat_server.actions.contacts import Screened, masked, screened
from chat_server.actions.context import Context
from chat_server.actions.mails import contact_statements
from chat_server.actions.moves import public_name
from chat_server.actions.writes import keeping, was_written
from chat_server.domain.errors import (
    Blocked,
    Invalid,
    KeyReused,
    LimitReached,
    NotAllowed,
    Stale,
    WrongState,
)
from chat_server.domain.events import Body, Draft, Event, PhotoRef, pack, unpack
from chat_server.domain.ids import ThreadId, show
from chat_server.domain.messages import (
    EDIT_WINDOW_MS,
    WITHDRAW_WINDOW_MS,
    check_content,
    fingerprint,
)
from chat_server.domain.orders import BLOCK_GRACE_MS
from chat_server.domain.people import STAFF, Actor, Side
from chat_server.domain.threads import EventKind
from chat_server.ports import ANY, Applied, Commit, Conflict, Query, Statement, Value


class Receipt(NamedTuple):
    """Where a write stands: what its sender is told, now and whenever he asks again."""

    thread_id: int
    seq: int
    at: int
    contacts: str = ""
    """What was done about contact data in it: nothing, `warn` or `mask`."""
    text: str | None = None
    """Where they were hidden: what was stored instead."""


class Message(NamedTuple):
    """What somebody wishes to say."""

    thread_id: ThreadId
    client_key: str
    text: str
    photos: tuple[int, ...] = ()
    reply_to: int | None = None
    pick: str = ""
    """The button of the bot that says this."""


class _Earlier(NamedTuple):
    thread_id: int
    seq: int
    at: int
    body_hash: bytes
    body: str


class _Waiting(NamedTuple):
    id: int
    width: int
    height: int


_EARLIER: Final = Query("event_by_client_key", _Earlier, light=True)
_EVENT: Final = Query("event_by_seq", Event, light=True)
_WAITING_PHOTOS: Final = Query("waiting_photos", _Waiting)
_HELD: Final = Query("held_by_dispute", lambda held: int(held), light=True)
_COMPLAINED: Final = Query("held_by_complaint", lambda held: int(held), light=True)
_REPORTED: Final = Query("report_of", lambda found: found)
_REPORTS: Final = Query("reported", lambda reports: int(reports))


def hash_of(message: Message) -> bytes:
    """The fingerprint of a message: the same for a retry, another one for another message."""
    return fingerprint(
        "message",
        show(message.thread_id),
        message.text,
        ",".join(map(str, message.photos)) if message.photos else "",
        "" if message.reply_to is None else str(message.reply_to),
        *((message.pick,) if message.pick else ()),
    )


def posting(
    actor: Actor,
    message: Message,
    now: int,
    photos: tuple[PhotoRef, ...] = (),
    name: str = "",
    screen: Screened | None = None,
) -> Commit:
    """The write that posts a message. The rights are conditions inside its first statement.

    `name` is under which an agent says it, where customers see names; `screen` is what was found in it. Raises
    Invalid for what may not be said at all.
    """
    check_content(message.text, len(message.photos))
    thread_id, key, me, at = message.thread_id, message.client_key, actor.person_id, now
    text, body = message.text, ""
    if photos or message.pick or name or screen:
        found = screen or Screened(text)
        text = found.text
        body = pack(Body(photos, pick=message.pick, name=name, contacts=found.contacts))
    target = message.reply_to
    values: dict[str, Value] = {
        "thread_id": thread_id,
        "me": me,
        "at": at,
        "client_key": key,
        "target": target,
        "grace": BLOCK_GRACE_MS,
        "kind": 1,
        "author_id": me,
        "text": text,
        "body": body,
        # Of what was said, and not of what is kept of it: a retry says the same again.
        "body_hash": hash_of(message),
    }
    if actor.role in STAFF:
        statements = [
            Statement("post_reply", values),
            Statement("insert_event", values),
            Statement("episode_answered", values, ANY),
            Statement("agent_answered", values, ANY),
            *contact_statements(thread_id, at),
        ]
    else:
        statements = [Statement("post_message", values), Statement("insert_event", values)]
    for photo in photos:
        claim = {"thread_id": thread_id, "photo_id": photo.id, "me": me}
        statements.append(Statement("claim_photo", claim))
    draft = Draft(thread_id, EventKind.POSTED, at, me, text, body, target, key)
    return Commit(statements, draft)


async def spend(ctx: Context, actor: Actor) -> None:
    """Counts one write of this person over all nodes. Raises LimitReached."""
    settings = ctx.settings
    window = round(settings.message_burst / settings.message_rate * 1000)
    wait = await ctx.broker.take(f"messages:{actor.person_id}", settings.message_burst, window)
    if wait:
        raise LimitReached(retry_after_ms=wait)


async def post(ctx: Context, actor: Actor, message: Message) -> Receipt:
    """Posts a message, or gives the receipt of the first time that it was posted."""
    photos = await _own_photos(ctx, actor, message)
    name = await public_name(ctx, actor.person_id) if actor.role in STAFF else ""
    screen = await screened(ctx, actor, message.thread_id, message.text)
    commit = posting(actor, message, ctx.clock.now_ms(), photos, name, screen)
    try:
        applied = await ctx.store.commit(commit)
    except Conflict:
        return await settle(ctx, actor, message)
    return _told(receipt(commit, applied), screen)


def receipt(commit: Commit, applied: Applied) -> Receipt:
    """What the sender is told about a Commit that gave an event its place."""
    draft, placed = commit.draft, applied.rows[0]
    assert draft is not None and placed is not None
    return Receipt(draft.thread_id, placed[0], draft.at)


def _told(receipt: Receipt, screen: Screened | None) -> Receipt:
    """The receipt, with what was found and what was stored instead."""
    if screen is None or not screen.contacts:
        return receipt
    text = screen.text if screen.contacts == "mask" else None
    return receipt._replace(contacts=screen.contacts, text=text)


async def settle(ctx: Context, actor: Actor, message: Message) -> Receipt:
    """Why a post touched no row: said before (the first receipt again), or not allowed (raises).

    Raises NotFound, KeyReused, Blocked, Invalid, WrongState (`not_yours`).
    """
    thread, side = await access_thread(ctx, actor, message.thread_id)
    earlier = await _earlier(ctx, actor, message.client_key, hash_of(message), message.text)
    if earlier is not None:
        return earlier
    if message.reply_to is not None:
        target = await ctx.store.one(_EVENT, thread_id=thread.id, seq=message.reply_to)
        if target is None or target.kind != EventKind.POSTED:
            raise Invalid("reply_to")
    if message.photos:
        waiting = {photo.id for photo in await _waiting(ctx, actor, message)}
        if len(waiting) != len(message.photos):
            raise Invalid("photos")
    if side is Side.STAFF:
        raise WrongState("not_yours")
    raise Blocked


_NOTHING: Final = Screened("")


async def edit(
    ctx: Context, actor: Actor, thread_id: ThreadId, target: int, client_key: str, text: str
) -> Receipt:
    """The author's new words, within 15 minutes; what was said before is kept.

    Raises NotFound, NotAllowed, Blocked, WrongState (`edit_window`, `withdrawn`, `reported`, `not_yours`), KeyReused.
    """
    check_content(text, 0)
    body_hash = fingerprint("edit", show(thread_id), str(target), text)
    kept = await screened(ctx, actor, thread_id, text) or Screened(text)
    words: dict[str, Value] = {"thread_id": thread_id, "target": target, "text": kept.text}
    rewrite = [Statement("rewrite_message", words)]
    kind = EventKind.EDITED
    return await _change(
        ctx, actor, kind, thread_id, target, client_key, body_hash, rewrite, kept, text
    )


async def withdraw(
    ctx: Context, actor: Actor, thread_id: ThreadId, target: int, client_key: str
) -> Receipt:
    """The author takes a message back, within 24 hours; a tombstone stays.

    Raises NotFound, NotAllowed, WrongState (`withdraw_window`, `withdrawn`, `reported`, `not_yours`), KeyReused.
    """
    body_hash = fingerprint("withdraw", show(thread_id), str(target))
    where = {"thread_id": thread_id, "target": target}
    blank = [Statement("blank_message", where), Statement("release_photos", where, ANY)]
    kind = EventKind.WITHDRAWN
    return await _change(ctx, actor, kind, thread_id, target, client_key, body_hash, blank)


_WINDOWS: Final = {
    EventKind.EDITED: (EDIT_WINDOW_MS, "edit_window"),
    EventKind.WITHDRAWN: (WITHDRAW_WINDOW_MS, "withdraw_window"),
}


async def _change(
    ctx: Context,
    actor: Actor,
    kind: EventKind,
    thread_id: ThreadId,
    target: int,
    client_key: str,
    body_hash: bytes,
    changes: list[Statement],
    kept: Screened = _NOTHING,
    said: str = "",
) -> Receipt:
    """`kept` is what the message says from now on, `said` the words that were sent."""
    now, me = ctx.clock.now_ms(), actor.person_id
    window, too_late = _WINDOWS[kind]
    body = pack(Body(contacts=kept.contacts))
    where: dict[str, Value] = {"thread_id": thread_id, "target": target}
    guard: dict[str, Value] = {
        **where,
        "kind": int(kind),
        "at": now,
        "me": me,
        "since": now - window,
        "client_key": client_key,
        "grace": BLOCK_GRACE_MS,
    }
    event: dict[str, Value] = {
        **where,
        "kind": int(kind),
        "at": now,
        "author_id": me,
        "text": "",
        "body": body,
        "client_key": client_key,
        "body_hash": body_hash,
    }
    commit = Commit(
        [
            Statement("change_reply" if actor.role in STAFF else "change_message", guard),
            Statement("keep_version", {**where, "at": now}),
            *[Statement(s.name, {**s.params, "at": now}, s.rows) for s in changes],
            Statement("insert_event", event),
        ],
        Draft(thread_id, kind, now, me, kept.text, body, target, client_key),
    )
    try:
        return _told(receipt(commit, await ctx.store.commit(commit)), kept)
    except Conflict:
        await access_thread(ctx, actor, thread_id)
        earlier = await _earlier(ctx, actor, client_key, body_hash, said)
        if earlier is not None:
            return earlier
        await _explain_change(ctx, actor, thread_id, target, now - window, too_late)
        if actor.role in STAFF:
            raise WrongState("not_yours") from None
        raise (Blocked if kind is EventKind.EDITED else Stale) from None


async def _explain_change(
    ctx: Context, actor: Actor, thread_id: ThreadId, target: int, since: int, too_late: str
) -> None:
    """Raises the reason why a message could not be changed, where there still is one."""
    message = await ctx.store.one(_EVENT, thread_id=thread_id, seq=target)
    if message is None or message.kind != EventKind.POSTED:
        raise Invalid("no_such_message")
    if message.author_id != actor.person_id:
        raise NotAllowed("not_author")
    if message.withdrawn_at is not None:
        raise WrongState("withdrawn")
    if message.at <= since:
        raise WrongState(too_late)
    if await ctx.store.one(_REPORTS, thread_id=thread_id, seq=target):
        raise WrongState("reported")
    if await ctx.store.one(_HELD, thread_id=thread_id, target=target):
        raise WrongState("in_dispute")
    if await ctx.store.one(_COMPLAINED, thread_id=thread_id):
        raise WrongState("in_complaint")


async def report(
    ctx: Context,
    actor: Actor,
    thread_id: ThreadId,
    target: int,
    client_key: str,
    reason: str,
    text: str,
) -> None:
    """Puts a message of another before a moderator; doing it again changes nothing.

    Raises NotFound, NotAllowed, Invalid, KeyReused.
    """
    await access_thread(ctx, actor, thread_id)
    body_hash = fingerprint("report", show(thread_id), str(target), reason, text)
    if await was_written(ctx, actor, client_key, body_hash):
        return
    where: dict[str, Value] = {"thread_id": thread_id, "seq": target, "me": actor.person_id}
    values: dict[str, Value] = {
        "id": ctx.ids.new_id(),
        "reason": reason,
        "text": text,
        "at": ctx.clock.now_ms(),
    }
    try:
        await ctx.store.commit(
            Commit(
                [
                    Statement("report_message", {**where, **values}),
                    keeping(ctx, actor, client_key, body_hash),
                ]
            )
        )
    except Conflict:
        if await ctx.store.one(_REPORTED, reporter_id=actor.person_id, **where) is not None:
            return
        message = await ctx.store.one(_EVENT, thread_id=thread_id, seq=target)
        if message is None or message.kind != EventKind.POSTED:
            raise Invalid("no_such_message") from None
        raise NotAllowed("own_message") from None


async def _earlier(
    ctx: Context, actor: Actor, client_key: str, body_hash: bytes, said: str
) -> Receipt | None:
    """The receipt of an earlier write of these words under this key. Raises KeyReused where it was another write."""
    found = await ctx.store.one(_EARLIER, client_key=client_key, me=actor.person_id)
    if found is None:
        await was_written(ctx, actor, client_key, body_hash)
        return None
    if found.body_hash != body_hash:
        raise KeyReused
    given = Receipt(found.thread_id, found.seq, found.at)
    contacts = unpack(found.body).contacts
    # Of words that were hidden only the hash is kept: they are hidden again as they were.
    text = await masked(ctx, said) if contacts == "mask" else said
    return _told(given, Screened(text, contacts))


async def _own_photos(ctx: Context, actor: Actor, message: Message) -> tuple[PhotoRef, ...]:
    """The photos of a message in its order; those that are not there any more are left to `settle`."""
    if not message.photos:
        return ()
    found = {photo.id: photo for photo in await _waiting(ctx, actor, message)}
    blank = _Waiting(0, 0, 0)
    return tuple(PhotoRef(i, *found.get(i, blank)[1:]) for i in message.photos)


async def _waiting(ctx: Context, actor: Actor, message: Message) -> list[_Waiting]:
    ids = json.dumps(list(message.photos))
    return await ctx.store.all(_WAITING_PHOTOS, ids=ids, me=actor.person_id)
