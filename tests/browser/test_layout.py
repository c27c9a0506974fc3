"""Where things stand: from right to left for those who read so, on the whole screen of a phone."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.screens import chord
from tests.browser.visitors import PHONE, Visitors

pytestmark = pytest.mark.browser


async def box(place: Locator) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    found = await place.bounding_box()
    assert found is not None
    left, top = found["x"], found["y"]
    return left, top, left + found["width"], top + found["height"]


@pytest.mark.parametrize(("lang", "is_rtl"), [("en", False), ("ar", True)])
async def test_the_screens_run_in_the_direction_of_their_language(
    visitors: Visitors, lang: str, is_rtl: bool
) -> None:
    visitor = await visitors.new(lang=lang)
    widget = await visitor.widget("layla", lang=lang)
    inbox = await visitor.inbox("karim")
    await expect(widget.page.locator("html")).to_have_attribute("dir", "rtl" if is_rtl else "ltr")
    await expect(widget.frame.locator("html")).to_have_attribute("dir", "rtl" if is_rtl else "ltr")
    await expect(inbox.page.locator("html")).to_have_attribute("dir", "rtl" if is_rtl else "ltr")

    # Home shows the latest three alone: others may have written to her.
    await widget.frame.get_by_role("tab").nth(1).click()
    await widget.items.filter(has_text="KV-10455").click()
    await chord(inbox.page, "g", "l")
    await inbox.rows.filter(has_text="KV-10455").click()

    for root in (widget.frame, inbox.page):
        mine = await box(root.locator(".bubble-row-mine .bubble").first)
        theirs = await box(root.locator(".bubble-row-theirs .bubble").first)
        assert (mine[0] < theirs[0]) == is_rtl
        send, field = (
            await box(root.locator(".composer-send")),
            await box(root.locator(".composer-text")),
        )
        assert (send[2] <= field[0]) == is_rtl
    back = await box(widget.frame.locator(".head button").first)
    title = await box(widget.frame.locator(".head h1"))
    assert (back[0] >= title[2]) == is_rtl
    rows, pane = (
        await box(inbox.page.locator(".list-pane")),
        await box(inbox.page.locator(".thread-pane")),
    )
    assert (rows[0] >= pane[2]) == is_rtl


async def test_on_a_phone_the_panel_takes_the_whole_screen_and_nothing_is_wider(
    visitors: Visitors,
) -> None:
    visitor = await visitors.new(viewport=PHONE, is_mobile=True, has_touch=True)
    widget = await visitor.widget("ana")
    frame = await (await widget.frame.frame_element()).bounding_box()
    assert frame == {"x": 0, "y": 0, **PHONE}
    inbox = await visitor.inbox("ion")

    await widget.items.first.click()
    await widget.talk.opened()
    await inbox.rows.first.click()
    await inbox.talk.opened()

    for root in (widget.frame, inbox.page, widget.page):
        assert await root.evaluate("document.documentElement.scrollWidth <= innerWidth")
