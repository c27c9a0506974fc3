"""A step of a complaint as a write: what it is afterwards, its event in the conversation, its clocks, who is told."""

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.actions.notices import Person, ShopPeople, notices_given, told
from chat_server.domain.complaints import Act, Complaint, Party, State, reminders
from chat_server.domain.events import Body, Draft, ThreadChanged, pack
from chat_server.domain.holidays import Holiday
from chat_server.domain.ids import show
from chat_server.domain.notices import Kind
from chat_server.domain.people import Side
from chat_server.domain.threads import EventKind
from chat_server.ports import ANY, Commit, Query, Statement, Value

DUE: Final = "complaint"
"""The deadline of a complaint: time decides."""

HALF: Final = "complaint.half"
LAST: Final = "complaint.last"
"""Reminders, at a half and at nine tenths of the time."""

SIDES: Final = {
    Party.BUYER: Side.CUSTOMER,
    Party.SELLER: Side.SHOP,
    Party.MEDIATOR: Side.STAFF,
    Party.TIMER: Side.SYSTEM,
}


class Stored(NamedTuple):
    """A complaint with the names that its screens show."""

    complaint: Complaint
    buyer_name: str
    shop_name: str
    about: str
    """The product, or the number of the order."""


def _stored(*columns: object) -> Stored:
    *own, buyer_name, shop_name, about = columns
    own[4] = State(str(own[4]))
    complaint = Complaint(*own)  # type: ignore[arg-type]
    return Stored(complaint, str(buyer_name), str(shop_name), str(about))


COMPLAINTS: Final = Query("complaints_by_ids", _stored)
_COMPLAINT: Final = COMPLAINTS._replace(light=True)


async def find(ctx: Context, complaint_id: int) -> Stored | None:
    """A complaint as it stands."""
    return await ctx.store.one(_COMPLAINT, ids=json.dumps([complaint_id]))


def columns_of(complaint: Complaint) -> dict[str, Value]:
    """As it is kept."""
    return {
        "id": complaint.id,
        "thread_id": complaint.thread_id,
        "buyer_id": complaint.buyer_id,
        "of_shop": complaint.shop_id,
        "state": complaint.state.value,
        "revision": complaint.revision,
        "opened_at": complaint.opened_at,
        "text": complaint.text,
        "facts": complaint.facts,
        "due_at": complaint.due_at,
        "due_from": complaint.due_from,
        "answer": complaint.answer,
        "answered_at": complaint.answered_at,
        "not_solved": complaint.not_solved,
        "decision": complaint.decision,
        "mediator_id": complaint.mediator_id,
        "closed_at": complaint.closed_at,
    }


def first_step(
    ctx: Context,
    about: str,
    complaint: Complaint,
    seen_seq: int,
    holidays: Sequence[Holiday],
    week_ago: int,
    more: Sequence[Statement],
) -> Commit:
    """The write that opens a complaint: nothing may have been said since it was looked at."""
    now = complaint.opened_at
    body = _body("complaint.opened", Party.BUYER, complaint.state)
    made: dict[str, Value] = {
        **columns_of(complaint),
        "me": complaint.buyer_id,
        "at": now,
        "seen_seq": seen_seq,
        "week_ago": week_ago,
    }
    draft = Draft(
        complaint.thread_id, EventKind.STATE, now, complaint.buyer_id, complaint.text, body
    )
    return Commit(
        [
            Statement("complaint_opening", made),
            _event(draft),
            Statement("take_complaint_week", made),
            Statement("add_complaint", made),
            *clocks(complaint, holidays, now),
            *_news(ctx, about, complaint, "complaint.opened", Party.BUYER),
            *more,
        ],
        draft,
    )


def step(
    ctx: Context,
    before: Stored,
    after: Complaint,
    code: str,
    by: Party,
    author: int | None,
    text: str,
    holidays: Sequence[Holiday],
    more: Sequence[Statement] = (),
    *,
    first: Sequence[Statement] = (),
) -> Commit:
    """The write that takes a complaint from one state to the next. Of two at once, one touches no row.

    `first` is written before the clocks are set anew, `more` at the end.
    """
    now, seen = ctx.clock.now_ms(), before.complaint
    body = _body(code, by, after.state)
    draft = Draft(seen.thread_id, EventKind.STATE, now, author, text, body)
    placing: dict[str, Value] = {
        "thread_id": seen.thread_id,
        "complaint_id": seen.id,
        "seen": seen.revision,
        "at": now,
        "side": int(SIDES[by]),
    }
    return Commit(
        [
            Statement("complaint_event", placing),
            _event(draft),
            Statement("save_complaint", {**columns_of(after), "seen": seen.revision}),
            *first,
            *clocks(after, holidays, now),
            *_news(ctx, before.about, after, code, by),
            *more,
        ],
        draft,
    )


def code_of(act: Act, after: Complaint) -> str:
    """What a step is called: what ran out says where it led. The key of its sentence is `event.` and this."""
    if act is Act.EXPIRE:
        return f"complaint.expired.{after.state.value}"
    return f"complaint.{act.value}"


def clocks(complaint: Complaint, holidays: Sequence[Holiday], now: int) -> list[Statement]:
    """The deadline of a complaint and its reminders, set anew with every step; what is over is cleared.

    A reminder whose time has passed was given: none comes twice.
    """
    subject: dict[str, Value] = {"subject_id": complaint.id, "revision": complaint.revision}
    marks = zip((HALF, LAST), reminders(complaint, holidays), strict=False)
    at = {kind: mark for kind, mark in marks if mark > now}
    if complaint.due_at is not None:
        at[DUE] = complaint.due_at
    return [
        Statement("set_deadline", {**subject, "kind": kind, "due_at": at[kind]})
        if kind in at
        else Statement("clear_deadline", {**subject, "kind": kind}, ANY)
        for kind in (DUE, HALF, LAST)
    ]


def facts_of(about: str, complaint: Complaint) -> dict[str, object]:
    """What every notice of a complaint says."""
    return {
        "title": about,
        "thread": show(complaint.thread_id),
        "state": complaint.state.value,
    }


def announce(ctx: Context, complaint: Complaint) -> None:
    """What was committed is told to those who are connected."""
    notices_given(ctx)
    ctx.sink.tell(ThreadChanged(complaint.thread_id, complaint.buyer_id, complaint.shop_id))


def _news(ctx: Context, about: str, complaint: Complaint, code: str, by: Party) -> list[Statement]:
    """Who did not do it himself is told."""
    facts = {**facts_of(about, complaint), "code": code, "by": by.value}
    kind = Kind.COMPLAINT_OPENED if code == "complaint.opened" else Kind.COMPLAINT_MOVED
    to_whom: list[Person | ShopPeople] = []
    if by is not Party.BUYER:
        to_whom.append(Person(complaint.buyer_id))
    if by is not Party.SELLER:
        to_whom.append(ShopPeople(complaint.shop_id))
    return [told(ctx, kind, complaint.id, to, facts) for to in to_whom]


def _body(code: str, by: Party, state: State) -> str:
    return pack(Body(code=code, params={"by": by.value, "state": state.value}))


def _event(draft: Draft) -> Statement:
    row: dict[str, Value] = {
        "thread_id": draft.thread_id,
        "kind": int(draft.kind),
        "at": draft.at,
        "author_id": draft.author_id,
        "text": draft.text,
        "body": draft.body,
        "target": None,
        "client_key": None,
        "body_hash": None,
    }
    return Statement("insert_event", row)
