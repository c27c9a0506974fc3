"""Records of reviews, as queries give them."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chat_server.domain.ids import OrderId, PersonId, ProductId, ShopId
from chat_server.domain.publishing import Piece
from chat_server.domain.reviews import Part, Review


class LineRow(NamedTuple):
    """A line of an order, as far as rating it asks."""

    id: int
    order_id: OrderId
    buyer_id: PersonId
    shop_id: ShopId
    received_at: int | None
    product_id: ProductId | None
    title: str
    photo_url: str


class ReviewRow(NamedTuple):
    """The stars of a line."""

    id: int
    line_id: int
    order_id: OrderId
    product_id: ProductId | None
    shop_id: ShopId
    buyer_id: PersonId
    stars: int
    rated_at: int
    received_at: int
    excluded: str
    helpful: int


class PartRow(NamedTuple):
    """Something that was written beside them."""

    review_id: int
    part: str
    author_id: PersonId
    text: str
    language: str
    state: str
    reason: str
    found: str
    times: int
    sent_at: int
    decided_at: int | None
    published_at: int | None
    revision: int

    @property
    def piece(self) -> Piece:
        """As the rules see it."""
        return Piece(
            self.state, self.sent_at, self.times, self.decided_at, self.published_at, self.reason
        )

    @property
    def findings(self) -> list[tuple[str, int, int, str]]:
        """What detection found in it: kind, from where, to where, by what."""
        return findings_of(self.found)


class CardRow(NamedTuple):
    """A review with all that lists show of it."""

    id: int
    line_id: int
    order_id: OrderId
    product_id: ProductId | None
    shop_id: ShopId
    shop_name: str
    buyer_id: PersonId
    buyer_name: str
    country: str
    stars: int
    rated_at: int
    received_at: int
    excluded: str
    helpful: int
    title: str
    photo_url: str


class PhotoRow(NamedTuple):
    """A photo of a part; its public name, while the part is to be seen."""

    review_id: int
    part: str
    photo_id: int
    public_name: str | None
    width: int
    height: int


class Shown(NamedTuple):
    """A review with what was written in it, and its photos."""

    card: CardRow
    parts: Mapping[str, PartRow]
    photos: Mapping[str, list[PhotoRow]]

    @property
    def review(self) -> Review:
        """As the rules see it."""
        return review_of(self.card, self.parts.values())


def review_of(row: ReviewRow | CardRow, parts: Iterable[PartRow]) -> Review:
    """A review as the rules see it."""
    return Review(
        row.buyer_id,
        row.shop_id,
        row.received_at,
        row.rated_at,
        {Part(part.part): part.piece for part in parts},
    )


def findings_of(found: str) -> list[tuple[str, int, int, str]]:
    """What detection found, as it is stored: kind, from where, to where, by what."""
    return [(kind, start, end, why) for kind, start, end, why in json.loads(found)]
