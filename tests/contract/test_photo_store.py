"""What every store of photos promises: on disk, in memory and in a bucket."""

import http.server
import itertools
import json
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import anyio
import pytest
from typing_extensions import override

from chat_server.domain.errors import NotFound, StorageFull, Unavailable
from chat_server.gateways.photo_store import (
    CHUNK_BYTES,
    PhotoStore,
    S3Access,
    bucket,
    open_photo_store,
)
from tests.services.s3 import S3

KINDS = ("disk", "memory", "s3")
numbers = itertools.count()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def access(server: S3, *, path_style: bool = True) -> S3Access:
    return S3Access(
        endpoint=server.url,
        region=server.region,
        access_key_id=server.access_key,
        secret_access_key=server.secret_key,
        path_style=path_style,
        allow_http=True,
    )


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> PhotoStore:
    if request.param == "disk":
        return open_photo_store(f"file://{tmp_path}/photos%20here")
    if request.param == "memory":
        return open_photo_store("memory://")
    server: S3 = request.getfixturevalue("s3_server")
    name = server.create_bucket(f"photos-{next(numbers)}")
    return open_photo_store(f"s3://{name}/below/this", access(server))


def a_name() -> str:
    return secrets.token_urlsafe(16)


async def test_what_was_put_is_got_back(store: PhotoStore) -> None:
    name, content = a_name(), secrets.token_bytes(100_000)

    await store.put(name, content)

    assert await store.get(name) == content


async def test_hexadecimal_names_do_as_well(store: PhotoStore) -> None:
    name = secrets.token_hex(16)

    await store.put(name, b"photo")

    assert [kept.name async for kept in store.list()] == [name]


async def test_a_repeated_put_of_the_same_is_fine(store: PhotoStore) -> None:
    name = a_name()

    await store.put(name, b"photo")
    await store.put(name, b"photo")

    assert await store.get(name) == b"photo"


async def test_a_name_never_gets_another_content(store: PhotoStore) -> None:
    name = a_name()
    await store.put(name, b"first")

    with pytest.raises(ValueError, match="twice"):
        await store.put(name, b"second")

    assert await store.get(name) == b"first"


async def test_of_many_at_once_under_one_name_one_wins_whole(store: PhotoStore) -> None:
    name = a_name()
    contents = [bytes([number]) * 50_000 for number in range(8)]
    winners = []

    async def put(content: bytes) -> None:
        try:
            await store.put(name, content)
            winners.append(content)
        except ValueError:
            pass

    async with anyio.create_task_group() as tasks:
        for content in contents:
            tasks.start_soon(put, content)

    assert winners == [await store.get(name)]


async def test_what_is_missing_is_not_found(store: PhotoStore) -> None:
    with pytest.raises(NotFound):
        await store.get(a_name())
    with pytest.raises(NotFound):
        await store.open(a_name())


async def test_deleting_is_final_and_may_be_repeated(store: PhotoStore) -> None:
    name, other = a_name(), a_name()
    await store.put(name, b"photo")
    await store.put(other, b"other")

    await store.delete(name)
    await store.delete(name)

    with pytest.raises(NotFound):
        await store.get(name)
    assert await store.get(other) == b"other"


async def test_a_large_file_comes_in_pieces(store: PhotoStore) -> None:
    name, content = a_name(), secrets.token_bytes(CHUNK_BYTES * 4 + 17)
    await store.put(name, content)

    opened = await store.open(name)
    got = [piece async for piece in opened]

    assert opened.size == len(content)
    assert b"".join(got) == content


async def test_every_file_is_listed_with_its_size_and_age(store: PhotoStore) -> None:
    began_ms = time.time_ns() // 1_000_000
    given = {a_name(): size for size in range(1, 30)}
    for name, size in given.items():
        await store.put(name, bytes(size))

    listed = [kept async for kept in store.list()]

    assert {kept.name: kept.size for kept in listed} == given
    assert all(abs(kept.changed_at_ms - began_ms) < 60_000 for kept in listed)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "short",
        "../../../../../etc/passwd",
        "a" * 21,
        "a" * 65,
        "a" * 30 + "/b",
        "a" * 30 + "\\b",
        "a" * 30 + ".jpg",
        "a" * 30 + "%2e%2e",
        "a" * 30 + "\x00",
        "a" * 30 + "\n",
        "." * 30,
        "é" * 30,
        "CON" + " " * 30,
    ],
)
async def test_item_60_a_name_that_could_be_a_path_leads_nowhere(
    name: str, store: PhotoStore
) -> None:
    for attempt in (store.put(name, b"x"), store.get(name), store.open(name), store.delete(name)):
        with pytest.raises(NotFound):
            await attempt

    assert [kept async for kept in store.list()] == []


async def test_photos_on_disk_survive_a_restart(tmp_path: Path) -> None:
    name = a_name()
    await open_photo_store(str(tmp_path / "photos")).put(name, b"photo")

    assert await open_photo_store(str(tmp_path / "photos")).get(name) == b"photo"


async def test_the_folder_is_for_the_server_alone(tmp_path: Path) -> None:
    open_photo_store(str(tmp_path / "photos"))

    assert stat.S_IMODE((tmp_path / "photos").stat().st_mode) == 0o700


