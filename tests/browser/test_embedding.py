"""The widget on a marketplace's own page, on another site: who may have it there, and that neither breaks the other."""

from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, expect

from chat_server.client import Backend
from chat_server.wire.bodies import PutPerson, PutProduct, PutShop
from tests.browser.screens import widget_frame
from tests.browser.shop import Shop, open_shop
from tests.browser.visitors import Visitors
from tests.e2e.node import API_KEY, ServerNode
from tests.e2e.waiting import eventually

pytestmark = pytest.mark.browser

BUBBLE: Final = "[innerWidth - 50, innerHeight - 50]"
"""A place inside the bubble, which stands in a closed shadow."""

UNFRIENDLY: Final = """<style>
* { all: unset !important; color: red !important; font: 40px serif !important }
div { transform: translateX(-200px) !important; opacity: 0.1 !important; pointer-events: none }
div:empty { display: none !important }
button, iframe, span, svg { display: none !important; width: 1px !important }
</style>"""

LISTEN: Final = """
window.taken = [];
addEventListener('message', (event) => taken.push([event.data, event.ports.length]));
const reach = (window, depth) => [window, ...(depth > 3 ? [] :
  Array.from({ length: window.length }, (_, place) => reach(window[place], depth + 1)).flat())];
const attack = () => reach(top, 0).forEach((window) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => taken.push([event.data, -1]);
  port1.postMessage({ kind: 'start', look: {}, signedIn: true, open: true });
  window.postMessage({ parley: 'port' }, '*', [port2]);
  window.postMessage({ parley: 'frame' }, '*');
});
attack();
"""


@pytest.fixture
async def visitors(browser: Browser, served: ServerNode) -> Any:
    """People at the marketplace that the server runs for."""
    async with Backend(served.url, API_KEY) as backend:
        await backend.put_person("bea", PutPerson("Bea Beyer", 1))
        await backend.put_person("sol", PutPerson("Sol Seller", 1))
        await backend.put_shop("lamps", PutShop("Lamps", 1, ["sol"]))
        await backend.put_product("lamp", PutProduct("lamps", "A lamp", 1))
    async with Visitors(browser, served) as visitors:
        yield visitors


async def bubble_is_seen(page: Page) -> bool:
    """Whether what stands in the corner is the widget's."""
    at = f"document.elementFromPoint(...{BUBBLE})"
    return bool(await page.evaluate(f"{at}?.parentNode === document.body && {at}.innerHTML === ''"))


async def test_a_page_of_a_listed_marketplace_embeds_the_widget_as_documented(
    visitors: Visitors, served: ServerNode, shop: Shop
) -> None:
    page = await (await visitors.new(origins=[shop.origin])).page()
    await page.goto(shop.put_embedding("/lamp", served.url, "bea"))
    widget_of = await widget_frame(page)

    await page.evaluate("parley('contactSeller', 'lamp')")
    field = widget_of.get_by_role("textbox", name="Message", exact=True)
    await field.fill("Does it dim?")
    await field.press("Enter")

    await expect(widget_of.locator(".progress")).to_have_text("Sent")
    await page.wait_for_function("heard.some(([name]) => name === 'message:sent')")
    names = await page.evaluate("heard.map(([name]) => name)")
    assert {"opened", "unread"} <= set(names)
    assert "error" not in names


async def test_a_page_of_nobody_we_know_cannot_put_the_widget_into_a_frame(
    visitors: Visitors, served: ServerNode
) -> None:
    with open_shop() as stranger:
        visitor = await visitors.new(origins=[stranger.origin])
        visitor.watch.forgive(r"frame-ancestors")
        page = await visitor.page()
        async with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            await page.goto(stranger.put_embedding("/", served.url, "bea"))

        assert await page.evaluate("heard.filter(([name]) => name !== 'opened')") == []
        assert all(served.url not in frame.url for frame in page.frames)


