"""The outbox: what leaves, how often it is tried, that it leaves once, and what nobody may put into it (item 55)."""

import asyncio
import contextlib
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chat_server.actions import mailing
from chat_server.actions.mailing import LEASE_MS
from chat_server.gateways.mail import Smtp
from chat_server.ports import Letter, MailRefused
from chat_server.settings import Settings
from tests.api.harness import DAY, HOUR, MINUTE, SetClock, running, until
from tests.api.mailroom import FROM, Mailroom, mailroom
from tests.services.mail import HANG_UP, PostOffice, post_office, shut_office

WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR]


@pytest.fixture
async def room(tmp_path: Path, store_template: Path, office: PostOffice) -> AsyncIterator[Mailroom]:
    async with mailroom(tmp_path, store_template, office) as found:
        yield found


async def test_a_mail_says_who_sent_it_and_that_no_person_wrote_it(room: Mailroom) -> None:
    await room.invite(await room.colleague())

    mail = await room.mail()

    message = mail.message
    assert (mail.sender, mail.recipients) == (FROM, ["new.hand@staff.example"])
    assert message["From"] == f"Parley <{FROM}>"
    assert message["To"] == "new.hand@staff.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{16}@chat\.example>", message["Message-ID"])
    assert message["Date"].datetime.timestamp() * 1000 == room.parley.clock.now_ms()
    assert message.get_content_type() == "multipart/alternative"
    assert "https://chat.example/console#invite=" in mail.text
    assert "https://chat.example/console#invite=" in mail.html


async def test_nothing_is_left_of_a_mail_that_was_sent(room: Mailroom) -> None:
    await room.invite(await room.colleague())
    await room.mail()

    [row] = room.parley.rows("SELECT to_address, subject, text, html, kind, failed FROM mails")

    assert row == ("", "", "", "", "invite", 0)


async def test_a_mail_waits_while_its_server_is_away(tmp_path: Path, store_template: Path) -> None:
    with shut_office() as office:
        async with mailroom(tmp_path, store_template, office) as room:
            await room.invite(await room.colleague())
            await room.rest()
            [(attempts, text)] = room.parley.rows("SELECT attempts, text FROM mails")
            assert (attempts, bool(text)) == (1, True)

            with post_office(office):
                room.parley.clock.advance(MINUTE)
                await room.mail()


@pytest.mark.parametrize("answer", ["451 Later", HANG_UP])
async def test_a_mail_that_was_not_taken_comes_again_under_the_same_name(
    room: Mailroom, answer: str
) -> None:
    room.office.to_data.append(answer)
    await room.invite(await room.colleague())
    await until(lambda: len(room.office.tried) == 1)
    await room.rest()

    room.parley.clock.advance(MINUTE - 1)
    await room.rest()
    assert room.office.delivered == [], "not before its time"
    room.parley.clock.advance(1)
    await room.mail()

    assert len(room.office.tried) == 2
    assert len(set(room.office.tried)) == 1


async def test_a_mail_is_given_up_after_six_tries_and_nothing_is_left_of_it(
    room: Mailroom,
) -> None:
    room.office.to_recipient.extend(["450 Later"] * 6)
    await room.invite(await room.colleague())
    await room.rest()
    for wait in WAITS:
        room.parley.clock.advance(wait - 1)
        await room.rest()
        room.parley.clock.advance(1)
        await room.rest()

    assert room.office.to_recipient == []
    assert room.parley.rows("SELECT attempts, failed, to_address, text FROM mails") == [
        (6, 1, "", "")
    ]
    room.parley.clock.advance(DAY)
    await room.rest()
    assert room.office.delivered == []


@pytest.mark.parametrize("where", ["to_recipient", "to_data"])
async def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    room: Mailroom, where: str
) -> None:
    getattr(room.office, where).append("550 Nobody here")
    await room.invite(await room.colleague())
    await until(lambda: room.parley.rows("SELECT 1 FROM mails WHERE failed = 1") != [])

    assert room.parley.rows("SELECT attempts, to_address, text FROM mails") == [(1, "", "")]


async def test_item_53_the_log_names_neither_addresses_nor_links(
    room: Mailroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "parley")
    room.office.to_recipient.extend(["450 Later", "550 Nobody here"])
    supervisor = await room.colleague()
    for number in range(3):
        await room.invite(supervisor, email=f"n{number}@staff.example")
        await room.rest()

    await until(lambda: "mail.sent" in caplog.messages)
    told = [record for record in caplog.records if record.name == "parley.mail"]
    assert [record.message for record in told] == [
        "mail.server_away",
        "mail.refused",
        "mail.sent",
    ]
    said = " ".join(str(vars(record)) for record in told)
    assert "@" not in said and "#" not in said and "kind" in said


async def test_of_two_nodes_one_sends_a_mail(
    tmp_path: Path, store_template: Path, office: PostOffice
) -> None:
    clock = SetClock()
    async with (
        mailroom(tmp_path, store_template, office, clock) as here,
        mailroom(tmp_path, store_template, office, clock) as there,
    ):
        supervisor = await here.colleague()
        for number in range(10):
            await here.invite(supervisor, email=f"n{number}@staff.example")
        rooms = (here, there)
        senders = [Smtp(room.parley.settings, clock) for room in rooms]
        await asyncio.gather(
            *[
                mailing.send_due(room.parley.ctx, sender)
                for room, sender in zip(rooms, senders, strict=True)
            ]
        )
        await here.rest()

        assert sorted(mail.recipients[0] for mail in office.delivered) == [
            f"n{number}@staff.example" for number in range(10)
        ]


