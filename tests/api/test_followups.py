"""A follow-up is read by itself where no text is shown: there were only stars, or it was refused or hidden."""

from typing import Any

import pytest

from tests.api.deals import Deal, deal, decide, read_product, send
from tests.api.harness import DAY
from tests.api.pictures import jpeg
from tests.api.test_review_pages import Outline
from tests.api.test_review_sums import check
from tests.factories import Colleague, Town

TEXT = "Лампа отличная, светит ровно и не мигает, доставили быстро."
LATER = "După o lună de folosire lampa s-a stricat și nu mai luminează deloc."


async def a_day_later(one: Deal, moderator: Colleague) -> None:
    """Who was signed in is so again."""
    one.town.parley.clock.advance(DAY)
    for person in (one.buyer, one.seller):
        person.renew()
    await moderator.sign_in()


async def followed_up(one: Deal, moderator: Colleague, review: str, **fields: Any) -> None:
    """A day later the buyer writes a follow-up, which is published."""
    await a_day_later(one, moderator)
    sent = await send(one.buyer, review, "followup", LATER, **fields)
    assert sent.status_code == 204, sent.text
    assert await decide(moderator) == ["ok"]


async def hide(who: Colleague, review: str, part: str, revision: int, *, hidden: bool) -> None:
    """Takes a part from view, or back."""
    body = {"revision": revision, "hidden": hidden, "reason": "insult"}
    answer = await who.api.put(f"/console/reviews/{review}/parts/{part}/hiding", json=body)
    assert answer.status_code == 204, answer.text


async def listed(one: Deal) -> tuple[list[str], list[str], int]:
    """Which parts of the one review the public reads, in which language it is found, and how many are counted."""
    check(one.town.parley)
    page = await read_product(one.town, one.product)
    parts = [
        part
        for review in page["reviews"]
        for part in ("text", "reply", "followup", "followup_reply")
        if part in review
    ]
    for language in page["languages"]:
        found = await read_product(one.town, one.product, language=language)
        assert found["reviews"] == page["reviews"]
    return parts, page["languages"], page["histogram"].get("texts", 0)


NOTHING: tuple[list[str], list[str], int] = ([], [], 0)


class TestItIsRead:
    """Whatever became of the text."""

    async def test_after_stars_alone_a_follow_up_is_read_once_it_is_published(
        self, town: Town
    ) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(2)
        await a_day_later(one, moderator)
        await send(one.buyer, review, "followup", LATER)
        assert await listed(one) == NOTHING

        await decide(moderator)

        assert await listed(one) == (["followup"], ["ro"], 1)
        (shown,) = (await read_product(town, one.product, stars=2))["reviews"]
        assert (shown["stars"], shown["author"], shown["followup"]["text"]) == (2, "A", LATER)

    async def test_once_the_text_is_hidden_the_follow_up_stays_and_the_reply_goes(
        self, town: Town
    ) -> None:
        one, supervisor = await deal(town), await town.colleague()
        review = await one.rated(5, text=TEXT)
        await decide(supervisor)
        await send(one.seller, review, "reply", "Спасибо, пользуйтесь на здоровье!")
        await decide(supervisor)
        await followed_up(one, supervisor, review)
        whole = await listed(one)

        await hide(supervisor, review, "text", 2, hidden=True)
        rest = await listed(one)
        await hide(supervisor, review, "text", 3, hidden=False)

        assert whole == (["text", "reply", "followup"], ["ru"], 1)
        assert rest == (["followup"], ["ro"], 1)
        assert await listed(one) == whole

    async def test_a_refused_text_does_not_keep_it_back_and_is_counted_with_it_once_mended(
        self, town: Town
    ) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(1, text=TEXT)
        await decide(moderator, "refuse", reason="off_topic")
        await followed_up(one, moderator, review)
        alone = await listed(one)

        await send(one.buyer, review, "text", TEXT)
        await decide(moderator)

        assert alone == (["followup"], ["ro"], 1)
        assert await listed(one) == (["text", "followup"], ["ru"], 1)

    @pytest.mark.parametrize("text", ["", TEXT])
    async def test_hidden_itself_it_is_gone(self, town: Town, text: str) -> None:
        one, supervisor = await deal(town), await town.colleague()
        review = await one.rated(4, text=text)
        await decide(supervisor) if text else None
        before = await listed(one)
        await followed_up(one, supervisor, review)

        await hide(supervisor, review, "followup", 2, hidden=True)

        assert await listed(one) == before
        await hide(supervisor, review, "followup", 3, hidden=False)
        assert "followup" in (await listed(one))[0]

    async def test_its_photos_are_found_and_lose_their_names_with_it(self, town: Town) -> None:
        one, supervisor = await deal(town), await town.colleague()
        review = await one.rated(3)
        await a_day_later(one, supervisor)
        kind = {"content-type": "image/jpeg"}
        photo = (await one.buyer.api.post("/photos", content=jpeg(), headers=kind)).json()["id"]
        await send(one.buyer, review, "followup", LATER, photos=[photo])
        await decide(supervisor)

        (shown,) = (await read_product(town, one.product, photos=True))["reviews"]
        url = f"/review-photos/{shown['followup']['photos'][0]['name']}/thumb"
        there = (await town.parley.client().get(url)).status_code
        await hide(supervisor, review, "followup", 2, hidden=True)

        assert (there, (await town.parley.client().get(url)).status_code) == (200, 404)
        assert (await read_product(town, one.product, photos=True))["reviews"] == []


