"""Complaints that a seller does not answer: every row of the table, with buyer, seller, mediator and time."""

import asyncio
import dataclasses
import datetime
from typing import cast

import pytest

from chat_server.actions.complaint_steps import DUE
from chat_server.actions.complaints import queue
from chat_server.actions.deadlines import fire_due
from chat_server.domain.ids import PersonId, read
from chat_server.domain.people import Actor, Role
from chat_server.ports import Commit, Statement, Store, Value
from tests.api.asked import Asked
from tests.api.complainants import complained, unanswered, under_review
from tests.api.disputants import advance
from tests.api.harness import DAY, HOUR, MINUTE, SECOND, fresh_key
from tests.factories import Town, meet


class TestOpening:
    """A buyer complains where nobody has answered him for 48 hours."""

    async def test_after_48_hours_and_not_before(self, town: Town) -> None:
        one = await unanswered(town, hours=47)

        early = await one.options()
        refused = await one.tries_to_complain()
        await one.later(HOUR + MINUTE)
        ripe = await one.options()

        assert (early["allowed"], early["reason"]) == (False, "early")
        assert early["allowed_from"] <= town.parley.clock.now_ms()
        assert (refused.status_code, refused.json()["reason"]) == (409, "complaint_early")
        assert (ripe["allowed"], "reason" in ripe) == (True, False)
        assert [m["text"] for m in ripe["messages"]] == ["Is it still there?"]
        assert ripe["waited_ms"] > 48 * HOUR

    async def test_the_seller_has_a_day_to_answer_it(self, town: Town) -> None:
        one = await complained(town)

        assert one.state == "seller_notified"
        assert one.view["due_at"] - one.view["opened_at"] == DAY
        assert (one.view["waits_for"], one.view["then"]) == ("seller", "under_review")
        assert one.codes() == ["complaint.opened"]
        assert [m["text"] for m in one.view["messages"]] == ["Is it still there?"]
        hers = await one.look(one.pair.seller)
        assert (hers["my_side"], hers["acts"]) == ("seller", ["answer"])
        told = (await one.pair.seller.api.get("/notices?side=shops")).json()["notices"]
        assert [(n["kind"], n["complaint_id"]) for n in told] == [
            ("complaint_opened", one.view["id"])
        ]
        assert told[0]["thread_id"] == one.pair.thread

    async def test_who_was_answered_has_nothing_to_complain_about(self, town: Town) -> None:
        one = await unanswered(town)
        await one.pair.seller.say(one.pair.thread, "Yes, it is.")

        refused = await one.tries_to_complain()

        assert (refused.status_code, refused.json()["reason"]) == (409, "nothing_waits")
        assert (await one.options())["reason"] == "answered"

    async def test_an_answer_that_was_taken_back_is_none(self, town: Town) -> None:
        one = await unanswered(town)
        seq = await one.pair.seller.say(one.pair.thread, "Yes.")
        await one.pair.seller.withdraw(one.pair.thread, seq)

        assert (await one.tries_to_complain()).status_code == 201

    async def test_one_about_a_conversation_and_one_a_week_about_a_shop(self, town: Town) -> None:
        one = await complained(town)
        twice = await one.tries_to_complain()
        opened = one.view["opened_at"]
        await one.does(one.pair.buyer, "withdraw")
        week = await one.tries_to_complain()
        options = await one.options()
        await one.later(7 * DAY)
        again = await one.tries_to_complain()

        assert (twice.status_code, twice.json()["reason"]) == (409, "complaint_open")
        assert (week.status_code, week.json()["reason"]) == (409, "complaint_week")
        assert options["allowed_from"] == opened + 7 * DAY
        assert again.status_code == 201

    async def test_a_retry_complains_once(self, town: Town) -> None:
        one, key = await unanswered(town), fresh_key()

        answers = [await one.tries_to_complain(key) for _ in "ab"]
        other = await one.tries_to_complain(key, "Something else.")

        assert [a.status_code for a in answers] == [201, 201]
        assert answers[0].json()["id"] == answers[1].json()["id"]
        assert other.json()["code"] == "key_reused"

    async def test_of_many_at_once_one_counts(self, town: Town) -> None:
        one = await unanswered(town)

        answers = await asyncio.gather(*[one.tries_to_complain() for _ in range(4)])

        assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
        assert town.parley.rows("SELECT COUNT(*) FROM complaints") == [(1,)]

    async def test_not_by_the_shop_and_not_by_strangers(self, town: Town) -> None:
        one, stranger = await unanswered(town), await town.buyer()
        url, body = f"/threads/{one.pair.thread}/complaints", {"client_key": fresh_key()}

        hers = await one.pair.seller.api.post(url, json=body)
        his = await stranger.api.post(url, json=body)
        support = await stranger.ask_support()
        desk = await stranger.api.post(f"/threads/{support}/complaints", json=body)

        assert (hers.status_code, hers.json()["reason"]) == (403, "not_your_move")
        assert his.status_code == 404
        assert (desk.status_code, desk.json()["reason"]) == (403, "complaint_kind")


