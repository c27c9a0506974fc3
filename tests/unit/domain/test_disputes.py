"""The table of a dispute, walked: every state is reached and left as it says, by those whom it names, in time."""

import dataclasses
from collections.abc import Iterator
from typing import Final

import pytest

from chat_server.domain import dispute_changes, dispute_moves
from chat_server.domain.dispute_changes import moved, put_off
from chat_server.domain.dispute_faults import Fault
from chat_server.domain.dispute_moves import Move, acts_of, move_fault
from chat_server.domain.dispute_opening import opened, reopen_fault, reopened
from chat_server.domain.disputes import (
    ADDRESS_MS,
    AGREEMENT_MS,
    DECIDED_BY_TIME,
    ESCALATE_AFTER_MS,
    FINAL,
    MEDIATION_MS,
    MOVES,
    REFUND_MS,
    SELLER_ANSWERS_MS,
    SHIPPING_MS,
    TRANSIT_MS,
    TURNS,
    Act,
    Dispute,
    Kind,
    Party,
    Reason,
    Remedy,
    State,
    expires_to,
    reminders,
    waits_for,
)
from chat_server.domain.orders import DAY_MS

PAID: Final = 125_000
NOW: Final = 1_800_000_000_000
LATER: Final = NOW + ESCALATE_AFTER_MS
REMEDIES: Final = (
    None,
    Remedy(Kind.FULL, PAID),
    Remedy(Kind.PARTIAL, 40_000),
    Remedy(Kind.RETURN, PAID),
    Remedy(Kind.NONE, 0),
)


def a_dispute(**fields: object) -> Dispute:
    """One that was just opened about something broken."""
    made = Dispute(
        id=1,
        thread_id=2,
        order_id=3,
        line_id=4,
        buyer_id=5,
        shop_id=6,
        state=State.SELLER_TURN,
        revision=1,
        reason=Reason.DAMAGED,
        currency="EUR",
        asked=Remedy(Kind.FULL, PAID),
        wish=Remedy(Kind.FULL, PAID),
        opened_at=NOW,
        due_at=None,
    )
    return dataclasses.replace(opened(made), **fields)  # type: ignore[arg-type]


def moves_from(dispute: Dispute, now: int) -> Iterator[tuple[Move, int]]:
    """Everything that anybody may do, and time's word when its time has come."""
    for act in Act:
        for by in Party:
            for remedy in REMEDIES:
                at = now if by is not Party.TIMER else max(now, dispute.due_at or now)
                move = Move(act, by, remedy, "words", 1, "Post", "RR1")
                if not move_fault(dispute, move, at, PAID):
                    yield move, at


def shape(dispute: Dispute) -> tuple[object, ...]:
    """What decides about the moves of a dispute; instants only by whether they are there."""
    known = {field.name: getattr(dispute, field.name) for field in dataclasses.fields(dispute)}
    instants = ("due_at", "answered_at", "mediation_at", "closed_at")
    there = [known.pop(name) is not None for name in instants]
    for name in ("wish", "offer", "proposal"):
        # A part and the whole take the same ways.
        known[name] = known[name] and known[name].kind is Kind.RETURN
    for name in ("revision", "due_from", "opened_at", "grace_ms"):
        known.pop(name)
    return (*there, str(known))


def every_dispute() -> list[tuple[Dispute, int]]:
    """All that may come of an opening, up to the instants, with a `now` for each."""
    starts = [
        a_dispute(asked=wish, wish=wish, reason=reason)
        for reason, wish in (
            (Reason.DAMAGED, Remedy(Kind.FULL, PAID)),
            (Reason.DAMAGED, Remedy(Kind.RETURN, PAID)),
            (Reason.NOT_RECEIVED, Remedy(Kind.FULL, PAID)),
        )
    ]
    found = {shape(start): (start, LATER) for start in starts}
    waiting = list(found.values())
    while waiting:
        dispute, now = waiting.pop()
        for move, at in moves_from(dispute, now):
            after = moved(dispute, move, at, PAID)
            if shape(after) not in found:
                found[shape(after)] = (after, at)
                waiting.append((after, at))
    return list(found.values())


@pytest.fixture(scope="module", name="everywhere")
def _everywhere() -> list[tuple[Dispute, int]]:
    return every_dispute()


