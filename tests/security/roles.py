"""The role matrix as it is written, and the scene in which every request of it is made."""

import contextlib
import dataclasses
import hashlib
import sqlite3
from pathlib import Path
from typing import Any, Final

import httpx2

from bot.corpus import load_entries
from bot.exchange import to_csv
from chat_server.actions.complaining import open_complaint
from chat_server.domain.ids import PersonId, ThreadId, read, show
from chat_server.domain.people import Actor, Role
from tests.api.harness import API_KEY, HOUR, SECOND, Parley, SetClock, fresh_key
from tests.api.pictures import jpeg
from tests.factories import (
    TOKEN_S,
    Colleague,
    Customer,
    Order,
    Pair,
    Town,
    Visitor,
    bearer,
    meet,
    sign,
)

FILE: Final = Path(__file__).with_name("role_matrix.txt")
PASSING: Final = ("search", "cursors", "sqlite", "tickets")
"""Tables that follow the events by themselves, and tickets, which every socket of a test takes."""

SEEN: Final = ("seen_at", "gone_at")
"""Columns that say who has a socket."""

FAQ_ENTRY: Final = {
    "id": "refund_time",
    "group": "payment",
    "wordings": {
        "en": {"question": "When do I get my money?", "answer": "Soon enough, by {refund_max}."}
    },
}

TEAM: Final = {"name": "Night watch", "zone": "Europe/Chisinau", "windows": []}
CANNED: Final = {"shortcut": "hello", "title": "Hello", "texts": {"en": "Hello, {customer}."}}

Table = dict[str, dict[str, str]]


def read_matrix() -> dict[str, Table]:
    """Section to row to caller to what he is told."""
    matrix: dict[str, Table] = {}
    table: Table = {}
    callers: list[str] = []
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            section, *callers = line.split()
            table = matrix[section.strip("[]")] = {}
        elif line.strip() and not line.startswith("#"):
            words = line.split()
            told = words[-len(callers) :]
            table[" ".join(words[: -len(callers)])] = dict(zip(callers, told, strict=True))
    return matrix


def fingerprint(parley: Parley) -> str:
    """Of all that is stored, but for what follows by itself."""
    path = parley.settings.store.removeprefix("sqlite:///")
    digest = hashlib.sha256()
    with contextlib.closing(sqlite3.connect(path)) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for name in sorted(n for n in names if not n.startswith(PASSING)):
            rows = db.execute(f"SELECT * FROM {name} ORDER BY 1, 2")
            kept = [i for i, column in enumerate(rows.description) if column[0] not in SEEN]
            for row in rows:
                digest.update(repr((name, [row[i] for i in kept])).encode())
    return digest.hexdigest()


