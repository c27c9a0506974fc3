"""The support desk: from a wish for a person to the end of the conversation, with the clock of the test."""

import asyncio
import json
from typing import Any

import pytest

from chat_server.actions.deadlines import fire_due
from chat_server.domain.ids import read
from tests.api.desk import codes, page, team_of
from tests.api.harness import DAY, HOUR, MINUTE, SECOND, fresh_key, until
from tests.api.line import Frame, Line, closing
from tests.factories import Customer, Town
from tests.patience import PATIENCE_S


async def rounds(town: Town) -> None:
    """What is due now is done now."""
    await town.parley.node.rounds.make()
    while await fire_due(town.parley.ctx):
        pass


async def pass_by(town: Town, ms: int) -> None:
    """Time passes, with whatever it brings."""
    town.parley.clock.advance(ms)
    await rounds(town)


async def state(customer: Customer, thread: str) -> str:
    """As the customer sees it."""
    return str((await customer.view(thread))["state"])


async def comes_to(customer: Customer, thread: str, wanted: str) -> None:
    """Waits until the thread is in a state."""
    async with asyncio.timeout(PATIENCE_S):
        while await state(customer, thread) != wanted:  # noqa: ASYNC110  Another task does it.
            await asyncio.sleep(0.005)


class TestRouting:
    """Who gets what."""

    async def test_who_asks_for_a_person_gets_one_who_is_there(self, town: Town) -> None:
        agent = await town.colleague("agent")
        visitor = await town.visitor()
        async with closing(await agent.on_line()) as line:
            thread = await town.in_queue(visitor)

            row = (await line.push("desk.thread"))["thread"]
            while row["state"] != "assigned":
                row = (await line.push("desk.thread"))["thread"]

            assert (row["id"], row["agent"]["id"]) == (thread, agent.id)
            view = await visitor.view(thread)
            assert (view["state"], view["agent"]) == ("assigned", "Agent")
            assert await codes(visitor, thread) == ["support.queued", "support.joined"]

    async def test_without_anybody_there_the_thread_waits_and_goes_to_the_first_who_comes(
        self, town: Town
    ) -> None:
        visitor, agent = await town.visitor(), await town.colleague("agent")
        thread = await town.in_queue(visitor)
        await rounds(town)
        assert await state(visitor, thread) == "queued"

        async with closing(await agent.on_line()):
            await comes_to(visitor, thread, "assigned")

    async def test_an_agent_gets_no_more_than_he_can_take_and_the_next_when_one_is_done(
        self, town: Town
    ) -> None:
        agent = await town.colleague("agent")
        buyers = [await town.buyer() for _ in range(5)]
        async with closing(await agent.on_line()):
            threads = []
            for buyer in buyers:
                threads.append(await town.in_queue(buyer))
                town.parley.clock.advance(SECOND)
            await comes_to(buyers[3], threads[3], "assigned")
            await rounds(town)
            assert await state(buyers[4], threads[4]) == "queued"

            await agent.does("resolve", threads[0])

            await comes_to(buyers[4], threads[4], "assigned")

    async def test_the_longest_idle_goes_first_and_who_is_away_gets_nothing(
        self, town: Town
    ) -> None:
        first, second, away = [await town.colleague("agent") for _ in range(3)]
        await away.is_("away")
        async with (
            closing(await first.on_line()),
            closing(await second.on_line()),
            closing(await away.on_line()),
        ):
            given = []
            for _ in range(4):
                buyer = await town.buyer()
                thread = await town.in_queue(buyer)
                await comes_to(buyer, thread, "assigned")
                given.append((await first.row(thread))["agent"]["id"])
                town.parley.clock.advance(SECOND)

        assert given[:2] == given[2:]
        assert set(given) == {first.id, second.id}

    async def test_who_had_the_thread_before_is_preferred(self, town: Town) -> None:
        buyer = await town.buyer()
        first, second = await town.colleague("agent"), await town.colleague("agent")
        thread = await town.in_queue(buyer)
        await second.does("claim", thread)
        await second.replies(thread)
        await second.does("resolve", thread)
        async with closing(await first.on_line()), closing(await second.on_line()):
            await buyer.say(thread, "One more thing")

            await comes_to(buyer, thread, "assigned")

            assert (await first.row(thread))["agent"]["id"] == second.id

    async def test_the_signed_in_go_before_visitors_for_a_quarter_of_an_hour(
        self, town: Town
    ) -> None:
        supervisor = await town.colleague()
        visitor = await town.in_queue(await town.visitor())
        town.parley.clock.advance(14 * MINUTE)
        soon = await town.in_queue(await town.buyer())
        town.parley.clock.advance(2 * MINUTE)
        late = await town.in_queue(await town.buyer())

        assert await page(supervisor, "unassigned") == [soon, visitor, late]

    async def test_priority_goes_before_time(self, town: Town) -> None:
        supervisor = await town.colleague()
        first, second = [await town.in_queue(await town.buyer()) for _ in range(2)]
        revision = (await supervisor.row(second))["revision"]

        marked = await supervisor.api.patch(
            f"/console/threads/{second}", json={"revision": revision, "priority": 2}
        )

        assert marked.status_code == 200
        assert await page(supervisor, "unassigned") == [second, first]

    async def test_a_customer_is_told_his_place_and_when_it_changes(self, town: Town) -> None:
        supervisor = await town.colleague()
        before, buyer = await town.in_queue(await town.buyer()), await town.buyer()
        town.parley.clock.advance(SECOND)
        async with closing(await buyer.on_line()) as line:
            thread = await town.in_queue(buyer)
            assert (await line.push("queue", thread_id=thread))["position"] == 2
            watched = await line.ask("watch", thread_id=thread)
            assert (watched["position"], "expected_ms" in watched) == (2, False)

            await supervisor.does("claim", before)

            assert (await line.push("queue", thread_id=thread))["position"] == 1

    async def test_a_wait_is_foretold_from_the_pace_of_the_last_hour(self, town: Town) -> None:
        supervisor, buyer = await town.colleague(), await town.buyer()
        for _ in range(4):
            await supervisor.does("claim", await town.in_queue(await town.buyer()))
        async with closing(await buyer.on_line()) as line:
            thread = await town.in_queue(buyer)

            pushed = await line.push("queue", thread_id=thread)

        assert (pushed["position"], pushed["expected_ms"]) == (1, 15 * MINUTE)

    async def test_a_visitor_waits_in_one_thread_and_an_address_in_three(
        self, helpful: Town
    ) -> None:
        visitors = [await helpful.visitor() for _ in range(4)]
        threads = [await helpful.in_queue(v, "operator!") for v in visitors[:3]]
        last = await visitors[3].ask_support()

        await visitors[3].say(last, "operator!")

        events = await visitors[3].answers(last)
        assert "waiting already" in events[-1]["text"]
        assert await state(visitors[3], last) == "bot"
        assert [await state(v, t) for v, t in zip(visitors, threads, strict=False)] == [
            "queued"
        ] * 3


