"""A seller asks why his figure is what it is, and reads on to the last rating."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.shop_room import Room
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser


async def number_in(place: Locator, pattern: str) -> int:
    """A number that stands there in words."""
    found = re.search(pattern, await place.inner_text())
    assert found is not None
    return int(found[1])


async def lines_of(why: Locator, section: str) -> Locator:
    """Everything that a section shows, when nothing more is to be asked for."""
    await why.get_by_role("tab", name=section).click()
    lines = why.get_by_role("list", name=section).get_by_role("button")
    more = why.get_by_role("button", name="Show more")
    await expect(lines.first).to_be_visible()
    while await more.count():
        shown = await lines.count()
        await more.press("Enter")
        await expect(lines.nth(shown)).to_be_focused()
    return lines


async def test_the_figure_is_explained_page_by_page_to_the_last_rating(visitors: Visitors) -> None:
    room = Room(await (await visitors.new()).inbox("ion"))
    await room.open()
    await room.page.get_by_role("button", name="Why this number?").click()
    why = room.page.get_by_role("dialog", name="Why this number?")
    await expect(why.get_by_role("button", name="Show more")).to_be_visible()
    told = 0

    for section in ("Six months", "Earlier", "Not counted"):
        lines = await lines_of(why, section)
        merged = lines.filter(has_text="merged into the one above")
        told += await lines.count()
        counted = await lines.count() - await merged.count()
        tab = why.get_by_role("tab", name=section)
        assert await number_in(tab, r"\((\d+)\)") == counted

    assert await number_in(why, r"Ratings of all time: (\d+)") == told
