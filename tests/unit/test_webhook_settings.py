"""Settings of webhooks: what is refused at the start, and by which sentence."""

import pytest

from chat_server.domain.webhooks import secret_of
from chat_server.settings import SettingsError, load_settings

SECRET, OTHER = secret_of(b"s" * 32), secret_of(b"o" * 24)
URL = "https://shop.example/hooks?a=1"


def test_endpoints_are_read_with_their_secrets() -> None:
    settings = load_settings(
        {
            "PARLEY_WEBHOOK_URLS": f"backend={URL},stock=http://10.0.0.5:9000/",
            "PARLEY_WEBHOOK_SECRETS": f"backend={SECRET} {OTHER},stock={OTHER}",
            "PARLEY_WEBHOOK_NETWORKS": "10.1.0.0/16, fd00::/64",
        }
    )

    assert settings.webhook_urls["backend"] == URL
    assert settings.webhook_secrets["backend"].split() == [SECRET, OTHER]
    assert settings.webhook_networks == ("10.1.0.0/16", "fd00::/64")
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("urls", "secrets", "networks", "sentence"),
    [
        (f"backend={URL}", "", "", "must have the same names, and 'backend' is in one"),
        ("", f"backend={SECRET}", "", "must have the same names"),
        (
            "backend=ftp://shop.example",
            f"backend={SECRET}",
            "",
            "'backend' stands for is no address",
        ),
        (
            f"backend={URL}",
            "backend=whsec_c2hvcnQ=",
            "",
            "must be whsec_ and 24 to 64 random bytes",
        ),
        (f"backend={URL}", "backend=change-me", "", "must be whsec_ and 24 to 64 random bytes"),
        ("", "", "10.1.0.0/99", "'10.1.0.0/99' is no network"),
        ("", "", "localhost", "'localhost' is no network"),
    ],
)
def test_what_could_not_be_trusted_is_refused_at_the_start(
    urls: str, secrets: str, networks: str, sentence: str
) -> None:
    told = {"URLS": urls, "SECRETS": secrets, "NETWORKS": networks}

    with pytest.raises(SettingsError) as caught:
        load_settings({f"PARLEY_WEBHOOK_{name}": text for name, text in told.items() if text})

    assert sentence in str(caught.value)
