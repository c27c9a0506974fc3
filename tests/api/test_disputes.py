"""Disputes over HTTP: every row of the table, with buyer, seller, mediator, backend, and time."""

import asyncio
import hashlib

import pytest

from chat_server.actions.deadlines import fire_due
from tests.api.deals import deal
from tests.api.disputants import PAID, euros, in_mediation, opened, tries_to_open, upload
from tests.api.harness import DAY, HOUR, MINUTE, fresh_key
from tests.factories import Town


class TestOpening:
    """A buyer says what happened, what he wishes, and shows it."""

    async def test_what_came_broken_is_the_sellers_turn_for_five_days(self, town: Town) -> None:
        one = await opened(town)

        assert one.state == "seller_turn"
        assert one.view["due_at"] - one.view["opened_at"] == 5 * DAY
        assert (one.view["then"], one.view["waits_for"]) == ("as_asked", "seller")
        assert one.view["asked"] == {"kind": "full", "amount": euros(PAID)}
        assert one.codes() == ["dispute.opened"]
        hers = await one.look(one.deal.seller)
        assert set(hers["acts"]) == {"accept", "reject", "counter", "evidence"}

    @pytest.mark.parametrize(
        ("state", "reason", "status", "why"),
        [
            ("shipped", "damaged", 409, "not_received"),
            ("paid", "not_received", 409, "dispute_early"),
            ("received", "not_received", 409, "confirmed_receipt"),
            ("placed", "damaged", 409, "not_paid"),
        ],
    )
    async def test_not_before_its_time(
        self, town: Town, state: str, reason: str, status: int, why: str
    ) -> None:
        one = await deal(town, state)

        refused = await tries_to_open(one, reason)

        assert (refused.status_code, refused.json()["reason"]) == (status, why)
        assert town.parley.rows("SELECT COUNT(*) FROM threads WHERE kind = 'dispute'") == [(0,)]

    async def test_what_was_not_shipped_in_time_may_be_said_not_to_have_come(
        self, town: Town
    ) -> None:
        one = await deal(town, "paid")
        town.parley.clock.advance(10 * DAY)
        one.buyer.renew()

        partial = await tries_to_open(one, "not_received", "partial", 0, amount="5.00")
        full = await tries_to_open(one, "not_received", "full", 0)

        assert (partial.status_code, partial.json()["reason"]) == (422, "full_refund_only")
        assert full.status_code == 201, full.text

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"photos": 0}, "photos_needed"),
            ({"kind": "partial", "amount": "12.51"}, "amount"),
            ({"kind": "partial", "amount": "0"}, "amount"),
        ],
    )
    async def test_what_is_asked_must_make_sense(
        self, town: Town, fields: dict[str, object], why: str
    ) -> None:
        one = await deal(town)

        refused = await tries_to_open(one, **fields)  # type: ignore[arg-type]

        assert (refused.status_code, refused.json()["reason"]) == (422, why)

    async def test_one_dispute_a_line(self, town: Town) -> None:
        one = await deal(town)

        answers = await asyncio.gather(*[tries_to_open(one) for _ in range(4)])

        assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
        assert town.parley.rows("SELECT COUNT(*) FROM disputes") == [(1,)]
        assert town.parley.rows("SELECT COUNT(*) FROM threads WHERE kind = 'dispute'") == [(1,)]

    async def test_a_retry_opens_nothing_twice(self, town: Town) -> None:
        one, key = await deal(town), fresh_key()
        photo = await upload(one.buyer)
        body = {
            "client_key": key,
            "reason": "damaged",
            "wish": {"kind": "full"},
            "evidence": {"text": "Broken.", "photos": [photo]},
        }

        answers = [await one.buyer.api.post(f"{one.path}/disputes", json=body) for _ in "ab"]

        assert [a.status_code for a in answers] == [201, 201]
        assert answers[0].json()["id"] == answers[1].json()["id"]

    async def test_nobody_disputes_what_he_did_not_buy(self, town: Town) -> None:
        one, stranger = await deal(town), await town.buyer()
        body = {
            "client_key": fresh_key(),
            "reason": "damaged",
            "wish": {"kind": "full"},
            "evidence": {"text": "Broken."},
        }

        his = await stranger.api.post(f"{one.path}/disputes", json=body)
        shops = await one.seller.api.post(f"{one.path}/disputes", json=body)

        assert (his.status_code, shops.status_code) == (404, 403)

    async def test_evidence_is_a_copy_with_its_hash(self, town: Town) -> None:
        one = await opened(town)
        (piece,) = one.view["evidence"]
        url = f"/disputes/{one.id}/evidence/{piece['id']}/full"

        shown = await one.deal.seller.api.get(url)
        stranger = await (await town.buyer()).api.get(url)

        assert shown.status_code == 200
        assert hashlib.sha256(shown.content).hexdigest() == piece["sha256"]
        assert stranger.status_code == 404


