"""Who works here: invitations, mailed links to a password, and changes that end what was opened (items 7, 9, 12)."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chat_server.domain.ids import show
from tests.api.harness import DAY, HOUR, MINUTE, SECOND
from tests.api.mailroom import Mailroom, mailroom, secret_in
from tests.factories import STAFF_PASSWORD, Colleague, Town
from tests.services.mail import PostOffice

CHOSEN = "quite long enough"


@pytest.fixture
async def room(tmp_path: Path, store_template: Path, office: PostOffice) -> AsyncIterator[Mailroom]:
    async with mailroom(tmp_path, store_template, office) as found:
        yield found


async def change(
    room: Mailroom, by: Colleague, who: Colleague, revision: int = 1, **wish: Any
) -> httpx2.Response:
    path = f"/console/people/{show(room.id_of(who))}"
    return await by.api.patch(path, json={"revision": revision, **wish})


async def ask_reset(room: Mailroom, email: str, address: str = "127.0.0.1") -> httpx2.Response:
    client = room.parley.client(address=address)
    return await client.post("/console/password-resets", json={"email": email})


async def test_who_is_invited_chooses_a_password_and_is_in(room: Mailroom) -> None:
    supervisor = await room.colleague()
    invited = await room.invite(supervisor, name="Nova\u202e", locale="ru", capacity=7)
    assert invited.status_code == 201, invited.text
    person = invited.json()
    assert (person["name"], person["invited"], person["active"]) == ("Nova", True, True)
    assert (person["teams"], person["capacity"]) == (["0000000000000001"], 7)
    secret = secret_in(mail := await room.mail())
    assert "Nova" in mail.text and "Supervisor" in mail.text
    assert mail.message["Subject"] == "Вас приглашают в команду поддержки Parley"

    chosen = await room.choose(secret)

    assert (chosen.status_code, chosen.json()["email"]) == (200, "new.hand@staff.example")
    browser = room.parley.client(cookies=chosen.cookies)
    me = (await browser.get("/console/me")).json()
    assert (me["id"], me["role"], me["locale"]) == (person["id"], "agent", "ru")
    listed = (await supervisor.api.get("/console/people")).json()
    assert listed["mail"] is True
    assert [one["invited"] for one in listed["people"] if one["id"] == person["id"]] == [False]
    assert (await Colleague(room.parley, me["email"]).sign_in(CHOSEN)).status_code == 200


async def test_a_link_works_once_and_a_weak_password_does_not_use_it_up(room: Mailroom) -> None:
    await room.invite(await room.colleague())
    secret = secret_in(await room.mail())

    weak = await room.choose(secret, "Password1234")
    first, second = await room.choose(secret), await room.choose(secret)

    assert (weak.status_code, weak.json()["reason"]) == (422, "password_common")
    assert (first.status_code, second.status_code) == (200, 401)
    made_up = await room.choose("x" * 32)
    assert made_up.content == second.content, "used and never made are told alike"
    assert secret.encode() not in b"".join(
        row[0] for row in room.parley.rows("SELECT hash FROM mail_links")
    )


async def test_an_invitation_holds_for_seven_days_and_a_new_one_takes_its_place(
    room: Mailroom,
) -> None:
    supervisor = await room.colleague()
    person = (await room.invite(supervisor)).json()["id"]
    first = secret_in(await room.mail())

    again = await supervisor.api.post(f"/console/people/{person}/invite")

    assert again.status_code == 204
    second = secret_in(await room.mail(2))
    assert (await room.choose(first)).status_code == 401
    room.parley.clock.advance(7 * DAY)
    assert (await room.choose(second)).status_code == 401
    supervisor = await room.colleague()
    await supervisor.api.post(f"/console/people/{person}/invite")
    third = secret_in(await room.mail(3))
    room.parley.clock.advance(7 * DAY - 1)
    assert (await room.choose(third)).status_code == 200
    refused = await (await room.colleague()).api.post(f"/console/people/{person}/invite")
    assert refused.json()["reason"] == "has_password"


@pytest.mark.parametrize(
    ("wish", "status", "reason"),
    [
        ({"email": "Taken@Staff.example"}, 409, "email_taken"),
        ({"email": "no address"}, 422, "email"),
        ({"name": "\u202e\u200b"}, 422, "name"),
        ({"teams": ["00000000000000ff"]}, 422, "team"),
        ({"role": "owner"}, 422, "body"),
    ],
)
async def test_what_is_wrong_with_an_invitation_is_said_and_nothing_is_written(
    room: Mailroom, wish: dict[str, Any], status: int, reason: str
) -> None:
    supervisor = await room.colleague()
    await room.invite(supervisor, email="taken@staff.example")
    await room.mail()

    refused = await room.invite(supervisor, **wish)

    assert (refused.status_code, refused.json()["reason"]) == (status, reason), refused.text
    assert room.parley.rows("SELECT COUNT(*) FROM mails") == [(1,)]
    assert room.parley.rows("SELECT COUNT(*) FROM people WHERE password_hash IS NULL") == [(1,)]


async def test_without_a_mail_server_what_needs_one_says_so(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague("agent")
    body = {"email": "new@staff.example", "name": "Nova", "role": "agent"}
    reset = {"email": agent.email}

    told = [
        await supervisor.api.post("/console/people", json=body),
        await town.parley.client().post("/console/password-resets", json=reset),
    ]

    assert [(one.status_code, one.json()["reason"]) for one in told] == [(409, "no_mail")] * 2
    assert (await agent.api.get("/console/people")).json()["mail"] is False


async def test_item_12_who_has_no_password_cannot_be_told_from_who_is_not_there(
    room: Mailroom,
) -> None:
    await room.invite(await room.colleague())
    passwords = room.parley.ctx.passwords
    before = passwords.verified  # type: ignore[attr-defined]

    invited = await Colleague(room.parley, "new.hand@staff.example").sign_in("never this")
    missing = await Colleague(room.parley, "nobody@staff.example").sign_in("never this")

    assert (invited.status_code, invited.content) == (401, missing.content)
    assert passwords.verified == before + 2, "the same work was done"  # type: ignore[attr-defined]


async def test_a_forgotten_password_is_chosen_anew_and_ends_what_the_old_one_opened(
    room: Mailroom,
) -> None:
    colleague = await room.colleague("agent")
    room.parley.clock.advance(SECOND)

    asked = await ask_reset(room, f" {colleague.email.upper()} ")

    assert (asked.status_code, asked.content) == (204, b"")
    assert (await colleague.api.get("/console/me")).status_code == 200, "nothing has happened yet"
    chosen = await room.choose(secret_in(await room.mail()))
    assert chosen.status_code == 200
    assert (await colleague.api.get("/console/me")).status_code == 401
    assert (await colleague.sign_in(STAFF_PASSWORD)).status_code == 401
    room.parley.clock.advance(MINUTE)
    assert (await colleague.sign_in(CHOSEN)).status_code == 200


async def test_item_12_whether_somebody_works_here_cannot_be_found_out_by_asking_for_a_link(
    room: Mailroom,
) -> None:
    colleague, gone = await room.colleague("agent"), await room.colleague("agent")
    await change(room, await room.colleague(), gone, active=False)
    customer = await room.buyer()
    emails = [colleague.email, gone.email, "nobody@staff.example", customer.key, "x\ny@z.example"]

    told = [await ask_reset(room, email, f"198.51.100.{n}") for n, email in enumerate(emails)]

    assert {(one.status_code, one.content) for one in told} == {(204, b"")}
    headers = [{k: v for k, v in one.headers.items() if k != "x-request-id"} for one in told]
    assert all(one == headers[0] for one in headers)
    await room.rest()
    assert [mail.recipients for mail in room.office.delivered] == [[colleague.email]]
    assert room.parley.rows("SELECT COUNT(*) FROM mail_links") == [(1,)]


async def test_a_link_to_a_new_password_holds_for_an_hour_and_the_newest_counts(
    room: Mailroom,
) -> None:
    colleague = await room.colleague("agent")
    await ask_reset(room, colleague.email)
    first = secret_in(await room.mail())
    await ask_reset(room, colleague.email)
    second = secret_in(await room.mail(2))

    assert (await room.choose(first)).status_code == 401
    room.parley.clock.advance(HOUR)
    assert (await room.choose(second)).status_code == 401


async def test_another_password_ends_links_that_were_mailed_before(room: Mailroom) -> None:
    colleague = await room.colleague("agent")
    await ask_reset(room, colleague.email)
    secret = secret_in(await room.mail())

    body = {"old": STAFF_PASSWORD, "new": "another one of mine"}
    assert (await colleague.api.put("/console/password", json=body)).status_code == 200

    assert (await room.choose(secret)).status_code == 401


async def test_nobody_is_flooded_with_links_whoever_asks(room: Mailroom) -> None:
    colleague = await room.colleague("agent")

    told = [await ask_reset(room, colleague.email, f"203.0.113.{n}") for n in range(5)]
    from_one = [await ask_reset(room, f"n{n}@staff.example") for n in range(25)]

    assert [one.status_code for one in told] == [204] * 3 + [429] * 2
    assert [one.status_code for one in from_one] == [204] * 20 + [429] * 5
    assert 0 < told[-1].json()["retry_after_ms"] <= HOUR
    await room.mail(3)


async def test_item_07_who_does_not_work_here_any_more_is_out_everywhere(room: Mailroom) -> None:
    supervisor, agent = await room.colleague(), await room.colleague("agent")
    await ask_reset(room, agent.email)
    secret = secret_in(await room.mail())
    room.parley.clock.advance(SECOND)

    changed = await change(room, supervisor, agent, active=False)

    assert (changed.status_code, changed.json()["active"]) == (200, False)
    assert (await agent.api.get("/console/me")).status_code == 401
    assert (await agent.sign_in()).status_code == 401
    assert (await room.choose(secret)).status_code == 401
    assert (await ask_reset(room, agent.email)).status_code == 204
    await room.mail(1)
    assert room.parley.rows("SELECT person_id, code FROM revocations") == [
        (room.id_of(agent), 4501)
    ]
    room.parley.clock.advance(MINUTE)
    assert (await change(room, supervisor, agent, 2, active=True)).status_code == 200
    assert (await agent.sign_in()).status_code == 200


async def test_item_07_another_role_signs_out_and_holds_from_the_next_sign_in(
    room: Mailroom,
) -> None:
    supervisor, other = await room.colleague(), await room.colleague()
    room.parley.clock.advance(SECOND)

    assert (await change(room, supervisor, other, role="agent")).status_code == 200

    assert (await other.api.get("/console/faq")).status_code == 401
    assert (await other.sign_in()).json()["role"] == "agent"
    assert (await other.api.get("/console/faq")).status_code == 403


async def test_what_decides_over_nothing_ends_nothing(room: Mailroom) -> None:
    supervisor, agent = await room.colleague(), await room.colleague("agent")
    wish: dict[str, Any] = {
        "name": "Ana",
        "capacity": 9,
        "permissions": ["mediate"],
        "role": "agent",
        "teams": [],
    }

    changed = (await change(room, supervisor, agent, **wish, active=True)).json()

    assert {name: changed[name] for name in wish} == wish
    assert changed["revision"] == 2
    assert (await agent.api.get("/console/me")).json()["name"] == "Ana"


async def test_a_supervisor_cannot_lock_himself_out(room: Mailroom) -> None:
    supervisor = await room.colleague()

    told = [
        await change(room, supervisor, supervisor, active=False),
        await change(room, supervisor, supervisor, role="agent"),
    ]

    assert [(one.status_code, one.json()["reason"]) for one in told] == [(403, "yourself")] * 2
    assert (await change(room, supervisor, supervisor, name="Still me")).status_code == 200
    assert (await supervisor.api.get("/console/me")).json()["name"] == "Still me"


async def test_of_two_who_change_a_colleague_one_looks_again(room: Mailroom) -> None:
    supervisor, agent = await room.colleague(), await room.colleague("agent")
    await change(room, supervisor, agent, capacity=5)

    late = await change(room, supervisor, agent, capacity=6)
    lost = await change(room, supervisor, agent, 2, teams=["00000000000000ff"], capacity=7)
    missing = await supervisor.api.patch("/console/people/00000000000000ff", json={"revision": 1})

    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert (lost.status_code, lost.json()["reason"]) == (422, "team")
    assert missing.status_code == 404
    [row] = room.parley.rows(
        "SELECT capacity, edition FROM agents WHERE person_id = ?", room.id_of(agent)
    )
    assert row == (5, 2)


async def test_a_colleague_who_is_given_threads_can_still_be_changed(room: Mailroom) -> None:
    supervisor, agent = await room.colleague(), await room.colleague("agent")
    revision = (await change(room, supervisor, agent, capacity=5)).json()["revision"]
    thread = await (await room.visitor()).ask_support()
    await room.answer(thread, "Hello", agent)
    await agent.api.put("/console/availability", json={"availability": "away"})

    assert (await change(room, supervisor, agent, revision, capacity=6)).status_code == 200


async def test_what_was_done_to_whom_is_kept_without_addresses(room: Mailroom) -> None:
    supervisor, agent = await room.colleague(), await room.colleague("agent", signed_in=False)
    await room.invite(supervisor)
    await change(room, supervisor, agent, name="Ana", active=False, permissions=["moderate"])
    await room.choose(secret_in(await room.mail()))

    rows = room.parley.rows("SELECT actor_id, action, details FROM audit ORDER BY id")

    me, them = room.id_of(supervisor), show(room.id_of(agent))
    assert [(actor == me, action) for actor, action, _ in rows] == [
        (True, "signed_in"),
        (True, "invited"),
        (True, "person_changed"),
        (False, "password_changed"),
        (False, "signed_in"),
    ]
    assert json.loads(rows[2][2]) == {
        "person": them,
        "fields": ["name", "permissions", "active"],
        "active": False,
        "permissions": ["moderate"],
    }
    assert "@" not in "".join(details for _, _, details in rows)
