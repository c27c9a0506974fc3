"""What a browser has to fetch before anything can be read, and that it asks nobody but us for it."""

import gzip
from typing import Final

import pytest
from playwright.async_api import Response, expect

from tests.browser.screens import WIDGET
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

LOADER_BYTES: Final = 3 * 1024
ALL_BYTES: Final = 30 * 1024
"""Gzipped: the loader, the panel's page, its scripts, styles and one catalog."""

NOT_AHEAD: Final = "if (parent !== window) window.requestIdleCallback = () => 0"
"""What the panel fetches ahead, while nobody waits for it, it fetches when the browser is idle."""


def is_ours(response: Response) -> bool:
    """Whether it is a part of the widget: no answer of the API, and no picture of the market."""
    path = response.url.partition("?")[0]
    if path.endswith("/widget.js"):
        return True
    frame = response.frame.url if not response.request.is_navigation_request() else response.url
    kinds = ("document", "script", "stylesheet", "font")
    return WIDGET.search(frame) is not None and response.request.resource_type in kinds


async def test_little_is_loaded_before_the_first_conversation_opens(visitors: Visitors) -> None:
    visitor = await visitors.new()
    await visitor.context.add_init_script(NOT_AHEAD)
    responses: list[Response] = []
    visitor.context.on("response", lambda response: responses.append(response))

    widget = await visitor.widget("ana")
    await expect(widget.items.first).to_be_visible()
    await widget.frame.wait_for_load_state("networkidle")

    sizes = {
        response.url.rpartition("/")[2].partition("#")[0]: len(
            gzip.compress(await response.body(), 9)
        )
        for response in responses
        if is_ours(response)
    }
    assert "widget.js" in sizes and "widget.html" in sizes and len(sizes) > 3, sizes
    assert sizes["widget.js"] <= LOADER_BYTES, sizes
    assert sum(sizes.values()) <= ALL_BYTES, (sum(sizes.values()), sizes)


async def test_complaints_of_the_browser_are_heard(visitors: Visitors) -> None:
    visitor = await visitors.new()
    page = await visitor.market("ana")

    async with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        await page.evaluate("new Image().src = 'https://elsewhere.invalid/pixel.png'")
    async with visitor.context.expect_event("weberror"):
        await page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    async with page.expect_console_message():
        await page.evaluate("console.error('aloud')")

    said = "\n".join(visitor.watch.complaints)
    assert "Content Security Policy" in said and "on purpose" in said and "aloud" in said
    visitor.watch.forgive("")
