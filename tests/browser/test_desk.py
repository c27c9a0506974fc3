"""The desk in a browser: an agent takes a conversation, answers, asks a colleague, ends it; by mouse, keys, touch."""

import itertools
import json
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx2
import pytest
from playwright.async_api import Browser, expect

from chat_server.demo.market import STAFF, STAFF_PASSWORD
from tests.browser.demo import DemoNode
from tests.browser.desk import SHELF, DeskPage, asks
from tests.browser.faults import Checker
from tests.browser.screens import chord
from tests.browser.staff import WEEK, Staff
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

VERA, AMIR = STAFF[0][0], STAFF[1][0]
SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
LANGS: Final = ("en", "ru", "ar", "es")
WINDOWS: Final = {
    "assign": "a",
    "transfer": "t",
    "snooze": "s",
    "keys": "Shift+?",
    "palette": "Control+k",
}
"""What opens with which key."""
SPEAKS: Final = """try {
  const name = 'parley.console.preferences';
  localStorage.getItem(name) ?? localStorage.setItem(name, %s);
} catch { /* a page without an origin keeps nothing */ }"""


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """A demo whose desk is these tests' alone."""
    node = DemoNode(tmp_path_factory.mktemp("desk") / "demo")
    await node.start()
    yield node
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture(scope="module")
async def sessions(market: DemoNode) -> dict[str, str]:
    """The session of each who works there: they sign in once, since tries at one account are counted."""
    found: dict[str, str] = {}
    for email in (VERA, AMIR):
        async with httpx2.AsyncClient(
            base_url=market.url, headers={"x-parley": "1"}, timeout=PATIENCE_S
        ) as http:
            body = {"email": email, "password": STAFF_PASSWORD}
            answer = await http.post("/api/v1/console/session", json=body)
            assert answer.is_success, answer.text
            found[email] = str(http.cookies["parley_staff"])
    return found


@pytest.fixture(scope="module")
async def supervisor(market: DemoNode) -> AsyncIterator[Staff]:
    """The supervisor over HTTP. She has put a canned reply and two macros on the shelf."""
    async with Staff(market) as staff:
        await staff.works(WEEK)
        for method, path, body in SHELF:
            answer = await staff.api.request(method, f"/console/{path}", json=body)
            assert answer.is_success, answer.text
        yield staff


@pytest.fixture
async def vera(supervisor: Staff, sessions: dict[str, str], market: DemoNode) -> Staff:
    """Nobody waits, and nobody is given anything: what is taken is claimed."""
    await supervisor.clears()
    for cookie in sessions.values():
        async with httpx2.AsyncClient(
            base_url=f"{market.url}/api/v1",
            cookies={"parley_staff": cookie},
            timeout=PATIENCE_S,
        ) as http:
            body = {"availability": "away"}
            answer = await http.put("/console/availability", json=body, headers={"x-parley": "1"})
            assert answer.is_success, answer.text
    return supervisor


@pytest.fixture
async def visitors(browser: Browser, market: DemoNode, vera: Staff) -> AsyncIterator[Visitors]:
    """Browser profiles for those who work here."""
    async with Visitors(browser, market) as visitors:
        yield visitors


@pytest.fixture
def desk(visitors: Visitors, sessions: dict[str, str]) -> Any:
    """Opens the desk of somebody who has signed in."""

    async def open_desk(
        email: str = VERA, lang: str = "en", forgives: str = "", **options: Any
    ) -> DeskPage:
        visitor = await visitors.new(**options)
        if forgives:
            visitor.watch.forgive(forgives)
        cookie: Any = {"name": "parley_staff", "value": sessions[email], "url": visitors.url}
        await visitor.context.add_cookies([cookie])
        kept = json.dumps(json.dumps({"theme": "auto", "locale": lang, "sound": False}))
        await visitor.context.add_init_script(SPEAKS % kept)
        page = await visitor.page()
        await page.goto(f"{visitors.url}/console")
        await expect(page.locator(".list-pane")).to_be_visible()
        return DeskPage(page)

    return open_desk


