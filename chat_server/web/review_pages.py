"""Reviews of a product as HTML that the marketplace's own server puts into its page, and as data for search engines."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Final

from msgspec import Meta
from starlette.responses import Response

from chat_server.domain.reviews import STARS
from chat_server.i18n import (
    Catalogs,
    country_name,
    is_right_to_left,
    nearest,
    quantity,
    shipped,
    show_day,
    show_decimal,
    show_share,
)
from chat_server.settings import Settings
from chat_server.web.json_ld import json_ld, moment
from chat_server.web.operations import PREFIX, Call
from chat_server.web.reviews import ReviewsQuery, product_page, public
from chat_server.wire import reviews as bodies

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
}
"""Whoever opens it by itself gets a document that can do nothing."""

_LINE: Final = re.compile(r"[^\r\n]+")


class PageQuery(ReviewsQuery, frozen=True, forbid_unknown_fields=True):
    """Which reviews of a product, where the page begins, and in which language its own words are."""

    locale: Annotated[str, Meta(max_length=20)] = ""


async def as_html(call: Call) -> Response:
    """What is to be read about a product, as a fragment of HTML without scripts and styles."""
    page, writer = await product_page(call), _writer(call)
    headers = {**HEADERS, "content-language": writer.language}
    return public(call, writer.fragment(page).encode(), "text/html", headers)


async def as_data(call: Call) -> Response:
    """The same as JSON-LD by itself."""
    page, writer = await product_page(call), _writer(call)
    return public(call, writer.data(page).encode(), "application/ld+json", HEADERS)


def _writer(call: Call) -> "Writer":
    settings = call.ctx.settings
    return Writer(shipped(), settings, nearest((call.query.locale or settings.default_locale,)))


class Writer:
    """Writes in one language. Whatever a person wrote passes `html.escape`, and gets a direction of its own."""

    def __init__(self, catalogs: Catalogs, settings: Settings, language: str) -> None:
        self.language = language
        self._catalogs = catalogs
        self._zone = settings.zone
        self._photos = f"{settings.public_url}{PREFIX}/review-photos"

    def data(self, page: bodies.ProductReviews) -> str:
        """JSON-LD."""
        return json_ld(page, self._catalogs.sentence("server.reviews.buyer", self.language))

    def fragment(self, page: bodies.ProductReviews) -> str:
        """The whole of it; `data-next` is where the next page begins."""
        direction = "rtl" if is_right_to_left(self.language) else "ltr"
        after = f' data-next="{html.escape(page.next)}"' if page.next else ""
        title = page.product.title if page.product is not None else ""
        return (
            f'<section class="parley-reviews-page" lang="{self.language}" dir="{direction}"{after}>'
            f'<script type="application/ld+json">{self.data(page)}</script>'
            f"<h2>{self._say('heading', product=title)}</h2>"
            f"{self._seller(page.shop)}{self._stars(page.histogram)}{self._reviews(page)}</section>"
        )

    def _say(self, key: str, /, **params: str | int) -> str:
        """One of our sentences, filled and escaped."""
        key = key if "." in key else f"server.reviews.{key}"
        return html.escape(self._catalogs.sentence(key, self.language, **params))

    def _seller(self, card: bodies.SellerCard | None) -> str:
        if card is None:
            return ""
        standing = ""
        if card.is_new:
            standing = f" <span>{self._say('new_seller')}</span>"
        elif card.per_mille is not None:
            share = show_share(card.per_mille, self.language)
            standing = f" <span>{self._say('positive', share=share)}</span>"
        return f"<p><span>{self._say('sold_by', shop=card.shop.name)}</span>{standing}</p>"

    def _stars(self, histogram: bodies.Histogram) -> str:
        """The average, and how many gave how many stars."""
        if histogram.average is None:
            return ""
        average = self._say("average", average=show_decimal(histogram.average, self.language))
        counts = " ".join(
            f"<span>{self._say(key, count=count)}</span>"
            for key, count in (("ratings", histogram.ratings), ("texts", histogram.texts))
            if count
        )
        rows = "".join(
            f"<dt>{self._say('review.stars', count=stars)}</dt>"
            f"<dd>{quantity(histogram.counts[stars - 1], '', self.language)}</dd>"
            for stars in reversed(STARS)
        )
        return f"<p><strong>{average}</strong> {counts}</p><dl>{rows}</dl>"

    def _reviews(self, page: bodies.ProductReviews) -> str:
        if page.reviews:
            return "".join(map(self._review, page.reviews))
        if not page.histogram.ratings:
            return f"<p>{self._say('none')}</p>"
        return f"<p>{self._say('no_match' if page.histogram.texts else 'stars_only')}</p>"

    def _review(self, review: bodies.PublicReview) -> str:
        parts = (
            ("followup", review.followup),
            ("reply", review.reply),
            ("followup_reply", review.followup_reply),
        )
        # The shop's word to the review stands before the follow-up where it was said before it.
        later = sorted((text.at, part, text) for part, text in parts if text is not None)
        helpful = (
            f"<p>{self._say('helpful', count=review.helpful)}</p>" if review.helpful > 0 else ""
        )
        # Where there are only stars before it, a follow-up has a day of its own.
        at, words = review.rated_at, ""
        if review.text is not None:
            at, words = review.text.at, self._text(review.text)
        return (
            f'<article data-review="{review.id}"><h3>{self._say("given", stars=review.stars)}</h3>'
            f"<p>{self._author(review)} {self._day(at)}</p>{words}"
            f"{''.join(self._part(part, text) for _, part, text in later)}{helpful}</article>"
        )

    def _author(self, review: bodies.PublicReview) -> str:
        """The first letter of a name, and the country."""
        name = f"<bdi>{html.escape(review.author)}.</bdi>" if review.author else self._say("buyer")
        country = html.escape(country_name(review.country, self.language))
        return f"<span>{name}</span>" + (f" <span>{country}</span>" if country else "")

    def _part(self, part: str, text: bodies.PublicText) -> str:
        heading = self._say(f"review.part.{part}")
        return (
            f'<section data-part="{part}"><h4>{heading}</h4>'
            f"<p>{self._day(text.at)}</p>{self._text(text)}</section>"
        )

    def _day(self, at: int) -> str:
        day = html.escape(show_day(at, self.language, self._zone))
        return f'<time datetime="{moment(at)}">{day}</time>'

    def _text(self, text: bodies.PublicText) -> str:
        """The words as they were written, in a direction of their own, and the photos."""
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in _LINE.findall(text.text))
        language = f' lang="{html.escape(text.language)}"' if text.language else ""
        words = f'<div dir="auto"{language}>{lines}</div>' if lines else ""
        return words + self._pictures(text.photos)

    def _pictures(self, photos: Iterable[bodies.PublicPhoto]) -> str:
        items = "".join(
            f'<li><a href="{self._photo(photo, "full")}"><img src="{self._photo(photo, "thumb")}" '
            f'alt="{self._say("photo", number=number)}" loading="lazy"></a></li>'
            for number, photo in enumerate(photos, 1)
        )
        return f"<ul>{items}</ul>" if items else ""

    def _photo(self, photo: bodies.PublicPhoto, variant: str) -> str:
        return html.escape(f"{self._photos}/{photo.name}/{variant}")
