"""Two people at once, each in front of a browser: what one says, the other sees."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser


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


async def test_each_sees_that_the_other_is_there_and_writes(visitors: Visitors) -> None:
    seller = await visitors.new()
    buyer = await (await visitors.new()).about("mikhail", "kestrel-backpack")
    await buyer.talk.say("Is the strap long enough for a tall man?")
    inbox = await seller.inbox("daria")

    talk = await inbox.open("Михаил Орлов", "Kestrel backpack")
    await expect(buyer.frame.locator(".head-note")).to_have_text("Online")
    await expect(inbox.page.locator(".thread-head .presence")).to_have_text("Online")

    await talk.field.press_sequentially("Yes")
    await expect(buyer.frame.locator(".typing-line, .typing")).to_be_visible()
    await buyer.talk.field.press_sequentially("And")
    await expect(inbox.page.locator(".thread-head .presence")).to_have_text(re.compile("typing"))

    await seller.context.close()
    await expect(buyer.frame.locator(".head-note")).to_have_count(0)
