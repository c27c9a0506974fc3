"""Mediators at work: cases taken and decided by keyboard, conflicts said before they hurt, complaints judged."""

import json
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.cases import AGENT, COLLEAGUE, COOKIE, MEDIATOR, SUPERVISOR, Cases
from tests.browser.faults import Checker
from tests.browser.rooms import SPEAKS, press
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.e2e.node import ServerNode

pytestmark = pytest.mark.browser

SIZES: Final[dict[str, dict[str, Any]]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
REASONS: Final = "Both photos show that only one of the three parts is broken."


class Mediators(Visitors):
    """People of that market's console."""

    def __init__(self, browser: Browser, cases: Cases) -> None:
        super().__init__(browser, cases.node)
        self._sessions = cases.sessions

    async def console(self, email: str = MEDIATOR, *, lang: str = "en", **options: Any) -> Page:
        """The console of somebody who has signed in."""
        visitor = await self.new(lang=lang, **options)
        kept = json.dumps(json.dumps({"theme": "auto", "locale": lang}))
        await visitor.context.add_init_script(SPEAKS % kept)
        cookie = {"name": COOKIE, "value": self._sessions[email], "url": self.url}
        await visitor.context.add_cookies([cookie])  # type: ignore[list-item]
        page = await visitor.page()
        await page.goto(f"{self.url}/console")
        await expect(page.locator(".rail-rooms")).to_be_visible()
        return page

    async def docket(self, email: str = MEDIATOR, **options: Any) -> Page:
        """The room of disputes, with its list."""
        page = await self.console(email, **options)
        await page.locator(".rail-room").nth(2 if email == SUPERVISOR else 1).click()
        await expect(page.locator(".docket-row, .docket .empty").first).to_be_visible()
        return page

    async def complaints(self, email: str = MEDIATOR, **options: Any) -> Page:
        """The room of complaints, with its list."""
        page = await self.console(email, **options)
        await page.locator(".rail-room").nth(3 if email == SUPERVISOR else 2).click()
        await expect(page.locator(".docket-row, .docket .empty").first).to_be_visible()
        return page


async def look(page: Page) -> None:
    """Opens the first of the list, and waits for all of it."""
    await page.locator(".docket-row").first.click()
    await expect(page.locator(".case-main")).to_be_visible()


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cases]:
    """A server with a market in which these tests are in dispute."""
    folder = tmp_path_factory.mktemp("docket")
    node = ServerNode(folder, f"sqlite:///{folder / 'parley.sqlite3'}")
    await node.start()
    async with Cases(node) as cases:
        yield cases
    log = node.log()
    await node.stop()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture
async def cases(market: Cases) -> Cases:
    """The same, with nothing that waits."""
    await market.settles()
    return market


@pytest.fixture
async def mediators(browser: Browser, cases: Cases) -> AsyncIterator[Mediators]:
    """Browser profiles for who works there."""
    async with Mediators(browser, cases) as mediators:
        yield mediators


async def test_a_case_is_taken_and_decided_by_keyboard_with_its_consequences_said_before(
    mediators: Mediators, cases: Cases
) -> None:
    dispute = await cases.case()
    page = await mediators.docket()

    await press(page, "j")
    await expect(page.locator("#case-title")).to_be_focused()
    await expect(page.locator(".case-side").nth(0)).to_contain_text("It came in three pieces.")
    await expect(page.locator(".case-side").nth(1)).to_contain_text("It was whole when we packed")
    await press(page, "t")
    await expect(page.get_by_text("The case is yours.")).to_be_visible()
    await press(page, "d")
    form = page.get_by_role("form", name="Decision")
    await form.get_by_role("radio", name="A part of the money back").check()
    await form.get_by_role("textbox", name="Amount").fill("6,25")
    await form.get_by_role("button", name="Decide for good").click()
    await expect(form.get_by_text("Give your reasons in at least a sentence.")).to_be_visible()
    await form.get_by_label("Reasons").fill(REASONS)
    for consequence in ("The buyer gets back €6.25.", "3–15 days", "told at once", "It is final"):
        await expect(form.locator(".case-preview")).to_contain_text(consequence)
    await form.get_by_role("button", name="Decide for good").click()

    await expect(page.get_by_text("The case is decided. Both were told.")).to_be_visible()
    await expect(page.locator("#case-title")).to_be_focused()
    seen = await cases.dispute(dispute)
    assert (seen["state"], seen["decision"]) == ("refund_pending", REASONS)
    assert seen["remedy"] == {"kind": "partial", "amount": {"amount": "6.25", "currency": "EUR"}}


async def test_what_parties_do_comes_by_itself_and_what_is_written_stays(
    mediators: Mediators, cases: Cases
) -> None:
    dispute = await cases.case("Liman teapot")
    page = await mediators.docket()
    await look(page)
    await press(page, "t")
    await expect(page.get_by_role("button", name="Propose a solution")).to_be_visible()
    await press(page, "p")
    form = page.get_by_role("form", name="Proposal")
    await form.get_by_role("radio", name="Goods back").check()
    await expect(form.locator(".case-preview")).to_contain_text("once both have agreed")

    await cases.does("ion", dispute, "evidence", text="Here is our packing list.")

    await expect(page.locator(".case-side").nth(1)).to_contain_text("Here is our packing list.")
    await expect(form.get_by_role("radio", name="Goods back")).to_be_checked()
    await form.get_by_role("button", name="Send the proposal").click()
    await expect(page.locator(".offer-chief")).to_contain_text("Goods back, then €12.50")
    await press(page, "w")
    await expect(page.locator("#case-say")).to_be_focused()
    await page.keyboard.type("Please say by Friday whether this suits you.")
    await press(page, "Control+Enter")
    await expect(page.locator(".said-staff")).to_contain_text("Please say by Friday")
    await cases.does("ion", dispute, "agree")
    await expect(page.locator(".offer-agreed")).to_contain_text("The seller has agreed")


