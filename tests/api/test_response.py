"""How fast a shop answers, and its own hours and holidays, over HTTP."""

import datetime
from typing import Any

import pytest

from chat_server.jobs.answers import look
from tests.api.disputants import pass_time
from tests.api.harness import DAY, HOUR, MINUTE
from tests.factories import Customer, Pair, Town, meet


async def asked(
    pair: Pair, after: int | None = None, text: str = "Is it there?"
) -> tuple[Customer, str]:
    """A new buyer asks about the product; the shop answers so much later, or not."""
    buyer = await pair.town.buyer()
    thread = await buyer.open(pair.product)
    await buyer.say(thread, text)
    if after is not None:
        await pass_time(pair.town, after, pair.buyer, pair.seller, buyer)
        await pair.seller.say(thread, "Yes.")
    return buyer, thread


async def figures(pair: Pair) -> dict[str, Any]:
    """The shop's figure, explained to its people."""
    answer = await pair.seller.api.get(f"/shops/{pair.shop.id}/response")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def put_hours(pair: Pair, **fields: Any) -> Any:
    """The shop's people put its hours, as they have last seen them."""
    url = f"/shops/{pair.shop.id}/hours"
    seen = (await pair.seller.api.get(url)).json()
    body = {"zone": "UTC", "revision": seen["revision"], **fields}
    return await pair.seller.api.put(url, json=body)


def dates(town: Town, *days: int) -> list[str]:
    """Dates so many days from today on."""
    today = datetime.datetime.fromtimestamp(town.parley.clock.now_ms() / 1000, datetime.UTC).date()
    return [(today + datetime.timedelta(days=day)).isoformat() for day in days]


def days_off(town: Town, first: int, last: int) -> dict[str, str]:
    """A holiday from a day on until another."""
    begins, ends = dates(town, first, last)
    return {"first": begins, "last": ends}


async def notices(pair: Pair, kind: str) -> list[dict[str, Any]]:
    """What the shop's people were told of a kind, newest first."""
    page = (await pair.seller.api.get("/notices?side=shops")).json()
    return [notice for notice in page["notices"] if notice["kind"] == kind]


class TestFigure:
    """Of messages that wait for an answer, how many get one within a day."""

    async def test_it_is_shown_from_five_on_and_explained_to_the_last(self, town: Town) -> None:
        pair = await meet(town)
        for _ in range(4):
            await asked(pair, HOUR)
        few = await figures(pair)
        await asked(pair, 25 * HOUR)
        await asked(pair)

        found = await figures(pair)

        assert few["figure"]["counted"] == few["needed"] - 1 == 4
        assert few["figure"]["per_mille"] is None
        assert found["figure"] == {"per_mille": 800, "median_ms": HOUR, "counted": 5}
        assert [o["fate"] for o in found["openings"]] == ["waiting", "late"] + ["in_time"] * 4
        assert found["openings"][0]["about"] == "Lamp"
        assert found["openings"][0]["due_at"] - found["openings"][0]["at"] == DAY

    async def test_the_seller_card_shows_it(self, town: Town) -> None:
        pair = await meet(town)
        for _ in range(5):
            await asked(pair, 2 * HOUR)

        card = (await pair.seller.api.get(f"/shops/{pair.shop.key}/card")).json()

        assert (card["response_per_mille"], card["response_median_ms"]) == (1000, 2 * HOUR)

    async def test_what_a_machine_says_is_no_answer(self, town: Town) -> None:
        pair = await meet(town)
        await put_hours(pair, holidays=[days_off(town, 0, 1)], auto_reply="We are away.")
        buyer, thread = await asked(pair)

        await look(town.parley.ctx)
        await look(town.parley.ctx)

        assert [e["text"] for e in await buyer.events(thread)] == ["Is it there?", "We are away."]
        assert "waiting_since" in await pair.seller.view(thread)
        assert (await figures(pair))["openings"][0]["fate"] == "waiting"
        await buyer.say(thread, "Hello?")
        await look(town.parley.ctx)
        assert len(await buyer.events(thread)) == 3

    async def test_what_is_taken_back_before_the_answer_does_not_count(self, town: Town) -> None:
        pair = await meet(town)
        buyer, thread = await asked(pair)
        await buyer.withdraw(thread, 1)

        assert [o["fate"] for o in (await figures(pair))["openings"]] == ["withdrawn"]

    async def test_what_a_mediator_confirms_as_spam_does_not_count(self, town: Town) -> None:
        pair, mediator = await meet(town), await town.colleague()
        _, thread = await asked(pair, text="Buy my watches!")
        await pair.seller.report(thread, 1)

        (report,) = (await mediator.api.get("/console/reported-messages")).json()["reports"]
        url = f"/console/reports/{report['report_id']}"
        agent = await (await town.colleague("agent")).api.put(url, json={"spam": True})
        settled = await mediator.api.put(url, json={"spam": True})
        spam = [o["fate"] for o in (await figures(pair))["openings"]]
        await mediator.api.put(url, json={"spam": False})

        assert (report["text"], "spam" in report) == ("Buy my watches!", False)
        assert (agent.status_code, settled.status_code) == (403, 204)
        assert spam == ["spam"]
        assert [o["fate"] for o in (await figures(pair))["openings"]] == ["waiting"]

    async def test_a_buyer_who_was_blocked_counts(self, town: Town) -> None:
        pair = await meet(town)
        _, thread = await asked(pair)
        await pair.seller.block(thread)
        await pass_time(town, DAY + HOUR, pair.seller)

        assert [o["fate"] for o in (await figures(pair))["openings"]] == ["unanswered"]

    async def test_only_for_its_people(self, town: Town) -> None:
        pair, other = await meet(town), await meet(town)

        for who in (other.seller, pair.buyer):
            for what in ("response", "hours"):
                assert (await who.api.get(f"/shops/{pair.shop.id}/{what}")).status_code == 404


