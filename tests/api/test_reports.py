"""Reports of the desk: every figure is what a slow and simple look at the same rows gives."""

import csv
import datetime
import io
import json
import random
import sqlite3
import zoneinfo
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any, Final

import pytest

from chat_server.domain.audit import Action
from chat_server.domain.episodes import Episode
from chat_server.domain.hours import Hours, Window, dump_hours, worked
from chat_server.domain.ids import read, show
from chat_server.i18n import read_po
from tests.api.harness import DAY, HOUR, MINUTE, SECOND, T0, Parley
from tests.factories import Colleague, Town, Visitor

REPORTS: Final = "/console/reports"
TODAY: Final = datetime.datetime.fromtimestamp(T0 / 1000, zoneinfo.ZoneInfo("Europe/Moscow")).date()
NEW_YORK: Final = Hours("America/New_York", tuple(Window(day, 9 * 60, 8 * 60) for day in range(5)))
COLUMNS: Final = ", ".join(Episode._fields)


def put(parley: Parley, episodes: Sequence[Episode]) -> None:
    """Puts episodes past the desk, as if they had happened."""
    places = ", ".join("?" * len(Episode._fields))
    store(parley, f"INSERT INTO episodes ({COLUMNS}) VALUES ({places})", *episodes)


def store(parley: Parley, sql: str, *rows: Sequence[Any]) -> None:
    """Writes past the server."""
    path = parley.settings.store.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=10)) as db, db:
        db.executemany(sql, rows)


def overseas(parley: Parley) -> None:
    """A second team."""
    row = (NEW_YORK.zone, dump_hours(NEW_YORK))
    store(parley, "INSERT INTO teams SELECT 2, 'Overseas', '', '', ?, ?, 15, 600, 1, 0", row)


def days_back(days: int, **more: str) -> dict[str, str]:
    """The query of so many days, today included."""
    first = TODAY - datetime.timedelta(days=days - 1)
    return {"from": first.isoformat(), "to": TODAY.isoformat(), **more}


