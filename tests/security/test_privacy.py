"""What each party learns of another, and what nobody may (items 8, 10, 12, 16 to 24, 28, 30)."""

import contextlib
import json
import pathlib
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

import chat_server
from chat_server.gateways.clock import SystemClock, SystemIds
from tests.api.harness import fresh_key
from tests.factories import Customer, Pair, Town, meet
from tests.security.roles import fingerprint, upload

NOWHERE = "0" * 16


async def test_item_16_what_belongs_to_others_is_missing_byte_for_byte(pair: Pair) -> None:
    """Every question by id, asked about what exists elsewhere and about what exists nowhere."""
    order = await pair.town.order(pair.buyer, pair.shop)
    photo = await upload(pair.buyer)
    seq = await pair.buyer.say(pair.thread, "Secret", photos=[photo])
    strangers = [(await meet(pair.town)).buyer, (await meet(pair.town)).seller]
    key = {"client_key": fresh_key()}
    questions: list[tuple[str, str, dict[str, Any] | None]] = [
        ("GET", "/threads/{t}", None),
        ("GET", "/threads/{t}/events", None),
        ("GET", "/threads/{t}/events?around=1", None),
        ("POST", "/threads/{t}/messages", {**key, "text": "Hello"}),
        ("POST", "/threads/{t}/messages", {**key, "text": "Hello", "reply_to": seq}),
        ("PATCH", "/threads/{t}/messages/1", {**key, "text": "Changed"}),
        ("POST", "/threads/{t}/messages/1/withdrawal", key),
        ("POST", "/threads/{t}/messages/1/report", {**key, "reason": "spam"}),
        ("PUT", "/threads/{t}/marks", {"read": 1}),
        ("PUT", "/threads/{t}/settings", {"muted": True}),
        ("PUT", "/threads/{t}/block", {"blocked": True}),
        ("GET", "/orders/{o}", None),
        ("POST", "/orders/{o}/receipt", key),
        ("GET", "/photos/{p}/full", None),
        ("GET", "/photos/{p}/thumb", None),
    ]
    before = fingerprint(pair.parley)

    for person in strangers:
        for method, path, body in questions:
            there = path.format(t=pair.thread, o=order.id, p=photo)
            nowhere = path.format(t=NOWHERE, o=NOWHERE, p=NOWHERE)
            told = [await person.api.request(method, p, json=body) for p in (there, nowhere)]
            assert [a.status_code for a in told] == [404, 404], f"{method} {path}"
            assert told[0].content == told[1].content
            assert headers(told[0]) == headers(told[1])
        for field in ("order", "product"):
            named = (order.id, order.key, NOWHERE, "no-such-key") if field == "order" else ()
            answers = [await person.api.post("/threads", json={field: name}) for name in named]
            assert len({(a.status_code, a.content) for a in answers}) <= 1
    assert fingerprint(pair.parley) == before


def headers(answer: Any) -> dict[str, str]:
    return {k: v for k, v in answer.headers.items() if k not in ("x-request-id", "date")}


async def test_item_16_over_the_socket_too(pair: Pair) -> None:
    await pair.buyer.say(pair.thread, "Secret")
    stranger = (await meet(pair.town)).buyer
    line, welcome = await stranger.line()
    before = fingerprint(pair.parley)
    key = {"client_key": fresh_key()}
    questions: list[tuple[str, dict[str, Any]]] = [
        ("message.send", {**key, "text": "Hello"}),
        ("message.edit", {**key, "seq": 1, "text": "Hello"}),
        ("message.withdraw", {**key, "seq": 1}),
        ("watch", {}),
        ("history", {}),
        ("history", {"around": 1}),
    ]

    for t, fields in questions:
        there, nowhere = [
            await line.ask(t, thread_id=thread, **fields) for thread in (pair.thread, NOWHERE)
        ]
        assert there.pop("id") != nowhere.pop("id")
        assert there == nowhere
        assert there["code"] == "not_found"
    await line.send("mark", marks=[{"thread_id": pair.thread, "read": 1}])
    await line.send("typing", thread_id=pair.thread)
    known = [[pair.thread, 0], [NOWHERE, 0]]
    _, back = await stranger.line(epoch=welcome["epoch"], known=known)
    assert sorted(back["gone"]) == sorted([pair.thread, NOWHERE])
    assert "Secret" not in json.dumps([back, await line.heard()])
    assert fingerprint(pair.parley) == before