class TestTable:
    """PRODUCT 7, row by row."""

    def test_it_says_something_of_every_state(self) -> None:
        assert set(MOVES) == set(State)

    def test_what_is_over_stays_over(self) -> None:
        assert {state for state in State if not MOVES[state]} == FINAL

    def test_every_row_names_those_who_may(self) -> None:
        buyer, seller, mediator = Party.BUYER, Party.SELLER, Party.MEDIATOR
        both, timer, backend = {buyer, seller}, {Party.TIMER}, {Party.BACKEND}
        always = {Act.EXPIRE: timer, Act.SETTLE: backend}
        turn = {Act.ESCALATE: both, Act.EVIDENCE: both, Act.WITHDRAW: {buyer}, **always}
        expected = {
            State.SELLER_TURN: {
                **{key: {seller} for key in (Act.ACCEPT, Act.REJECT, Act.COUNTER)},
                **turn,
            },
            State.BUYER_TURN: {**{key: {buyer} for key in (Act.ACCEPT, Act.COUNTER)}, **turn},
            State.MEDIATION: {
                Act.EVIDENCE: both,
                Act.AGREE: both,
                Act.WITHDRAW: {buyer},
                **{key: {mediator} for key in (Act.TAKE, Act.PROPOSE, Act.DECIDE)},
                **always,
            },
            State.AWAITING_RETURN: {Act.ADDRESS: {seller}, Act.SHIP: {buyer}, **always},
            State.RETURN_IN_TRANSIT: {Act.RECEIVE: {seller}, Act.CONTEST: {seller}, **always},
            State.REFUND_PENDING: {Act.PAY: backend, Act.FAIL: backend, **always},
            **{state: {} for state in FINAL},
        }

        assert {s: {act: set(row.by) for act, row in MOVES[s].items()} for s in State} == expected

    def test_every_move_that_changes_more_than_the_state_is_known(self) -> None:
        plain = {Act.EVIDENCE, Act.TAKE, Act.RECEIVE, Act.PAY, Act.SETTLE}

        assert set(Act) - set(dispute_changes._CHANGES) == plain
        assert set(dispute_moves._GUARDS) <= set(Act)


