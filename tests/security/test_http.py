"""The HTTP surface: hosts, origins, headers, methods, errors and what proxies may say (items 13, 14, 38 to 44)."""

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chat_server.settings import load_settings
from chat_server.web.middleware import HEADER_BYTES
from chat_server.web.routes import OPERATIONS
from tests.api.harness import API_KEY, HOST, Parley, running
from tests.factories import Pair, Town, bearer, meet
from tests.hostile.requests import HOSTS, ORIGINS, PATHS
from tests.security.roles import Scene, fingerprint

API = f"https://{HOST}/api/v1"
PATHS_OF_API = sorted({operation.path for operation in OPERATIONS})


def filled(path: str) -> str:
    for name in ("thread", "order", "photo"):
        path = path.replace(f"{{{name}}}", "0" * 16)
    return path.replace("{seq}", "1").replace("{variant}", "full").replace("{key}", "k")


# Hosts and proxies.


@pytest.mark.parametrize("host", HOSTS["ours"])
async def test_item_14_our_own_host_is_answered(host: str, parley: Parley) -> None:
    assert (await parley.client(headers={"host": host}).get("/me")).status_code == 401


@pytest.mark.parametrize("host", HOSTS["foreign"])
async def test_item_14_a_foreign_or_malformed_host_is_refused(host: str, parley: Parley) -> None:
    client = parley.client(headers={"host": host.encode("latin-1")})

    for path in (f"{API}/me", f"https://{HOST}/metrics", f"https://{HOST}/inbox"):
        answer = await client.get(path)
        assert (answer.status_code, answer.text) == (400, "Unknown host.")


async def test_item_14_links_use_the_configured_address(
    tmp_path: Path, store_template: Path
) -> None:
    async with running(tmp_path, store_template, hosts=("*",)) as parley:
        pair = await meet(Town(parley))
        pair.town.backend.headers["host"] = "evil.example"

        link = await pair.town.backend.post(
            "/backend/inbox-links", json={"person": pair.seller.key}
        )

    assert link.json()["url"].startswith(f"https://{HOST}/inbox#token=")


async def test_item_13_what_an_unlisted_peer_says_of_itself_is_not_believed(
    tmp_path: Path, store_template: Path
) -> None:
    async with running(
        tmp_path, store_template, request_rate=0.1, request_burst=5, api_keys={"k": API_KEY}
    ) as parley:
        statuses = []
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{await parley.port()}") as client:
            for n in range(8):
                forged = f"198.51.100.{n}"
                headers = {
                    "host": HOST,
                    "x-forwarded-for": forged,
                    "x-real-ip": forged,
                    "forwarded": f"for={forged}",
                    "x-remote-user": "ana",
                    "x-forwarded-host": "evil.example",
                    "x-http-method-override": "DELETE",
                }
                answer = await client.get("/api/v1/me", headers=headers)
                statuses.append(answer.status_code)

    assert statuses == [401] * 5 + [429] * 3


async def test_item_13_a_listed_proxy_is_believed(tmp_path: Path, store_template: Path) -> None:
    async with running(
        tmp_path, store_template, request_rate=0.1, request_burst=2, trusted_proxies=("127.0.0.1",)
    ) as parley:
        statuses: dict[str, list[int]] = {}
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{await parley.port()}") as client:
            for address in ("198.51.100.1", "198.51.100.2") * 3:
                headers = {"host": HOST, "x-forwarded-for": address}
                answer = await client.get("/api/v1/me", headers=headers)
                statuses.setdefault(address, []).append(answer.status_code)

    assert list(statuses.values()) == [[401, 401, 429]] * 2


async def test_item_37_strangers_cannot_use_up_the_backends_share(
    tmp_path: Path, store_template: Path
) -> None:
    async with running(tmp_path, store_template, request_rate=0.1, request_burst=50) as parley:
        stranger = parley.client(headers=bearer("not-a-key-0123456789-abcdefghijklm"))
        guesses = [
            (await stranger.put("/backend/people/a", json={})).status_code for _ in range(120)
        ]

        town = Town(parley)
        stands = await town.put("people/ana", {"name": "Ana", "version": 1})

    assert stands["applied"] is True
    assert set(guesses) == {401, 429}, "guessing keys is slowed down"


