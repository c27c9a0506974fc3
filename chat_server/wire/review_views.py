"""Records of reviews as each audience sees them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from chat_server.domain.ids import show
from chat_server.domain.orders import Product
from chat_server.domain.ratings import Fates, Standing, Told
from chat_server.domain.review_records import PartRow, PhotoRow, Shown
from chat_server.domain.reviews import (
    FOLLOWUP_UNTIL_MS,
    REVIEW_WINDOW_MS,
    Part,
    closes_at,
    followup_opens_at,
    is_shown,
    public_name,
)
from chat_server.wire import reviews as shapes
from chat_server.wire.shapes import ProductView, ShopView
from chat_server.wire.views import money_view

REPLIES: Final[Sequence[shapes.ReplyPart]] = ("reply", "followup_reply")


def public_review(shown: Shown) -> shapes.PublicReview:
    """A review as a product page shows it: its text, its follow-up, or both."""
    card = shown.card
    name = public_name(card.buyer_name, card.country)
    return shapes.PublicReview(
        id=show(card.id),
        stars=card.stars,
        author=name.initial,
        country=name.country,
        rated_at=card.rated_at,
        helpful=card.helpful,
        **{part.value: public_text(shown, part) for part in Part},
    )


def public_text(shown: Shown, part: Part) -> shapes.PublicText | None:
    """A part, where the public sees it."""
    written = shown.parts.get(part)
    if written is None or not is_shown(shown.review, part):
        return None
    return shapes.PublicText(
        text=written.text,
        at=written.published_at or written.sent_at,
        language=written.language,
        photos=[
            shapes.PublicPhoto(name=photo.public_name, width=photo.width, height=photo.height)
            for photo in shown.photos.get(part, ())
            if photo.public_name is not None
        ],
    )


def histogram(stars: Mapping[int, int], texts: int) -> shapes.Histogram:
    """How many gave which stars."""
    counts = [stars.get(given, 0) for given in range(1, 6)]
    ratings = sum(counts)
    total = sum(given * count for given, count in enumerate(counts, 1))
    average = f"{total / ratings:.1f}" if ratings else None
    return shapes.Histogram(counts=counts, ratings=ratings, texts=texts, average=average)


def seller_card(shop: ShopView, standing: Standing, details: Iterable[int]) -> shapes.SellerCard:
    """A shop as the public sees it. `details` are sums and counts by turns, of each kind."""
    given = list(details)
    means = [
        f"{total / count:.1f}" if count else None
        for total, count in zip(given[::2], given[1::2], strict=True)
    ]
    return shapes.SellerCard(
        shop=shop,
        is_new=standing.is_new,
        per_mille=None if standing.is_new else standing.per_mille,
        positive=standing.window.positive,
        neutral=standing.window.neutral,
        negative=standing.window.negative,
        score=standing.score,
        described=means[0],
        communication=means[1],
        shipping=means[2],
    )


def product_view(product: Product) -> ProductView:
    """What is reviewed."""
    return ProductView(
        id=show(product.id),
        title=product.title,
        url=product.url,
        photo_url=product.photo_url,
        price=money_view(product.price_amount, product.price_currency),
    )


def about(shown: Shown) -> shapes.Reviewed:
    """What a review is about."""
    card = shown.card
    return shapes.Reviewed(
        order_id=show(card.order_id),
        line_id=show(card.line_id),
        title=card.title,
        photo_url=card.photo_url,
        shop=ShopView(id=show(card.shop_id), name=card.shop_name),
    )


def own_review(shown: Shown) -> shapes.OwnReview:
    """A review as its author sees it."""
    card, review = shown.card, shown.review
    text = shown.parts.get(Part.TEXT)
    replies = [_own_reply(shown, part) for part in REPLIES]
    return shapes.OwnReview(
        id=show(card.id),
        about=about(shown),
        stars=card.stars,
        rated_at=card.rated_at,
        texts=[
            own_text(shown, shown.parts[part], shown.photos.get(part, ()))
            for part in (Part.TEXT, Part.FOLLOWUP)
            if part in shown.parts
        ],
        replies=[reply for reply in replies if reply is not None],
        may_write_until=card.received_at + REVIEW_WINDOW_MS if text is None else None,
        followup_from=None if Part.FOLLOWUP in shown.parts else followup_opens_at(review),
        followup_until=card.received_at + FOLLOWUP_UNTIL_MS,
        helpful=card.helpful,
    )


def _own_reply(shown: Shown, part: shapes.ReplyPart) -> shapes.OwnReply | None:
    said = public_text(shown, Part(part))
    if said is None:
        return None
    return shapes.OwnReply(part=part, text=said.text, at=said.at, language=said.language)


def own_text(shown: Shown, part: PartRow, photos: Iterable[PhotoRow]) -> shapes.OwnText:
    """A part as its writer sees it."""
    refused = part.state == "refused"
    return msgspec.convert(
        {
            "part": part.part,
            "text": part.text,
            "state": part.state,
            "written_at": part.sent_at,
            "revision": part.revision,
            "photos": [show(photo.photo_id) for photo in photos],
            "reason": part.reason or None,
            "again_until": closes_at(shown.review, Part(part.part)) if refused else None,
        },
        shapes.OwnText,
    )


def shop_review(shown: Shown) -> shapes.ShopReview:
    """A review as the shop's people see it: of the author what the public sees."""
    card = shown.card
    name = public_name(card.buyer_name, card.country)
    return shapes.ShopReview(
        id=show(card.id),
        about=about(shown),
        stars=card.stars,
        author=name.initial,
        country=name.country,
        rated_at=card.rated_at,
        text=public_text(shown, Part.TEXT),
        followup=public_text(shown, Part.FOLLOWUP),
        replies=[
            own_text(shown, shown.parts[part], ())
            for part in (Part.REPLY, Part.FOLLOWUP_REPLY)
            if part in shown.parts
        ],
        may_reply=_may_reply(shown, Part.REPLY, Part.TEXT),
        may_reply_followup=_may_reply(shown, Part.FOLLOWUP_REPLY, Part.FOLLOWUP),
    )


def _may_reply(shown: Shown, reply: Part, to: Part) -> bool:
    said = shown.parts.get(reply)
    return is_shown(shown.review, to) and (said is None or said.state == "refused")


def explained(
    card: shapes.SellerCard, stands: Standing, fates: Fates, told: Iterable[Told], next_page: str
) -> shapes.RatingExplained:
    """Where a shop's figure comes from, with a page of what it is made of."""
    lately = stands.window.groups
    counts = shapes.RatingCounts(
        window=lately, earlier=stands.ever.groups - lately, **fates._asdict()
    )
    return shapes.RatingExplained(
        card=card,
        since=stands.since.isoformat(),
        counts=counts,
        ratings=[_counted(each) for each in told],
        next=next_page,
    )


def _counted(told: Told) -> shapes.CountedRating:
    opener = told.group.ratings[0] if told.group is not None else None
    return msgspec.convert(
        {
            "review_id": show(told.rating.id),
            "stars": told.rating.stars,
            "rated_at": told.rating.rated_at,
            "fate": told.fate,
            "in_window": told.in_window,
            "why": told.rating.excluded,
            "opener": show(opener.id) if opener is not None and told.fate == "merged" else None,
            "group_stars": told.group.stars if told.group is not None else None,
        },
        shapes.CountedRating,
    )
