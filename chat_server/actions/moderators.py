"""Moderators: what waits for them, and what they make of what was written beside the stars."""

import json
from typing import Final, NamedTuple

from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.rating import REVIEW, refuse
from chat_server.actions.reviews import PARTS, PHOTOS_OF
from chat_server.domain import publishing
from chat_server.domain.audit import Action
from chat_server.domain.errors import NotAllowed, NotFound, Stale
from chat_server.domain.ids import show
from chat_server.domain.people import Actor, Role
from chat_server.domain.publishing import Move, State, move_fault
from chat_server.domain.review_records import PartRow
from chat_server.domain.reviews import Part
from chat_server.ports import Commit, Conflict, Query, Statement, Value

PAGE: Final = 50


class Pending(NamedTuple):
    """A part that waits for a moderator. Columns of `parts_to_decide`."""

    review_id: int
    part: str
    author_id: int
    author_name: str
    text: str
    language: str
    found: str
    times: int
    sent_at: int
    revision: int
    stars: int
    product: str
    shop_id: int
    shop_name: str
    before: str
    """Of one that was sent again: what it said before."""


class Waiting(NamedTuple):
    """The same with its photos, and what detection found in it."""

    part: Pending
    photos: list[int]

    @property
    def findings(self) -> list[tuple[str, int, int, str]]:
        """Kind, from where, to where, by what."""
        return [(kind, start, end, why) for kind, start, end, why in json.loads(self.part.found)]


_WAITING: Final = Query("parts_to_decide", Pending)
_WAIT: Final = Query("parts_waiting", lambda waiting: int(waiting), light=True)
_HELD: Final = Query("permissions_of", lambda permissions: str(permissions), light=True)


async def admit(ctx: Context, actor: Actor) -> None:
    """Only moderators come in: who may, a supervisor says; supervisors may. Raises NotAllowed (`moderate`)."""
    if actor.role is Role.SUPERVISOR:
        return
    held = await ctx.store.one(_HELD, person_id=actor.person_id)
    if "moderate" not in (held or "").split():
        raise NotAllowed("moderate")


async def queue(ctx: Context, actor: Actor) -> tuple[list[Waiting], int]:
    """What waits for a moderator, oldest first, and how much in all. Raises NotAllowed."""
    await admit(ctx, actor)
    count = await ctx.store.one(_WAIT)
    pending = await ctx.store.all(_WAITING, limit=PAGE)
    photos = await ctx.store.all(PHOTOS_OF, ids=json.dumps([p.review_id for p in pending]))
    return [
        Waiting(p, [f.photo_id for f in photos if (f.review_id, f.part) == (p.review_id, p.part)])
        for p in pending
    ], count or 0


async def decide(
    ctx: Context, actor: Actor, review_id: int, part: Part, revision: int, move: Move, reason: str
) -> None:
    """Publishes, refuses, hides or restores a part as it was seen; who may, was asked before.

    Raises NotFound, Stale, and what the rules say.
    """
    row = await ctx.store.one(REVIEW, review_id=review_id)
    parts = await ctx.store.all(PARTS, review_id=review_id)
    seen = next((p for p in parts if p.part == part), None)
    if row is None or seen is None:
        raise NotFound
    if seen.revision != revision:
        raise Stale
    refuse(move_fault(move, seen.state, reason))
    now = ctx.clock.now_ms()
    after = publishing.moved(seen.piece, move, now, reason)
    values: dict[str, Value] = {
        "review_id": review_id,
        "part": part,
        "revision": revision,
        "before": seen.state,
        "state": after.state,
        "reason": after.reason,
        "at": now,
        "me": actor.person_id,
    }
    action = Action.REVIEW_HIDDEN if move in (Move.HIDE, Move.RESTORE) else Action.REVIEW_DECIDED
    deed = audited(
        ctx, actor.person_id, action, review=show(review_id), part=part, state=after.state
    )
    try:
        await ctx.store.commit(
            Commit([Statement("decide_part", values), *await _showing(ctx, seen, after), deed])
        )
    except Conflict:
        raise Stale from None


async def _showing(ctx: Context, seen: PartRow, after: publishing.Piece) -> list[Statement]:
    """What is to be seen, or no more, once a part was decided: the review in lists, and public names of photos."""
    shown = after.state == State.PUBLISHED
    ids = json.dumps([seen.review_id])
    photos = [p for p in await ctx.store.all(PHOTOS_OF, ids=ids) if p.part == seen.part]
    names = [
        Statement(
            "name_photo",
            {"photo_id": p.photo_id, "public_name": ctx.ids.new_secret() if shown else None},
        )
        for p in photos
    ]
    if seen.part != Part.TEXT:
        return names
    values: dict[str, Value] = {
        "review_id": seen.review_id,
        "shown_at": after.published_at if shown else None,
        "language": seen.language,
    }
    return [Statement("show_review", values), *names]