async def test_a_disk_that_went_away_is_unavailable_and_comes_back(tmp_path: Path) -> None:
    folder, away = tmp_path / "photos", tmp_path / "away"
    store = open_photo_store(str(folder))
    name = a_name()
    await store.put(name, b"photo")

    folder.rename(away)
    folder.write_text("not a folder")
    with pytest.raises(Unavailable):
        await store.put(a_name(), b"photo")
    folder.unlink()
    away.rename(folder)

    assert await store.get(name) == b"photo"
    await store.put(a_name(), b"photo")


def test_the_key_of_a_bucket_is_not_shown() -> None:
    assert "hush" not in repr(S3Access(access_key_id="key", secret_access_key="hush"))


async def test_a_bucket_in_clear_text_has_to_be_allowed() -> None:
    with pytest.raises(ValueError, match="allow http"):
        open_photo_store("s3://photos", S3Access(endpoint="http://127.0.0.1:1", path_style=True))


@pytest.mark.parametrize("url", ["s3://", "ftp://host/photos", "https://host", "file://host/x"])
def test_an_address_that_means_nothing_is_refused_at_start(url: str) -> None:
    with pytest.raises(ValueError, match="photos"):
        open_photo_store(url)


async def assert_unavailable(store: PhotoStore, kind: type[Unavailable] = Unavailable) -> None:
    """Putting is refused as this kind of error, and soon."""
    began = time.monotonic()
    with pytest.raises(Unavailable) as refused:
        await store.put(a_name(), b"photo")
    assert type(refused.value) is kind
    assert refused.value.retry_after_ms
    assert time.monotonic() - began < 30


async def test_a_missing_bucket_is_unavailable(s3_server: S3) -> None:
    store = open_photo_store("s3://no-such-bucket", access(s3_server))

    await assert_unavailable(store)
    with pytest.raises(Unavailable):
        await store.get(a_name())


async def test_a_bucket_whose_server_is_away_is_unavailable() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        closed = S3(f"http://127.0.0.1:{nobody.getsockname()[1]}")

        await assert_unavailable(open_photo_store("s3://photos", access(closed)))


class Refuser(http.server.BaseHTTPRequestHandler):
    """An S3 server that answers every PUT with one status."""

    status = 0

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize(
    ("status", "kind"), [(507, StorageFull), (503, Unavailable), (403, Unavailable)]
)
async def test_a_bucket_that_refuses_says_why(status: int, kind: type[Unavailable]) -> None:
    handler = type("Refuser", (Refuser,), {"status": status})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        url = f"http://127.0.0.1:{server.server_port}"

        await assert_unavailable(open_photo_store("s3://photos", access(S3(url))), kind)
        server.shutdown()


@pytest.mark.parametrize(
    ("path_style", "endpoint"),
    [(True, "https://s3.example:9000"), (False, "https://photos.s3.example:9000")],
)
def test_a_bucket_is_part_of_the_host_unless_it_is_told_to_be_in_the_path(
    path_style: bool, endpoint: str
) -> None:
    engine = bucket("photos", "", S3Access("https://s3.example:9000", path_style=path_style))

    assert engine.config["endpoint"] == endpoint


async def test_errors_name_no_path_and_no_photo(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_photo_store(str(tmp_path / "photos"))
    shutil.rmtree(tmp_path / "photos")
    (tmp_path / "photos").write_text("not a folder")
    name = a_name()

    with pytest.raises(Unavailable) as refused:
        await store.put(name, b"photo")

    (record,) = caplog.records
    said = f"{refused.value}{refused.value.reason}{vars(record)}"
    assert record.message == "photos.store_failed"
    assert str(tmp_path) not in said
    assert name not in said


def run_full(folder: Path, way: str, *before: str) -> dict[str, object]:
    command = [*before, sys.executable, "-m", "tests.contract.full_disk", str(folder), way]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60)
    seen: dict[str, object] = json.loads(told.stdout)
    return seen


OWN_MOUNTS = ("unshare", "--user", "--map-root-user", "--mount")


def may_mount() -> bool:
    """Whether this user may have file systems of his own here."""
    if shutil.which("unshare") is None:
        return False
    mount = ("mount", "-t", "tmpfs", "none", tempfile.gettempdir())
    tried = subprocess.run([*OWN_MOUNTS, *mount], check=False, stderr=subprocess.DEVNULL)
    return tried.returncode == 0


@pytest.mark.parametrize("way", ["tmpfs", "limit"])
def test_item_61_a_full_disk_refuses_cleanly_and_recovers(way: str, tmp_path: Path) -> None:
    # Where no file system of one's own is allowed, the limit stands in: the same error path.
    real = way == "tmpfs" and may_mount()

    seen = run_full(tmp_path, "tmpfs", *OWN_MOUNTS) if real else run_full(tmp_path, "limit")

    assert seen["refused"] == ["storage_full"] * (3 if real else 2)
    assert seen["files"] == 1
    assert seen["readable"]
    assert seen["later"] == [6 << 20, 64]
