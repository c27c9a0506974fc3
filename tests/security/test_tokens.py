"""Tokens: what proves who somebody is, and all that does not (items 1 to 6)."""

from pathlib import Path

import pytest

from chat_server.settings import SettingsError
from tests.api.harness import (
    HOUR,
    JWT_KEY,
    MINUTE,
    OTHER_JWT_KEY,
    SECOND,
    Parley,
    SetClock,
    make_settings,
    running,
)
from tests.api.line import closing
from tests.factories import Customer, Pair, Town, bearer, sign
from tests.hostile.tokens import CORPUS, shifted
from tests.security.roles import fingerprint


@pytest.mark.parametrize("missing", ["jwt_keys", "api_keys"])
async def test_item_01_no_secret_is_no_server(missing: str, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, **{missing: {}})

    with pytest.raises(SettingsError, match=missing.upper()):
        Parley(settings, SetClock())


async def test_item_02_every_token_that_proves_nothing_is_refused_alike(town: Town) -> None:
    person = await town.buyer()
    nobody = await town.parley.client().get("/me")
    before = fingerprint(town.parley)

    for name, make in CORPUS.items():
        headers = {"authorization": b"Bearer " + make(person).encode("latin-1")}
        api = town.parley.client(headers=headers)
        for answer in (await api.get("/me"), await api.post("/socket-tickets")):
            assert answer.status_code == 401, f"{name}: {answer.text}"
            assert answer.content == nobody.content, name
    assert fingerprint(town.parley) == before
    assert (await person.api.get("/me")).status_code == 200


async def test_item_02_a_socket_takes_no_token_for_a_ticket(town: Town) -> None:
    person = await town.buyer()

    for name, make in CORPUS.items():
        ticket = make(person)
        async with closing(await town.parley.line()) as line:
            await line.send("hello", ticket=ticket if 20 <= len(ticket) <= 200 else "x" * 20)
            assert await line.end() == 4500, name


@pytest.mark.parametrize("scheme", ["Basic", "Token", "bearer2", "", "Bearer\t"])
async def test_item_02_other_schemes_prove_nothing(scheme: str, town: Town) -> None:
    person = await town.buyer()

    answer = await town.parley.client(headers={"authorization": f"{scheme} {person.token()}"}).get(
        "/me"
    )

    assert answer.status_code == 401


async def test_item_02_a_bad_token_is_not_forgiven_for_a_good_cookie(pair: Pair) -> None:
    link = await pair.town.backend.post("/backend/inbox-links", json={"person": pair.seller.key})
    secret = link.json()["url"].partition("#token=")[2]
    browser = pair.parley.client()
    await browser.post("/inbox/session", json={"token": secret})
    assert (await browser.get("/me")).status_code == 200

    answer = await browser.get("/me", headers=bearer("junk"))

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("times", "right"),
    [
        ({"exp": -59}, True),
        ({"exp": 24 * 3600 + 59}, True),
        ({"iat": 59, "exp": 600}, True),
        ({"nbf": 59}, True),
        ({"exp": -60}, False),
        ({"exp": 24 * 3600 + 61}, False),
    ],
)
async def test_item_04_clocks_may_differ_by_a_minute(
    times: dict[str, int], right: bool, town: Town
) -> None:
    person = await town.buyer()

    answer = await town.parley.client(headers=bearer(shifted(**times)(person))).get("/me")

    assert (answer.status_code == 200) is right


async def test_item_04_membership_is_what_the_backend_put(pair: Pair) -> None:
    stranger = await pair.town.seller()

    for claim in ({"shop": pair.shop.key}, {"shops": [pair.shop.key]}, {"shop": pair.shop.id}):
        stranger.renew(**claim)
        me = await stranger.api.get("/me")
        assert me.json()["shops"] == []
        assert (await stranger.api.get(f"/threads/{pair.thread}")).status_code == 404


async def test_item_05_a_key_that_is_gone_takes_its_tokens_and_sockets_with_it(
    tmp_path: Path, store_template: Path
) -> None:
    clock, old = SetClock(), {"one": JWT_KEY, "two": OTHER_JWT_KEY}
    async with running(tmp_path, store_template, clock, jwt_keys=old) as parley:
        person = await Town(parley).buyer()
        by_both = [person.token(), sign(person.claims(), key=OTHER_JWT_KEY, kid="two")]
        for token in by_both:
            assert (await parley.client(headers=bearer(token)).get("/me")).status_code == 200
        ticket, renewing = await person.ticket(), await person.ticket()

    async with running(tmp_path, store_template, clock, jwt_keys={"two": OTHER_JWT_KEY}) as parley:
        told = [await parley.client(headers=bearer(token)).get("/me") for token in by_both]
        async with closing(await parley.line()) as line:
            await line.send("hello", ticket=ticket)
            ended = await line.end()
        person = Customer(parley, person.key, person.id, person.name, "buyer")
        person.api.headers.update(bearer(by_both[1]))
        async with closing(await person.on_line()) as line:
            renewed = await line.ask("token.renew", ticket=renewing)

    assert [answer.status_code for answer in told] == [401, 200]
    assert ended == 4500
    assert renewed["code"] == "unauthenticated"


