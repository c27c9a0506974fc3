"""Teams: their hours, what they promise, who is in them, and who may say so."""

import contextlib
import json
import sqlite3
from typing import Any

import pytest

from chat_server.domain.ids import show
from tests.api.harness import DAY, HOUR, Parley
from tests.factories import Colleague, Town

TEAMS = "/console/teams"
DEFAULT = show(1)
NIGHT: dict[str, Any] = {
    "name": "Night watch",
    "zone": "Europe/Chisinau",
    "languages": ["ro", "ru"],
    "topics": ["help"],
    "windows": [{"weekday": day, "opens": 22 * 60, "minutes": 8 * 60} for day in range(7)],
    "first_answer_minutes": 5,
    "resolution_minutes": 600,
}


async def all_of(who: Colleague) -> dict[str, dict[str, Any]]:
    """Every team by its name."""
    answer = await who.api.get(TEAMS)
    assert answer.status_code == 200, answer.text
    return {team["name"]: team for team in answer.json()["teams"]}


async def made(who: Colleague, **other: Any) -> dict[str, Any]:
    """A new team."""
    answer = await who.api.post(TEAMS, json={**NIGHT, **other})
    assert answer.status_code == 201, answer.text
    team: dict[str, Any] = answer.json()
    return team


def put(parley: Parley, sql: str, *params: Any) -> None:
    """Changes what is stored, past the server."""
    path = parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(sql, params)


def move(parley: Parley, thread: str, team: str, state: str) -> None:
    """A thread as routing would leave it."""
    change = "UPDATE threads SET team_id = ?, state = ? WHERE id = ?"
    put(parley, change, int(team, 16), state, int(thread, 16))


async def test_the_default_team_is_there_from_the_beginning_and_works_past_midnight(
    town: Town,
) -> None:
    team = (await all_of(await town.colleague("agent")))["Support"]

    assert (team["id"], team["zone"], team["languages"], team["topics"]) == (
        DEFAULT,
        "Europe/Moscow",
        [],
        [],
    )
    assert [(w["weekday"], w["opens"], w["minutes"]) for w in team["windows"]] == [
        (day, 7 * 60, 18 * 60) for day in range(7)
    ]


async def test_a_new_team_is_as_it_was_written_and_knows_when_it_opens(town: Town) -> None:
    supervisor = await town.colleague()

    team = await made(supervisor)

    assert {key: team[key] for key in NIGHT} == NIGHT
    assert (team["members"], team["revision"]) == ([], 1)
    now = town.parley.clock.now_ms()
    assert now < team["next_opening"] <= now + DAY
    assert team["next_closing"] - now <= DAY + 8 * HOUR
    assert (await all_of(supervisor))["Night watch"] == team
    assert (await supervisor.api.get(TEAMS)).json()["topics"] == ["help", "selling", "complaint"]


async def test_an_exception_closes_a_day_and_gives_another_one_hours_of_its_own(
    town: Town,
) -> None:
    supervisor = await town.colleague()
    shut = {"date": "2031-01-01"}
    short = {"date": "2030-12-31", "spans": [{"opens": 600, "minutes": 120}]}

    team = await made(supervisor, exceptions=[shut, short])

    assert team["exceptions"] == [short, shut]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"zone": "Mars/Olympus"}, "hours_zone"),
        ({"exceptions": [{"date": "2030-02-30"}]}, "hours_date"),
        ({"exceptions": [{"date": "2030-02-01"}, {"date": "2030-02-01"}]}, "hours_window"),
        ({"windows": [{"weekday": 7, "opens": 0, "minutes": 60}]}, "body"),
        ({"windows": [{"weekday": 0, "opens": 0, "minutes": 1441}]}, "body"),
        ({"topics": ["weather"]}, "team_topic"),
        ({"name": "\u200b "}, "team_name"),
    ],
)
async def test_what_no_team_can_be_is_refused_and_said(
    town: Town, change: dict[str, Any], reason: str
) -> None:
    supervisor = await town.colleague()

    refused = await supervisor.api.post(TEAMS, json={**NIGHT, **change})

    assert (refused.status_code, refused.json()["reason"]) == (422, reason)
    assert set(await all_of(supervisor)) == {"Support"}


async def test_two_teams_do_not_share_a_name(town: Town) -> None:
    supervisor = await town.colleague()
    team = await made(supervisor)
    body = {**NIGHT, "name": "Support", "revision": 1}

    again = await supervisor.api.post(TEAMS, json=NIGHT)
    renamed = await supervisor.api.put(f"{TEAMS}/{team['id']}", json=body)

    for refused in (again, renamed):
        assert (refused.status_code, refused.json()["reason"]) == (409, "team_name")


