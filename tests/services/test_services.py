"""The services of the tests are real, and go away again."""

import http.server
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import obstore
import psutil
import pytest
import redis
from obstore.store import S3Store
from playwright.async_api import async_playwright
from playwright.sync_api import sync_playwright
from typing_extensions import override

from tests.services.chromium import LaunchOptions, axe_source
from tests.services.postgres import Postgres, own_postgres
from tests.services.program import ROOT
from tests.services.redis import Redis, own_redis
from tests.services.s3 import S3

PAGE = b"""<!doctype html><html lang="en"><title>Page</title>
<main><h1>Hello</h1><button></button></main></html>"""

HOLDS_SERVERS = """
import sys, time
from tests.services.postgres import own_postgres
from tests.services.redis import own_redis
with own_postgres() as postgres, own_redis() as redis:
    print(postgres.program.pid, postgres.program.folder)
    print(redis.program.pid, redis.program.folder, flush=True)
    time.sleep(600)
"""


async def value(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url, timeout=60)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def fill(url: str) -> None:
    await value(url, "CREATE TABLE filled (id int)")


async def test_each_database_is_a_copy_of_its_template(postgres_server: Postgres) -> None:
    template = postgres_server.template("services", fill)

    with postgres_server.database(template) as one, postgres_server.database(template) as other:
        await value(one, "INSERT INTO filled VALUES (1)")

        assert await value(one, "SELECT count(*) FROM filled") == 1
        assert await value(other, "SELECT count(*) FROM filled") == 0


async def test_a_database_is_gone_after_its_with(postgres_server: Postgres) -> None:
    with postgres_server.database() as url:
        await value(url, "SELECT 1")

    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await value(url, "SELECT 1")


async def test_a_killed_postgres_comes_back_with_what_it_had_said_yes_to() -> None:
    with own_postgres(durable=True) as server:
        url = server.create_database()
        await fill(url)

        server.program.kill()

        with pytest.raises(OSError, match=r"connect|such file|refused"):
            await value(url, "SELECT 1")
        server.program.start()
        assert await value(url, "SELECT count(*) FROM filled") == 0
        assert await value(url, "SHOW fsync") == "on"


async def test_a_frozen_postgres_answers_nobody_until_it_thaws() -> None:
    with own_postgres() as server:
        server.program.freeze()

        with pytest.raises(TimeoutError):
            await asyncpg.connect(server.url, timeout=0.3)

        server.program.thaw()
        assert await value(server.url, "SELECT 1") == 1


def test_redis_forgets_when_told_to(redis_server: Redis) -> None:
    with redis.Redis.from_url(redis_server.unix_url) as client:
        client.set("colour", "green")
        redis_server.flush()

        assert client.get("colour") is None


def test_redis_can_be_killed_frozen_and_restarted() -> None:
    with own_redis() as server, redis.Redis.from_url(server.url) as client:
        server.program.kill()
        with pytest.raises(redis.ConnectionError):
            client.ping()

        server.program.start()
        server.program.freeze()
        with (
            redis.Redis.from_url(server.url, socket_timeout=0.3) as impatient,
            pytest.raises(redis.TimeoutError),
        ):
            impatient.ping()

        server.program.thaw()
        server.program.restart()
        assert client.ping()


def test_nothing_stays_behind_when_the_tests_are_killed() -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_SERVERS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    with holder.stdout:
        servers = [holder.stdout.readline().split() for _ in range(2)]

    holder.send_signal(signal.SIGKILL)
    holder.wait()

    limit = time.monotonic() + 60
    for pid, folder in servers:
        while psutil.pid_exists(int(pid)) or Path(folder).exists():
            assert time.monotonic() < limit, f"{folder} has outlived its owner"
            time.sleep(0.02)


def test_the_object_store_keeps_what_it_is_given(s3_server: S3) -> None:
    store = S3Store(
        s3_server.create_bucket("services"),
        endpoint=s3_server.url,
        region=s3_server.region,
        access_key_id=s3_server.access_key,
        secret_access_key=s3_server.secret_key,
        client_options={"allow_http": True},
    )

    obstore.put(store, "photo", b"bytes")

    assert bytes(obstore.get(store, "photo").bytes()) == b"bytes"


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def page_url() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.browser
def test_chromium_shows_a_page_and_axe_finds_its_fault(
    chromium_options: LaunchOptions, page_url: str
) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        page = browser.new_page()
        page.goto(page_url)
        page.evaluate(axe_source())
        faults = page.evaluate("axe.run().then(found => found.violations.map(fault => fault.id))")
        browser.close()

    assert "button-name" in faults


@pytest.mark.browser
async def test_chromium_can_be_driven_from_a_coroutine(
    chromium_options: LaunchOptions, page_url: str
) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**chromium_options)
        page = await browser.new_page()
        await page.goto(page_url)
        heading = await page.inner_text("h1")
        await browser.close()

    assert heading == "Hello"
