"""Logs: one JSON object a line whatever is in it, and nothing of what people say or prove (item 53)."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from chat_server import log
from tests.api.harness import HOST, Parley
from tests.factories import Pair, bearer
from tests.hostile.texts import BIDI, CONTROLS, SYNTAX

CLIENTS = ("httpx2", "httpcore2", "websockets.client")
"""They speak in the tests' process, and not in the server's."""


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What this process logs, as it would on standard error."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    log.configure("debug")
    for client in CLIENTS:
        monkeypatch.setattr(logging.getLogger(client), "disabled", True)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def records(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_item_53_a_record_is_one_line_whatever_is_in_it(stream: io.StringIO) -> None:
    logger = logging.getLogger("parley.test")
    texts = [*CONTROLS, *BIDI, *SYNTAX, "\u2028\u2029\x85"]

    for text in texts:
        logger.info("thing.happened", extra={"detail": text})
        logger.warning("said %s", text)

    lines = stream.getvalue().split("\n")
    assert len(lines) == 2 * len(texts) + 1
    assert stream.getvalue().isascii()
    assert not any(ord(letter) < 32 for line in lines for letter in line)
    told = records(stream)
    assert [record["detail"] for record in told[::2]] == texts
    assert {record["event"] for record in told[::2]} == {"thing.happened"}
    assert all(record["level"] == "info" for record in told[::2])


def test_item_53_an_error_is_one_line_with_its_traceback(stream: io.StringIO) -> None:
    try:
        raise ValueError("line one\nline two\x1b[31m")
    except ValueError:
        logging.getLogger("parley.test").exception("it.failed")

    (record,) = records(stream)
    assert record["event"] == "it.failed"
    assert "ValueError: line one\nline two" in str(record["exception"])


async def test_item_53_nothing_that_people_say_or_prove_is_logged(
    stream: io.StringIO, pair: Pair
) -> None:
    words = "confidential-words-of-a-buyer"
    link = await pair.town.backend.post("/backend/inbox-links", json={"person": pair.seller.key})
    secret = link.json()["url"].partition("#token=")[2]
    browser = pair.parley.client()
    await browser.post("/inbox/session", json={"token": secret})
    ticket = await pair.buyer.ticket()
    line, _ = await pair.seller.line()
    await pair.buyer.say(pair.thread, words)
    await pair.buyer.edit(pair.thread, 1, f"{words} changed")
    await pair.seller.api.get("/search", params={"q": words})
    await pair.seller.report(pair.thread, 1, text=words)
    await pair.seller.api.get(f"https://{HOST}/{words}?token={secret}")
    await pair.parley.client(headers=bearer(f"{words}.{words}.x")).get("/me")
    await line.send_raw(f'{{"t":"{words}"}}')
    await line.answer(None)
    await line.send_raw([f'{{"t":"{words}"', "}"])
    await line.answer(None)
    await line.close()

    text = stream.getvalue()
    assert '"event": "request"' in text
    for private in (
        words,
        secret,
        ticket,
        browser.cookies["parley_session"],
        pair.buyer.token().split(".")[1],
        pair.buyer.name,
        pair.buyer.key,
        pair.thread,
    ):
        assert private not in text


async def test_item_32_a_request_is_logged_by_its_route(stream: io.StringIO, pair: Pair) -> None:
    answer = await pair.buyer.api.get(f"/threads/{pair.thread}")

    (record,) = [r for r in records(stream) if r.get("id") == answer.headers["x-request-id"]]
    assert record["route"] == "/api/v1/threads/{thread}"
    assert (record["method"], record["status"]) == ("GET", 200)


async def test_item_53_forged_lines_are_impossible_over_http(
    stream: io.StringIO, parley: Parley
) -> None:
    forged = '%0a{"event":"admin.signed_in"}'
    request = parley.client().build_request("GET", f"https://{HOST}/")
    request.url = request.url.copy_with(raw_path=f"/api/v1/{forged}".encode())
    client = parley.client(headers={"user-agent": 'x"}\t{"event":"admin.signed_in"'})

    await client.send(request)
    await client.request("BREW", f"https://{HOST}/api/v1/me")

    assert all(record["event"] != "admin.signed_in" for record in records(stream))
    assert "admin.signed_in" not in stream.getvalue()
