"""Reviews and ratings over HTTP: for everybody, for buyers, for shops, for moderators."""

import asyncio
import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from starlette.responses import Response

from chat_server.actions import explained, moderators, rating, response, reviews, shop_hours
from chat_server.actions.moderators import Complained, Pending, Reported, Waiting
from chat_server.actions.reviews import ToRate, Wanted, Words
from chat_server.actions.translations import Translated
from chat_server.domain.errors import Invalid, NotFound, ParleyError
from chat_server.domain.ids import OrderId, ShopId, is_external, read, show
from chat_server.domain.publishing import Move
from chat_server.domain.ratings import Section
from chat_server.domain.reviews import REVIEW_WINDOW_MS, Part, is_read
from chat_server.web.operations import Call, place_of
from chat_server.wire import review_views as views
from chat_server.wire import reviews as bodies
from chat_server.wire.codec import encode
from chat_server.wire.places import show_place
from chat_server.wire.shapes import Id, PersonView, ShopView

FRESH_S = 60
"""How long the public pages may be kept."""


class ReviewsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which reviews of a product, and where the page begins."""

    sort: Literal["newest", "helpful"] = "newest"
    stars: bodies.Stars | None = None
    photos: bool = False
    language: Annotated[str, Meta(pattern=r"^([a-z]{2,3})?$")] = ""
    before: Annotated[str, Meta(max_length=64)] = ""


class ShopReviewsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which reviews of my shop, and where the page begins."""

    to_answer: bool = False
    review: Annotated[Id | None, Meta(description="This one alone.")] = None
    before: Annotated[str, Meta(max_length=64)] = ""


class ExplainedQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which ratings of my shop, and where the page begins: all, or those of one section of the explanation."""

    show: Literal["all", "window", "earlier", "excluded"] = "all"
    before: Annotated[str, Meta(max_length=64)] = ""


class LanguageQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Into which language: one of the interface's."""

    language: Literal["en", "ru", "ro", "ar", "es"]


class BeforeQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a page begins: `next` of the page before."""

    before: Annotated[str, Meta(max_length=64)] = ""


async def of_product(call: Call) -> Response:
    """What is to be read about a product, known by the marketplace's id."""
    return public(call, encode(await product_page(call)))


async def product_page(call: Call) -> bodies.ProductReviews:
    """A page of a product's reviews, as the query wishes it."""
    query: ReviewsQuery = call.query
    product = await reviews.product_by_key(call.ctx, _key(call))
    wanted = Wanted(query.sort, query.stars, query.photos, query.language)
    page, card = await asyncio.gather(
        reviews.of_product(call.ctx, product, wanted, place_of(query.before)),
        _card(call, product.shop_id),
    )
    return bodies.ProductReviews(
        histogram=views.histogram(page.stars, sum(page.texts.values())),
        # What was hidden since the list was read is no more to be seen.
        reviews=[views.public_review(shown) for shown in page.reviews if is_read(shown.review)],
        languages=sorted(language for language in page.texts if language),
        next=show_place(page.next),
        product=views.product_view(page.product),
        shop=card,
        translates=call.ctx.translator is not None,
    )


async def seller_card(call: Call) -> Response:
    """A shop as everybody sees it, known by the marketplace's id."""
    card = await _card(call, await rating.shop_by_key(call.ctx, _key(call)))
    return public(call, encode(card))


async def translate(call: Call) -> Response:
    """A published text in another language, where there is a translation."""
    found = await reviews.translate(call.ctx, call.id("review"), _part(call), call.query.language)
    return public(call, encode(_translation(found)))


async def translate_for_moderators(call: Call) -> bodies.ReviewTranslation:
    """Any text in my language, where there is a translation."""
    found = await moderators.translate(
        call.ctx, call.caller, call.id("review"), _part(call), call.query.language
    )
    return _translation(found)


async def my_votes(call: Call) -> bodies.MyVotes:
    """Where I have voted, and where I may not."""
    product = await reviews.product_by_key(call.ctx, _key(call))
    votes = await reviews.votes(call.ctx, call.caller, product)
    return bodies.MyVotes(
        voted=list(map(show, votes.voted)), own=list(map(show, votes.own)), sells=votes.sells
    )


async def report(call: Call) -> None:
    """Puts a published text before a moderator."""
    body: bodies.ReportText = call.body
    review_id, part = call.id("review"), _part(call)
    await reviews.report(call.ctx, call.caller, review_id, part, body.reason, body.text)


