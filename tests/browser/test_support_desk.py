"""Support as its customers have it: a place in the queue, a person with a name, a way to be written to, a rating."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Frame, Locator, Page, expect

from tests.browser.demo import DemoNode
from tests.browser.faults import Checker
from tests.browser.screens import Inbox, Widget, widget_frame
from tests.browser.staff import WEEK, Staff
from tests.browser.visitors import DESKTOP, PHONE, Visitor, Visitors

pytestmark = pytest.mark.browser

NOBODY: Final = "nobody"
WISH: Final = "I would like to talk to a person"
VERA: Final = "Vera Lindqvist"
EVENTS: Final = ("status", "handoff", "queue", "rated")
LISTEN: Final = """(names) => {
  window.heard = [];
  for (const name of names) parley('on', name, (data) => heard.push([name, data]));
}"""

SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoNode]:
    """A demo that can send mail, as far as its customers know."""
    folder = tmp_path_factory.mktemp("desk") / "demo"
    node = DemoNode(folder, smtp="smtp://127.0.0.1:9", mail_from="help@karavela.example")
    await node.start()
    yield node
    await node.stop()


@pytest.fixture(scope="module")
async def staff(market: DemoNode) -> AsyncIterator[Staff]:
    """Signed in once: tries at one account are counted, whoever makes them."""
    async with Staff(market) as staff:
        yield staff


@pytest.fixture
async def vera(staff: Staff) -> Staff:
    """Who answers, around the clock."""
    await staff.works(WEEK)
    await staff.clears()
    return staff


@pytest.fixture
async def askers(browser: Browser, market: DemoNode, vera: Staff) -> AsyncIterator[Visitors]:
    """People who need help."""
    async with Visitors(browser, market) as visitors:
        yield visitors


async def asking(visitor: Visitor, lang: str = "en") -> Widget:
    """A visitor in his conversation with support, in which the bot has answered once."""
    page = await visitor.market(NOBODY, lang=lang)
    await widget_frame(page)
    await page.evaluate(LISTEN, EVENTS)
    widget = await visitor.panel(page)
    await expect(widget.frame.locator(".help-complain")).to_be_visible()
    await page.evaluate("parley('ask', '')")
    suggested = widget.frame.locator(".answer-choices-first .answer-choice")
    question = widget.frame.locator(".composer-text")
    await expect(question).to_be_visible()
    if lang == "ar":  # The FAQ has no Arabic, and suggests none.
        await question.fill("hello")
        await question.press("Enter")
    else:
        await suggested.first.click()
    await expect(widget.frame.locator(".bubble-row-theirs")).to_have_count(1)
    return widget


async def told(page: Page, name: str) -> None:
    """Returns once the page around has heard of it."""
    await page.wait_for_function("(wanted) => heard.some(([name]) => name === wanted)", arg=name)


async def wish(frame: Frame) -> None:
    """Asks for a person, in the conversation's menu."""
    await frame.locator(".head .menu button").click()
    await frame.get_by_role("menuitem").first.click()


def queue(frame: Frame | Page) -> Locator:
    """The line that says for what one waits."""
    return frame.locator(".banner")


async def test_a_visitor_waits_in_a_queue_is_answered_by_a_name_and_says_how_it_was(
    askers: Visitors, vera: Staff
) -> None:
    first, second = await asking(await askers.new()), await asking(await askers.new())
    frame, page = first.frame, first.page

    # Each sees his place; who comes later moves up.
    await wish(frame)
    await expect(queue(frame)).to_contain_text("You are next in the queue")
    thread = await vera.waiting(WISH)
    await wish(second.frame)
    await expect(queue(second.frame)).to_contain_text("You are number 2 in the queue")
    await vera.does("claim", thread)
    await expect(queue(second.frame)).to_contain_text("You are next in the queue")

    # He is told who answers, and whose the words are.
    await expect(queue(frame)).to_have_count(0)
    await expect(frame.locator(".system-line").last).to_contain_text(
        f"{VERA} from support is here."
    )
    await expect(frame.locator(".head-note")).to_contain_text(f"{VERA} answers")
    await vera.says(thread, "Hello, I am looking at it.")
    await vera.says(thread, "Your parcel comes tomorrow.")
    await expect(first.talk.bubble("Your parcel comes tomorrow.")).to_be_visible()
    names = frame.locator(".staff-name")
    assert {" ".join(name.split()) for name in await names.all_inner_texts()} == {f"{VERA} Support"}

    # Asked how it was, he says so by keyboard, once.
    await vera.does("resolve", thread)
    rating = frame.get_by_role("group", name="How was it?")
    await expect(rating).to_be_in_viewport()
    await rating.get_by_role("radio", name="Terrible").focus()
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await expect(rating.get_by_role("radio", name="Good")).to_be_checked()
    await frame.get_by_label("Would you like to add something?").fill("Quick and kind")
    await frame.locator(".csat").get_by_role("button", name="Send").press("Enter")
    await expect(frame.locator(".csat")).to_contain_text("Thank you. Your rating: Good")
    await expect(frame.get_by_role("radio")).to_have_count(0)
    assert await vera.rating(thread) == (4, "Quick and kind")

    # It is known when he comes back; writing opens the conversation again.
    await page.reload()
    frame = await widget_frame(page)
    await page.evaluate("parley('open')")
    await frame.locator(".thread-item").first.click()
    await expect(frame.locator(".csat")).to_contain_text("Your rating: Good")
    await frame.locator(".composer-text").fill("One more thing")
    await frame.locator(".composer-text").press("Enter")
    await expect(frame.locator(".system-line").last).to_contain_text(
        "The conversation is open again"
    )
    await expect(frame.locator(".csat")).to_have_count(0)
    assert (await vera.row(thread))["state"] == "queued"


