"""Moderators: what waits for them, and what they make of what was written beside the stars."""

import json
from typing import Final, NamedTuple

from chat_server.actions import permissions
from chat_server.actions.audit import audited
from chat_server.actions.context import Context
from chat_server.actions.notices import Person, ShopPeople, notices_given, told
from chat_server.actions.rating import REVIEW, refuse
from chat_server.actions.reviews import PARTS, PHOTOS_OF, translated_part
from chat_server.actions.translations import Translated
from chat_server.domain import publishing
from chat_server.domain.audit import Action
from chat_server.domain.errors import NotFound, Stale
from chat_server.domain.ids import show
from chat_server.domain.notices import BY_AUTHOR, TO_OTHERS
from chat_server.domain.people import Actor, Side
from chat_server.domain.publishing import Move, State, move_fault
from chat_server.domain.review_faults import Fault
from chat_server.domain.review_records import PartRow, ReviewRow, findings_of
from chat_server.domain.reviews import READ, WRITERS, Part
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

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
    answers: str
    """Of a shop's reply: the words that it replies to."""


class Waiting(NamedTuple):
    """The same with its photos, and what detection found in it."""

    part: Pending
    photos: list[int]

    @property
    def findings(self) -> list[tuple[str, int, int, str]]:
        """Kind, from where, to where, by what."""
        return findings_of(self.part.found)


class Reported(NamedTuple):
    """A published part that readers have reported. Columns of `parts_reported`."""

    review_id: int
    part: str
    author_id: int
    author_name: str
    text: str
    language: str
    revision: int
    stars: int
    product: str
    shop_id: int
    shop_name: str


class Report(NamedTuple):
    """What one reader says. Columns of `reports_of_parts`."""

    review_id: int
    part: str
    reporter_id: int
    reporter: str
    reason: str
    text: str
    at: int


class Complained(NamedTuple):
    """A reported part with its photos, and all that is said of it."""

    part: Reported
    photos: list[int]
    reports: list[Report]


class Queue(NamedTuple):
    """What waits for moderators, and how much in all."""

    waiting: list[Waiting]
    waiting_in_all: int
    reported: list[Complained]
    reported_in_all: int


_WAITING: Final = Query("parts_to_decide", Pending)
_WAIT: Final = Query("parts_waiting", lambda waiting: int(waiting), light=True)
_REPORTED: Final = Query("parts_reported", Reported)
_REPORTS: Final = Query("reports_open", lambda reported: int(reported), light=True)
_REPORTED_PART: Final = Query("part_reports", lambda reports: int(reports), light=True)
_REPORTS_OF: Final = Query("reports_of_parts", Report)
_TITLE: Final = Query("title_of_review", lambda title, shop: (str(title), str(shop)), light=True)


async def admit(ctx: Context, actor: Actor) -> None:
    """Only moderators come in: who may, a supervisor says; supervisors may. Raises NotAllowed (`moderate`)."""
    await permissions.admit(ctx, actor, "moderate")


async def queue(ctx: Context, actor: Actor) -> Queue:
    """What waits for a moderator, oldest first; what readers have reported. Raises NotAllowed."""
    await admit(ctx, actor)
    pending = await ctx.store.all(_WAITING, limit=PAGE)
    reported = await ctx.store.all(_REPORTED, limit=PAGE)
    complained = json.dumps([r.review_id for r in reported])
    reports = await ctx.store.all(_REPORTS_OF, ids=complained)
    ids = json.dumps([*(p.review_id for p in pending), *(r.review_id for r in reported)])
    photos = await ctx.store.all(PHOTOS_OF, ids=ids)

    def photos_of(part: Pending | Reported) -> list[int]:
        place = (part.review_id, part.part)
        return list({f.photo_id: 0 for f in photos if (f.review_id, f.part) == place})

    return Queue(
        [Waiting(part, photos_of(part)) for part in pending],
        await ctx.store.one(_WAIT) or 0,
        [
            Complained(
                part,
                photos_of(part),
                [r for r in reports if (r.review_id, r.part) == (part.review_id, part.part)],
            )
            for part in reported
        ],
        await ctx.store.one(_REPORTS) or 0,
    )


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
        ctx,
        actor.person_id,
        action,
        review=show(review_id),
        part=part,
        state=after.state,
        reason=after.reason,
    )
    written = [
        Statement("decide_part", values),
        *await _showing(ctx, seen, after),
        Statement("mark_to_answer", values),
        *await _telling(ctx, row, part, seen, after),
        deed,
    ]
    if move is Move.HIDE:
        written.append(Statement("settle_reports", values, ANY))
    try:
        await ctx.store.commit(Commit(written))
    except Conflict:
        raise Stale from None
    notices_given(ctx)


async def _telling(
    ctx: Context, row: ReviewRow, part: Part, seen: PartRow, after: publishing.Piece
) -> list[Statement]:
    """Its author is told what became of it; at its first publication the other side that it is there."""
    found = await ctx.store.one(_TITLE, review_id=row.id)
    title, shop_name = found or ("", "")
    facts = {"title": title, "part": part.value, "shop_name": shop_name}
    buyer, shop = Person(row.buyer_id), ShopPeople(row.shop_id)
    to_buyer, to_shop = BY_AUTHOR[State(after.state)]
    buyers = WRITERS[part] is Side.CUSTOMER
    outcome = {**facts, "reason": after.reason}
    statements = [
        told(ctx, to_buyer, row.id, buyer, outcome)
        if buyers
        else told(ctx, to_shop, row.id, shop, outcome)
    ]
    if after.state == State.PUBLISHED and seen.published_at is None:
        news = {**facts, "stars": row.stars}
        statements.append(told(ctx, TO_OTHERS[part], row.id, shop if buyers else buyer, news))
    return statements


async def let_stand(ctx: Context, actor: Actor, review_id: int, part: Part, revision: int) -> None:
    """A reported part is fine as it is: nobody need look at its reports again.

    Raises NotAllowed, NotFound, Stale, WrongState (`not_reported`).
    """
    await admit(ctx, actor)
    seen = next(
        (p for p in await ctx.store.all(PARTS, review_id=review_id) if p.part == part), None
    )
    if seen is None:
        raise NotFound
    if seen.revision != revision:
        raise Stale
    values: dict[str, Value] = {
        "review_id": review_id,
        "part": part,
        "revision": revision,
        "at": ctx.clock.now_ms(),
    }
    if not await ctx.store.one(_REPORTED_PART, review_id=review_id, part=part):
        refuse(Fault.NOT_REPORTED)
    deed = audited(ctx, actor.person_id, Action.REPORTS_SETTLED, review=show(review_id), part=part)
    try:
        await ctx.store.commit(
            Commit(
                [Statement("part_as_seen", values), Statement("settle_reports", values, ANY), deed]
            )
        )
    except Conflict:
        raise Stale from None


async def translate(
    ctx: Context, actor: Actor, review_id: int, part: Part, language: str
) -> Translated | None:
    """Any part in a moderator's language; None: the original is to be shown. Raises NotAllowed, NotFound."""
    await admit(ctx, actor)
    return await translated_part(ctx, review_id, part, language)


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
    if seen.part not in READ:
        return names
    where: dict[str, Value] = {"review_id": seen.review_id}
    return [
        Statement("hold_review", where),
        Statement("count_text", where, ANY),
        Statement("show_review", where),
        *names,
    ]