class TestWalk:
    """Everything that may come of an opening."""

    def test_every_state_is_reached(self, everywhere: list[tuple[Dispute, int]]) -> None:
        assert {dispute.state for dispute, _ in everywhere} == set(State)

    def test_every_row_is_walked_and_nobody_else_walks_it(
        self, everywhere: list[tuple[Dispute, int]]
    ) -> None:
        walked: dict[tuple[State, Act], set[Party]] = {}
        for dispute, now in everywhere:
            for move, _ in moves_from(dispute, now):
                walked.setdefault((dispute.state, move.act), set()).add(move.by)

        rows = {(s, act): set(row.by) for s in State for act, row in MOVES[s].items()}
        assert walked == rows

    def test_it_leads_where_the_table_says(self, everywhere: list[tuple[Dispute, int]]) -> None:
        remedied = {State.REFUND_PENDING, State.AWAITING_RETURN, State.CLOSED_NO_REFUND}
        for dispute, now in everywhere:
            for move, at in moves_from(dispute, now):
                row = MOVES[dispute.state][move.act]
                after = moved(dispute, move, at, PAID)
                if move.act is Act.EXPIRE or after.state is dispute.state:
                    continue
                if move.act in (Act.ACCEPT, Act.AGREE, Act.DECIDE):
                    assert after.state in remedied
                else:
                    assert after.state is row.to

    def test_every_move_makes_one_revision(self, everywhere: list[tuple[Dispute, int]]) -> None:
        for dispute, now in everywhere:
            for move, at in moves_from(dispute, now):
                assert moved(dispute, move, at, PAID).revision == dispute.revision + 1

    def test_what_time_decides_has_a_deadline_and_what_is_over_has_none(
        self, everywhere: list[tuple[Dispute, int]]
    ) -> None:
        for dispute, _ in everywhere:
            if dispute.state in FINAL:
                assert (dispute.due_at, dispute.closed_at is not None) == (None, True)
            elif dispute.state in DECIDED_BY_TIME:
                assert (dispute.due_at is not None, dispute.closed_at) == (True, None)
            else:
                assert (dispute.due_at is None) == dispute.alarmed

    def test_time_always_leads_on_and_alarms_once(
        self, everywhere: list[tuple[Dispute, int]]
    ) -> None:
        for dispute, now in everywhere:
            if dispute.due_at is None:
                continue
            after = moved(dispute, Move(Act.EXPIRE, Party.TIMER), max(now, dispute.due_at), PAID)
            assert after.due_at is None or after.due_at > dispute.due_at
            if dispute.state not in DECIDED_BY_TIME:
                assert (after.state, after.alarmed, after.due_at) == (dispute.state, True, None)

    def test_money_is_asked_for_only_with_a_remedy(
        self, everywhere: list[tuple[Dispute, int]]
    ) -> None:
        for dispute, _ in everywhere:
            if dispute.state in (State.REFUND_PENDING, State.AWAITING_RETURN):
                assert dispute.remedy is not None
                assert 0 < dispute.remedy.units <= PAID
                assert dispute.decided_by is not None

    def test_who_is_waited_for_has_a_move_and_silence_leads_somewhere(
        self, everywhere: list[tuple[Dispute, int]]
    ) -> None:
        for dispute, now in everywhere:
            party = waits_for(dispute)
            assert (party is None) == (dispute.state in FINAL)
            if party is not None:
                assert {move.by for move, _ in moves_from(dispute, now)} >= {party}
            assert bool(expires_to(dispute)) == (dispute.state in DECIDED_BY_TIME)

    def test_screens_offer_what_may_be_done(self, everywhere: list[tuple[Dispute, int]]) -> None:
        for dispute, now in everywhere:
            for party in (Party.BUYER, Party.SELLER, Party.MEDIATOR):
                may = {move.act for move, _ in moves_from(dispute, now) if move.by is party}
                assert set(acts_of(dispute, party, now, PAID)) == may

    def test_nothing_happens_after_its_time_but_time(
        self, everywhere: list[tuple[Dispute, int]]
    ) -> None:
        for dispute, now in everywhere:
            if dispute.due_at is None or dispute.state not in DECIDED_BY_TIME:
                continue
            for move, _ in moves_from(dispute, now):
                if move.by in (Party.TIMER, Party.BACKEND):
                    continue
                late = move_fault(dispute, move, dispute.due_at, PAID)
                assert late == Fault.DEADLINE_PASSED
                in_time = move_fault(dispute, move, max(now, dispute.due_at - 1), PAID)
                assert in_time == "" or now >= dispute.due_at

    def test_what_never_came_does_not_go_back(self, everywhere: list[tuple[Dispute, int]]) -> None:
        for dispute, _ in everywhere:
            if dispute.reason is Reason.NOT_RECEIVED or dispute.contested:
                assert dispute.state is not State.AWAITING_RETURN or not dispute.contested
            if dispute.reason is Reason.NOT_RECEIVED:
                assert dispute.state is not State.RETURN_IN_TRANSIT

    def test_time_is_reminded_of_only_where_it_decides(
        self, everywhere: list[tuple[Dispute, int]]
    ) -> None:
        for dispute, _ in everywhere:
            times = reminders(dispute)
            assert bool(times) == (dispute.state in DECIDED_BY_TIME)
            if times:
                assert dispute.due_at is not None
                assert dispute.due_from < times[0] < times[1] < dispute.due_at


class TestClocks:
    """How long each may take."""

    def test_each_has_the_time_that_was_promised(self) -> None:
        one = a_dispute()
        assert one.due_at == NOW + SELLER_ANSWERS_MS == NOW + 5 * DAY_MS
        offer = Move(Act.COUNTER, Party.SELLER, Remedy(Kind.RETURN, PAID), "Send it back.")
        answered = moved(one, offer, NOW + 1, PAID)
        assert answered.due_at == NOW + AGREEMENT_MS == NOW + 7 * DAY_MS
        agreed = moved(answered, Move(Act.ACCEPT, Party.BUYER), NOW + 2, PAID)
        assert agreed.due_at == NOW + 2 + ADDRESS_MS == NOW + 2 + 3 * DAY_MS
        addressed = moved(agreed, Move(Act.ADDRESS, Party.SELLER, text="Harbour 1"), NOW + 3, PAID)
        assert addressed.due_at == NOW + 3 + SHIPPING_MS == NOW + 3 + 10 * DAY_MS
        sending = Move(Act.SHIP, Party.BUYER, carrier="Post", tracking="RR1")
        sent = moved(addressed, sending, NOW + 4, PAID)
        assert sent.due_at == NOW + 4 + TRANSIT_MS == NOW + 4 + 30 * DAY_MS
        come = moved(sent, Move(Act.RECEIVE, Party.SELLER), NOW + 5, PAID)
        assert come.due_at == NOW + 5 + REFUND_MS == NOW + 5 + 15 * DAY_MS
        contested = moved(sent, Move(Act.CONTEST, Party.SELLER, text="Empty."), NOW + 6, PAID)
        assert contested.due_at == NOW + 6 + MEDIATION_MS == NOW + 6 + 7 * DAY_MS

    def test_what_an_outage_took_is_given_back_and_kept_over_turns(self) -> None:
        one = a_dispute()
        assert one.due_at is not None

        later = put_off(one, one.due_at + 1000)
        answered = moved(later, Move(Act.REJECT, Party.SELLER, text="No."), NOW + 1, PAID)

        assert (later.due_at, later.grace_ms) == (one.due_at + 1000, 1000)
        assert later.revision == one.revision + 1
        assert answered.due_at == NOW + AGREEMENT_MS + 1000

    def test_outside_of_the_turns_only_the_deadline_moves(self) -> None:
        one = moved(a_dispute(), Move(Act.ESCALATE, Party.BUYER), LATER, PAID)
        assert one.due_at is not None

        assert put_off(one, one.due_at + 1000).grace_ms == 0

    def test_nothing_runs_where_nothing_is_due(self) -> None:
        assert reminders(a_dispute(due_at=None)) == []
        assert {waits_for(a_dispute(state=state)) for state in FINAL} == {None}
        assert set(DECIDED_BY_TIME) > set(TURNS)