class TestTurns:
    """The two try to agree."""

    async def test_a_seller_accepts_and_the_backend_pays(self, town: Town) -> None:
        one = await opened(town)

        await one.does(one.deal.seller, "accept")
        assert one.state == "refund_pending"
        paid = await one.refund()
        assert paid.status_code == 204, paid.text

        await one.look()
        assert (one.state, one.view["acts"]) == ("refunded", [])
        assert town.parley.rows("SELECT amount, units FROM refunds") == [(PAID, 125_000)]
        assert one.codes() == ["dispute.opened", "dispute.accept", "dispute.pay"]

    async def test_offers_go_to_and_fro(self, town: Town) -> None:
        one = await opened(town)
        offer = {"kind": "partial", "amount": euros("5.00")}
        await one.does(one.deal.seller, "counter", wish=offer, text="A scratch only.")
        assert (one.state, one.view["offer"]) == ("buyer_turn", offer)
        counter = {"kind": "partial", "amount": euros("8.00")}
        await one.does(one.deal.buyer, "counter", wish=counter)
        assert (one.state, one.view["wish"]) == ("seller_turn", counter)

        await one.does(one.deal.seller, "accept", wish=counter)

        assert (one.state, one.view["remedy"]) == ("refund_pending", counter)

    async def test_nobody_accepts_another_offer_than_he_saw(self, town: Town) -> None:
        one = await opened(town)
        offer = {"kind": "partial", "amount": euros("5.00")}
        await one.does(one.deal.seller, "counter", wish=offer, text="A scratch only.")

        other = {"kind": "partial", "amount": euros("6.00")}
        refused = await one.tries(one.deal.buyer, "accept", wish=other)

        assert (refused.status_code, refused.json()["reason"]) == (409, "other_offer")

    async def test_a_buyer_asks_for_no_more_than_at_first(self, town: Town) -> None:
        one = await opened(town, kind="partial", amount="5.00")
        offer = {"kind": "partial", "amount": euros("1.00")}
        await one.does(one.deal.seller, "counter", wish=offer, text="A scratch only.")

        more = {"kind": "partial", "amount": euros("6.00")}
        refused = await one.tries(one.deal.buyer, "counter", wish=more)

        assert (refused.status_code, refused.json()["reason"]) == (422, "more_than_asked")

    async def test_silence_of_the_seller_gives_the_buyer_what_he_asked(self, town: Town) -> None:
        one = await opened(town)

        await one.later(5 * DAY + MINUTE)

        assert (one.state, one.view["decided_by"]) == ("refund_pending", "timer")
        assert one.codes()[-1] == "dispute.expired.refund_pending"

    async def test_without_agreement_it_goes_to_a_mediator(self, town: Town) -> None:
        one = await opened(town)
        await one.does(one.deal.seller, "reject", text="It was whole.")

        await one.later(7 * DAY + MINUTE)

        assert one.state == "mediation"

    async def test_a_seller_who_answered_once_is_never_silent(self, town: Town) -> None:
        one = await opened(town)
        offer = {"kind": "partial", "amount": euros("5.00")}
        await one.does(one.deal.seller, "counter", wish=offer, text="A scratch only.")
        await one.does(one.deal.buyer, "counter", wish={"kind": "partial", "amount": euros("8.00")})

        await one.later(7 * DAY + MINUTE)

        assert one.state == "mediation"

    async def test_an_answer_after_its_time_is_too_late_though_nobody_has_noticed(
        self, town: Town
    ) -> None:
        one = await opened(town)
        await one.later(one.view["due_at"] - 1 - town.parley.clock.now_ms())
        in_time = await one.tries(one.deal.seller, "counter", text="")
        town.parley.clock.at = one.view["due_at"]

        late = await one.tries(one.deal.seller, "accept")

        assert in_time.json()["reason"] == "amount"
        assert (late.status_code, late.json()["reason"]) == (409, "deadline_passed")

    async def test_a_mediator_is_asked_after_three_days_or_a_no(self, town: Town) -> None:
        one, other = await opened(town), await opened(town)
        early = await one.tries(one.deal.buyer, "escalate")
        await other.does(other.deal.seller, "reject", text="No.")
        await other.does(other.deal.buyer, "escalate")
        await one.later(3 * DAY)
        await one.does(one.deal.buyer, "escalate")

        assert early.json()["reason"] == "escalate_early"
        assert (one.state, other.state) == ("mediation", "mediation")

    async def test_a_seller_who_said_nothing_must_say_something_to_ask_for_a_mediator(
        self, town: Town
    ) -> None:
        one = await opened(town)
        await one.later(3 * DAY)

        silent = await one.tries(one.deal.seller, "escalate")
        said = await one.tries(one.deal.seller, "escalate", text="He broke it himself.")

        assert (silent.status_code, said.status_code) == (422, 200)

    async def test_what_was_withdrawn_may_be_opened_once_more(self, town: Town) -> None:
        one = await opened(town)
        await one.does(one.deal.buyer, "withdraw")
        assert (one.state, "reopen" in one.view["acts"]) == ("withdrawn", True)

        await one.does(one.deal.buyer, "reopen", wish={"kind": "full"}, text="Still broken.")
        assert (one.state, one.view["due_at"] > 0) == ("seller_turn", True)
        await one.does(one.deal.buyer, "withdraw")
        again = await one.tries(one.deal.buyer, "reopen", wish={"kind": "full"})

        assert (again.status_code, again.json()["reason"]) == (409, "no_second_time")

    async def test_who_saw_an_old_state_is_told_so(self, town: Town) -> None:
        one = await opened(town)
        stale = dict(one.view)
        await one.does(one.deal.buyer, "evidence", text="Look closer.")

        one.view = stale
        refused = await one.tries(one.deal.seller, "accept")

        assert (refused.status_code, refused.json()["code"]) == (409, "stale")
        assert refused.json()["dispute"]["revision"] == stale["revision"] + 1
        assert refused.json()["dispute"]["my_side"] == "seller"

    async def test_of_two_who_move_at_once_one_does(self, town: Town) -> None:
        one = await opened(town)

        answers = await asyncio.gather(
            one.tries(one.deal.seller, "accept"),
            one.tries(one.deal.buyer, "withdraw"),
            one.tries(one.deal.seller, "reject", text="No."),
        )

        assert sorted(a.status_code for a in answers) == [200, 409, 409]
        assert len(one.codes()) == 2


