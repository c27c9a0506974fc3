"""The console's door from outside: sessions that end everywhere, tokens, and guessing from many places (7 to 12)."""

from pathlib import Path

import argon2

from chat_server.actions.staff import LIMITS, put_staff
from chat_server.gateways.passwords import hash_password
from chat_server.realtime.hub import person_channel
from chat_server.storage import migrate_url
from tests.api.harness import SECOND, Parley, SetClock, running, until
from tests.contract.stores import patience
from tests.factories import STAFF_PASSWORD, Colleague, Town
from tests.services.postgres import Postgres

GUARD = {"x-parley": "1"}
ACCOUNT_TRIES = next(limit for name, limit, _ in LIMITS if name == "account")


class Listening:
    """What the hub knows of a connection: that it can be ended."""

    def __init__(self, parley: Parley, person_id: int) -> None:
        self.told: list[int] = []
        parley.node.hub.join(person_channel(person_id), self)

    def write(self, frame: bytes) -> None:
        """Nothing is pushed to it here."""

    def end(self, code: int) -> None:
        """It was told to end."""
        self.told.append(int(code))


async def test_item_07_signing_out_everywhere_reaches_every_node(
    tmp_path: Path, store_template: Path
) -> None:
    """Two nodes that share nothing but the store."""
    clock = SetClock()
    async with (
        running(tmp_path, store_template, clock) as here,
        running(tmp_path, store_template, clock) as there,
    ):
        colleague = await Town(here).colleague()
        other = await Town(here).colleague()
        far = Colleague(there, colleague.email)
        await far.sign_in()
        ids = {email: number for number, email in here.rows("SELECT id, email FROM people")}
        sockets = [Listening(node, ids[colleague.email]) for node in (here, there)]
        bystander = Listening(there, ids[other.email])
        clock.advance(SECOND)

        await colleague.api.delete("/console/sessions")

        assert (await far.api.get("/console/me")).status_code == 401
        await until(lambda: all(socket.told for socket in sockets))
        assert {code for socket in sockets for code in socket.told} == {4501}
        assert bystander.told == []


async def test_item_07_a_password_that_the_operator_sets_ends_sessions(town: Town) -> None:
    colleague, parley = await town.colleague(), town.parley
    parley.clock.advance(SECOND)
    hashed = hash_password("another one of mine")

    await put_staff(
        parley.ctx.store, parley.clock, parley.ctx.ids, colleague.email, "", "agent", hashed
    )

    assert (await colleague.api.get("/console/me")).status_code == 401
    assert parley.rows("SELECT code FROM revocations") == [(4501,)]
    assert (await colleague.sign_in("another one of mine")).json()["role"] == "supervisor"


async def test_item_08_sessions_are_random_and_only_their_hashes_are_kept(parley: Parley) -> None:
    made = [parley.ctx.ids.new_secret() for _ in range(1000)]

    assert len(set(made)) == 1000
    assert all(len(secret) >= 22 for secret in made)
    places = zip(*(secret[:20] for secret in made), strict=True)
    assert all(len(set(letters)) > 50 for letters in places), "no place is fixed or narrow"


async def test_item_09_a_session_that_somebody_planted_is_never_taken_over(town: Town) -> None:
    victim, planted = await town.colleague(signed_in=False), "planted-by-somebody-else-0123456789"
    victim.api.cookies.set("parley_staff", planted)

    response = await victim.sign_in()

    assert response.status_code == 200
    assert planted not in response.headers["set-cookie"]
    thief = town.parley.client(headers=GUARD, cookies={"parley_staff": planted})
    assert (await thief.get("/console/me")).status_code == 401


async def test_item_11_guessing_from_everywhere_does_not_keep_the_owner_out(town: Town) -> None:
    colleague, parley = await town.colleague(signed_in=False), town.parley
    body = {"email": colleague.email, "password": "never this"}
    crowd = [parley.client(address=f"198.51.100.{n // 5}") for n in range(ACCOUNT_TRIES)]
    for guesser in crowd:
        assert (await guesser.post("/console/session", json=body)).status_code == 401

    again = [await guesser.post("/console/session", json=body) for guesser in crowd[::5]]
    more = [await guesser.post("/console/session", json=body) for guesser in crowd[::5]]
    own = await parley.client(address="203.0.113.9").post(
        "/console/session", json={**body, "password": STAFF_PASSWORD}
    )

    assert {answer.status_code for answer in [*again, *more]} == {429}
    assert own.status_code == 200


async def test_item_12_old_parameters_are_renewed_and_change_nothing_else(town: Town) -> None:
    parley, email = town.parley, "old.hand@staff.example"
    dated = argon2.PasswordHasher(time_cost=1, memory_cost=1024).hash(STAFF_PASSWORD)
    await put_staff(parley.ctx.store, parley.clock, parley.ctx.ids, email, "", "agent", dated)
    colleague = Colleague(parley, email)

    first, again = await colleague.sign_in(), await colleague.sign_in()

    assert (first.status_code, again.status_code) == (200, 200)
    [(kept,)] = parley.rows("SELECT password_hash FROM people WHERE email = ?", email)
    assert kept != dated and not parley.ctx.passwords.is_dated(kept)


async def test_the_door_is_the_same_on_postgresql(
    tmp_path: Path, store_template: Path, postgres_server: Postgres
) -> None:
    with patience(), postgres_server.database() as url:
        await migrate_url(url)
        async with running(tmp_path, store_template, store=url) as parley:
            colleague = await Town(parley).colleague()
            elsewhere = Colleague(parley, colleague.email)
            wrong = await elsewhere.sign_in("never this")
            await elsewhere.sign_in()
            parley.clock.advance(SECOND)
            body = {"old": STAFF_PASSWORD, "new": "another one of mine"}

            changed = await colleague.api.put("/console/password", json=body)

            assert (wrong.status_code, changed.status_code) == (401, 200)
            assert (await elsewhere.api.get("/console/me")).status_code == 401
            assert (await colleague.api.get("/console/me")).status_code == 200
            assert (await colleague.api.delete("/console/sessions")).status_code == 204
            assert (await colleague.api.get("/console/me")).status_code == 401
