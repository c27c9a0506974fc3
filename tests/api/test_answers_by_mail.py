"""Answers of support that reach who has gone: one mail for what he has not read, and the way back."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from typing_extensions import override

from chat_server.actions import deadlines
from chat_server.actions.mails import RETURN_MS
from chat_server.storage import migrate_url
from tests.api.harness import DAY, MINUTE, CountedIds, SetClock, until
from tests.api.line import closing
from tests.api.mailroom import SHOP, Mailroom, mailroom, secret_in
from tests.contract.stores import patience
from tests.factories import Colleague, Customer, Visitor
from tests.services.mail import PostOffice
from tests.services.postgres import Postgres

WAIT = 2 * MINUTE


@pytest.fixture
async def room(tmp_path: Path, store_template: Path, office: PostOffice) -> AsyncIterator[Mailroom]:
    async with mailroom(tmp_path, store_template, office) as found:
        yield found


@pytest.fixture
async def agent(room: Mailroom) -> Colleague:
    return await room.colleague("agent")


class Changing(CountedIds):
    """Ids in whose giving out, between what is read and what is written, somebody changes his address."""

    def __init__(self, room: Mailroom, email: str) -> None:
        super().__init__(room.parley.clock)
        self.room, self.email, self.changed = room, email, False

    @override
    def new_secret(self) -> str:
        if not self.changed:
            self.room.change("UPDATE contacts SET email = ?", self.email)
            self.changed = True
        return super().new_secret()


async def leave(
    person: Customer, thread: str, email: str = "away@b.example", **fields: str
) -> httpx2.Response:
    return await person.api.put(f"/threads/{thread}/email", json={"email": email, **fields})


async def ask(person: Customer, email: str = "away@b.example") -> str:
    """A conversation with support whose customer has left an address."""
    thread = await person.ask_support()
    await person.say(thread, "Is anybody there?")
    response = await leave(person, thread, email)
    assert response.status_code == 204, response.text
    return thread


async def follow(room: Mailroom, secret: str) -> httpx2.Response:
    return await room.parley.client().post("/support/return", json={"token": secret})


async def test_what_is_said_within_two_minutes_goes_in_one_mail(
    room: Mailroom, agent: Colleague
) -> None:
    visitor = await room.visitor("ru")
    thread = await ask(visitor)
    for number in range(5):
        await room.answer(thread, f"Answer <{number}>\nwith a second line", agent)
        room.parley.clock.advance(20_000)

    await room.pass_time(WAIT - 100_000 - 1)
    assert room.office.delivered == []
    await room.pass_time(1)

    mail = await room.mail()
    assert mail.recipients == ["away@b.example"]
    assert mail.message["Subject"] == "Поддержка Parley ответила вам"
    places = [mail.text.index(f"> Answer <{number}>\n> with") for number in range(5)]
    assert places == sorted(places)
    assert "Answer &lt;4&gt;" in mail.html and "<4>" not in mail.html
    assert "https://chat.example/talk#" in mail.text
    assert "Agent" not in mail.text, "agents have no names here"
    await room.pass_time(DAY)
    await room.mail(1)


async def test_the_link_brings_a_visitor_back_to_his_conversation_once(
    room: Mailroom, agent: Colleague
) -> None:
    visitor = await room.visitor()
    thread = await ask(visitor)
    await room.answer(thread, "Here I am", agent)
    await room.pass_time(WAIT)
    secret = secret_in(await room.mail())

    came, again = await follow(room, secret), await follow(room, secret)

    assert (came.status_code, again.status_code) == (200, 401)
    assert (came.json()["thread_id"], came.json()["person"]["id"]) == (thread, visitor.id)
    back = Visitor(room.parley, visitor.id, came.json()["token"])
    back.renew()
    assert "Here I am" in [event.get("text") for event in await back.events(thread)]
    assert (await back.say(thread, "Thank you")) > 0
    assert (await visitor.api.get("/me")).status_code == 401, "the old token is dead"


async def test_coming_back_elsewhere_ends_the_sockets_of_the_old_token(
    room: Mailroom, agent: Colleague
) -> None:
    visitor = await room.visitor()
    thread = await ask(visitor)
    await room.answer(thread, "Here I am", agent)
    await room.pass_time(WAIT)
    secret = secret_in(await room.mail())
    ticket = await visitor.ticket()
    async with closing(await visitor.on_line()) as line:
        await follow(room, secret)

        assert await line.word() == "4001"
    async with closing(await room.parley.line()) as other:
        await other.send("hello", ticket=ticket)
        assert await other.word() == "4500"


async def test_a_link_back_holds_for_seven_days(room: Mailroom, agent: Colleague) -> None:
    thread = await ask(await room.visitor())
    secrets = []
    for number in (1, 2):
        await room.answer(thread, "Here I am", agent)
        await room.pass_time(WAIT)
        secrets.append(secret_in(await room.mail(number)))

    assert (await follow(room, secrets[1])).status_code == 200
    room.parley.clock.advance(RETURN_MS - 2 * WAIT - 1)
    assert (await follow(room, secrets[0])).status_code == 200, "the other mail's link is its own"
    await agent.sign_in()
    await room.answer(thread, "Still here", agent)
    await room.pass_time(WAIT)
    late = secret_in(await room.mail(3))
    room.parley.clock.advance(RETURN_MS)
    assert (await follow(room, late)).status_code == 401


async def test_what_was_read_in_time_is_not_mailed(room: Mailroom, agent: Colleague) -> None:
    visitor = await room.visitor()
    thread = await ask(visitor)
    first = await room.answer(thread, "Read in time", agent)
    await visitor.api.put(f"/threads/{thread}/marks", json={"read": first})

    await room.pass_time(WAIT)

    await room.answer(thread, "Not read", agent)
    await room.pass_time(WAIT)
    mail = await room.mail(1)
    assert "Not read" in mail.text and "Read in time" not in mail.text


async def test_each_answer_is_mailed_once(room: Mailroom, agent: Colleague) -> None:
    thread = await ask(await room.visitor())
    await room.answer(thread, "The first", agent)
    await room.pass_time(WAIT)
    await room.answer(thread, "The second", agent)
    await room.pass_time(WAIT)

    mail = await room.mail(2)

    assert "The second" in mail.text and "The first" not in mail.text


async def test_what_was_taken_back_is_not_mailed_and_a_photo_is_named(
    room: Mailroom, agent: Colleague
) -> None:
    thread = await ask(await room.visitor())
    gone = await room.answer(thread, "My mistake", agent)
    shown = await room.answer(thread, "A photo", agent)
    room.change("UPDATE events SET withdrawn_at = at WHERE seq = ? AND side = 3", gone)
    room.change("UPDATE events SET text = '' WHERE seq = ? AND side = 3", shown)

    await room.pass_time(WAIT)

    mail = await room.mail()
    assert "> [photo]" in mail.text and "My mistake" not in mail.text


async def test_a_long_absence_makes_one_mail_of_twenty_answers(
    room: Mailroom, agent: Colleague
) -> None:
    thread = await ask(await room.visitor())
    for number in range(25):
        await room.answer(thread, f"Answer {number}.", agent)

    await room.pass_time(WAIT)

    mail = await room.mail()
    assert "Answer 4." not in mail.text and "Answer 5." in mail.text and "Answer 24." in mail.text
    assert "Older answers are in the conversation." in mail.text


async def test_a_buyer_is_led_to_his_marketplace_without_a_secret(
    room: Mailroom, agent: Colleague
) -> None:
    thread = await ask(await room.buyer())
    await room.answer(thread, "Here I am", agent)

    await room.pass_time(WAIT)

    mail = await room.mail()
    assert f"{SHOP}\n" in mail.text and "#" not in mail.text
    assert room.parley.rows("SELECT * FROM mail_links") == []


async def test_who_left_no_address_or_took_it_back_gets_no_mail(
    room: Mailroom, agent: Colleague
) -> None:
    silent, visitor = await room.visitor(), await room.visitor()
    without, thread = await silent.ask_support(), await ask(visitor)
    await room.answer(without, "Hello", agent)
    await room.answer(thread, "Hello", agent)
    assert (await visitor.api.delete(f"/threads/{thread}/email")).status_code == 204
    await room.pass_time(WAIT)

    assert room.office.delivered == []
    assert room.parley.rows("SELECT * FROM deadlines WHERE kind = 'support.mail'") == []
    assert (await visitor.api.delete(f"/threads/{thread}/email")).status_code == 204


async def test_an_address_that_was_changed_gets_what_comes_next(
    room: Mailroom, agent: Colleague
) -> None:
    visitor = await room.visitor()
    thread = await ask(visitor)
    await room.answer(thread, "Hello", agent)
    await leave(visitor, thread, "Other.Place@B.Example", zone="Europe/Chisinau")

    await room.pass_time(WAIT)

    assert (await room.mail()).recipients == ["Other.Place@b.example"]
    assert room.parley.rows("SELECT zone FROM people WHERE kind = 'visitor'") == [
        ("Europe/Chisinau",)
    ]


async def test_three_addresses_a_day_are_enough(room: Mailroom) -> None:
    visitor = await room.visitor()
    thread = await visitor.ask_support()

    told = [await leave(visitor, thread, f"n{n}@b.example") for n in (1, 2, 3, 2, 4)]

    assert [one.status_code for one in told] == [204, 204, 204, 204, 429]
    refused = told[-1].json()
    assert (refused["code"], refused["reason"]) == ("quota_reached", "addresses")
    assert 0 < refused["retry_after_ms"] <= DAY
    assert room.parley.rows("SELECT email FROM contacts") == [("n2@b.example",)]
    kept = room.parley.rows("SELECT address FROM mail_days")
    assert all(b"b.example" not in row[0] for row in kept)
    room.parley.clock.advance(DAY)
    assert (await leave(visitor, thread, "n4@b.example")).status_code == 204


async def test_only_the_customer_of_a_conversation_with_support_leaves_an_address(
    room: Mailroom,
) -> None:
    visitor, stranger = await room.visitor(), await room.visitor()
    thread, buyer = await visitor.ask_support(), await room.buyer()
    shop = await room.shop([await room.seller()])
    product = await buyer.open(await room.product(shop))

    foreign, wrong = await leave(stranger, thread), await leave(buyer, product)
    bad = await leave(visitor, thread, "a@b.example\r\nBcc: c@d.example")

    assert foreign.status_code == 404
    assert (wrong.status_code, wrong.json()["reason"]) == (403, "only_support")
    assert (bad.status_code, bad.json()["reason"]) == (422, "email")
    assert room.parley.rows("SELECT * FROM contacts") == []


async def test_a_conversation_that_became_a_buyers_is_not_opened_by_the_visitors_link(
    room: Mailroom, agent: Colleague
) -> None:
    visitor, buyer = await room.visitor(), await room.buyer()
    thread = await ask(visitor)
    await room.answer(thread, "Here I am", agent)
    await room.pass_time(WAIT)
    secret = secret_in(await room.mail())
    buyer.renew(merge=visitor.id)
    merged = await buyer.api.post("/support/merge", json={"token": visitor.secret})
    assert merged.status_code == 200, merged.text

    assert (await follow(room, secret)).status_code == 401

    await room.answer(thread, "And again", agent)
    await room.pass_time(WAIT)
    assert SHOP in (await room.mail(2)).text, "from now on he is a buyer"


async def test_a_new_address_given_while_a_mail_is_written_gets_it(
    room: Mailroom, agent: Colleague
) -> None:
    thread = await ask(await room.visitor())
    await room.answer(thread, "Here I am", agent)
    room.parley.clock.advance(WAIT)
    ctx = room.parley.ctx
    changing = Changing(room, "new@b.example")

    await deadlines.fire_due(dataclasses.replace(ctx, ids=changing))
    await room.rest()
    assert changing.changed and room.office.delivered == []
    await room.pass_time(deadlines.AGAIN_MS)

    assert (await room.mail()).recipients == ["new@b.example"]


async def test_of_two_sweepers_one_mails(
    tmp_path: Path, store_template: Path, office: PostOffice
) -> None:
    clock = SetClock()
    async with (
        mailroom(tmp_path, store_template, office, clock) as here,
        mailroom(tmp_path, store_template, office, clock) as there,
    ):
        agent = await here.colleague("agent")
        threads = [await ask(await here.visitor()) for _ in range(5)]
        for thread in threads:
            await here.answer(thread, "Here I am", agent)
        clock.advance(WAIT)

        await asyncio.gather(*[deadlines.fire_due(room.parley.ctx) for room in (here, there)])

        await here.mail(5)


async def test_mail_is_the_same_on_postgresql(
    tmp_path: Path, store_template: Path, office: PostOffice, postgres_server: Postgres
) -> None:
    with patience(), postgres_server.database() as url:
        await migrate_url(url)
        async with mailroom(tmp_path, store_template, office, store=url) as room:
            supervisor, visitor = await room.colleague(), await room.visitor()
            await room.invite(supervisor)
            await until(lambda: len(office.delivered) == 1)
            chosen = await room.choose(secret_in(office.delivered[-1]))
            asked = await room.parley.client().post(
                "/console/password-resets", json={"email": "new.hand@staff.example"}
            )
            await until(lambda: len(office.delivered) == 2)
            again = await room.choose(secret_in(office.delivered[-1]), "another one of mine")
            person = chosen.json()["id"]
            wish = {"revision": 1, "active": False, "name": "Gone", "teams": []}
            changed = await supervisor.api.patch(f"/console/people/{person}", json=wish)
            taken = await room.invite(supervisor)
            thread = await ask(visitor)
            told = [await leave(visitor, thread, f"n{n}@b.example", zone="UTC") for n in range(3)]
            await room.answer(thread, "Here I am", supervisor)
            room.parley.clock.advance(WAIT)
            await deadlines.fire_due(room.parley.ctx)
            await until(lambda: len(office.delivered) == 3)
            secret = secret_in(office.delivered[-1])
            came, late = await follow(room, secret), await follow(room, secret)

    answers = [chosen, asked, again, changed, taken, *told, came, late]
    assert [one.status_code for one in answers] == [
        200, 204, 200, 200, 409, 204, 204, 429, 200, 401,
    ]  # fmt: skip
    assert taken.json()["reason"] == "email_taken"
    assert came.json()["thread_id"] == thread
    assert office.delivered[-1].recipients == ["n1@b.example"]
