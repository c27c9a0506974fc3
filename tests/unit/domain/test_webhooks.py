"""The scheme of webhooks as its authors have written it down, and where what was typed must not lead."""

import datetime
import ipaddress

import pytest
from standardwebhooks import Webhook

from chat_server.domain.webhooks import (
    BACK_OFF_MS,
    JITTER,
    MOST_ASKED_MS,
    asked_ms,
    delay_ms,
    is_open,
    key_of,
    secret_of,
    signature,
    stamp,
    url_fault,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_a_signature_is_the_one_that_the_standards_own_library_makes() -> None:
    payload, at = '{"test": 2432232314}', datetime.datetime.fromtimestamp(1614265330, datetime.UTC)

    signed = signature([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, payload.encode())

    assert signed == Webhook(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, payload)


def test_each_secret_signs_the_newest_first() -> None:
    new, old = secret_of(b"n" * 32), secret_of(b"o" * 24)

    both = signature([new, old], "id", 1, b"{}")

    assert both == f"{signature([new], 'id', 1, b'{}')} {signature([old], 'id', 1, b'{}')}"


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("", 0),
        ("0", 0),
        (" 120 ", 120_000),
        ("Fri, 15 Jan 2027 08:01:00 GMT", 60_000),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
        ("86401", MOST_ASKED_MS),
        ("9" * 400, MOST_ASKED_MS),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MOST_ASKED_MS),
        ("-5", 0),
        ("soon", 0),
        ("٣", 0),
    ],
)
def test_who_asks_for_time_gets_a_day_at_most(retry_after: str, wait: int) -> None:
    assert asked_ms(retry_after, 1_800_000_000_000) == wait


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "whsec_?",
        SECRET.removeprefix("whsec_"),
        secret_of(b"x" * 23),
        secret_of(b"x" * 65),
    ],
)
def test_a_secret_that_is_none_signs_nothing(secret: str) -> None:
    assert key_of(secret) is None


def test_an_instant_is_written_as_the_standard_has_it() -> None:
    assert stamp(1_800_000_000_005) == "2027-01-15T08:00:00.005Z"


def test_each_wait_is_longer_than_the_one_before_and_none_is_the_same_for_all() -> None:
    waits = [[delay_ms(n, message) or 0 for message in range(50)] for n in range(1, 10)]

    for planned, found in zip(BACK_OFF_MS, waits, strict=True):
        assert all(planned <= wait <= planned * (1 + JITTER) for wait in found)
        assert len(set(found)) > 40
    assert delay_ms(10, 1) is None


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shop.example/",
        "file:///etc/passwd",
        "https://",
        "https:///hooks",
        "https://user:secret@shop.example/",
        "https://shop.example\\@127.0.0.1/",
        "https://shop.example/ a",
        "https://shop.example/#part",
        "https://shop.example:0/",
        "https://shop.example:99999/",
        "https://shop.example/\u2028",
        "https://[::1/",
        "https://shop.example/" + "a" * 500,
        "gopher://127.0.0.1:25/",
        "shop.example/hooks",
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url: str) -> None:
    assert url_fault(url) == "webhook_url"


def test_addresses_of_the_web_are_taken() -> None:
    for url in ("https://shop.example/hooks?a=1", "http://shop.example:80/", "https://[2606::1]/"):
        assert url_fault(url) == ""


# fmt: off
INSIDE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1",
    "127.255.255.254", "169.254.1.1", "169.254.169.254", "172.16.0.1", "172.31.255.254",
    "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::127.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::1",
    "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1", "2002:808:808::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
]
# fmt: on


@pytest.mark.parametrize("text", INSIDE)
def test_item_62_addresses_that_are_not_of_the_internet_are_closed(text: str) -> None:
    address = ipaddress.ip_address(text)

    assert not is_open(address, 443, ())


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8"]
)
def test_addresses_of_the_internet_are_open_at_the_ports_of_the_web(text: str) -> None:
    address = ipaddress.ip_address(text)

    assert is_open(address, 443, ())
    assert is_open(address, 80, ())
    assert not is_open(address, 22, ())
    assert not is_open(address, 8080, ())


def test_a_network_of_the_settings_is_open_at_every_port_and_no_other_network_with_it() -> None:
    allowed = [ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("fd00::/64")]

    assert is_open(ipaddress.ip_address("10.1.2.3"), 8080, allowed)
    assert is_open(ipaddress.ip_address("::ffff:10.1.2.3"), 8080, allowed)
    assert is_open(ipaddress.ip_address("fd00::5"), 9000, allowed)
    assert not is_open(ipaddress.ip_address("10.2.0.1"), 443, allowed)
    assert not is_open(ipaddress.ip_address("127.0.0.1"), 443, allowed)