class TestMediation:
    """Somebody who works here decides on the evidence."""

    async def test_a_mediator_decides_and_says_why(self, town: Town) -> None:
        mediator = await town.colleague()
        one = await in_mediation(town, mediator)
        decision = {"kind": "partial", "amount": euros("6.25")}

        mute = await one.tries(mediator, "decide", wish=decision)
        await one.does(mediator, "decide", wish=decision, text="Half of it works.")

        assert mute.json()["reason"] == "text_needed"
        assert (one.state, one.view["remedy"]) == ("refund_pending", decision)
        hers = await one.look()
        assert (hers["decision"], hers["decided_by"]) == ("Half of it works.", "mediator")

    async def test_a_proposal_needs_both(self, town: Town) -> None:
        mediator = await town.colleague()
        one = await in_mediation(town, mediator)
        first = {"kind": "partial", "amount": euros("3.00")}
        second = {"kind": "partial", "amount": euros("4.00")}
        await one.does(mediator, "propose", wish=first, text="Would this do?")
        await one.does(one.deal.seller, "agree", wish=first)
        await one.look(mediator)
        await one.does(mediator, "propose", wish=second)
        await one.look()
        old = await one.tries(one.deal.buyer, "agree", wish=first)
        await one.does(one.deal.buyer, "agree", wish=second)
        assert one.state == "mediation"

        await one.does(one.deal.seller, "agree", wish=second)

        assert old.json()["reason"] == "other_offer"
        assert (one.state, one.view["remedy"]) == ("refund_pending", second)

    async def test_item_65_nobody_decides_who_served_a_party(self, town: Town) -> None:
        mediator = await town.colleague()
        one = await opened(town)
        thread = await town.in_queue(one.deal.buyer)
        await mediator.does("claim", thread)
        await mediator.replies(thread)
        await one.does(one.deal.seller, "reject", text="No.")
        await one.does(one.deal.buyer, "escalate")

        await one.look(mediator)
        refused = await one.tries(mediator, "take")

        assert (refused.status_code, refused.json()["reason"]) == (403, "served_party")
        context = (await mediator.api.get(f"/console/disputes/{one.id}/context")).json()
        assert (context["has_served"], "mediator" in context) == (True, False)

    async def test_item_65_a_case_has_one_mediator(self, town: Town) -> None:
        mediator, other = await town.colleague(), await town.colleague()
        one = await in_mediation(town, mediator)

        refused = await one.tries(other, "decide", wish={"kind": "none"}, text="No.")

        assert (refused.status_code, refused.json()["reason"]) == (403, "not_mediator")
        context = (await other.api.get(f"/console/disputes/{one.id}/context")).json()
        assert context["mediator"]["id"] == (await one.look(other))["mediator_id"]
        assert "mediator_id" not in await one.look()

    async def test_before_mediation_nobody_who_works_here_sees_it(self, town: Town) -> None:
        supervisor = await town.colleague()
        one = await opened(town)

        seen = await supervisor.api.get(f"/console/disputes/{one.id}")

        assert seen.status_code == 404

    async def test_withdrawing_in_mediation_is_final(self, town: Town) -> None:
        one = await in_mediation(town, await town.colleague())
        await one.look()

        await one.does(one.deal.buyer, "withdraw")

        assert (one.state, "reopen" in one.view["acts"]) == ("withdrawn", False)

    async def test_after_a_week_somebody_is_alarmed(self, town: Town) -> None:
        mediator = await town.colleague()
        one = await in_mediation(town, mediator)

        await one.later(7 * DAY + MINUTE)

        await mediator.sign_in()
        late = (await mediator.api.get("/console/disputes", params={"show": "late"})).json()
        assert [d["id"] for d in late["disputes"]] == [one.id]
        assert (one.state, late["counts"]["late"]) == ("mediation", 1)

    async def test_a_mediator_reads_what_belongs_to_the_case_and_it_is_logged(
        self, town: Town
    ) -> None:
        mediator = await town.colleague()
        one = await in_mediation(town, mediator)
        context = (await mediator.api.get(f"/console/disputes/{one.id}/context")).json()
        (thread,) = [t for t in context["threads"] if t["kind"] == "dispute"]

        url = f"/console/disputes/{one.id}/threads/{thread['thread_id']}/events"
        events = (await mediator.api.get(url)).json()["events"]
        foreign = await mediator.api.get(url.replace(thread["thread_id"], "0" * 16))

        assert [e["code"] for e in events][:2] == ["dispute.opened", "dispute.reject"]
        assert foreign.status_code == 404
        assert town.parley.rows("SELECT COUNT(*) FROM audit WHERE action = 'viewed'") == [(1,)]


