"""What somebody at the desk sees and does ends where his teams end, and customers are told what is so."""

from pathlib import Path

from chat_server.actions import mails
from chat_server.domain.ids import read
from chat_server.domain.tools import MOST_SNOOZED
from chat_server.ports import ANY, Commit, Query, Statement, Value
from tests.api.desk import codes, page, team_of
from tests.api.harness import HOUR, MINUTE, SECOND, fresh_key
from tests.api.line import closing
from tests.api.mailroom import mailroom
from tests.factories import Town
from tests.services.mail import PostOffice


class TestTeams:
    """SECURITY 21, 26 and 30."""

    async def test_beside_a_thread_stand_only_those_of_the_customer_that_my_teams_have(
        self, town: Town
    ) -> None:
        supervisor, agent, buyer = (
            await town.colleague(),
            await town.colleague("agent"),
            await town.buyer(),
        )
        await team_of(town, supervisor, topics=["complaint"])
        complaint = await buyer.ask_support("complaint")
        await buyer.say(complaint, "About your agent")
        thread = await town.in_queue(buyer)

        seen = [
            (await who.api.get(f"/console/threads/{thread}/context")).json().get("threads", [])
            for who in (agent, supervisor)
        ]

        assert [[row["id"] for row in rows] for rows in seen] == [[], [complaint]]

    async def test_who_left_a_team_neither_sees_nor_answers_what_he_had_of_it(
        self, town: Town
    ) -> None:
        supervisor, agent = await town.colleague(), await town.colleague("agent")
        thread = await town.in_queue(await town.buyer())
        await agent.does("claim", thread)
        seq = await agent.replies(thread)
        await team_of(town, supervisor, agent)

        said = await agent.api.post(
            f"/console/threads/{thread}/messages",
            json={"client_key": fresh_key(), "text": "Still me"},
        )
        async with closing(await agent.on_line()) as line:
            taken_back = await line.ask(
                "message.withdraw", thread_id=thread, seq=seq, client_key=fresh_key()
            )

        assert said.status_code == 404
        assert taken_back["code"] == "not_found"
        assert await page(agent, "mine") == []

    async def test_after_a_transfer_who_had_the_thread_does_not_type_in_it(
        self, town: Town
    ) -> None:
        supervisor, agent, buyer = (
            await town.colleague(),
            await town.colleague("agent"),
            await town.buyer(),
        )
        team = await team_of(town, supervisor)
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        async with closing(await agent.on_line()) as desk, closing(await buyer.on_line()) as line:
            await desk.ask("watch", thread_id=thread)
            await line.ask("watch", thread_id=thread)
            await agent.does("transfer", thread, team=team)
            await desk.push("desk.gone")
            await line.heard()

            await desk.send("typing", thread_id=thread)
            await desk.heard()

            assert [f for f in await line.heard() if f["t"] == "typing_now"] == []

    async def test_of_two_supervisors_who_move_the_same_colleague_one_looks_again(
        self, town: Town
    ) -> None:
        first, second, agent = (
            await town.colleague(),
            await town.colleague(),
            await town.colleague("agent"),
        )
        [team] = (await first.api.get("/console/teams")).json()["teams"]
        people = (await first.api.get("/console/people")).json()["people"]
        [revision] = [person["revision"] for person in people if person["id"] == agent.id]
        members = [member["id"] for member in team["members"]]
        seats, without = f"/console/teams/{team['id']}/members", {"teams": [], "revision": revision}
        person = f"/console/people/{agent.id}"

        left = await first.api.patch(person, json=without)
        late = await second.api.put(seats, json={"members": members, "revision": team["revision"]})
        again = await second.api.put(
            seats, json={"members": members, "revision": team["revision"] + 1}
        )
        too_late = await first.api.patch(person, json={**without, "revision": revision + 1})

        assert [answer.status_code for answer in (left, late, again, too_late)] == [
            200,
            409,
            200,
            409,
        ]

    async def test_what_a_macro_may_put_off_may_be_put_off(self, town: Town) -> None:
        agent, thread = await town.colleague("agent"), await town.in_queue(await town.buyer())
        await agent.does("claim", thread)
        now, longest = town.parley.clock.now_ms(), MOST_SNOOZED * MINUTE

        assert (await agent.tries("snooze", thread, until=now + longest + 1)).status_code == 422
        assert (await agent.does("snooze", thread, until=now + longest))["state"] == "snoozed"


