"""Sums and marks that are kept of reviews are right after every move that their parts can make."""

from typing import Any, Final

from tests.api.deals import deal, decide, read_product, send
from tests.api.harness import DAY, Parley
from tests.factories import Colleague, Customer, Shop, Town

KEPT: Final = {
    "SELECT product_id, language, texts FROM product_texts WHERE texts <> 0": (
        "SELECT product_id, language, COUNT(*) FROM reviews WHERE shown_at IS NOT NULL GROUP BY 1, 2"
    ),
    "SELECT shop_id, SUM(described), SUM(described_by), SUM(shipping) FROM order_rating_days GROUP BY 1": (
        "SELECT shop_id, SUM(described), COUNT(*), SUM(shipping) FROM order_ratings GROUP BY 1"
    ),
    "SELECT COUNT(*) FROM reviews WHERE to_answer = 1": """
        SELECT COUNT(DISTINCT p.review_id) FROM review_parts AS p
        WHERE p.state = 'published' AND p.part IN ('text', 'followup') AND NOT EXISTS (
            SELECT 1 FROM review_parts AS a WHERE a.review_id = p.review_id AND a.state <> 'refused'
                AND a.part = CASE p.part WHEN 'text' THEN 'reply' ELSE 'followup_reply' END)""",
}  # fmt: skip
"""What is kept, and what it comes to anew."""


def check(parley: Parley) -> None:
    """Everything that is kept is what it comes to."""
    for kept, anew in KEPT.items():
        assert sorted(parley.rows(kept)) == sorted(parley.rows(anew)), kept


async def waiting_for(seller: Customer, shop: Shop) -> int:
    """How many reviews the shop may reply to, and that its list has them."""
    seller.renew()
    told: list[dict[str, Any]] = []
    for to_answer in ("false", "true"):
        path = f"/shops/{shop.id}/reviews?to_answer={to_answer}"
        told.append((await seller.api.get(path)).json())
    counts = [page.get("to_answer", 0) for page in told]
    assert counts == [len(told[1]["reviews"])] * 2
    return int(counts[0])


async def hide(who: Colleague, review: str, revision: int, *, hidden: bool) -> None:
    """Takes its text from view, or back."""
    body = {"revision": revision, "hidden": hidden, "reason": "insult"}
    answer = await who.api.put(f"/console/reviews/{review}/parts/text/hiding", json=body)
    assert answer.status_code == 204, answer.text


async def test_a_review_waits_for_the_shop_as_long_as_there_is_something_to_reply_to(
    town: Town,
) -> None:
    one, moderator = await deal(town), await town.colleague()
    seen = []

    async def look() -> None:
        check(town.parley)
        seen.append(await waiting_for(one.seller, one.shop))

    review = await one.rated(2, text="It flickers.")
    await look()
    await decide(moderator, "refuse", reason="off_topic")
    await send(one.buyer, review, "text", "It flickers a lot.")
    await look()
    await decide(moderator)
    await look()
    await send(one.seller, review, "reply", "We are sorry.")
    await look()
    await decide(moderator, "refuse", reason="insult")
    await look()
    await send(one.seller, review, "reply", "We are very sorry.")
    await decide(moderator)
    await look()

    assert seen == [0, 0, 1, 0, 1, 0]


async def test_what_is_hidden_is_neither_counted_nor_waits_and_comes_back(town: Town) -> None:
    one, supervisor = await deal(town), await town.colleague()
    review = await one.rated(2, text="It flickers.")
    await decide(supervisor)

    await hide(supervisor, review, 2, hidden=True)
    check(town.parley)
    gone = await waiting_for(one.seller, one.shop), await read_product(town, one.product)
    await hide(supervisor, review, 3, hidden=False)
    check(town.parley)
    back = await waiting_for(one.seller, one.shop), await read_product(town, one.product)

    assert [gone[0], gone[1]["histogram"].get("texts", 0)] == [0, 0]
    assert [back[0], back[1]["histogram"]["texts"]] == [1, 1]


async def test_a_follow_up_waits_for_a_word_of_its_own(town: Town) -> None:
    one, moderator = await deal(town), await town.colleague()
    review = await one.rated(5, text="Good.")
    await decide(moderator)
    await send(one.seller, review, "reply", "Thank you.")
    await decide(moderator)
    town.parley.clock.advance(DAY)
    one.buyer.renew()
    await moderator.sign_in()

    await send(one.buyer, review, "followup", "Still good.")
    check(town.parley)
    before = await waiting_for(one.seller, one.shop)
    await decide(moderator)
    check(town.parley)

    assert (before, await waiting_for(one.seller, one.shop)) == (0, 1)


async def test_stars_for_an_order_are_summed_by_day_and_leave_with_the_window(town: Town) -> None:
    one = await deal(town)
    body = {"described": 5, "communication": 4, "shipping": 2}
    await one.buyer.api.put(f"{one.path}/order-rating", json=body)
    check(town.parley)
    card = f"/shops/{one.shop.key}/card"

    now = (await town.parley.client().get(card)).json()
    town.parley.clock.advance(184 * DAY)
    later = (await town.parley.client().get(card)).json()

    assert (now["described"], now["shipping"]) == ("5.0", "2.0")
    assert "described" not in later or later["described"] is None
