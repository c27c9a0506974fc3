"""The seller's way in: links that work once, sessions in a cookie, and writes that no foreign page can send."""

from typing import Any

import pytest

from tests.api.harness import HOUR, SECOND, Parley
from tests.api.line import closing
from tests.factories import HOST, Pair

GUARD = {"x-parley": "1"}


async def link(pair: Pair) -> str:
    """The secret of a fresh link."""
    answer = await pair.town.backend.post("/backend/inbox-links", json={"person": pair.seller.key})
    assert answer.status_code == 201, answer.text
    url, _, secret = answer.json()["url"].partition("#token=")
    assert url == f"https://{HOST}/inbox"
    return str(secret)


async def signed_in(pair: Pair, **headers: str) -> Any:
    """A browser with a session."""
    browser = pair.parley.client(headers=headers or GUARD)
    answer = await browser.post("/inbox/session", json={"token": await link(pair)})
    assert answer.status_code == 200, answer.text
    return browser


async def test_a_link_signs_a_seller_in_once(pair: Pair) -> None:
    secret = await link(pair)
    browser, thief = pair.parley.client(), pair.parley.client()

    first = await browser.post("/inbox/session", json={"token": secret})
    second = await thief.post("/inbox/session", json={"token": secret})

    assert first.json()["person"]["id"] == pair.seller.id
    assert [shop["id"] for shop in first.json()["shops"]] == [pair.shop.id]
    assert (await browser.get("/me")).json() == first.json()
    assert (second.status_code, second.json()["code"]) == (401, "unauthenticated")
    assert (await thief.get("/me")).status_code == 401


async def test_a_link_lasts_sixty_seconds(pair: Pair) -> None:
    just, late = await link(pair), await link(pair)
    pair.parley.clock.advance(60 * SECOND - 1)
    in_time = await pair.parley.client().post("/inbox/session", json={"token": just})
    pair.parley.clock.advance(1)

    too_late = await pair.parley.client().post("/inbox/session", json={"token": late})

    assert (in_time.status_code, too_late.status_code) == (200, 401)


async def test_links_are_for_sellers(pair: Pair) -> None:
    buyer = await pair.town.backend.post("/backend/inbox-links", json={"person": pair.buyer.key})
    nobody = await pair.town.backend.post("/backend/inbox-links", json={"person": "nobody"})

    assert (buyer.status_code, buyer.json()["reason"]) == (403, "no_shop")
    assert nobody.status_code == 404


async def test_the_cookie_is_for_our_own_scripts_eyes_of_nobody(pair: Pair) -> None:
    answer = await pair.parley.client().post("/inbox/session", json={"token": await link(pair)})

    (cookie,) = answer.headers.get_list("set-cookie")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "secure", "path=/", "samesite=lax", "max-age=43200"} <= parts
    assert not any(part.startswith("domain") for part in parts)
    value = cookie.partition("=")[2].partition(";")[0]
    assert len(value) >= 22
    assert value not in answer.text


async def test_a_session_lasts_as_long_as_the_settings_say(pair: Pair) -> None:
    browser = await signed_in(pair)
    pair.parley.clock.advance(12 * HOUR - 1)
    before = await browser.get("/me")
    pair.parley.clock.advance(1)

    assert (before.status_code, (await browser.get("/me")).status_code) == (200, 401)


@pytest.mark.parametrize(
    ("headers", "right"),
    [
        (GUARD, True),
        ({**GUARD, "origin": f"https://{HOST}"}, True),
        ({**GUARD, "sec-fetch-site": "same-origin"}, True),
        ({}, False),
        ({"x-parley": "0"}, False),
        ({"x-parley": "true"}, False),
        ({**GUARD, "origin": "https://shop.example"}, False),
        ({**GUARD, "origin": "null"}, False),
        ({**GUARD, "origin": f"http://{HOST}"}, False),
        ({**GUARD, "origin": f"https://{HOST}.evil.example"}, False),
        ({**GUARD, "origin": f"https://{HOST}:444"}, False),
        ({**GUARD, "sec-fetch-site": "cross-site"}, False),
        ({**GUARD, "sec-fetch-site": "same-site"}, False),
    ],
)
async def test_item_38_writes_with_a_cookie_come_from_our_own_pages(
    pair: Pair, headers: dict[str, str], right: bool
) -> None:
    browser = await signed_in(pair)
    del browser.headers["x-parley"]
    settings = {"muted": True}

    answers = [
        await browser.put(f"/threads/{pair.thread}/settings", json=settings, headers=headers),
        await browser.post("/socket-tickets", headers=headers),
        await browser.delete("/inbox/session", headers=headers),
    ]

    assert (await pair.seller.view(pair.thread)).get("muted", False) is right
    if not right:
        assert {(a.status_code, a.json()["reason"]) for a in answers} == {(403, "csrf")}
    reading = await browser.get("/threads", headers=headers)
    assert reading.status_code == (401 if right else 200), "reading needs no guard"


async def test_the_login_itself_takes_json_alone(pair: Pair) -> None:
    """A form of a foreign page could sign somebody in as the attacker's seller."""
    secret = await link(pair)

    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = await pair.parley.client().post(
            "/inbox/session",
            content=b'{"token": "%b"}' % secret.encode(),
            headers={"content-type": media},
        )
        assert answer.status_code == 415
    charset = await pair.parley.client().post(
        "/inbox/session",
        content=b'{"token": "%b"}' % secret.encode(),
        headers={"content-type": "Application/JSON; charset=utf-8"},
    )
    assert charset.status_code == 200


async def test_signing_out_ends_the_session_its_sockets_and_its_tickets(pair: Pair) -> None:
    browser = await signed_in(pair)
    ticket, unused = [(await browser.post("/socket-tickets")).json()["ticket"] for _ in range(2)]
    line = await pair.parley.line()
    assert (await line.ask("hello", ticket=ticket))["t"] == "welcome"
    secret = browser.cookies["parley_session"]

    answer = await browser.delete("/inbox/session")

    assert answer.status_code == 204
    assert 'parley_session=""' in answer.headers["set-cookie"]
    assert await line.end() == 4001
    thief = pair.parley.client(headers={"cookie": f"parley_session={secret}"})
    assert (await thief.get("/me")).status_code == 401
    async with closing(await pair.parley.line()) as late:
        await late.send("hello", ticket=unused)
        assert await late.end() == 4500


async def test_a_socket_of_a_session_ends_with_it(pair: Pair) -> None:
    browser = await signed_in(pair)
    ticket = (await browser.post("/socket-tickets")).json()["ticket"]
    line = await pair.parley.line()
    await line.ask("hello", ticket=ticket)

    pair.parley.clock.advance(12 * HOUR)

    assert await line.end() == 4003


async def test_two_browsers_have_two_sessions(pair: Pair) -> None:
    one, two = await signed_in(pair), await signed_in(pair)

    await one.delete("/inbox/session")

    assert (await one.get("/me")).status_code == 401
    assert (await two.get("/me")).status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "a" * 4000, "ÿ", "null", '"', "; parley_session=x"])
async def test_cookies_that_prove_nothing_are_no_cookies(parley: Parley, cookie: str) -> None:
    value = f"parley_session={cookie}".encode("latin-1")
    client = parley.client(headers={b"cookie": value})

    answer = await client.get("/me")

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
