"""A step of a dispute as a write: the dispute afterwards, its event, its clocks, the refund that it asks for."""

from collections.abc import Sequence
from typing import Final

from chat_server.actions.context import Context
from chat_server.actions.notices import Person, ShopPeople, told
from chat_server.actions.webhooks import announced
from chat_server.domain.dispute_records import LineRow, StoredDispute, columns_of
from chat_server.domain.disputes import Act, Dispute, Kind, Party, Remedy, State, reminders
from chat_server.domain.events import Body, Draft, pack
from chat_server.domain.ids import show
from chat_server.domain.money import amount_of
from chat_server.domain.notices import Kind as Notice
from chat_server.domain.people import Side
from chat_server.domain.threads import EventKind
from chat_server.ports import ANY, Commit, Statement, Value

DUE: Final = "dispute"
"""The deadline of a dispute: time decides, or somebody is alarmed."""

HALF: Final = "dispute.half"
LAST: Final = "dispute.last"
"""Reminders, at a half and at nine tenths of the time."""

SETTLE: Final = "dispute.settle"
"""Money was paid back elsewhere: it is looked at once whether that was all."""

SIDES: Final = {
    Party.BUYER: Side.CUSTOMER,
    Party.SELLER: Side.SHOP,
    Party.MEDIATOR: Side.STAFF,
    Party.BACKEND: Side.SYSTEM,
    Party.TIMER: Side.SYSTEM,
}

CODES: Final = {
    **{act: f"dispute.{act.value}" for act in Act},
    Act.EXPIRE: "dispute.expired",
}
"""What a step is called in its thread: the key of its sentence is `event.` and this."""


def step(
    ctx: Context,
    line: LineRow,
    before: StoredDispute,
    after: Dispute,
    act: Act,
    by: Party,
    author: int | None,
    text: str,
    more: Sequence[Statement] = (),
    *,
    decision: str | None = None,
    code: str = "",
    fires: bool = False,
) -> Commit:
    """The write that takes a dispute from one state to the next. Of two at once, one touches no row.

    With `fires` it takes the deadline that has run out: of two sweepers, one loses there.
    """
    now = ctx.clock.now_ms()
    seen = before.dispute
    event_code = code or code_of(seen, after, act)
    body = pack(Body(code=event_code, params=params_of(seen, after, act, by)))
    placing: dict[str, Value] = {
        "thread_id": seen.thread_id,
        "seen": seen.revision,
        "at": now,
        "side": int(SIDES[by]),
    }
    kept = before.decision if decision is None else decision
    saving = {**columns_of(after, kept), "seen": seen.revision}
    return Commit(
        [
            Statement("dispute_event", placing),
            _event(seen.thread_id, now, author, text, body),
            Statement("save_dispute", saving),
            *clocks(after, now, fired=seen.revision if fires else None),
            *_refund(ctx, line, seen, after),
            *news(ctx, line, after, event_code, by),
            announced(ctx, "dispute.updated", facts(line, after)),
            *more,
        ],
        Draft(seen.thread_id, EventKind.STATE, now, author, text, body),
        bulk=fires,
    )


def _event(thread_id: int, at: int, author: int | None, text: str, body: str) -> Statement:
    row: dict[str, Value] = {
        "thread_id": thread_id,
        "kind": int(EventKind.STATE),
        "at": at,
        "author_id": author,
        "text": text,
        "body": body,
        "target": None,
        "client_key": None,
        "body_hash": None,
    }
    return Statement("insert_event", row)


def first_step(
    ctx: Context, line: LineRow, dispute: Dispute, author: int, text: str, more: Sequence[Statement]
) -> Commit:
    """The write that opens a dispute, with its thread."""
    now = dispute.opened_at
    body = pack(Body(code="dispute.opened", params=_opened_params(dispute)))
    made: dict[str, Value] = {**columns_of(dispute, ""), "at": now}
    return Commit(
        [
            Statement("open_dispute_thread", made),
            _event(dispute.thread_id, now, author, text, body),
            Statement("add_dispute", made),
            *clocks(dispute, now),
            *news(ctx, line, dispute, "dispute.opened", Party.BUYER),
            announced(ctx, "dispute.opened", facts(line, dispute)),
            *more,
        ],
        Draft(dispute.thread_id, EventKind.STATE, now, author, text, body),
    )


def code_of(before: Dispute, after: Dispute, act: Act) -> str:
    """What a step is called: what ran out says where it led, or what takes too long."""
    if act is Act.EXPIRE and after.state is before.state:
        return f"dispute.late.{after.state.value}"
    if act is Act.EXPIRE:
        return f"dispute.expired.{after.state.value}"
    if act is Act.AGREE and after.state is not before.state:
        return "dispute.settled"
    return CODES[act]


def params_of(before: Dispute, after: Dispute, act: Act, by: Party) -> dict[str, str]:
    """What the sentence of a step needs."""
    remedy = _spoken_of(before, after, act, by)
    params = {"by": by.value, "state": after.state.value}
    if remedy is not None:
        params |= remedy_params(remedy, after.currency)
    if act is Act.SHIP:
        params |= {"carrier": after.carrier, "tracking": after.tracking}
    return params