class TestWarnings:
    """A shop is told before an answer is late, each time once."""

    async def test_at_a_half_and_at_nine_tenths(self, town: Town) -> None:
        pair = await meet(town)
        await pair.buyer.say(pair.thread)
        told = []
        for hours in (11, 2, 2, 7, 1, 2):
            await pass_time(town, hours * HOUR, pair.seller)
            await look(town.parley.ctx)
            await look(town.parley.ctx)
            told.append(len(await notices(pair, "answer_due")))

        assert told == [0, 1, 1, 2, 2, 2]
        warning = (await notices(pair, "answer_due"))[0]
        assert (warning["thread_id"], warning["title"]) == (pair.thread, "Lamp")

    async def test_not_where_it_has_answered_and_anew_for_what_waits_next(self, town: Town) -> None:
        pair = await meet(town)
        await pair.buyer.say(pair.thread)
        await pass_time(town, 13 * HOUR, pair.seller, pair.buyer)
        await look(town.parley.ctx)
        await pair.seller.say(pair.thread)
        await pass_time(town, 10 * HOUR, pair.seller, pair.buyer)
        await look(town.parley.ctx)
        answered = len(await notices(pair, "answer_due"))
        await pair.buyer.say(pair.thread)
        await pass_time(town, 13 * HOUR, pair.seller, pair.buyer)
        await look(town.parley.ctx)

        assert (answered, len(await notices(pair, "answer_due"))) == (1, 2)

    async def test_holidays_put_it_off(self, town: Town) -> None:
        pair = await meet(town)
        await pair.buyer.say(pair.thread)
        put = await put_hours(pair, holidays=[days_off(town, 0, 1)])
        away = put.json()["away_until"] - town.parley.clock.now_ms()

        await pass_time(town, away + 11 * HOUR, pair.seller)
        await look(town.parley.ctx)
        none = await notices(pair, "answer_due")
        await pass_time(town, 2 * HOUR, pair.seller)
        await look(town.parley.ctx)

        (warning,) = await notices(pair, "answer_due")
        assert none == []
        assert abs(warning["until"] - town.parley.clock.now_ms() - 11 * HOUR) < MINUTE