async def test_item_37_only_the_marketplaces_own_server_reads_as_often_as_it_likes(
    tmp_path: Path, store_template: Path
) -> None:
    async with running(
        tmp_path, store_template, request_rate=0.1, request_burst=2, api_keys={"k": API_KEY}
    ) as parley:
        client = parley.client()

        async def read(key: str) -> int:
            headers = {"authorization": f"Bearer {key}"}
            return (await client.get("/shops/none/card", headers=headers)).status_code

        own = [await read(API_KEY) for _ in range(5)]
        other = [await read("x" * 40) for _ in range(4)]
        written = [
            (
                await client.post(
                    "/visitors", json={}, headers={"authorization": f"Bearer {API_KEY}"}
                )
            )
            for _ in range(2)
        ]

    assert own == [404] * 5
    assert other == [404, 404, 429, 429]
    assert {answer.status_code for answer in written} == {429}


# Who may read our answers, and who may write.


@pytest.mark.parametrize("path", PATHS_OF_API)
async def test_item_39_every_path_answers_the_preflight_of_our_origins_alone(
    path: str, parley: Parley
) -> None:
    client = parley.client()
    ask = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
    }
    url = API + filled(path)

    ours = await client.options(url, headers={"origin": "https://shop.example", **ask})
    foreign = [await client.options(url, headers={"origin": o, **ask}) for o in ORIGINS]

    assert ours.status_code == 204
    assert ours.headers["access-control-allow-origin"] == "https://shop.example"
    allowed = ours.headers["access-control-allow-headers"]
    assert {"authorization", "content-type"} <= {h.strip() for h in allowed.split(",")}
    assert "access-control-allow-credentials" not in ours.headers
    for answer in foreign:
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    for answer in (ours, *foreign):
        assert "origin" in answer.headers["vary"].lower()


async def test_item_39_answers_name_our_origins_and_never_a_star(pair: Pair) -> None:
    for origin, allowed in (("https://shop.example", True), *((o, False) for o in ORIGINS)):
        answer = await pair.buyer.api.get("/me", headers={"origin": origin})
        assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert "access-control-allow-credentials" not in answer.headers
        assert "origin" in answer.headers["vary"].lower()


async def test_item_38_no_get_changes_anything(town: Town) -> None:
    """Every GET that there is, by everybody who may ask it."""
    scene = await Scene.set_up(town, photo=True, review=True, dispute=True, complaint=True)
    gets = [op for op in OPERATIONS if op.method == "GET"]
    before = fingerprint(town.parley)

    for operation in gets:
        for caller in ("buyer", "seller", "other_buyer", "other_seller", "backend", "nobody"):
            request = scene.request(f"GET {operation.path}")
            await scene.client(caller).request(**request)
            await scene.client(caller).request(**{**request, "method": "HEAD"})
    for path in (
        "/healthz",
        "/metrics",
        "/openapi.json",
        "/docs",
        "/inbox",
        "/widget.html",
        "/reviews.html",
        "/faq/ru",
    ):
        await town.parley.client().get(f"https://{HOST}{path}")

    assert fingerprint(town.parley) == before


# Headers.

COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/inbox", "/widget.html",
     "/widget.js", "/reviews.html", "/reviews.js", "/faq", "/faq/en", "/faq/en/order_status", "/faq/sitemap.xml",
     "/faq.css", "/nothing", "/api/v1/me", "/api/v1/nothing", "/socket"],
)  # fmt: skip
async def test_item_40_every_answer_carries_the_headers_that_browsers_need(
    path: str, parley: Parley
) -> None:
    answer = await parley.client().get(f"https://{HOST}{path}")

    assert COMMON.items() <= dict(answer.headers).items()
    assert "max-age" in answer.headers["strict-transport-security"]
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "*" not in policy
    assert "frame-ancestors" in policy
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


async def test_item_40_only_the_widget_may_be_framed_and_only_by_the_market(
    tmp_path: Path, store_template: Path
) -> None:
    root = tmp_path / "web"
    root.mkdir()
    for page in ("widget.html", "inbox.html"):
        (root / page).write_text("<!doctype html><title>x</title>")
    async with running(tmp_path, store_template, web_root=str(root)) as parley:
        client = parley.client()
        pages = {p: await client.get(f"https://{HOST}{p}") for p in ("/widget.html", "/inbox")}

    assert [page.status_code for page in pages.values()] == [200, 200]
    widget = pages["/widget.html"].headers["content-security-policy"]
    assert "frame-ancestors 'self' https://shop.example" in widget
    assert "frame-ancestors 'none'" in pages["/inbox"].headers["content-security-policy"]


# Methods, paths and bodies.


@pytest.mark.parametrize("path", PATHS_OF_API)
async def test_a_wrong_method_is_told_all_right_ones(path: str, parley: Parley) -> None:
    right = {op.method for op in OPERATIONS if op.path == path}

    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"} - right:
        answer = await parley.client().request(method, API + filled(path))
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert set(answer.headers["allow"].split(", ")) == right


