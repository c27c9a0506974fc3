"""Typing and presence: only inside threads that are open on a screen, gone with a block, and never replayed."""

from tests.api.harness import fresh_key
from tests.factories import Pair, meet


async def test_who_watches_hears_of_the_other_side(pair: Pair) -> None:
    buyer = await pair.buyer.on_line()
    before = await buyer.ask("watch", thread_id=pair.thread)

    seller = await pair.seller.on_line()
    came = await buyer.push("presence")
    there = await seller.ask("watch", thread_id=pair.thread)
    await seller.send("typing", thread_id=pair.thread)
    typed = await buyer.push("typing_now")
    await seller.close()
    went = await buyer.push("presence")

    assert before.get("online", False) is False
    assert came == {"t": "presence", "thread_id": pair.thread, "side": "shop", "online": True}
    assert there["online"] is True
    assert typed == {"t": "typing_now", "thread_id": pair.thread, "side": "shop"}
    assert went["online"] is False


async def test_a_side_is_there_while_any_of_its_people_is(pair: Pair) -> None:
    colleague = await pair.town.seller()
    await pair.town.shop([pair.seller, colleague], key=pair.shop.key, version=2)
    buyer, one, two = [
        await pair.buyer.on_line(),
        await pair.seller.on_line(),
        await colleague.on_line(),
    ]
    await buyer.ask("watch", thread_id=pair.thread)

    await one.close()
    await two.ask("threads")
    quiet = await buyer.heard()
    await two.close()

    assert quiet == []
    assert (await buyer.push("presence"))["online"] is False


async def test_nobody_hears_of_what_he_does_not_watch(pair: Pair) -> None:
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()
    await seller.ask("watch", thread_id=pair.thread)

    await seller.send("typing", thread_id=pair.thread)
    await seller.ask("threads")

    assert await buyer.heard() == []


async def test_one_types_only_in_what_is_open_on_his_screen(pair: Pair) -> None:
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()
    await buyer.ask("watch", thread_id=pair.thread)

    await seller.send("typing", thread_id=pair.thread)
    await seller.ask("threads")

    assert [f for f in await buyer.heard() if f["t"] == "typing_now"] == []


async def test_ones_own_side_does_not_see_itself_typing(pair: Pair) -> None:
    phone, laptop = await pair.buyer.on_line(), await pair.buyer.on_line()
    for line in (phone, laptop):
        await line.ask("watch", thread_id=pair.thread)

    await phone.send("typing", thread_id=pair.thread)
    await phone.ask("threads")

    assert await phone.heard() == await laptop.heard() == []


async def test_nothing_is_heard_after_unwatch(pair: Pair) -> None:
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()
    for line in (buyer, seller):
        await line.ask("watch", thread_id=pair.thread)

    await buyer.ask("unwatch", thread_id=pair.thread)
    await seller.send("typing", thread_id=pair.thread)
    await seller.close()
    await (await pair.seller.on_line()).ask("threads")

    assert await buyer.heard() == []


async def test_a_block_hides_both_sides_from_each_other(pair: Pair) -> None:
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()
    for line in (buyer, seller):
        await line.ask("watch", thread_id=pair.thread)

    await pair.seller.block(pair.thread)

    assert (await buyer.push("presence"))["online"] is False
    assert (await seller.push("presence"))["online"] is False
    again = await buyer.ask("watch", thread_id=pair.thread)
    assert again.get("online", False) is False
    await seller.ask("watch", thread_id=pair.thread)
    await seller.send("typing", thread_id=pair.thread)
    await seller.close()
    await (await pair.seller.on_line()).ask("threads")
    assert [f for f in await buyer.heard() if f["t"] in ("typing_now", "presence")] == []


async def test_typing_and_presence_leave_no_trace_in_the_thread(pair: Pair) -> None:
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()
    for line in (buyer, seller):
        await line.ask("watch", thread_id=pair.thread)
    await seller.send("typing", thread_id=pair.thread)
    await buyer.push("typing_now")

    await buyer.ask("message.send", thread_id=pair.thread, client_key=fresh_key(), text="One")

    assert [e["seq"] for e in await pair.seller.events(pair.thread)] == [1]
    _, welcome = await pair.buyer.line()
    assert "typing" not in str(welcome)
    assert "online" not in str(welcome)


async def test_item_20_an_outsider_hears_nothing_at_all(pair: Pair) -> None:
    """Whatever two others do, a third never learns that they exist."""
    outsider = await meet(pair.town)
    lines = [await outsider.buyer.on_line(), await outsider.seller.on_line()]
    order = await pair.town.order(pair.buyer, pair.shop)
    buyer, seller = await pair.buyer.on_line(), await pair.seller.on_line()
    for line in lines:
        await line.ask("watch", thread_id=pair.thread)

    for line in (buyer, seller):
        await line.ask("watch", thread_id=pair.thread)
        await line.send("typing", thread_id=pair.thread)
    await pair.buyer.say(pair.thread)
    await pair.buyer.edit(pair.thread, 1, "Changed")
    await pair.seller.api.put(f"/threads/{pair.thread}/marks", json={"read": 1})
    await pair.seller.api.put(f"/threads/{pair.thread}/settings", json={"muted": True})
    await pair.seller.block(pair.thread)
    await pair.seller.block(pair.thread, blocked=False)
    await pair.town.ship(order)
    await pair.buyer.withdraw(pair.thread, 1)
    await seller.close()
    await buyer.push("order")
    await buyer.push("presence", online=False)

    for line in lines:
        assert await line.heard() == []