class TestMediatorsWords:
    """Who decides a case speaks to both in its thread."""

    async def test_both_read_what_their_mediator_says_and_a_retry_says_it_once(
        self, town: Town
    ) -> None:
        mediator = await town.colleague()
        one = await in_mediation(town, mediator)
        url, body = f"/console/disputes/{one.id}/messages", {"client_key": fresh_key()}

        first = await mediator.api.post(url, json={**body, "text": "Which part is broken?"})
        again = await mediator.api.post(url, json={**body, "text": "Which part is broken?"})
        other = await mediator.api.post(url, json={**body, "text": "Something else"})

        assert (first.status_code, again.json()) == (201, first.json())
        assert (other.status_code, other.json()["code"]) == (409, "key_reused")
        for party in (one.deal.buyer, one.deal.seller):
            events = (await party.api.get(f"/threads/{one.thread}/events")).json()["events"]
            said = [e for e in events if e.get("text") == "Which part is broken?"]
            assert [(e["seq"], e["side"]) for e in said] == [(first.json()["seq"], "staff")]

    async def test_item_65_nobody_else_speaks_in_it_and_nobody_once_it_is_decided(
        self, town: Town
    ) -> None:
        mediator, other = await town.colleague(), await town.colleague()
        one = await in_mediation(town, mediator)
        url = f"/console/disputes/{one.id}/messages"

        def said(text: str = "Hello") -> dict[str, str]:
            return {"client_key": fresh_key(), "text": text}

        foreign = await other.api.post(url, json=said())
        empty = await mediator.api.post(url, json=said("  "))
        await one.does(mediator, "decide", wish={"kind": "none"}, text="It was whole.")
        late = await mediator.api.post(url, json=said())

        assert (foreign.status_code, foreign.json()["reason"]) == (403, "not_mediator")
        assert (empty.status_code, empty.json()["reason"]) == (422, "text_needed")
        assert (late.status_code, late.json()["reason"]) == (409, "dispute_closed")