class TestTruth:
    """Nobody is told what is not so."""

    async def test_who_changes_his_words_in_a_thread_that_is_not_his_any_more_is_told_so(
        self, town: Town
    ) -> None:
        agent, thread = await town.colleague("agent"), await town.in_queue(await town.buyer())
        await agent.does("claim", thread)
        seq = await agent.replies(thread)
        await agent.does("resolve", thread)
        change = {"thread_id": thread, "seq": seq}
        async with closing(await agent.on_line()) as line:
            edited = await line.ask("message.edit", **change, client_key=fresh_key(), text="Sorry")
            gone = await line.ask("message.withdraw", **change, client_key=fresh_key())

        assert [(a["code"], a["reason"]) for a in (edited, gone)] == [
            ("wrong_state", "not_yours")
        ] * 2

    async def test_who_never_stood_in_the_queue_does_not_shorten_the_wait_that_is_foretold(
        self, town: Town
    ) -> None:
        supervisor, buyer = await town.colleague(), await town.buyer()
        threads = [await town.in_queue(await town.buyer()) for _ in range(3)]
        for thread in threads:
            await supervisor.does("claim", thread)
        for thread in threads:
            await supervisor.does("resolve", thread)
            await supervisor.does("claim", thread)
        async with closing(await buyer.on_line()) as line:
            thread = await town.in_queue(buyer)

            pushed = await line.push("queue", thread_id=thread)

        assert (pushed["position"], pushed["expected_ms"]) == (1, 20 * MINUTE)

    async def test_marks_of_the_desk_push_nothing_to_the_customer(self, town: Town) -> None:
        agent, buyer = await town.colleague("agent"), await town.buyer()
        thread = await town.in_queue(buyer)
        await agent.does("claim", thread)
        revision = (await agent.row(thread))["revision"]
        async with closing(await buyer.on_line()) as line, closing(await agent.on_line()) as desk:
            await line.heard()

            marked = await agent.api.patch(
                f"/console/threads/{thread}", json={"revision": revision, "priority": 2}
            )

            assert marked.status_code == 200, marked.text
            assert (await desk.push("desk.thread"))["thread"]["priority"] == 2
            assert [f for f in await line.heard() if f["t"] not in ("queue", "presence")] == []

    async def test_the_desk_learns_whose_a_visitors_conversation_has_become(
        self, helpful: Town
    ) -> None:
        agent, visitor, buyer = (
            await helpful.colleague("agent"),
            await helpful.visitor(),
            await helpful.buyer(),
        )
        await agent.is_("away")
        thread = await helpful.in_queue(visitor, "operator!")
        before = await agent.row(thread)
        buyer.renew(merge=visitor.id)
        async with closing(await agent.on_line()) as desk:
            merged = await buyer.api.post("/support/merge", json={"token": visitor.secret})
            assert merged.status_code == 200, merged.text

            row = (await desk.push("desk.thread"))["thread"]
            while row["customer"]["kind"] == "visitor":
                row = (await desk.push("desk.thread"))["thread"]

        assert row["customer"]["id"] == buyer.id
        late = await agent.tries("resolve", thread, revision=before["revision"])
        assert (late.status_code, late.json()["code"]) == (409, "stale")
        assert "support.merged" in await codes(buyer, thread)


async def test_the_note_of_a_transfer_is_told_however_many_notes_there_are(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague("agent")
    thread = await town.in_queue(await town.buyer())
    await agent.does("claim", thread)
    author = read(agent.id)
    old = [
        statement
        for _ in range(500)
        for statement in (
            Statement("write_note", {"thread_id": read(thread)}),
            Statement(
                "add_note",
                {
                    "thread_id": read(thread),
                    "me": author,
                    "at": town.parley.clock.now_ms(),
                    "text": "Old",
                    "mentions": "[]",
                },
            ),
        )
    ]
    for pair in range(0, len(old), 2):
        await town.parley.ctx.store.commit(Commit(old[pair : pair + 2]))
    async with closing(await supervisor.on_line()) as desk:
        await agent.does("assign", thread, agent=supervisor.id, note="Yours, please")

        assert (await desk.push("desk.note"))["note"]["text"] == "Yours, please"


async def test_what_is_said_while_a_mail_is_being_put_together_is_mailed_as_well(
    tmp_path: Path, store_template: Path, office: PostOffice
) -> None:
    async with mailroom(tmp_path, store_template, office) as room:
        agent, visitor = await room.colleague("agent"), await room.visitor()
        thread = await visitor.ask_support()
        await visitor.say(thread, "Is anybody there?")
        left = await visitor.api.put(f"/threads/{thread}/email", json={"email": "away@b.example"})
        assert left.status_code == 204, left.text
        first = await room.answer(thread, "Read in time", agent)
        await visitor.api.put(f"/threads/{thread}/marks", json={"read": first})
        ctx = room.parley.ctx
        room.parley.clock.advance(2 * MINUTE)
        due = Query("due_deadlines", lambda kind, subject, at, revision: int(revision))
        [revision] = await ctx.store.all(due, at=ctx.clock.now_ms(), limit=1)

        # One node finds everything read; an answer is given before it takes the deadline away.
        assert not await mails.mail_answers(ctx, read(thread), revision)
        await room.answer(thread, "Not read", agent)
        done: dict[str, Value] = {"kind": mails.ANSWERS, "subject_id": read(thread)}
        done["revision"] = revision
        await ctx.store.commit(Commit([Statement("fire_deadline", done, ANY)]))

        await room.pass_time(HOUR)
        assert "Not read" in (await room.mail()).text


async def test_no_session_holds_of_who_does_not_work_here_any_more_whenever_it_was_opened(
    tmp_path: Path, store_template: Path, office: PostOffice
) -> None:
    async with mailroom(tmp_path, store_template, office) as room:
        supervisor, agent = await room.colleague(), await room.colleague("agent")
        [session] = room.parley.rows(
            "SELECT hash, person_id, role, created_at, expires_at FROM sessions WHERE person_id = ?",
            room.id_of(agent),
        )
        wish = {"revision": 1, "active": False}
        ended = await supervisor.api.patch(f"/console/people/{agent.id}", json=wish)
        assert ended.status_code == 200, ended.text

        # As if he had signed in on a node that did not know of it yet.
        hashed, person, role, created, expires = session
        room.change(
            "INSERT INTO sessions (hash, person_id, role, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            hashed,
            person,
            role,
            created + SECOND,
            expires,
        )

        assert (await agent.api.get("/console/me")).status_code == 401
