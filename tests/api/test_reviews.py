"""Reviews over HTTP: who may say what, what moderators make of it, what is read, what a shop's figure comes to."""

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest

from chat_server.domain import ratings
from chat_server.domain.ids import PersonId, ShopId, read
from chat_server.domain.ratings import Rating
from tests.api.deals import deal, decide, read_product, send
from tests.api.harness import DAY, HOUR, fresh_key, running
from tests.api.pictures import jpeg
from tests.explained import walk_http
from tests.factories import Town
from tests.services.translators import Bureau


class TestStars:
    """They are given once, and are final."""

    async def test_who_received_something_rates_it_once(self, town: Town) -> None:
        one = await deal(town)
        key = fresh_key()

        first = await one.rated(4, client_key=key)
        again = await one.rated(4, client_key=key)
        other = await one.rates(5)

        assert first == again
        assert (other.status_code, other.json()["reason"]) == (409, "already_rated")
        assert (await read_product(town, one.product))["histogram"]["counts"] == [0, 0, 0, 1, 0]

    @pytest.mark.parametrize(
        ("state", "days", "reason"),
        [("shipped", 0, "not_received"), ("received", 30, "review_window")],
    )
    async def test_not_before_receipt_and_not_after_the_window(
        self, town: Town, state: str, days: int, reason: str
    ) -> None:
        one = await deal(town, state)
        town.parley.clock.advance(days * DAY)
        one.buyer.renew()

        refused = await one.rates()

        assert (refused.status_code, refused.json()["reason"]) == (409, reason)

    async def test_item_64_nobody_rates_what_he_did_not_buy_and_no_shop_rates_itself(
        self, town: Town
    ) -> None:
        one, stranger = await deal(town), await town.buyer()
        body = {"client_key": fresh_key(), "stars": 5}

        his = await stranger.api.post(f"{one.path}/review", json=body)
        shops = await one.seller.api.post(f"{one.path}/review", json=body)

        assert (his.status_code, shops.status_code) == (404, 403)
        assert town.parley.rows("SELECT COUNT(*) FROM reviews") == [(0,)]

    async def test_of_two_devices_one_rates(self, town: Town) -> None:
        one = await deal(town)

        answers = await asyncio.gather(*[one.rates(stars) for stars in (1, 2, 3, 4, 5)])

        assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409]
        histogram = (await read_product(town, one.product))["histogram"]
        assert (histogram["ratings"], sum(histogram["counts"])) == (1, 1)
        assert town.parley.rows("SELECT SUM(positive + neutral + negative) FROM rating_days") == [
            (1,)
        ]

    async def test_a_photo_of_nobody_is_no_photo_of_a_review(self, town: Town) -> None:
        one = await deal(town)

        refused = await one.rates(5, text="See!", photos=["0" * 16])

        assert (refused.status_code, refused.json()["reason"]) == (422, "photos")
        assert town.parley.rows("SELECT COUNT(*) FROM reviews") == [(0,)]

    async def test_an_order_is_rated_once(self, town: Town) -> None:
        one = await deal(town)
        body = {"described": 5, "communication": 4, "shipping": 3}

        answers = [await one.buyer.api.put(f"{one.path}/order-rating", json=body) for _ in "ab"]

        assert [a.status_code for a in answers] == [204, 409]
        card = (await town.parley.client().get(f"/shops/{one.shop.key}/card")).json()
        assert (card["described"], card["communication"], card["shipping"]) == ("5.0", "4.0", "3.0")


