"""What may be done with messages, conversations and orders, and that the other side sees it at once."""

import re
from typing import Final

import pytest
from playwright.async_api import expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

WATCH_GLOW: Final = """() => {
  window.glowed = [];
  const look = () => {
    for (const row of document.querySelectorAll('.bubble-row-wanted')) glowed.push(row.textContent);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""
"""Notes down which messages glow: each does for a moment only."""


async def test_an_edit_and_a_withdrawal_show_on_both_sides(visitors: Visitors) -> None:
    buyer = await (await visitors.new()).about("emma", "dune-chair")
    await buyer.talk.say("Is the chair gren?")
    await expect(buyer.talk.mark("Is the chair gren?")).to_have_text("Sent")
    talk = await (await (await visitors.new()).inbox("karim")).open("Emma Clarke", "Dune")

    await buyer.talk.do("Is the chair gren?", "Edit")
    await expect(buyer.talk.field).to_have_value("Is the chair gren?")
    await buyer.talk.say("Is the chair green?")
    for side in (buyer.talk, talk):
        await expect(side.bubble("Is the chair green?")).to_contain_text("edited")

    await buyer.talk.do("Is the chair green?", "Withdraw")
    dialog = buyer.frame.get_by_role("dialog", name="Withdraw this message?")
    await dialog.get_by_role("button", name="Withdraw").click()
    await expect(buyer.talk.bubble("You withdrew this message")).to_be_visible()
    await expect(talk.bubble("This message was withdrawn")).to_be_visible()
    await expect(talk.bubbles).to_have_count(1)


async def test_a_reply_shows_what_it_answers(visitors: Visitors) -> None:
    buyer = await (await visitors.new()).about("mikhail", "sela-candles")
    await buyer.talk.say("How long do they burn?")
    inbox = await (await visitors.new()).inbox("elena")
    talk = await inbox.open("Михаил Орлов", "Sela candles")

    await talk.do("How long do they burn?", "Reply")
    await expect(inbox.page.locator(".context-bar")).to_contain_text("How long do they burn?")
    await talk.say("The middle one for 32 hours.")

    quote = buyer.talk.bubble("The middle one for 32 hours.").locator(".quote")
    await expect(quote).to_contain_text("You")
    await expect(quote).to_contain_text("How long do they burn?")
    await buyer.frame.evaluate(WATCH_GLOW)
    await quote.click()
    await buyer.frame.wait_for_function("glowed.some((text) => text.includes('How long'))")


async def test_a_search_finds_what_was_said_and_goes_there(visitors: Visitors) -> None:
    buyer = await (await visitors.new()).about("layla", "tarn-blanket")
    await buyer.talk.say("Does the periwinkle one exist?")
    await expect(buyer.talk.mark("Does the periwinkle one exist?")).to_have_text("Sent")
    await buyer.back()
    await buyer.tab("Messages")
    inbox = await (await visitors.new()).inbox("karim")

    await buyer.frame.get_by_role("button", name="Search").click()
    await buyer.frame.get_by_role("searchbox").fill("periwinkle")
    hit = buyer.items.filter(has_text="periwinkle")
    await expect(hit.locator("mark")).to_have_text("periwinkle")
    await hit.click()
    await expect(buyer.talk.bubble("Does the periwinkle one exist?")).to_be_visible()

    await inbox.page.keyboard.press("/")
    await expect(inbox.page.get_by_role("searchbox")).to_be_focused()
    await inbox.page.keyboard.type("PERIWINKLE")
    row = inbox.rows.filter(has_text="periwinkle")
    await expect(row.locator("mark")).to_have_text("periwinkle")
    await row.click()
    await expect(inbox.talk.bubble("Does the periwinkle one exist?")).to_be_visible()


async def test_conversations_are_muted_and_put_away(visitors: Visitors) -> None:
    buyer = await (await visitors.new()).about("layla", "ambra-scent")
    await buyer.talk.say("How strong is it?")
    inbox = await (await visitors.new()).inbox("elena")
    talk = await inbox.open("ليلى حداد", "Ambra room scent")
    row = inbox.row("ليلى حداد", "Ambra room scent")

    await talk.do_all("Mute")
    await expect(row.get_by_text("Muted")).to_be_attached()

    await talk.do_all("Archive")
    await expect(row).to_have_count(0)
    await inbox.group("Archive")
    await expect(row).to_be_visible()

    await buyer.talk.say("And how long does it last?")
    await inbox.group("All")
    await expect(row).to_contain_text("And how long does it last?")


async def test_whom_a_seller_blocks_cannot_write_until_unblocked(visitors: Visitors) -> None:
    buyer = await (await visitors.new()).about("emma", "sela-candles")
    await buyer.talk.say("Buy now!!! Cheap!!!")
    inbox = await (await visitors.new()).inbox("elena")
    talk = await inbox.open("Emma Clarke", "Sela candles")

    await talk.do_all("Block")
    dialog = inbox.page.get_by_role("dialog", name=re.compile("Block .*Emma Clarke"))
    await dialog.get_by_role("button", name="Block").click()
    await expect(
        inbox.page.get_by_text("You blocked this person. Unblock to write.")
    ).to_be_visible()
    await expect(buyer.frame.get_by_text("You cannot write here")).to_be_visible()
    await expect(buyer.talk.field).to_have_count(0)

    await inbox.page.locator(".cannot-write").get_by_role("button", name="Unblock").click()
    await buyer.talk.opened()
    await buyer.talk.say("Sorry about that.")
    await expect(talk.bubble("Sorry about that.")).to_be_visible()


async def test_a_buyer_confirms_receipt_and_the_seller_sees_it(visitors: Visitors) -> None:
    seller = await visitors.new()
    buyer = await (await visitors.new()).widget("ana")
    talk = await (await seller.inbox("ion")).open("Ana Rusu", "KV-10482")
    await expect(talk.root.locator(".details").get_by_text("Shipped")).not_to_have_count(0)

    await buyer.tab("Orders")
    await buyer.frame.get_by_role("button", name=re.compile("KV-10482")).click()
    await buyer.frame.get_by_role("button", name="I received it").click()
    await buyer.frame.get_by_role("button", name="Yes, I received it").click()

    await expect(buyer.frame.get_by_text("Receipt confirmed. Thank you!")).to_be_visible()
    await expect(buyer.frame.get_by_role("button", name="I received it")).to_have_count(0)
    await expect(talk.root.locator(".system-line")).to_contain_text("The buyer confirmed receipt")
    await expect(talk.root.locator(".details .order-line-top")).to_contain_text("Received")

    await buyer.frame.get_by_role("button", name="Message the seller").click()
    await buyer.talk.opened()
    await expect(buyer.frame.locator(".system-line")).to_contain_text("confirmed receipt")