class TestAnswers:
    """The seller has a day, the buyer two."""

    async def test_an_answer_ends_the_wait_and_may_be_enough(self, town: Town) -> None:
        one = await complained(town)

        await one.look(one.pair.seller)
        wordless = await one.tries(one.pair.seller, "answer")
        await one.does(one.pair.seller, "answer", "Sorry! It is there.")
        thread = await one.pair.seller.view(one.pair.thread)
        assert (one.state, one.view["answer"]) == ("answered", "Sorry! It is there.")
        assert "waiting_since" not in thread
        await one.later(2 * DAY + 1)

        assert (wordless.status_code, wordless.json()["reason"]) == (422, "text_needed")
        assert one.state == "solved"
        assert one.codes() == ["complaint.opened", "complaint.answer", "complaint.expired.solved"]

    async def test_what_is_not_solved_is_looked_at(self, town: Town) -> None:
        one = await complained(town)
        await one.look(one.pair.seller)
        await one.does(one.pair.seller, "answer", "Soon.")
        await one.look()
        assert one.view["acts"] == ["not_solved", "withdraw"]

        await one.does(one.pair.buyer, "not_solved", "That is no answer.")

        assert (one.state, one.view["waits_for"]) == ("under_review", "mediator")
        assert one.view["not_solved"] == "That is no answer."
        assert "due_at" not in one.view

    async def test_silence_is_looked_at(self, town: Town) -> None:
        one = await complained(town)

        await one.later(DAY - MINUTE)
        assert one.state == "seller_notified"
        await one.later(2 * MINUTE)

        assert one.state == "under_review"
        assert one.codes()[-1] == "complaint.expired.under_review"

    async def test_who_answers_in_the_conversation_itself_was_not_silent(self, town: Town) -> None:
        one = await complained(town)
        await one.pair.seller.say(one.pair.thread, "Here I am.")

        await one.later(DAY + 1)

        assert (one.state, one.view["waits_for"]) == ("answered", "buyer")
        assert one.codes()[-1] == "complaint.expired.answered"

    async def test_late_is_late_though_nobody_has_noticed(self, town: Town) -> None:
        one = await complained(town)
        await one.later(DAY - MINUTE)
        town.parley.clock.advance(MINUTE)
        one.pair.seller.renew()

        refused = await one.tries(one.pair.seller, "answer", "Here.")

        assert (refused.status_code, refused.json()["reason"]) == (409, "deadline_passed")

    async def test_who_is_waited_for_is_reminded_twice(self, town: Town) -> None:
        one = await complained(town)

        await one.later(DAY - MINUTE)

        told = (await one.pair.seller.api.get("/notices?side=shops")).json()["notices"]
        assert [n["kind"] for n in told if n["kind"] == "complaint_due"] == ["complaint_due"] * 2
        assert told[0]["until"] == one.view["due_at"]

    async def test_a_deadline_that_comes_before_its_time_is_not_lost(self, town: Town) -> None:
        one = await complained(town)
        parley = town.parley
        # As where the clock of a node was set back.
        early: dict[str, Value] = {"kind": DUE, "subject_id": read(one.view["id"]), "due_at": 1}
        early["revision"] = one.view["revision"]
        await parley.ctx.store.commit(Commit([Statement("set_deadline", early)]))

        await fire_due(parley.ctx)
        await advance(parley, DAY + MINUTE)
        await fire_due(parley.ctx)

        one.pair.buyer.renew()
        assert (await one.look())["state"] == "under_review"

    async def test_of_two_steps_at_once_one_is_late(self, town: Town) -> None:
        one = await complained(town)
        seen = dict(one.view)

        answers = await asyncio.gather(
            one.tries(one.pair.seller, "answer", "Here."), one.tries(one.pair.buyer, "withdraw")
        )

        assert sorted(a.status_code for a in answers) == [200, 409]
        one.view = seen
        stale = await one.tries(one.pair.buyer, "withdraw")
        assert stale.json()["code"] == "stale"

    @pytest.mark.parametrize("act", ["answer", "not_solved", "withdraw", "uphold", "reject"])
    async def test_nothing_moves_what_is_over(self, town: Town, act: str) -> None:
        one = await complained(town)
        await one.does(one.pair.buyer, "withdraw")

        refused = await one.tries(one.pair.buyer, act, "Words.")

        assert (refused.status_code, refused.json()["reason"]) == (409, "complaint_closed")


