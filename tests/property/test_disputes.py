"""Whatever people, time and the backend do in disputes: what comes of it is what the rules say, and money goes once."""

from collections.abc import Coroutine
from typing import Any, Final

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from typing_extensions import override

from chat_server.domain.errors import ParleyError
from tests.api.harness import T0
from tests.property.disputes_model import DAY, LINES, PAID, Bought, Case, Disputes
from tests.property.disputes_rules import BY, Rules
from tests.property.world import try_machine

HOUR: Final = DAY // 24
SIZES: Final = {"full": 3, "return": 2, "partial": 1, "none": 0}

numbers = st.integers(0, 9)
people = st.sampled_from(["buyer", "seller", "mediator"])
parts = st.sampled_from([1, 25_000, 50_000, PAID, PAID + 1])
wishes = st.one_of(
    st.just(("full", None)), st.just(("return", None)), st.tuples(st.just("partial"), parts)
)
answers = st.sampled_from(["accept", "reject", "counter", "counter", "escalate"])
others = st.sampled_from(["evidence", "withdraw", "evidence"])


class DisputesMachine(Rules, RuleBasedStateMachine):
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
        asked = self.meant(case.bought, case.line, wish)
        may = (
            case.state == "withdrawn"
            and not (case.final or case.reopened)
            and SIZES[asked[0]] <= SIZES[case.asked[0]]
            and asked[1] <= case.asked[1]
            and self.may_open(case.bought, case.line, asked)
        )
        if self._happens(self.world.reopen(case, (wish[0], wish[1] or 0)), may):
            case.asked = case.wish = asked
            case.opened_at, case.reopened = self.now, True
            case.offer, case.answered, case.rejected = None, False, False
            self.enter(case, "seller_turn")

    @precondition(lambda self: self.cases)
    @rule(which=numbers, pays=st.booleans(), wrong=st.booleans())
    def the_backend_tells_of_a_refund(self, which: int, pays: bool, wrong: bool) -> None:
        """Of one that it was asked for, twice."""
        case = self._case(which)
        if not case.refund:
            return
        key, pending = self.key(case), case.state == "refund_pending"
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
                self.enter(case, "refunded")
            else:
                case.steps, case.alarmed, case.due_at = case.steps + 1, True, None

    @precondition(lambda self: self.bought)
    @rule(which=numbers, line=st.sampled_from(LINES), units=st.sampled_from([10_000, 60_000, PAID]))
    def money_goes_back_elsewhere(self, which: int, line: str, units: int) -> None:
        """A part of it, or all; disputes look whether that was all."""
        bought = self.bought[which % len(self.bought)]
        # What is due at this very instant may come before or after it.
        self._pass_to(self.now)
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
        expected = {self.key(c): c for c in self.cases if c.refund}
        assert set(asked) == set(expected)
        for key, case in expected.items():
            assert case.remedy is not None
            assert asked[key] == (case.remedy[1], case.refund)

    def _case(self, which: int) -> Case:
        return self.cases[-1 - which % len(self.cases)]

    def _open(self, bought: Bought, line: str, wish: tuple[str, int | None]) -> None:
        asked = self.meant(bought, line, wish)
        known = any(c.bought is bought and c.line == line for c in self.cases)
        may = not known and self.may_open(bought, line, asked)
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
        meant = self.meant(case.bought, case.line, wish) if wish and needs else None
        given = (wish[0], wish[1] or 0) if wish and needs else None
        may = self.may(case, who, act, meant, words=words)
        if self._happens(self.world.move(case, who, act, given, words=words), may):
            self.follow(case, who, act, meant)

    def _pass_to(self, until: int) -> None:
        """The store goes there by itself; the model follows, instant by instant."""
        for at in self.world.pass_time(until):
            self.world.clock.at = at
            for case in self.cases:
                self.settle(case)
            for case in self.cases:
                if case.due_at is not None and case.due_at <= at and not case.is_over:
                    self.expire(case)
        self.world.clock.at = until


@pytest.mark.slow
def test_disputes_go_by_their_rules_whatever_happens_and_when() -> None:
    try_machine(DisputesMachine, examples=(15, 500), steps=(30, 60))
