"""A product and its reviews as schema.org describes them, for search engines."""

import datetime
import json
from typing import Any, Final
from urllib.parse import urlsplit

from chat_server.domain.reviews import STARS
from chat_server.wire import reviews as bodies
from chat_server.wire.shapes import ProductView

MOST: Final = 10
"""So many reviews are described; a search engine shows fewer."""

WORST, BEST = min(STARS), max(STARS)

_ESCAPED: Final = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)
"""What would end a script, begin a comment or an entity in it, or break a line of it."""


def json_ld(page: bodies.ProductReviews, nameless: str) -> str:
    """The description as JSON that may stand inside of a script. `nameless` is who has no letter in his name."""
    product: dict[str, Any] = {"@context": "https://schema.org", "@type": "Product"}
    if page.product is not None:
        product |= _product(page.product)
    if page.histogram.average is not None:
        product["aggregateRating"] = _aggregate(page.histogram, page.histogram.average)
    if page.reviews:
        product["review"] = [_review(review, nameless) for review in page.reviews[:MOST]]
    return json.dumps(product, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def web_link(url: str) -> str:
    """The address where it leads into the web; empty for any other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def moment(at_ms: int) -> str:
    """An instant as machines read it."""
    at = datetime.datetime.fromtimestamp(at_ms // 1000, tz=datetime.UTC)
    return at.isoformat().replace("+00:00", "Z")


def _product(product: ProductView) -> dict[str, Any]:
    described = {
        "name": product.title,
        "url": web_link(product.url),
        "image": web_link(product.photo_url),
    }
    return {name: value for name, value in described.items() if value}


def _aggregate(histogram: bodies.Histogram, average: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "AggregateRating",
        "ratingValue": float(average),
        "ratingCount": histogram.ratings,
        "bestRating": BEST,
        "worstRating": WORST,
    }
    # No reviews are not counted as zero: that is taken for a mistake.
    return described | ({"reviewCount": histogram.texts} if histogram.texts else {})


def _review(review: bodies.PublicReview, nameless: str) -> dict[str, Any]:
    words = review.text or review.followup
    described: dict[str, Any] = {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.author or nameless},
        "datePublished": moment(words.at if words is not None else review.rated_at),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": review.stars,
            "bestRating": BEST,
            "worstRating": WORST,
        },
    }
    if words is not None and words.text:
        described["reviewBody"] = words.text
    if words is not None and words.language:
        described["inLanguage"] = words.language
    return described
