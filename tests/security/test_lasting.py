"""What must hold for longer than a request: on every node, against slow peers, and for what is kept aside
(items 3, 7, 19, 32, 44, 66).
"""

import json
from pathlib import Path

import pytest

from chat_server.realtime import transport
from chat_server.web import dispatch
from chat_server.web import photos as web_photos
from tests.api.harness import HOST, SECOND, Parley, SetClock, running
from tests.api.line import closing
from tests.factories import Customer, Pair, Town, bearer, meet, sign


async def test_item_03_a_kid_is_looked_up_among_names_and_nowhere_else(
    tmp_path: Path, town: Town
) -> None:
    """A file whose content is the attacker's key proves nothing, however it is named."""
    key = "attackers-key-0123456789-abcdefghij"
    file = tmp_path / "key"
    file.write_text(key)
    person = await town.buyer()

    for kid in (str(file), f"file://{file}", f"../{file.name}", key, "", "\x00", "one\n", "ONE"):
        answer = await town.parley.client(
            headers=bearer(sign(person.claims(), key=key, kid=kid))
        ).get("/me")
        assert answer.status_code == 401


async def test_item_07_sockets_on_other_nodes_end_too_without_a_broker(
    tmp_path: Path, store_template: Path
) -> None:
    """Two nodes that share nothing but the store."""
    clock = SetClock()
    async with (
        running(tmp_path, store_template, clock) as here,
        running(tmp_path, store_template, clock) as there,
    ):
        pair = await meet(Town(here))
        far = Customer(there, pair.seller.key, pair.seller.id, "", "seller")
        signed_out = await far.on_line()
        bystander = await Customer(there, pair.buyer.key, pair.buyer.id, "", "buyer").on_line()
        clock.advance(SECOND)

        await pair.town.backend.post(f"/backend/people/{pair.seller.key}/sign-out")

        refused = await far.api.get("/me")
        assert await signed_out.end() == 4501
        assert refused.status_code == 401
        clock.advance(SECOND)
        far.renew()
        removed = await far.on_line()
        await pair.town.shop([], key=pair.shop.key, version=2)
        assert await removed.end() == 4001
        assert await bystander.heard() == []


async def test_item_19_a_report_is_nobody_elses_business(pair: Pair) -> None:
    """Not that there is one, not by whom, not in what it was said."""
    line = await pair.buyer.on_line()
    await pair.buyer.say(pair.thread, "You fool")

    await pair.seller.report(pair.thread, 1, reason="insult", text="confidential-complaint")

    told: list[object] = [await line.heard()]
    for person in (pair.buyer, pair.seller):
        told += [
            (await person.api.get(path)).json()
            for path in ("/threads", f"/threads/{pair.thread}/events", "/search?q=fool")
        ]
        _, welcome = await person.line()
        told.append(welcome)
    text = json.dumps(told)
    assert "confidential-complaint" not in text
    assert "report" not in text
    assert "insult" not in text


async def test_item_32_nothing_that_proves_anything_stands_in_an_address(pair: Pair) -> None:
    ticket = await pair.buyer.ticket()
    link = await pair.town.backend.post("/backend/inbox-links", json={"person": pair.seller.key})
    path, _, fragment = link.json()["url"].partition("#")

    assert path == f"https://{HOST}/inbox", "browsers keep a fragment to themselves"
    assert fragment.startswith("token=")
    in_query = await pair.parley.client().get(f"/me?ticket={ticket}&token={pair.buyer.token()}")
    assert in_query.status_code == 401
    async with closing(await pair.parley.line()) as line:
        assert (await line.ask("hello", ticket=ticket))["t"] == "welcome"


async def test_item_44_a_request_that_never_ends_its_headers_is_cut(
    parley: Parley, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "HEADER_S", 0.3)
    raw = await parley.raw(upgraded=False)

    await raw.send(b"GET /healthz HTTP/1.1\r\nHost: chat.example\r\nX-Slow: ")

    assert await raw.rest() == b""


async def test_item_44_a_connection_that_says_nothing_is_cut(
    parley: Parley, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "HEADER_S", 0.3)

    assert await (await parley.raw(upgraded=False)).rest() == b""


async def test_item_44_a_body_that_trickles_is_given_up(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(web_photos, "IDLE_SECONDS", 0.3)
    person = await town.buyer()
    for path, media in (("/api/v1/threads", "application/json"), ("/api/v1/photos", "image/jpeg")):
        raw = await town.parley.raw(upgraded=False)
        await raw.send(
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {person.token()}\r\n"
            f"Content-Type: {media}\r\nContent-Length: 1000\r\n\r\n{{".encode()
        )

        assert (await raw.head()).split()[1] == b"408"


@pytest.mark.parametrize(
    "media", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
async def test_item_44_forms_are_not_even_read(pair: Pair, media: str) -> None:
    parts = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(10_000)
    )

    answers = [
        await pair.buyer.api.post(path, content=parts, headers={"content-type": media})
        for path in ("/threads", "/photos", f"/threads/{pair.thread}/messages")
    ]

    assert [a.status_code for a in answers] == [415] * 3


async def test_item_44_a_gibibyte_is_refused_at_its_announcement(town: Town) -> None:
    person = await town.buyer()
    for path, media in (("/api/v1/threads", "application/json"), ("/api/v1/photos", "image/jpeg")):
        raw = await town.parley.raw(upgraded=False)
        await raw.send(
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {person.token()}\r\n"
            f"Content-Type: {media}\r\nContent-Length: {2**30}\r\n\r\n".encode()
        )

        assert (await raw.head()).split()[1] == b"413"


async def test_item_44_a_body_without_a_length_is_counted(town: Town) -> None:
    person = await town.buyer()
    raw = await town.parley.raw(upgraded=False)
    await raw.send(
        f"POST /api/v1/threads HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {person.token()}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode(),
        *[b"10000\r\n" + b" " * 0x10000 + b"\r\n"] * 17,
    )

    assert (await raw.head()).split()[1] == b"413"
