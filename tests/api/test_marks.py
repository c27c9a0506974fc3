"""How far people have come: marks, unread counts, and their own settings of a thread."""

import random

import pytest

from tests.api.harness import MINUTE
from tests.factories import Customer, Pair


async def put(person: Customer, thread: str, **marks: int) -> None:
    response = await person.api.put(f"/threads/{thread}/marks", json=marks)
    assert response.status_code == 204, response.text


async def settle(person: Customer, thread: str, **settings: bool) -> None:
    response = await person.api.put(f"/threads/{thread}/settings", json=settings)
    assert response.status_code == 200, response.text


def of_side(view: dict[str, object], side: str) -> tuple[int, int]:
    marks = view["marks"]
    assert isinstance(marks, list)
    (mark,) = (m for m in marks if m["side"] == side)
    return mark.get("delivered", 0), mark.get("read", 0)


async def test_marks_only_rise_and_never_pass_the_end(pair: Pair) -> None:
    for n in range(5):
        await pair.buyer.say(pair.thread, f"{n}")

    seen = []
    for marks in ({"read": 2}, {"delivered": 4}, {"read": 1}, {"delivered": 3}, {"read": 99}, {}):
        await put(pair.seller, pair.thread, **marks)
        seen.append(of_side(await pair.buyer.view(pair.thread), "shop"))

    assert seen == [(2, 2), (4, 2), (4, 2), (4, 2), (5, 5), (5, 5)]


async def test_marks_over_the_socket_are_told_to_the_other_side_and_to_own_devices(
    pair: Pair,
) -> None:
    await pair.buyer.say(pair.thread, "One")
    await pair.buyer.say(pair.thread, "Two")
    phone, laptop, buyer = [
        await pair.seller.on_line(),
        await pair.seller.on_line(),
        await pair.buyer.on_line(),
    ]

    number = await phone.send("mark", marks=[{"thread_id": pair.thread, "delivered": 2, "read": 1}])

    mark = {"side": "shop", "delivered": 2, "read": 1}
    assert await buyer.push("marks") == {"t": "marks", "thread_id": pair.thread, "mark": mark}
    own = await laptop.push("marks", read=1)
    assert (own["mark"], own["unread"]) == (mark, 1)
    assert phone.told(number) == []


async def test_a_side_has_come_as_far_as_the_farthest_of_its_people(pair: Pair) -> None:
    colleague = await pair.town.seller()
    await pair.town.shop([pair.seller, colleague], key=pair.shop.key, version=2)
    for _ in range(3):
        await pair.buyer.say(pair.thread)

    await put(pair.seller, pair.thread, read=3)
    await put(colleague, pair.thread, read=1)

    assert of_side(await pair.buyer.view(pair.thread), "shop") == (3, 3)
    assert [(await p.view(pair.thread)).get("unread", 0) for p in (pair.seller, colleague)] == [
        0,
        2,
    ]


async def test_unread_is_the_truth_whatever_happens(pair: Pair) -> None:
    chance = random.Random(4)
    people = {"buyer": pair.buyer, "seller": pair.seller}
    order = await pair.town.order(pair.buyer, pair.shop)
    threads = [pair.thread, await pair.buyer.open(order)]
    written: dict[str, list[tuple[int, str]]] = {thread: [] for thread in threads}
    read = {(who, thread): 0 for who in people for thread in threads}

    for _ in range(60):
        who, thread = chance.choice(list(people)), chance.choice(threads)
        act = chance.choice(["say", "say", "edit", "withdraw", "read"])
        own = [seq for seq, author in written[thread] if author == who]
        if act == "say" or (act != "read" and not own):
            written[thread].append((await people[who].say(thread), who))
        elif act == "edit":
            await people[who].edit(thread, chance.choice(own), "Changed")
        elif act == "withdraw":
            await people[who].withdraw(thread, chance.choice(own))
        else:
            place = chance.randint(0, written[thread][-1][0] if written[thread] else 0)
            await put(people[who], thread, read=place)
            read[who, thread] = max(read[who, thread], place)

    for who, person in people.items():
        unread = {
            thread: sum(1 for seq, by in written[thread] if by != who and seq > read[who, thread])
            for thread in threads
        }
        views = [await person.view(thread) for thread in threads]
        assert [view.get("unread", 0) for view in views] == list(unread.values())
        total = (await person.api.get("/unread")).json()
        assert total == {
            "messages": sum(unread.values()),
            "threads": sum(1 for count in unread.values() if count),
        }
        line, welcome = await person.line()
        assert welcome.get("unread", 0) == sum(unread.values())
        await line.close()


