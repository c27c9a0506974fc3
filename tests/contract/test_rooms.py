"""What the rooms of supervisors ask of either engine: wholes with a revision, a team that ends only when it is free."""

import pytest

from chat_server.actions.tools import bump
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value
from chat_server.storage import AnyStore
from tests.contract.stores import Backend
from tests.factories_sql import T0, do, fresh

INHERITED = ("inherit_threads", "inherit_episodes", "inherit_canned", "inherit_macros")
KEY = "shape_revision"


async def add_team(store: AnyStore) -> int:
    """A team without people."""
    team = fresh()
    values: dict[str, Value] = {
        "id": team,
        "name": f"Team {team}",
        "languages": "",
        "topics": "",
        "zone": "UTC",
        "hours": '{"windows":[],"exceptions":{}}',
        "first_answer_minutes": 15,
        "resolution_minutes": 60,
        "at": T0,
    }
    await do(store, ("add_team", values))
    return team


async def add_agent(store: AnyStore) -> int:
    """Somebody who works here."""
    person = fresh()
    row: dict[str, Value] = {
        "id": person,
        "role": "agent",
        "name": "Agent",
        "locale": "en",
        "email": f"{person}@staff.example",
        "password_hash": "x",
        "at": T0,
    }
    await do(store, ("add_staff", row))
    await do(store, ("add_agent", {"person_id": person, "capacity": 4}))
    return person


def ending(team: int, revision: int) -> Commit:
    """All that ends a team, as the action does it."""
    which: dict[str, Value] = {"team_id": team}
    return Commit(
        [
            Statement("give_up_team", {**which, "revision": revision}),
            *[Statement(name, which, ANY) for name in INHERITED],
            Statement("drop_team", which),
        ]
    )


async def test_of_two_who_change_a_whole_one_looks_again(store: AnyStore) -> None:
    value = Query("meta_value", lambda kept: str(kept))

    await store.commit(Commit([bump(KEY, 0)]))
    await store.commit(Commit([bump(KEY, 1)]))

    for seen in (0, 1, 3):
        with pytest.raises(Conflict):
            await store.commit(Commit([bump(KEY, seen)]))
    assert await store.one(value, key=KEY) == "2"


async def test_nobody_has_seen_a_whole_that_was_never_kept(store: AnyStore) -> None:
    with pytest.raises(Conflict):
        await store.commit(Commit([bump(KEY, 4)]))


async def test_a_team_ends_only_when_nobody_is_in_it_and_leaves_what_it_had(
    store: AnyStore, backend: Backend
) -> None:
    team, agent = await add_team(store), await add_agent(store)
    seat: dict[str, Value] = {"team_id": team, "person_id": agent}
    await do(store, ("seat_in_team", seat))
    canned: dict[str, Value] = {
        "id": fresh(),
        "shortcut": "hello",
        "title": "Hello",
        "texts": '{"en": "Hello"}',
        "team_id": team,
    }
    await do(store, ("add_canned", canned))

    with pytest.raises(Conflict):
        await store.commit(ending(team, 1))
    await do(store, ("empty_team", {"team_id": team}))
    with pytest.raises(Conflict):
        await store.commit(ending(team, 7))
    await store.commit(ending(team, 1))

    assert await backend.rows(f"SELECT id FROM teams WHERE id = {team}") == []
    assert await backend.rows("SELECT team_id FROM canned_replies") == [(None,)]


async def test_who_does_not_work_here_is_not_put_into_a_team(store: AnyStore) -> None:
    team = await add_team(store)

    with pytest.raises(Conflict):
        await do(store, ("seat_in_team", {"team_id": team, "person_id": fresh()}))


async def test_everything_that_the_rooms_read_can_be_read(store: AnyStore) -> None:
    await add_team(store)
    for name in (
        "teams_in_full",
        "people_of_teams",
        "canned_in_full",
        "macros_in_full",
        "labels_in_full",
        "team_ids",
        "agent_ids",
        "brand_facts",
    ):
        assert await store.all(Query(name, lambda *row: row)) is not None, name
