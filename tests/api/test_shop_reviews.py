"""One review of a shop, asked for by its own people, as they do where a notice tells of it."""

from tests.api.deals import deal, decide
from tests.factories import Town


async def test_a_shop_asks_for_one_review_wherever_it_stands(town: Town) -> None:
    one, moderator = await deal(town), await town.colleague()
    review = await one.rated(5, text="Shines.")
    await (await deal(town, shop=one.shop)).rated(4)
    await decide(moderator)

    page = (await one.seller.api.get(f"/shops/{one.shop.id}/reviews?review={review}")).json()

    assert [(r["id"], r["text"]["text"]) for r in page["reviews"]] == [(review, "Shines.")]
    assert (page.get("next", ""), page["to_answer"]) == ("", 1)


async def test_a_review_of_another_shop_is_none_of_this_one(town: Town) -> None:
    one, other = await deal(town), await deal(town)
    review = await other.rated(5)

    page = await one.seller.api.get(f"/shops/{one.shop.id}/reviews?review={review}")
    foreign = await one.seller.api.get(f"/shops/{other.shop.id}/reviews?review={review}")

    assert (page.status_code, page.json()["reviews"]) == (200, [])
    assert foreign.status_code == 404
