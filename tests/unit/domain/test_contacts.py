"""Which links lead nobody away from the marketplace."""

import pytest

from chat_server.domain.contacts import contacts_in, hosts_of
from chat_server.domain.moderation import Found, Kind

OWN = hosts_of(
    ("https://shop.example", "https://www.mall.example:8443", "", "http://127.0.0.1:8000")
)


def is_contact(link: str, kind: Kind = Kind.LINK) -> bool:
    """Whether it counts where detection has found it."""
    text = f"See {link} please"
    return bool(contacts_in(text, [Found(kind, 4, 4 + len(link), "plain")], OWN))


@pytest.mark.parametrize(
    "link",
    [
        "https://shop.example",
        "http://SHOP.example/p/lamp?a=1#b",
        "shop.example/p/lamp",
        "www.shop.example",
        "https://mall.example:8443/",
        "www.mall.example",
        "http://127.0.0.1:8000/talk",
    ],
)
def test_links_to_the_marketplace_are_no_contacts(link: str) -> None:
    assert not is_contact(link)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example",
        "https://shop.example.evil.example/",
        "https://evilshop.example/",
        "https://shop.example@evil.example/",
        "https://evil.example\\@shop.example/",
        "https://shop.example\\.evil.example/",
        "https://evil.example/?to=https://shop.example",
        "https://evil.example#shop.example",
        "https://\u0455hop.example/",
        "https://shop.example/@my_channel",
        "ftp://shop.example/",
        "h t t p s : / / shop.example",
        "",
    ],
)
def test_what_only_looks_like_one_is(link: str) -> None:
    assert is_contact(link)


def test_an_address_of_mail_there_is_a_contact_and_an_insult_is_none() -> None:
    assert is_contact("me@shop.example", Kind.EMAIL)
    assert not is_contact("shop.example", Kind.INSULT)