async def rate_line(call: Call) -> bodies.Rated:
    """Stars for something that I received, with words or without."""
    body: bodies.RateLine = call.body
    review_id = await reviews.rate(
        call.ctx,
        call.caller,
        OrderId(call.id("order")),
        call.id("line"),
        body.client_key,
        body.stars,
        _words(body),
    )
    return bodies.Rated(id=show(review_id))


async def rate_order(call: Call) -> None:
    """How the shop did."""
    body: bodies.RateOrder = call.body
    details = msgspec.to_builtins(body)
    order_id, line_id = OrderId(call.id("order")), call.id("line")
    await rating.rate_order(call.ctx, call.caller, order_id, line_id, details)


async def send_part(call: Call) -> None:
    """A text, a follow-up, or the shop's word to either; it waits for a moderator."""
    body: bodies.WriteText = call.body
    review_id, part = call.id("review"), _part(call)
    await reviews.send(call.ctx, call.caller, review_id, part, body.client_key, _words(body))


async def vote(call: Call) -> None:
    """Whether a review helped me."""
    await reviews.vote(call.ctx, call.caller, call.id("review"), helpful=call.body.helpful)


async def mine(call: Call) -> bodies.MyReviews:
    """What I may rate, and what I have."""
    before = place_of(call.query.before)
    to_rate, found, after = await reviews.of_buyer(call.ctx, call.caller, before)
    return bodies.MyReviews(
        to_rate=[_to_rate(line) for line in to_rate],
        reviews=[views.own_review(shown) for shown in found],
        next=show_place(after),
    )


async def of_shop(call: Call) -> bodies.ShopReviews:
    """What was said of my shop."""
    shop_id = ShopId(call.id("shop"))
    query: ShopReviewsQuery = call.query
    found, after, waiting = await reviews.of_shop(
        call.ctx,
        call.caller,
        shop_id,
        place_of(query.before),
        to_answer=query.to_answer,
        only=read(query.review) if query.review is not None else None,
    )
    return bodies.ShopReviews(
        reviews=[views.shop_review(shown) for shown in found],
        card=await _card(call, shop_id),
        next=show_place(after),
        to_answer=waiting,
    )


async def explain(call: Call) -> bodies.RatingExplained:
    """Where my shop's figure comes from."""
    shop_id = ShopId(call.id("shop"))
    query: ExplainedQuery = call.query
    section = Section(query.show) if query.show != "all" else None
    found = await explained.page(call.ctx, call.caller, shop_id, place_of(query.before), section)
    card = await _shown(call, found.card)
    return views.explained(
        card, found.card.standing, found.fates, found.told, show_place(found.next)
    )


async def show_public_photo(call: Call) -> Response:
    """A photo of a published text."""
    variant = call.params["variant"]
    if variant not in ("full", "thumb"):
        raise NotFound
    content = await reviews.public_photo(call.ctx, call.params["name"], full=variant == "full")
    headers = {
        "cache-control": f"public, max-age={FRESH_S}",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
    }
    return Response(content, 200, headers, "image/jpeg")


async def moderation_queue(call: Call) -> bodies.ModerationQueue:
    """What waits for a moderator, oldest first."""
    found = await moderators.queue(call.ctx, call.caller)
    return bodies.ModerationQueue(
        texts=[_waiting(one) for one in found.waiting],
        waiting=found.waiting_in_all,
        reported=[_reported(one) for one in found.reported],
        reports=found.reported_in_all,
    )


async def settle_reports(call: Call) -> None:
    """A reported text stands as it is."""
    review_id, part = call.id("review"), _part(call)
    await moderators.let_stand(call.ctx, call.caller, review_id, part, call.body.revision)


async def decide(call: Call) -> bodies.Decided:
    """Publishes or refuses texts as I have seen them; each stands for itself."""
    await moderators.admit(call.ctx, call.caller)
    outcomes = []
    for decision in call.body.decisions:
        try:
            await moderators.decide(
                call.ctx,
                call.caller,
                read(decision.review_id),
                Part(decision.part),
                decision.revision,
                Move(decision.move),
                decision.reason or "",
            )
        except ParleyError as error:
            outcomes.append(error.code)
        else:
            outcomes.append("ok")
    return bodies.Decided(outcomes=outcomes)


