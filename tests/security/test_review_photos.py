"""Photos of reviews: whose they are before publication, what everybody gets after it, and where they end (59-61)."""

from typing import Any

from chat_server.actions.photos import sweep_photos
from tests.api.deals import Deal, deal, decide, read_product, send
from tests.api.harness import DAY, HOUR
from tests.api.pictures import jpeg
from tests.factories import Customer, Town


async def upload(who: Customer) -> str:
    """A photo of his that waits; its id."""
    headers = {"content-type": "image/jpeg"}
    return str((await who.api.post("/photos", content=jpeg(), headers=headers)).json()["id"])


async def public_path(one: Deal) -> str:
    """Where everybody sees the first photo of the only review."""
    (shown,) = (await read_product(one.town, one.product))["reviews"]
    return f"/review-photos/{shown['text']['photos'][0]['name']}"


async def seen(one: Deal, photo: str, variant: str = "thumb") -> dict[str, int]:
    """What each is told who asks for the photo by its id."""
    stranger = await one.town.buyer()
    people: dict[str, Any] = {"author": one.buyer, "shop": one.seller, "stranger": stranger}
    return {
        who: (await person.api.get(f"/photos/{photo}/{variant}")).status_code
        for who, person in people.items()
    }


async def test_item_60_before_publication_only_its_author_sees_a_photo(town: Town) -> None:
    one, agent = await deal(town), await town.colleague("agent")
    photo = await upload(one.buyer)
    await one.rated(5, text="See!", photos=[photo])

    assert await seen(one, photo) == {"author": 200, "shop": 404, "stranger": 404}
    assert (await agent.api.get(f"/console/photos/{photo}/full")).status_code == 404
    assert (await read_product(town, one.product))["reviews"] == []


async def test_item_60_its_author_sees_it_large_whatever_became_of_his_words(town: Town) -> None:
    one, supervisor = await deal(town), await town.colleague()
    photo, other = await upload(one.buyer), await upload(one.buyer)
    review = await one.rated(5, text="See!", photos=[photo])
    seen_large = {"waits": await seen(one, photo, "full")}
    await decide(supervisor, "refuse", reason="photo")
    seen_large["refused"] = await seen(one, photo, "full")
    await send(one.buyer, review, "text", "See this!", photos=[photo, other])
    await decide(supervisor)
    seen_large["published"] = await seen(one, photo, "full")
    url = f"/console/reviews/{review}/parts/text/hiding"
    (part,) = (await one.buyer.api.get("/reviews/mine")).json()["reviews"][0]["texts"]
    hiding = {"revision": part["revision"], "hidden": True, "reason": "photo"}
    assert (await supervisor.api.put(url, json=hiding)).status_code == 204
    seen_large["hidden"] = await seen(one, photo, "full")

    assert part["photos"] == [photo, other]
    assert list(seen_large) == ["waits", "refused", "published", "hidden"]
    assert all(
        answers == {"author": 200, "shop": 404, "stranger": 404} for answers in seen_large.values()
    ), seen_large


async def test_item_60_a_published_photo_has_a_name_of_its_own_that_dies_with_hiding(
    town: Town,
) -> None:
    one, supervisor = await deal(town), await town.colleague()
    photo = await upload(one.buyer)
    review = await one.rated(5, text="See!", photos=[photo])
    await decide(supervisor)
    path = await public_path(one)
    names = {
        name for row in town.parley.rows("SELECT full_name, thumb_name FROM photos") for name in row
    }
    assert photo not in path
    assert not any(name in path for name in names), "the name in the store is nobody's business"

    url = f"/console/reviews/{review}/parts/text/hiding"
    await supervisor.api.put(url, json={"revision": 2, "hidden": True, "reason": "photo"})
    gone = await town.parley.client().get(f"{path}/full")
    await supervisor.api.put(url, json={"revision": 3, "hidden": False})

    assert gone.status_code == 404
    assert (await town.parley.client().get(f"{path}/full")).status_code == 404
    again = await public_path(one)
    assert again != path
    assert (await town.parley.client().get(f"{again}/full")).status_code == 200
    assert (await seen(one, photo))["shop"] == 404, "the id opens nothing even then"


async def test_item_59_everybody_gets_our_own_jpeg_and_nothing_that_runs(town: Town) -> None:
    one, moderator = await deal(town), await town.colleague()
    await one.rated(5, text="See!", photos=[await upload(one.buyer)])
    await decide(moderator)

    shown = await town.parley.client().get(f"{await public_path(one)}/full")

    assert shown.content[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in shown.content
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["cache-control"] == "public, max-age=60"


async def test_item_61_photos_of_words_that_made_way_are_removed_within_a_day(town: Town) -> None:
    one, moderator = await deal(town), await town.colleague()
    first, second = await upload(one.buyer), await upload(one.buyer)
    review = await one.rated(5, text="See!", photos=[first])
    await decide(moderator, "refuse", reason="photo")
    await send(one.buyer, review, "text", "See this!", photos=[second])
    town.parley.clock.advance(DAY + HOUR)
    one.buyer.renew()

    removed = await sweep_photos(town.parley.ctx)

    assert removed == 1
    answers = [(await one.buyer.api.get(f"/photos/{p}/full")).status_code for p in (first, second)]
    assert answers == [404, 200]


async def test_item_58_a_photo_belongs_to_one_review_of_one_person(town: Town) -> None:
    one, other = await deal(town), await deal(town)
    photo = await upload(one.buyer)
    await one.rated(5, text="See!", photos=[photo])

    stolen = await other.rates(5, text="Mine!", photos=[photo])
    twice = await one.rates(5, text="Again!", photos=[photo])

    assert (stolen.status_code, stolen.json()["reason"]) == (422, "photos")
    assert twice.status_code == 409
    assert town.parley.rows("SELECT COUNT(*) FROM review_photos") == [(1,)]