class TestReturns:
    """Goods go back before money does."""

    async def test_goods_go_back_and_money_follows(self, town: Town) -> None:
        one = await opened(town, kind="return")
        await one.does(one.deal.seller, "accept")
        assert one.state == "awaiting_return"
        await one.does(one.deal.seller, "address", text="Harbour 1, Chisinau")
        await one.does(one.deal.buyer, "ship", carrier="Post", tracking="RR1")
        assert one.state == "return_in_transit"

        await one.does(one.deal.seller, "receive")

        assert one.state == "refund_pending"

    async def test_without_an_address_money_goes_without_goods(self, town: Town) -> None:
        one = await opened(town, kind="return")
        await one.does(one.deal.seller, "accept")

        await one.later(3 * DAY + MINUTE)

        assert one.state == "refund_pending"

    async def test_what_is_not_sent_back_is_not_paid_back(self, town: Town) -> None:
        one = await opened(town, kind="return")
        await one.does(one.deal.seller, "accept")
        await one.does(one.deal.seller, "address", text="Harbour 1, Chisinau")

        await one.later(10 * DAY + MINUTE)

        assert one.state == "closed_no_refund"

    async def test_a_return_that_nobody_misses_has_come(self, town: Town) -> None:
        one = await opened(town, kind="return")
        await one.does(one.deal.seller, "accept")
        await one.does(one.deal.seller, "address", text="Harbour 1, Chisinau")
        await one.does(one.deal.buyer, "ship", carrier="Post", tracking="RR1")

        await one.later(30 * DAY + MINUTE)

        assert one.state == "refund_pending"

    async def test_a_return_is_contested_once_and_then_there_is_no_second(self, town: Town) -> None:
        mediator = await town.colleague()
        one = await opened(town, kind="return")
        await one.does(one.deal.seller, "accept")
        await one.does(one.deal.seller, "address", text="Harbour 1, Chisinau")
        await one.does(one.deal.buyer, "ship", carrier="Post", tracking="RR1")
        await one.does(one.deal.seller, "contest", text="An empty box.")
        assert one.state == "mediation"

        await one.look(mediator)
        again = await one.tries(mediator, "decide", wish={"kind": "return"}, text="Send it.")
        await one.does(mediator, "decide", wish={"kind": "none"}, text="It was empty.")

        assert again.json()["reason"] == "no_return"
        assert one.state == "closed_no_refund"