def _spoken_of(before: Dispute, after: Dispute, act: Act, by: Party) -> Remedy | None:
    if before.state is State.WITHDRAWN:
        return after.wish  # It was opened again.
    match act:
        case Act.COUNTER:
            return after.offer if by is Party.SELLER else after.wish
        case Act.PROPOSE:
            return after.proposal
        case Act.AGREE:
            return before.proposal
        case Act.ACCEPT | Act.DECIDE | Act.PAY | Act.EXPIRE:
            return after.remedy
    return None


def _opened_params(dispute: Dispute) -> dict[str, str]:
    asked = remedy_params(dispute.asked, dispute.currency)
    return {"by": "buyer", "reason": dispute.reason.value, **asked}


def remedy_params(remedy: Remedy, currency: str) -> dict[str, str]:
    """A remedy in the parameters of a sentence."""
    if remedy.kind is Kind.NONE:
        return {"kind": remedy.kind.value}
    return {
        "kind": remedy.kind.value,
        "amount": amount_of(remedy.units, currency),
        "currency": currency,
    }


def clocks(dispute: Dispute, now: int, fired: int | None = None) -> list[Statement]:
    """The deadline of a dispute and its reminders, set anew with every step; what is over is cleared.

    A reminder whose time has passed was given: none comes twice. `fired` is the revision of a deadline that has run
    out: it must still be there.
    """
    marks = zip((HALF, LAST), reminders(dispute), strict=False)
    ahead = [(kind, mark) for kind, mark in marks if mark > now]
    setting = [_deadline(dispute, kind, mark) for kind, mark in ahead]
    if len(ahead) < len((HALF, LAST)):
        over: dict[str, Value] = {"subject_id": dispute.id, "half": HALF, "last": LAST}
        setting.insert(0, Statement("clear_deadlines", over, ANY))
    return [_clock(dispute, fired), *setting]


def _clock(dispute: Dispute, fired: int | None) -> Statement:
    due: dict[str, Value] = {"kind": DUE, "subject_id": dispute.id}
    if dispute.due_at is None:
        if fired is None:
            return Statement("clear_deadline", due, ANY)
        return Statement("fire_deadline", {**due, "revision": fired})
    if fired is None:
        return _deadline(dispute, DUE, dispute.due_at)
    anew = {"due_at": dispute.due_at, "revision": dispute.revision, "seen": fired}
    return Statement("move_deadline", {**due, **anew})


def _deadline(dispute: Dispute, kind: str, at: int) -> Statement:
    values: dict[str, Value] = {"subject_id": dispute.id, "revision": dispute.revision}
    return Statement("set_deadline", {**values, "kind": kind, "due_at": at})


def _refund(ctx: Context, line: LineRow, before: Dispute, after: Dispute) -> list[Statement]:
    """Where money is to be paid back from now on, the backend is asked; never more than is left."""
    if after.state is not State.REFUND_PENDING or before.state is State.REFUND_PENDING:
        return []
    assert after.remedy is not None
    key = refund_key(after)
    asking: dict[str, Value] = {
        "refund_key": key,
        "id": after.id,
        "line_id": after.line_id,
        "order_id": after.order_id,
        "units": after.remedy.units,
        "currency": after.currency,
        "at": ctx.clock.now_ms(),
    }
    asked = {
        **facts(line, after),
        "refund_key": key,
        "amount": {
            "amount": amount_of(after.remedy.units, after.currency),
            "currency": after.currency,
        },
    }
    return [
        *touched(line),
        Statement("claim_refund", asking),
        announced(ctx, "refund.requested", asked),
    ]


def touched(line: LineRow) -> list[Statement]:
    """Of two who decide on what they have seen of an order, one looks anew; its receipt by time stays due."""
    seen: dict[str, Value] = {"order_id": line.order_id, "order_revision": line.order_revision}
    touching = Statement("touch_order_money", seen)
    if line.received_at is not None:
        return [touching]
    return [touching, Statement("receipt_follows", seen, ANY)]


def refund_key(dispute: Dispute) -> str:
    """Under which the backend pays back: one for each round of a dispute."""
    return f"dispute-{show(dispute.id)}-{2 if dispute.reopened else 1}"


def facts(line: LineRow, dispute: Dispute) -> dict[str, object]:
    """What the marketplace's backend is told of a dispute, by its own ids."""
    return {
        "dispute": show(dispute.id),
        "order": line.order_key,
        "line": line.line_key,
        "state": dispute.state.value,
        "revision": dispute.revision,
        "reason": dispute.reason.value,
    }


def news(ctx: Context, line: LineRow, dispute: Dispute, code: str, by: Party) -> list[Statement]:
    """Who did not do it himself is told."""
    said = {"title": line.title, "code": code, "by": by.value, "state": dispute.state.value}
    kind = Notice.DISPUTE_OPENED if code == "dispute.opened" else Notice.DISPUTE_MOVED
    told_to = []
    if by is not Party.BUYER:
        told_to.append(told(ctx, kind, dispute.id, Person(dispute.buyer_id), said))
    if by is not Party.SELLER:
        told_to.append(told(ctx, kind, dispute.id, ShopPeople(dispute.shop_id), said))
    return told_to