class TestWords:
    """They wait for a moderator, and are read once he has published them."""

    async def test_a_text_is_read_once_it_is_published(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        await one.rated(5, text="Shines as it should.")
        assert (await read_product(town, one.product))["reviews"] == []

        assert await decide(moderator) == ["ok"]

        (review,) = (await read_product(town, one.product))["reviews"]
        assert (review["text"]["text"], review["author"]) == ("Shines as it should.", "A")
        assert "Rusu" not in str(review)

    async def test_what_was_refused_is_told_why_and_may_be_sent_again(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(2, text="Call me at +373 69 123 456")
        (waiting,) = (await moderator.api.get("/console/moderation")).json()["texts"]
        assert [f["kind"] for f in waiting["found"]] == ["phone"]
        assert await decide(moderator, "refuse", reason="personal_data") == ["ok"]
        mine = (await one.buyer.api.get("/reviews/mine")).json()["reviews"][0]
        assert (mine["texts"][0]["state"], mine["texts"][0]["reason"]) == (
            "refused",
            "personal_data",
        )

        again = await send(one.buyer, review, "text", "It flickers.")
        (waiting,) = (await moderator.api.get("/console/moderation")).json()["texts"]

        assert again.status_code == 204, again.text
        assert (waiting["attempts"], waiting["before"]) == (2, "Call me at +373 69 123 456")
        await decide(moderator)
        assert (await read_product(town, one.product))["reviews"][0]["text"]["text"] == (
            "It flickers."
        )

    async def test_the_shop_answers_once_and_changes_nothing(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(1, text="Broken.")
        early = await send(one.seller, review, "reply", "Sorry")
        await decide(moderator)

        replied = await send(one.seller, review, "reply", "We are sorry.")
        twice = await send(one.seller, review, "reply", "Again")
        forged = await send(one.seller, review, "text", "It is wonderful")
        await decide(moderator)

        assert [r.status_code for r in (early, replied, twice, forged)] == [409, 204, 409, 403]
        (shown,) = (await read_product(town, one.product))["reviews"]
        assert (shown["text"]["text"], shown["reply"]["text"]) == ("Broken.", "We are sorry.")

    async def test_a_follow_up_comes_a_day_later_and_once(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(5, text="Good.")
        await decide(moderator)
        early = await send(one.buyer, review, "followup", "Still good.")
        town.parley.clock.advance(DAY)
        one.buyer.renew()
        await moderator.sign_in()

        sent = await send(one.buyer, review, "followup", "Broke after a day.")
        twice = await send(one.buyer, review, "followup", "And again.")
        await decide(moderator)

        assert [early.status_code, sent.status_code, twice.status_code] == [409, 204, 409]
        (shown,) = (await read_product(town, one.product))["reviews"]
        assert shown["followup"]["text"] == "Broke after a day."
        assert shown["stars"] == 5

    async def test_only_who_may_moderate_does(self, town: Town) -> None:
        agent, supervisor = await town.colleague("agent"), await town.colleague()
        refused = await agent.api.get("/console/moderation")
        change = {"permissions": ["moderate"], "revision": 1}
        await supervisor.api.patch(f"/console/people/{agent.id}", json=change)

        allowed = await agent.api.get("/console/moderation")

        assert (refused.status_code, allowed.status_code) == (403, 200)

    async def test_what_is_hidden_is_read_no_more_and_its_photos_are_gone(self, town: Town) -> None:
        one, supervisor = await deal(town), await town.colleague()
        stored = await one.buyer.api.post(
            "/photos", content=jpeg(), headers={"content-type": "image/jpeg"}
        )
        photo, agent = stored.json()["id"], await town.colleague("agent")
        review = await one.rated(5, text="See!", photos=[photo])
        seen = [
            (await who.api.get(f"/console/photos/{photo}/thumb")).status_code
            for who in (supervisor, agent)
        ]
        assert seen == [200, 404], "who decides sees it, and nobody else who works here"
        await decide(supervisor)
        (shown,) = (await read_product(town, one.product, photos=True))["reviews"]
        url = f"/review-photos/{shown['text']['photos'][0]['name']}/thumb"
        assert (await town.parley.client().get(url)).status_code == 200
        hiding = {"revision": 2, "hidden": True, "reason": "photo"}

        hidden = await supervisor.api.put(
            f"/console/reviews/{review}/parts/text/hiding", json=hiding
        )

        assert hidden.status_code == 204, hidden.text
        assert (await read_product(town, one.product))["reviews"] == []
        assert (await town.parley.client().get(url)).status_code == 404
        assert (await read_product(town, one.product))["histogram"]["ratings"] == 1

    async def test_item_64_votes_count_once(self, town: Town) -> None:
        one, moderator, reader = await deal(town), await town.colleague(), await town.buyer()
        review = await one.rated(5, text="Good.")
        await decide(moderator)
        url, body = f"/reviews/{review}/vote", {"helpful": True}

        answers = await asyncio.gather(*[reader.api.put(url, json=body) for _ in range(5)])
        own = await one.buyer.api.put(url, json=body)
        shops = await one.seller.api.put(url, json=body)

        assert [a.status_code for a in answers] == [204] * 5
        assert (own.status_code, shops.status_code) == (403, 403)
        assert (await read_product(town, one.product))["reviews"][0]["helpful"] == 1
        await reader.api.put(url, json={"helpful": False})
        assert (await read_product(town, one.product))["reviews"][0].get("helpful", 0) == 0


class TestFigures:
    """A shop's figure can be explained to the last rating."""

    async def test_kept_figures_are_those_of_a_recomputation(self, town: Town) -> None:
        chance = random.Random(7)
        seller, supervisor = await town.seller(), await town.colleague()
        shop = await town.shop([seller])
        given: list[str] = []
        buyers = [await town.buyer() for _ in range(3)]
        for _ in range(24):
            buyer = chance.choice(buyers)
            buyer.renew()
            order = await town.order(buyer, shop, "received")
            line = (await buyer.api.get(f"/orders/{order.id}")).json()["lines"][0]["id"]
            body = {"client_key": fresh_key(), "stars": chance.randint(1, 5)}
            path = f"/orders/{order.id}/lines/{line}/review"
            given.append((await buyer.api.post(path, json=body)).json()["id"])
            town.parley.clock.advance(chance.randint(1, 9 * 24) * HOUR)
            if chance.random() < 0.3:
                await supervisor.sign_in()
                annulled = {"annulled": True, "reason": "bought by the shop itself"}
                url = f"/console/reviews/{chance.choice(given)}/annulment"
                await supervisor.api.put(url, json=annulled)

        rows = town.parley.rows(
            "SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews"
        )
        known = [
            Rating(i, PersonId(b), ShopId(s), at, stars, out) for i, b, s, at, stars, out in rows
        ]
        expected = {
            (d.on.isoformat(), *d.tally) for d in ratings.days(known, "UTC") if any(d.tally)
        }
        kept = town.parley.rows(
            "SELECT day, positive, neutral, negative FROM rating_days"
            " WHERE positive <> 0 OR neutral <> 0 OR negative <> 0"
        )
        assert set(kept) == expected
        seller.renew()
        explained = await walk_http(seller.api, shop.id)
        assert len(explained["ratings"]) == 24
        assert {r["fate"] for r in explained["ratings"]} == {"counted", "merged", "excluded"}
        assert explained["card"]["positive"] == sum(
            1
            for r in explained["ratings"]
            if r["fate"] == "counted" and r["in_window"] and r["group_stars"] >= 4
        )

    async def test_public_answers_are_not_sent_twice(self, town: Town) -> None:
        one = await deal(town)
        client = town.parley.client()
        for path in (f"/products/{one.product.key}/reviews", f"/shops/{one.shop.key}/card"):
            first = await client.get(path)
            again = await client.get(path, headers={"if-none-match": first.headers["etag"]})
            assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
            packed = {"if-none-match": f'"other", W/{first.headers["etag"]}'}
            assert (await client.get(path, headers=packed)).status_code == 304
        before = (await client.get(f"/shops/{one.shop.key}/card")).headers["etag"]
        await one.rated(5)
        assert (await client.get(f"/shops/{one.shop.key}/card")).headers["etag"] != before
        assert read(one.shop.id)


class TestRefunds:
    """What never arrived is no word about the shop."""

    @pytest.mark.parametrize("rated_first", [True, False])
    async def test_a_rating_of_what_was_refunded_because_nothing_arrived_does_not_count(
        self, town: Town, rated_first: bool
    ) -> None:
        one = await deal(town)
        refund = {"key": "r1", "line": "a", "amount": {"amount": "12.50", "currency": "EUR"}}
        if rated_first:
            await one.rated(1)
        await town.move(one.order, refunds=[{**refund, "reason": "not_received"}])
        if not rated_first:
            await one.rated(1)

        explained = (await one.seller.api.get(f"/shops/{one.shop.id}/rating")).json()

        assert [(r["fate"], r["why"]) for r in explained["ratings"]] == [("excluded", "refunded")]
        assert explained["card"]["score"] == 0
        assert town.parley.rows("SELECT SUM(negative) FROM rating_days") in ([(0,)], [(None,)])

    async def test_other_refunds_change_nothing(self, town: Town) -> None:
        one = await deal(town)
        await one.rated(1)
        refund = {"key": "r1", "line": "a", "amount": {"amount": "2.50", "currency": "EUR"}}

        await town.move(one.order, refunds=[refund])

        card = (await town.parley.client().get(f"/shops/{one.shop.key}/card")).json()
        assert (card["negative"], card["score"]) == (1, -1)

    async def test_what_was_annulled_and_reinstated_is_still_refunded(self, town: Town) -> None:
        one, supervisor = await deal(town), await town.colleague()
        review = await one.rated(1)
        url = f"/console/reviews/{review}/annulment"
        await supervisor.api.put(url, json={"annulled": True, "reason": "a feud"})
        refund = {"key": "r1", "line": "a", "amount": {"amount": "12.50", "currency": "EUR"}}
        await town.move(one.order, refunds=[{**refund, "reason": "not_received"}])

        back = await supervisor.api.put(url, json={"annulled": False, "reason": "no feud"})

        assert back.status_code == 204, back.text
        assert town.parley.rows("SELECT excluded FROM reviews") == [("refunded",)]


class TestReaders:
    """They vote, report, and read in their own language."""

    async def test_a_reported_text_waits_for_a_moderator_once_a_reader(self, town: Town) -> None:
        one, moderator, reader = await deal(town), await town.colleague(), await town.buyer()
        review = await one.rated(5, text="Good.")
        await decide(moderator)
        url = f"/reviews/{review}/parts/text/report"
        body = {"reason": "advertising", "text": "He owns the shop."}

        answers = await asyncio.gather(*[reader.api.post(url, json=body) for _ in "abc"])
        own = await one.buyer.api.post(url, json=body)
        hidden = await reader.api.post(f"/reviews/{review}/parts/reply/report", json=body)

        assert [a.status_code for a in answers] == [204, 204, 204]
        assert (own.status_code, hidden.status_code) == (403, 404)
        queue = (await moderator.api.get("/console/moderation")).json()
        ((reported,), count) = queue["reported"], queue["reports"]
        assert (count, len(reported["reports"]), reported["text"]) == (1, 1, "Good.")
        assert reported["reports"][0]["reason"] == "advertising"

    async def test_what_a_moderator_lets_stand_waits_no_more(self, town: Town) -> None:
        one, moderator, reader = await deal(town), await town.colleague(), await town.buyer()
        review = await one.rated(5, text="Good.")
        await decide(moderator)
        body = {"reason": "other", "text": ""}
        await reader.api.post(f"/reviews/{review}/parts/text/report", json=body)
        url = f"/console/reviews/{review}/parts/text/reports"

        stale = await moderator.api.put(url, json={"revision": 1})
        stands = await moderator.api.put(url, json={"revision": 2})
        again = await moderator.api.put(url, json={"revision": 3})

        assert [a.status_code for a in (stale, stands, again)] == [409, 204, 409]
        assert again.json()["reason"] == "not_reported"
        assert (await moderator.api.get("/console/moderation")).json().get("reports", 0) == 0
        assert len((await read_product(town, one.product))["reviews"]) == 1

    async def test_hiding_a_text_deals_with_its_reports(self, town: Town) -> None:
        one, supervisor, reader = await deal(town), await town.colleague(), await town.buyer()
        review = await one.rated(5, text="Good.")
        await decide(supervisor)
        body = {"reason": "other", "text": ""}
        await reader.api.post(f"/reviews/{review}/parts/text/report", json=body)

        hiding = {"revision": 2, "hidden": True, "reason": "other"}
        await supervisor.api.put(f"/console/reviews/{review}/parts/text/hiding", json=hiding)

        assert (await supervisor.api.get("/console/moderation")).json().get("reports", 0) == 0

    async def test_readers_learn_where_they_voted_and_where_they_may_not(self, town: Town) -> None:
        one, moderator, reader = await deal(town), await town.colleague(), await town.buyer()
        review = await one.rated(5, text="Good.")
        await decide(moderator)
        await reader.api.put(f"/reviews/{review}/vote", json={"helpful": True})
        url = f"/products/{one.product.key}/votes"

        told = [(await who.api.get(url)).json() for who in (reader, one.buyer, one.seller)]

        assert told == [
            {"voted": [review], "own": []},
            {"voted": [], "own": [review]},
            {"voted": [], "own": [], "sells": True},
        ]

    async def test_without_a_translator_the_original_is_shown(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(5, text="O lampă foarte bună, se aprinde imediat.")
        url = f"/reviews/{review}/parts/text/translation?language=en"
        waiting = await town.parley.client().get(url)
        await decide(moderator)

        shown = await town.parley.client().get(url)

        assert waiting.status_code == 404
        assert (shown.status_code, shown.json()) == (200, {})


class TestTranslation:
    """A text is translated on tap, without the personal data in it."""

    async def test_a_published_text_is_read_in_another_language(
        self, tmp_path: Path, store_template: Path, bureau: Bureau
    ) -> None:
        options: dict[str, Any] = {"translator": "libretranslate", "translator_url": bureau.url}
        async with running(tmp_path, store_template, **options) as parley:
            town = Town(parley)
            one, moderator = await deal(town), await town.colleague()
            review = await one.rated(5, text="O lampă foarte bună, scrieți-mi la ana@mail.example")
            await decide(moderator)

            url = f"/reviews/{review}/parts/text/translation?language=en"
            shown = await parley.client().get(url)
            cached = await parley.client().get(url)

            assert shown.json()["source"] == "ro"
            assert "ana@mail.example" in shown.json()["text"]
            assert cached.headers["etag"] == shown.headers["etag"]
            assert len(bureau.asked) == 1
            assert "ana@mail.example" not in str(bureau.asked)
            assert (await read_product(town, one.product))["translates"] is True


class TestShops:
    """They see what they may reply to."""

    async def test_a_shop_is_shown_what_it_may_reply_to(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        review = await one.rated(1, text="Broken.")
        url = f"/shops/{one.shop.id}/reviews"

        async def to_answer() -> tuple[int, int]:
            page = (await one.seller.api.get(url, params={"to_answer": True})).json()
            return page.get("to_answer", 0), len(page["reviews"])

        assert await to_answer() == (0, 0)
        await decide(moderator)
        assert await to_answer() == (1, 1)
        await send(one.seller, review, "reply", "Call +373 69 123 456")
        assert await to_answer() == (0, 0)
        await decide(moderator, "refuse", reason="personal_data")
        assert await to_answer() == (1, 1)
