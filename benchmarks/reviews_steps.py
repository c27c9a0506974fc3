"""What is asked of a market with many ratings: handlers of the API, with their queries and their encoded answers."""

import itertools
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request

from benchmarks.reviews_town import MODERATOR, SHOPS, SPAN_MS, Reviews
from benchmarks.target import client_key
from chat_server.actions import moderators, reviews
from chat_server.actions.context import Context
from chat_server.actions.reviews import Wanted
from chat_server.domain.ids import PersonId, ShopId, show
from chat_server.domain.people import Actor, Role
from chat_server.domain.publishing import Move
from chat_server.domain.reviews import Part
from chat_server.web import reviews as web
from chat_server.web.operations import Call, Handler
from chat_server.web.reviews import ExplainedQuery, ReviewsQuery, ShopReviewsQuery
from chat_server.wire.codec import encode
from chat_server.wire.places import show_place
from chat_server.wire.reviews import RateLine

Ask = Callable[[], Awaitable[object]]

SUPERVISOR: Final = Actor(PersonId(MODERATOR), Role.SUPERVISOR)
WANTED: Final = 0
"""The product and the shop that most ratings are about."""
RARE: Final = ReviewsQuery(stars=2, photos=True, language="ar")
PAGES: Final = {
    "newest": ReviewsQuery(),
    "helpful": ReviewsQuery(sort="helpful"),
    "stars": ReviewsQuery(stars=1),
    "photos": ReviewsQuery(photos=True),
    "language": ReviewsQuery(language="ar"),
    "helpful_language": ReviewsQuery(sort="helpful", language="ar"),
    "rare": RARE,
}


class Market:
    """A market that is open, and whose turn it is."""

    def __init__(self, ctx: Context, town: Reviews) -> None:
        self._ctx, self._town = ctx, town
        self._lines = itertools.count()
        self._deep = ReviewsQuery()
        self.waiting = town.waiting
        """So many texts can be published."""

    async def go_deep(self) -> None:
        """Finds the place of a page in the middle of the most wanted product's reviews."""
        product = await reviews.product_by_key(
            self._ctx, _key("product", self._town.product(WANTED))
        )
        page = await reviews.of_product(self._ctx, product, Wanted(), None)
        for _ in range(sum(page.texts.values()) // (2 * reviews.PAGE)):
            page = await reviews.of_product(self._ctx, product, Wanted(), page.next)
        self._deep = ReviewsQuery(before=show_place(page.next))

    def reads(self) -> dict[str, Ask]:
        """By name: everything that is read."""
        return {
            "reviews_card": self._asking(
                web.seller_card, key=_key("shop", self._town.shop(WANTED))
            ),
            **{f"reviews_{name}": self._page(query) for name, query in PAGES.items()},
            "reviews_deep": lambda: self._page(self._deep)(),
            "reviews_other": self._page(ReviewsQuery(), SHOPS),
            "reviews_queue": self._asking(web.moderation_queue, SUPERVISOR),
            "reviews_shop": self._shop(ShopReviewsQuery()),
            "reviews_to_answer": self._shop(ShopReviewsQuery(to_answer=True)),
            "reviews_explained": self._explained(ExplainedQuery(show="window")),
            "reviews_explained_deep": self._explained(ExplainedQuery(before=self._halfway())),
            "reviews_explained_earlier": self._explained(ExplainedQuery(show="earlier")),
        }

    async def rate(self) -> None:
        """A buyer gives stars to what he received."""
        number = next(self._lines)
        buyer, order, line = self._town.to_rate(number)
        body = RateLine(client_key=client_key(self._town.now, number), stars=5)
        where = {"order": show(order), "line": show(line)}
        await self._asking(web.rate_line, Actor(PersonId(buyer), Role.BUYER), body, **where)()

    async def publish(self) -> float:
        """A moderator publishes what has waited longest; milliseconds without looking what that is."""
        ctx = self._ctx
        first = (await moderators.queue(ctx, SUPERVISOR)).waiting[0].part
        begin = time.perf_counter()
        await moderators.decide(
            ctx, SUPERVISOR, first.review_id, Part(first.part), first.revision, Move.PUBLISH, ""
        )
        return (time.perf_counter() - begin) * 1e3

    def _page(self, query: ReviewsQuery, product: int = WANTED) -> Ask:
        return self._asking(
            web.of_product, query=query, key=_key("product", self._town.product(product))
        )

    def _shop(self, query: ShopReviewsQuery) -> Ask:
        return self._asking(web.of_shop, self._seller(), query=query, shop=self._shop_id())

    def _explained(self, query: ExplainedQuery) -> Ask:
        return self._asking(web.explain, self._seller(), query=query, shop=self._shop_id())

    def _halfway(self) -> str:
        """Half of all ratings are older."""
        return show_place((self._town.now - SPAN_MS // 2, 0))

    def _seller(self) -> Actor:
        shop = ShopId(self._town.shop(WANTED))
        return Actor(PersonId(self._town.seller(WANTED)), Role.SELLER, frozenset({shop}))

    def _shop_id(self) -> str:
        return show(self._town.shop(WANTED))

    def _asking(
        self,
        handler: Handler,
        actor: Actor | None = None,
        body: Any = None,
        query: Any = None,
        **params: str,
    ) -> Ask:
        request = Request({"type": "http", "headers": []})
        call = Call(self._ctx, request, actor, 0, "", params, body, query)

        async def ask() -> object:
            answer = await handler(call)
            return encode(answer) if not hasattr(answer, "body") else answer

        return ask


def _key(what: str, number: int) -> str:
    """The marketplace's own id, as `seed` gives it."""
    return f"{what}-{number}"