async def test_ones_own_messages_and_mere_events_are_never_unread(pair: Pair) -> None:
    order = await pair.town.order(pair.buyer, pair.shop)
    thread = await pair.buyer.open(order)
    await pair.buyer.say(thread)
    await pair.town.ship(order)

    assert await pair.buyer.unread() == 0
    assert await pair.seller.unread() == 1


async def test_muted_threads_do_not_count_in_the_total(pair: Pair) -> None:
    await settle(pair.seller, pair.thread, muted=True)
    await pair.buyer.say(pair.thread)

    view = await pair.seller.view(pair.thread)

    assert (view["muted"], view["unread"]) == (True, 1)
    assert await pair.seller.unread() == 0
    await settle(pair.seller, pair.thread, muted=False)
    assert await pair.seller.unread() == 1
    assert "muted" not in await pair.buyer.view(pair.thread), "it is nobody else's business"


@pytest.mark.parametrize("messages", [0, 1, 3])
async def test_an_archived_thread_comes_back_with_a_new_message(pair: Pair, messages: int) -> None:
    for _ in range(messages):
        await pair.buyer.say(pair.thread)
    await settle(pair.buyer, pair.thread, archived=True)
    apart = (await pair.buyer.threads(), await pair.buyer.threads(archived=True))

    await pair.seller.say(pair.thread, "News")

    assert apart == ([], [pair.thread])
    assert await pair.buyer.threads() == [pair.thread]
    assert await pair.buyer.threads(archived=True) == []
    assert await pair.buyer.unread() == 1
    assert not (await pair.buyer.view(pair.thread)).get("archived")


async def test_archiving_is_ones_own_and_can_be_undone(pair: Pair) -> None:
    await pair.buyer.say(pair.thread)
    line = await pair.seller.on_line()

    await settle(pair.seller, pair.thread, archived=True, muted=True)

    pushed = (await line.push("thread"))["thread"]
    assert (pushed["archived"], pushed["muted"]) == (True, True)
    assert await pair.seller.unread() == 0
    assert await pair.buyer.threads() == [pair.thread]
    await settle(pair.seller, pair.thread, archived=False)
    view = await pair.seller.view(pair.thread)
    assert ("archived" in view, view["muted"]) == (False, True), "what is left out stays"
    assert await pair.seller.threads() == [pair.thread]


async def test_an_edit_or_withdrawal_does_not_bring_an_archived_thread_back(pair: Pair) -> None:
    await pair.buyer.say(pair.thread)
    await settle(pair.seller, pair.thread, archived=True)

    await pair.buyer.edit(pair.thread, 1, "Changed")
    await pair.buyer.withdraw(pair.thread, 1)

    assert await pair.seller.threads() == []


async def test_the_shop_sees_since_when_a_customer_waits(pair: Pair) -> None:
    first = pair.parley.clock.now_ms()
    await pair.buyer.say(pair.thread)
    pair.parley.clock.advance(MINUTE)
    await pair.buyer.say(pair.thread)

    assert (await pair.seller.view(pair.thread))["waiting_since"] == first
    assert "waiting_since" not in await pair.buyer.view(pair.thread)
    await pair.seller.say(pair.thread)
    assert "waiting_since" not in await pair.seller.view(pair.thread)


async def test_a_shop_does_not_see_threads_in_which_nobody_has_spoken(pair: Pair) -> None:
    before = await pair.seller.threads()
    await pair.buyer.say(pair.thread)

    assert (before, await pair.seller.threads()) == ([], [pair.thread])