class TestWhatIsDoneWithIt:
    """All that may be done with a review."""

    async def test_readers_vote_on_it_and_report_it_and_the_shop_replies(self, town: Town) -> None:
        one, moderator, reader = await deal(town), await town.colleague(), await town.buyer()
        review = await one.rated(1)
        vote, body = f"/reviews/{review}/vote", {"helpful": True}
        early = await reader.api.put(vote, json=body)
        await followed_up(one, moderator, review)
        reader.renew()

        voted = await reader.api.put(vote, json=body)
        reported = await reader.api.post(
            f"/reviews/{review}/parts/followup/report", json={"reason": "other"}
        )
        replied = await send(one.seller, review, "followup_reply", "Ne pare rău.")
        await decide(moderator)

        answers = (early, voted, reported, replied)
        assert [a.status_code for a in answers] == [409, 204, 204, 204]
        assert (await listed(one))[0] == ["followup", "followup_reply"]
        (shown,) = (await read_product(town, one.product, sort="helpful"))["reviews"]
        assert shown["helpful"] == 1
        queue = (await moderator.api.get("/console/moderation")).json()
        assert [text["part"] for text in queue["reported"]] == ["followup"]

    async def test_its_author_sees_what_each_reply_answers(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(2, text=TEXT)
        await decide(moderator)
        await followed_up(one, moderator, review)
        await send(one.seller, review, "followup_reply", "Ne pare rău.")
        await decide(moderator)
        only = (await one.buyer.api.get("/reviews/mine")).json()["reviews"][0]["replies"]
        await send(one.seller, review, "reply", "Spasibo!")
        await decide(moderator)

        (mine,) = (await one.buyer.api.get("/reviews/mine")).json()["reviews"]

        assert [(reply["part"], reply["text"]) for reply in only] == [
            ("followup_reply", "Ne pare rău.")
        ]
        assert [reply["part"] for reply in mine["replies"]] == ["reply", "followup_reply"]

    async def test_pages_and_search_engines_have_its_words(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(2)
        await followed_up(one, moderator, review)

        answer = await town.parley.client().get(f"/products/{one.product.key}/reviews.html")

        page = Outline(answer.text)
        assert page.words("h3") == ["2 out of 5 stars"]
        assert page.words("h4") == ["Follow-up"]
        assert LATER in page.words("p")
        given, written = page.words("time")
        assert given != written, "the stars are of the day before"
        assert "1 review" in page.words("span")
        (described,) = page.data()["review"]
        assert (described["reviewBody"], described["inLanguage"]) == (LATER, "ro")
        days = [attrs["datetime"] for tag, attrs in page.elements if tag == "time"]
        assert described["datePublished"] == days[1]
        assert page.data()["aggregateRating"]["reviewCount"] == 1