@dataclasses.dataclass(frozen=True)
class Scene:
    """A pair with all that operations ask about, and everybody who might ask."""

    pair: Pair
    other: Pair
    order: Order
    message: int
    """Of the buyer."""
    photo: str
    stale: str
    """The buyer's token from before his sign-out."""
    visitor: Visitor
    """Somebody who is not signed in."""
    staff: dict[str, Colleague]
    """An agent, an agent of another team, and a supervisor."""
    asked: str
    """A support thread of somebody else, which waits for an agent."""
    review: str
    """Of the buyer about the shop, published; empty where none is asked about."""
    dispute: dict[str, Any]
    """Of the two, in mediation; empty where none is asked about."""
    complaint: str
    """Of the buyer that nobody answers; empty where none is asked about."""

    @classmethod
    async def set_up(
        cls,
        town: Town,
        *,
        photo: bool,
        review: bool = False,
        dispute: bool = False,
        complaint: bool = False,
    ) -> "Scene":
        """Everything is there, nobody has asked yet."""
        pair, other = await meet(town), await meet(town)
        order = await town.order(pair.buyer, pair.shop)
        shown = await upload(pair.buyer) if photo else ""
        message = await pair.buyer.say(pair.thread, "Hello", photos=[shown] if shown else [])
        staff = {role: await town.colleague(role) for role in ("agent", "supervisor")}
        staff["other_agent"] = await town.outsider()
        for colleague in staff.values():
            await colleague.is_("away")  # So that nothing is given to them by itself.
        visitor, token = await town.visitor(), pair.buyer.token()
        asked = await town.in_queue(await town.visitor())
        words = await published(town, pair, staff["supervisor"]) if review else ""
        case = await disputed(town, pair) if dispute else {}
        against = await complained(town, pair) if complaint else ""
        scene = cls(
            pair, other, order, message, shown, token, visitor, staff, asked, words, case, against
        )
        await scene.sign_out(pair.buyer)
        return scene

    async def sign_out(self, person: Customer) -> None:
        """The backend signs him out; he comes back with a new token."""
        clock = self.pair.parley.clock
        clock.advance(SECOND)
        response = await self.pair.town.backend.post(f"/backend/people/{person.key}/sign-out")
        assert response.status_code == 204, response.text
        clock.advance(SECOND)
        person.renew()

    def client(self, caller: str) -> httpx2.AsyncClient:
        """HTTP as one of the matrix' columns."""
        parley, buyer = self.pair.parley, self.pair.buyer
        now = parley.clock.now_ms() // 1000
        proofs: dict[str, str] = {
            "forged": sign(buyer.claims(), key="not-our-key-0123456789-abcdefghijk"),
            "expired": buyer.token(iat=now - TOKEN_S - 61, exp=now - 61),
            "signed_out": self.stale,
            "wrong_key": "revoked-0123456789-abcdefghijklmnop",
            "backend": API_KEY,
        }
        if caller == "nobody":
            return parley.client()
        if caller in proofs:
            return parley.client(headers=bearer(proofs[caller]))
        return self.staff[caller].api if caller in self.staff else self.customer(caller).api

    def customer(self, caller: str) -> Customer:
        """Who stands behind a column of customers."""
        people = {
            "buyer": self.pair.buyer,
            "seller": self.pair.seller,
            "other_buyer": self.other.buyer,
            "other_seller": self.other.seller,
            "visitor": self.visitor,
        }
        return people[caller]

    def request(self, operation: str) -> dict[str, Any]:
        """Arguments of the request that a row is about; a client key is new each time."""
        method, path = operation.split()
        places = {
            "{thread}": self._thread(path),
            "{dispute}": self.dispute.get("id", ""),
            "{complaint}": self.complaint,
            "{report}": "0" * 16,
            "{evidence}": self.dispute["evidence"][0]["id"] if self.dispute else "",
            "{seq}": str(self.message),
            "{order}": self.order.id,
            "{photo}": self.photo,
            "{variant}": "thumb",
            "{key}": self._key(operation),
            "{entry}": "refund_time",
            "{team}": f"{1:016x}",
            "{canned}": "0" * 16,
            "{macro}": "0" * 16,
            "{webhook}": "0" * 16,
            "{person}": self._agent(),
            "{line}": self._line(),
            "{shop}": self.pair.shop.id,
            "{review}": self.review,
            "{part}": "text",
            "{name}": "x" * 43,
        }
        for name, value in places.items():
            path = path.replace(name, value)
        return {"method": method, "url": path, **self._content(operation)}

    def _thread(self, path: str) -> str:
        if path.startswith("/console/disputes/"):
            return str(self.dispute["thread_id"])
        return self.asked if path.startswith("/console") else self.pair.thread

    def _seen(self) -> int:
        """The revision of the dispute."""
        if not self.dispute:
            return 1
        number = read(self.dispute["id"])
        [(revision,)] = self.pair.parley.rows("SELECT revision FROM disputes WHERE id = ?", number)
        return int(revision)

    def _complained(self) -> int:
        """The revision of the complaint."""
        rows = self.pair.parley.rows("SELECT revision FROM complaints")
        return int(rows[0][0]) if rows else 1

    def _agent(self) -> str:
        """The agent's id."""
        email = self.staff["agent"].email
        [(person,)] = self.pair.parley.rows("SELECT id FROM people WHERE email = ?", email)
        return show(person)

    def _line(self) -> str:
        """Of the order."""
        number = read(self.order.id)
        [(line,)] = self.pair.parley.rows("SELECT id FROM order_lines WHERE order_id = ?", number)
        return show(line)

    def _key(self, operation: str) -> str:
        if operation.endswith("/sign-out"):
            return self.pair.seller.key
        if "/orders/" in operation:
            return self.order.key
        return self.pair.product.key if "/products/" in operation else "newcomer"

    def _content(self, operation: str) -> dict[str, Any]:
        if operation in ("POST /photos", "POST /console/photos"):
            return {"content": jpeg(), "headers": {"content-type": "image/jpeg"}}
        if operation.startswith("GET /console/reports"):
            days = {"from": "2027-01-01", "to": "2027-01-31"}
            return {"params": days | ({"kind": "days"} if "export" in operation else {})}
        if operation in ("GET /search", "GET /console/search"):
            return {"params": {"q": "Hello"}}
        if operation.endswith("/translation"):
            return {"params": {"language": "ro"}}
        if operation == "GET /faq/search":
            return {"params": {"q": "parcel"}}
        if operation.startswith("DELETE /console/faq/entries"):
            return {"params": {"revision": 0}}
        if operation.startswith("DELETE /console/") and operation.endswith("}"):
            return {"params": {"revision": 1}}
        if operation == "POST /console/faq/import":
            return {"content": to_csv(load_entries()[:1])}
        body = self._bodies().get(operation)
        return {} if body is None else {"json": body}

    def _bodies(self) -> dict[str, dict[str, Any]]:
        key = {"client_key": fresh_key()}
        message = "/threads/{thread}/messages/{seq}"
        price = {"amount": "1", "currency": "EUR"}
        return {
            "POST /inbox/session": {"token": "x" * 32},
            "POST /threads": {"order": self.order.id},
            "POST /visitors": {"locale": "en"},
            "POST /console/session": {
                "email": f"{fresh_key()}@b.example",
                "password": "never this",
            },
            "PUT /console/password": {"old": "never this", "new": "nor this one"},
            "POST /console/password-resets": {"email": f"{fresh_key()}@b.example"},
            "POST /console/password-links": {"token": "x" * 32, "password": "quite long enough"},
            "POST /console/people": {"email": "new@b.example", "name": "New", "role": "agent"},
            "PATCH /console/people/{person}": {"revision": 1, "name": "Renamed"},
            "PUT /threads/{thread}/email": {"email": "away@b.example"},
            "POST /support/return": {"token": "x" * 32},
            "PUT /console/faq/entries/{entry}": {"entry": FAQ_ENTRY, "revision": 0},
            "POST /console/faq/entries/{entry}/undo": {"to": 0, "revision": 0},
            "POST /console/faq/try": {"question": "how long do refunds take"},
            "POST /console/faq/dismissals": {"turns": [{"thread_id": "0" * 16, "seq": 1}]},
            "PUT /threads/{thread}/csat": {"score": 5},
            "POST /console/teams": TEAM,
            "PUT /console/teams/{team}": {**TEAM, "revision": self._team_revision()},
            "PUT /console/teams/{team}/members": {
                "members": [],
                "revision": self._team_revision(),
            },
            "POST /console/canned": CANNED,
            "PUT /console/canned/{canned}": {**CANNED, "revision": 1},
            "POST /console/macros": {"name": "Thanks", "steps": [{"kind": "resolve"}]},
            "PUT /console/macros/{macro}": {
                "name": "Thanks",
                "steps": [{"kind": "resolve"}],
                "revision": 1,
            },
            "PUT /console/labels": {"labels": []},
            "PUT /console/brand": {"name": "Market", "color": "#0c6b58"},
            "POST /console/webhooks": {"name": "Shop", "url": "https://1.1.1.1/hooks"},
            "PUT /console/webhooks/{webhook}": {
                "name": "Shop",
                "url": "https://1.1.1.1/hooks",
                "active": True,
                "revision": 1,
            },
            "POST /console/webhooks/{webhook}/secret": {"revision": 1},
            "POST /console/webhooks/{webhook}/replays": {},
            "POST /orders/{order}/lines/{line}/review": {**key, "stars": 5},
            "PUT /orders/{order}/lines/{line}/order-rating": {
                "described": 5,
                "communication": 5,
                "shipping": 5,
            },
            "PUT /reviews/{review}/parts/{part}": {**key, "text": "Good"},
            "PUT /reviews/{review}/vote": {"helpful": True},
            "POST /console/moderation/decisions": {
                "decisions": [
                    {"review_id": "0" * 16, "part": "text", "revision": 1, "move": "publish"}
                ]
            },
            "POST /orders/{order}/lines/{line}/disputes": {
                **key,
                "reason": "damaged",
                "wish": {"kind": "full"},
                "evidence": {"text": "It came broken."},
            },
            "POST /disputes/{dispute}/moves": {
                **key,
                "act": "evidence",
                "revision": self._seen(),
                "evidence": {"text": "Look closer."},
            },
            "POST /console/disputes/{dispute}/moves": {
                **key,
                "act": "take",
                "revision": self._seen(),
            },
            "POST /console/disputes/{dispute}/messages": {**key, "text": "Please add a photo."},
            "POST /threads/{thread}/complaints": key,
            "POST /complaints/{complaint}/moves": {
                **key,
                "act": "answer",
                "revision": self._complained(),
                "text": "Here I am.",
            },
            "POST /console/complaints/{complaint}/moves": {
                **key,
                "act": "uphold",
                "revision": self._complained(),
                "text": "So it is.",
            },
            "PUT /shops/{shop}/hours": {"zone": "UTC"},
            "PUT /console/reports/{report}": {"spam": True},
            "POST /backend/refunds/{key}": {"state": "failed", "reason": "no such card"},
            "POST /reviews/{review}/parts/{part}/report": {"reason": "other", "text": "No."},
            "PUT /notices/read": {"side": "mine", "until": "7" + "f" * 15},
            "PUT /console/reviews/{review}/parts/{part}/reports": {"revision": 2},
            "PUT /console/reviews/{review}/parts/{part}/hiding": {
                "revision": 2,
                "hidden": True,
                "reason": "other",
            },
            "PUT /console/reviews/{review}/annulment": {"annulled": True, "reason": "fraud"},
            "PUT /console/availability": {"availability": "away"},
            "POST /console/threads/{thread}/moves": {"move": "claim", "revision": self._revision()},
            "PATCH /console/threads/{thread}": {"revision": self._revision(), "priority": 1},
            "POST /console/threads/{thread}/notes": {**key, "text": "A note"},
            "POST /console/threads/{thread}/messages": {**key, "text": "An answer"},
            "PUT /console/threads/{thread}/marks": {"read": 1},
            "POST /support/merge": {"token": self.visitor.secret},
            f"PUT {message}/feedback": {"helpful": True},
            "POST /threads/{thread}/messages": {**key, "text": "May I?"},
            f"PATCH {message}": {**key, "text": "Changed"},
            f"POST {message}/withdrawal": key,
            f"POST {message}/report": {**key, "reason": "spam"},
            "PUT /threads/{thread}/marks": {"read": 1},
            "PUT /threads/{thread}/settings": {"muted": True},
            "PUT /threads/{thread}/block": {"blocked": True},
            "POST /orders/{order}/receipt": key,
            "PUT /backend/people/{key}": {"name": "New", "version": 1},
            "PUT /backend/shops/{key}": {"name": "New", "version": 1},
            "PUT /backend/products/{key}": {
                "shop": self.pair.shop.key,
                "title": "Lamp",
                "version": 2,
                "price": price,
            },
            "PUT /backend/orders/{key}": {**self.order.body, "version": 2},
            "POST /backend/orders/{key}/receipt": key,
            "POST /backend/inbox-links": {"person": self.pair.seller.key},
        }

    def _revision(self) -> int:
        """Of the support thread, as it stands."""
        number = read(self.asked)
        [(revision,)] = self.pair.parley.rows("SELECT revision FROM threads WHERE id = ?", number)
        return int(revision)

    def _team_revision(self) -> int:
        """Of the first team, as it stands."""
        [(revision,)] = self.pair.parley.rows("SELECT revision FROM teams WHERE id = 1")
        return int(revision)

    def command(self, tag: str, ticket: str, *, desk: bool = False) -> dict[str, Any]:
        """Fields of the command that a row is about; the desk asks about a support thread."""
        about = self.asked if desk else self.pair.thread
        thread, key = {"thread_id": about}, {"client_key": fresh_key()}
        fields: dict[str, dict[str, Any]] = {
            "hello": {"ticket": ticket},
            "token.renew": {"ticket": ticket},
            "message.send": {**thread, **key, "text": "May I?"},
            "message.edit": {**thread, **key, "seq": self.message, "text": "Changed"},
            "message.withdraw": {**thread, **key, "seq": self.message},
            "mark": {"marks": [{**thread, "read": 1}]},
            "typing": thread,
            "watch": thread,
            "unwatch": thread,
            "history": thread,
            "threads": {},
            "look": {**thread, "doing": "looking"},
        }
        return fields[tag]


