"""What the clock does to a support thread, and what it must leave alone: nothing is ended that was just taken up."""

import dataclasses
from typing import Any, cast

from chat_server.actions.deadlines import fire_due
from chat_server.actions.moves import SNOOZE
from chat_server.domain.ids import read
from chat_server.ports import Applied, Commit, Conflict, Statement, Store, Value
from tests.api.desk import codes, page
from tests.api.harness import DAY, HOUR, MINUTE, SECOND
from tests.api.line import closing
from tests.factories import Colleague, Customer, Town


async def pass_by(town: Town, ms: int, *people: Customer) -> None:
    """Time passes, with whatever it brings; these go on with tokens of then."""
    town.parley.clock.advance(ms)
    for person in people:
        person.renew()
    await town.parley.node.rounds.make()
    while await fire_due(town.parley.ctx):
        pass


async def mark(colleague: Colleague, thread: str, **marks: Any) -> None:
    """Gives a thread a priority or labels."""
    marks["revision"] = (await colleague.row(thread))["revision"]
    answer = await colleague.api.patch(f"/console/threads/{thread}", json=marks)
    assert answer.status_code == 200, answer.text


async def answered(agent: Colleague, town: Town) -> tuple[Customer, str]:
    """A customer whom this agent has answered."""
    buyer = await town.buyer()
    thread = await town.in_queue(buyer)
    await agent.does("claim", thread)
    await agent.replies(thread)
    return buyer, thread


async def test_what_is_taken_up_again_after_days_is_not_ended_at_once(town: Town) -> None:
    agent = await town.colleague("agent")
    buyer, thread = await answered(agent, town)
    await agent.does("resolve", thread)
    await pass_by(town, 5 * DAY, buyer)
    await agent.sign_in()
    async with closing(await agent.on_line()):
        await agent.does("reopen", thread)
        await pass_by(town, SECOND)
        assert (await agent.row(thread))["state"] == "waiting_customer"
        assert "support.closing" not in await codes(buyer, thread)

        await pass_by(town, 23 * HOUR, buyer)
        assert (await codes(buyer, thread))[-1] == "support.closing"
        await pass_by(town, HOUR, buyer)

    assert (await codes(buyer, thread))[-1] == "support.resolved"


async def test_what_was_put_aside_for_days_is_not_ended_when_it_comes_back(town: Town) -> None:
    agent = await town.colleague("agent")
    buyer, thread = await answered(agent, town)
    await agent.does("snooze", thread, until=town.parley.clock.now_ms() + 3 * DAY)
    async with closing(await agent.on_line()):
        await pass_by(town, 3 * DAY, buyer)
        await pass_by(town, SECOND)
        await agent.sign_in()

        assert (await agent.row(thread))["state"] == "waiting_customer"


async def test_who_was_not_told_is_told_an_hour_before_the_end_even_after_an_outage(
    town: Town,
) -> None:
    agent = await town.colleague("agent")
    buyer, thread = await answered(agent, town)
    async with closing(await agent.on_line()):
        await pass_by(town, 2 * DAY, buyer)
        assert (await codes(buyer, thread))[-1] == "support.closing"
    # His session has run out, and soon his socket ends as well: he comes anew, so that nobody takes him for gone.
    await agent.sign_in()
    async with closing(await agent.on_line()):
        await pass_by(town, HOUR - SECOND, buyer)
        assert (await codes(buyer, thread))[-1] == "support.closing"
        await pass_by(town, SECOND, buyer)

    assert (await codes(buyer, thread))[-1] == "support.resolved"


async def test_what_is_put_aside_while_its_customer_waits_stays_aside_until_he_writes(
    town: Town,
) -> None:
    agent, buyer = await town.colleague("agent"), await town.buyer()
    thread = await town.in_queue(buyer)
    await agent.does("claim", thread)
    async with closing(await agent.on_line()):
        await agent.does("snooze", thread, until=town.parley.clock.now_ms() + DAY)
        await pass_by(town, 5 * MINUTE)
        assert (await agent.row(thread))["state"] == "snoozed"

        await buyer.say(thread, "Any news?")
        await pass_by(town, 2 * SECOND)

        assert (await agent.row(thread))["state"] == "assigned"


