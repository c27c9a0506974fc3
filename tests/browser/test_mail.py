"""What mails lead to, in a browser: back to a conversation, and to a password of one's own."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from playwright.async_api import Browser, Page, expect

from chat_server.demo.market import STAFF
from tests.api.mailroom import secret_in
from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.screens import Talk, widget_frame
from tests.browser.staff import Staff
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.patience import PATIENCE_S
from tests.services.mail import Delivered, PostOffice

pytestmark = pytest.mark.browser

AGENT = STAFF[1][0]
CHOSEN = "quite long enough"
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}


@pytest.fixture
async def node(tmp_path: Path, office: PostOffice) -> AsyncIterator[DemoNode]:
    """A demo without a bot that sends mail."""
    node = DemoNode(tmp_path / "demo", bot="0", smtp=office.url, mail_from="support@chat.example")
    await node.start()
    yield node
    await node.stop()


@pytest.fixture
async def visitors(browser: Browser, node: DemoNode) -> AsyncIterator[Visitors]:
    async with Visitors(browser, node) as visitors:
        yield visitors


async def mail(office: PostOffice, number: int = 1) -> Delivered:
    with anyio.fail_after(PATIENCE_S):
        while len(office.delivered) < number:  # noqa: ASYNC110  # It comes from another process.
            await anyio.sleep(0.05)
    return office.delivered[number - 1]


def let_two_minutes_pass(node: DemoNode) -> None:
    """For the answers that wait to be mailed."""
    path = node.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as db:
        db.execute("UPDATE deadlines SET due_at = 1 WHERE kind = 'support.mail'")
        db.commit()


async def ask(node: DemoNode, staff: Staff) -> str:
    """A visitor has asked, has left his address, and is away; an agent has answered. The thread's id."""
    api = staff.api
    visitor = (await api.post("/visitors", json={"locale": "en"})).json()
    headers = {"authorization": f"Visitor {visitor['token']}"}
    opened = await api.post("/threads", json={"support": "help"}, headers=headers)
    thread: str = opened.json()["id"]
    body = {"client_key": "a-key-of-mine-01", "text": "Is anybody there?"}
    await api.post(f"/threads/{thread}/messages", json=body, headers=headers)
    left = await api.put(
        f"/threads/{thread}/email", json={"email": "away@b.example"}, headers=headers
    )
    assert left.status_code == 204, left.text
    await staff.does("claim", thread)
    await staff.says(thread, "Here I am")
    return thread


async def link_back(node: DemoNode, office: PostOffice) -> str:
    """What the mail leads to."""
    let_two_minutes_pass(node)
    return f"{node.url}/talk#{secret_in(await mail(office))}"


async def conversation(page: Page) -> Talk:
    talk = Talk(await widget_frame(page))
    await talk.opened()
    return talk


async def test_a_mail_leads_a_visitor_back_to_his_conversation(
    visitors: Visitors, node: DemoNode, office: PostOffice
) -> None:
    async with Staff(node) as staff:
        thread = await ask(node, staff)
        link = await link_back(node, office)
        away = await visitors.new()
        page = await away.page()

        await page.goto(link)

        talk = await conversation(page)
        await expect(talk.bubble("Is anybody there?")).to_be_visible()
        await expect(talk.bubble("Here I am")).to_be_visible()
        assert "#" not in page.url, "the secret does not stay in the address"
        frame = await widget_frame(page)
        await expect(frame.get_by_role("button", name="Close", exact=False)).to_have_count(0)
        await talk.say("Thank you")
        with anyio.fail_after(PATIENCE_S):
            while (await staff.row(thread))["last"]["text"] != "Thank you":  # noqa: ASYNC110
                await anyio.sleep(0.05)


async def test_a_link_that_was_used_leads_there_only_where_it_was_used(
    visitors: Visitors, node: DemoNode, office: PostOffice
) -> None:
    async with Staff(node) as staff:
        await ask(node, staff)
        link = await link_back(node, office)
    here, elsewhere = await visitors.new(), await visitors.new()
    for one in (here, elsewhere):
        one.watch.forgive("status of 401")
    page = await here.page()
    await page.goto(link)
    await conversation(page)

    again, foreign = await here.page(), await elsewhere.page()
    await again.goto(link)
    await foreign.goto(link)

    frame = await widget_frame(again)
    await expect(frame.locator(".home")).to_contain_text("Here I am")
    await expect(foreign.get_by_text("This link has been used")).to_be_visible()
    await foreign.get_by_role("button", name="Write to us").click()
    fresh = await widget_frame(foreign)
    await expect(fresh.locator(".home")).to_be_visible()
    await expect(fresh.locator(".home")).not_to_contain_text("Here I am")


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_of_a_conversation_has_no_fault(
    visitors: Visitors, node: DemoNode, office: PostOffice, size: str
) -> None:
    checker = Checker(size)
    async with Staff(node) as staff:
        await ask(node, staff)
        link = await link_back(node, office)
    one = await visitors.new(color_scheme="light", **SIZES[size])
    one.watch.forgive("status of 401")
    page = await one.page()
    await page.goto(link)
    await conversation(page)
    await checker.look("a conversation over a whole page", page)
    other = await visitors.new(color_scheme="dark", **SIZES[size])
    other.watch.forgive("status of 401")
    dead = await other.page()
    await dead.goto(link)
    await expect(dead.get_by_text("This link has been used")).to_be_visible()
    await checker.look("a link that was used", dead)
    assert checker.verdict == ""


async def test_a_forgotten_password_is_chosen_anew(
    visitors: Visitors, node: DemoNode, office: PostOffice
) -> None:
    one = await visitors.new()
    one.watch.forgive("status of 401")
    page = await one.page()
    await page.goto(f"{node.url}/console")
    await page.get_by_label("E-mail").fill(AGENT)
    await page.get_by_role("button", name="Forgot your password?").click()
    await expect(page.get_by_label("E-mail")).to_have_value(AGENT)
    await page.get_by_role("button", name="Send the link").click()
    await expect(page.get_by_text("a link is on its way")).to_be_visible()
    link = f"{node.url}/console#reset={secret_in(await mail(office))}"

    # In the very tab that has the console open: the page stays, and only what stands behind the # is new.
    await page.goto(link)

    await expect(page.get_by_label("New password")).to_be_focused()
    assert "reset" not in page.url
    await page.get_by_label("New password").fill("password12")
    one.watch.forgive("status of 422")
    await page.get_by_role("button", name="Set the password and sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("Everybody tries this password first")
    await page.get_by_label("New password").fill(CHOSEN)
    await page.get_by_role("button", name="Set the password and sign in").click()
    await expect(page.get_by_role("button", name="Your account")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="Your account")).to_be_visible()


async def test_a_link_to_a_password_that_was_used_says_so(
    visitors: Visitors, node: DemoNode
) -> None:
    one = await visitors.new()
    one.watch.forgive("status of 401")
    page = await one.page()
    await page.goto(f"{node.url}/console#invite=used-long-ago-0123456789")
    await expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    await page.get_by_label("New password").fill(CHOSEN)
    await page.get_by_role("button", name="Set the password and sign in").click()

    await expect(page.get_by_role("alert")).to_contain_text("used or is too old")
    await page.get_by_role("button", name="Back to sign-in").click()
    await expect(page.get_by_role("heading", name="Support console")).to_be_visible()
