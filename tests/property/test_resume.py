"""No hole at joining: what a client holds and is told makes what a fresh client is told, whenever it was away.

A walk through everything that two people may do in their threads, with one of their clients coming and
going at any moment; the seeds are fixed, so that a finding can be found again.
"""

import random
from typing import Any

import anyio
import pytest

from chat_server.domain.threads import UNREAD_BOUND
from tests.api.harness import SECOND, fresh_key, until
from tests.api.line import Frame, Line
from tests.factories import Customer, Order, Pair

STEPS = 80
ROUNDS = 12


class Held:
    """What a client keeps, by the book: `docs/protocol.md`. It repairs nothing, so every slip shows."""

    def __init__(self) -> None:
        self.epoch = ""
        self.me = ""
        self.views: dict[str, dict[str, Any]] = {}
        self.logs: dict[str, dict[int, dict[str, Any]]] = {}
        self.upto: dict[str, int] = {}

    def hello(self) -> dict[str, Any]:
        """What it says that it holds."""
        return {"epoch": self.epoch, "known": [[t, seq] for t, seq in self.upto.items()]}

    def welcome(self, frame: Frame) -> None:
        """Comes before anything that is pushed."""
        assert not frame.get("reload")
        self.epoch, self.me = frame["epoch"], frame["me"]["id"]
        for view in frame["threads"]:
            self.views[view["id"]] = view
        for sync in frame.get("sync", []):
            thread = sync["thread"]["id"]
            self.views[thread] = sync["thread"]
            if sync.get("reset"):
                self.logs[thread] = {}
                self.upto[thread] = sync["events"][0]["seq"] - 1
            for event in sync["events"]:
                self.take(thread, event)

    def push(self, frame: Frame) -> None:
        """Whatever comes by itself."""
        if frame["t"] == "event":
            self.take(frame["thread_id"], frame["event"])
            self.count(self.views[frame["thread_id"]], frame["event"])
        elif frame["t"] == "thread":
            self.replace(frame["thread"])
        elif frame["t"] == "order":
            thread = frame["order"].get("thread_id")
            if thread in self.views:
                self.views[thread]["order"] = frame["order"]
        elif frame["t"] == "marks":
            self.mark(frame)

    def take(self, thread: str, event: dict[str, Any]) -> None:
        """No push has a hole, repeats or steps back."""
        assert event["seq"] == self.upto[thread] + 1, "a hole or a repeat"
        self.upto[thread] = event["seq"]
        log = self.logs.setdefault(thread, {})
        log[event["seq"]] = event
        target = log.get(event.get("target", 0))
        if event["kind"] == "edited" and target is not None:
            target.update(text=event.get("text", ""), edited_at=event["at"])
        elif event["kind"] == "withdrawn" and target is not None:
            target.update(withdrawn=True)
            target.pop("text", None)
            target.pop("photos", None)

    def count(self, view: dict[str, Any], event: dict[str, Any]) -> None:
        """A view tells of all events up to its `last_seq`; what comes after it is counted."""
        if event["seq"] > view["last_seq"]:
            view["last_seq"] = event["seq"]
            if event["kind"] == "posted" and event["author"] != self.me:
                view["unread"] = view.get("unread", 0) + 1

    def replace(self, view: dict[str, Any]) -> None:
        """Takes a view that was pushed, but not its counts where newer ones are held."""
        held = self.views.get(view["id"])
        if held is not None and held["last_seq"] > view["last_seq"]:
            view |= {"last_seq": held["last_seq"], "unread": held.get("unread", 0)}
        self.views[view["id"]] = view

    def mark(self, frame: Frame) -> None:
        """Replaces what was known of one side; one's own mark carries the count."""
        view = self.views.get(frame["thread_id"])
        if view is None:
            return
        others = [m for m in view["marks"] if m["side"] != frame["mark"]["side"]]
        view["marks"] = sorted([*others, frame["mark"]], key=lambda mark: str(mark["side"]))
        if "read" in frame:
            view["read"], view["unread"] = frame["read"], frame.get("unread", 0)


