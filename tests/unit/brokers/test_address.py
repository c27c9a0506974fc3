"""URLs of Redis are read right, and their passwords stay unseen."""

import pytest

from chat_server.brokers import open_broker
from chat_server.brokers.address import Address, read_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://", Address()),
        ("redis://cache", Address(host="cache")),
        ("redis://cache:7000/2", Address(host="cache", port=7000, db=2)),
        ("redis://[::1]:7000", Address(host="::1", port=7000)),
        ("redis://:s%40fe@cache", Address(host="cache", password="s@fe")),
        (
            "rediss://me:s@cache/?db=4",
            Address(host="cache", tls=True, db=4, user="me", password="s"),
        ),
        ("unix:///run/redis/socket", Address(path="/run/redis/socket")),
        ("unix://:s@/run/a%20b?db=1", Address(path="/run/a b", db=1, password="s")),
    ],
)
def test_a_url_is_taken_apart(url: str, address: Address) -> None:
    assert read_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "http://secret@cache",
        "redis://:secret@cache:port",
        "redis://:secret@cache/zero",
        "unix://",
        "memory://x",
        "",
    ],
)
def test_a_wrong_url_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ValueError) as refused:
        open_broker(url, "namespace")

    assert "secret" not in str(refused.value)


def test_a_password_shows_nowhere() -> None:
    address = read_address("redis://me:secret@cache:7000")

    assert "secret" not in repr(address)
    assert str(address) == "cache:7000"
    assert str(read_address("unix:///run/socket")) == "/run/socket"


def test_a_url_chooses_its_broker() -> None:
    assert type(open_broker("memory://", "n")).__name__ == "MemoryBroker"
    assert type(open_broker("redis://cache", "n")).__name__ == "RedisBroker"