async def test_a_strange_frame_on_the_page_is_given_nothing(
    visitors: Visitors, served: ServerNode, shop: Shop
) -> None:
    with open_shop() as stranger:
        evil = stranger.put("/evil", f"<script>{LISTEN}</script>")
        visitor = await visitors.new(origins=[shop.origin, stranger.origin])
        page = await visitor.page()
        await page.goto(shop.put_embedding("/", served.url, "bea", f'<base target="{evil}">'))
        widget = await visitor.panel(page)
        async with page.expect_event("framenavigated", lambda frame: frame.url == evil):
            await page.evaluate(
                "(at) => { const frame = document.createElement('iframe');"
                " frame.src = at; document.body.append(frame); }",
                evil,
            )
        spy = next(frame for frame in page.frames if frame.url == evil)
        # It is there before what it does has begun.
        await spy.wait_for_load_state()
        await spy.evaluate("attack()")

        await page.evaluate("parley('contactSeller', 'lamp')")
        await widget.talk.opened()
        await widget.talk.say("Still me")

        await expect(widget.talk.mark("Still me")).to_have_text("Sent")
        own = [{"parley": "port"}, {"parley": "frame"}]
        taken = await spy.evaluate("taken")
        assert [data for data, _ in taken if data not in own] == []
        # It was handed no port but those that it had made itself and posted to its own window.
        assert all(ports <= 1 for _, ports in taken)


async def test_the_widget_alone_in_a_tab_shows_nothing(
    visitors: Visitors, served: ServerNode
) -> None:
    page = await (await visitors.new()).page()

    await page.goto(f"{served.url}/widget.html#host=https%3A%2F%2Fevil.example")

    await expect(page.locator("#app")).to_be_empty()


async def test_styles_of_the_page_do_not_reach_the_widget(
    visitors: Visitors, served: ServerNode, shop: Shop
) -> None:
    visitor = await visitors.new(origins=[shop.origin])
    page = await visitor.page()
    await page.goto(shop.put_embedding("/unfriendly", served.url, "bea", UNFRIENDLY))
    await widget_frame(page)

    assert await bubble_is_seen(page)
    await page.mouse.click(1440 - 50, 900 - 50)
    await page.wait_for_function("heard.some(([name]) => name === 'opened')")

    frame = await widget_frame(page)
    await expect(frame.locator(".home")).to_be_visible()
    box = await (await frame.frame_element()).bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (400, 640)
    assert round(box["x"] + box["width"]) == 1440 - 20


async def test_the_page_is_as_it_was_once_the_widget_has_gone(
    visitors: Visitors, served: ServerNode, shop: Shop
) -> None:
    looks = "[document.body.children.length, document.styleSheets.length, document.adoptedStyleSheets.length]"
    visitor = await visitors.new(origins=[shop.origin])
    # Where it goes before its socket is open, Chromium says so; the page that it leaves is none the worse.
    visitor.watch.forgive("closed before the connection is established")
    page = await visitor.page()
    await page.goto(shop.put_embedding("/brief", served.url, "bea"))
    await visitor.panel(page)
    before = await page.evaluate(looks)

    async with page.expect_event("framedetached"):
        await page.evaluate("parley('shutdown')")

    children, *sheets = await page.evaluate(looks)
    assert [children + 1, *sheets] == before
    assert not await bubble_is_seen(page)


async def test_the_bubble_has_a_name_and_works_by_keyboard(
    visitors: Visitors, served: ServerNode, shop: Shop
) -> None:
    visitor = await visitors.new(origins=[shop.origin])
    page = await visitor.page()
    await page.goto(shop.put_embedding("/keys", served.url, "bea"))
    frame = await widget_frame(page)
    await expect(frame.locator(".home")).to_be_visible()
    reader = await visitor.context.new_cdp_session(page)

    async def buttons() -> list[tuple[str, bool]]:
        tree = await reader.send("Accessibility.getFullAXTree")
        nodes = [node for node in tree["nodes"] if node.get("role", {}).get("value") == "button"]
        return [(node["name"]["value"], _is_expanded(node)) for node in nodes]

    async def is_called(name: str, *, is_expanded: bool) -> None:
        # Its names come from the frame, which is a process of its own; so is whoever has the focus.
        async def seen() -> bool:
            return await buttons() == [(name, is_expanded)]

        await eventually(seen, f"the bubble is called {name}")

    await is_called("Open messages", is_expanded=False)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_function("heard.some(([name]) => name === 'opened')")
    await is_called("Close messages", is_expanded=True)
    await frame.wait_for_function("document.hasFocus()")

    await page.keyboard.press("Escape")
    await page.wait_for_function("heard.some(([name]) => name === 'closed')")
    await is_called("Open messages", is_expanded=False)
    await frame.wait_for_function("!document.hasFocus()")
    await page.keyboard.press("Enter")
    await page.wait_for_function("heard.filter(([name]) => name === 'opened').length === 2")


def _is_expanded(node: dict[str, Any]) -> bool:
    found = [each for each in node.get("properties", []) if each["name"] == "expanded"]
    return bool(found) and bool(found[0]["value"]["value"])
