"""Two people at once, each in front of a browser: what one says, the other sees."""

import asyncio
import contextlib
import io
import re
from collections.abc import AsyncIterator
from typing import Final

import anyio
import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Route, expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

WIDTH: Final = 800
HEIGHT: Final = 600


def photo() -> FilePayload:
    """A picture as a camera gives it."""
    encoded = io.BytesIO()
    Image.linear_gradient("L").resize((WIDTH, HEIGHT)).convert("RGB").save(encoded, "JPEG")
    return {"name": "crack.jpg", "mimeType": "image/jpeg", "buffer": encoded.getvalue()}


async def test_words_reach_the_other_side_and_back_and_the_marks_tell_how_far(
    visitors: Visitors,
) -> None:
    buyer = await (await visitors.new()).about("emma", "liman-teapot")

    await buyer.talk.say("Does the lid stay on when I pour?")
    await expect(buyer.talk.mark("Does the lid stay on when I pour?")).to_have_text("Sent")

    inbox = await (await visitors.new()).inbox("ion")
    await expect(inbox.row("Emma Clarke", "Liman teapot")).to_contain_text("Does the lid stay on")
    await expect(buyer.talk.mark("Does the lid stay on when I pour?")).to_have_text("Delivered")

    talk = await inbox.open("Emma Clarke", "Liman teapot")
    await expect(buyer.talk.mark("Does the lid stay on when I pour?")).to_have_text("Read")

    await talk.say("It does: a small hook holds it.")
    await expect(buyer.talk.bubble("It does: a small hook holds it.")).to_be_visible()
    await expect(talk.mark("It does: a small hook holds it.")).to_have_text("Read")
    await expect(buyer.talk.bubbles).to_have_count(2)
    await expect(talk.bubbles).to_have_count(2)


@contextlib.asynccontextmanager
async def writing(field: Locator) -> AsyncIterator[None]:
    """Somebody writes for as long as it takes: that he does is shown for some seconds after a key."""
    is_over = asyncio.Event()

    async def write() -> None:
        while not is_over.is_set():
            await field.press_sequentially("Well ")

    async with anyio.create_task_group() as group:
        group.start_soon(write)
        yield
        is_over.set()


async def test_each_sees_that_the_other_is_there_and_writes(visitors: Visitors) -> None:
    seller = await visitors.new()
    buyer = await (await visitors.new()).about("mikhail", "kestrel-backpack")
    await buyer.talk.say("Is the strap long enough for a tall man?")
    inbox = await seller.inbox("daria")

    talk = await inbox.open("Михаил Орлов", "Kestrel backpack")
    await expect(buyer.frame.locator(".head-note")).to_have_text("Online")
    await expect(inbox.page.locator(".thread-head .presence")).to_have_text("Online")

    async with writing(talk.field):
        await expect(buyer.frame.locator(".typing-line, .typing")).to_be_visible()
    async with writing(buyer.talk.field):
        presence = inbox.page.locator(".thread-head .presence")
        await expect(presence).to_have_text(re.compile("typing"))

    await seller.context.close()
    await expect(buyer.frame.locator(".head-note")).to_have_count(0)


async def test_a_photo_goes_from_the_widget_to_the_inbox_and_opens_large(
    visitors: Visitors,
) -> None:
    buyer = await (await visitors.new()).about("layla", "miro-clock")
    inbox = await (await visitors.new()).inbox("sofia")

    await buyer.frame.locator("input[type=file]").set_input_files([photo()])
    await expect(buyer.frame.locator(".tray-item img")).to_be_visible()
    await buyer.talk.field.fill("There is a crack")
    await buyer.frame.get_by_role("button", name="Send").click()
    await expect(buyer.talk.mark("There is a crack")).to_have_text(re.compile("Sent|Delivered"))

    talk = await inbox.open("ليلى حداد", "Miro wall clock")
    cell = talk.bubble("There is a crack").get_by_role("button", name="Open photo")
    await expect(cell.get_by_role("img", name=re.compile("Photo from .*ليلى حداد"))).to_be_visible()
    await cell.click()
    lightbox = inbox.page.get_by_role("dialog")
    large = lightbox.get_by_role("img")
    await expect(large).to_be_visible()
    size = await large.evaluate(
        "async (img) => { await img.decode(); return [img.naturalWidth, img.naturalHeight]; }"
    )
    assert size == [WIDTH, HEIGHT]

    await inbox.page.keyboard.press("Escape")
    await expect(lightbox).to_have_count(0)
    await expect(cell).to_be_focused()


async def test_a_late_answer_about_unread_messages_overwrites_nothing(visitors: Visitors) -> None:
    visitor = await visitors.new()
    may_answer = asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        await may_answer.wait()
        await route.fulfill(response=answer)

    await visitor.context.route("**/api/v1/unread", late)
    async with visitor.context.expect_event(
        "response", lambda answer: answer.url.endswith("/api/v1/unread")
    ):
        buyer = await visitor.about("mikhail", "faro-radio")
        await buyer.talk.say("Does it take batteries?")
        await expect(buyer.talk.mark("Does it take batteries?")).to_have_text("Sent")
        may_answer.set()

    await buyer.talk.say("And which?")
    await expect(buyer.talk.mark("And which?")).to_have_text("Sent")
    await expect(buyer.talk.bubbles).to_have_count(2)