async def test_item_17_own_things_do_not_open_foreign_ones(pair: Pair) -> None:
    """Own thread with a foreign message, photo or reply; foreign thread with one's own."""
    other = await meet(pair.town)
    foreign_photo = await upload(pair.buyer)
    for n in range(3):
        await pair.buyer.say(pair.thread, f"{n}")
    own = await other.buyer.say(other.thread, "Own")
    own_photo = await upload(other.buyer)
    before = fingerprint(pair.parley)

    answers = [
        await other.buyer.edit(other.thread, 3, "Changed"),
        await other.buyer.withdraw(other.thread, 3),
        await other.seller.report(other.thread, 3),
        await other.buyer.post(other.thread, text="Look", photos=[foreign_photo]),
        await other.buyer.post(other.thread, text="Look", photos=[own_photo, foreign_photo]),
        await other.buyer.post(other.thread, text="Look", reply_to=3),
        await other.buyer.edit(pair.thread, own, "Changed"),
        await other.buyer.withdraw(pair.thread, own),
        await other.buyer.post(pair.thread, text="Look", photos=[own_photo]),
    ]

    assert [a.status_code for a in answers] == [422] * 6 + [404] * 3
    assert fingerprint(pair.parley) == before


# What is told: an allow-list of all keys of all payloads.

PERSON = {"id", "name"}
ALLOWED = {
    "person": PERSON,
    "customer": PERSON,
    "me": PERSON,
    "shop": PERSON,
    "shops": PERSON,
    "product": {"id", "title", "url", "photo_url", "price"},
    "price": {"amount", "currency"},
    "total": {"amount", "currency"},
    "lines": {"id", "title", "price", "photo_url", "quantity"},
    "photos": {"id", "width", "height"},
    "marks": {"side", "delivered", "read"},
    "limits": {"text", "photos", "photo_bytes", "edit_ms", "withdraw_ms"},
    "order": {
        "id", "number", "state", "version", "shop", "customer", "lines", "total", "placed_at",
        "paid_at", "ship_by", "shipped_at", "promised_days", "carrier", "tracking",
        "protected_until", "received_at", "received_by", "thread_id", "can_confirm",
    },
    "event": {
        "kind", "seq", "at", "side", "author", "text", "photos", "reply_to", "edited_at",
        "withdrawn", "client_key", "target", "code", "params",
    },
    "thread": {
        "id", "kind", "my_side", "customer", "last_seq", "last_at", "created_at", "shop", "product",
        "order", "last", "unread", "read", "marks", "muted", "archived", "blocked_by", "can_write",
        "waiting_since",
    },
}  # fmt: skip
ALIASES = {
    "orders": "order",
    "threads": "thread",
    "events": "event",
    "last": "event",
    "message": "event",
}


def strangers_in(value: Any, name: str = "") -> Iterator[str]:
    """Keys that are not on the list of the object that they stand in."""
    if isinstance(value, list):
        for item in value:
            yield from strangers_in(item, name)
    elif isinstance(value, dict):
        allowed = ALLOWED.get(ALIASES.get(name, name))
        for key, inner in value.items():
            if allowed is not None and key not in allowed:
                yield f"{name}.{key}"
            yield from strangers_in(inner, key)


async def test_item_18_parties_learn_names_and_messages_and_no_more(town: Town) -> None:
    secrets = {"country": "MD", "zone": "Europe/Chisinau", "locale": "ro"}
    pair = await meet(town)
    for person in (pair.buyer, pair.seller):
        await town.put(f"people/{person.key}", {"name": person.name, "version": 2, **secrets})
    order = await town.order(pair.buyer, pair.shop)
    other = await town.order(pair.buyer, await town.shop([await town.seller()]))
    thread = await pair.buyer.open(order)
    await pair.buyer.say(thread, "Hello", photos=[await upload(pair.buyer)])
    await pair.buyer.say(pair.thread, "Hello too")
    line, welcome = await pair.seller.line()
    await pair.buyer.say(thread, "Look", reply_to=1)
    await pair.buyer.edit(thread, 1, "Changed")
    await town.ship(order)
    await pair.buyer.api.put(f"/threads/{thread}/marks", json={"read": 1})
    await pair.seller.block(thread)
    told: list[Any] = [welcome, await line.push("thread"), await line.push("order")]
    told += await line.heard()
    paths = ["/threads", f"/threads/{thread}", f"/threads/{thread}/events", "/orders"]
    paths += [f"/orders/{order.id}", "/unread", "/search?q=hello"]
    told += [(await pair.seller.api.get(path)).json() for path in paths]

    kinds = {frame["t"] for frame in told if "t" in frame}
    assert {"welcome", "event", "marks", "thread", "order"} <= kinds
    assert list(strangers_in(told)) == []
    text = json.dumps(told)
    for private in ("Europe/Chisinau", '"MD"', '"ro"', other.id, other.key, pair.buyer.key):
        assert private not in text
    assert str(pair.buyer.api.headers["authorization"]) not in text


async def test_item_22_presence_of_a_buyer_is_no_public_fact(pair: Pair) -> None:
    stranger = (await meet(pair.town)).seller
    await pair.buyer.on_line()
    line = await stranger.on_line()

    answer = await line.ask("watch", thread_id=pair.thread)

    assert answer["code"] == "not_found"