async def test_who_served_a_party_reads_the_case_and_is_told_why_another_decides(
    mediators: Mediators, cases: Cases
) -> None:
    await cases.case(buyer="served")
    await cases.serves("served")
    page = await mediators.docket(SUPERVISOR)

    await look(page)

    await expect(page.locator(".case-foot")).to_contain_text("somebody else decides it")
    await expect(page.locator(".case-foot button")).to_have_count(0)
    await press(page, "t")
    await expect(page.get_by_text("The case is yours.")).to_have_count(0)


async def test_a_colleagues_case_is_taken_over_only_after_a_question(
    mediators: Mediators, cases: Cases
) -> None:
    dispute = await cases.case()
    await cases.mediates(COLLEAGUE, dispute, "take")
    page = await mediators.docket()
    await look(page)
    await expect(page.locator(".case-foot")).to_contain_text("Omar Haddad has this case.")

    await press(page, "t")
    dialog = page.get_by_role("dialog", name="Take it over")
    await expect(dialog).to_contain_text("you decide it in their place")
    await dialog.get_by_role("button", name="Take it over").click()

    await expect(page.get_by_role("button", name="Decide")).to_be_visible()
    await page.get_by_role("tab", name="Mine").click()
    await expect(page.locator(".docket-row")).to_contain_text("Yours")


async def test_a_conversation_is_looked_into_and_the_look_is_recorded(
    mediators: Mediators, cases: Cases
) -> None:
    await cases.case(words="Please wrap it well.")
    page = await mediators.docket()
    await look(page)
    await expect(page.get_by_text("Each look is recorded")).to_be_visible()

    await page.get_by_role("button", name="About the order").click()

    dialog = page.get_by_role("dialog", name="About the order")
    await expect(dialog).to_contain_text("Please wrap it well.")
    await expect(dialog).to_contain_text("This look was recorded.")
    looks = await cases.console(SUPERVISOR, "GET", "/console/audit?action=viewed")
    assert "Nadia Marin" in json.dumps(looks)
    await press(page, "Escape")
    await expect(page.get_by_role("button", name="About the order")).to_be_focused()


async def test_three_complaints_upheld_flag_the_shop(mediators: Mediators, cases: Cases) -> None:
    for number in range(3):
        await cases.complains(f"Question number {number}?")
    page = await mediators.complaints()
    await expect(page.locator(".rail-room").nth(2)).to_contain_text("3 complaints wait")

    for left in (3, 2, 1):
        # What was decided leaves the list when the list is asked for anew.
        await expect(page.locator(".docket-row")).to_have_count(left)
        await look(page)
        await expect(page.locator(".case-main")).to_contain_text("That is no answer.")
        await page.get_by_role("button", name="Uphold").click()
        await page.get_by_label("Reasons").fill("Three days without an answer is too long.")
        await page.get_by_role("form").get_by_role("button", name="Uphold").click()
        await expect(page.locator(".case-main")).to_contain_text("Three days without an answer")
        await press(page, "Escape")

    await expect(page.get_by_text("No complaints to decide")).to_be_visible()
    await page.get_by_role("tab", name="Flagged shops").click()
    await expect(page.locator(".flagged")).to_contain_text("3 complaints upheld in 90 days")
    await page.get_by_role("tab", name="Decided").click()
    await expect(page.locator(".docket-row").first).to_contain_text("Decided")


async def test_only_mediators_see_these_rooms(mediators: Mediators, cases: Cases) -> None:
    await cases.case()

    agent = await mediators.console(AGENT)
    await expect(agent.locator(".desk")).to_be_visible()
    await expect(agent.get_by_role("button", name="Disputes")).to_have_count(0)
    await expect(agent.get_by_role("button", name="Complaints")).to_have_count(0)
    mediator = await mediators.console(MEDIATOR)
    await expect(mediator.get_by_role("button", name="Disputes")).to_contain_text("1 case waits")
    await expect(mediator.get_by_role("button", name="Moderation")).to_have_count(0)


@pytest.mark.parametrize(
    ("lang", "size"), [("en", "desktop"), ("en", "phone"), ("ru", "phone"), ("ar", "desktop")]
)
async def test_no_part_of_these_rooms_has_a_fault(
    mediators: Mediators, cases: Cases, lang: str, size: str
) -> None:
    checker = Checker(f"{lang} {size}", colours=lang == "en")
    options: dict[str, Any] = {"lang": lang, "color_scheme": "light", **SIZES[size]}
    page = await mediators.docket(**options)
    await checker.look("nothing", page)
    await cases.case("Лампа", words="When will it come?")
    await cases.complains()
    await page.reload()
    await page.locator(".rail-room").nth(1).click()
    await look(page)
    await expect(page.locator(".case-side").first).to_be_visible()
    await checker.look("case", page)
    await page.locator(".case-thread").click()
    await expect(page.locator("dialog .said")).to_be_visible()
    await checker.look("conversation", page)
    await press(page, "Escape")
    await page.locator(".case-deeds .button-primary").click()
    await page.locator(".case-deeds .button").nth(1).click()
    await page.locator(".case-form input[value=partial]").check()
    await checker.look("proposal", page)
    await press(page, "Escape")
    await page.locator(".rail-room").nth(2).click()
    await look(page)
    await expect(page.locator(".complaint-waited")).to_be_visible()
    await checker.look("complaint", page)
    await page.locator(".case-deeds .button-primary").click()
    await expect(page.get_by_role("form")).to_be_visible()
    await checker.look("decision", page)

    assert checker.verdict == ""