class TestMoney:
    """Never more than is left."""

    def test_what_was_paid_back_elsewhere_is_taken_off_at_the_end(self) -> None:
        one = a_dispute(asked=Remedy(Kind.RETURN, PAID), wish=Remedy(Kind.RETURN, PAID))
        agreed = moved(one, Move(Act.ACCEPT, Party.SELLER), NOW, PAID)
        assert agreed.due_at is not None

        after = moved(agreed, Move(Act.EXPIRE, Party.TIMER), agreed.due_at, 25_000)

        assert (after.state, after.remedy) == (State.REFUND_PENDING, Remedy(Kind.RETURN, 25_000))

    def test_silence_gives_what_is_left_of_what_was_asked(self) -> None:
        one = a_dispute()
        assert one.due_at is not None

        after = moved(one, Move(Act.EXPIRE, Party.TIMER), one.due_at, 25_000)

        assert after.remedy == Remedy(Kind.FULL, 25_000)

    @pytest.mark.parametrize("act", [Act.ACCEPT, Act.AGREE])
    def test_nobody_agrees_to_more_than_is_left(self, act: Act) -> None:
        one = a_dispute()
        if act is Act.AGREE:
            one = a_dispute(state=State.MEDIATION, proposal=Remedy(Kind.FULL, PAID))

        assert move_fault(one, Move(act, Party.SELLER), NOW, PAID - 1) == Fault.AMOUNT

    def test_the_backend_pays_what_was_decided(self) -> None:
        one = moved(a_dispute(), Move(Act.ACCEPT, Party.SELLER), NOW, PAID)
        none = dataclasses.replace(one, remedy=None)
        other = Move(Act.PAY, Party.BACKEND, Remedy(Kind.FULL, PAID - 1))

        assert move_fault(one, other, NOW, PAID) == Fault.OTHER_AMOUNT
        assert move_fault(none, other, NOW, PAID) == Fault.OTHER_AMOUNT


