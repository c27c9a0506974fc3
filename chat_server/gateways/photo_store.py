"""Keeps the bytes of photos under random names: on disk, in memory or in a bucket (obstore).

Who may see a photo is not known here, and no name ever comes from a user.
"""

import dataclasses
import logging
import os
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

import anyio.to_thread
import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, MemoryStore, S3Store

from chat_server.domain.errors import NotFound, ParleyError, StorageFull, Unavailable
from chat_server.gateways.image_terms import RETRY_MS

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import S3Config

__all__ = ["Kept", "PhotoStore", "S3Access", "StoredFile", "open_photo_store"]

logger = logging.getLogger(__name__)

NAME: Final = re.compile(r"[0-9A-Za-z_-]{22,64}")
"""At least 128 random bits, hexadecimal or URL-safe base64."""

CHUNK_BYTES: Final = 256 * 1024

NO_ROOM: Final = re.compile(r"os error (27|28|122)\b|\b507 Insufficient|StorageFull|QuotaExceeded")
"""Too large for this file system, no space left, over quota; and what S3 servers say for them.
The library has no class for it, only its words."""

WHAT_FAILED: Final = re.compile(r"os error \d+|status code: \d+|NoSuchBucket")
"""The part of the library's words that holds neither a name nor a path, for the log."""

CONNECT_TIMEOUT: Final = timedelta(seconds=2)
REQUEST_TIMEOUT: Final = timedelta(seconds=15)
RETRY_TIMEOUT: Final = timedelta(seconds=5)
"""The library's own patience of three minutes would look like a hang to whoever waits."""

Engine = LocalStore | MemoryStore | S3Store


class Kept(NamedTuple):
    """A stored file, for whoever looks for forgotten ones."""

    name: str
    size: int
    changed_at_ms: int


@dataclasses.dataclass(frozen=True, slots=True)
class S3Access:
    """How to reach a bucket. Without keys: those of the environment or the machine, as AWS does."""

    endpoint: str = ""
    """Empty for Amazon's own; else `https://host[:port]`."""
    region: str = "us-east-1"
    access_key_id: str = ""
    secret_access_key: str = dataclasses.field(default="", repr=False)
    path_style: bool = False
    """`host/bucket/name` in place of `bucket.host/name`; most servers but Amazon's want it."""
    allow_http: bool = False
    """Photos and signatures in clear text: for a machine's own loopback."""


class StoredFile:
    """An opened file: its size is known before the first byte, and it is read on demand."""

    def __init__(self, found: "GetResult") -> None:
        self._found = found
        self.size: int = found.meta["size"]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Pieces of about `CHUNK_BYTES`. Raises Unavailable where the store goes away meanwhile."""
        try:
            async for piece in self._found.stream(min_chunk_size=CHUNK_BYTES):
                yield bytes(piece)
        except (BaseError, OSError) as error:
            raise refusal("read", error) from error


class PhotoStore:
    """Files that are written once, whole or not at all, and never changed."""

    def __init__(self, engine: Engine, directory: Path | None = None) -> None:
        """`directory` is the engine's own where it is a disk, to make sure that writes reach it."""
        self._engine = engine
        self._directory = directory

    async def put(self, name: str, content: bytes) -> None:
        """Stores a new file durably; the same name with the same content again is fine.

        Raises StorageFull, Unavailable, and ValueError where the name holds another content.
        """
        place = place_of(name)
        try:
            await obstore.put_async(self._engine, place, content, mode="create")
            if self._directory is not None:
                await anyio.to_thread.run_sync(flush, self._directory, place)
        except (AlreadyExistsError, FileExistsError) as error:
            # A repeated request whose first answer was lost: names are too long to meet by chance.
            if await self.get(name) != content:
                raise ValueError("a name was given out twice") from error
        except (BaseError, OSError) as error:
            raise refusal("put", error) from error

    async def get(self, name: str) -> bytes:
        """The whole file. Raises NotFound, Unavailable."""
        try:
            found = await obstore.get_async(self._engine, place_of(name))
            return bytes(await found.bytes_async())
        except (BaseError, OSError) as error:
            raise refusal("get", error) from error

    async def open(self, name: str) -> StoredFile:
        """The file to be read piece by piece. Raises NotFound, Unavailable."""
        try:
            return StoredFile(await obstore.get_async(self._engine, place_of(name)))
        except (BaseError, OSError) as error:
            raise refusal("open", error) from error

    async def delete(self, name: str) -> None:
        """Removes the file; one that is not there is fine. Raises Unavailable."""
        try:
            await obstore.delete_async(self._engine, place_of(name))
        except (BaseError, OSError) as error:
            refused = refusal("delete", error)
            if not isinstance(refused, NotFound):
                raise refused from error

    async def list(self) -> AsyncIterator[Kept]:
        """Every file, in no order. Raises Unavailable."""
        try:
            async for batch in obstore.list(self._engine, chunk_size=1000):
                for found in batch:
                    changed_at_ms = int(found["last_modified"].timestamp() * 1000)
                    yield Kept(found["path"].rpartition("/")[2], found["size"], changed_at_ms)
        except (BaseError, OSError) as error:
            raise refusal("list", error) from error


