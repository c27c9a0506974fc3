"""What complaints, response figures and holidays ask of either engine; who comes first where two come at once."""

import asyncio
import dataclasses
from collections.abc import Coroutine
from typing import Any

import pytest

from benchmarks.growth import quiet_context
from chat_server.actions import (
    complaining,
    complaint_clock,
    complaints,
    messages,
    response,
    shop_hours,
)
from chat_server.actions.context import Context
from chat_server.domain.complaints import Act, State
from chat_server.domain.errors import ParleyError, Stale, WrongState
from chat_server.domain.holidays import Wish, today
from chat_server.domain.hours import Hours, Window
from chat_server.domain.ids import PersonId, ShopId, ThreadId
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor, Role
from chat_server.jobs.answers import look
from chat_server.storage import AnyStore
from tests.api.harness import SetClock
from tests.contract.stores import Backend
from tests.contract.touched import touched
from tests.factories_sql import Pair, fresh_key, meet, post

HOUR = 3_600_000


@dataclasses.dataclass
class Scene:
    """A buyer who has waited for more than two days."""

    ctx: Context
    clock: SetClock
    pair: Pair

    @property
    def buyer(self) -> Actor:
        """Who waits."""
        return Actor(PersonId(self.pair.buyer), Role.BUYER)

    @property
    def seller(self) -> Actor:
        """Who does not answer."""
        shops = frozenset({ShopId(self.pair.shop)})
        return Actor(PersonId(self.pair.seller), Role.SELLER, shops)

    @property
    def boss(self) -> Actor:
        """Somebody who may decide; any person who is there."""
        return Actor(PersonId(self.pair.seller), Role.SUPERVISOR)

    async def complain(self) -> int:
        """Complains."""
        thread = ThreadId(self.pair.thread)
        return await complaining.open_complaint(self.ctx, self.buyer, thread, fresh_key(), "Hello?")

    async def move(self, who: Actor, complaint_id: int, act: Act) -> None:
        """Makes a step, as the complaint stands."""
        shown, _ = await complaints.one(self.ctx, who, complaint_id)
        seen = shown.stored.complaint.revision
        await complaining.move(self.ctx, who, complaint_id, fresh_key(), act, seen, "So.")

    async def state(self, complaint_id: int) -> State:
        """Where it stands."""
        shown, _ = await complaints.one(self.ctx, self.buyer, complaint_id)
        return shown.stored.complaint.state

    async def put_hours(self, *wishes: Wish, auto_reply: str = "") -> None:
        """The shop's people say when they are there and away."""
        known = await shop_hours.own_hours(self.ctx, self.seller, ShopId(self.pair.shop))
        hours = Hours("UTC", (Window(0, 540, 60),))
        wanted = shop_hours.Wanted(hours, wishes, auto_reply, known.revision)
        await shop_hours.put_hours(self.ctx, self.seller, ShopId(self.pair.shop), wanted)


@pytest.fixture
async def scene(store: AnyStore) -> Scene:
    pair, clock = await meet(store), SetClock()
    await post(store, pair.thread, pair.buyer, "Is it there?")
    clock.advance(2 * DAY_MS + HOUR)
    return Scene(dataclasses.replace(quiet_context(store), clock=clock), clock, pair)


async def test_a_complaint_lives_and_is_decided(scene: Scene) -> None:
    found = await complaining.options(scene.ctx, scene.buyer, ThreadId(scene.pair.thread))
    assert [message.text for message in found.facts.messages] == ["Is it there?"]

    number = await scene.complain()
    await scene.move(scene.seller, number, Act.ANSWER)
    await scene.move(scene.buyer, number, Act.NOT_SOLVED)
    (waiting,), counts, _ = await complaints.queue(scene.ctx, scene.boss, "review", None)
    await scene.move(scene.boss, number, Act.UPHOLD)
    (decided,), _, _ = await complaints.queue(scene.ctx, scene.boss, "decided", None)

    assert (waiting.stored.complaint.id, counts.review) == (number, 1)
    assert decided.stored.complaint.state is State.UPHELD
    assert await complaints.queue(scene.ctx, scene.boss, "open", None) == ([], (0, 0, 0), None)
    assert len((await complaints.of_buyer(scene.ctx, scene.buyer, None))[0]) == 1
    shop = ShopId(scene.pair.shop)
    assert len((await complaints.of_shop(scene.ctx, scene.seller, shop, None))[0]) == 1
    assert len(await complaints.read_thread(scene.ctx, scene.boss, number, 0, 50)) == 5
    assert await complaints.flagged_shops(scene.ctx, scene.boss) == []
    assert (await response.explained(scene.ctx, scene.seller, shop)).flag is None


async def test_of_many_who_complain_at_once_one_does(scene: Scene) -> None:
    outcomes = await _together(*[scene.complain() for _ in range(8)])

    assert [isinstance(one, int) for one in outcomes].count(True) == 1