class TestRefunds:
    """Never more than was paid, and once."""

    async def test_a_refund_is_told_once(self, town: Town) -> None:
        one = await opened(town)
        await one.does(one.deal.seller, "accept")
        other = await one.refund(amount=euros("1.00"))
        backend = town.backend
        key = (await backend.get("/backend/refunds")).json()["refunds"][0]["key"]
        body = {"state": "paid", "amount": euros(PAID)}

        answers = await asyncio.gather(
            *[backend.post(f"/backend/refunds/{key}", json=body) for _ in range(4)]
        )

        assert (other.status_code, other.json()["reason"]) == (422, "other_amount")
        assert [a.status_code for a in answers] == [204] * 4
        assert town.parley.rows("SELECT COUNT(*) FROM refunds") == [(1,)]
        assert one.codes().count("dispute.pay") == 1

    async def test_a_failure_alarms_and_a_later_payment_ends_it(self, town: Town) -> None:
        mediator, one = await town.colleague(), await opened(town)
        await one.does(one.deal.seller, "accept")

        failed = await one.refund("failed", reason="card closed")
        await one.look()
        docket = (await mediator.api.get("/console/disputes", params={"show": "refunds"})).json()
        paid = await one.refund()

        assert (failed.status_code, paid.status_code) == (204, 204)
        assert [d["refund_failed"] for d in docket["disputes"]] == ["card closed"]
        assert docket["now"] == town.parley.clock.now_ms(), "what is due counts down by this"
        assert (await one.look())["state"] == "refunded"

    async def test_what_was_paid_back_elsewhere_is_not_paid_twice(self, town: Town) -> None:
        one = await opened(town)
        refund = {"key": "r1", "line": "a", "amount": euros("10.00")}
        await town.move(one.deal.order, refunds=[refund])
        await one.look()
        too_much = await one.tries(one.deal.seller, "accept")
        offer = {"kind": "full"}
        await one.does(one.deal.seller, "counter", wish=offer, text="The rest.")

        await one.does(one.deal.buyer, "accept")

        assert too_much.json()["reason"] == "amount"
        assert one.view["remedy"]["amount"] == euros("2.50")

    async def test_a_full_refund_elsewhere_ends_it(self, town: Town) -> None:
        one = await opened(town)

        refund = {"key": "r1", "line": "a", "amount": euros(PAID)}
        await town.move(one.deal.order, refunds=[refund])
        await one.later(MINUTE)

        assert (one.state, one.codes()[-1]) == ("refunded", "dispute.settle")

    async def test_what_never_came_and_was_paid_back_counts_no_rating(self, town: Town) -> None:
        deal_ = await deal(town, "paid")
        town.parley.clock.advance(10 * DAY)
        deal_.buyer.renew()
        view = (await tries_to_open(deal_, "not_received", "full", 0)).json()
        one = await opened(town)
        one.deal, one.id, one.thread, one.view = deal_, view["id"], view["thread_id"], view
        deal_.seller.renew()
        await one.does(deal_.seller, "accept")
        await one.refund()

        assert town.parley.rows("SELECT reason FROM refunds") == [("not_received",)]