class TestMediators:
    """Somebody who works here looks at it and decides."""

    @pytest.mark.parametrize(("act", "state"), [("uphold", "upheld"), ("reject", "rejected")])
    async def test_a_mediator_decides_with_reasons(self, town: Town, act: str, state: str) -> None:
        one, mediator = await under_review(town), await town.colleague()

        await one.look(mediator)
        wordless = await one.tries(mediator, act)
        await one.does(mediator, act, "Nobody answered for three days.")
        await one.look()

        assert wordless.json()["reason"] == "text_needed"
        assert (one.state, one.view["decision"]) == (state, "Nobody answered for three days.")
        assert one.view["acts"] == []
        assert town.parley.rows("SELECT action FROM audit WHERE action = 'mediated'") == [
            ("mediated",)
        ]
        told = (await one.pair.buyer.api.get("/notices?side=mine")).json()["notices"]
        assert (told[0]["kind"], told[0]["state"]) == ("complaint_moved", state)

    async def test_the_queue_counts_and_shows_what_waits(self, town: Town) -> None:
        first, second = await under_review(town), await complained(town)
        mediator = await town.colleague()

        queue = (await mediator.api.get("/console/complaints")).json()
        rest = (await mediator.api.get("/console/complaints?show=open")).json()
        await first.look(mediator)
        await first.does(mediator, "reject", "They did answer.")
        decided = (await mediator.api.get("/console/complaints?show=decided")).json()

        assert [c["id"] for c in queue["complaints"]] == [first.view["id"]]
        assert queue["counts"] == {"review": 1, "open": 1, "flagged": 0}
        assert [c["id"] for c in rest["complaints"]] == [second.view["id"]]
        assert [c["state"] for c in decided["complaints"]] == ["rejected"]

    async def test_a_page_of_many_asks_the_store_no_more_than_a_page_of_one(
        self, town: Town
    ) -> None:
        await under_review(town)
        boss = Actor(PersonId(1), Role.SUPERVISOR)

        async def asked() -> int:
            store = Asked(town.parley.ctx.store)
            ctx = dataclasses.replace(town.parley.ctx, store=cast(Store, store))
            assert (await queue(ctx, boss, "review", None))[0]
            return store.times

        of_one = await asked()
        for _ in "abc":
            await under_review(town)

        assert await asked() == of_one

    async def test_each_look_into_the_conversation_is_logged(self, town: Town) -> None:
        one, fresh = await under_review(town), await complained(town)
        mediator = await town.colleague()

        early = await mediator.api.get(f"/console/complaints/{fresh.view['id']}/events")
        page = await mediator.api.get(f"/console/complaints/{one.view['id']}/events")

        assert early.status_code == 404
        assert [e["kind"] for e in page.json()["events"]] == ["posted", "state", "state"]
        assert town.parley.rows("SELECT action FROM audit WHERE action = 'viewed'") == [("viewed",)]

    async def test_only_who_may_mediate(self, town: Town) -> None:
        one, agent = await under_review(town), await town.colleague("agent")

        queue = await agent.api.get("/console/complaints")
        look = await agent.api.get(f"/console/complaints/{one.view['id']}")

        assert (queue.status_code, look.status_code) == (403, 404)

    async def test_three_upheld_in_ninety_days_flag_the_shop_for_ninety(self, town: Town) -> None:
        one = await under_review(town)
        mediator = await town.colleague()
        decided = 0
        for count in range(3):
            await one.look(mediator)
            flags = (await mediator.api.get("/console/shops/flags")).json()["shops"]
            assert flags == []
            await one.does(mediator, "uphold", "Nobody answered.")
            decided = town.parley.clock.now_ms()
            await one.later(8 * DAY)
            mediator = await town.colleague()
            if count < 2:
                await one.complains()
                await one.later(DAY + 1)
                mediator = await town.colleague()

        answer = await mediator.api.get("/console/shops/flags")
        assert answer.status_code == 200, answer.text
        (flag,) = answer.json()["shops"]
        assert (flag["upheld"], flag["since"]) == (3, decided)
        assert flag["until"] == decided + 90 * DAY
        url = f"/shops/{one.pair.shop.id}/response"
        assert (await one.pair.seller.api.get(url)).json()["flagged_until"] == flag["until"]
        await one.later(90 * DAY)
        mediator = await town.colleague()
        assert (await mediator.api.get("/console/shops/flags")).json()["shops"] == []