class TestGuards:
    """What a move needs beside state and party."""

    @pytest.mark.parametrize(
        ("fields", "move", "why"),
        [
            ({}, Move(Act.REJECT, Party.SELLER), Fault.TEXT_NEEDED),
            ({}, Move(Act.COUNTER, Party.SELLER, text="x"), Fault.AMOUNT),
            ({}, Move(Act.COUNTER, Party.SELLER, REMEDIES[4], "x"), Fault.AMOUNT),
            ({}, Move(Act.COUNTER, Party.SELLER, REMEDIES[2]), Fault.TEXT_NEEDED),
            ({}, Move(Act.EVIDENCE, Party.BUYER), Fault.TEXT_NEEDED),
            ({}, Move(Act.ESCALATE, Party.BUYER), Fault.ESCALATE_EARLY),
            ({}, Move(Act.ESCALATE, Party.SELLER), Fault.TEXT_NEEDED),
            ({}, Move(Act.ACCEPT, Party.BUYER), Fault.NOT_YOURS),
            ({}, Move(Act.SHIP, Party.BUYER), Fault.NOT_NOW),
            ({}, Move(Act.ACCEPT, Party.SELLER, REMEDIES[2]), Fault.OTHER_OFFER),
            ({}, Move(Act.EXPIRE, Party.TIMER), Fault.NOT_DUE),
            ({"state": State.BUYER_TURN}, Move(Act.ACCEPT, Party.BUYER), Fault.NOTHING_OFFERED),
            (
                {"state": State.BUYER_TURN, "asked": Remedy(Kind.PARTIAL, 100)},
                Move(Act.COUNTER, Party.BUYER, Remedy(Kind.PARTIAL, 101)),
                Fault.MORE_THAN_ASKED,
            ),
            ({"state": State.MEDIATION}, Move(Act.AGREE, Party.BUYER), Fault.NOTHING_OFFERED),
            (
                {"state": State.MEDIATION, "proposal": REMEDIES[2]},
                Move(Act.AGREE, Party.BUYER, REMEDIES[1]),
                Fault.OTHER_OFFER,
            ),
            (
                {"state": State.MEDIATION, "proposal": REMEDIES[2], "agreed": Party.BUYER},
                Move(Act.AGREE, Party.BUYER),
                Fault.AGREED_ALREADY,
            ),
            ({"state": State.MEDIATION}, Move(Act.PROPOSE, Party.MEDIATOR), Fault.AMOUNT),
            ({"state": State.MEDIATION}, Move(Act.DECIDE, Party.MEDIATOR), Fault.AMOUNT),
            (
                {"state": State.MEDIATION},
                Move(Act.DECIDE, Party.MEDIATOR, REMEDIES[4]),
                Fault.TEXT_NEEDED,
            ),
            (
                {"state": State.MEDIATION, "contested": True},
                Move(Act.DECIDE, Party.MEDIATOR, REMEDIES[3], "x"),
                Fault.NO_RETURN,
            ),
            ({"state": State.AWAITING_RETURN}, Move(Act.ADDRESS, Party.SELLER), Fault.TEXT_NEEDED),
            (
                {"state": State.AWAITING_RETURN, "address": "Harbour 1"},
                Move(Act.ADDRESS, Party.SELLER, text="x"),
                Fault.ADDRESS_GIVEN,
            ),
            ({"state": State.AWAITING_RETURN}, Move(Act.SHIP, Party.BUYER), Fault.NO_ADDRESS),
            (
                {"state": State.AWAITING_RETURN, "address": "Harbour 1"},
                Move(Act.SHIP, Party.BUYER, carrier="Post"),
                Fault.TRACKING_NEEDED,
            ),
            (
                {"state": State.RETURN_IN_TRANSIT},
                Move(Act.CONTEST, Party.SELLER),
                Fault.TEXT_NEEDED,
            ),
            (
                {"state": State.RETURN_IN_TRANSIT, "contested": True},
                Move(Act.CONTEST, Party.SELLER, text="x"),
                Fault.NO_SECOND_TIME,
            ),
            ({"state": State.WITHDRAWN}, Move(Act.ACCEPT, Party.SELLER), Fault.CLOSED),
        ],
    )
    def test_what_is_missing_is_said(
        self, fields: dict[str, object], move: Move, why: Fault
    ) -> None:
        assert move_fault(a_dispute(**fields), move, NOW, PAID) == why


class TestSecondRound:
    """Once more, for the same or less."""

    def test_clocks_start_anew(self) -> None:
        one = moved(a_dispute(), Move(Act.WITHDRAW, Party.BUYER), NOW, PAID)

        again = reopened(one, Remedy(Kind.PARTIAL, 10), NOW + DAY_MS)

        assert (again.state, again.due_at) == (State.SELLER_TURN, NOW + 6 * DAY_MS)
        assert (again.asked, again.reopened, again.closed_at) == (
            Remedy(Kind.PARTIAL, 10),
            True,
            None,
        )

    def test_there_is_no_third(self) -> None:
        one = moved(a_dispute(), Move(Act.WITHDRAW, Party.BUYER), NOW, PAID)
        again = reopened(one, one.asked, NOW)
        twice = moved(again, Move(Act.WITHDRAW, Party.BUYER), NOW, PAID)

        assert reopen_fault(one, one.asked) == ""
        assert reopen_fault(again, one.asked) == Fault.ALREADY_OPENED
        assert reopen_fault(twice, one.asked) == Fault.NO_SECOND_TIME

    def test_nobody_asks_for_more_the_second_time(self) -> None:
        part = Remedy(Kind.PARTIAL, 10)
        one = a_dispute(asked=part, wish=part)
        gone = moved(one, Move(Act.WITHDRAW, Party.BUYER), NOW, PAID)

        assert reopen_fault(gone, Remedy(Kind.RETURN, PAID)) == Fault.MORE_THAN_ASKED
        assert reopen_fault(gone, Remedy(Kind.PARTIAL, 11)) == Fault.MORE_THAN_ASKED
