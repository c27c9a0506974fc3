"""What mails say, in every language, as text and as a page."""

import html.parser
import re

import pytest
from typing_extensions import override

from chat_server.actions import letters
from chat_server.actions.brand import Brand
from chat_server.actions.letters import DARK_INK, DEFAULT_COLOR, Parts
from chat_server.domain.colors import contrast
from chat_server.i18n import LOCALES

BRAND = Brand("Lamps & Co <b>", "#123456")
LINK = "https://chat.example/talk#secret-0123456789-abcdef"


class Outline(html.parser.HTMLParser):
    """Which elements and links a page has, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.root: dict[str, str | None] = {}
        self.words = ""
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Told of each element."""
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "html":
            self.root = dict(attrs)

    @override
    def handle_data(self, data: str) -> None:
        """Told of each text."""
        self.words += data


def every(locale: str, brand: Brand = BRAND) -> list[Parts]:
    """One of each kind."""
    return [
        letters.invitation(brand, locale, name="Nova", inviter="Ana", link=LINK),
        letters.reset(brand, locale, link=LINK),
        letters.answers(brand, locale, ["Hello", ""], link=LINK, more=True, once=True),
        letters.answers(brand, locale, ["Hello"], link=LINK, more=False, once=False),
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_mail_says_the_same_as_text_and_as_a_page(locale: str) -> None:
    for parts in every(locale):
        page = Outline(parts.html)
        assert (page.root["lang"], page.root["dir"]) == (
            locale,
            "rtl" if locale == "ar" else "ltr",
        )
        assert page.links == [LINK]
        assert f"\n{LINK}\n" in parts.text
        assert parts.subject and "\n" not in parts.subject
        said = [re.sub("^> ", "", block) for block in parts.text.split("\n\n")]
        for block in said[:-1]:
            assert block.split(":\nhttps", 1)[0] in page.words, block
        assert not re.search(r"\{\w+\}", parts.subject + parts.text), "every gap is filled"
        assert "mail." not in parts.text, "every sentence is there"


def test_languages_differ_and_an_unknown_one_is_english() -> None:
    assert len({every(locale)[2].text for locale in LOCALES}) == len(LOCALES)
    assert every("xx")[0] == every("en")[0]


def test_what_people_wrote_stays_text() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=y>\"'</p></body></html>"
    plain = letters.answers(BRAND, "en", ["Hello"], link=LINK, more=False, once=True)
    parts = letters.answers(BRAND, "en", [evil], link=LINK, more=False, once=True)

    assert Outline(parts.html).tags == Outline(plain.html).tags
    assert evil in Outline(parts.html).words
    assert f"> {evil}" in parts.text


def test_lines_of_an_answer_stay_quoted() -> None:
    parts = letters.answers(BRAND, "en", ["One\n-- \nTwo"], link=LINK, more=False, once=False)

    assert "> One\n> -- \n> Two" in parts.text


@pytest.mark.parametrize(
    ("color", "shown"),
    [
        ("#123456", "#123456"),
        ("#ABCDEF", DEFAULT_COLOR),
        ("#ffffff", DEFAULT_COLOR),
        ("red;background:url(x)", DEFAULT_COLOR),
    ],
)
def test_a_mail_wears_the_brands_colour_where_it_is_seen(color: str, shown: str) -> None:
    page = letters.reset(Brand("Lamps", color), "en", link=LINK).html

    assert f";color:{shown}" in page and f";background:{shown}" in page


@pytest.mark.parametrize("color", ["#000000", "#0c6b58", "#b4482a", "#8a8a8a", "#c05000"])
def test_the_button_can_be_read(color: str) -> None:
    page = letters.reset(Brand("Lamps", color), "en", link=LINK).html

    ink = re.search(rf"background:{color};color:(#[0-9a-f]{{6}})", page)
    assert ink is not None and ink[1] in ("#ffffff", DARK_INK)
    assert contrast(ink[1], color) >= 4.5