async def hide(call: Call) -> None:
    """Takes a published text from view, or back."""
    body: bodies.HidePart = call.body
    move = Move.HIDE if body.hidden else Move.RESTORE
    review_id, part = call.id("review"), _part(call)
    await moderators.decide(
        call.ctx, call.caller, review_id, part, body.revision, move, body.reason or ""
    )


async def annul(call: Call) -> None:
    """A rating counts no more, or again."""
    body: bodies.AnnulRating = call.body
    await rating.annul(
        call.ctx, call.caller, call.id("review"), annulled=body.annulled, reason=body.reason
    )


def public(
    call: Call,
    content: bytes,
    media: str = "application/json",
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """An answer that may be kept, and need not be sent again where it is the same."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"cache-control": f"public, max-age={FRESH_S}", "etag": tag, **more}
    if tag in _held(call.request.headers.get("if-none-match", "")):
        return Response(None, 304, headers)
    return Response(content, 200, headers, media)


def _held(given: str) -> list[str]:
    """What the caller has already. Proxies that pack an answer mark its tag as weak, which is as good here."""
    return [tag.strip().removeprefix("W/") for tag in given.split(",")]


async def _card(call: Call, shop_id: ShopId) -> bodies.SellerCard:
    return await _shown(call, await rating.card(call.ctx, shop_id))


async def _shown(call: Call, found: rating.Card) -> bodies.SellerCard:
    shop = ShopView(id=show(found.shop.id), name=found.shop.name)
    answers = await response.figure(call.ctx, found.shop.id)
    away = (await shop_hours.hours_of(call.ctx, found.shop.id)).away_until
    return msgspec.structs.replace(
        views.seller_card(shop, found.standing, found.details),
        response_per_mille=answers.per_mille,
        response_median_ms=answers.median_ms,
        away_until=away,
    )


def _key(call: Call) -> str:
    key = call.params["key"]
    if not is_external(key):
        raise NotFound
    return key


def _part(call: Call) -> Part:
    try:
        return Part(call.params["part"])
    except ValueError:
        raise NotFound from None


def _words(body: bodies.RateLine | bodies.WriteText) -> Words:
    if len(set(body.photos)) != len(body.photos):
        raise Invalid("photos")
    return Words(body.text, tuple(map(read, body.photos)))


def _to_rate(line: ToRate) -> bodies.ToRate:
    return bodies.ToRate(
        about=bodies.Reviewed(
            order_id=show(line.order_id),
            line_id=show(line.line_id),
            title=line.title,
            photo_url=line.photo_url,
            shop=ShopView(id=show(line.shop_id), name=line.shop_name),
        ),
        until=line.received_at + REVIEW_WINDOW_MS,
        rates_order=bool(line.rates_order),
    )


def _translation(found: Translated | None) -> bodies.ReviewTranslation:
    if found is None:
        return bodies.ReviewTranslation()
    return bodies.ReviewTranslation(text=found.text, source=found.source)


def _judged(part: Pending | Reported, photos: list[int]) -> dict[str, Any]:
    """What a moderator sees of any text."""
    return {
        "review_id": show(part.review_id),
        "part": part.part,
        "revision": part.revision,
        "stars": part.stars,
        "product": part.product,
        "shop": ShopView(id=show(part.shop_id), name=part.shop_name),
        "author": PersonView(id=show(part.author_id), name=part.author_name),
        "text": part.text,
        "language": part.language,
        "photos": [show(photo) for photo in photos],
    }


def _waiting(one: Waiting) -> bodies.QueuedText:
    part = one.part
    return msgspec.convert(
        {
            **_judged(part, one.photos),
            "found": [
                {"kind": kind, "start": start, "end": end, "reason": reason}
                for kind, start, end, reason in one.findings
            ],
            "written_at": part.sent_at,
            "attempts": part.times,
            "before": part.before,
            "answers": part.answers,
        },
        bodies.QueuedText,
        from_attributes=True,
    )


def _reported(one: Complained) -> bodies.ReportedText:
    reports = [
        {
            "by": PersonView(id=show(r.reporter_id), name=r.reporter),
            "reason": r.reason,
            "text": r.text,
            "at": r.at,
        }
        for r in one.reports
    ]
    return msgspec.convert(
        {**_judged(one.part, one.photos), "reports": reports},
        bodies.ReportedText,
        from_attributes=True,
    )