class TestReceipt:
    """Confirming receipt and saying that nothing came do not go together."""

    async def test_confirming_receipt_takes_back_that_nothing_came(self, town: Town) -> None:
        one = await deal(town, "paid")
        town.parley.clock.advance(10 * DAY)
        one.buyer.renew()
        view = (await tries_to_open(one, "not_received", "full", 0)).json()
        url = f"/orders/{one.order.id}/receipt"

        unaware = await one.buyer.api.post(url, json={"client_key": fresh_key()})
        body = {"client_key": fresh_key(), "withdraw_dispute": True}
        aware = await one.buyer.api.post(url, json=body)

        assert (unaware.status_code, unaware.json()["reason"]) == (409, "dispute_open")
        assert aware.json()["state"] == "received"
        shown = (await one.buyer.api.get(f"/disputes/{view['id']}")).json()
        assert shown["state"] == "withdrawn"

    async def test_time_confirms_nothing_while_a_dispute_is_open(self, town: Town) -> None:
        one = await deal(town, "shipped")
        town.parley.clock.advance(10 * DAY)
        one.buyer.renew()
        view = (await tries_to_open(one, "not_received", "full", 0)).json()
        dispute = await opened(town)
        dispute.deal, dispute.id = one, view["id"]
        one.seller.renew()
        await dispute.look()
        await dispute.does(one.seller, "reject", text="It was sent.")

        await dispute.later(20 * DAY)

        order = (await one.buyer.api.get(f"/orders/{one.order.id}")).json()
        assert (order["state"], dispute.state) == ("shipped", "mediation")


class TestOutage:
    """After hours of darkness nobody has lost his turn."""

    async def test_six_hours_down_over_a_deadline_give_six_hours_more(self, town: Town) -> None:
        one = await opened(town)
        await one.later(5 * DAY - HOUR)
        assert one.state == "seller_turn"

        clock = town.parley.clock
        clock.advance(6 * HOUR)  # Nobody looks after the deadlines meanwhile.
        back = clock.now_ms()
        await fire_due(town.parley.ctx)
        await one.later(MINUTE)

        assert one.state == "seller_turn"
        assert 0 <= one.view["due_at"] - (back + 6 * HOUR) <= 5 * MINUTE
        assert one.codes()[-1] == "dispute.put_off"
        await one.does(one.deal.seller, "accept")
        assert one.state == "refund_pending"


class TestSilence:
    """What belongs to a dispute stays as it is, and is told."""

    async def test_between_two_in_dispute_no_message_changes(self, town: Town) -> None:
        one = await deal(town)
        thread = (await one.buyer.api.post("/threads", json={"order": one.order.id})).json()["id"]
        seq = await one.buyer.say(thread, "It is broken")
        await tries_to_open(one)

        body = {"client_key": fresh_key(), "text": "It is fine"}
        edited = await one.buyer.api.patch(f"/threads/{thread}/messages/{seq}", json=body)

        assert (edited.status_code, edited.json()["reason"]) == (409, "in_dispute")

    async def test_the_other_side_is_told_of_each_step(self, town: Town) -> None:
        one = await opened(town)
        await one.does(one.deal.seller, "reject", text="No.")
        await one.later(4 * DAY)

        mine = (await one.deal.buyer.api.get("/notices")).json()["notices"]
        shops = (await one.deal.seller.api.get("/notices", params={"side": "shops"})).json()
        kinds = [n["kind"] for n in mine if n.get("dispute_id") == one.id]
        assert kinds == ["dispute_due", "dispute_moved"]
        assert [n["kind"] for n in shops["notices"] if n.get("dispute_id") == one.id] == [
            "dispute_opened"
        ]

    async def test_an_order_that_two_conversations_are_about_has_each_line_once(
        self, town: Town
    ) -> None:
        one = await opened(town)
        await one.deal.buyer.api.post("/threads", json={"order": one.deal.order.id})

        threads = (await one.deal.buyer.api.get("/threads")).json()["threads"]

        assert {thread["kind"] for thread in threads} >= {"order", "dispute"}
        assert [len(thread["order"]["lines"]) for thread in threads if "order" in thread] == [1, 1]