@pytest.mark.parametrize("path", PATHS)
async def test_item_43_strange_paths_find_nothing(path: str, pair: Pair) -> None:
    request = pair.buyer.api.build_request("GET", f"https://{HOST}/")
    request.url = request.url.copy_with(raw_path=path.encode("latin-1"))

    answer = await pair.buyer.api.send(request)

    assert 400 <= answer.status_code < 500, answer.text
    assert "root:" not in answer.text


async def test_item_43_ten_thousand_parameters_and_long_headers_are_refused(pair: Pair) -> None:
    many = "&".join(f"{n:x}=" for n in range(10_000))
    long = {"x-long": "a" * HEADER_BYTES}
    double = "limit=1&limit=2"

    answers = [
        await pair.buyer.api.get(f"/threads?{many}"),
        await pair.buyer.api.get("/threads", headers=long),
        await pair.buyer.api.get(f"/threads?{double}"),
        await pair.buyer.api.get("/threads?limit=1%00"),
        await pair.buyer.api.get("/search?q=%ff%fe"),
    ]

    assert [a.status_code for a in answers[:4]] == [422, 431, 422, 422]
    assert answers[4].status_code in (200, 422)


async def test_item_43_a_header_of_100_kib_is_refused_by_the_server_itself(parley: Parley) -> None:
    raw = await parley.raw(upgraded=False)
    await raw.send(
        b"GET /healthz HTTP/1.1\r\nHost: chat.example\r\nX: " + b"a" * 100_000 + b"\r\n\r\n"
    )

    assert (await raw.head()).split()[1] in (b"400", b"431")


BODIES: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 422),
    "not JSON": (b"{", 422),
    "another type": (b"[]", 422),
    "null": (b"null", 422),
    "deep": (b"[" * 100_000, 422),
    "not UTF-8": (b'{"client_key":"abcdefgh","text":"\xff"}', 422),
    "half a character": (b'{"client_key":"abcdefgh","text":"\\ud800"}', 422),
    "NUL": (b'{"client_key":"abcdefgh","text":"a\\u0000b"}', 422),
    "bare NUL": (b'{"client_key":"abcdefgh","text":"a\x00b"}', 422),
    "huge": (b'{"client_key":"abcdefgh","text":"' + b"a" * 2**20 + b'"}', 413),
    "unknown field": (b'{"client_key":"abcdefgh","text":"a","seq":7}', 422),
    "prototype": (b'{"client_key":"abcdefgh","text":"a","__proto__":{}}', 422),
    "sender": (b'{"client_key":"abcdefgh","text":"a","author":"x"}', 422),
    "side": (b'{"client_key":"abcdefgh","text":"a","side":"system"}', 422),
    "created_at": (b'{"client_key":"abcdefgh","text":"a","at":1}', 422),
    "is_internal": (b'{"client_key":"abcdefgh","text":"a","is_internal":true}', 422),
    "key with a line break": (b'{"client_key":"abcdefgh\\n","text":"a"}', 422),
    "text a number": (b'{"client_key":"abcdefgh","text":1}', 422),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
async def test_item_23_bodies_are_exactly_what_they_must_be(
    body: bytes, status: int, pair: Pair
) -> None:
    url = f"/threads/{pair.thread}/messages"

    answer = await pair.buyer.api.post(
        url, content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == status, answer.text
    assert await pair.buyer.events(pair.thread) == []


# Errors.


async def test_item_42_errors_have_one_shape_and_no_inside(pair: Pair) -> None:
    api = pair.buyer.api
    await pair.seller.post(pair.thread, client_key="abcdefgh", text="1")
    answers = {
        401: await pair.parley.client().get("/me"),
        403: await pair.seller.report(pair.thread, await pair.seller.say(pair.thread)),
        404: await api.get(f"/threads/{'0' * 16}"),
        405: await api.delete("/me"),
        409: await pair.seller.post(pair.thread, client_key="abcdefgh", text="2"),
        415: await api.post("/threads", content=b"{}"),
        422: await api.post("/threads", json={"nothing": 1}),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"
        problem = answer.json()
        assert problem["status"] == status
        assert set(problem) <= {
            "type", "title", "status", "code", "detail", "retryable", "retry_after_ms", "reason", "hint",
        }  # fmt: skip
        assert not {"Traceback", "sqlite", "SELECT", "chat_server", "/home", ".py"} & set(
            answer.text.replace("/", " /").split()
        )
    assert answers[401].headers["www-authenticate"] == "Bearer"


async def test_item_42_our_own_mistakes_tell_nothing_but_where_to_look(pair: Pair) -> None:
    path = pair.parley.settings.store.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE threads SET kind = 'nonsense'")

    for debug in ({}, {"x-debug": "1"}, {"cookie": "debug=1"}):
        answer = await pair.buyer.api.get(f"/threads/{pair.thread}?", headers=debug)
        assert answer.status_code == 500
        problem = answer.json()
        assert problem["code"] == "internal"
        assert problem["request_id"] == answer.headers["x-request-id"]
        assert "nonsense" not in answer.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ru", "ru"), ("ro-MD,ro;q=0.9", "ro"), ("ar", "ar"), ("es-MX", "es"), ("fr", "en"), ("", "en"), ("\xff", "en"),
     ("en;q=0.1, ru;q=0.9", "ru"), ("*", "en"), ("a" * 5000, "en")],
)  # fmt: skip
async def test_errors_speak_the_readers_language(
    accepted: str, language: str, parley: Parley
) -> None:
    headers = {"accept-language": accepted.encode("latin-1")}

    answer = await parley.client(headers=headers).get("/me")

    assert answer.headers["content-language"] == language
    russian = any("а" <= letter <= "я" for letter in answer.json()["title"])
    assert russian is (language == "ru")