class TestHours:
    """A shop says when it is there, and when it is away."""

    async def test_what_was_put_stands(self, town: Town) -> None:
        pair = await meet(town)
        week = [{"weekday": day, "opens": 540, "minutes": 480} for day in range(5)]

        put = await put_hours(pair, zone="Europe/Chisinau", windows=week, auto_reply=" Soon. ")
        stale = await pair.seller.api.put(f"/shops/{pair.shop.id}/hours", json={"zone": "UTC"})

        assert put.status_code == 200, put.text
        found = put.json()
        assert (found["zone"], found["windows"]) == ("Europe/Chisinau", week)
        assert (found["auto_reply"], found["revision"], found["days_left"]) == ("Soon.", 1, 30)
        assert (stale.status_code, stale.json()["code"]) == (409, "stale")

    async def test_the_buyer_sees_when_it_is_back(self, town: Town) -> None:
        pair = await meet(town)
        put = await put_hours(pair, holidays=[days_off(town, 0, 2)])
        back = put.json()["away_until"]

        thread = await pair.buyer.view(pair.thread)
        card = (await pair.buyer.api.get(f"/shops/{pair.shop.key}/card")).json()
        assert thread["shop_away_until"] == card["away_until"] == back
        await pass_time(town, back - town.parley.clock.now_ms(), pair.buyer)
        await look(town.parley.ctx)

        assert "shop_away_until" not in await pair.buyer.view(pair.thread)

    async def test_its_people_see_until_when_an_answer_is_in_time(self, town: Town) -> None:
        pair = await meet(town)
        _, before = await asked(pair)
        await put_hours(pair, holidays=[days_off(town, 0, 2)])
        buyer, thread = await asked(pair)
        back = (await buyer.view(thread))["shop_away_until"]
        await pass_time(town, back + HOUR - town.parley.clock.now_ms(), buyer, pair.seller)
        await look(town.parley.ctx)
        _, later = await asked(pair)

        seen = await pair.seller.view(thread)
        due = {o["thread_id"]: o.get("due_at") for o in (await figures(pair))["openings"]}

        assert "shop_away_until" not in seen
        assert seen["answer_due"] == {"since": seen["waiting_since"], "at": back + DAY}
        assert due[thread] == seen["answer_due"]["at"]
        assert due[before] == (await pair.seller.view(before))["answer_due"]["at"]
        assert "answer_due" not in await pair.seller.view(later), "a day, as everybody knows"
        assert "answer_due" not in await buyer.view(thread)

    async def test_one_ahead_begins_by_itself(self, town: Town) -> None:
        pair = await meet(town)
        put = await put_hours(pair, holidays=[days_off(town, 1, 1)])
        before = await pair.buyer.view(pair.thread)

        await pass_time(town, DAY, pair.buyer)
        await look(town.parley.ctx)

        assert "away_until" not in put.json()
        assert "shop_away_until" not in before
        assert "shop_away_until" in await pair.buyer.view(pair.thread)

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"zone": "Nowhere/City"}, "hours_zone"),
            ({"windows": [{"weekday": 0, "opens": 5, "minutes": 5}] * 51}, "body"),
            ({"holidays": [{"first": "2027-02-30", "last": "2027-03-01"}]}, "holidays"),
            ({"holidays": [{"first": "2020-01-01", "last": "2020-01-02"}]}, "holidays"),
        ],
    )
    async def test_what_makes_no_sense_is_refused(
        self, town: Town, fields: dict[str, Any], reason: str
    ) -> None:
        refused = await put_hours(await meet(town), **fields)

        assert refused.status_code == 422
        assert reason in refused.text

    async def test_thirty_days_a_year_and_ending_one_early_gives_none_back(
        self, town: Town
    ) -> None:
        pair = await meet(town)
        much = await put_hours(pair, holidays=[days_off(town, 0, 30)])
        enough = await put_hours(pair, holidays=[days_off(town, 0, 29)])
        await pass_time(town, 10 * DAY, pair.seller)
        ended = await put_hours(pair)
        rest = await put_hours(pair, holidays=[days_off(town, 1, 19)])
        more = await put_hours(pair, holidays=[days_off(town, 1, 20)])

        assert (much.status_code, much.json()["reason"]) == (422, "holidays")
        assert (enough.status_code, enough.json()["days_left"]) == (200, 0)
        assert (ended.json()["days_left"], "away_until" in ended.json()) == (19, False)
        assert (rest.status_code, more.status_code) == (200, 422)

    async def test_of_two_at_once_one_is_told_to_look_again(self, town: Town) -> None:
        pair = await meet(town)
        url, body = f"/shops/{pair.shop.id}/hours", {"zone": "UTC", "revision": 0}

        answers = [await pair.seller.api.put(url, json=body) for _ in range(2)]

        assert [a.status_code for a in answers] == [200, 409]
