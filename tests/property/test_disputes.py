"""Whatever people, time and the backend do in disputes: what comes of it is what the rules say, and money goes once."""

from collections.abc import Coroutine
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from chat_server.domain.errors import ParleyError
from tests.api.harness import T0
from tests.faults.scale import length
from tests.property.disputes_model import DAY, LINES, PAID, Bought, Case, Disputes

HOUR: Final = DAY // 24
BY: Final = {
    "accept": ("buyer", "seller"),
    "reject": ("seller",),
    "counter": ("buyer", "seller"),
    "escalate": ("buyer", "seller"),
    "evidence": ("buyer", "seller"),
    "withdraw": ("buyer",),
    "take": ("mediator",),
    "propose": ("mediator",),
    "agree": ("buyer", "seller"),
    "decide": ("mediator",),
    "address": ("seller",),
    "ship": ("buyer",),
    "receive": ("seller",),
    "contest": ("seller",),
}
"""Who may do what at all."""

TURN: Final = {"seller_turn": "seller", "buyer_turn": "buyer"}
SIZES: Final = {"full": 3, "return": 2, "partial": 1, "none": 0}

numbers = st.integers(0, 9)
people = st.sampled_from(["buyer", "seller", "mediator"])
parts = st.sampled_from([1, 25_000, 50_000, PAID, PAID + 1])
wishes = st.one_of(
    st.just(("full", None)), st.just(("return", None)), st.tuples(st.just("partial"), parts)
)
answers = st.sampled_from(["accept", "reject", "counter", "counter", "escalate"])
others = st.sampled_from(["evidence", "withdraw", "evidence"])


