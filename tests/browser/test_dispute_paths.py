"""Every row of the table of disputes, walked by buyer, seller and mediator, each before a screen of his own.

All three pages stay open from the first step to the last: nobody loads anything anew to learn what the others did. The
test moves time, for the server and for the browsers.
"""

import logging
import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.api.harness import DAY, MINUTE
from tests.browser.paths import ALL, TOLD, walks
from tests.browser.shop import open_shop
from tests.browser.tales import ADDRESS, Tale
from tests.browser.timed_node import Market, TimedNode
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

WHOLE: Final = "It was whole when we packed it."
REASONS: Final = "Both photos show that only one of the three parts is broken."
BY_MEDIATOR: Final = "A mediator decides, usually by"


@pytest.fixture(scope="module")
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Market]:
    """One server for all stories: each begins when the one before it has ended."""
    folder = tmp_path_factory.mktemp("paths")
    with open_shop(lambda who: made.token(who)) as shop:
        store = f"sqlite:///{folder / 'parley.sqlite3'}"
        node = TimedNode(folder, store, origins=shop.origin)
        await node.start()
        async with Market(node, shop) as made:
            yield made
        await node.stop()


@pytest.fixture
async def tale(
    browser: Browser,
    market: Market,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> AsyncIterator[Tale]:
    """A story's people. At its end it has walked what it says that it walks, and the server had no fault."""
    name = request.function.__name__
    async with Visitors(browser, market.node) as visitors:
        tale = Tale(market, visitors, str(list(TOLD).index(name)))
        yield tale
    assert await tale.walked() == TOLD[name]
    records = caplog.get_records("call")
    assert not [one.getMessage() for one in records if one.levelno >= logging.ERROR]


@walks(
    seller_turn="evidence buyer, evidence seller, counter seller, accept seller",
    buyer_turn="evidence buyer, evidence seller, counter buyer",
    awaiting_return="address seller, ship buyer",
    return_in_transit="receive seller",
    refund_pending="fail backend, pay backend",
)
async def test_two_agree_that_goods_go_back_and_the_refund_fails_once(tale: Tale) -> None:
    await tale.about("Vase")
    buyer, seller, mediator = await tale.three()
    await buyer.enter("Vase")
    await seller.enter("Vase")
    await buyer.shows("Seller’s turn", "It came in three pieces.")
    await buyer.counts(5, "you get what you asked for")
    await seller.shows("Your turn", "It came in three pieces.")
    await seller.counts(5, "the buyer gets what was asked for")
    await buyer.does("Add evidence", "Add", words="The lid is cracked, too.")
    await seller.shows("Your turn", "The lid is cracked, too.")
    await seller.does("Add evidence", "Add", words="This is how we packed it.")
    await buyer.shows("Seller’s turn", "This is how we packed it.")

    offer = {"kind": "A part", "amount": "5", "words": "One cup is whole."}
    await seller.does("Make another offer", "Send the offer", **offer)
    await buyer.shows("Your turn", "One cup is whole.")
    await buyer.counts(7, "Without an agreement by")
    await expect(buyer.offers).to_contain_text("Partial refund: €5")
    await seller.shows("Buyer’s turn", "One cup is whole.")
    await seller.counts(7, "Without an agreement by")
    await seller.does("Add evidence", "Add", words="Here is the cup.")
    await buyer.shows("Your turn", "Here is the cup.")
    await buyer.does("Add evidence", "Add", words="It has no handle.")
    await seller.shows("Buyer’s turn", "It has no handle.")
    await buyer.does("Ask for something else", "Send", kind="Goods back")
    await seller.shows("Your turn", "The buyer")
    await expect(seller.offers).to_contain_text("Goods back, then €12.50")
    await expect(seller.offers).to_contain_text("Asked at first: Full refund: €12.50")
    await buyer.shows("Seller’s turn")
    await expect(buyer.offers).to_contain_text("Goods back, then €12.50")
    await expect(mediator.rows).to_have_count(0)

    await seller.does("Accept", "Accept", means="The buyer sends the goods back")
    await seller.shows("Your turn: return", "The seller agreed")
    await seller.counts(3, "the buyer gets the money and sends nothing back")
    await buyer.shows("Return awaited", "The seller agreed")
    await buyer.counts(3, "you get the money and send nothing back")
    await buyer.may_not("I have sent it back")
    await expect(buyer.outcome).to_contain_text("Agreed by both")
    await expect(buyer.goods).to_contain_text("The seller still has to give it")
    await seller.does("Give the return address", "Send the address", words=ADDRESS, means="10 days")
    await buyer.shows("Your turn: return", "The seller gave the address")
    await buyer.counts(10, "If you do not send the goods by")
    await expect(buyer.goods).to_contain_text(ADDRESS)
    await seller.shows("Return awaited", "The seller gave the address")
    await seller.counts(10, "If the buyer does not send the goods by")
    await buyer.does("I have sent it back", "Tell the seller", carrier="Nova", tracking="NV-1")
    await seller.shows("Your turn: return arrives", "The buyer sent the goods back: Nova, NV-1")
    await seller.counts(30, "If you say nothing by")
    await buyer.shows("Return on its way", "The buyer sent the goods back: Nova, NV-1")
    await buyer.counts(30, "If the seller says nothing by")

    await seller.does("The goods are back", "Yes, pay the money back", means="€12.50")
    for party in (buyer, seller):
        await party.shows("Refund on its way", "The seller received the return")
        await party.is_not_hurried()
        await expect(party.refund).to_contain_text("Usually takes 3–15 days")
    await tale.market.refunds_are("failed", reason="the card is closed")
    await mediator.shelf("Refunds late or failed")
    await expect(mediator.row("Vase")).to_contain_text("Refund failed")
    await mediator.enter("Vase")
    for one in (buyer, seller, mediator):
        await one.shows("Refund on its way", "The refund could not be paid")
        await expect(one.refund).to_contain_text("did not go through (the card is closed)")
    await tale.market.refunds_are("paid")
    await mediator.looks()
    for one in (buyer, seller, mediator):
        await one.shows("Refunded", "The refund was paid")
        await expect(one.refund).to_contain_text("Paid back")
    await expect(mediator.rows).to_have_count(0)
    await expect(buyer.deeds).to_have_count(0)


@walks(
    seller_turn="reject seller",
    buyer_turn="escalate buyer",
    mediation="take mediator, evidence buyer, evidence seller, propose mediator, agree seller, agree buyer",
    refund_pending="expire timer, pay backend",
)
async def test_both_agree_to_what_a_mediator_proposes_and_the_refund_is_late(tale: Tale) -> None:
    await tale.about("Vase")
    buyer, seller, mediator = await tale.three()
    await buyer.enter("Vase")
    await seller.enter("Vase")
    await buyer.may_not("Ask for a mediator")

    await seller.does("Reject", "Reject", words=WHOLE, means="may ask for a mediator at once")
    await seller.shows("Buyer’s turn", WHOLE)
    await buyer.shows("Your turn", WHOLE)
    await expect(buyer.offers).to_contain_text("Nothing is on offer")
    await buyer.does("Ask for a mediator", "Ask for a mediator", means="The decision is final")
    await mediator.enter("Vase")
    await mediator.shows("For you to decide", "The buyer asked for a mediator")
    await mediator.counts(7, BY_MEDIATOR)
    for party in (buyer, seller):
        await party.shows("With a mediator", "The buyer asked for a mediator")
        await party.counts(7, BY_MEDIATOR)
    await mediator.takes()
    for party in (buyer, seller):
        await party.shows("With a mediator", "A mediator has taken the case")
    await buyer.does("Add evidence", "Add", words="The third piece is lost.")
    await seller.shows("With a mediator", "The third piece is lost.")
    await seller.does("Add evidence", "Add", words="All pieces were in the box.")
    await buyer.shows("With a mediator", "All pieces were in the box.")
    await mediator.looks()
    await mediator.shows("For you to decide", "All pieces were in the box.")

    proposal = {"kind": "A part", "amount": "6.25", "words": "Would half of it do?"}
    await mediator.writes(
        "Propose a solution", "Send the proposal", means="once both have agreed", **proposal
    )
    for party in (buyer, seller):
        await party.shows("With a mediator", "Would half of it do?")
        await expect(party.offers).to_contain_text("The mediator proposes")
        await expect(party.offers).to_contain_text("Partial refund: €6.25")
    await seller.does("Agree to the proposal", "Agree", means="when the buyer agrees to it as well")
    await seller.may_not("Agree to the proposal")
    await expect(seller.offers).to_contain_text("You have agreed")
    await expect(buyer.offers).to_contain_text("The seller has agreed")
    await mediator.looks()
    await expect(mediator.offers).to_contain_text("The seller has agreed")
    await buyer.does("Agree", "Agree", means="Partial refund: €6.25")
    await mediator.looks()
    for one in (buyer, seller, mediator):
        await one.shows("Refund on its way", "Both agreed to the proposal")
        await expect(one.outcome).to_contain_text("Agreed by both")
        await expect(one.refund).to_contain_text("Refund of €6.25")

    await tale.passes(15 * DAY + MINUTE)
    await mediator.shelf("Refunds late or failed")
    await mediator.enter("Vase")
    for one in (buyer, seller, mediator):
        await one.shows("Refund on its way", "The refund takes longer than usual")
    await tale.market.refunds_are("paid")
    await mediator.looks()
    for one in (buyer, seller, mediator):
        await one.shows("Refunded", "The refund was paid")


@walks(
    return_in_transit="contest seller",
    mediation="expire timer, take mediator, decide mediator",
)
async def test_a_return_is_contested_and_a_late_decision_is_final(tale: Tale) -> None:
    await tale.about("Vase", goods_back=True)
    await tale.already("Vase", "seller accept", "seller address", "buyer ship")
    buyer, seller, mediator = await tale.three()
    await buyer.enter("Vase")
    await seller.enter("Vase")
    await buyer.shows("Return on its way", "Nova, NV-1")
    await seller.shows("Your turn: return arrives", "Nova, NV-1")

    empty = {"words": "The box was empty.", "means": "only once"}
    await seller.does("Not arrived, or not as sent", "Report it", **empty)
    await mediator.enter("Vase")
    await mediator.shows("For you to decide", "The box was empty.")
    for party in (buyer, seller):
        await party.shows("With a mediator", "The box was empty.")
        await party.counts(7, BY_MEDIATOR)
        await expect(party.goods).to_contain_text("The seller says that it did not come as agreed")

    await tale.passes(7 * DAY + MINUTE)
    await mediator.shelf("Late")
    await mediator.enter("Vase")
    await expect(mediator.row("Vase")).to_contain_text("Late")
    await mediator.shows("For you to decide", "This takes longer than a week")
    for party in (buyer, seller):
        await party.shows("With a mediator", "This takes longer than a week")
        await party.is_not_hurried()
    await mediator.takes()
    await buyer.shows("With a mediator", "A mediator has taken the case")
    await mediator.writes(
        "Decide", "Decide for good", "Nothing is paid back", words=REASONS, means="It is final"
    )
    for one in (buyer, seller, mediator):
        await one.shows("Closed, no refund", "The mediator has decided")
        await expect(one.outcome).to_contain_text("No refund")
        await expect(one.outcome).to_contain_text(REASONS)
        await one.is_not_hurried()
    await expect(buyer.deeds).to_have_count(0)
    # The room has shown it all: nobody is told in passing of what is before him.
    await expect(buyer.root.get_by_text("There is news in the dispute")).to_have_count(0)


@walks(
    seller_turn="expire timer",
    buyer_turn="expire timer",
    awaiting_return="expire timer",
    return_in_transit="expire timer",
    refund_pending="expire timer",
    mediation="expire timer",
)
async def test_time_decides_against_whoever_is_silent(tale: Tale) -> None:
    await tale.about("Lamp", "Vase", "Dish", "Clock", "Bowl", goods_back=True)
    await tale.already("Vase", "seller counter")
    await tale.already("Dish", "seller counter", "buyer counter")
    await tale.already("Clock", "seller accept", "seller address")
    await tale.already("Bowl", "seller accept", "seller address", "buyer ship")
    buyer, seller, mediator = await tale.three()
    for title, hers, his, days in (
        ("Lamp", "Seller’s turn", "Your turn", 5),
        ("Vase", "Your turn", "Buyer’s turn", 7),
        ("Dish", "Seller’s turn", "Your turn", 7),
        ("Clock", "Your turn: return", "Return awaited", 10),
        ("Bowl", "Return on its way", "Your turn: return arrives", 30),
    ):
        await buyer.lists(title, hers, days)
        await seller.lists(title, his, days)

    await buyer.enter("Lamp")
    await seller.enter("Lamp")
    await tale.passes(5 * DAY + MINUTE)
    await buyer.shows("Return awaited", "Time ran out: the goods go back")
    await buyer.counts(3, "you get the money and send nothing back")
    await seller.shows("Your turn: return", "Time ran out: the goods go back")
    await seller.counts(3, "the buyer gets the money and sends nothing back")
    for party in (buyer, seller):
        await expect(party.outcome).to_contain_text("Decided because time ran out")

    await tale.passes(2 * DAY)
    await buyer.leave()
    for title in ("Vase", "Dish"):
        await mediator.enter(title)
        await mediator.shows("For you to decide", "Time ran out without agreement")
        await buyer.lists(title, "With a mediator", 7)
        await seller.enter(title)
        await seller.shows("With a mediator", "Time ran out without agreement")
        await seller.counts(7, BY_MEDIATOR)

    await tale.passes(DAY)
    await seller.enter("Lamp")
    await buyer.enter("Lamp")
    for party in (buyer, seller):
        await party.shows("Refund on its way", "Time ran out: the buyer gets €12.50 back")
        await expect(party.refund).to_contain_text("Refund of €12.50")
        await expect(party.goods).to_have_count(0)
    await buyer.leave()

    await tale.passes(2 * DAY)
    await seller.enter("Clock")
    await buyer.enter("Clock")
    for party in (buyer, seller):
        await party.shows("Closed, no refund", "Nothing was sent back in time")
        await party.is_not_hurried()
    await buyer.leave()
    await buyer.enter("Lamp")

    await tale.passes(13 * DAY)
    await buyer.shows("Refund on its way", "The refund takes longer than usual")
    await mediator.shelf("Refunds late or failed")
    await mediator.enter("Lamp")
    await mediator.shows("Refund on its way", "The refund takes longer than usual")
    await seller.enter("Vase")
    await seller.shows("With a mediator", "This takes longer than a week")
    await buyer.leave()

    await tale.passes(7 * DAY)
    seller = await tale.seller()
    await seller.enter("Bowl")
    await buyer.enter("Bowl")
    for party in (buyer, seller):
        await party.shows("Refund on its way", "Time ran out: the buyer gets €12.50 back")
        await expect(party.goods).to_contain_text("Nova · NV-1")


@walks(
    seller_turn="withdraw buyer, reject seller, escalate buyer, escalate seller",
    buyer_turn="withdraw buyer, escalate seller",
    mediation="withdraw buyer",
)
async def test_from_the_third_day_on_either_asks_for_a_mediator_and_a_buyer_may_withdraw(
    tale: Tale,
) -> None:
    await tale.about("Lamp", "Vase", "Clock", "Bowl")
    await tale.already("Clock", "seller counter")
    buyer, seller, mediator = await tale.three()
    await buyer.enter("Bowl")
    await seller.enter("Bowl")

    await buyer.does("Withdraw the dispute", "Withdraw", means="You may open it again once")
    for party in (buyer, seller):
        await party.shows("Withdrawn", "The buyer withdrew the dispute")
        await party.is_not_hurried()
    again = {"kind": "A part", "amount": "9", "words": "It is broken all the same."}
    await buyer.does("Open it again", "Open it again", means="possible once", **again)
    await buyer.shows("Seller’s turn", "It is broken all the same.")
    await buyer.counts(5, "you get what you asked for")
    await seller.shows("Your turn", "It is broken all the same.")
    await seller.counts(5, "the buyer gets what was asked for")
    await seller.does("Reject", "Reject", words=WHOLE)
    await buyer.shows("Your turn", WHOLE)
    await buyer.does("Withdraw the dispute", "Withdraw", means="cannot be opened again")
    for party in (buyer, seller):
        await party.shows("Withdrawn", "The buyer withdrew the dispute")
    await expect(buyer.deeds).to_have_count(0)

    await buyer.leave()
    await buyer.enter("Lamp")
    await seller.enter("Vase")
    for party in (buyer, seller):
        await party.may_not("Ask for a mediator")
        soon = party.root.get_by_text(re.compile("^You may ask for a mediator from"))
        await expect(soon).to_be_visible()
    await tale.passes(3 * DAY + MINUTE)
    await buyer.does("Ask for a mediator", "Ask for a mediator")
    await buyer.shows("With a mediator", "The buyer asked for a mediator")
    own = {"words": "He broke it himself.", "means": "You have not answered yet"}
    await seller.does("Ask for a mediator", "Ask for a mediator", **own)
    await seller.shows("With a mediator", "He broke it himself.")
    await seller.enter("Clock")
    await seller.does("Ask for a mediator", "Ask for a mediator", means="There is no appeal")
    await seller.shows("With a mediator", "The seller asked for a mediator")
    for title, words in (
        ("Vase", "He broke it himself."),
        ("Clock", "The seller asked for a mediator"),
        ("Lamp", "The buyer asked for a mediator"),
    ):
        await mediator.enter(title)
        await mediator.shows("For you to decide", words)
        await seller.lists(title, "With a mediator", 7)

    await buyer.does("Withdraw the dispute", "Withdraw", means="cannot be opened again")
    await seller.enter("Lamp")
    await mediator.looks()
    for one in (buyer, seller, mediator):
        await one.shows("Withdrawn", "The buyer withdrew the dispute")
    await expect(mediator.rows).to_have_count(2)
    await buyer.leave()
    for title in ("Vase", "Clock"):
        await buyer.lists(title, "With a mediator", 7)


@walks(
    buyer_turn="accept buyer, settle backend",
    seller_turn="settle backend",
    mediation="settle backend",
    awaiting_return="settle backend",
    return_in_transit="settle backend",
    refund_pending="settle backend",
)
async def test_what_is_paid_back_elsewhere_ends_a_dispute_wherever_it_stands(tale: Tale) -> None:
    await tale.about("Lamp", "Vase", "Dish", "Clock", "Bowl", "Jug", goods_back=True)
    await tale.already("Vase", "seller counter")
    await tale.already("Dish", "seller reject", "buyer escalate")
    await tale.already("Clock", "seller accept")
    await tale.already("Bowl", "seller accept", "seller address", "buyer ship")
    await tale.already("Jug", "seller counter")
    buyer, seller, mediator = await tale.three()
    await mediator.enter("Dish")
    await mediator.shows("For you to decide", "The buyer asked for a mediator")
    await seller.enter("Jug")
    await buyer.enter("Jug")
    await buyer.does("Accept", "Accept", means="Partial refund: €5")
    for party in (buyer, seller):
        await party.shows("Refund on its way", "The buyer accepted the offer")
        await expect(party.outcome).to_contain_text("Agreed by both")
        await expect(party.refund).to_contain_text("Refund of €5")

    titles = ("Lamp", "Vase", "Dish", "Clock", "Bowl", "Jug")
    await tale.is_paid_elsewhere(*titles)
    over = "Everything was paid back, so the dispute is over"
    await buyer.shows("Refunded", over)
    await buyer.leave()
    await mediator.looks()
    await mediator.shows("Refunded", over)
    await expect(mediator.rows).to_have_count(0)
    for title in titles:
        await buyer.lists(title, "Refunded")
        await seller.lists(title, "Refunded")
        await seller.enter(title)
        await seller.shows("Refunded", over)
        await seller.is_not_hurried()
        await expect(seller.refund).to_contain_text("Paid back")
    await buyer.enter("Clock")
    await buyer.shows("Refunded", over)
    await expect(buyer.deeds).to_have_count(0)


def test_the_stories_walk_every_row_of_the_table_and_no_other() -> None:
    assert frozenset().union(*TOLD.values()) == ALL