async def test_the_page_around_is_told(askers: Visitors, vera: Staff) -> None:
    widget = await asking(await askers.new())
    await told(widget.page, "status")
    await wish(widget.frame)
    await told(widget.page, "queue")
    thread = await vera.waiting(WISH)
    await vera.does("claim", thread)
    await vera.says(thread, "Done.")
    await vera.does("resolve", thread)
    await widget.frame.locator(".csat-score").last.click()
    await widget.frame.locator(".csat").get_by_role("button", name="Send").click()
    await told(widget.page, "rated")

    heard = [(name, data) for name, data in await widget.page.evaluate("heard")]

    assert ("status", {"open": True}) in heard
    assert ("handoff", {"thread": thread, "state": "queued"}) in heard
    assert ("rated", {"thread": thread, "score": 5}) in heard
    [(_, place), *_] = [event for event in heard if event[0] == "queue"]
    assert place["thread"] == thread and place["position"] >= 1


async def test_who_asks_while_nobody_is_here_leaves_an_address_and_is_served_later(
    askers: Visitors, vera: Staff
) -> None:
    await vera.leaves()
    widget = await asking(await askers.new())
    frame = widget.frame
    await wish(frame)

    # The bot says when people are back, and takes an address; a wrong one is not taken.
    await expect(queue(frame)).to_contain_text("Agents are back on")
    await expect(frame.locator(".head-note")).to_have_text("We are away right now")
    field = frame.get_by_label("Leave an e-mail address and we write to you")
    await field.fill("nonsense")
    await field.press("Enter")
    await expect(frame.locator(".leave-email").get_by_role("alert")).to_have_text(
        "This is no e-mail address."
    )
    await field.fill("ana@example.com")
    await field.press("Enter")
    await expect(frame.locator(".leave-email")).to_contain_text("We will write to ana@example.com.")
    [row] = [one for one in await away(vera) if await vera.address(one) == "ana@example.com"]

    # He changes his mind, and once more; the device remembers what stands.
    await frame.get_by_role("button", name="Forget the address").click()
    await expect(frame.get_by_text("The address is forgotten.")).to_be_visible()
    assert await vera.address(row) == ""
    await field.fill("rusu@example.com")
    await frame.get_by_role("button", name="Write to me").click()
    await expect(frame.locator(".leave-email")).to_contain_text("rusu@example.com")
    await widget.page.reload()
    frame = await widget_frame(widget.page)
    await widget.page.evaluate("parley('open')")
    await frame.locator(".thread-item").first.click()
    await expect(frame.locator(".leave-email")).to_contain_text(
        "We will write to rusu@example.com."
    )

    # When people are back, he stands in their queue, and is asked for no address any more.
    await vera.works(WEEK)
    await expect(queue(frame)).to_contain_text("in the queue")
    await expect(frame.locator(".leave-email")).to_have_count(0)
    assert await vera.address(row) == "rusu@example.com"


async def away(vera: Staff) -> list[str]:
    """The threads of those who asked outside hours."""
    page = (await vera.api.get("/console/threads?list=unassigned&limit=100")).json()
    return [row["id"] for row in page["threads"] if row["state"] == "queued_offline"]