class DisputesMachine(RuleBasedStateMachine):
    """A buyer, a seller, a mediator, a backend, and a clock."""

    world: Disputes

    @initialize()
    def opens(self) -> None:
        """Nothing has been bought."""
        self.world = Disputes(T0)
        self.bought: list[Bought] = []
        self.cases: list[Case] = []

    @override
    def teardown(self) -> None:
        """Nothing of it stays."""
        if hasattr(self, "world"):
            self.world.close()

    @property
    def now(self) -> int:
        """By the clock that is set."""
        return self.world.clock.at

    # What is done.

    @rule(received=st.booleans(), wish=wishes, line=st.sampled_from(LINES))
    def somebody_buys_and_complains(
        self, received: bool, wish: tuple[str, int | None], line: str
    ) -> None:
        """About the one line or the other."""
        self.bought.append(self.world.buy(received=received))
        self._open(self.bought[-1], line, wish)

    @precondition(lambda self: self.bought)
    @rule(which=numbers, wish=wishes, line=st.sampled_from(LINES))
    def somebody_complains_again(self, which: int, wish: tuple[str, int | None], line: str) -> None:
        """About another line, or the same, which is refused."""
        self._open(self.bought[-1 - which % len(self.bought)], line, wish)

    @precondition(lambda self: self.cases)
    @rule(which=numbers, act=st.sampled_from(sorted(BY)), who=people, wish=wishes, words=st.booleans())  # fmt: skip
    def somebody_tries_anything(
        self, which: int, act: str, who: str, wish: tuple[str, int | None], words: bool
    ) -> None:
        """Allowed or not."""
        self._try(self._case(which), who, act, wish, words=words)

    @precondition(lambda self: self.cases)
    @rule(which=numbers, act=answers, wish=wishes)
    def who_is_waited_for_answers(self, which: int, act: str, wish: tuple[str, int | None]) -> None:
        """Something that makes sense where it stands."""
        case = self._case(which)
        who, sense = {
            "seller_turn": ("seller", act),
            "buyer_turn": ("buyer", "counter" if act == "reject" else act),
            "mediation": ("mediator", "decide" if act == "accept" else "propose"),
            "awaiting_return": ("buyer", "ship") if case.address else ("seller", "address"),
            "return_in_transit": ("seller", "contest" if act == "reject" else "receive"),
        }.get(case.state, ("buyer", act))
        self._try(case, who, sense, wish, words=True)

    @precondition(lambda self: self.cases)
    @rule(which=numbers)
    def both_agree(self, which: int) -> None:
        """To what a mediator proposed, if he did."""
        for who in ("buyer", "seller"):
            self._try(self._case(which), who, "agree", None, words=False)

    @precondition(lambda self: self.cases)
    @rule(which=numbers, wish=wishes)
    def somebody_opens_again(self, which: int, wish: tuple[str, int | None]) -> None:
        """What he withdrew."""
        case = self._case(which)
        asked = self._meant(case.bought, case.line, wish)
        may = (
            case.state == "withdrawn"
            and not (case.final or case.reopened)
            and SIZES[asked[0]] <= SIZES[case.asked[0]]
            and asked[1] <= case.asked[1]
            and self._may_open(case.bought, case.line, asked)
        )
        if self._happens(self.world.reopen(case, (wish[0], wish[1] or 0)), may):
            case.asked = case.wish = asked
            case.opened_at, case.reopened = self.now, True
            case.offer, case.answered, case.rejected = None, False, False
            self._enter(case, "seller_turn")

    @precondition(lambda self: self.cases)
    @rule(which=numbers, pays=st.booleans(), wrong=st.booleans())
    def the_backend_tells_of_a_refund(self, which: int, pays: bool, wrong: bool) -> None:
        """Of one that it was asked for, twice."""
        case = self._case(which)
        if not case.refund:
            return
        key, pending = self._key(case), case.state == "refund_pending"
        assert case.remedy is not None
        amount = f"{(case.remedy[1] + 100 * wrong) / 10_000:.4f}" if pays else None
        for _ in "ab":
            said = case.refund == ("paid" if pays else "failed")
            may = not wrong if pays and (said or pending) else said or pending
            told = self._happens(self.world.tell(key, amount), may)
            if not told or said:
                continue
            case.refund = "paid" if pays else "failed"
            if pays:
                self._enter(case, "refunded")
            else:
                case.steps, case.alarmed, case.due_at = case.steps + 1, True, None

    @precondition(lambda self: self.bought)
    @rule(which=numbers, line=st.sampled_from(LINES), units=st.sampled_from([10_000, 60_000, PAID]))
    def money_goes_back_elsewhere(self, which: int, line: str, units: int) -> None:
        """A part of it, or all; disputes look whether that was all."""
        bought = self.bought[which % len(self.bought)]
        self.world.pay_elsewhere(bought, line, units)
        self._pass_to(self.now)

    @rule(ms=st.sampled_from([HOUR, DAY, 3 * DAY, 5 * DAY - 1, 7 * DAY, 16 * DAY]))
    def time_passes(self, ms: int) -> None:
        """What is due meanwhile happens."""
        self._pass_to(self.now + ms)

    @precondition(lambda self: self.cases)
    @rule(which=numbers, edge=st.sampled_from((-1, 0)))
    def time_comes_to_a_deadline(self, which: int, edge: int) -> None:
        """Just before it, or to it though no node has looked."""
        due_at = self._case(which).due_at
        if due_at is None or due_at + edge <= self.now:
            return
        self._pass_to(due_at - 1)
        self.world.clock.at = due_at + edge

    # What must be true.

    @invariant()
    def what_is_stored_is_what_the_rules_say(self) -> None:
        """State by state; each step once and in order; clocks as the disputes say; no cent too much."""
        if not hasattr(self, "world"):
            return
        found = self.world.found()
        found.check()
        stands = {row[0]: (row[2], row[3], row[4]) for row in found.disputes}
        assert stands == {case.id: (case.state, case.steps, case.due_at) for case in self.cases}
        asked = {row[0]: (row[4], row[5]) for row in found.asked}
        expected = {self._key(c): c for c in self.cases if c.refund}
        assert set(asked) == set(expected)
        for key, case in expected.items():
            assert case.remedy is not None
            assert asked[key] == (case.remedy[1], case.refund)

    # The model.

    def _case(self, which: int) -> Case:
        return self.cases[-1 - which % len(self.cases)]

    def _key(self, case: Case) -> str:
        return f"dispute-{case.id:016x}-{2 if case.reopened else 1}"

    def _left(self, bought: Bought, line: str) -> int:
        """What may still be paid back for a line."""
        back = {name: sum(u for n, u in bought.elsewhere.values() if n == name) for name in LINES}
        asked = dict.fromkeys(LINES, 0)
        for case in self.cases:
            if case.bought is bought and case.remedy is not None:
                if case.refund == "paid":
                    back[case.line] += case.remedy[1]
                elif case.refund in ("pending", "failed"):
                    asked[case.line] += case.remedy[1]
        of_others = sum(units for name, units in asked.items() if name != line)
        of_order = PAID * len(LINES) - sum(back.values()) - of_others
        return max(0, min(PAID - back[line], of_order))

    def _is_paid_back(self, bought: Bought, line: str) -> bool:
        back = [units for name, units in bought.elsewhere.values() if name == line]
        everything = [units for _, units in bought.elsewhere.values()]
        for case in self.cases:
            if case.bought is bought and case.refund == "paid" and case.remedy is not None:
                everything.append(case.remedy[1])
                back += [case.remedy[1]] if case.line == line else []
        return sum(back) >= PAID or sum(everything) >= PAID * len(LINES)

    def _meant(self, bought: Bought, line: str, wish: tuple[str, int | None]) -> tuple[str, int]:
        kind, units = wish
        return (kind, units or 0) if kind == "partial" else (kind, self._left(bought, line))

    def _may_open(self, bought: Bought, line: str, asked: tuple[str, int]) -> bool:
        """Nothing came: only the whole. It came: for fifteen days."""
        if not bought.received and asked[0] != "full":
            return False
        received = "SELECT received_at FROM orders WHERE id = ?"
        ((at,),) = self.world.db.execute(received, (bought.id,)).fetchall()
        if bought.received and self.now >= at + 15 * DAY:
            return False
        return self._is_sound(bought, line, asked)

    def _is_sound(self, bought: Bought, line: str, asked: tuple[str, int]) -> bool:
        left = self._left(bought, line)
        return 0 < asked[1] <= left

    def _open(self, bought: Bought, line: str, wish: tuple[str, int | None]) -> None:
        asked = self._meant(bought, line, wish)
        known = any(c.bought is bought and c.line == line for c in self.cases)
        may = not known and self._may_open(bought, line, asked)
        made = self._happens(self.world.open(bought, line, (wish[0], wish[1] or 0)), may)
        if made:
            case = Case(made, bought, line, not bought.received, asked, self.now, asked)
            case.due_at = self.now + 5 * DAY
            self.cases.append(case)

    def _happens(self, work: Coroutine[Any, Any, int | None], may: bool) -> int:
        """It happens if it may; else it is refused."""
        answer: int | None = None
        try:
            answer = self.world.run(work)
        except ParleyError as error:
            refused = str(error)
        else:
            refused = ""
        assert may == (not refused), refused or "nobody refused it"
        return (answer or 1) if may else 0

    def _try(
        self, case: Case, who: str, act: str, wish: tuple[str, int | None] | None, *, words: bool
    ) -> None:
        needs = act in ("counter", "propose", "decide")
        meant = self._meant(case.bought, case.line, wish) if wish and needs else None
        given = (wish[0], wish[1] or 0) if wish and needs else None
        may = self._may(case, who, act, meant, words=words)
        if self._happens(self.world.move(case, who, act, given, words=words), may):
            self._follow(case, who, act, meant)

    def _may(
        self, case: Case, who: str, act: str, meant: tuple[str, int] | None, *, words: bool
    ) -> bool:
        if who not in BY[act] or (who == "mediator" and not self._may_mediate(case)):
            return False
        timed = case.state not in ("mediation", "refund_pending")
        if timed and case.due_at is not None and self.now >= case.due_at:
            return False
        turn, left = TURN.get(case.state), self._left(case.bought, case.line)
        mediation = case.state == "mediation"
        sound = meant is not None and self._is_sound(case.bought, case.line, meant)
        goes_back = meant is not None and meant[0] == "return"
        sound = sound and not (goes_back and (case.missing or case.contested))
        if act == "accept":
            offered = case.wish if who == "seller" else case.offer
            return turn == who and offered is not None and offered[1] <= left
        if act == "reject":
            return turn == who and words
        if act == "counter":
            enough = words or who == "buyer"
            modest = who == "seller" or (meant is not None and meant[1] <= case.asked[1])
            return turn == who and sound and enough and modest
        if act == "escalate":
            open_to = case.rejected or self.now >= case.opened_at + 3 * DAY
            return turn is not None and open_to and (who == "buyer" or case.answered or words)
        if act in ("evidence", "withdraw"):
            return (turn is not None or mediation) and (words or act == "withdraw")
        if act == "take":
            return mediation
        if act == "propose":
            return mediation and sound
        if act == "decide":
            return mediation and sound and words
        if act == "agree":
            offered = case.proposal
            return mediation and offered is not None and case.agreed != who and offered[1] <= left
        if act == "address":
            return case.state == "awaiting_return" and not case.address and words
        if act == "ship":
            return case.state == "awaiting_return" and case.address and words
        if case.state != "return_in_transit":
            return False
        # What was paid back to the last cent elsewhere is settled, and asks for nothing.
        return left > 0 if act == "receive" else words and not case.contested

    def _may_mediate(self, case: Case) -> bool:
        return case.state in ("mediation", "refund_pending") or case.taken

    def _follow(self, case: Case, who: str, act: str, meant: tuple[str, int] | None) -> None:
        """What a move makes of it."""
        if who == "seller" and act in ("accept", "reject", "counter", "escalate"):
            case.answered = True
        if act == "accept":
            self._remedy(case, case.wish if who == "seller" else case.offer)
        elif act == "reject":
            case.rejected, case.offer = True, None
            self._enter(case, "buyer_turn")
        elif act == "counter" and who == "seller":
            case.offer = meant
            self._enter(case, "buyer_turn")
        elif act == "counter":
            assert meant is not None
            case.wish, case.offer = meant, None
            self._enter(case, "seller_turn")
        elif act == "escalate":
            self._mediate(case)
        elif act == "withdraw":
            case.final = case.state == "mediation" or case.reopened
            self._enter(case, "withdrawn")
        elif act == "propose":
            case.proposal, case.agreed = meant, ""
            case.steps += 1
        elif act == "agree" and case.agreed:
            self._remedy(case, case.proposal)
        elif act == "agree":
            case.agreed = who
            case.steps += 1
        elif act == "decide":
            self._remedy(case, meant)
        elif act == "address":
            case.address = True
            case.steps += 1
            case.due_at = self.now + 10 * DAY
        elif act == "ship":
            self._enter(case, "return_in_transit")
        elif act == "receive":
            self._ask(case)
        elif act == "contest":
            case.contested, case.remedy = True, None
            self._mediate(case)
        else:
            case.steps += 1

    def _enter(self, case: Case, state: str) -> None:
        case.steps += 1
        case.state = state
        lasts = {
            "seller_turn": 7 * DAY if case.answered else 5 * DAY,
            "buyer_turn": 7 * DAY,
            "mediation": 7 * DAY,
            "awaiting_return": 3 * DAY,
            "return_in_transit": 30 * DAY,
            "refund_pending": 15 * DAY,
        }.get(state)
        since = case.opened_at if state in TURN else self.now
        case.due_at = since + lasts if lasts is not None else None

    def _mediate(self, case: Case) -> None:
        case.taken, case.proposal, case.agreed, case.offer = True, None, "", None
        case.alarmed = False
        self._enter(case, "mediation")

    def _remedy(self, case: Case, remedy: tuple[str, int] | None) -> None:
        assert remedy is not None
        case.remedy, case.alarmed, case.offer = remedy, False, None
        if remedy[0] == "return":
            self._enter(case, "awaiting_return")
        else:
            self._ask(case)

    def _ask(self, case: Case) -> None:
        """The backend is asked for it: what is left of it by now."""
        assert case.remedy is not None
        left = self._left(case.bought, case.line)
        case.remedy = (case.remedy[0], min(case.remedy[1], left))
        case.refund, case.alarmed = "pending", False
        self._enter(case, "refund_pending")

    def _pass_to(self, until: int) -> None:
        """The store goes there by itself; the model follows, instant by instant."""
        for at in self.world.pass_time(until):
            self.world.clock.at = at
            for case in self.cases:
                self._settle(case)
            for case in self.cases:
                if case.due_at is not None and case.due_at <= at and not case.is_over:
                    self._expire(case)
        self.world.clock.at = until

    def _settle(self, case: Case) -> None:
        """All of it was paid back elsewhere: it is over as soon as somebody looks, which is at once."""
        if not case.is_over and self._is_paid_back(case.bought, case.line):
            case.refund = "settled" if case.refund else ""
            self._enter(case, "refunded")

    def _expire(self, case: Case) -> None:
        if case.state == "seller_turn" and not case.answered:
            self._remedy(case, case.asked)
        elif case.state in TURN:
            self._mediate(case)
        elif case.state == "awaiting_return" and case.address:
            self._enter(case, "closed_no_refund")
        elif case.state in ("awaiting_return", "return_in_transit"):
            self._ask(case)
        else:
            case.alarmed, case.due_at = True, None
            case.steps += 1


@pytest.mark.slow
def test_disputes_go_by_their_rules_whatever_happens_and_when() -> None:
    run_state_machine_as_test(
        DisputesMachine,
        settings=settings(
            max_examples=length(15, 500),
            stateful_step_count=length(30, 60),
            deadline=None,
            # What fails is told as it was found: to make it shorter takes minutes, with a database under it.
            phases=(Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