class TestLists:
    """Both find their complaints."""

    async def test_buyer_and_shop_see_theirs_and_nobody_else(self, town: Town) -> None:
        one, stranger = await complained(town), await meet(town)
        url = f"/shops/{one.pair.shop.id}/complaints"

        mine = (await one.pair.buyer.api.get("/complaints")).json()["complaints"]
        shops = (await one.pair.seller.api.get(url)).json()["complaints"]

        assert [c["id"] for c in mine] == [c["id"] for c in shops] == [one.view["id"]]
        assert [c["my_side"] for c in (*mine, *shops)] == ["buyer", "seller"]
        assert (await stranger.seller.api.get(url)).status_code == 404
        assert (await stranger.buyer.api.get("/complaints")).json()["complaints"] == []
        look = await stranger.buyer.api.get(f"/complaints/{one.view['id']}")
        assert look.status_code == 404


class TestWhatIsSaid:
    """While a complaint is open, nothing that was said between the two changes."""

    async def test_messages_stay_as_they_are(self, town: Town) -> None:
        one = await complained(town)
        seq = await one.pair.seller.say(one.pair.thread, "Here.")

        held = await one.pair.seller.withdraw(one.pair.thread, seq)
        await one.does(one.pair.buyer, "withdraw")
        free = await one.pair.seller.withdraw(one.pair.thread, seq)

        assert (held.status_code, held.json()["reason"]) == (409, "in_complaint")
        assert free.status_code == 200, free.text


class TestOutages:
    """What runs out while Parley is away ends later, once."""

    async def test_a_deadline_in_an_outage_moves(self, town: Town) -> None:
        one = await complained(town)
        await one.later(23 * HOUR)
        town.parley.clock.advance(2 * HOUR)
        back = town.parley.clock.now_ms()

        await fire_due(town.parley.ctx)
        await fire_due(town.parley.ctx)
        one.pair.buyer.renew()
        await one.look()

        assert one.state == "seller_notified"
        assert abs(one.view["due_at"] - (back + 2 * HOUR)) <= MINUTE
        assert one.codes().count("complaint.put_off") == 1

    async def test_nobody_is_reminded_once_more_of_what_ends_later(self, town: Town) -> None:
        one = await complained(town)
        await one.later(23 * HOUR)
        town.parley.clock.advance(2 * HOUR)

        for _ in range(3):
            await fire_due(town.parley.ctx)

        one.pair.seller.renew()
        told = (await one.pair.seller.api.get("/notices?side=shops")).json()["notices"]
        assert one.codes()[-1] == "complaint.put_off"
        assert [n["kind"] for n in told].count("complaint_due") == 2

    async def test_who_answers_before_anybody_has_noticed_is_in_time(self, town: Town) -> None:
        one = await complained(town)
        await one.later(23 * HOUR)
        town.parley.clock.advance(2 * HOUR)
        one.pair.seller.renew()

        await one.does(one.pair.seller, "answer", "Here I am.")

        assert one.state == "answered"
        assert one.codes()[-2:] == ["complaint.put_off", "complaint.answer"]


class TestHolidays:
    """The clocks of the shop stand still while it is away."""

    async def test_they_stop_the_wait_and_the_time_to_answer(self, town: Town) -> None:
        one = await unanswered(town, hours=40)
        clock = town.parley.clock
        url = f"/shops/{one.pair.shop.id}/hours"
        today = await one.pair.seller.api.get(url)
        assert today.status_code == 200
        dates = _dates(clock.now_ms(), 2)
        put = await one.pair.seller.api.put(
            url, json={"zone": "UTC", "holidays": [{"first": dates[0], "last": dates[1]}]}
        )
        assert put.status_code == 200, put.text
        away = put.json()["away_until"]
        await one.later(away - clock.now_ms())

        early = await one.options()
        await one.later(8 * HOUR + SECOND)
        ripe = await one.options()

        assert early["reason"] == "early"
        assert ripe["allowed"]
        assert 48 * HOUR < ripe["waited_ms"] < 49 * HOUR

    async def test_a_holiday_that_begins_meanwhile_puts_the_answer_off(self, town: Town) -> None:
        one = await complained(town)
        clock, due = town.parley.clock, one.view["due_at"]
        url = f"/shops/{one.pair.shop.id}/hours"
        (today,) = _dates(clock.now_ms(), 1)
        body = {"zone": "UTC", "holidays": [{"first": today, "last": today}]}

        put = await one.pair.seller.api.put(url, json=body)
        moved = await one.look()
        await one.later(HOUR)
        ended = await one.pair.seller.api.put(url, json={"zone": "UTC", "revision": 1})
        back = await one.look()

        away = put.json()["away_until"] - (due - DAY)
        assert (moved["due_at"], ended.status_code) == (due + away, 200)
        assert back["due_at"] == due + HOUR
        assert one.codes() == ["complaint.opened", *["complaint.put_off"] * 2]


def _dates(now: int, days: int) -> list[str]:
    """Today and the days after it, as dates in UTC."""
    first = datetime.datetime.fromtimestamp(now / 1000, datetime.UTC).date()
    return [(first + datetime.timedelta(days=n)).isoformat() for n in range(days)]