async def ask(supervisor: Colleague, **query: str) -> Any:
    """The report of the last days."""
    answer = await supervisor.api.get(REPORTS, params={**days_back(30), **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


def invent(chance: random.Random, threads: list[int], agents: list[int]) -> list[Episode]:
    """Some hundred episodes of two teams over forty days, in every state that there is."""

    def later(at: int | None, most: int) -> int | None:
        """Something that happens after an instant, or never, or not yet."""
        if at is None or chance.random() < 0.15:
            return None
        then = at + chance.choice((0, chance.randrange(MINUTE), chance.randrange(most)))
        return then if then <= T0 else None

    made = []
    for number in range(1, 301):
        asked = T0 - chance.randrange(40 * DAY)
        assigned = later(asked, HOUR)
        answered = later(assigned, 10 * HOUR)
        resolved = later(answered if chance.random() < 0.9 else asked, 3 * DAY)
        score = chance.randint(1, 5) if resolved is not None and chance.random() < 0.5 else None
        made.append(
            Episode(
                chance.choice(threads),
                number,
                chance.choice((1, 2)),
                chance.choice(agents) if assigned is not None else None,
                chance.choice(("en", "ru", "ar", "")),
                asked,
                "wish",
                asked + chance.randrange(8 * HOUR) if chance.random() < 0.9 else None,
                asked + chance.randrange(3 * DAY) if chance.random() < 0.9 else None,
                assigned,
                answered,
                resolved,
                chance.randrange(3),
                score,
                chance.choice(("", "Так себе", "Thanks!")) if score is not None else "",
                resolved + number if score is not None and resolved is not None else None,
            )
        )
    return made


def nearest_rank(values: list[int], percent: int) -> int | None:
    """Counted from below until enough are not above."""
    for value in sorted(values):
        if sum(v <= value for v in values) * 100 >= percent * len(values):
            return value
    return None


class Naive:
    """The same figures, one by one and slowly."""

    def __init__(self, episodes: list[Episode], hours: dict[int, Hours], zone: str) -> None:
        self.episodes = episodes
        self.hours = hours
        self.zone = zoneinfo.ZoneInfo(zone)

    def local(self, e: Episode) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(e.asked_at / 1000, datetime.UTC).astimezone(
            self.zone
        )

    def spread(self, chosen: list[Episode], end: Callable[[Episode], int | None]) -> dict[str, Any]:
        done = [(e, at) for e in chosen if (at := end(e)) is not None]
        wall = [at - e.asked_at for e, at in done]
        work = [worked(self.hours[e.team_id], e.asked_at, at) for e, at in done]
        figures = {
            "count": len(done),
            "median": nearest_rank(wall, 50),
            "p90": nearest_rank(wall, 90),
            "worked_median": nearest_rank(work, 50),
            "worked_p90": nearest_rank(work, 90),
        }
        return {name: value for name, value in figures.items() if value is not None}

    def line(self, chosen: list[Episode]) -> dict[str, Any]:
        scores = [e.csat for e in chosen if e.csat is not None]
        score: dict[str, Any] = {
            "counts": [scores.count(n) for n in range(1, 6)],
            "rated": len(scores),
        }
        if scores:
            score["mean"] = round(sum(scores) / len(scores), 2)
        return {
            "asked": len(chosen),
            "answered": sum(e.answered_at is not None for e in chosen),
            "resolved": sum(e.resolved_at is not None for e in chosen),
            "transfers": sum(e.transfers for e in chosen),
            "first": self.spread(chosen, lambda e: e.answered_at),
            "resolution": self.spread(chosen, lambda e: e.resolved_at),
            "wait": self.spread(chosen, lambda e: e.assigned_at),
            "score": score,
        }

    def first_level(self) -> dict[str, int]:
        kept = broken = 0
        for e in self.episodes:
            due, answered = e.first_due, e.answered_at
            if due is not None and answered is not None:
                kept, broken = kept + (answered <= due), broken + (answered > due)
            elif due is not None:
                broken += (T0 if e.resolved_at is None else e.resolved_at) > due
        return {"kept": kept, "broken": broken}

    def resolution_level(self) -> dict[str, int]:
        kept = broken = 0
        for e in self.episodes:
            due, ended = e.resolve_due, e.resolved_at
            if due is not None:
                kept += ended is not None and ended <= due
                broken += (T0 if ended is None else ended) > due
        return {"kept": kept, "broken": broken}


@pytest.mark.parametrize("seed", range(4))
async def test_every_figure_is_what_a_slow_look_gives(town: Town, seed: int) -> None:
    parley, chance = town.parley, random.Random(seed)
    supervisor = await town.colleague()
    agents = [await staff_id(await town.colleague("agent")) for _ in range(3)]
    threads = [read(await (await town.visitor()).ask_support()) for _ in range(3)]
    (moscow,) = parley.rows("SELECT hours FROM teams WHERE id = 1")
    overseas(parley)
    everything = invent(chance, threads, agents)
    put(parley, everything)
    hours = {
        1: Hours("Europe/Moscow", tuple(Window(*w) for w in json.loads(moscow[0])["windows"])),
        2: NEW_YORK,
    }
    team = chance.choice(("", show(1), show(2)))
    language = chance.choice(("", "ru"))

    report = await ask(supervisor, team=team, language=language)

    zone = "America/New_York" if team == show(2) else "Europe/Moscow"
    assert report["zone"] == zone
    dates = [TODAY - datetime.timedelta(days=n) for n in range(29, -1, -1)]
    naive = Naive(everything, hours, zone)
    naive.episodes = [
        e
        for e in everything
        if naive.local(e).date() in dates
        and team in ("", show(e.team_id))
        and language in ("", e.language)
    ]
    assert naive.episodes
    assert report["total"] == naive.line(naive.episodes)
    by_date = [[e for e in naive.episodes if naive.local(e).date() == date] for date in dates]
    assert report["days"] == [
        {"date": date.isoformat(), "line": naive.line(chosen)}
        for date, chosen in zip(dates, by_date, strict=True)
    ]
    places = [(naive.local(e).weekday(), naive.local(e).hour) for e in naive.episodes]
    assert report["hours"] == [[places.count((d, h)) for h in range(24)] for d in range(7)]
    assert {row["agent"]["id"]: row["line"] for row in report["agents"]} == {
        show(agent): naive.line(mine)
        for agent in agents
        if (mine := [e for e in naive.episodes if e.agent_id == agent])
    }
    assert report["first_level"] == naive.first_level()
    assert report["resolution_level"] == naive.resolution_level()
    commented = sorted((e for e in naive.episodes if e.comment), key=lambda e: -(e.rated_at or 0))
    assert [(c["number"], c["text"]) for c in report["comments"]] == [
        (e.number, e.comment) for e in commented[:50]
    ]


async def staff_id(colleague: Colleague) -> int:
    return read((await colleague.api.get("/console/me")).json()["id"])


async def test_talks_with_the_bot_that_reached_nobody_are_told_from_those_that_did(
    town: Town,
) -> None:
    parley, supervisor = town.parley, await town.colleague()
    threads = [read(await (await town.visitor()).ask_support()) for _ in range(3)]

    def turn(thread: int, seq: int, at: int, language: str = "en") -> tuple[Any, ...]:
        return (thread, seq, 1, at, "answer", "", "", 900, language, "{}", None, None)

    turns = [
        turn(threads[0], 2, T0 - 3 * DAY),
        turn(threads[0], 4, T0 - 3 * DAY + SECOND),
        turn(threads[0], 6, T0 - DAY),
        turn(threads[1], 2, T0 - 2 * DAY, "ru"),
        turn(threads[2], 2, T0 - 60 * DAY),
    ]
    store(parley, f"INSERT INTO bot_turns VALUES ({', '.join('?' * 12)})", *turns)
    asked = Episode(
        threads[0],
        1,
        1,
        None,
        "en",
        T0 - DAY + MINUTE,
        "wish",
        None,
        None,
        None,
        None,
        None,
        0,
        None,
        "",
        None,
    )
    put(parley, [asked])

    whole, russian = await ask(supervisor), await ask(supervisor, language="ru")
    other = await ask(supervisor, team=show(1))

    assert (whole["talks"], whole["reached"]) == (3, 1)
    assert (russian["talks"], russian["reached"]) == (1, 0)
    assert other["talks"] == 3


@pytest.mark.parametrize(
    "days",
    [
        {"from": "2027-01-02", "to": "2027-01-01"},
        {"from": "2026-01-01", "to": "2027-02-05"},
        {"from": "0001-01-01", "to": "0001-01-02"},
        {"from": "9999-12-31", "to": "9999-12-31"},
        {"from": "2027-01-02"},
        {"from": "2027-02-30", "to": "2027-03-01"},
    ],
)
async def test_days_that_make_no_report_are_refused(town: Town, days: dict[str, str]) -> None:
    supervisor = await town.colleague()

    for path, more in ((REPORTS, {}), (f"{REPORTS}/export", {"kind": "days"})):
        refused = await supervisor.api.get(path, params={**days, **more})
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    missing = await supervisor.api.get(REPORTS, params=days_back(1, team=show(77)))
    assert missing.status_code == 404


async def export(supervisor: Colleague, kind: str, **query: str) -> list[dict[str, str]]:
    """The rows of a table."""
    answer = await supervisor.api.get(
        f"{REPORTS}/export", params={**days_back(30), "kind": kind, **query}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def test_tables_say_what_the_report_says_and_that_they_were_taken_is_kept(town: Town) -> None:
    parley, supervisor = town.parley, await town.colleague()
    agents = [await staff_id(await town.colleague("agent"))]
    threads = [read(await (await town.visitor()).ask_support())]
    overseas(parley)
    put(parley, invent(random.Random(9), threads, agents))
    report = await ask(supervisor)

    episodes = await export(supervisor, "episodes")
    days = await export(supervisor, "days")
    people = await export(supervisor, "agents", language="ru", team=show(1))
    csat = await export(supervisor, "csat")

    assert len(episodes) == report["total"]["asked"]
    assert (
        sum(row["first_answer_kept"] == "no" for row in episodes)
        == (report["first_level"]["broken"])
    )
    assert [row["date"] for row in days] == [day["date"] for day in report["days"]]
    assert [int(row["asked"]) for row in days] == [day["line"]["asked"] for day in report["days"]]
    assert [row["agent"] for row in people] == ["Agent"]
    assert sorted(int(row["score"]) for row in csat) == sorted(
        score
        for score, many in enumerate(report["total"]["score"]["counts"], 1)
        for _ in range(many)
    )
    kept = parley.rows("SELECT details FROM audit WHERE action = 'exported' ORDER BY id")
    assert [json.loads(details)["table"] for (details,) in kept] == [
        "episodes",
        "days",
        "agents",
        "csat",
    ]
    assert json.loads(kept[2][0])["team"] == show(1)


async def resolved(visitor: Visitor, parley: Parley, at: int) -> str:
    """A thread whose episode with people is over."""
    thread = await visitor.ask_support()
    row = Episode(
        read(thread), 1, 1, None, "en", at - HOUR, "wish", None, None, None, None, at, 0, None, "",
        None,
    )  # fmt: skip
    put(parley, [row])
    store(
        parley,
        "UPDATE threads SET state = 'resolved', episode = 1, resolved_at = ? WHERE id = ?",
        (at, read(thread)),
    )
    return thread


async def test_a_customer_says_how_it_was_and_may_change_it_for_a_day(town: Town) -> None:
    parley, visitor = town.parley, await town.visitor()
    thread = await resolved(visitor, parley, T0)

    async def rate(score: int, comment: str = "") -> Any:
        body = {"score": score, "comment": comment}
        return await visitor.api.put(f"/threads/{thread}/csat", json=body)

    assert (await rate(4, " Quick ")).status_code == 204
    parley.clock.advance(DAY - SECOND)
    visitor.renew()
    assert (await rate(2, "But wrong")).status_code == 204
    assert parley.rows("SELECT csat, comment, rated_at FROM episodes") == [(2, "But wrong", T0)]
    parley.clock.advance(SECOND)
    late = await rate(5)

    assert (late.status_code, late.json()["reason"]) == (409, "rated")
    assert late.json()["detail"] != late.json()["title"]
    report = await ask(await town.colleague())
    assert report["total"]["score"] == {"counts": [0, 1, 0, 0, 0], "rated": 1, "mean": 2.0}
    (comment,) = report["comments"]
    assert (comment["thread_id"], comment["score"], comment["text"]) == (thread, 2, "But wrong")


async def test_what_is_not_over_is_not_rated_and_what_is_anothers_is_not_there(town: Town) -> None:
    parley, visitor, other = town.parley, await town.visitor(), await town.visitor()
    thread = await resolved(visitor, parley, T0)
    body = {"score": 5}

    foreign = await other.api.put(f"/threads/{thread}/csat", json=body)
    missing = await other.api.put(f"/threads/{show(1)}/csat", json=body)
    store(parley, "UPDATE threads SET state = 'queued' WHERE id = ?", (read(thread),))
    reopened = await visitor.api.put(f"/threads/{thread}/csat", json=body)
    store(
        parley, "UPDATE threads SET state = 'resolved', episode = 2 WHERE id = ?", (read(thread),)
    )
    nothing = await visitor.api.put(f"/threads/{thread}/csat", json=body)

    assert (foreign.status_code, foreign.content) == (404, missing.content)
    for refused in (reopened, nothing):
        assert (refused.status_code, refused.json()["reason"]) == (409, "not_resolved")
        assert refused.json()["detail"] != refused.json()["title"]
    for score in (0, 6, 2.5, "5"):
        wrong = await visitor.api.put(f"/threads/{thread}/csat", json={"score": score})
        assert wrong.status_code == 422
    assert parley.rows("SELECT csat FROM episodes") == [(None,)]


async def test_the_log_is_read_by_page_by_thread_by_person_and_by_deed(town: Town) -> None:
    parley, supervisor = town.parley, await town.colleague()
    agent = await staff_id(await town.colleague("agent"))
    thread = read(await (await town.visitor()).ask_support())
    rows = [
        (
            10_000 + n,
            T0 + n,
            agent if n % 2 else None,
            "claimed" if n % 2 else "returned",
            thread if n % 3 == 0 else None,
            json.dumps(
                {"number": n, "agent": agent, "team": show(1), "members": [show(agent), "?"]}
            ),
        )
        for n in range(120)
    ]
    store(parley, "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", *rows)

    async def read_all(**query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        before = ""
        while True:
            answer = await supervisor.api.get("/console/audit", params={**query, "before": before})
            page = answer.json()
            found += [entry for entry in page["entries"] if entry["at"] < T0 + 120]
            before = page.get("next", "")
            if not before:
                return found

    whole = [e for e in await read_all() if e["action"] in ("claimed", "returned")]
    assert [e["details"]["number"] for e in whole] == list(range(119, -1, -1))
    assert whole[0]["actor"] == {"id": show(agent), "name": "Agent"}
    assert "actor" not in whole[1]
    assert whole[0]["details"] == {
        "number": 119,
        "agent": "Agent",
        "team": "Support",
        "members": ["Agent", "?"],
    }
    of_thread = await read_all(thread=show(thread))
    assert [e["details"]["number"] for e in of_thread] == list(range(117, -1, -3))
    mine = await read_all(thread=show(thread), actor=show(agent), action="claimed")
    assert [e["details"]["number"] for e in mine] == list(range(117, 0, -6))
    assert await read_all(actor=show(agent), action="returned") == []
    strange = await supervisor.api.get("/console/audit", params={"thread": "nonsense"})
    assert strange.status_code == 404


async def test_a_conversation_is_told_from_its_wish_to_its_rating(town: Town) -> None:
    parley, agent, visitor = town.parley, await town.colleague("agent"), await town.visitor("ru")
    thread = await town.in_queue(visitor)
    parley.clock.advance(2 * MINUTE)
    await agent.does("claim", thread)
    parley.clock.advance(3 * MINUTE)
    await agent.replies(thread)
    parley.clock.advance(HOUR)
    visitor.renew()
    assert (await visitor.view(thread)).get("csat") is None

    await agent.does("resolve", thread)

    assert (await visitor.view(thread))["csat"] == 0
    rated = await visitor.api.put(f"/threads/{thread}/csat", json={"score": 4, "comment": "Да"})
    assert rated.status_code == 204
    assert (await visitor.view(thread))["csat"] == 4
    assert (await agent.row(thread))["csat"] == 4
    report = await ask(await town.colleague())
    line = report["total"]
    assert (line["asked"], line["answered"], line["resolved"]) == (1, 1, 1)
    assert line["wait"]["median"] == 2 * MINUTE
    assert line["first"]["median"] == 5 * MINUTE
    assert line["resolution"]["median"] == HOUR + 5 * MINUTE
    assert report["first_level"] == report["resolution_level"] == {"kept": 1, "broken": 0}
    assert report["languages"] == ["ru"]
    assert [row["agent"]["name"] for row in report["agents"]] == ["Agent"]
    assert [(c["score"], c["text"], c["thread_id"]) for c in report["comments"]] == [
        (4, "Да", thread)
    ]


async def test_what_was_done_to_a_conversation_stands_in_the_log(town: Town) -> None:
    agent, visitor = await town.colleague("agent"), await town.visitor()
    thread = await town.in_queue(visitor)
    await agent.does("claim", thread)
    await agent.notes(thread, "Our secret: he is angry")
    await agent.does("resolve", thread)

    supervisor = await town.colleague()
    page = (await supervisor.api.get("/console/audit", params={"thread": thread})).json()

    done = [entry["action"] for entry in reversed(page["entries"]) if entry["action"] != "viewed"]
    assert done == ["claimed", "noted", "resolved"]
    assert {entry["actor"]["name"] for entry in page["entries"]} == {"Agent"}
    claimed = next(entry for entry in page["entries"] if entry["action"] == "claimed")
    assert claimed["details"]["agent"] == "Agent"
    assert "secret" not in json.dumps(page)


def test_every_deed_has_a_name_in_every_language() -> None:
    for action in Action:
        assert f"console.deed.{action}" in read_po("en"), action
