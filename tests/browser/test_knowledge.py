"""A supervisor in the console: comes in, mends what could not be answered, and the next buyer gets it."""

import asyncio

import httpx2
import pytest
from playwright.async_api import Page, expect

from chat_server.client import new_key
from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.browser.faults import Checker
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

SUPERVISOR, AGENT = STAFF[0][0], STAFF[1][0]
ASKED = (
    "is there somewhere to park a caravan nearby",
    "where may I park my caravan",
    "caravan parking near you?",
)


@pytest.fixture
async def console(visitors: Visitors) -> Page:
    """The console's door."""
    visitor = await visitors.new()
    # Who asks who he is before he has signed in is told 401, and Chromium writes that down.
    visitor.watch.forgive("401")
    page = await visitor.page()
    await page.goto(f"{visitors.url}/console")
    return page


async def sign_in(page: Page, email: str = SUPERVISOR, password: str = STAFF_PASSWORD) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def enter(page: Page) -> None:
    """Signs the supervisor in and goes to the room."""
    await sign_in(page)
    await page.get_by_role("button", name="Knowledge").click()


async def ask(url: str, question: str) -> None:
    """A visitor's question, without a browser."""
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=PATIENCE_S) as http:
        visitor = (await http.post("/visitors", json={})).json()
        http.headers["authorization"] = f"Visitor {visitor['token']}"
        thread = (await http.post("/threads", json={"support": "help"})).json()["id"]
        body = {"client_key": new_key(), "text": question}
        assert (await http.post(f"/threads/{thread}/messages", json=body)).status_code == 201
        await until_answered(http, thread)


async def until_answered(http: httpx2.AsyncClient, thread: str) -> None:
    """The answer is told on sockets; over HTTP it is looked for."""
    sides: list[str] = []
    async with asyncio.timeout(PATIENCE_S):
        while "bot" not in sides:
            events = (await http.get(f"/threads/{thread}/events")).json()["events"]
            sides = [event["side"] for event in events]


async def test_a_cluster_becomes_an_entry_that_the_next_buyer_is_answered_with(
    visitors: Visitors, console: Page
) -> None:
    for question in ASKED:
        await ask(visitors.url, question)
    await enter(console)
    await console.get_by_role("tab", name="Unanswered").click()

    cluster = console.locator(".cluster").filter(has_text="caravan")
    await expect(cluster).to_contain_text("Asked: 3")
    await cluster.get_by_role("button", name="New entry").click()
    english = console.get_by_role("group", name="English")
    await expect(english.get_by_label("Phrasings")).to_have_value("\n".join(reversed(ASKED)))
    await console.get_by_role("textbox", name="Name (small").fill("caravans")
    await english.get_by_label("Question").fill("Where can I park my caravan?")
    await english.get_by_label("Answer").fill("Behind the lighthouse, free of charge.")
    await console.get_by_role("button", name="Publish", exact=True).click()
    await expect(console.get_by_text("Published.")).to_be_visible()

    widget = await (await visitors.new()).widget("layla")
    field = widget.frame.get_by_role("combobox")
    await field.fill("may I park the caravan somewhere")
    await field.press("Enter")
    await expect(
        widget.frame.get_by_text("Behind the lighthouse, free of charge.", exact=True)
    ).to_be_visible()

    await console.get_by_role("tab", name="Unanswered").click()
    await expect(console.locator(".cluster").filter(has_text="caravan")).to_have_count(0)
    await console.get_by_role("tab", name="Try a question").click()
    await console.get_by_role("textbox", name="A question").fill("caravn parking")
    await console.get_by_role("button", name="Try", exact=True).click()
    await expect(console.get_by_role("heading", name="It answers")).to_be_visible()
    await expect(console.locator(".bars").first).to_contain_text("Where can I park my caravan?")


async def test_a_bad_change_is_undone_from_its_history(console: Page) -> None:
    await enter(console)
    await console.get_by_role("button", name="My promo code does not work").click()
    answer = console.get_by_role("group", name="English").get_by_label("Answer")
    await expect(answer).not_to_have_value("")
    shipped = await answer.input_value()
    await answer.fill("Nobody knows.")
    await console.get_by_role("button", name="Publish", exact=True).click()
    await expect(console.get_by_text("Published.")).to_be_visible()

    await console.get_by_role("button", name="History").click()
    history = console.get_by_role("dialog", name="History")
    await expect(history.get_by_text("In force")).to_be_visible()
    await history.get_by_role("button", name="Bring back").click()

    await expect(history).to_have_count(0)
    await expect(answer).to_have_value(shipped)


async def test_the_door_says_what_is_wrong_and_opens_to_an_agent(console: Page) -> None:
    watch_for = console.get_by_role("alert")
    await sign_in(console, AGENT, "not this one")
    await expect(watch_for).to_have_text("E-mail or password is not right.")
    await sign_in(console, AGENT)
    await expect(console.locator(".desk")).to_be_visible()
    await expect(console.get_by_role("button", name="Knowledge")).to_have_count(0)

    await console.get_by_role("button", name="Your account").click()
    await console.get_by_role("button", name="Sign out everywhere").click()
    await expect(console.get_by_label("E-mail")).to_be_focused()
    await console.reload()
    await expect(console.get_by_label("E-mail")).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
async def test_no_part_of_the_room_has_a_fault(visitors: Visitors, size: str) -> None:
    await ask(visitors.url, "do you sell gift cards")
    checker = Checker(f"en {size}", colours=True)
    viewport = PHONE if size == "phone" else DESKTOP
    visitor = await visitors.new(color_scheme="light", viewport=viewport)
    visitor.watch.forgive("401")
    page = await visitor.page()
    await page.goto(f"{visitors.url}/console")
    await expect(page.get_by_label("E-mail")).to_be_visible()
    await checker.look("door", page)
    await enter(page)
    await page.locator(".entry-row").first.click()
    await expect(page.get_by_role("group", name="English")).to_be_visible()
    await checker.look("entry", page)
    for tab, sign in (
        ("Unanswered", ".cluster"),
        ("Try a question", ".try-form"),
        ("Figures", ".chart"),
    ):
        await page.get_by_role("tab", name=tab).click()
        await expect(page.locator(sign).first).to_be_visible()
        await checker.look(tab, page)
    await page.get_by_role("button", name="Your account").click()
    await checker.look("account", page)

    assert checker.verdict == ""