# Pages and files.


async def test_item_43_files_beside_the_pages_cannot_be_reached(
    tmp_path: Path, store_template: Path
) -> None:
    root = tmp_path / "web"
    (root / "assets").mkdir(parents=True)
    (root / "assets" / "app-1234.js").write_text("1")
    (root / "secret.txt").write_text("root:x")
    (root / "assets" / "link").symlink_to(root / "secret.txt")
    async with running(tmp_path, store_template, web_root=str(root)) as parley:
        client = parley.client()
        good = await client.get(f"https://{HOST}/assets/app-1234.js")
        for path in ("/assets/../secret.txt", "/assets/%2e%2e/secret.txt", "/assets/..%2fsecret.txt",
                     "/assets//etc/hostname", "/assets/%00", "/assets/link", "/assets/", "/assets"):  # fmt: skip
            request = client.build_request("GET", f"https://{HOST}/")
            request.url = request.url.copy_with(raw_path=path.encode())
            answer = await client.send(request)
            assert 300 <= answer.status_code < 500, path
            assert "root:x" not in answer.text

    assert (good.status_code, good.headers["cache-control"]) == (
        200,
        "public, max-age=31536000, immutable",
    )


async def test_health_says_nothing_but_whether_all_is_well(parley: Parley) -> None:
    client = parley.client()

    answers = [await client.get(f"https://{HOST}{path}") for path in ("/healthz", "/readyz")]

    assert [(a.status_code, a.json()) for a in answers] == [(200, {"status": "ok"})] * 2


async def test_metrics_count_requests_by_route_and_never_by_id(pair: Pair) -> None:
    await pair.buyer.say(pair.thread)
    line = await pair.seller.on_line()
    await line.send_raw("junk")
    await line.answer(None)

    text = (await pair.parley.client().get(f"https://{HOST}/metrics")).text

    assert "parley_sockets 1.0" in text
    assert 'parley_refusals_total{code="bad_frame"} 1.0' in text
    route = "/api/v1/threads/{thread}/messages"
    assert f'parley_requests_total{{method="POST",route="{route}",status="201"}} 1.0' in text
    for private in (pair.thread, pair.buyer.id, pair.buyer.key, pair.seller.key):
        assert private not in text


async def test_the_document_is_openapi_and_names_every_operation(parley: Parley) -> None:
    document: Any = (await parley.client().get(f"https://{HOST}/openapi.json")).json()

    assert document["openapi"].startswith("3.1")
    named = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    assert named == {(op.method, f"/api/v1{op.path}") for op in OPERATIONS}
    page = await parley.client().get(f"https://{HOST}/docs")
    assert all(op.path in page.text for op in OPERATIONS)


async def test_item_66_nothing_of_the_demo_exists_on_a_real_server(parley: Parley) -> None:
    client = parley.client()
    for method, path in (
        ("GET", "/"),
        ("GET", "/side-by-side"),
        ("GET", "/demo/people"),
        ("POST", "/demo/token"),
        ("POST", "/demo/inbox-link"),
    ):
        answer = await client.request(method, f"https://{HOST}{path}", json={"person": "ana"})
        assert answer.status_code == 404
    assert "demo" not in json.dumps([str(route) for route in parley.app.routes])
    with pytest.raises(Exception, match="PARLEY_DEMO is no setting"):
        load_settings({"PARLEY_DEMO": "1"})
