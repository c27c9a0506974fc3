"""Photos of messages: one's own, once, seen by the thread's parties alone, gone when withdrawn."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from chat_server.actions.photos import sweep_files, sweep_photos
from chat_server.domain.errors import NotFound
from chat_server.gateways.clock import SystemClock
from tests.api.harness import DAY, fresh_key, running
from tests.api.pictures import jpeg
from tests.factories import Customer, Pair, Town, meet


async def upload(person: Customer, content: bytes = b"", kind: str = "image/jpeg") -> Any:
    return await person.api.post(
        "/photos", content=content or jpeg(), headers={"content-type": kind}
    )


async def photo_of(person: Customer) -> str:
    photo: str = (await upload(person)).json()["id"]
    return photo


async def status(person: Customer, photo: str, variant: str = "full") -> int:
    return (await person.api.get(f"/photos/{photo}/{variant}")).status_code


async def one_photo() -> AsyncIterator[bytes]:
    """An upload in one piece."""
    yield jpeg()


def files_in(folder: Path) -> int:
    return sum(1 for file in (folder / "photos").rglob("*") if file.is_file())


async def test_item_60_a_photo_waits_for_its_message_and_then_belongs_to_the_thread(
    pair: Pair,
) -> None:
    stranger = await meet(pair.town)
    line = await pair.seller.on_line()
    stored = (await upload(pair.buyer, jpeg(400, 300))).json()
    photo = stored["id"]
    waiting = [await status(p, photo) for p in (pair.buyer, pair.seller, stranger.buyer)]

    await pair.buyer.say(pair.thread, "Look", photos=[photo])

    assert stored == {"id": photo, "width": 400, "height": 300}
    assert waiting == [200, 404, 404]
    pushed = (await line.push("event"))["event"]
    assert pushed["photos"] == [stored]
    for variant in ("full", "thumb"):
        everybody = (pair.buyer, pair.seller, stranger.buyer, stranger.seller)
        assert [await status(p, photo, variant) for p in everybody] == [200, 200, 404, 404]
    assert await status(pair.buyer, photo, "original") == 404
    assert (await pair.seller.view(pair.thread))["last"]["photos"] == [stored]


async def test_item_59_what_is_served_is_our_own_jpeg_for_one_reader(pair: Pair) -> None:
    photo = await photo_of(pair.buyer)

    answer = await pair.buyer.api.get(f"/photos/{photo}/full")

    assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "private" in answer.headers["cache-control"]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_message_may_be_photos_alone_up_to_ten(pair: Pair) -> None:
    photos = [await photo_of(pair.buyer) for _ in range(11)]

    too_many = await pair.buyer.post(pair.thread, photos=photos)
    ten = await pair.buyer.post(pair.thread, photos=photos[:10])

    assert (too_many.status_code, ten.status_code) == (422, 201)
    (event,) = await pair.seller.events(pair.thread)
    assert [p["id"] for p in event["photos"]] == photos[:10], "in the order given"


async def test_a_photo_is_posted_once_and_by_its_owner(pair: Pair) -> None:
    photo, foreign = await photo_of(pair.buyer), await photo_of(pair.seller)
    line = await pair.buyer.on_line()

    async def post(*photos: str) -> str:
        frame = await line.ask(
            "message.send", thread_id=pair.thread, client_key=fresh_key(), photos=list(photos)
        )
        return str(frame.get("reason", frame["t"]))

    assert await post(photo, photo) == "photos"
    assert await post(photo, foreign) == "photos"
    assert await post("0" * 16) == "photos"
    assert await post(photo) == "ack"
    assert await post(photo) == "photos"
    assert await status(pair.buyer, foreign) == 404
    assert len(await pair.buyer.events(pair.thread)) == 1


async def test_a_retry_with_photos_gets_the_first_answer(pair: Pair) -> None:
    message = {"client_key": fresh_key(), "text": "Look", "photos": [await photo_of(pair.buyer)]}

    answers = [await pair.buyer.post(pair.thread, **message) for _ in range(2)]

    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


async def test_a_withdrawal_frees_the_photos_at_once_and_the_sweeper_removes_them(
    pair: Pair, tmp_path: Path
) -> None:
    photo = await photo_of(pair.buyer)
    await pair.buyer.say(pair.thread, "Look", photos=[photo])
    files = files_in(tmp_path)

    await pair.buyer.withdraw(pair.thread, 1)

    assert [await status(p, photo) for p in (pair.buyer, pair.seller)] == [404, 404]
    assert (await pair.buyer.post(pair.thread, photos=[photo])).status_code == 422
    assert await sweep_photos(pair.parley.ctx) == 1
    assert (files, files_in(tmp_path)) == (2, 0)
    pair.parley.clock.advance(DAY + 1)
    assert [await sweep_photos(pair.parley.ctx) for _ in range(2)] == [1, 0]


async def test_a_file_that_no_photo_knows_of_is_removed_after_a_day(
    pair: Pair, tmp_path: Path
) -> None:
    photo = await photo_of(pair.buyer)
    await pair.buyer.say(pair.thread, photos=[photo])
    lost = await pair.parley.ctx.photos.take(one_photo())
    # Files carry the machine's own time, which the set clock may be far from.
    pair.parley.clock.at = SystemClock().now_ms()
    early = await sweep_files(pair.parley.ctx)
    pair.parley.clock.advance(DAY + 1000)

    late = await sweep_files(pair.parley.ctx)

    assert (early, late, files_in(tmp_path)) == (0, 2, 2)
    with pytest.raises(NotFound):
        await pair.parley.ctx.photos.read(lost.full)


async def test_photos_that_nobody_posts_are_removed_after_a_day(pair: Pair, tmp_path: Path) -> None:
    posted, orphan = await photo_of(pair.buyer), await photo_of(pair.buyer)
    await pair.buyer.say(pair.thread, photos=[posted])
    pair.parley.clock.advance(DAY)
    early = await sweep_photos(pair.parley.ctx)
    pair.parley.clock.advance(1)

    late = await sweep_photos(pair.parley.ctx)

    pair.buyer.renew()
    assert (early, late) == (0, 1)
    assert [await status(pair.buyer, p) for p in (posted, orphan)] == [200, 404]
    assert files_in(tmp_path) == 2


async def test_item_61_daily_quotas_are_kept(tmp_path: Path, store_template: Path) -> None:
    async with running(tmp_path, store_template, photos_per_day=2) as parley:
        person = await Town(parley).buyer()
        answers = [await upload(person) for _ in range(3)]
        parley.clock.advance(DAY)
        person.renew()
        tomorrow = await upload(person)

    assert [a.status_code for a in answers] == [201, 201, 429]
    refused = answers[2]
    assert refused.json()["code"] == "quota_reached"
    assert refused.json()["retry_after_ms"] > 0
    assert int(refused.headers["retry-after"]) > 0
    assert tomorrow.status_code == 201


async def test_a_withdrawn_photo_still_counts_for_its_day(
    tmp_path: Path, store_template: Path
) -> None:
    """Otherwise a quota is no bound: upload, post, withdraw, and begin anew."""
    async with running(tmp_path, store_template, photos_per_day=1) as parley:
        pair = await meet(Town(parley))
        await pair.buyer.say(pair.thread, photos=[await photo_of(pair.buyer)])
        await pair.buyer.withdraw(pair.thread, 1)
        before = await upload(pair.buyer)
        await sweep_photos(parley.ctx)
        after = await upload(pair.buyer)

    assert [before.status_code, after.status_code] == [429, 429]


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (b"GIF89a" + bytes(100), "image/gif", (422, "photo_refused")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", (422, "photo_refused")),
        (b"<html>", "image/jpeg", (422, "photo_refused")),
        (b"\xff\xd8\xff", "image/jpeg", (422, "photo_refused")),
        (b"x", "text/html", (415, "unsupported_media")),
        (b"x", "", (415, "unsupported_media")),
        (b"x", "multipart/form-data; boundary=x", (415, "unsupported_media")),
    ],
)
async def test_what_is_no_photo_is_refused(
    pair: Pair, content: bytes, kind: str, expected: tuple[int, str]
) -> None:
    answer = await upload(pair.buyer, content, kind)

    assert (answer.status_code, answer.json()["code"]) == expected


async def test_the_type_of_a_photo_is_written_in_any_case(pair: Pair) -> None:
    assert (await upload(pair.buyer, kind="Image/JPEG")).status_code == 201


async def test_more_than_fifteen_mebibytes_are_refused_before_they_are_read(pair: Pair) -> None:
    answer = await pair.buyer.api.post(
        "/photos",
        content=b"x",
        headers={"content-type": "image/jpeg", "content-length": str(15 * 1024 * 1024 + 1)},
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