class Walk:
    """Two people and what happens between them."""

    def __init__(self, pair: Pair, threads: list[str], order: Order, seed: int) -> None:
        self.pair, self.threads, self.order = pair, threads, order
        self.chance = random.Random(seed)

    async def step(self) -> None:
        """Something happens."""
        thread = self.chance.choice(self.threads)
        person = self.chance.choice([self.pair.buyer, self.pair.seller])
        act = self.chance.choice(
            ["say"] * 6 + ["edit", "withdraw", "read", "block", "mute", "ship", "wait"]
        )
        seq = self.chance.randint(1, 12)
        if act == "say":
            await person.post(thread, text=f"{self.chance.random()}")
        elif act == "edit":
            await person.edit(thread, seq, f"{self.chance.random()}")
        elif act == "withdraw":
            await person.withdraw(thread, seq)
        elif act == "read":
            await person.api.put(f"/threads/{thread}/marks", json={"read": seq})
        elif act == "block":
            await person.block(thread, blocked=self.chance.random() < 0.3)
        elif act == "mute":
            await person.api.put(f"/threads/{thread}/settings", json={"muted": seq % 2 == 0})
        elif act == "ship":
            await self.pair.town.move(self.order, tracking=f"{seq}")
        else:
            self.pair.parley.clock.advance(seq * SECOND)


async def settled(pair: Pair, line: Line) -> list[Frame]:
    """Everything that was pushed, those included for which the store is read first."""
    await until(lambda: not pair.parley.node.supervisor._passing)
    return await line.heard()


@pytest.mark.parametrize("who", ["buyer", "seller"])
@pytest.mark.parametrize("seed", range(4))
async def test_what_is_held_and_what_is_told_make_the_truth(
    pair: Pair, who: str, seed: int
) -> None:
    person: Customer = getattr(pair, who)
    order = await pair.town.order(pair.buyer, pair.shop)
    threads = [pair.thread, await pair.buyer.open(order)]
    for thread in threads:
        await pair.buyer.say(thread, "Hello")
    walk, held, line = Walk(pair, threads, order, seed), Held(), None
    held.upto = dict.fromkeys(threads, 0)
    first, welcome = await person.line()
    held.epoch = welcome["epoch"]
    await first.close()

    for _ in range(STEPS):
        await walk.step()
        turn = walk.chance.random()
        if line is None and turn < 0.3:
            line, welcome = await person.line(**held.hello())
            held.welcome(welcome)
        elif line is not None and turn < 0.2:
            for frame in await settled(pair, line):
                held.push(frame)
            await line.close()
            line = None
    if line is None:
        line, welcome = await person.line(**held.hello())
        held.welcome(welcome)
    for frame in await settled(pair, line):
        held.push(frame)

    for thread in threads:
        fresh = await person.events(thread, limit=100)
        kept = [event for _, event in sorted(held.logs[thread].items())]
        assert comparable(kept) == comparable(fresh[-len(kept) :])
        assert held.upto[thread] == fresh[-1]["seq"]
        view = await person.view(thread)
        for field in ("blocked_by", "can_write", "muted", "order", "read", "marks", "unread"):
            assert held.views[thread].get(field) == view.get(field), field


def comparable(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An edit that is told again says what its message says now; its own words are not compared."""
    return [{k: v for k, v in e.items() if (e["kind"], k) != ("edited", "text")} for e in events]


async def test_who_joins_in_the_middle_of_a_flood_misses_and_repeats_nothing(pair: Pair) -> None:
    """Hello after hello while messages pour in: each welcome and what follows it join without a seam."""
    held, rounds, total = Held(), 0, 0
    held.upto = {pair.thread: 0}
    first, welcome = await pair.seller.line()
    held.epoch = welcome["epoch"]
    await first.close()

    async def pour() -> None:
        nonlocal total
        speaker = await pair.buyer.on_line()
        while rounds < ROUNDS and total < UNREAD_BOUND:
            n, total = total, total + 1
            await speaker.ask(
                "message.send", thread_id=pair.thread, client_key=fresh_key(), text=f"{n}"
            )

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pour)
        while rounds < ROUNDS:
            line, welcome = await pair.seller.line(**held.hello())
            held.welcome(welcome)
            for frame in await line.heard():
                held.push(frame)
            await line.close()
            rounds += 1
    line, welcome = await pair.seller.line(**held.hello())
    held.welcome(welcome)

    assert total > ROUNDS
    assert held.upto[pair.thread] == held.views[pair.thread]["unread"] == total
    texts = [event["text"] for _, event in sorted(held.logs[pair.thread].items())]
    assert texts == [f"{n}" for n in range(total - len(texts), total)]