def open_photo_store(url: str, s3: S3Access | None = None) -> PhotoStore:
    """A store by URL: `s3://bucket/prefix`, `memory://`, `file:///folder`, or the folder alone.

    Raises ValueError, with a sentence for the operator, where it cannot be meant so; OSError where
    the folder cannot be made. A bucket is not contacted yet.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3":
        return PhotoStore(bucket(parts.netloc, parts.path.strip("/"), s3 or S3Access()))
    if parts.scheme == "memory":
        return PhotoStore(MemoryStore())
    if parts.scheme not in ("", "file") or parts.netloc:
        raise ValueError("photos are kept in a folder, file:///folder, memory:// or s3://bucket")
    directory = Path(unquote(parts.path) if parts.scheme else url).absolute()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return PhotoStore(LocalStore(directory), directory)


def bucket(name: str, prefix: str, access: S3Access) -> S3Store:
    """The engine for a bucket, with patience of seconds and clear text only where it is allowed."""
    endpoint = urlsplit(access.endpoint)
    if not name:
        raise ValueError("the address of the photos names no bucket: s3://bucket/prefix")
    if endpoint.scheme == "http" and not access.allow_http:
        raise ValueError("the photo endpoint is http; use https, or allow http explicitly")
    if access.endpoint and not access.path_style:
        endpoint = endpoint._replace(netloc=f"{name}.{endpoint.netloc}")
    config: S3Config = {
        "region": access.region,
        "virtual_hosted_style_request": not access.path_style,
    }
    if access.endpoint:
        config["endpoint"] = endpoint.geturl()
    if access.access_key_id:
        config["access_key_id"] = access.access_key_id
        config["secret_access_key"] = access.secret_access_key
    return S3Store(
        name,
        prefix=prefix or None,
        config=config,
        client_options={
            "allow_http": access.allow_http,
            "connect_timeout": CONNECT_TIMEOUT,
            "timeout": REQUEST_TIMEOUT,
        },
        retry_config={"max_retries": 2, "retry_timeout": RETRY_TIMEOUT},
    )


def place_of(name: str) -> str:
    """Where a name lies: spread over folders, because millions of files in one are slow to list."""
    if not NAME.fullmatch(name):
        raise NotFound
    return f"{name[:2]}/{name}"


def flush(directory: Path, place: str) -> None:
    """Makes a written file and the way to it survive a power cut; the library does not."""
    path = directory / place
    try:
        for target in (path, path.parent, directory):
            descriptor = os.open(target, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def refusal(doing: str, error: Exception) -> ParleyError:
    """What the library's error means to Parley. Its text names paths: no client or log gets it."""
    text = str(error)
    if isinstance(error, FileNotFoundError) and doing != "put" and "NoSuchBucket" not in text:
        return NotFound()
    reason = WHAT_FAILED.search(text)
    facts = {"doing": doing, "kind": type(error).__name__, "why": reason.group() if reason else ""}
    logger.warning("photos.store_failed", extra=facts)
    if doing == "put" and NO_ROOM.search(text):
        return StorageFull(retry_after_ms=RETRY_MS)
    return Unavailable(retry_after_ms=RETRY_MS)