async def upload(person: Customer) -> str:
    """A small photo of this person's; its id."""
    response = await person.api.post(
        "/photos", content=jpeg(), headers={"content-type": "image/jpeg"}
    )
    assert response.status_code == 201, response.text
    photo: str = response.json()["id"]
    return photo


async def published(town: Town, pair: Pair, moderator: Colleague) -> str:
    """What the buyer wrote of something that he received, for everybody to read; the review's id."""
    order = await town.order(pair.buyer, pair.shop, "received")
    [(line,)] = town.parley.rows("SELECT id FROM order_lines WHERE order_id = ?", read(order.id))
    body = {"client_key": fresh_key(), "stars": 4, "text": "Sturdy."}
    rated = await pair.buyer.api.post(f"/orders/{order.id}/lines/{show(line)}/review", json=body)
    assert rated.status_code == 201, rated.text
    decision = {
        "review_id": rated.json()["id"],
        "part": "text",
        "revision": 1,
        "move": "publish",
    }
    decided = await moderator.api.post(
        "/console/moderation/decisions", json={"decisions": [decision]}
    )
    assert decided.json()["outcomes"] == ["ok"], decided.text
    return str(rated.json()["id"])


async def disputed(town: Town, pair: Pair) -> dict[str, Any]:
    """Something that the buyer received broken, about which a mediator was asked."""
    order = await town.order(pair.buyer, pair.shop, "received")
    [(line,)] = town.parley.rows("SELECT id FROM order_lines WHERE order_id = ?", read(order.id))
    body = {
        "client_key": fresh_key(),
        "reason": "damaged",
        "wish": {"kind": "full"},
        "evidence": {"text": "Broken.", "photos": [await upload(pair.buyer)]},
    }
    url = f"/orders/{order.id}/lines/{show(line)}/disputes"
    opened = await pair.buyer.api.post(url, json=body)
    assert opened.status_code == 201, opened.text
    dispute: dict[str, Any] = opened.json()
    for revision, act in ((1, "reject"), (2, "escalate")):
        who = pair.seller if act == "reject" else pair.buyer
        step = {"client_key": fresh_key(), "act": act, "revision": revision}
        said = {**step, "evidence": {"text": "No."}}
        moved = await who.api.post(f"/disputes/{dispute['id']}/moves", json=said)
        assert moved.status_code == 200, moved.text
    return dispute


async def complained(town: Town, pair: Pair) -> str:
    """The buyer has complained that nobody answers, as if he had waited for it; the complaint's id."""
    ctx, clock = town.parley.ctx, SetClock()
    clock.at = ctx.clock.now_ms() + 49 * HOUR
    buyer = Actor(PersonId(read(pair.buyer.id)), Role.BUYER)
    later = dataclasses.replace(ctx, clock=clock)
    return show(await open_complaint(later, buyer, ThreadId(read(pair.thread)), fresh_key(), ""))