async def test_an_agent_claims_answers_notes_and_resolves_with_a_way_back(
    market: DemoNode, desk: Any
) -> None:
    await asks(market, "Where is my teapot?")
    here = await desk()
    page = here.page

    # Who waits stands in the queue; claimed, in one's own list.
    await here.open("Ana Rusu", "Unassigned")
    await expect(here.head).to_contain_text("In the queue")
    await here.head.get_by_role("button", name="Claim").click()
    await expect(here.head).to_contain_text("In work · You")
    await here.list("Mine")
    await expect(here.row("Ana Rusu")).to_have_count(1)

    # The answer stands there at once, and turns the thread to the customer.
    await here.reply.fill("It comes tomorrow.")
    await here.reply.press("Enter")
    await expect(here.said("It comes tomorrow.")).to_contain_text("Sent")
    await expect(here.head).to_contain_text("Waits for the customer")
    await expect(here.row("Ana Rusu")).to_contain_text("You: It comes tomorrow.")

    # A note is told from what the customer reads, and names a colleague.
    await page.get_by_role("tab", name="Private note").click()
    await here.note.fill("She is kind. @am")
    await expect(page.get_by_role("option", name="Amir Haddad")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(here.note).to_have_value("She is kind. @Amir Haddad ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".note").last).to_contain_text("She is kind. @Amir Haddad")
    await expect(here.note).to_have_value("")

    # The customer's side is known beside it.
    context = page.get_by_role("complementary", name="About the customer")
    await expect(context).to_contain_text("Romanian")
    await expect(context.locator(".order-item").first).to_be_visible()
    await expect(context).to_contain_text("What the bot tried")

    # Resolved, it leaves the list; undone, it is back.
    await here.head.get_by_role("button", name="Resolve").click()
    await expect(here.row("Ana Rusu")).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(here.row("Ana Rusu")).to_have_count(1)
    await expect(here.head).to_contain_text("You")


async def test_who_writes_where_nobody_is_takes_the_thread_and_a_slash_offers_words(
    market: DemoNode, desk: Any
) -> None:
    customer = await asks(market)
    here = await desk()
    page = here.page
    await here.open("Ana Rusu", "Unassigned")

    # In the language of the customer, with the names in their places.
    await page.keyboard.press("r")
    await expect(here.reply).to_be_focused()
    await page.keyboard.type("/warm")
    await expect(page.get_by_role("option", name="Warm greeting")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(here.reply).to_have_value("Bună Ana Rusu, sunt Vera Lindqvist.")
    await page.keyboard.press("Enter")
    await expect(here.said("Bună Ana Rusu")).to_contain_text("Sent")
    await expect(here.head).to_contain_text("You")

    # Sent and done in one press.
    await customer.says("Thank you!")
    await expect(here.said("Thank you!")).to_be_visible()
    await here.reply.fill("Gladly.")
    await here.reply.press("Control+Enter")
    await expect(page.locator(".toast")).to_contain_text("Ana Rusu: resolved")
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()


async def test_a_thread_goes_back_to_the_queue_with_a_note_and_a_colleague_takes_it(
    market: DemoNode, desk: Any
) -> None:
    await asks(market)
    mine, theirs = await desk(VERA), await desk(AMIR)
    await mine.open("Ana Rusu", "Unassigned")
    await theirs.open("Ana Rusu", "Unassigned")

    # Each sees the other, and who was faster.
    await expect(mine.page.locator(".lookers")).to_contain_text("Amir Haddad looks at it")
    await mine.head.get_by_role("button", name="Claim").click()
    await expect(theirs.head).to_contain_text("In work · Vera Lindqvist")
    await expect(theirs.page.locator(".desk-held")).to_contain_text("Vera Lindqvist has this")
    await mine.reply.fill("One moment")
    await expect(theirs.page.locator(".collision")).to_contain_text("Vera Lindqvist is answering")

    # Back to the queue, by key, with a word for who comes next.
    await mine.page.keyboard.press("Escape")
    await mine.page.keyboard.press("t")
    window = mine.page.get_by_role("dialog", name="Transfer to a team or the bot")
    await window.get_by_role("radio", name="back to the queue").check()
    await window.get_by_label("A private note").fill("Speaks Romanian")
    await window.get_by_role("button", name="Transfer").click()
    await expect(window).to_have_count(0)
    await expect(theirs.head).to_contain_text("In the queue")
    await expect(theirs.page.locator(".note").last).to_contain_text("Speaks Romanian")
    await theirs.head.get_by_role("button", name="Claim").click()
    await expect(theirs.head).to_contain_text("In work · You")

    # What one had begun to write is kept.
    await mine.open("Ana Rusu")
    await mine.page.locator(".desk-held").get_by_role("button", name="Take over").click()
    await expect(mine.reply).to_have_value("One moment")
    await expect(theirs.page.locator(".desk-held")).to_be_visible()


async def test_marks_are_set_and_a_macro_stops_where_it_fails(market: DemoNode, desk: Any) -> None:
    await asks(market)
    here = await desk(forgives="409")
    page = here.page
    await here.open("Ana Rusu", "Unassigned")

    await page.get_by_role("button", name="Macros").click()
    await page.get_by_role("menuitem", name="Sleep and end").click()
    await expect(page.locator(".toast")).to_contain_text("Stopped at step 2 of 3 (snooze)")
    await expect(page.locator(".marks").get_by_role("combobox")).to_have_value("1")

    await page.get_by_role("button", name="Labels").click()
    await page.get_by_role("menuitemradio", name="Refund").click()
    await expect(page.locator(".marks .label-mark")).to_have_text("Refund")
    await expect(here.row("Ana Rusu")).to_contain_text("High")

    await page.get_by_role("button", name="Macros").click()
    await page.get_by_role("menuitem", name="Promise and end").click()
    await expect(page.locator(".toast").last).to_contain_text("Promise and end: done")
    await page.get_by_role("button", name="More lists").click()
    await page.get_by_role("menuitem", name="Resolved").click()
    await expect(here.row("Ana Rusu")).to_contain_text("You: Your refund is on its way, Ana Rusu.")
    await expect(here.row("Ana Rusu")).to_contain_text("Urgent")

    await page.get_by_role("button", name="Filters").click()
    await page.get_by_role("combobox", name="Priority").first.select_option(label="Low")
    await expect(page.get_by_text("Nothing fits these filters")).to_be_visible()
    await page.get_by_role("button", name="Clear filters").click()
    await expect(here.row("Ana Rusu")).to_have_count(1)


async def test_the_keyboard_reaches_everything(market: DemoNode, desk: Any) -> None:
    await asks(market, person="ana")
    await asks(market, person="ion")
    here = await desk()
    page = here.page
    keys = page.keyboard

    await chord(page, "g", "u")
    await expect(here.rows).to_have_count(2)
    await keys.press("j")
    await expect(here.rows.first).to_have_attribute("aria-current", "true")
    await keys.press("j")
    await expect(here.rows.last).to_have_attribute("aria-current", "true")
    await keys.press("k")
    await expect(here.rows.first).to_have_attribute("aria-current", "true")
    await keys.press("c")
    await expect(here.head).to_contain_text("You")

    await keys.press("n")
    await expect(here.note).to_be_focused()
    await keys.press("Escape")
    await keys.press("a")
    await expect(page.get_by_role("dialog", name="Assign to a colleague")).to_be_visible()
    await expect(page.get_by_role("radio").first).to_be_focused()
    await keys.press("Escape")
    await keys.press("Shift+?")
    await expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    await keys.press("Escape")

    # The palette does what a key does, goes to lists, rooms and people.
    await keys.press("Control+k")
    await expect(page.get_by_role("combobox", name="Do something")).to_be_focused()
    await keys.type("ion m")
    await expect(page.get_by_role("option", name="Ion Munteanu").first).to_be_visible()
    await keys.press("Enter")
    await expect(here.head).to_contain_text("Ion Munteanu")
    await keys.press("Control+k")
    await expect(page.get_by_role("combobox", name="Do something")).to_be_focused()
    await keys.type("go to: knowl")
    await expect(page.locator(".palette-item")).to_have_text(["Go to: Knowledge"])
    await keys.press("Enter")
    await expect(page.get_by_role("heading", name="Knowledge")).to_be_visible()
    await page.get_by_role("button", name="Inbox", exact=True).click()
    await expect(here.head).to_contain_text("Ion Munteanu")

    # One switch turns single keys off.
    await keys.press("Shift+?")
    await page.get_by_role("switch", name="Single keys").uncheck()
    await keys.press("Escape")
    await keys.press("n")
    await expect(here.note).to_have_count(0)
    await keys.press("Escape")
    await expect(page.locator(".thread-head")).to_have_count(0)


async def test_a_key_pressed_before_the_conversation_is_there_is_not_lost(
    market: DemoNode, desk: Any
) -> None:
    await asks(market, person="ana")
    here = await desk()
    await here.list("Unassigned")
    await expect(here.rows).to_have_count(1)

    for key in "jn":
        await here.page.keyboard.press(key)

    await expect(here.note).to_be_focused()


async def test_what_comes_is_counted_found_and_waits_while_the_network_is_away(
    market: DemoNode, desk: Any
) -> None:
    ana, ion = await asks(market, person="ana"), await asks(market, person="ion")
    here = await desk(forgives="ERR_|WebSocket|Failed to load")
    page = here.page
    await here.open("Ana Rusu", "Unassigned")
    await here.head.get_by_role("button", name="Claim").click()
    await here.open("Ion Munteanu", "Unassigned")

    await ana.says("Is the caravel blue?")
    await here.list("Mine")
    await expect(here.row("Ana Rusu")).to_contain_text("Is the caravel blue?")
    await expect(page).to_have_title("(1) Console · Karavela")
    await ion.says("I am here too")
    await expect(here.said("I am here too")).to_be_visible()
    await expect(page).to_have_title("(1) Console · Karavela")

    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("caravel")
    await here.rows.filter(has=page.locator("mark", has_text="caravel")).click()
    await expect(here.said("Is the caravel blue?")).to_be_in_viewport()
    await expect(page).to_have_title("Console · Karavela")

    await page.context.set_offline(True)
    await expect(page.locator(".banner")).to_contain_text("offline")
    await here.reply.fill("It is, as the sea.")
    await here.reply.press("Enter")
    await page.context.set_offline(False)
    await expect(here.said("It is, as the sea.")).to_contain_text("Sent")


@pytest.mark.parametrize(("lang", "is_rtl"), [("en", False), ("ar", True)])
async def test_the_panes_run_in_the_direction_of_their_language(
    market: DemoNode, desk: Any, lang: str, is_rtl: bool
) -> None:
    await asks(market)
    page = (await desk(lang=lang)).page
    await page.get_by_role("tab").nth(1).click()
    await page.locator(".desk-row").click()
    await expect(page.locator(".details-pane .person")).to_be_visible()

    places = [
        await page.locator(pane).bounding_box()
        for pane in (".list-pane", ".thread-pane", ".details-pane")
    ]
    left = [place["x"] for place in places if place is not None]

    assert len(left) == 3
    assert left == sorted(left, reverse=is_rtl)


async def test_on_a_phone_one_pane_is_seen_at_a_time(market: DemoNode, desk: Any) -> None:
    await asks(market)
    here = await desk(**SIZES["phone"])
    page = here.page

    await here.list("Unassigned")
    await here.row("Ana Rusu").tap()
    await expect(page.locator(".list-pane")).not_to_be_visible()
    await expect(page.locator(".rail")).not_to_be_visible()
    await here.head.get_by_role("button", name="Claim").tap()
    await page.get_by_role("button", name="Show the customer").tap()
    await expect(page.get_by_role("dialog", name="About the customer")).to_contain_text("Romanian")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    await page.get_by_role("button", name="Close").tap()
    await page.get_by_role("button", name="Back").tap()
    await here.list("Mine")
    await expect(here.row("Ana Rusu")).to_be_visible()


@pytest.mark.parametrize(("lang", "size"), list(itertools.product(LANGS, SIZES)))
async def test_no_part_of_the_room_has_a_fault(
    market: DemoNode, desk: Any, lang: str, size: str
) -> None:
    await asks(market, "hello")
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    here = await desk(lang=lang, color_scheme="light", **SIZES[size])
    page = here.page

    await expect(page.locator(".empty").first).to_be_visible()
    await checker.look("nothing of mine", page)
    await page.locator(".desk-tabs [role=tab]").nth(1).click()
    await expect(here.rows).to_have_count(1)
    await page.locator(".filter-button button").click()
    await checker.look("queue and filters", page)
    await here.rows.click()
    await expect(page.locator(".bubble-row").first).to_be_visible()
    await page.keyboard.press("c")
    await expect(page.locator(".standing")).to_be_visible()
    await page.keyboard.press("n")
    await expect(page.locator(".note-writing textarea")).to_be_focused()
    await page.keyboard.type("For us @")
    await expect(page.locator(".suggest")).to_be_visible()
    await checker.look("note", page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.locator(".note").last).to_contain_text("For us")
    await page.keyboard.press("Escape")
    await page.keyboard.press("r")
    await expect(page.locator(".composer-text")).to_be_focused()
    await page.keyboard.type("/")
    await expect(page.locator(".suggest")).to_be_visible()
    await checker.look("conversation", page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    for name, key in WINDOWS.items():
        await page.keyboard.press(key)
        await expect(page.locator("dialog[open]")).to_be_visible()
        await checker.look(name, page)
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog[open]")).to_have_count(0)
    if size == "phone":
        await page.keyboard.press("d")
        await expect(page.locator("dialog[open] .context")).to_be_visible()
        await checker.look("customer", page)

    assert checker.verdict == ""
