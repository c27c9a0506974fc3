"""The console's door in a browser: in with e-mail and password, out of every browser at once."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, expect

from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.visitors import DESKTOP, PHONE, Visitor, Visitors

pytestmark = pytest.mark.browser

SUPERVISOR, AGENT = STAFF[0][0], STAFF[1][0]
SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}


@pytest.fixture
async def visitors(browser: Browser, own_demo: DemoNode) -> AsyncIterator[Visitors]:
    """Each test's own: tries at one account are counted, whichever test makes them."""
    async with Visitors(browser, own_demo) as visitors:
        yield visitors


async def door(visitor: Visitor) -> Page:
    """The console's page, before anybody has signed in."""
    visitor.watch.forgive("status of 401")
    page = await visitor.page()
    await page.goto(f"{visitor.node.url}/console")
    await expect(page.get_by_role("heading", name="Support console")).to_be_visible()
    return page


async def sign_in(page: Page, email: str, password: str = STAFF_PASSWORD) -> None:
    """Fills the form in and sends it."""
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_a_supervisor_comes_in_and_goes_out_everywhere(visitors: Visitors) -> None:
    one, other = await visitors.new(), await visitors.new()
    page, elsewhere = await door(one), await door(other)

    await expect(page.get_by_label("E-mail")).to_be_focused()
    await sign_in(page, SUPERVISOR, "never this one")
    await expect(page.get_by_role("alert")).not_to_be_empty()
    await sign_in(page, SUPERVISOR)
    await sign_in(elsewhere, SUPERVISOR)
    for browser in (page, elsewhere):
        await expect(browser.get_by_role("button", name="Knowledge")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="Knowledge")).to_be_visible()

    await page.get_by_role("button", name="Your account").click()
    await page.get_by_role("button", name="Sign out everywhere").click()

    await expect(page.get_by_label("E-mail")).to_be_visible()
    await elsewhere.reload()
    await expect(elsewhere.get_by_label("E-mail")).to_be_visible()


async def test_an_agent_comes_to_the_desk_and_to_no_other_room(visitors: Visitors) -> None:
    page = await door(await visitors.new())

    await sign_in(page, AGENT)

    await expect(page.get_by_role("heading", name="Inbox")).to_be_attached()
    await expect(page.locator(".rail-room")).to_have_count(1)


@pytest.mark.parametrize("size", SIZES)
async def test_the_door_and_the_account_have_no_fault(visitors: Visitors, size: str) -> None:
    checker = Checker(size)
    page = await door(await visitors.new(color_scheme="light", **SIZES[size]))

    await checker.look("door", page)
    await sign_in(page, AGENT)
    await expect(page.locator(".desk .empty").first).to_be_visible()
    await checker.look("desk", page)
    await page.get_by_role("button", name="Your account").click()
    await expect(page.locator("dialog[open]")).to_be_visible()
    await checker.look("account", page)

    assert checker.verdict == ""
