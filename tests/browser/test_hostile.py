"""What somebody wrote is shown as it was written, and never does anything: in names, titles and messages."""

from typing import Final

import pytest
from playwright.async_api import Browser, expect

from chat_server.client import Backend
from chat_server.wire.bodies import PutPerson, PutProduct, PutShop
from chat_server.wire.shapes import Money
from tests.browser.shop import Shop
from tests.browser.visitors import Visitors
from tests.e2e.node import API_KEY, ServerNode

pytestmark = pytest.mark.browser

PWN: Final = "globalThis.__pwned=1"
HOSTILE: Final = (
    f"<script>{PWN}</script>",
    f'<img src=x onerror="{PWN}">',
    f"<svg/onload={PWN}>",
    f'"><iframe srcdoc="<script>parent.{PWN}</script>"></iframe>',
    f"javascript:{PWN}",
    f'<a href="javascript:{PWN}">a</a>',
    f"<style>@import 'data:text/css,*{{display:none}}';</style><body onload={PWN}>",
    f"</textarea></title></script><script>{PWN}</script>",
    f"{{{{constructor.constructor('{PWN}')()}}}}${{{PWN}}}",
    f"<math><mtext><table><mglyph><style><img src=x onerror={PWN}>",
    f"\u202e<b onmouseover={PWN}>turned\u202c &lt;script&gt;{PWN}&lt;/script&gt;",
    "https://example.com/\"onclick='" + PWN + "'",
    f"data:text/html,<script>{PWN}</script>",
)
NAME: Final = f'<img src=x onerror="{PWN}">'

FOUND: Final = """() => [
  globalThis.__pwned ?? null,
  document.querySelectorAll('script:not([src]), iframe[srcdoc], [onerror], [onload], [onmouseover], [onclick]').length,
  [...document.links].filter(({ protocol }) => !/^https?:$/.test(protocol)).length,
]"""
"""Whether it ran, and how many of its elements, handlers and links have become any."""


async def test_hostile_words_are_words(browser: Browser, served: ServerNode, shop: Shop) -> None:
    async with Backend(served.url, API_KEY) as backend:
        await backend.put_person("mallory", PutPerson(NAME, 1))
        await backend.put_person("trudy", PutPerson(f"Trudy {NAME}", 1))
        await backend.put_shop("evil", PutShop(f"Shop {NAME}", 1, ["trudy"]))
        price = Money("1.00", "EUR")
        title = f"Lamp {NAME}"
        await backend.put_product("evil-lamp", PutProduct("evil", title, 1, price=price))
        link = (await backend.inbox_link("trudy")).url
    async with Visitors(browser, served) as visitors:
        visitor = await visitors.new(origins=[shop.origin])
        page = await visitor.page()
        await page.goto(shop.put_embedding("/evil", served.url, "mallory"))
        widget = await visitor.panel(page)
        await expect(widget.frame.get_by_role("heading").first).to_contain_text("<img")
        await page.evaluate("parley('contactSeller', 'evil-lamp')")
        await widget.talk.opened()

        for text in HOSTILE:
            await widget.talk.say(text)
        await expect(widget.talk.bubbles.locator(".bubble-text")).to_have_text(list(HOSTILE))
        await expect(widget.talk.bubbles.last.locator(".progress")).to_have_text("Sent")
        inbox = await (await visitors.new()).enter(link)
        talk = await inbox.open(NAME, title)
        await expect(talk.bubbles.locator(".bubble-text")).to_have_text(list(HOSTILE))
        await talk.do(HOSTILE[0], "Reply")
        await talk.say(HOSTILE[1])
        await expect(widget.talk.bubbles.last.locator(".quote")).to_contain_text(HOSTILE[0])
        await inbox.page.keyboard.press("Escape")
        await inbox.page.get_by_role("searchbox").fill("<script> onerror")

        await expect(inbox.page.get_by_role("heading", name=NAME, exact=True)).to_be_visible()
        for place in (widget.frame, inbox.page):
            assert await place.evaluate(FOUND) == [None, 0, 0]
        assert await page.evaluate("globalThis.__pwned ?? null") is None
