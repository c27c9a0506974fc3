"""Reviews as HTML for the marketplace's own pages, and as data for search engines (items 45 to 48)."""

import html.parser
import json
import re
from typing import Any

import httpx2
import pytest
from typing_extensions import override

from chat_server.i18n import LOCALES, shipped
from chat_server.web.json_ld import web_link
from chat_server.web.review_pages import Writer
from chat_server.wire import reviews as bodies
from chat_server.wire.shapes import ProductView, ShopView
from tests.api.deals import Deal, deal, decide, send
from tests.api.harness import DAY, HOST, MINUTE, T0, make_settings
from tests.api.pictures import jpeg
from tests.factories import Town
from tests.hostile.texts import LINKS, STORED

TAGS = {
    *("section", "script", "article", "div", "span", "strong", "time", "bdi", "a", "img"),
    *("h2", "h3", "h4", "p", "dl", "dt", "dd", "ul", "li"),
}
ATTRIBUTES = {
    ("section", "class"),
    ("section", "lang"),
    ("section", "dir"),
    ("section", "data-next"),
    ("section", "data-part"),
    ("script", "type"),
    ("article", "data-review"),
    ("time", "datetime"),
    ("div", "dir"),
    ("div", "lang"),
    ("a", "href"),
    ("img", "src"),
    ("img", "alt"),
    ("img", "loading"),
}


class Outline(html.parser.HTMLParser):
    """What a fragment is made of, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []
        """Element and text, in their order."""
        self.others: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.unclosed = list(self._open)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Told of each element."""
        self.elements.append((tag, dict(attrs)))
        if tag != "img":
            self._open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        """Told of each end."""
        assert self._open.pop() == tag, "everything ends where it should"

    @override
    def handle_data(self, data: str) -> None:
        """Told of each text."""
        self.said.append((self._open[-1], data))

    @override
    def handle_comment(self, data: str) -> None:
        """There are none."""
        self.others.append(data)

    @override
    def handle_decl(self, decl: str) -> None:
        """There are none."""
        self.others.append(decl)

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements with the names of their attributes."""
        return [(tag, tuple(attrs)) for tag, attrs in self.elements]

    def words(self, tag: str) -> list[str]:
        """The texts directly inside of elements."""
        return [text for inside, text in self.said if inside == tag]

    def data(self) -> dict[str, Any]:
        """The JSON-LD."""
        (script,) = self.words("script")
        found: dict[str, Any] = json.loads(script)
        return found


def page_with(text: str, *, url: str = "", average: str | None = "5.0") -> bodies.ProductReviews:
    """A page whose every text of a person is this one."""
    written = bodies.PublicText(text=text, at=T0, language="en")
    review = bodies.PublicReview(
        id="0" * 16,
        stars=5,
        author="A",
        country="MD",
        rated_at=T0,
        text=written,
        followup=written,
        reply=written,
        followup_reply=written,
        helpful=1,
    )
    return bodies.ProductReviews(
        histogram=bodies.Histogram(counts=[0, 0, 0, 0, 1], ratings=1, texts=1, average=average),
        reviews=[review],
        languages=["en"],
        next="1.a",
        product=ProductView(id="0" * 16, title=text, url=url, photo_url=url),
        shop=bodies.SellerCard(
            shop=ShopView(id="0" * 16, name=text),
            is_new=False,
            per_mille=985,
            positive=5,
            neutral=0,
            negative=0,
            score=5,
        ),
    )


def lines_of(text: str) -> list[str]:
    """Each becomes a paragraph."""
    return [line for line in re.split(r"[\r\n]+", text) if line]


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Writer:
    return Writer(shipped(), make_settings(tmp_path_factory.mktemp("node")), "en")


async def read_page(town: Town, one: Deal, **query: Any) -> httpx2.Response:
    """The fragment, as the marketplace's server gets it."""
    path = f"/products/{one.product.key}/reviews.html"
    answer = await town.parley.client().get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer


class TestAFragment:
    """It says what there is to read, in the wished language, and can do nothing."""

    async def test_reviews_are_read_with_all_that_was_said_to_them(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        kind = {"content-type": "image/jpeg"}
        photo = (await one.buyer.api.post("/photos", content=jpeg(), headers=kind)).json()["id"]
        review = await one.rated(4, text="Shines.\n\nAs it should.", photos=[photo])
        await decide(moderator)
        town.parley.clock.advance(MINUTE)
        await send(one.seller, review, "reply", "Thank you.")
        await decide(moderator)
        town.parley.clock.advance(DAY)
        one.buyer.renew()
        await moderator.sign_in()
        await send(one.buyer, review, "followup", "Still shines.")
        await decide(moderator)

        page = Outline((await read_page(town, one)).text)

        paragraphs = page.words("p")
        said = [
            p
            for p in paragraphs
            if p in ("Shines.", "As it should.", "Thank you.", "Still shines.")
        ]
        assert said == ["Shines.", "As it should.", "Thank you.", "Still shines."]
        assert page.words("h3") == ["4 out of 5 stars"]
        assert page.words("h4") == ["Shop\u2019s reply", "Follow-up"]
        assert page.words("bdi") == ["A."]
        assert not any("Rusu" in text for _, text in page.said)
        (link,) = [attrs["href"] for tag, attrs in page.elements if tag == "a"]
        assert re.fullmatch(rf"https://{HOST}/api/v1/review-photos/[\w-]+/full", link or "")
        assert page.unclosed == []

    @pytest.mark.parametrize(
        ("locale", "heading", "direction"),
        [
            ("ro", "Recenzii: Lamp", "ltr"),
            ("ru-RU", "Отзывы: Lamp", "ltr"),
            ("ar", "التقييمات: \u2068Lamp\u2069", "rtl"),
            ("xx", "Reviews: Lamp", "ltr"),
            ("", "Reviews: Lamp", "ltr"),
        ],
    )
    async def test_its_own_words_are_in_the_wished_language(
        self, town: Town, locale: str, heading: str, direction: str
    ) -> None:
        answer = await read_page(town, await deal(town), locale=locale)

        page = Outline(answer.text)

        assert page.words("h2") == [heading]
        (_, root) = page.elements[0]
        assert root["dir"] == direction
        assert root["lang"] == answer.headers["content-language"]

    @pytest.mark.parametrize("locale", LOCALES)
    async def test_every_number_is_filled_in(self, town: Town, locale: str) -> None:
        one, moderator = await deal(town), await town.colleague()
        await one.rated(5, text="Good")
        await decide(moderator)

        assert "{" not in "".join(
            text
            for tag, text in Outline((await read_page(town, one, locale=locale)).text).said
            if tag != "script"
        )

    async def test_it_says_why_there_is_nothing_to_read(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()

        async def last(**query: Any) -> str:
            return Outline((await read_page(town, one, **query)).text).words("p")[-1]

        nothing = await last()
        await one.rated(5, text="Good")
        only_stars = await last()
        await decide(moderator)
        no_match = await last(stars=1)

        assert nothing.startswith("There are no ratings yet.")
        assert only_stars.startswith("So far there are only stars")
        assert no_match == "No review matches your choice."

    async def test_where_the_next_page_begins_is_told(self, town: Town) -> None:
        first, moderator = await deal(town), await town.colleague()
        price = {"amount": "12.50", "currency": "EUR"}
        lines = [
            {"key": str(n), "title": "Lamp", "price": price, "product": first.product.key}
            for n in range(21)
        ]
        order = await town.order(first.buyer, first.shop, "received", lines=lines)
        shown = (await first.buyer.api.get(f"/orders/{order.id}")).json()
        for line in shown["lines"]:
            first.order, first.line = order, line["id"]
            await first.rated(5, text="Good")
        await decide(moderator)

        page = Outline((await read_page(town, first)).text)
        after = page.elements[0][1]["data-next"]
        rest = Outline((await read_page(town, first, before=after)).text)

        assert [len(p.words("h3")) for p in (page, rest)] == [20, 1]
        assert "data-next" not in rest.elements[0][1]
        assert len(page.data()["review"]) == 10, "search engines show fewer"

    async def test_it_may_be_kept_for_a_minute_and_can_do_nothing_by_itself(
        self, town: Town
    ) -> None:
        one = await deal(town)
        path = f"/products/{one.product.key}/reviews"

        for ending, media in (
            ("html", "text/html; charset=utf-8"),
            ("jsonld", "application/ld+json"),
        ):
            client = town.parley.client()
            first = await client.get(f"{path}.{ending}")
            again = await client.get(
                f"{path}.{ending}", headers={"if-none-match": first.headers["etag"]}
            )
            assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
            assert first.headers["content-type"] == media
            assert first.headers["cache-control"] == "public, max-age=60"
            assert first.headers["x-content-type-options"] == "nosniff"
            policy = first.headers["content-security-policy"].split("; ")
            assert {"default-src 'none'", "sandbox"} <= set(policy)

    async def test_what_nobody_knows_is_not_there(self, town: Town) -> None:
        client = town.parley.client()

        answers = [await client.get(f"/products/none/reviews.{e}") for e in ("html", "jsonld")]
        odd = await client.get("/products/none/reviews.html", params={"color": "red"})

        assert [a.status_code for a in (*answers, odd)] == [404, 404, 422]


class TestDataForSearchEngines:
    """A product, the sum of its ratings, and some of its reviews."""

    async def test_it_is_the_same_inside_of_the_page_and_by_itself(self, town: Town) -> None:
        one, moderator = await deal(town), await town.colleague()
        await one.rated(4, text="Shines as it should.")
        await decide(moderator)
        path = f"/products/{one.product.key}/reviews.jsonld"

        data = (await town.parley.client().get(path)).json()

        assert data == Outline((await read_page(town, one)).text).data()
        assert (data["@context"], data["@type"], data["name"]) == (
            "https://schema.org",
            "Product",
            "Lamp",
        )
        assert data["aggregateRating"] == {
            "@type": "AggregateRating",
            "ratingValue": 4.0,
            "ratingCount": 1,
            "reviewCount": 1,
            "bestRating": 5,
            "worstRating": 1,
        }
        (review,) = data["review"]
        assert review["reviewBody"] == "Shines as it should."
        assert review["author"] == {"@type": "Person", "name": "A"}
        assert review["reviewRating"]["ratingValue"] == 4
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", review["datePublished"])

    async def test_where_nothing_was_rated_nothing_is_summed_up(self, town: Town) -> None:
        one = await deal(town)
        path = f"/products/{one.product.key}/reviews.jsonld"
        empty = (await town.parley.client().get(path)).json()
        await one.rated(5)

        stars = (await town.parley.client().get(path)).json()

        assert set(empty) == {"@context", "@type", "name"}
        assert "reviewCount" not in stars["aggregateRating"]
        assert "review" not in stars

    @pytest.mark.parametrize("link", LINKS)
    def test_item_47_only_links_into_the_web_are_passed_on(self, link: str, writer: Writer) -> None:
        data = json.loads(writer.data(page_with("Lamp", url=link)))

        assert re.match(r"https?://", data.get("url", "https://"))
        assert data.get("url") == data.get("image") == (web_link(link) or None)

    def test_links_of_the_marketplace_are_passed_on(self, writer: Writer) -> None:
        url = "https://shop.example/p?a=1&b=<2>"

        data = json.loads(writer.data(page_with("Lamp", url=url)))

        assert (data["url"], data["image"]) == (url, url)


class TestHostileTexts:
    """What people wrote is text: nothing in it becomes an element, an attribute, or an end of the script."""

    @pytest.mark.parametrize("text", STORED)
    def test_item_45_no_text_makes_an_element(self, text: str, writer: Writer) -> None:
        harmless = Outline(writer.fragment(page_with("\n".join("x" for _ in lines_of(text)))))

        page = Outline(writer.fragment(page_with(text)))

        assert page.shape() == harmless.shape()
        assert {tag for tag, _ in page.elements} <= TAGS
        assert {(tag, name) for tag, attrs in page.elements for name in attrs} <= ATTRIBUTES
        assert (page.others, page.unclosed) == ([], [])

    @pytest.mark.parametrize("text", STORED)
    def test_item_48_every_text_comes_back_as_it_was_written(
        self, text: str, writer: Writer
    ) -> None:
        page = Outline(writer.fragment(page_with(text)))

        assert page.data()["review"][0]["reviewBody"] == text
        assert page.data()["name"] == text
        lines, said = lines_of(text), page.words("p")
        assert any(said[i : i + len(lines)] == lines for i in range(len(said)))
        (script,) = page.words("script")
        assert not set(script) & set("<>&\u2028\u2029")