async def test_item_06_a_socket_ends_with_its_token(pair: Pair) -> None:
    pair.seller.renew(exp=pair.parley.clock.now_ms() // 1000 + 600)
    line = await pair.seller.on_line()
    pair.parley.clock.advance(10 * MINUTE)
    pair.buyer.renew()
    await pair.buyer.say(pair.thread, "Are you there?")

    ended = await line.end()

    assert ended == 4003


async def test_item_06_a_renewed_token_keeps_its_socket(pair: Pair) -> None:
    pair.seller.renew(exp=pair.parley.clock.now_ms() // 1000 + 600)
    line, welcome = await pair.seller.line()
    pair.parley.clock.advance(9 * MINUTE)
    pair.seller.renew()
    stranger = await pair.town.buyer()

    renewed = await line.ask("token.renew", ticket=await pair.seller.ticket())
    pair.parley.clock.advance(30 * MINUTE)
    pair.buyer.renew()
    await pair.buyer.say(pair.thread, "Still there?")

    assert welcome["expires_at"] == pair.parley.clock.now_ms() - 29 * MINUTE
    assert renewed["t"] == "ok"
    assert (await line.push("event"))["event"]["text"] == "Still there?"
    stranger.renew()
    await line.send("token.renew", ticket=await stranger.ticket())
    assert await line.end() == 4001, "a ticket of somebody else renews nothing"


async def test_item_32_tickets_open_one_socket_within_thirty_seconds(town: Town) -> None:
    person = await town.buyer()
    used, late, just = await person.ticket(), await person.ticket(), await person.ticket()

    async def try_ticket(ticket: str) -> str:
        async with closing(await town.parley.line()) as line:
            await line.send("hello", ticket=ticket)
            return await line.word()

    assert await try_ticket(used) == "welcome"
    assert await try_ticket(used) == "4500"
    town.parley.clock.advance(30 * SECOND - 1)
    assert await try_ticket(just) == "welcome"
    town.parley.clock.advance(1)
    assert await try_ticket(late) == "4500"


async def test_a_token_of_a_newcomer_makes_him_known_once(parley: Parley) -> None:
    town = Town(parley)
    newcomer = Customer(parley, "new-face", "", "", "buyer")
    newcomer.renew(name="Ana Maria", locale="ro")

    first, again = await newcomer.api.get("/me"), await newcomer.api.get("/me")
    stands = await town.put("people/new-face", {"name": "Ana", "version": 1})

    assert first.json() == again.json()
    assert first.json()["person"]["name"] == "Ana Maria"
    assert first.json()["locale"] == "ro"
    assert stands == {"id": first.json()["person"]["id"], "version": 1, "applied": True}


async def test_item_07_all_that_was_given_before_a_sign_out_proves_nothing_after_it(
    pair: Pair,
) -> None:
    seller, town, clock = pair.seller, pair.town, pair.parley.clock
    link = (await town.backend.post("/backend/inbox-links", json={"person": seller.key})).json()
    unused = (await town.backend.post("/backend/inbox-links", json={"person": seller.key})).json()
    browser = pair.parley.client(headers={"x-parley": "1"})
    await browser.post("/inbox/session", json={"token": link["url"].partition("#token=")[2]})
    tickets = [await seller.ticket(), (await browser.post("/socket-tickets")).json()["ticket"]]
    lines = [await seller.on_line(), await seller.on_line()]
    bystander = await pair.buyer.on_line()
    clock.advance(SECOND)

    signed_out = await town.backend.post(f"/backend/people/{seller.key}/sign-out")

    assert signed_out.status_code == 204
    assert [await line.end() for line in lines] == [4501, 4501]
    assert (await seller.api.get("/me")).status_code == 401
    assert (await browser.get("/me")).status_code == 401
    reopened = await browser.post(
        "/inbox/session", json={"token": unused["url"].partition("#token=")[2]}
    )
    assert reopened.status_code == 401
    for ticket in tickets:
        async with closing(await pair.parley.line()) as line:
            await line.send("hello", ticket=ticket)
            assert await line.end() == 4500
    assert await bystander.heard() == []
    clock.advance(SECOND)
    seller.renew()
    assert (await seller.api.get("/me")).status_code == 200


async def test_a_token_without_its_time_of_issue_is_as_old_as_it_may_be(town: Town) -> None:
    person, clock = await town.buyer(), town.parley.clock
    await town.backend.post(f"/backend/people/{person.key}/sign-out")
    clock.advance(HOUR)
    now = clock.now_ms() // 1000

    young = person.token(iat=None, exp=now + 24 * 3600)
    unknown = person.token(iat=None, exp=now + 3600)

    assert (await town.parley.client(headers=bearer(young)).get("/me")).status_code == 200
    assert (await town.parley.client(headers=bearer(unknown)).get("/me")).status_code == 401