async def test_an_answer_and_its_deadline_meet_once(scene: Scene, backend: Backend) -> None:
    number = await scene.complain()
    shown, _ = await complaints.one(scene.ctx, scene.seller, number)
    complaint = shown.stored.complaint
    scene.clock.advance(DAY_MS)
    late = dataclasses.replace(scene.ctx)
    before = SetClock()
    before.at = scene.clock.at - 1
    in_time = dataclasses.replace(scene.ctx, clock=before)
    answering = complaining.move(
        in_time, scene.seller, number, fresh_key(), Act.ANSWER, complaint.revision, "Here."
    )

    outcomes = await _together(
        answering, *[complaint_clock.expire(late, number, complaint.revision) for _ in range(3)]
    )

    answered = outcomes[0] is None
    assert isinstance(outcomes[0], Stale) is not answered
    assert outcomes[1:].count(True) == (0 if answered else 1)
    assert await scene.state(number) is (State.ANSWERED if answered else State.UNDER_REVIEW)
    steps = await backend.rows(
        f"SELECT COUNT(*) FROM events WHERE thread_id = {scene.pair.thread} AND kind = 4"
    )
    assert int(steps[0][0]) == 2


async def test_what_was_said_stays_while_it_is_open(scene: Scene) -> None:
    number = await scene.complain()
    thread = ThreadId(scene.pair.thread)

    with pytest.raises(WrongState):
        await messages.withdraw(scene.ctx, scene.buyer, thread, 1, fresh_key())

    assert await scene.state(number) is State.SELLER_NOTIFIED


async def test_warnings_and_absences_are_told_once_by_whichever_node(
    scene: Scene, backend: Backend
) -> None:
    scene.clock.at -= 2 * DAY_MS
    date = today("UTC", scene.clock.at)
    await scene.put_hours(Wish(date, date), auto_reply="Away.")
    await post(scene.ctx.store, scene.pair.thread, scene.pair.buyer, "?", at=scene.clock.at)

    await _together(*[look(scene.ctx) for _ in range(3)])
    scene.clock.advance(2 * DAY_MS)
    await _together(*[look(scene.ctx) for _ in range(3)])

    told = await backend.rows("SELECT COUNT(*) FROM events WHERE text = 'Away.'")
    hours = await shop_hours.hours_of(scene.ctx, scene.pair.shop)
    assert int(told[0][0]) == 1
    assert (hours.away_until, hours.turns_at) == (None, None)


async def test_a_shop_is_warned_once_by_whichever_node(scene: Scene, backend: Backend) -> None:
    scene.clock.at -= 2 * DAY_MS - 12 * HOUR

    await _together(*[response.warn(scene.ctx) for _ in range(4)])

    told = await backend.rows(
        f"SELECT COUNT(*) FROM notices WHERE kind = 'answer_due' AND subject_id = {scene.pair.thread}"
    )
    assert int(told[0][0]) == 1


async def test_hours_have_a_revision_and_spam_is_settled(scene: Scene) -> None:
    await scene.put_hours()
    await scene.put_hours()
    hours = await shop_hours.hours_of(scene.ctx, scene.pair.shop)
    thread = ThreadId(scene.pair.thread)
    await messages.report(scene.ctx, scene.seller, thread, 1, fresh_key(), "spam", "")

    mine = [one for one in await response.reported(scene.ctx, scene.boss) if one.seq == 1]
    await response.settle_report(scene.ctx, scene.boss, mine[0].id, spam=True)

    assert hours.revision == 2
    standing = (await response.explained(scene.ctx, scene.seller, ShopId(scene.pair.shop))).standing
    assert [one.fate.value for one in standing.openings] == ["spam"]


async def _together(*doing: Coroutine[Any, Any, Any]) -> list[Any]:
    """What became of each; a refusal is an outcome too."""
    outcomes = await asyncio.gather(*doing, return_exceptions=True)
    unknown = [
        one
        for one in outcomes
        if isinstance(one, BaseException) and not isinstance(one, ParleyError)
    ]
    if unknown:
        raise unknown[0]
    return outcomes


async def test_a_look_for_whom_to_warn_reads_those_who_wait_so_long(
    scene: Scene, backend: Backend, engine: str
) -> None:
    now = scene.clock.at
    for minutes in range(300):
        pair = await meet(scene.ctx.store)
        await post(scene.ctx.store, pair.thread, pair.buyer, at=now - minutes * 60_000)
    if engine == "postgres":
        await backend.rows("ANALYZE threads")
    asked = {
        "oldest": now - response.LONGEST_WAIT_MS,
        "half": now - 12 * HOUR,
        "last": now - 21 * HOUR,
        "over": now - 24 * HOUR,
        "after": 0,
        "after_id": 0,
        "limit": 500,
    }

    assert await touched(engine, backend, "waits_to_warn", asked) < 200
