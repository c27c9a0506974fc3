"""What PRODUCT 7 says of disputes, written a second time and in other words: who may do what, and what comes of it."""

from typing import Final

from tests.property.disputes_model import DAY, LINES, PAID, Bought, Case, Disputes

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


class Rules:
    """The disputes as they should be, beside a store in which they are."""

    world: Disputes
    cases: list[Case]

    @property
    def now(self) -> int:
        """By the clock that is set."""
        return self.world.clock.at

    def key(self, case: Case) -> str:
        """Under which the backend is asked for its refund."""
        return f"dispute-{case.id:016x}-{2 if case.reopened else 1}"

    def left(self, bought: Bought, line: str) -> int:
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

    def is_paid_back(self, bought: Bought, line: str) -> bool:
        """Whether all of it has been paid back, by whatever way."""
        back = [units for name, units in bought.elsewhere.values() if name == line]
        everything = [units for _, units in bought.elsewhere.values()]
        for case in self.cases:
            if case.bought is bought and case.refund == "paid" and case.remedy is not None:
                everything.append(case.remedy[1])
                back += [case.remedy[1]] if case.line == line else []
        return sum(back) >= PAID or sum(everything) >= PAID * len(LINES)

    def meant(self, bought: Bought, line: str, wish: tuple[str, int | None]) -> tuple[str, int]:
        """A wish with its amount: the whole is what is left."""
        kind, units = wish
        return (kind, units or 0) if kind == "partial" else (kind, self.left(bought, line))

    def may_open(self, bought: Bought, line: str, asked: tuple[str, int]) -> bool:
        """Nothing came: only the whole. It came: for fifteen days."""
        if not bought.received and asked[0] != "full":
            return False
        received = "SELECT received_at FROM orders WHERE id = ?"
        ((at,),) = self.world.db.execute(received, (bought.id,)).fetchall()
        if bought.received and self.now >= at + 15 * DAY:
            return False
        return self.is_sound(bought, line, asked)

    def is_sound(self, bought: Bought, line: str, asked: tuple[str, int]) -> bool:
        """Something, and no more than is left."""
        left = self.left(bought, line)
        return 0 < asked[1] <= left

    def may(
        self, case: Case, who: str, act: str, meant: tuple[str, int] | None, *, words: bool
    ) -> bool:
        """Whether somebody may do this now, with or without words."""
        if who not in BY[act] or (who == "mediator" and not self.may_mediate(case)):
            return False
        timed = case.state not in ("mediation", "refund_pending")
        if timed and case.due_at is not None and self.now >= case.due_at:
            return False
        turn, left = TURN.get(case.state), self.left(case.bought, case.line)
        mediation = case.state == "mediation"
        sound = meant is not None and self.is_sound(case.bought, case.line, meant)
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

    def may_mediate(self, case: Case) -> bool:
        """From the moment that mediation began, and while a refund is due."""
        return case.state in ("mediation", "refund_pending") or case.taken

    def follow(self, case: Case, who: str, act: str, meant: tuple[str, int] | None) -> None:
        """What a move makes of it."""
        if who == "seller" and act in ("accept", "reject", "counter", "escalate"):
            case.answered = True
        if act == "accept":
            self.remedy(case, case.wish if who == "seller" else case.offer)
        elif act == "reject":
            case.rejected, case.offer = True, None
            self.enter(case, "buyer_turn")
        elif act == "counter" and who == "seller":
            case.offer = meant
            self.enter(case, "buyer_turn")
        elif act == "counter":
            assert meant is not None
            case.wish, case.offer = meant, None
            self.enter(case, "seller_turn")
        elif act == "escalate":
            self.mediate(case)
        elif act == "withdraw":
            case.final = case.state == "mediation" or case.reopened
            self.enter(case, "withdrawn")
        elif act == "propose":
            case.proposal, case.agreed = meant, ""
            case.steps += 1
        elif act == "agree" and case.agreed:
            self.remedy(case, case.proposal)
        elif act == "agree":
            case.agreed = who
            case.steps += 1
        elif act == "decide":
            self.remedy(case, meant)
        elif act == "address":
            case.address = True
            case.steps += 1
            case.due_at = self.now + 10 * DAY
        elif act == "ship":
            self.enter(case, "return_in_transit")
        elif act == "receive":
            self.ask(case)
        elif act == "contest":
            case.contested, case.remedy = True, None
            self.mediate(case)
        else:
            case.steps += 1

    def enter(self, case: Case, state: str) -> None:
        """A step to a state, with the time that belongs to it."""
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

    def mediate(self, case: Case) -> None:
        """Somebody who works here is asked."""
        case.taken, case.proposal, case.agreed, case.offer = True, None, "", None
        case.alarmed = False
        self.enter(case, "mediation")

    def remedy(self, case: Case, remedy: tuple[str, int] | None) -> None:
        """Both, or a mediator, or time, have decided."""
        assert remedy is not None
        case.remedy, case.alarmed, case.offer = remedy, False, None
        if remedy[0] == "return":
            self.enter(case, "awaiting_return")
        else:
            self.ask(case)

    def ask(self, case: Case) -> None:
        """The backend is asked for it: what is left of it by now."""
        assert case.remedy is not None
        left = self.left(case.bought, case.line)
        case.remedy = (case.remedy[0], min(case.remedy[1], left))
        case.refund, case.alarmed = "pending", False
        self.enter(case, "refund_pending")

    def settle(self, case: Case) -> None:
        """All of it was paid back elsewhere: it is over as soon as somebody looks, which is at once."""
        if not case.is_over and self.is_paid_back(case.bought, case.line):
            case.refund = "settled" if case.refund else ""
            self.enter(case, "refunded")

    def expire(self, case: Case) -> None:
        """Where silence leads."""
        if case.state == "seller_turn" and not case.answered:
            self.remedy(case, case.asked)
        elif case.state in TURN:
            self.mediate(case)
        elif case.state == "awaiting_return" and case.address:
            self.enter(case, "closed_no_refund")
        elif case.state in ("awaiting_return", "return_in_transit"):
            self.ask(case)
        else:
            case.alarmed, case.due_at = True, None
            case.steps += 1
