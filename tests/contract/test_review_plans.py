"""Pages of reviews show everything once, and touch a page's worth of rows, however much was said."""

import contextlib
import dataclasses
import itertools
import json
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest

from benchmarks import reviews_town
from benchmarks.growth import quiet_context
from benchmarks.reviews_town import SPAN_MS, Reviews
from chat_server.actions import explained, rating, reviews
from chat_server.actions.context import Context
from chat_server.actions.reviews import PAGE, Wanted
from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.orders import Product
from chat_server.domain.people import Actor, Role
from chat_server.domain.ratings import COUNTS_AS, Section, Tally
from tests.api.harness import SetClock
from tests.contract.stores import (
    Backend,
    PostgresBackend,
    SqliteBackend,
    postgres_backend,
    sqlite_template,
)
from tests.contract.touched import touched
from tests.explained import walk, whole
from tests.services.postgres import Postgres

NOW = 1_800_000_000_000
TOWN = Reviews(40_000, NOW, unrated=100)
"""Of the most wanted product some 5,000 ratings, and 1,500 texts."""
FEW = 8 * PAGE

OPEN = {"before": 2**62, "before_id": 2**62}
DEEP = {"before": NOW - SPAN_MS // 2, "before_id": 0}
EXPLAINED = {"limit": explained.PAGE + 1}
FILTERS: dict[str, dict[str, Any]] = {
    "": {},
    "_stars": {"stars": 2},
    "_photos": {"stars": None},
    "_language": {"language": "es", "stars": None, "photos": 0},
}
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    **{
        f"{sort}{name}": (f"shown_{sort}{name}", {**OPEN, **values})
        for sort, (name, values) in itertools.product(("newest", "helpful"), FILTERS.items())
    },
    **{
        f"deep{name}": (f"shown_newest{name}", {**DEEP, **values})
        for name, values in FILTERS.items()
    },
    "texts": ("texts_of_product", {}),
    "stars": ("stars_of_product", {}),
    "details": ("details_of_shop", {"since": (NOW - SPAN_MS // 40) // 86_400_000}),
    "pair": ("ratings_of_pair", {"buyer_id": TOWN.to_rate(7)[0]}),
    "of a shop": ("reviews_of_shop_page", OPEN),
    "of a shop, deep": ("reviews_of_shop_page", DEEP),
    "to answer": ("reviews_to_answer", {**OPEN, "since": 0}),
    "to decide": ("parts_to_decide", {"limit": 10}),
    "explained": ("ratings_of_shop_page", {**OPEN, **EXPLAINED}),
    "explained, deep": ("ratings_of_shop_page", {**DEEP, **EXPLAINED}),
    "explained, what counts": ("ratings_counting_page", {**OPEN, **EXPLAINED, "since": 0}),
    "explained, what counts, deep": ("ratings_counting_page", {**DEEP, **EXPLAINED, "since": 0}),
    "explained, what does not": ("ratings_excluded_page", {**OPEN, **EXPLAINED}),
    "explained, of its buyers": (
        "ratings_of_buyers",
        {"ids": json.dumps([TOWN.to_rate(n)[0] for n in range(explained.PAGE)])},
    ),
    "explained, in sums": ("fates_of_shop", {}),
}
ALWAYS = {"product_id": TOWN.product(0), "shop_id": TOWN.shop(0), "limit": PAGE + 1}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[str, Backend]]:
    """The market, on either engine."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            folder = tmp_path_factory.mktemp("reviews")
            backend: Backend = SqliteBackend(folder, sqlite_template(folder))
            with contextlib.closing(
                sqlite3.connect(folder / "store.sqlite3", isolation_level=None)
            ) as db:
                reviews_town.fill_sqlite(db, TOWN)
        else:
            server: Postgres = request.getfixturevalue("postgres_server")
            found: PostgresBackend = stack.enter_context(postgres_backend(server))
            backend = found
            await reviews_town.fill_postgres(backend.url, TOWN)
        yield request.param, backend
        await backend.close()


@pytest.mark.parametrize("asked", ASKED)
async def test_what_a_page_asks_touches_few_rows(full: tuple[str, Backend], asked: str) -> None:
    name, values = ASKED[asked]

    assert await _touched(*full, name, values) <= FEW


@pytest.mark.parametrize("sort", ["newest", "helpful"])
async def test_pages_of_every_filter_show_each_review_once_and_in_order(
    full: tuple[str, Backend], sort: str
) -> None:
    _, backend = full
    ctx = quiet_context(await backend.open())
    product = await reviews.product_by_key(ctx, f"product-{TOWN.product(5)}")
    order = "shown_at" if sort == "newest" else "helpful"
    for stars, photos, language in itertools.product((None, 4), (False, True), ("", "ru")):
        wanted = Wanted(sort, stars, photos, language)
        shown = await _pages(ctx, product, wanted)
        narrowed = [
            f"stars = {stars}" if stars else "",
            "photos > 0" if photos else "",
            f"language = '{language}'" if language else "",
        ]
        those = " AND ".join(["shown_at IS NOT NULL", *filter(None, narrowed)])
        rows = await backend.rows(
            f"SELECT id FROM reviews WHERE product_id = {product.id} AND {those} ORDER BY {order} DESC, id DESC"
        )
        assert shown == [review for (review,) in rows], wanted
        assert shown or sum(map(bool, (stars, photos, language))) > 1


async def _pages(ctx: Context, product: Product, wanted: Wanted) -> list[int]:
    found: list[int] = []
    before = None
    while True:
        page = await reviews.of_product(ctx, product, wanted, before)
        found += [one.card.id for one in page.reviews]
        before = page.next
        if before is None:
            return found


async def test_a_wide_question_would_be_found(full: tuple[str, Backend]) -> None:
    """Else the others prove nothing."""
    assert await _touched(*full, "ratings_of_shop_page", {**OPEN, "limit": 2**31}) > 10 * FEW


async def test_the_pages_of_an_explanation_tell_each_rating_once_and_add_up_to_the_figure(
    full: tuple[str, Backend],
) -> None:
    _, backend = full
    clock = SetClock()
    clock.at = NOW
    ctx = dataclasses.replace(quiet_context(await backend.open()), clock=clock)
    shop = ShopId(TOWN.shop(9))
    seller = Actor(PersonId(TOWN.seller(9)), Role.SELLER, frozenset({shop}))
    card = (await rating.card(ctx, shop)).standing

    pages = await walk(ctx, seller, shop, size=explained.PAGE)

    rows = await backend.rows(
        f"SELECT id FROM reviews WHERE shop_id = {shop} ORDER BY rated_at DESC, id DESC"
    )
    assert [told.rating.id for told in whole(pages)] == [review for (review,) in rows]
    assert len(pages) > 5
    for section, count in ((Section.WINDOW, card.window), (Section.EARLIER, card.ever)):
        opened = whole(await walk(ctx, seller, shop, section, size=explained.PAGE))
        tally = Tally(
            *map(sum, zip(*(COUNTS_AS[t.group.stars] for t in opened if t.group), strict=True))
        )
        before = card.window if section is Section.EARLIER else Tally(0, 0, 0)
        assert [a + b for a, b in zip(tally, before, strict=True)] == list(count)


async def test_the_sums_that_are_kept_are_those_of_the_market(full: tuple[str, Backend]) -> None:
    """Else what is measured beside them is of another market."""
    _, backend = full
    for kept, anew in (
        ("SELECT SUM(positive + neutral + negative) FROM rating_days", "SELECT COUNT(*) FROM reviews"),
        ("SELECT SUM(ratings) FROM product_stars", "SELECT COUNT(*) FROM reviews"),
        ("SELECT SUM(texts) FROM product_texts", "SELECT COUNT(*) FROM reviews WHERE shown_at IS NOT NULL"),
        ("SELECT SUM(described) FROM order_rating_days", "SELECT SUM(described) FROM order_ratings"),
    ):  # fmt: skip
        assert await backend.rows(kept) == await backend.rows(anew)


async def _touched(engine: str, backend: Backend, name: str, values: dict[str, Any]) -> float:
    return await touched(engine, backend, name, {**ALWAYS, **values})
