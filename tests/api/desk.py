"""What tests of the desk do and ask through the console's API."""

from typing import Any

from tests.api.harness import fresh_key
from tests.factories import Colleague, Customer, Town


async def codes(customer: Customer, thread: str) -> list[str]:
    """What the customer was told of the thread's moves."""
    events = await customer.events(thread)
    return [event["code"] for event in events if event["kind"] == "state"]


async def page(colleague: Colleague, name: str, **query: Any) -> list[str]:
    """The threads of a list, by their ids."""
    response = await colleague.api.get("/console/threads", params={"list": name, **query})
    assert response.status_code == 200, response.text
    return [thread["id"] for thread in response.json()["threads"]]


async def team_of(town: Town, supervisor: Colleague, *members: Colleague, **fields: Any) -> str:
    """A team, open all day, with these people in it and in no other."""
    windows = [{"weekday": day, "opens": 0, "minutes": 1440} for day in range(7)]
    body = {"name": f"Team {fresh_key()}", "zone": "UTC", "windows": windows, "topics": ["selling"]}
    made = await supervisor.api.post("/console/teams", json={**body, **fields})
    assert made.status_code == 201, made.text
    team = str(made.json()["id"])
    for member in members:
        people = (await supervisor.api.get("/console/people")).json()["people"]
        revision = next(p["revision"] for p in people if p["id"] == member.id)
        change = {"teams": [team], "revision": revision}
        moved = await supervisor.api.patch(f"/console/people/{member.id}", json=change)
        assert moved.status_code == 200, moved.text
    return team