async def test_item_24_the_sender_is_the_one_whose_token_it_is(pair: Pair) -> None:
    line = await pair.seller.on_line()
    pair.buyer.renew(name="Support", picture="https://evil.example/a.png")

    await pair.buyer.say(pair.thread, "I am your bank")

    event = (await line.push("event"))["event"]
    assert (event["author"], event["side"]) == (pair.buyer.id, "customer")
    assert (await pair.seller.view(pair.thread))["customer"]["name"] == pair.buyer.name


async def test_item_28_two_shops_alike_in_every_name_do_not_mix(town: Town) -> None:
    pairs = []
    for n in (1, 2):
        buyer, seller = await town.buyer("Ana"), await town.seller("Ion")
        shop = await town.shop([seller], key=f"lamps-{'x' * n}")
        await town.put(
            f"shops/{shop.key}", {"name": "Lamps", "version": 2, "members": [seller.key]}
        )
        product = await town.product(shop, "Lamp")
        pairs.append(Pair(town, buyer, seller, shop, product, await buyer.open(product)))
    one, two = pairs
    lines = [await two.buyer.on_line(), await two.seller.on_line()]

    await one.buyer.say(one.thread, "needle")
    await one.seller.block(one.thread)

    assert [await line.heard() for line in lines] == [[], []]
    assert await two.buyer.say(two.thread, "Hello") == 1
    assert await two.seller.threads() == [two.thread]
    assert (await two.seller.api.get("/search?q=needle")).json() == {"hits": []}
    assert await two.seller.unread() == 1


@pytest.mark.parametrize("method", ["person", "link"])
async def test_item_12_only_the_backend_learns_who_exists(pair: Pair, method: str) -> None:
    """Somebody without its key is told the same of everybody."""
    stranger = pair.parley.client()
    answers = []
    for key in (pair.seller.key, "nobody-known"):
        if method == "person":
            answers.append(await stranger.post(f"/backend/people/{key}/sign-out"))
        else:
            answers.append(await stranger.post("/backend/inbox-links", json={"person": key}))

    assert {(a.status_code, a.content) for a in answers} == {(401, answers[0].content)}


# Secrets.


def test_item_08_a_thousand_secrets_are_long_random_and_all_different() -> None:
    ids = SystemIds(SystemClock())

    made = [ids.new_secret() for _ in range(1000)]

    assert len(set(made)) == 1000
    assert all(len(secret) * 6 >= 128 for secret in made)
    letters = "".join(made)
    counts = [letters.count(letter) for letter in set(letters)]
    mean = len(letters) / 64
    assert len(counts) == 64
    chi = sum((count - mean) ** 2 / mean for count in counts)
    assert chi < 63 + 6 * (2 * 63) ** 0.5, "some letters come too often"
    for place in range(len(made[0])):
        assert len({secret[place] for secret in made}) > 32, "a place that hardly changes"


async def test_item_08_the_store_holds_hashes_of_secrets_alone(pair: Pair) -> None:
    link = await pair.town.backend.post("/backend/inbox-links", json={"person": pair.seller.key})
    unused = await pair.town.backend.post("/backend/inbox-links", json={"person": pair.seller.key})
    browser = pair.parley.client()
    await browser.post("/inbox/session", json={"token": link.json()["url"].partition("#token=")[2]})
    secrets = [
        browser.cookies["parley_session"],
        unused.json()["url"].partition("#token=")[2],
        await pair.buyer.ticket(),
        pair.buyer.token(),
    ]

    path = pair.parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as db:
        dump = "\n".join(db.iterdump()) + "".join(
            repr(row)
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            for row in db.execute(f"SELECT * FROM {name}")
        )

    for secret in secrets:
        assert secret not in dump
        assert secret.encode().hex() not in dump.lower()


SECRET_NAMES = re.compile(
    r"^\s*(?!.*(#|\"\"\")).*\b(token|secret|ticket|password|api_key|signature)\w*\b\s*(==|!=)|"
    r"(==|!=)\s*\b(token|secret|ticket|password|api_key|signature)\w*\b"
)


def test_item_10_secrets_are_compared_in_one_place() -> None:
    root = pathlib.Path(chat_server.__file__).parent
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()}"
        for path in sorted(root.rglob("*.py"))
        if "client" not in path.relative_to(root).parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if SECRET_NAMES.search(line)
    ]
    comparing = [
        str(path.relative_to(root))
        for path in sorted(root.rglob("*.py"))
        if "compare_digest" in path.read_text("utf-8")
    ]

    assert found == []
    assert comparing == ["domain/secrets.py"]


async def test_item_12_a_person_is_asked_about_in_the_same_words(pair: Pair) -> None:
    """The backend's keys of threads, orders and products are no ids of ours, and the other way round."""
    buyer: Customer = pair.buyer
    order = await pair.town.order((await meet(pair.town)).buyer, pair.shop)

    answers = [
        await buyer.api.post("/threads", json={"order": name})
        for name in (order.id, order.key, NOWHERE, "nothing", pair.thread)
    ]

    assert {(a.status_code, a.content) for a in answers} == {(404, answers[0].content)}
