"""Where webhooks must not lead (item 62): real listeners on loopback prove that nobody came."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chat_server.gateways import webhook_http
from chat_server.gateways.webhook_http import WebhookHttp
from chat_server.ports import HookFault, Parcel, Reply
from tests.api.harness import running
from tests.factories import Town
from tests.services.receivers import Receiver, webhook_receiver

PUBLIC = "93.184.215.14"


@pytest.fixture
def inside() -> Iterator[Receiver]:
    """Somebody on this machine, whom nobody from outside may reach."""
    with webhook_receiver() as receiver:
        yield receiver


@pytest.fixture
def inside6() -> Iterator[Receiver]:
    """The same by IPv6."""
    try:
        with webhook_receiver("::1") as receiver:
            yield receiver
    except OSError:
        pytest.skip("This machine has no loopback of IPv6.")


def parcel(url: str, *, trusted: bool = False) -> Parcel:
    """Something to send there."""
    return Parcel(url, {"content-type": "application/json"}, b"{}", trusted=trusted)


def outgoing(*receivers: Receiver, networks: Sequence[str] = (), **options: object) -> WebhookHttp:
    """As a node sends, where the ports of these are as good as 443: so that it is the address that counts."""
    ports = {80, 443, *[receiver.port for receiver in receivers]}
    return WebhookHttp(networks, ports=ports, **options)  # type: ignore[arg-type]


async def refusal(hooks: WebhookHttp, url: str) -> str:
    """Why nothing was sent."""
    with pytest.raises(HookFault) as caught:
        await hooks.send(parcel(url))
    return caught.value.kind


SPELLINGS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0.0.0.0",
    "0",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[::127.0.0.1]",
    "\uff11\uff12\uff17.0.0.1",
    "\u2460\u2461\u2466.0.0.1",
    "127\u30020\u30020\u30021",
]


@pytest.mark.parametrize("host", SPELLINGS)
async def test_item_62_no_spelling_of_this_machine_is_reached(host: str, inside: Receiver) -> None:
    hooks = outgoing(inside)

    kind = await refusal(hooks, f"http://{host}:{inside.port}/hooks")

    assert kind in ("forbidden", "unknown_host")
    assert inside.connections == 0


@pytest.mark.parametrize("host", ["[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[0000::1]"])
async def test_item_62_nor_by_ipv6(host: str, inside6: Receiver) -> None:
    hooks = outgoing(inside6)

    assert await refusal(hooks, f"http://{host}:{inside6.port}/hooks") == "forbidden"
    assert inside6.connections == 0


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "[fd00:ec2::254]",
        "10.0.0.1",
        "192.168.1.1",
        "[fe80::1]",
        "100.100.100.200",
    ],
)
async def test_item_62_nor_the_network_it_is_in(host: str) -> None:
    assert await refusal(WebhookHttp(), f"http://{host}/latest/meta-data") == "forbidden"


@pytest.mark.parametrize("port", [22, 25, 6379, 5432, 8080])
async def test_item_62_no_other_port_than_those_of_the_web(port: int) -> None:
    assert await refusal(WebhookHttp(), f"http://{PUBLIC}:{port}/") == "forbidden"


async def test_item_62_a_name_with_one_address_inside_is_closed_altogether(
    inside: Receiver,
) -> None:
    async def both(host: str, port: int) -> Sequence[str]:
        return [PUBLIC, "127.0.0.1"]

    hooks = outgoing(inside, resolve=both)

    assert await refusal(hooks, f"http://rebind.example:{inside.port}/") == "forbidden"
    assert inside.connections == 0


async def test_item_62_a_name_that_means_this_machine_when_asked_again_leads_nowhere(
    inside: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    asked: list[str] = []

    async def changing(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    monkeypatch.setattr(webhook_http, "CONNECT_S", 0.2)
    hooks = outgoing(inside, resolve=changing)

    # What was looked at is what is connected to: nobody answers there, and nobody else is asked.
    assert await refusal(hooks, f"http://rebind.example:{inside.port}/") in ("unreachable", "slow")
    assert asked == ["rebind.example"]
    assert await refusal(hooks, f"http://rebind.example:{inside.port}/") == "forbidden"
    assert inside.connections == 0


async def test_item_62_the_connection_goes_to_the_address_that_was_looked_at(
    inside: Receiver,
) -> None:
    async def there(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    hooks = WebhookHttp(["127.0.0.0/8"], resolve=there)

    status, _ = await hooks.send(parcel(f"http://shop.example:{inside.port}/hooks?a=1"))

    [came] = inside.came
    assert (status, came.path) == (204, "/hooks?a=1")
    assert came.headers["host"] == f"shop.example:{inside.port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["inside", "file:///etc/passwd", "http://169.254.169.254/"])
async def test_item_62_a_redirect_leads_nowhere(status: int, to: str, inside: Receiver) -> None:
    with webhook_receiver() as outside:
        outside.status = status
        outside.headers = {"location": inside.url if to == "inside" else to, "content-length": "0"}
        hooks = WebhookHttp(["127.0.0.0/8"])

        assert (await hooks.send(parcel(outside.url))).status == status

    assert (len(outside.came), inside.connections) == (1, 0)


async def test_item_62_proxies_of_the_environment_are_not_asked(
    inside: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, inside.url)
    with webhook_receiver() as outside:
        await WebhookHttp(["127.0.0.0/8"]).send(parcel(outside.url))

    assert (len(outside.came), inside.connections) == (1, 0)


async def test_item_62_an_answer_without_an_end_is_not_read() -> None:
    with webhook_receiver() as outside:
        outside.status, outside.endless = 200, True
        async with asyncio.timeout(30):
            assert await WebhookHttp(["127.0.0.0/8"]).send(parcel(outside.url)) == Reply(200)
        poured = outside.poured

    # What was poured stands in buffers of the kernel.
    assert poured < 16 * 1024 * 1024


async def test_item_62_who_does_not_answer_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhook_http, "WHOLE_S", 0.2)
    with webhook_receiver() as outside:
        outside.open.clear()

        assert await refusal(WebhookHttp(["127.0.0.0/8"]), outside.url) == "slow"


async def test_item_62_whom_the_operator_wrote_into_the_settings_is_reached_wherever_he_is(
    inside: Receiver,
) -> None:
    assert await WebhookHttp().send(parcel(inside.url, trusted=True)) == Reply(204)


async def test_who_shows_no_certificate_of_the_name_is_told_nothing(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path, "other.example")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)

    async def there(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    def trust() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(certificate))

    with webhook_receiver(tls=server) as outside:
        hooks = WebhookHttp(["127.0.0.0/8"], resolve=there, trust=trust)
        wrong = await refusal(hooks, f"https://shop.example:{outside.port}/")
        right, _ = await hooks.send(parcel(f"https://other.example:{outside.port}/"))

    assert (wrong, right, len(outside.came)) == ("insecure", 204, 1)


def self_signed(folder: Path, name: str) -> Path:
    """A file with a key and a certificate of this name that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    coded, plainly = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    own = key.private_bytes(serialization.Encoding.PEM, coded, plainly)
    file = folder / "certificate.pem"
    file.write_bytes(own + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
async def plain(tmp_path: Path, store_template: Path) -> AsyncIterator[Town]:
    """A node whose settings allow no network."""
    async with running(tmp_path, store_template) as node:
        yield Town(node)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "webhook_forbidden"),
        ("http://0x7f.1/", "webhook_forbidden"),
        ("http://[::ffff:127.0.0.1]/", "webhook_forbidden"),
        ("https://1.1.1.1:8443/", "webhook_forbidden"),
        ("https://user@1.1.1.1/", "webhook_url"),
        ("file:///etc/passwd", "webhook_url"),
        ("https://no-such-host.invalid/", "webhook_unknown_host"),
    ],
)
async def test_item_62_a_supervisor_is_told_at_once(plain: Town, url: str, reason: str) -> None:
    supervisor = await plain.colleague()

    refused = await supervisor.api.post("/console/webhooks", json={"name": "Inside", "url": url})

    assert (refused.status_code, refused.json()["reason"]) == (422, reason)
    assert plain.parley.rows("SELECT COUNT(*) FROM webhook_endpoints") == [(0,)]
