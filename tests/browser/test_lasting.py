"""What was written is not lost and not doubled: without a network, over reloads, in two tabs, under a killed server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Route, expect
from typing_extensions import override

from tests.browser.demo import DemoNode
from tests.browser.visitors import Visitors
from tests.e2e.proxy import Ways
from tests.e2e.waiting import eventually

pytestmark = pytest.mark.browser

COMING_BACK_MS: Final = 45_000
"""A server needs seconds to start, and clients stay away for up to half a minute."""


async def abort(route: Route) -> None:
    await route.abort()


async def test_without_a_network_messages_wait_and_then_go_by_themselves(
    visitors: Visitors, demo: DemoNode
) -> None:
    visitor = await visitors.new()
    buyer = await visitor.about("emma", "faro-radio")
    inbox = await (await visitors.new()).inbox("sofia")
    await buyer.talk.say("First")
    await expect(buyer.talk.mark("First")).to_have_text("Delivered")
    talk = await inbox.open("Emma Clarke", "Faro kitchen radio")
    visitor.watch.forgive()

    await buyer.loses_the_network()
    for text in ("Second", "Third", "Fourth"):
        await buyer.talk.say(text)

    await expect(buyer.talk.mark("Fourth")).to_have_text("Sending")
    assert await demo.stored("Second") == []

    await visitor.context.set_offline(False)
    await expect(buyer.talk.mark("Fourth")).to_have_text("Read", timeout=COMING_BACK_MS)
    await expect(buyer.frame.get_by_text("You are offline")).to_have_count(0)
    for side in (buyer.talk, talk):
        await expect(side.bubbles.locator(".bubble-text")).to_have_text(
            ["First", "Second", "Third", "Fourth"]
        )


async def test_a_reload_loses_neither_what_waits_nor_what_is_begun(
    visitors: Visitors, demo: DemoNode
) -> None:
    visitor = await visitors.new()
    buyer = await visitor.about("layla", "bora-lamp")
    await buyer.talk.say("Hello")
    await expect(buyer.talk.mark("Hello")).to_have_text("Sent")
    visitor.watch.forgive()

    await buyer.loses_the_network()
    await buyer.talk.say("Written without a network")
    await expect(buyer.talk.mark("Written without a network")).to_have_text("Sending")
    await buyer.talk.field.fill("And one that I have only beg")
    # The page itself can be had again before the service can.
    await visitor.context.route("**/api/v1/**", abort)
    await visitor.context.set_offline(False)
    await buyer.reload()
    assert await demo.stored("Written without a network") == []
    await visitor.context.unroute("**/api/v1/**")

    await expect(buyer.item("Bora desk lamp")).to_contain_text(
        "Draft: And one that I have only beg", timeout=COMING_BACK_MS
    )
    talk = await buyer.open("Bora desk lamp")
    await expect(talk.mark("Written without a network")).to_have_text("Sent")
    await expect(talk.field).to_have_value("And one that I have only beg")
    await expect(talk.bubbles).to_have_count(2)
    assert len(await demo.stored("Written without a network")) == 1


async def test_two_tabs_of_one_person_show_and_send_everything_once(
    visitors: Visitors, demo: DemoNode
) -> None:
    visitor = await visitors.new()
    one = await visitor.about("mikhail", "ilo-cups")
    other = await visitor.about("mikhail", "ilo-cups")

    await one.talk.say("From the first tab")
    await expect(other.talk.mark("From the first tab")).to_have_text("Sent")
    await other.talk.say("From the second tab")
    await expect(one.talk.mark("From the second tab")).to_have_text("Sent")

    visitor.watch.forgive()
    await one.loses_the_network()
    await other.notices_its_loss()
    await one.talk.say("Without a network")
    await expect(other.talk.mark("Without a network")).to_have_text("Sending")
    await visitor.context.set_offline(False)

    for tab in (one, other):
        await expect(tab.talk.mark("Without a network")).to_have_text(
            "Sent", timeout=COMING_BACK_MS
        )
        await expect(tab.talk.bubbles).to_have_count(3)
    assert len(await demo.stored("Without a network")) == 1


@pytest.mark.slow
async def test_a_killed_server_delivers_what_was_on_its_way_exactly_once(
    browser: Browser, own_demo: DemoNode
) -> None:
    async with Visitors(browser, own_demo) as visitors:
        visitor, seller = await visitors.new(), await visitors.new()
        buyer = await visitor.about("emma", "faro-radio")
        inbox = await seller.inbox("sofia")
        await buyer.talk.say("Before")
        await expect(buyer.talk.mark("Before")).to_have_text("Delivered")
        talk = await inbox.open("Emma Clarke", "Faro kitchen radio")
        for watch in (visitor.watch, seller.watch):
            watch.forgive()

        own_demo.program.freeze()
        await buyer.talk.say("On its way")
        await expect(buyer.talk.mark("On its way")).to_have_text("Sending")
        await own_demo.kill()
        await own_demo.start()

        await expect(buyer.talk.mark("On its way")).to_have_text("Read", timeout=COMING_BACK_MS)
        for side in (buyer.talk, talk):
            await expect(side.bubbles).to_have_count(2)
        assert len(await own_demo.stored("On its way")) == 1
        await buyer.reload()
        await inbox.page.reload()
        await expect((await buyer.open("Faro kitchen radio")).bubbles).to_have_count(2)
        await expect(talk.bubbles).to_have_count(2)


@pytest.mark.slow
async def test_a_server_killed_between_storing_and_saying_so_stores_nothing_twice(
    browser: Browser, tmp_path: Path
) -> None:
    node = DemoNode(tmp_path / "demo")
    async with silencer_to(node.port) as (silencer, url):
        node.told(base_url=url)
        await node.start()
        async with Visitors(browser, node) as visitors:
            visitor = await visitors.new()
            buyer = await visitor.about("emma", "faro-radio")
            await buyer.talk.say("Before")
            await expect(buyer.talk.mark("Before")).to_have_text("Sent")
            visitor.watch.forgive()

            # Nothing of the server's gets through any more: not even that it has stored the message.
            silencer.is_on = True
            await buyer.talk.say("Stored, and nobody knows")
            await eventually(lambda: stored_once(node), "the message is stored")
            await node.kill()
            await expect(buyer.talk.mark("Stored, and nobody knows")).to_have_text("Sending")
            silencer.is_on = False
            await node.start()

            await expect(buyer.talk.mark("Stored, and nobody knows")).to_have_text(
                "Sent", timeout=COMING_BACK_MS
            )
            await expect(buyer.talk.bubbles).to_have_count(2)
            inbox = await (await visitors.new()).inbox("sofia")
            talk = await inbox.open("Emma Clarke", "Faro kitchen radio")
            await expect(talk.bubbles).to_have_count(2)
        assert await stored_once(node)
        await node.stop()


async def stored_once(node: DemoNode) -> bool:
    """Whether there is that message, and no second one."""
    return len(await node.stored("Stored, and nobody knows")) == 1


class Silencer(Ways):
    """Passes everything on; while it is on, nothing of what the server says."""

    is_on = False

    @override
    async def _hand_over(self, data: bytes, writer: asyncio.StreamWriter, *, down: bool) -> None:
        if not (down and self.is_on):
            await super()._hand_over(data, writer, down=down)


@contextlib.asynccontextmanager
async def silencer_to(port: int) -> AsyncIterator[tuple[Silencer, str]]:
    """One in front of the server on `port`, and the address that clients take."""
    silencer = Silencer()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silencer.carry([port], reader, writer)

    async with silencer.listening(carry) as url:
        yield silencer, url