async def test_a_node_that_dies_while_it_sends_leaves_the_mail_to_another(
    tmp_path: Path, store_template: Path, office: PostOffice
) -> None:
    clock = SetClock()
    async with running(tmp_path, store_template, clock) as silent:
        now = clock.now_ms()
        row = (1, "a@b.example", "reset", "en", "s", "t", "<p>", now, now + LEASE_MS, 1)
        await _put(tmp_path, row)
        assert silent.settings.smtp == ""
    async with mailroom(tmp_path, store_template, office, clock) as room:
        clock.advance(LEASE_MS - 1)
        await room.rest()
        assert office.delivered == []
        clock.advance(1)
        await room.mail()


async def _put(folder: Path, row: tuple[object, ...]) -> None:
    with contextlib.closing(sqlite3.connect(folder / "store.sqlite3")) as db:
        db.execute("INSERT INTO mails VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0)", row)
        db.commit()


INJECTIONS = [
    "\r\nBcc: victim@evil.example",
    "\nBcc: victim@evil.example\n\nA body of mine",
    "\rX-Evil: 1",
    "\u2028Bcc: victim@evil.example",
    "\u0085Bcc: victim@evil.example",
    "\x0b\x0c\x1c\x1d\x1eX-Evil: 1",
    " =?utf-8?q?=0D=0ABcc:_victim@evil.example?=",
    "\r\n\r\n--===============\r\nContent-Type: text/html\r\n\r\n<b>mine</b>",
    "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<victim@evil.example>\r\nDATA\r\nmine\r\n.",
]
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Note", "MIME-Version", "Content-Type",
}  # fmt: skip


@pytest.mark.parametrize("injection", INJECTIONS)
@pytest.mark.parametrize("field", ["subject", "message_id", "header", "text", "html", "name"])
async def test_item_55_no_field_of_a_mail_adds_a_header_a_recipient_or_a_body(
    office: PostOffice, injection: str, field: str
) -> None:
    evil = "Hello" + injection
    name = evil if field == "name" else "Parley"
    mail = Smtp(Settings(smtp=office.url, mail_from=FROM, mail_name=name), SetClock())
    letter = Letter(
        "a@b.example",
        evil if field == "subject" else "Hello",
        evil if field == "text" else "Hello",
        f"<p>{evil if field == 'html' else 'Hello'}</p>",
        f"<1@chat.example>{injection}" if field == "message_id" else "<1@chat.example>",
        {"X-Note": evil if field == "header" else "1"},
    )

    with contextlib.suppress(MailRefused):
        await mail.send(letter)

    assert len(office.delivered) <= 1, "no second mail"
    for one in office.delivered:
        assert one.recipients == ["a@b.example"]
        assert set(one.message.keys()) == HEADERS
        kinds = [part.get_content_type() for part in one.message.walk()]
        assert kinds == ["multipart/alternative", "text/plain", "text/html"]
        if field not in ("text", "html"):
            assert (one.text.strip(), one.html.strip()) == ("Hello", "<p>Hello</p>")


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: victim@evil.example",
        "a@b.example\nRCPT TO:<victim@evil.example>",
        "a@b.example, victim@evil.example",
        "a@b.example>, <victim@evil.example",
        "Somebody <a@b.example>",
        '"a\r\nb"@b.example',
        "a@b.example\x00",
        "a@[127.0.0.1]",
        "a@b",
        "@b.example",
        "a@",
        "",
        "a b@c.example",
        "a@b@c.example",
        "a..b@c.example",
        "-@-.example",
        "é@b.example",
        "a" * 65 + "@b.example",
        "a@" + "b" * 64 + ".example",
        "a@" + "b." * 130 + "example",
    ],
)
async def test_item_55_what_is_no_address_gets_no_mail(room: Mailroom, address: str) -> None:
    refused = await room.invite(await room.colleague(), email=address)
    mail = Smtp(room.parley.settings, room.parley.clock)
    with pytest.raises(MailRefused):
        await mail.send(Letter(address, "Hello", "Hello", "<p>Hello</p>", "<1@chat.example>"))

    assert refused.status_code == 422, refused.text
    assert room.office.delivered == []
    assert room.parley.rows("SELECT * FROM mails") == []


@pytest.mark.parametrize("injection", INJECTIONS)
async def test_item_55_a_name_that_people_choose_adds_nothing(
    room: Mailroom, injection: str
) -> None:
    name = f"<b>Nova</b>{injection}"
    await room.invite(await room.colleague(), name=name)

    mail = await room.mail()

    assert mail.recipients == ["new.hand@staff.example"]
    assert not {"bcc", "x-evil"} & {key.lower() for key in mail.message}
    assert "<b>" not in mail.html
    assert "&lt;b&gt;Nova&lt;/b&gt;" in mail.html
