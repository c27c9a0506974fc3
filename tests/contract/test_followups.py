"""Where a review stands in lists follows its text and its follow-up, also where both are decided at once."""

import asyncio
import dataclasses
from collections.abc import Sequence

import pytest

from benchmarks.growth import quiet_context
from chat_server.actions import moderators, reviews
from chat_server.actions.context import Context
from chat_server.actions.reviews import PARTS, Wanted, Words
from chat_server.domain.ids import OrderId, PersonId
from chat_server.domain.orders import DAY_MS
from chat_server.domain.people import Actor, Role
from chat_server.domain.publishing import Move
from chat_server.domain.reviews import Part
from chat_server.ports import Value
from chat_server.storage import AnyStore
from tests.api.harness import SetClock
from tests.contract.stores import Backend
from tests.factories_sql import Pair, add_order, do, fresh, fresh_key, meet

TIMES = 12
"""So often two decide at once: they do not always meet."""


class ByScript:
    """Tells two languages apart."""

    async def detect(self, text: str, hints: Sequence[str] = ()) -> str:
        """By the first letter."""
        return "en" if text[0].isascii() else "ru"


@dataclasses.dataclass
class Scene:
    """A buyer who received something, and supervisors on two nodes."""

    backend: Backend
    nodes: tuple[Context, Context]
    clock: SetClock
    pair: Pair

    @property
    def buyer(self) -> Actor:
        """Who rates."""
        return Actor(PersonId(self.pair.buyer), Role.BUYER)

    async def reviewed(self, text: str) -> int:
        """Rates a line of an order, with words or without."""
        here, now = self.nodes[0], self.clock.now_ms()
        order = await add_order(
            here.store,
            self.pair.buyer,
            self.pair.shop,
            state="received",
            received_at=now,
            received_by="buyer",
        )
        line = fresh()
        row: dict[str, Value] = {
            "id": line,
            "order_id": order,
            "line_key": "a",
            "place": 0,
            "title": "A lamp",
        }
        row |= {"photo_url": "", "amount": "10.00", "currency": "EUR", "quantity": 1}
        row |= {"product_key": f"r{self.pair.product}", "paid_units": 0}
        await do(here.store, ("put_order_line", row))
        words = Words(text)
        return await reviews.rate(here, self.buyer, OrderId(order), line, fresh_key(), 4, words)

    async def follow_up(self, review: int, text: str) -> None:
        """A day later."""
        self.clock.advance(DAY_MS)
        here = self.nodes[0]
        await reviews.send(here, self.buyer, review, Part.FOLLOWUP, fresh_key(), Words(text))

    async def decide(self, review: int, part: Part, move: Move, node: int = 0) -> None:
        """As it stands now."""
        ctx, boss = self.nodes[node], Actor(PersonId(self.pair.seller), Role.SUPERVISOR)
        parts = await ctx.store.all(PARTS, review_id=review)
        revision = next(p.revision for p in parts if p.part == part)
        await moderators.decide(ctx, boss, review, part, revision, move, "insult")

    async def read(self, language: str = "") -> list[int]:
        """The reviews that the public reads, of all languages or one."""
        product = await reviews.product_by_key(self.nodes[0], f"r{self.pair.product}")
        wanted = Wanted(language=language)
        page = await reviews.of_product(self.nodes[0], product, wanted, None)
        return [shown.card.id for shown in page.reviews]

    async def check(self) -> None:
        """What is kept is what it comes to."""
        kept = (
            "SELECT product_id, language, texts FROM product_texts WHERE texts <> 0 ORDER BY 1, 2"
        )
        anew = (
            "SELECT product_id, language, CAST(COUNT(*) AS BIGINT) FROM reviews WHERE shown_at IS NOT NULL"
            " GROUP BY 1, 2 ORDER BY 1, 2"
        )
        assert await self.backend.rows(kept) == await self.backend.rows(anew)
        kept = "SELECT id, shown_at, language FROM reviews WHERE shown_at IS NOT NULL ORDER BY 1"
        anew = """
            SELECT p.review_id, p.published_at, p.language FROM review_parts AS p
            WHERE p.state = 'published' AND (p.part = 'text' OR p.part = 'followup' AND NOT EXISTS (
                SELECT 1 FROM review_parts AS t
                WHERE t.review_id = p.review_id AND t.part = 'text' AND t.state = 'published')) ORDER BY 1"""
        assert await self.backend.rows(kept) == await self.backend.rows(anew)


@pytest.fixture
async def scene(store: AnyStore, backend: Backend, engine: str) -> Scene:
    clock = SetClock()

    def node(there: AnyStore) -> Context:
        return dataclasses.replace(quiet_context(there), clock=clock, languages=ByScript())

    # A file has one node.
    other = store if engine == "sqlite" else await backend.open()
    return Scene(backend, (node(store), node(other)), clock, await meet(store))


async def test_a_review_is_listed_for_its_follow_up_while_its_text_is_not_shown(
    scene: Scene,
) -> None:
    review = await scene.reviewed("It shines as brightly as it should.")
    seen = []

    async def look() -> None:
        await scene.check()
        seen.append(await scene.read() == [review])

    await look()
    await scene.decide(review, Part.TEXT, Move.REFUSE)
    await scene.follow_up(review, "Лампа перестала гореть уже через месяц.")
    await look()
    await scene.decide(review, Part.FOLLOWUP, Move.PUBLISH)
    await look()
    await scene.decide(review, Part.TEXT, Move.PUBLISH)
    await look()
    await scene.decide(review, Part.FOLLOWUP, Move.HIDE)
    await look()
    await scene.decide(review, Part.TEXT, Move.HIDE)
    await look()

    assert seen == [False, False, True, True, True, False]


async def test_two_decisions_at_once_are_made_one_after_the_other(scene: Scene) -> None:
    found = []
    for _ in range(TIMES):
        review = await scene.reviewed("It shines as brightly as it should.")
        await scene.decide(review, Part.TEXT, Move.PUBLISH)
        await scene.follow_up(review, "Лампа перестала гореть уже через месяц.")
        found.append(review)

    for review in found:
        await asyncio.gather(
            scene.decide(review, Part.TEXT, Move.HIDE, node=0),
            scene.decide(review, Part.FOLLOWUP, Move.PUBLISH, node=1),
        )

    await scene.check()
    assert sorted(await scene.read(language="ru")) == sorted(found)
    assert await scene.read(language="en") == []
