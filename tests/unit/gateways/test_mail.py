"""How a mail server is reached, and what settings must say of it."""

from typing import Any

import pytest

from chat_server.domain.errors import Invalid
from chat_server.domain.mail import read_address
from chat_server.gateways.mail import one_line, server_of
from chat_server.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", {"hostname": "mail.example", "port": 587, "start_tls": None}),
        (
            "smtp://me:p%40ss@mail.example:2525",
            {
                "hostname": "mail.example",
                "port": 2525,
                "username": "me",
                "password": "p@ss",
                "start_tls": True,
            },
        ),
        (
            "smtps://me:pass@mail.example",
            {
                "hostname": "mail.example",
                "port": 465,
                "username": "me",
                "password": "pass",
                "use_tls": True,
            },
        ),
        ("smtp://localhost:25", {"hostname": "localhost", "port": 25, "start_tls": False}),
        ("smtp://[::1]:25", {"hostname": "::1", "port": 25, "start_tls": False}),
    ],
)
def test_a_password_is_never_spoken_in_the_clear_to_another_machine(
    url: str, server: dict[str, Any]
) -> None:
    assert server_of(url) == server


@pytest.mark.parametrize(
    "changes",
    [
        {"smtp": "http://mail.example"},
        {"smtp": "smtp://"},
        {"smtp": "smtp://mail.example:x"},
        {"smtp": "smtp://mail.example", "mail_from": ""},
        {"marketplace_url": "javascript:alert(1)"},
    ],
)
def test_a_mistake_in_the_settings_is_found_at_the_start(changes: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        Settings(**{"mail_from": "support@chat.example", **changes})


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ana@b.example", "ana@b.example"),
        (" Ana.Maria+tag@B.Example ", "Ana.Maria+tag@b.example"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("a@b-c.d.example", "a@b-c.d.example"),
    ],
)
def test_an_address_is_kept_as_it_is_mailed_to(text: str, address: str) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize("text", ["a@b.123", "a@b..example", ".a@b.example", "a@b.example."])
def test_what_cannot_be_mailed_to_is_no_address(text: str) -> None:
    with pytest.raises(Invalid):
        read_address(text)


def test_a_header_is_one_line_of_what_can_be_seen() -> None:
    assert one_line("A\r\nB\x00\u2028 C\ud800") == "A B C"
    assert one_line("=?utf-8?q?=0AX?=") == "= ?utf-8?q?=0AX?="
    assert one_line("\u2068عربي\u2069") == "\u2068عربي\u2069"