class TestTaking:
    """Claim, assign, transfer, put aside, end."""

    async def test_of_two_who_claim_one_is_told_that_it_is_taken(self, town: Town) -> None:
        first, second = await town.colleague("agent"), await town.colleague("agent")
        thread = await town.in_queue(await town.buyer())
        seen = (await second.row(thread))["revision"]

        answers = await asyncio.gather(
            first.tries("claim", thread, revision=seen),
            second.tries("claim", thread, revision=seen),
        )

        assert sorted(a.status_code for a in answers) == [200, 409]
        refused = next(a for a in answers if a.status_code == 409).json()
        assert (refused["code"], refused["reason"]) == ("wrong_state", "taken")

    async def test_an_agent_takes_over_from_the_bot_at_any_time(self, helpful: Town) -> None:
        visitor, agent = await helpful.visitor(), await helpful.colleague("agent")
        thread = await visitor.ask_support()
        await visitor.say(thread, "how long do refunds take")
        await visitor.answers(thread)

        await agent.does("claim", thread)
        await agent.replies(thread, "Let me look at yours.")
        await visitor.say(thread, "how long do refunds take")

        assert await state(visitor, thread) == "assigned"
        events = await visitor.events(thread)
        assert [e["side"] for e in events[-3:]] == ["system", "staff", "customer"]
        assert events[-2]["name"] == "Agent"

    async def test_the_bot_answers_again_once_it_is_given_back(self, helpful: Town) -> None:
        visitor, agent = await helpful.visitor(), await helpful.colleague("agent")
        thread = await helpful.in_queue(visitor, "operator!")
        await agent.does("claim", thread)
        await agent.replies(thread)

        await agent.does("give_back", thread, note="He only wants to know when.")
        await visitor.say(thread, "how long do refunds take")

        answers = await visitor.answers(thread)
        assert answers[-1]["card"]["entry"] == "refund_time"
        assert await codes(visitor, thread) == ["support.queued", "support.joined", "support.bot"]

    async def test_only_who_has_a_thread_answers_in_it(self, town: Town) -> None:
        owner, other = await town.colleague("agent"), await town.colleague("agent")
        thread = await town.in_queue(await town.buyer())
        await owner.does("claim", thread)
        body = {"client_key": fresh_key(), "text": "Me too"}

        refused = await other.api.post(f"/console/threads/{thread}/messages", json=body)

        assert (refused.status_code, refused.json()["reason"]) == (409, "not_yours")

    async def test_a_reply_that_is_repeated_is_said_once(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread, key = await town.in_queue(buyer), fresh_key()
        await agent.does("claim", thread)

        seqs = [await agent.replies(thread, client_key=key) for _ in range(3)]

        assert len(set(seqs)) == 1
        assert [e["side"] for e in await buyer.events(thread)].count("staff") == 1

    async def test_a_transfer_with_a_note_goes_to_the_other_team_and_leaves_the_first(
        self, town: Town
    ) -> None:
        supervisor, agent, other = [
            await town.colleague(role) for role in ("supervisor", "agent", "agent")
        ]
        team = await team_of(town, supervisor, other)
        buyer = await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()) as left, closing(await other.on_line()) as got:
            moved = await agent.does("transfer", thread, team=team, note="Knows about parcels")

            assert (await left.push("desk.gone"))["thread_id"] == thread
            await comes_to(buyer, thread, "assigned")
            assert (await got.push("desk.note"))["note"]["text"] == "Knows about parcels"
        assert moved["team_id"] == team
        assert (await agent.api.get(f"/console/threads/{thread}")).status_code == 404
        assert (await other.row(thread))["agent"]["id"] == other.id
        told = await buyer.events(thread)
        assert "parcels" not in json.dumps(told)
        assert [e["code"] for e in told if e["kind"] == "state"][-2:] == [
            "support.transferred",
            "support.joined",
        ]

    async def test_a_thread_is_given_only_to_who_works_in_its_team(self, town: Town) -> None:
        supervisor, agent, outsider = (
            await town.colleague(),
            await town.colleague("agent"),
            await town.outsider(),
        )
        thread = await town.in_queue(await town.buyer())

        refused = await supervisor.tries("assign", thread, agent=outsider.id)
        given = await supervisor.does("assign", thread, agent=agent.id)

        assert (refused.status_code, refused.json()["reason"]) == (422, "agent")
        assert given["agent"]["id"] == agent.id

    async def test_what_was_put_aside_comes_back_when_its_time_has_come(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        await agent.replies(thread, "I will ask the shop.")
        async with closing(await agent.on_line()):
            until_then = town.parley.clock.now_ms() + HOUR
            put = await agent.does("snooze", thread, until=until_then)
            assert (put["state"], await state(buyer, thread)) == ("snoozed", "assigned")
            assert await page(agent, "snoozed") == [thread]

            await pass_by(town, HOUR)

            assert (await agent.row(thread))["state"] == "waiting_customer"
        assert "support.joined" in await codes(buyer, thread)
        assert (await codes(buyer, thread)).count("support.joined") == 1

    async def test_a_customer_who_writes_wakes_his_thread(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        await agent.replies(thread)
        async with closing(await agent.on_line()) as line:
            now = town.parley.clock.now_ms()
            await agent.does("snooze", thread, until=now + DAY)
            await buyer.say(thread, "Any news?")

            while (await line.push("desk.thread"))["thread"]["state"] != "assigned":
                pass

    async def test_nothing_is_ended_over_words_that_its_agent_has_not_seen(
        self, town: Town
    ) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        seen = await agent.replies(thread, "Is that all?")
        await buyer.say(thread, "No!")

        refused = await agent.tries("resolve", thread, seen=seen)

        assert (refused.status_code, refused.json()["code"]) == (409, "stale")
        assert await state(buyer, thread) == "assigned"

    async def test_an_end_may_be_taken_back(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        await agent.replies(thread)
        await agent.does("resolve", thread)

        back = await agent.does("reopen", thread)

        assert (back["state"], back["agent"]["id"]) == ("waiting_customer", agent.id)
        assert town.parley.rows("SELECT number, resolved_at FROM episodes") == [(1, None)]

    async def test_a_move_of_what_has_moved_since_is_stale(self, town: Town) -> None:
        first, second = await town.colleague("agent"), await town.colleague("agent")
        thread = await town.in_queue(await town.buyer())
        seen = (await first.row(thread))["revision"]
        await first.does("claim", thread)

        late = await second.tries("resolve", thread, revision=seen)

        assert (late.status_code, late.json()["code"]) == (409, "stale")

    @pytest.mark.parametrize(
        ("move", "fields"),
        [
            ("snooze", {"until": 10**15}),
            ("snooze", {"until": 1}),
            ("assign", {"agent": "0" * 16}),
            ("transfer", {"team": "0" * 16}),
        ],
    )
    async def test_what_makes_no_sense_is_refused(
        self, town: Town, move: str, fields: dict[str, Any]
    ) -> None:
        agent = await town.colleague("agent")
        thread = await town.in_queue(await town.buyer())
        await agent.does("claim", thread)

        refused = await agent.tries(move, thread, **fields)

        assert refused.status_code == 422, refused.text


class TestCustomers:
    """Nobody is forgotten."""

    async def test_an_agent_who_lets_a_customer_wait_loses_him_to_the_front_of_the_queue(
        self, town: Town
    ) -> None:
        slow, supervisor = await town.colleague("agent"), await town.colleague()
        buyer = await town.buyer()
        async with closing(await slow.on_line()) as line:
            thread = await town.in_queue(buyer)
            await comes_to(buyer, thread, "assigned")
            town.parley.clock.advance(SECOND)
            await slow.is_("away")
            later = await town.in_queue(await town.buyer())
            await slow.is_("online")
            await slow.is_("away")

            await pass_by(town, 3 * MINUTE)

            assert (await line.push("desk.returned"))["thread_id"] == thread
            assert (await page(supervisor, "unassigned"))[:2] == [thread, later]
            assert (await codes(buyer, thread))[-1] == "support.requeued"

    async def test_it_is_not_offered_to_him_again_for_half_an_hour(self, town: Town) -> None:
        slow, buyer = await town.colleague("agent"), await town.buyer()
        async with closing(await slow.on_line()):
            thread = await town.in_queue(buyer)
            await comes_to(buyer, thread, "assigned")
            await pass_by(town, 3 * MINUTE)
            assert await state(buyer, thread) == "queued"

            await pass_by(town, 29 * MINUTE)
            assert await state(buyer, thread) == "queued"
            await pass_by(town, MINUTE)

            assert await state(buyer, thread) == "assigned"

    async def test_at_the_second_miss_in_a_row_he_is_set_to_away(self, town: Town) -> None:
        slow = await town.colleague("agent")
        async with closing(await slow.on_line()) as line:
            for expected in (False, True):
                buyer = await town.buyer()
                thread = await town.in_queue(buyer)
                await comes_to(buyer, thread, "assigned")
                await pass_by(town, 3 * MINUTE)
                returned = await line.push("desk.returned", thread_id=thread)
                assert returned.get("away", False) is expected

        counts = (await slow.api.get("/console/counts")).json()
        assert [agent["availability"] for agent in counts["agents"]] == ["away"]

    async def test_who_answers_in_time_keeps_it(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        async with closing(await agent.on_line()):
            thread = await town.in_queue(buyer)
            await comes_to(buyer, thread, "assigned")
            await pass_by(town, 2 * MINUTE + 59 * SECOND)
            await agent.replies(thread)
            await buyer.say(thread, "Thanks, and?")

            await pass_by(town, 2 * MINUTE + 59 * SECOND)

            assert await state(buyer, thread) == "assigned"

    async def test_when_a_laptop_is_closed_its_unanswered_customers_go_to_others_after_a_minute(
        self, town: Town
    ) -> None:
        gone, other = await town.colleague("agent"), await town.colleague("agent")
        waiting, answered = await town.buyer(), await town.buyer()
        line = await gone.on_line()
        threads = [await town.in_queue(buyer) for buyer in (waiting, answered)]
        await comes_to(answered, threads[1], "assigned")
        await pass_by(town, 2 * MINUTE)
        await gone.replies(threads[1])
        await line.close()
        await until(lambda: town.parley.rows("SELECT 1 FROM agents WHERE gone_at > 0") != [])
        async with closing(await other.on_line()):
            await pass_by(town, 59 * SECOND)
            assert (await other.row(threads[0]))["agent"]["id"] == gone.id

            # The node has been up for three minutes by now, so that nobody is taken for gone who was only restarted.
            await pass_by(town, SECOND)
            await rounds(town)
            assert (await other.row(threads[0]))["agent"]["id"] == other.id
            assert (await other.row(threads[1]))["agent"]["id"] == gone.id

            await pass_by(town, 4 * MINUTE)
            await rounds(town)
            assert (await other.row(threads[1]))["agent"]["id"] == other.id

    async def test_silence_ends_a_thread_after_a_day_and_its_customer_is_told_an_hour_before(
        self, town: Town
    ) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()):
            await agent.replies(thread)
            await pass_by(town, 23 * HOUR - SECOND)
            buyer.renew()
            assert "support.closing" not in await codes(buyer, thread)
            await pass_by(town, SECOND)
            await rounds(town)
            assert (await codes(buyer, thread)).count("support.closing") == 1

            await pass_by(town, HOUR - SECOND)
            buyer.renew()
            assert await state(buyer, thread) == "assigned"
            await pass_by(town, SECOND)

        buyer.renew()
        assert await state(buyer, thread) == "resolved"
        assert (await buyer.view(thread))["csat"] == 0

    async def test_who_writes_within_a_week_comes_back_to_his_agent(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        await agent.replies(thread)
        await agent.does("resolve", thread)
        town.parley.clock.advance(7 * DAY - HOUR)
        buyer.renew()
        await agent.sign_in()
        async with closing(await agent.on_line()):
            await buyer.say(thread, "It broke again")

            await comes_to(buyer, thread, "assigned")

        assert (await agent.row(thread))["agent"]["id"] == agent.id
        assert town.parley.rows("SELECT number, cause FROM episodes ORDER BY 1") == [
            (1, "direct"),
            (2, "again"),
        ]

    async def test_later_the_bot_begins_anew(self, helpful: Town) -> None:
        agent, buyer = await helpful.colleague("agent"), await helpful.buyer()
        thread = await helpful.in_queue(buyer, "operator!")
        await agent.does("claim", thread)
        await agent.replies(thread)
        await agent.does("resolve", thread)
        helpful.parley.clock.advance(7 * DAY + SECOND)
        buyer.renew()

        await buyer.say(thread, "how long do refunds take")

        answers = await buyer.answers(thread)
        assert answers[-1]["card"]["entry"] == "refund_time"
        assert await state(buyer, thread) == "bot"


MOSCOW_CLOSING = 1_800_050_400_000
"""2027-01-16 01:00 in Moscow, the first closing after the tests begin."""


class TestHours:
    """The turn of hours: nobody waits for ever, and nobody is told an untruth."""

    async def test_who_waits_at_closing_is_told_when_people_are_back_and_keeps_his_place(
        self, town: Town
    ) -> None:
        clock = town.parley.clock
        clock.at = MOSCOW_CLOSING - 2 * SECOND
        first, second = await town.buyer(), await town.buyer()
        threads = [await town.in_queue(first)]
        clock.advance(SECOND)
        threads.append(await town.in_queue(second))
        await rounds(town)
        assert await state(first, threads[0]) == "queued"  # 00:59:59

        await pass_by(town, SECOND)

        assert [await state(b, t) for b, t in zip((first, second), threads, strict=True)] == [
            "queued_offline"
        ] * 2
        told = (await first.events(threads[0]))[-1]
        assert (told["side"], told["card"]["kind"]) == ("bot", "offline")
        assert "back today at 07:00 (Moscow)" in told["text"]

        clock.at = MOSCOW_CLOSING + 6 * HOUR - SECOND  # 06:59:59
        first.renew()
        await rounds(town)
        assert await state(first, threads[0]) == "queued_offline"
        await pass_by(town, SECOND)

        agent = await town.colleague("agent")
        assert await state(first, threads[0]) == "queued"
        assert await page(agent, "unassigned") == threads

    async def test_outside_hours_a_wish_waits_for_the_opening(self, helpful: Town) -> None:
        helpful.parley.clock.at = MOSCOW_CLOSING
        visitor = await helpful.visitor()
        thread = await visitor.ask_support()

        await visitor.say(thread, "operator!")

        answer = (await visitor.answers(thread))[-1]
        assert (answer["card"]["kind"], await state(visitor, thread)) == (
            "offline",
            "queued_offline",
        )
        # The bot goes on meanwhile, and who asks again is told again.
        await visitor.say(thread, "how long do refunds take")
        assert (await visitor.answers(thread))[-1]["card"]["entry"] == "refund_time"
        await visitor.say(thread, "operator!")
        assert (await visitor.answers(thread))[-1]["card"]["kind"] == "offline"
        assert await state(visitor, thread) == "queued_offline"
        agent = await helpful.colleague("agent")
        assert (await agent.row(thread))["waiting_since"] is not None

    async def test_what_was_said_to_people_is_not_answered_by_the_bot_after_closing(
        self, helpful: Town
    ) -> None:
        helpful.parley.clock.at = MOSCOW_CLOSING - 2 * SECOND
        visitor = await helpful.visitor()
        thread = await helpful.in_queue(visitor, "operator!")
        await visitor.say(thread, "how long do refunds take")

        await pass_by(helpful, 2 * SECOND)
        await pass_by(helpful, 2 * SECOND)

        said = [event for event in await visitor.events(thread) if event["side"] == "bot"]
        assert [event["card"]["kind"] for event in said] == ["offline"]

    async def test_at_closing_what_agents_have_goes_on(self, town: Town) -> None:
        clock = town.parley.clock
        clock.at = MOSCOW_CLOSING - MINUTE
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()):
            await pass_by(town, 2 * MINUTE)
            await agent.replies(thread)

            assert await state(buyer, thread) == "assigned"

    async def test_a_holiday_is_no_working_day_and_the_next_opening_is_told(
        self, town: Town
    ) -> None:
        supervisor = await town.colleague()
        team = (await supervisor.api.get("/console/teams")).json()["teams"][0]
        body = {
            name: team[name]
            for name in ("name", "zone", "windows", "languages", "topics", "revision")
        }
        holiday = {"date": "2027-01-16", "spans": []}
        put = await supervisor.api.put(
            f"/console/teams/{team['id']}", json={**body, "exceptions": [holiday]}
        )
        assert put.status_code == 200, put.text
        town.parley.clock.at = MOSCOW_CLOSING + 8 * HOUR
        buyer = await town.buyer()
        thread = await buyer.ask_support()
        await buyer.say(thread, "Hello")
        await comes_to(buyer, thread, "queued_offline")

        assert "back tomorrow at 07:00 (Moscow)" in (await buyer.events(thread))[-1]["text"]

    @pytest.mark.parametrize(
        ("at", "is_open", "said"),
        [
            (MOSCOW_CLOSING - SECOND, True, "Agents answer now"),
            (MOSCOW_CLOSING, False, "Agents are back today at 07:00 (Moscow), 06:00 for you"),
            (MOSCOW_CLOSING + 6 * HOUR - SECOND, False, "Agents are back today at 07:00"),
            (MOSCOW_CLOSING + 6 * HOUR, True, "Agents answer now"),
        ],
    )
    async def test_the_status_says_what_is_so(
        self, town: Town, at: int, is_open: bool, said: str
    ) -> None:
        town.parley.clock.at = at

        response = await town.parley.client().get(
            "/support/status", params={"locale": "en", "zone": "Europe/Chisinau"}
        )

        status = response.json()
        assert (status["open"], status["text"].startswith(said)) == (is_open, True), status

    @pytest.mark.parametrize(
        "opening",
        [1_806_210_000_000, 1_824_962_400_000],
        ids=["clocks go forward", "clocks go back"],
    )
    async def test_on_the_day_on_which_the_clocks_change_people_are_back_when_it_was_said(
        self, town: Town, opening: int
    ) -> None:
        """07:00 in Berlin on 28 March 2027 and on 31 October 2027: 05:00 and 06:00 UTC."""
        supervisor = await town.colleague()
        team = (await supervisor.api.get("/console/teams")).json()["teams"][0]
        windows = [{"weekday": 6, "opens": 7 * 60, "minutes": 600}]
        hours = {"zone": "Europe/Berlin", "windows": windows}
        kept = {name: team[name] for name in ("name", "revision")}
        put = await supervisor.api.put(f"/console/teams/{team['id']}", json={**kept, **hours})
        assert put.status_code == 200, put.text
        town.parley.clock.at = opening - 6 * HOUR
        buyer = await town.buyer()
        thread = await buyer.ask_support()
        await buyer.say(thread, "Hello")
        await comes_to(buyer, thread, "queued_offline")
        assert "back today at 07:00 (Berlin)" in (await buyer.events(thread))[-1]["text"]

        town.parley.clock.at = opening - SECOND
        buyer.renew()
        await rounds(town)
        assert await state(buyer, thread) == "queued_offline"
        await pass_by(town, SECOND)

        assert await state(buyer, thread) == "queued"


class TestEpisodes:
    """Each run with people is its own."""

    async def test_priority_and_labels_end_with_the_run_that_they_were_set_in(
        self, town: Town
    ) -> None:
        agent, supervisor, buyer = (
            await town.colleague("agent"),
            await town.colleague(),
            await town.buyer(),
        )
        label = {"slug": "refund", "name": "Refund", "color": "#d9480f"}
        assert (
            await supervisor.api.put("/console/labels", json={"labels": [label]})
        ).status_code == 200
        thread = await town.in_queue(buyer)
        claimed = await agent.does("claim", thread)
        marks = {"revision": claimed["revision"], "labels": ["refund"], "priority": 2}
        await agent.api.patch(f"/console/threads/{thread}", json=marks)
        await agent.replies(thread)
        ended = await agent.does("resolve", thread)
        assert (ended["priority"], ended["labels"]) == (2, ["refund"])

        await buyer.say(thread, "Something else")
        await comes_to(buyer, thread, "queued")

        row = await agent.row(thread)
        assert (row.get("priority", 0), row.get("labels", [])) == (0, [])
        kept = town.parley.rows("SELECT number, labels FROM episodes ORDER BY number")
        assert kept == [(1, " refund "), (2, "")]

    async def test_who_let_somebody_wait_is_named_in_the_log(self, town: Town) -> None:
        slow, buyer = await town.colleague("agent"), await town.buyer()
        async with closing(await slow.on_line()):
            thread = await town.in_queue(buyer)
            await comes_to(buyer, thread, "assigned")
            await pass_by(town, 3 * MINUTE)

        [(details,)] = town.parley.rows("SELECT details FROM audit WHERE action = 'returned'")
        assert json.loads(details) == {"agent": read(slow.id), "team": 1}

    async def test_what_somebody_has_who_works_here_no_more_is_given_to_others_at_once(
        self, town: Town
    ) -> None:
        gone, other, supervisor = (
            await town.colleague("agent"),
            await town.colleague("agent"),
            await town.colleague(),
        )
        thread = await town.in_queue(await town.buyer())
        await gone.does("claim", thread)
        await pass_by(town, 3 * MINUTE)
        await gone.tries("claim", thread)
        async with closing(await other.on_line()):
            change = {"active": False, "revision": 1}
            ended = await supervisor.api.patch(f"/console/people/{gone.id}", json=change)
            assert ended.status_code == 200, ended.text

            await rounds(town)
            await rounds(town)

            assert (await other.row(thread))["agent"]["id"] == other.id


class TestPrivacy:
    """What only the desk sees."""

    async def test_notes_are_in_no_byte_that_a_customer_gets(self, town: Town) -> None:
        agent, other, buyer = (
            await town.colleague("agent"),
            await town.colleague("agent"),
            await town.buyer(),
        )
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        await agent.replies(thread)
        async with closing(await buyer.on_line()) as line, closing(await other.on_line()) as desk:
            before = await buyer.view(thread)
            note = await agent.notes(thread, "Zanzibar: has complained before", other.id)
            pushed = await desk.push("desk.note")
            heard = await line.heard()

            assert pushed["note"] == note
            assert (note["note_seq"], note["after_seq"]) == (1, before["last_seq"])
            assert not [frame for frame in heard if frame["t"] != "queue"]
        assert await buyer.view(thread) == before
        bytes_of_his = [
            (await buyer.api.get(f"/threads/{thread}/events")).text,
            (await buyer.api.get("/threads")).text,
            (await buyer.api.get("/search", params={"q": "Zanzibar"})).text,
            (await buyer.api.get("/unread")).text,
        ]
        assert "Zanzibar" not in "".join(bytes_of_his)

    async def test_only_who_sees_a_conversation_is_called_into_it(self, town: Town) -> None:
        agent, outsider = await town.colleague("agent"), await town.outsider()
        thread = await town.in_queue(await town.buyer())
        body = {"client_key": fresh_key(), "text": "@Agent look", "mentions": [outsider.id]}

        refused = await agent.api.post(f"/console/threads/{thread}/notes", json=body)

        assert (refused.status_code, refused.json()["reason"]) == (422, "mention")

    async def test_putting_aside_sends_the_customer_no_frame(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        await agent.replies(thread)
        async with closing(await buyer.on_line()) as line:
            await line.heard()
            await agent.does("snooze", thread, until=town.parley.clock.now_ms() + HOUR)
            await rounds(town)

            assert await line.heard() == []

    async def test_a_note_that_is_repeated_stands_once(self, town: Town) -> None:
        agent, thread = await town.colleague("agent"), await town.in_queue(await town.buyer())
        body = {"client_key": fresh_key(), "text": "Once"}
        url = f"/console/threads/{thread}/notes"

        answers = [await agent.api.post(url, json=body) for _ in range(3)]
        reused = await agent.api.post(url, json={**body, "text": "Other words"})

        assert [a.json()["note_seq"] for a in answers] == [1, 1, 1]
        assert (reused.status_code, reused.json()["code"]) == (409, "key_reused")
        assert len((await agent.api.get(url)).json()["notes"]) == 1

    async def test_putting_aside_and_marks_of_the_desk_are_nothing_to_the_customer(
        self, town: Town
    ) -> None:
        agent, buyer, supervisor = (
            await town.colleague("agent"),
            await town.buyer(),
            await town.colleague(),
        )
        label = {"slug": "refund", "name": "Refund", "color": "#d9480f"}
        put = await supervisor.api.put("/console/labels", json={"labels": [label]})
        assert put.status_code == 200, put.text
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        events = await buyer.events(thread)
        row = await agent.row(thread)
        marks = {"revision": row["revision"], "labels": ["refund"], "priority": 2}

        marked = await agent.api.patch(f"/console/threads/{thread}", json=marks)
        await agent.does("snooze", thread, until=town.parley.clock.now_ms() + HOUR)

        assert (marked.json()["labels"], marked.json()["priority"]) == (["refund"], 2)
        assert await page(agent, "all", label="refund") == [thread]
        assert await buyer.events(thread) == events
        assert "refund" not in (await buyer.api.get("/threads")).text

    async def test_names_of_agents_are_hidden_where_the_marketplace_wants_it(
        self, nameless: Town
    ) -> None:
        agent, buyer = await nameless.colleague("agent"), await nameless.buyer()
        thread = await nameless.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()) as line:
            sent = await line.ask(
                "message.send", thread_id=thread, client_key=fresh_key(), text="Hello"
            )
        assert sent["t"] == "ack"
        await agent.replies(thread)

        his = (await buyer.api.get(f"/threads/{thread}/events")).text
        his += (await buyer.api.get("/threads")).text

        assert "Agent" not in his

    async def test_what_people_did_is_kept(self, town: Town) -> None:
        agent, thread = await town.colleague("agent"), await town.in_queue(await town.buyer())

        await agent.does("claim", thread)
        await agent.notes(thread, "Kept as a deed, not as words")
        await agent.does("resolve", thread)

        kept = town.parley.rows("SELECT action, details FROM audit ORDER BY id")
        deeds = [action for action, _ in kept]
        assert [d for d in deeds if d in ("claimed", "noted", "resolved")] == [
            "claimed",
            "noted",
            "resolved",
        ]
        assert "viewed" in deeds
        assert "words" not in "".join(details for _, details in kept)


class TestSockets:
    """The console's connection."""

    async def test_an_answer_over_the_socket_reaches_the_customer_under_its_name(
        self, town: Town
    ) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()) as desk, closing(await buyer.on_line()) as line:
            sent = await desk.ask(
                "message.send", thread_id=thread, client_key=fresh_key(), text="Here I am"
            )
            pushed = await said(line, thread)
            edited = await desk.ask(
                "message.edit",
                thread_id=thread,
                seq=sent["seq"],
                client_key=fresh_key(),
                text="Here I am!",
            )

        assert (pushed["side"], pushed["name"], pushed["text"]) == ("staff", "Agent", "Here I am")
        assert edited["t"] == "ack"

    async def test_the_customer_sees_that_somebody_types_and_has_read(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()) as desk, closing(await buyer.on_line()) as line:
            watched = await line.ask("watch", thread_id=thread)
            assert watched["online"] is True
            await desk.ask("watch", thread_id=thread)
            await desk.send("typing", thread_id=thread)
            assert (await line.push("typing_now"))["side"] == "staff"
            await desk.send("mark", marks=[{"thread_id": thread, "read": 1}])

            mark = (await line.push("marks"))["mark"]

        assert (mark["side"], mark["read"]) == ("staff", 1)

    async def test_what_the_bot_said_is_not_unread_at_the_desk(self, helpful: Town) -> None:
        agent, buyer = await helpful.colleague("agent"), await helpful.buyer()
        thread = await buyer.ask_support()
        await buyer.say(thread, "how long do refunds take")
        await buyer.answers(thread)
        async with closing(await agent.on_line()) as line:
            await line.send("mark", marks=[{"thread_id": thread, "delivered": 1}])
            own = await line.push("marks", thread_id=thread)
            while "unread" not in own:
                own = await line.push("marks", thread_id=thread)

        assert (own["unread"], (await agent.row(thread))["unread"]) == (1, 1)

    async def test_colleagues_see_who_looks_and_who_answers(self, town: Town) -> None:
        first, second = await town.colleague("agent"), await town.colleague("agent")
        supervisor = await town.colleague()
        thread = await town.in_queue(await town.buyer())
        async with (
            closing(await first.on_line()) as one,
            closing(await second.on_line()) as two,
            closing(await supervisor.on_line()) as three,
        ):
            await one.ask("look", thread_id=thread, doing="answering")

            seen = [await line.push("desk.look") for line in (two, three)]

        assert [(s["agent"]["id"], s["doing"]) for s in seen] == [(first.id, "answering")] * 2

    async def test_agents_hear_only_of_their_own_teams(self, town: Town) -> None:
        outsider, buyer = await town.outsider(), await town.buyer()
        async with closing(await outsider.on_line()) as line:
            thread = await town.in_queue(buyer)
            await buyer.say(thread, "Is anybody there?")
            await rounds(town)

            heard = await line.heard()

        assert [frame for frame in heard if frame.get("thread_id") == thread] == []
        assert [f for f in heard if f["t"] in ("desk.thread", "desk.note", "event")] == []

    async def test_what_an_agent_missed_is_told_when_he_comes_back(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        line, welcome = await agent.line()
        await line.close()
        await buyer.say(thread, "While you were away")

        again, back = await agent.line(epoch=welcome["epoch"], known=[[thread, 1]])
        await again.close()

        (sync,) = back["sync"]
        assert sync["thread"]["my_side"] == "staff"
        assert sync["events"][-1]["text"] == "While you were away"

    async def test_the_numbers_follow(self, town: Town) -> None:
        agent = await town.colleague("agent")
        await agent.is_("away")
        async with closing(await agent.on_line()) as line:
            await town.in_queue(await town.buyer())

            team: Frame = {}
            while team.get("unassigned") != 1:
                team = (await line.push("desk.counts"))["counts"]["teams"][0]

        assert (team["open"], team["waiting"]) == (1, 1)


class TestLists:
    """What the console shows."""

    async def test_lists_hold_what_they_say_page_by_page(self, town: Town) -> None:
        agent, supervisor = await town.colleague("agent"), await town.colleague()
        threads = []
        for _ in range(5):
            threads.append(await town.in_queue(await town.buyer()))
            town.parley.clock.advance(SECOND)
        await agent.does("claim", threads[0])
        await agent.does("claim", threads[1])
        await agent.does("resolve", threads[1])

        assert await page(agent, "mine") == [threads[0]]
        assert await page(agent, "unassigned") == threads[2:]
        assert sorted(await page(agent, "all")) == sorted([threads[0], *threads[2:]])
        assert await page(agent, "resolved") == [threads[1]]
        for name in ("unassigned", "all"):
            whole, before = [], ""
            while True:
                query = {"list": name, "limit": 2, "before": before}
                got = (await supervisor.api.get("/console/threads", params=query)).json()
                whole += [thread["id"] for thread in got["threads"]]
                before = got.get("next", "")
                if not before:
                    break
            assert whole == await page(supervisor, name)

    async def test_a_message_is_found_by_the_teams_that_it_is_for(self, town: Town) -> None:
        agent, outsider, buyer = (
            await town.colleague("agent"),
            await town.outsider(),
            await town.buyer(),
        )
        thread = await town.in_queue(buyer, "My xylophone has not come")

        found = [
            (await who.api.get("/console/search", params={"q": "xylophone"})).json()["hits"]
            for who in (agent, outsider)
        ]

        assert [hit["thread"]["id"] for hit in found[0]] == [thread]
        assert found[1] == []

    async def test_beside_a_thread_stands_what_the_bot_tried(self, helpful: Town) -> None:
        buyer, agent = await helpful.buyer(), await helpful.colleague("agent")
        thread = await buyer.ask_support()
        await buyer.say(thread, "how long do refunds take")
        await buyer.answers(thread)
        await buyer.say(thread, "operator!")
        await comes_to(buyer, thread, "queued")

        context = (await agent.api.get(f"/console/threads/{thread}/context")).json()

        outcomes = [(a["outcome"], a["entry"]) for a in context["attempts"]]
        assert outcomes[1] == ("answer", "refund_time")
        assert context["attempts"][1]["probability"] > 0.5
        assert context["attempts"][1]["entry_question"]
        assert context["customer"]["name"] == buyer.name


async def said(line: Line, thread: str) -> Frame:
    """The next message that is pushed in a thread."""
    while True:
        event: Frame = (await line.push("event", thread_id=thread))["event"]
        if event["kind"] == "posted":
            return event


class TestTeams:
    """Who may see what follows from where he works, at once."""

    @pytest.mark.parametrize("way", ["person", "team"])
    async def test_item_21_who_leaves_a_team_hears_no_more_of_its_threads(
        self, town: Town, way: str
    ) -> None:
        supervisor, agent = await town.colleague(), await town.colleague("agent")
        other = await team_of(town, supervisor)
        thread = await town.in_queue(await town.buyer())
        line = await agent.on_line()

        if way == "person":
            change = {"teams": [other], "revision": 1}
            moved = await supervisor.api.patch(f"/console/people/{agent.id}", json=change)
        else:
            seats = {"members": [], "revision": 1}
            moved = await supervisor.api.put(f"/console/teams/{1:016x}/members", json=seats)

        assert moved.status_code == 200, moved.text
        assert await line.end() == 4001
        assert (await agent.api.get(f"/console/threads/{thread}")).status_code == 404

    async def test_item_21_after_a_transfer_nothing_more_is_told_of_who_types(
        self, town: Town
    ) -> None:
        supervisor, agent, buyer = (
            await town.colleague(),
            await town.colleague("agent"),
            await town.buyer(),
        )
        team = await team_of(town, supervisor)
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()) as desk, closing(await buyer.on_line()) as line:
            await desk.ask("watch", thread_id=thread)
            await agent.does("transfer", thread, team=team)
            await desk.push("desk.gone")
            await desk.heard()
            await line.ask("watch", thread_id=thread)
            await line.send("typing", thread_id=thread)
            await buyer.say(thread, "Are you there?")
            await line.heard()

            heard = await desk.heard()

        assert [f for f in heard if f["t"] in ("typing_now", "event", "presence")] == []
