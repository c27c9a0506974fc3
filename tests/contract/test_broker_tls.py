"""A Redis behind TLS: the certificate is checked, and then everything is as without."""

import asyncio
import contextlib
import datetime
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.contract.broker_nodes import RedisVillage
from tests.services.redis import Redis

LOOPBACK = "127.0.0.1"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


def certificate(folder: Path) -> Path:
    """A file with a key and a certificate for loopback that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LOOPBACK)])
    begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=36_500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(LOOPBACK))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@pytest.fixture
def certificate_file(tmp_path: Path) -> Path:
    return certificate(tmp_path)


@pytest.fixture
async def tls_port(redis_server: Redis, certificate_file: Path) -> AsyncIterator[int]:
    """Redis through TLS, as behind a proxy."""
    inside = urlsplit(redis_server.url)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        redis_reader, redis_writer = await asyncio.open_connection(inside.hostname, inside.port)
        await asyncio.gather(pump(reader, redis_writer), pump(redis_reader, writer))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file)
    async with await asyncio.start_server(serve, LOOPBACK, 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


async def test_frames_travel_through_tls(
    tls_port: int, certificate_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate_file))
    village = RedisVillage(f"rediss://{LOOPBACK}:{tls_port}/0")

    one, other = await village.node(), await village.node()

    one.broker.publish("t", b"x" * 300_000)
    await other.ear.until_frames(1)
    assert await one.broker.take("key", 1, 60_000) == 0
    assert await other.broker.take("key", 1, 60_000) > 0
    await village.end()


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    tls_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    village = RedisVillage(f"rediss://{LOOPBACK}:{tls_port}/0")

    node = await village.node()

    assert not node.broker.healthy
    assert "CERTIFICATE_VERIFY_FAILED" in str(vars(caplog.records[-1]))
    assert await node.broker.take("key", 1, 60_000) == 0
    await village.end()