class Met:
    """A store in which the first move of a thread meets another change of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._is_met = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def commit(self, commit: Commit) -> Applied:
        """Applies it, but for the first move."""
        if commit.statements[0].name in ("move_quietly", "move_thread") and not self._is_met:
            self._is_met = True
            raise Conflict("move_quietly")
        return await self._store.commit(commit)


async def test_what_was_put_aside_comes_back_though_somebody_marks_it_at_that_moment(
    town: Town,
) -> None:
    agent = await town.colleague("agent")
    _, thread = await answered(agent, town)
    await agent.does("snooze", thread, until=town.parley.clock.now_ms() + HOUR)
    ctx = town.parley.ctx
    met = dataclasses.replace(ctx, store=cast(Store, Met(ctx.store)))
    async with closing(await agent.on_line()):
        town.parley.clock.advance(HOUR)

        await fire_due(met)
        await pass_by(town, 10 * SECOND)

        assert (await agent.row(thread))["state"] == "waiting_customer"


async def test_what_was_put_aside_comes_back_though_a_clock_was_set_back(town: Town) -> None:
    agent = await town.colleague("agent")
    _, thread = await answered(agent, town)
    await agent.does("snooze", thread, until=town.parley.clock.now_ms() + HOUR)
    [(revision,)] = town.parley.rows("SELECT revision FROM deadlines")
    early: dict[str, Value] = {"kind": SNOOZE, "subject_id": read(thread), "due_at": 1}
    again = Statement("set_deadline", {**early, "revision": revision})
    await town.parley.ctx.store.commit(Commit([again]))
    async with closing(await agent.on_line()):
        await pass_by(town, SECOND)
        assert (await agent.row(thread))["state"] == "snoozed"

        await pass_by(town, HOUR)

        assert (await agent.row(thread))["state"] == "waiting_customer"


async def test_who_was_let_wait_stays_at_the_front_whatever_his_priority(town: Town) -> None:
    slow, supervisor = await town.colleague("agent"), await town.colleague()
    first = await town.in_queue(await town.buyer())
    await slow.does("claim", first)
    town.parley.clock.advance(SECOND)
    second = await town.in_queue(await town.buyer())
    await mark(supervisor, second, priority=1)
    async with closing(await slow.on_line()):
        await slow.is_("away")
        await pass_by(town, 3 * MINUTE)
        assert await page(supervisor, "unassigned") == [first, second]

        await mark(supervisor, first, priority=-1)

        assert await page(supervisor, "unassigned") == [first, second]


async def test_who_is_sent_to_the_queue_of_another_team_has_not_waited_in_vain(town: Town) -> None:
    supervisor = await town.colleague()
    windows = [{"weekday": day, "opens": 0, "minutes": 1440} for day in range(7)]
    team = {"name": "Parcels", "zone": "UTC", "windows": windows, "topics": ["selling"]}
    made = await supervisor.api.post("/console/teams", json=team)
    assert made.status_code == 201, made.text
    long_there = await town.in_queue(await town.buyer())
    town.parley.clock.advance(10 * MINUTE)
    seller = await town.seller()
    thread = await seller.ask_support("selling")
    await seller.say(thread, "How do I ship it?")
    await pass_by(town, 2 * SECOND)

    await supervisor.does("transfer", long_there, team=made.json()["id"])

    assert await page(supervisor, "unassigned") == [long_there, thread]


async def moves_to_another_team(supervisor: Colleague, agent: Colleague) -> None:
    """Somebody works elsewhere from now on."""
    team = {"name": "Elsewhere", "zone": "UTC", "windows": [], "topics": ["selling"]}
    made = await supervisor.api.post("/console/teams", json=team)
    assert made.status_code == 201, made.text
    people = (await supervisor.api.get("/console/people")).json()["people"]
    revision = next(p["revision"] for p in people if p["id"] == agent.id)
    change = {"teams": [made.json()["id"]], "revision": revision}
    moved = await supervisor.api.patch(f"/console/people/{agent.id}", json=change)
    assert moved.status_code == 200, moved.text


async def test_what_somebody_has_who_works_elsewhere_now_is_given_to_others(town: Town) -> None:
    agent, supervisor = await town.colleague("agent"), await town.colleague()
    _, thread = await answered(agent, town)
    other = await town.in_queue(await town.buyer())
    await supervisor.does("claim", other)

    await moves_to_another_team(supervisor, agent)
    async with closing(await agent.on_line()):
        await pass_by(town, 11 * SECOND)

    assert await page(supervisor, "unassigned") == [thread]
    assert (await supervisor.row(other))["agent"]["id"] == supervisor.id


async def test_who_works_elsewhere_now_does_not_get_back_what_he_could_not_see(town: Town) -> None:
    agent, supervisor = await town.colleague("agent"), await town.colleague()
    ended, aside = [await answered(agent, town) for _ in range(2)]
    await agent.does("resolve", ended[1])
    await agent.does("snooze", aside[1], until=town.parley.clock.now_ms() + DAY)
    await moves_to_another_team(supervisor, agent)
    async with closing(await agent.on_line()):
        for buyer, thread in (ended, aside):
            await buyer.say(thread, "One more thing")
        await pass_by(town, 2 * SECOND)

        assert sorted(await page(supervisor, "unassigned")) == sorted([ended[1], aside[1]])


async def test_a_visitor_who_waits_already_begins_anew_with_the_bot(helpful: Town) -> None:
    agent, visitor = await helpful.colleague("agent"), await helpful.visitor()
    ended = await helpful.in_queue(visitor, "operator!")
    await agent.does("resolve", ended)
    waits = await visitor.ask_support("complaint")
    await visitor.say(waits, "operator!")
    await pass_by(helpful, 2 * SECOND)
    assert (await visitor.view(waits))["state"] == "queued"

    await visitor.say(ended, "how long do refunds take")

    answers = await visitor.answers(ended)
    assert answers[-1]["card"]["entry"] == "refund_time"
    assert (await visitor.view(ended))["state"] == "bot"


async def test_the_end_of_an_episode_is_kept_though_the_bots_part_ends_later(helpful: Town) -> None:
    agent, visitor = await helpful.colleague("agent"), await helpful.visitor()
    thread = await helpful.in_queue(visitor, "operator!")
    await agent.does("claim", thread)
    await agent.does("give_back", thread)
    ended = helpful.parley.rows("SELECT number, resolved_at FROM episodes")
    helpful.parley.clock.advance(HOUR)

    await agent.does("resolve", thread)

    assert helpful.parley.rows("SELECT number, resolved_at FROM episodes") == ended