async def test_home_says_whether_people_answer(askers: Visitors, vera: Staff) -> None:
    visitor = await askers.new()
    widget = await visitor.widget(NOBODY)
    await expect(widget.frame.locator(".help-status")).to_have_text("Agents answer now")

    await vera.leaves()
    await widget.reload()

    await expect(widget.frame.locator(".help-status")).to_contain_text("Agents are back on")


async def test_a_complaint_is_a_conversation_of_its_own(askers: Visitors, vera: Staff) -> None:
    widget = await (await askers.new()).widget("emma")
    frame = widget.frame

    await frame.get_by_role("button", name="Complain to the administration").click()
    await expect(frame.locator(".head h1")).to_have_text("Complaint to the administration")
    await expect(frame.get_by_text("What happened?")).to_be_visible()
    await wish(frame)
    await expect(queue(frame)).to_contain_text("in the queue")
    thread = await vera.waiting(WISH, "complaint")
    await widget.back()
    await widget.tab("Messages")

    item = widget.item("Complaint to the administration")
    await expect(item).to_contain_text("in the queue")
    await vera.does("claim", thread)
    await expect(item).to_contain_text(f"{VERA} answers")
    await frame.get_by_role("button", name="Contact support").click()
    await frame.get_by_role("menuitem", name="Complain to the administration").click()
    await expect(frame.locator(".head-note")).to_contain_text(f"{VERA} answers")


async def test_a_seller_is_served_in_his_inbox(askers: Visitors, vera: Staff) -> None:
    page = (await (await askers.new()).inbox("sofia")).page

    await page.locator(".rail-foot").get_by_role("button", name="Support").click()
    await page.get_by_role("menuitem", name="Contact support").click()
    await expect(page.locator(".thread-head h2")).to_have_text("Support for sellers")
    await wish_in(page)
    await expect(queue(page)).to_contain_text("in the queue")
    thread = await vera.waiting(WISH, "selling")
    await vera.does("claim", thread)
    await vera.says(thread, "Payouts go out on Fridays.")
    await expect(page.locator(".staff-name")).to_contain_text(VERA)

    # It stands among all of his conversations, and is nothing that he owes an answer to.
    inbox = Inbox(page)
    await inbox.group("All")
    await expect(inbox.row("Support for sellers", f"{VERA} answers")).to_be_visible()
    await inbox.group("Needs an answer")
    await expect(page.locator(".list-scroll").get_by_text("Support for sellers")).to_have_count(0)
    await vera.does("resolve", thread)
    await page.locator(".csat-score").nth(3).click()
    await page.locator(".csat").get_by_role("button", name="Send").click()
    await expect(page.locator(".csat")).to_contain_text("Thank you. Your rating: Good")


async def wish_in(page: Page) -> None:
    """Asks for a person, in the menu of an inbox' conversation."""
    await page.locator(".thread-tools .menu button").click()
    await page.get_by_role("menuitem", name="Talk to a person").click()


@pytest.mark.parametrize(("lang", "size"), [("en", "phone"), ("en", "desktop"), ("ar", "desktop")])
async def test_the_desk_has_no_fault_for_its_customers(
    askers: Visitors, vera: Staff, lang: str, size: str
) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    await vera.leaves()
    visitor = await askers.new(lang=lang, color_scheme="light", **SIZES[size])
    widget = await asking(visitor, lang)
    page, frame = widget.page, widget.frame

    await wish(frame)
    field = frame.locator(".leave-email input")
    await field.fill("nonsense")
    await field.press("Enter")
    await expect(frame.locator(".leave-email").get_by_role("alert")).to_be_visible()
    await checker.look("nobody here", page, frame)
    await field.fill("ana@example.com")
    await field.press("Enter")
    await expect(frame.locator(".leave-email-done")).to_be_visible()
    await checker.look("address left", page, frame)
    [thread] = [one for one in await away(vera) if await vera.address(one) == "ana@example.com"]
    await vera.works(WEEK)
    await expect(frame.locator(".leave-email")).to_have_count(0)
    await checker.look("in the queue", page, frame)
    await vera.does("claim", thread)
    await vera.says(thread, "Here I am.")
    await expect(frame.locator(".staff-name")).to_be_visible()
    await checker.look("answered", page, frame)
    await vera.does("resolve", thread)
    await frame.locator(".csat-score").first.click()
    await expect(frame.locator(".csat textarea")).to_be_visible()
    await checker.look("how was it", page, frame)
    await frame.locator(".csat button").click()
    await expect(frame.locator(".csat-given")).to_be_visible()
    await checker.look("rated", page, frame)

    assert checker.verdict == ""
