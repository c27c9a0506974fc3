"""Agents and supervisors at the console's door (security items 7, 8, 9, 11 and 12)."""

from typing import Any

import pytest

from chat_server.domain.passwords import COMMON, weakness
from tests.api.harness import MINUTE, Parley
from tests.factories import STAFF_PASSWORD, Colleague, Town


def cookie_of(colleague: Colleague) -> str:
    """The session that this browser holds."""
    return str(colleague.api.cookies.get("parley_staff", default=""))


async def test_a_supervisor_signs_in_and_out(town: Town) -> None:
    colleague = await town.colleague(signed_in=False)
    assert (await colleague.api.get("/console/me")).status_code == 401

    response = await colleague.sign_in()

    me = response.json()
    assert (me["email"], me["role"]) == (colleague.email, "supervisor")
    assert "password" not in response.text
    cookie = response.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "secure", "samesite=lax", "path=/"))
    assert (await colleague.api.get("/console/me")).json() == me
    held = cookie_of(colleague)
    assert (await colleague.api.delete("/console/session")).status_code == 204
    again = town.parley.client(headers={"x-parley": "1"}, cookies={"parley_staff": held})
    assert (await again.get("/console/me")).status_code == 401


async def test_who_comes_in_is_told_what_a_supervisor_lets_him_do(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague(role="agent")
    me = (await agent.api.get("/console/me")).json()
    change = {"permissions": ["moderate"], "revision": 1}

    await supervisor.api.patch(f"/console/people/{me['id']}", json=change)

    assert me["permissions"] == []
    assert (await agent.api.get("/console/me")).json()["permissions"] == ["moderate"]
    his = (await supervisor.api.get("/console/me")).json()["permissions"]
    assert his == ["mediate", "moderate"]


async def test_item_7_signing_out_everywhere_ends_every_browser(town: Town) -> None:
    colleague = await town.colleague()
    elsewhere = Colleague(town.parley, colleague.email)
    await elsewhere.sign_in()
    town.parley.clock.advance(1000)

    assert (await colleague.api.delete("/console/sessions")).status_code == 204

    assert (await elsewhere.api.get("/console/me")).status_code == 401
    assert (await elsewhere.sign_in()).status_code == 200


async def test_item_7_another_password_ends_what_the_old_one_opened(town: Town) -> None:
    colleague = await town.colleague()
    elsewhere = Colleague(town.parley, colleague.email)
    await elsewhere.sign_in()
    town.parley.clock.advance(1000)

    async def change(old: str, new: str) -> Any:
        return await colleague.api.put("/console/password", json={"old": old, "new": new})

    assert (await change("never this", "a new one of mine")).json()["reason"] == "password_wrong"
    assert (await change(STAFF_PASSWORD, "short")).json()["reason"] == "password_short"
    assert (await change(STAFF_PASSWORD, "Password1234")).json()["reason"] == "password_common"
    assert (await change(STAFF_PASSWORD, "a new one of mine")).status_code == 200

    assert (await colleague.api.get("/console/me")).status_code == 200, "this browser goes on"
    assert (await elsewhere.api.get("/console/me")).status_code == 401
    assert (await elsewhere.sign_in()).status_code == 401
    town.parley.clock.advance(MINUTE)
    assert (await elsewhere.sign_in("a new one of mine")).status_code == 200


async def test_item_9_a_session_is_new_with_each_sign_in(town: Town) -> None:
    colleague = await town.colleague()
    first = cookie_of(colleague)

    await colleague.sign_in()

    assert cookie_of(colleague) != first
    assert len(first) >= 22, "128 bits and more"
    kept = town.parley.rows("SELECT hash FROM sessions")
    assert all(first.encode() not in row[0] for row in kept), "only its hash is kept"


async def test_item_11_guessing_is_slowed_down_and_the_owner_comes_in_from_elsewhere(
    town: Town,
) -> None:
    colleague = await town.colleague(signed_in=False)

    told = [(await colleague.sign_in(guess)).status_code for guess in sorted(COMMON)[:1000]]

    assert told[:5] == [401] * 5
    assert set(told[5:]) == {429}, "a list of common passwords gets nowhere"
    waiting = await colleague.sign_in()
    assert (waiting.status_code, waiting.json()["code"]) == (429, "rate_limited"), (
        "nor the right one"
    )
    assert 0 < waiting.json()["retry_after_ms"] <= MINUTE
    elsewhere = town.parley.client(address="203.0.113.9")
    body = {"email": colleague.email, "password": STAFF_PASSWORD}
    assert (await elsewhere.post("/console/session", json=body)).status_code == 200


async def test_item_12_who_works_here_cannot_be_found_out(town: Town) -> None:
    colleague, passwords = await town.colleague(signed_in=False), town.parley.ctx.passwords
    unknown = Colleague(town.parley, "nobody@staff.example")

    before = passwords.verified  # type: ignore[attr-defined]
    wrong, missing = await colleague.sign_in("never this"), await unknown.sign_in("never this")

    assert (wrong.status_code, wrong.content) == (missing.status_code, missing.content)
    assert wrong.status_code == 401
    assert passwords.verified == before + 2, "the same work was done"  # type: ignore[attr-defined]


async def test_staff_and_customers_do_not_pass_for_each_other(town: Town) -> None:
    agent, supervisor = await town.colleague("agent"), await town.colleague()
    secret = cookie_of(supervisor)
    as_seller = town.parley.client(headers={"x-parley": "1"}, cookies={"parley_session": secret})

    assert (await as_seller.get("/threads")).status_code == 401
    refused = await agent.api.get("/console/faq")
    assert (refused.status_code, refused.json()["reason"]) == (403, "supervisor")


async def test_a_foreign_page_cannot_write_with_the_cookie(town: Town) -> None:
    colleague = await town.colleague()
    for headers in (
        {"x-parley": "0"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
    ):
        refused = await colleague.api.delete("/console/sessions", headers=headers)
        assert (refused.status_code, refused.json()["reason"]) == (403, "csrf"), headers


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "short"),
        ("x" * 201, "long"),
        ("qwertyuiop123", "common"),
        ("1234567890", "common"),
        (STAFF_PASSWORD, ""),
    ],
)
def test_weak_passwords_are_known(password: str, why: str) -> None:
    assert weakness(password) == why
    assert len([word for word in COMMON if len(word) >= 10]) > 1000


async def test_a_flood_of_sign_ins_is_no_flood_of_hashes(parley: Parley) -> None:
    client = parley.client()
    told = [
        (
            await client.post(
                "/console/session", json={"email": f"a{n}@b.example", "password": "x"}
            )
        ).status_code
        for n in range(30)
    ]
    assert told == [401] * 20 + [429] * 10