async def test_of_two_who_change_a_team_the_slower_one_looks_again(town: Town) -> None:
    one, other = await town.colleague(), await town.colleague()
    team = await made(one)
    path = f"{TEAMS}/{team['id']}"

    first = await one.api.put(path, json={**NIGHT, "name": "Owls", "revision": 1})
    late = await other.api.put(path, json={**NIGHT, "name": "Bats", "revision": 1})
    seats = await other.api.put(f"{path}/members", json={"members": [], "revision": 1})

    assert (first.status_code, first.json()["revision"]) == (200, 2)
    for refused in (late, seats):
        assert (refused.status_code, refused.json()["code"]) == (409, "stale")
    assert set(await all_of(one)) == {"Support", "Owls"}


async def test_people_are_put_into_a_team_and_taken_out_of_it(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague("agent")
    me = (await agent.api.get("/console/me")).json()["id"]
    team = await made(supervisor)
    path = f"{TEAMS}/{team['id']}/members"

    seated = await supervisor.api.put(path, json={"members": [me, me], "revision": 1})
    emptied = await supervisor.api.put(path, json={"members": [], "revision": 2})

    assert seated.json()["members"] == [{"id": me, "name": "Agent"}]
    assert (emptied.json()["members"], emptied.json()["revision"]) == ([], 3)


async def test_a_customer_cannot_be_put_into_a_team(town: Town) -> None:
    supervisor, buyer = await town.colleague(), await town.buyer()
    team = await made(supervisor)
    path = f"{TEAMS}/{team['id']}/members"

    refused = await supervisor.api.put(path, json={"members": [buyer.id], "revision": 1})

    assert (refused.status_code, refused.json()["reason"]) == (422, "member")
    assert (await all_of(supervisor))["Night watch"]["revision"] == 1


async def test_a_team_goes_once_nobody_and_nothing_points_to_it(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague("agent")
    me = (await agent.api.get("/console/me")).json()["id"]
    team = await made(supervisor)
    path = f"{TEAMS}/{team['id']}"
    await supervisor.api.put(f"{path}/members", json={"members": [me], "revision": 1})

    in_use = await supervisor.api.delete(path, params={"revision": 2})
    await supervisor.api.put(f"{path}/members", json={"members": [], "revision": 2})
    stale = await supervisor.api.delete(path, params={"revision": 2})
    gone = await supervisor.api.delete(path, params={"revision": 3})
    missing = await supervisor.api.delete(path, params={"revision": 3})

    assert (in_use.status_code, in_use.json()["reason"]) == (409, "team_in_use")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert (gone.status_code, missing.status_code) == (204, 404)
    assert set(await all_of(supervisor)) == {"Support"}


async def test_a_team_with_an_open_thread_stays_and_leaves_what_has_ended_to_the_default_team(
    town: Town,
) -> None:
    supervisor, buyer = await town.colleague(), await town.buyer()
    team = await made(supervisor)
    path = f"{TEAMS}/{team['id']}"
    thread = (await buyer.api.post("/threads", json={"support": "help"})).json()["id"]
    move(town.parley, thread, team["id"], "queued")
    refused = await supervisor.api.delete(path, params={"revision": 1})
    move(town.parley, thread, team["id"], "resolved")

    gone = await supervisor.api.delete(path, params={"revision": 1})

    assert (refused.status_code, refused.json()["reason"]) == (409, "team_in_use")
    assert gone.status_code == 204
    assert town.parley.rows("SELECT team_id FROM threads WHERE kind = 'support'") == [(1,)]


async def test_the_default_team_cannot_be_ended(town: Town) -> None:
    supervisor = await town.colleague()

    refused = await supervisor.api.delete(f"{TEAMS}/{DEFAULT}", params={"revision": 1})

    assert (refused.status_code, refused.json()["reason"]) == (409, "team_default")


async def test_each_change_of_a_team_is_kept_for_good(town: Town) -> None:
    supervisor = await town.colleague()
    team = await made(supervisor)
    path = f"{TEAMS}/{team['id']}"
    await supervisor.api.put(path, json={**NIGHT, "revision": 1})
    await supervisor.api.put(f"{path}/members", json={"members": [], "revision": 2})
    await supervisor.api.delete(path, params={"revision": 3})

    kept = town.parley.rows(
        "SELECT details FROM audit WHERE action = 'team_changed' ORDER BY at, id"
    )
    details = [json.loads(row) for (row,) in kept]
    assert [one["what"] for one in details] == ["added", "changed", "members", "removed"]
    assert {one["team"] for one in details} == {team["id"]}
