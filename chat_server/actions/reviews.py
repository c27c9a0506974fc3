"""What is written beside the stars: sending it, reading it, finding it helpful. What is made of it: `moderators`."""

import asyncio
import contextlib
import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from chat_server.actions import rating
from chat_server.actions.context import Context
from chat_server.actions.market import PRODUCT_BY_KEY
from chat_server.actions.photos import PhotoRecord
from chat_server.actions.rating import REVIEW, about, refuse
from chat_server.actions.threads import END_OF_TIME, Place
from chat_server.actions.translations import Translated, language_of, translated
from chat_server.actions.writes import keeping, was_written
from chat_server.domain.errors import Invalid, NotFound, Stale
from chat_server.domain.ids import OrderId, ShopId, show
from chat_server.domain.messages import fingerprint
from chat_server.domain.orders import Product
from chat_server.domain.people import Actor
from chat_server.domain.review_records import (
    CardRow,
    PartRow,
    PhotoRow,
    ReviewRow,
    Shown,
    findings_of,
    review_of,
)
from chat_server.domain.reviews import (
    FOLLOWUP_UNTIL_MS,
    REVIEW_WINDOW_MS,
    Part,
    content_fault,
    is_shown,
    report_fault,
    send_fault,
    vote_fault,
)
from chat_server.domain.translation import Span
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

PAGE: Final = 20
MOST_TO_ANSWER: Final = 100
"""So many are counted; more are many."""


class Words(NamedTuple):
    """What somebody wishes to say, and the photos that he uploaded for it."""

    text: str
    photos: tuple[int, ...] = ()


class Wanted(NamedTuple):
    """Which reviews of a product."""

    sort: str = "newest"
    stars: int | None = None
    photos: bool = False
    language: str = ""


class ProductPage(NamedTuple):
    """A page of a product's reviews, with the whole of its stars."""

    product: Product
    stars: dict[int, int]
    texts: dict[str, int]
    """How many there are to read in each language."""
    reviews: list[Shown]
    next: Place | None


class Votes(NamedTuple):
    """Where somebody has voted on a product's reviews, which he wrote himself, and whether he is of the shop."""

    voted: list[int]
    own: list[int]
    sells: bool


class _Translatable(NamedTuple):
    text: str
    language: str
    found: str


class ToRate(NamedTuple):
    """Something that was received lately and not rated. Columns of `lines_to_rate`."""

    line_id: int
    order_id: OrderId
    title: str
    photo_url: str
    shop_id: ShopId
    shop_name: str
    received_at: int
    rates_order: int


def _place(id: int, place: int) -> Place:
    return Place(place, id)


PARTS: Final = Query("parts_of_review", PartRow, light=True)
_CARDS: Final = Query("review_cards", CardRow)
_PARTS_OF: Final = Query("parts_of_reviews", PartRow)
PHOTOS_OF: Final = Query("photos_of_parts", PhotoRow)
_VOTED: Final = Query("voted", lambda votes: int(votes), light=True)
_STARS: Final = Query(
    "stars_of_product", lambda stars, ratings: (int(stars), int(ratings)), light=True
)
_TEXTS: Final = Query(
    "texts_of_product", lambda language, texts: (str(language), int(texts)), light=True
)
_PAGES: Final = {
    (sort, filter): Query(f"shown_{sort}{filter}", _place)
    for sort in ("newest", "helpful")
    for filter in ("", "_stars", "_photos", "_language")
}
"""By order, and by the narrowest of the filters that are set: each has an index of its own."""
_MINE: Final = Query("reviews_of_buyer_page", _place)
_SHOPS: Final = Query("reviews_of_shop_page", _place)
_PUBLIC: Final = Query("public_photo", PhotoRecord, light=True)
_REPORTED_BY: Final = Query("reported_by", lambda reports: int(reports), light=True)
_VOTES: Final = Query("votes_on_product", lambda review_id: int(review_id))
_OWN: Final = Query("own_on_product", lambda review_id: int(review_id))
_TO_ANSWER: Final = Query("reviews_to_answer", _place)
_TRANSLATABLE: Final = Query("translatable_part", _Translatable, light=True)
_TO_RATE: Final = Query("lines_to_rate", ToRate)


async def rate(
    ctx: Context,
    actor: Actor,
    order_id: OrderId,
    line_id: int,
    client_key: str,
    stars: int,
    words: Words,
) -> int:
    """Stars for a line, with words or without; the review's id. Raises what the rules of either say."""
    if not words.text and not words.photos:
        return await rating.rate(ctx, actor, order_id, line_id, client_key, stars)
    sent = await _sending(ctx, actor, Part.TEXT, words)
    return await rating.rate(ctx, actor, order_id, line_id, client_key, stars, *sent)


async def send(
    ctx: Context, actor: Actor, review_id: int, part: Part, client_key: str, words: Words
) -> None:
    """A part for the first time, or again after a refusal; it waits for a moderator.

    Raises NotFound, KeyReused, and what `send_fault` and `content_fault` say.
    """
    row = await access_review(ctx, actor, review_id)
    photos = ",".join(map(str, words.photos))
    body_hash = fingerprint("part", show(review_id), part, words.text, photos)
    if await was_written(ctx, actor, client_key, body_hash):
        return
    parts = await ctx.store.all(PARTS, review_id=review_id)
    refuse(send_fault(review_of(row, parts), part, actor, ctx.clock.now_ms()))
    before = next((p for p in parts if p.part == part), None)
    sent = await _sending(ctx, actor, part, words, before)
    kept = keeping(ctx, actor, client_key, body_hash)
    try:
        marked = Statement("mark_to_answer", {"review_id": review_id})
        await ctx.store.commit(Commit([*about(sent, review_id), marked, kept]))
    except Conflict as error:
        # Of two devices that say the same under one key, the slower one is told what the faster one was.
        if await was_written(ctx, actor, client_key, body_hash):
            return
        raise (Invalid("photos") if error.statement == "claim_review_photo" else Stale) from None


async def _sending(
    ctx: Context, actor: Actor, part: Part, words: Words, before: PartRow | None = None
) -> list[Statement]:
    """The statements that put words before a moderator, but for the review that they belong to."""
    if fault := content_fault(words.text, len(words.photos)):
        raise Invalid(fault)
    found = await asyncio.to_thread(ctx.found, words.text)
    values: dict[str, Value] = {
        "part": part,
        "me": actor.person_id,
        "text": words.text,
        "language": await language_of(ctx, words.text, (actor.locale,)),
        "found": json.dumps([[f.kind, f.start, f.end, f.reason] for f in found]),
        "at": ctx.clock.now_ms(),
        "revision": before.revision if before is not None else 0,
    }
    claims = [
        Statement("claim_review_photo", {**values, "photo_id": photo, "place": place})
        for place, photo in enumerate(words.photos)
    ]
    if before is None:
        return [Statement("send_part", values), *claims]
    again = [Statement("keep_part", values), Statement("send_part_again", values)]
    return [*again, Statement("drop_part_photos", values, ANY), *claims]


async def access_review(ctx: Context, actor: Actor, review_id: int) -> ReviewRow:
    """A review that this actor wrote or that is about his shop. Raises NotFound."""
    row = await ctx.store.one(REVIEW, review_id=review_id)
    if row is None or not (row.buyer_id == actor.person_id or row.shop_id in actor.shops):
        raise NotFound
    return row


# Readers.


async def vote(ctx: Context, actor: Actor, review_id: int, *, helpful: bool) -> None:
    """Whether a review helped somebody; said again is fine. Raises NotFound, and what `vote_fault` says."""
    row = await ctx.store.one(REVIEW, review_id=review_id)
    if row is None:
        raise NotFound
    review = review_of(row, await ctx.store.all(PARTS, review_id=review_id))
    refuse(vote_fault(review, actor, voted=False))
    voted = await ctx.store.one(_VOTED, review_id=review_id, me=actor.person_id)
    if bool(voted) == helpful:
        return
    who: dict[str, Value] = {
        "review_id": review_id,
        "me": actor.person_id,
        "at": ctx.clock.now_ms(),
        "votes": 1 if helpful else -1,
    }
    name = "vote_helpful" if helpful else "take_vote_back"
    try:
        await ctx.store.commit(Commit([Statement(name, who), Statement("count_vote", who)]))
    except Conflict:
        return  # Another of his devices was faster.


async def report(
    ctx: Context, actor: Actor, review_id: int, part: Part, reason: str, text: str
) -> None:
    """Puts a published part before a moderator; said again changes nothing.

    Raises NotFound, and what `report_fault` says.
    """
    row = await ctx.store.one(REVIEW, review_id=review_id)
    if row is None:
        raise NotFound
    review = review_of(row, await ctx.store.all(PARTS, review_id=review_id))
    if not is_shown(review, part):
        raise NotFound
    where: dict[str, Value] = {"review_id": review_id, "part": part, "me": actor.person_id}
    refuse(report_fault(review, part, actor, reported=False))
    if await ctx.store.one(_REPORTED_BY, **where):
        return
    values: dict[str, Value] = {**where, "reason": reason, "text": text, "at": ctx.clock.now_ms()}
    with contextlib.suppress(Conflict):  # Another of his devices was faster.
        await ctx.store.commit(Commit([Statement("report_part", values)]))


async def votes(ctx: Context, actor: Actor, product: Product) -> Votes:
    """Where somebody has voted on a product's reviews, and where he may not."""
    where: dict[str, Value] = {"me": actor.person_id, "product_id": product.id}
    return Votes(
        await ctx.store.all(_VOTES, **where),
        await ctx.store.all(_OWN, **where),
        product.shop_id in actor.shops,
    )


async def translate(ctx: Context, review_id: int, part: Part, language: str) -> Translated | None:
    """A published part in another language; None: the original is to be shown. Raises NotFound."""
    row = await ctx.store.one(REVIEW, review_id=review_id)
    if row is None or not is_shown(
        review_of(row, await ctx.store.all(PARTS, review_id=review_id)), part
    ):
        raise NotFound
    return await translated_part(ctx, review_id, part, language)


async def translated_part(
    ctx: Context, review_id: int, part: Part, language: str
) -> Translated | None:
    """Any part in another language, without what detection found in it. Raises NotFound."""
    found = await ctx.store.one(_TRANSLATABLE, review_id=review_id, part=part)
    if found is None:
        raise NotFound
    spans = [Span(start, end) for _, start, end, _ in findings_of(found.found)]
    return await translated(ctx, found.text, found.language, language, found=spans)


async def of_product(
    ctx: Context, product: Product, wanted: Wanted, before: Place | None
) -> ProductPage:
    """A page of what is to be read about a product, and the whole of its stars."""
    filters: dict[str, Value] = {}
    if wanted.language:
        filters = {"language": wanted.language, "photos": int(wanted.photos), "stars": wanted.stars}
    elif wanted.photos:
        filters = {"photos": 1, "stars": wanted.stars}
    elif wanted.stars is not None:
        filters = {"stars": wanted.stars}
    narrowest = "".join(f"_{name}" for name in list(filters)[:1])
    query = _PAGES[wanted.sort, narrowest]
    (found, after), stars, texts = await asyncio.gather(
        _page(ctx, query, before, product_id=product.id, **filters),
        ctx.store.all(_STARS, product_id=product.id),
        ctx.store.all(_TEXTS, product_id=product.id),
    )
    return ProductPage(product, dict(stars), dict(texts), found, after)


async def of_buyer(
    ctx: Context, actor: Actor, before: Place | None
) -> tuple[list[ToRate], list[Shown], Place | None]:
    """What somebody may rate, and a page of what he has, newest first."""
    since = ctx.clock.now_ms() - REVIEW_WINDOW_MS
    to_rate = await ctx.store.all(_TO_RATE, me=actor.person_id, since=since)
    return to_rate, *await _page(ctx, _MINE, before, me=actor.person_id)


async def of_shop(
    ctx: Context,
    actor: Actor,
    shop_id: ShopId,
    before: Place | None,
    *,
    to_answer: bool = False,
    only: int | None = None,
) -> tuple[list[Shown], Place | None, int]:
    """A page of what was said of a shop, for its own people, and how much of it may be replied to. Raises NotFound.

    `only` is one review that somebody asks for: the page is that one, wherever it stands.
    """
    if shop_id not in actor.shops:
        raise NotFound
    lately: dict[str, Value] = {
        "shop_id": shop_id,
        "since": ctx.clock.now_ms() - FOLLOWUP_UNTIL_MS,
    }
    at, under = END_OF_TIME
    waiting = await ctx.store.all(
        _TO_ANSWER, **lately, before=at, before_id=under, limit=MOST_TO_ANSWER
    )
    if only is not None:
        found = [one for one in await shown(ctx, [only]) if one.card.shop_id == shop_id]
        return found, None, len(waiting)
    page = (
        await _page(ctx, _TO_ANSWER, before, **lately)
        if to_answer
        else await _page(ctx, _SHOPS, before, shop_id=shop_id)
    )
    return *page, len(waiting)


async def _page(
    ctx: Context, query: Query[Place], before: Place | None, **params: Value
) -> tuple[list[Shown], Place | None]:
    """The reviews of a list from a place on, and where its next page begins."""
    at, under = before or END_OF_TIME
    places = await ctx.store.all(query, **params, before=at, before_id=under, limit=PAGE + 1)
    found = await shown(ctx, [p.id for p in places[:PAGE]])
    return found, places[PAGE - 1] if len(places) > PAGE else None


async def shown(ctx: Context, ids: Sequence[int]) -> list[Shown]:
    """These reviews with all that was written in them, in the order given."""
    if not ids:
        return []
    listed = json.dumps(list(ids))
    rows, written, pictures = await asyncio.gather(
        ctx.store.all(_CARDS, ids=listed),
        ctx.store.all(_PARTS_OF, ids=listed),
        ctx.store.all(PHOTOS_OF, ids=listed),
    )
    cards = {card.id: card for card in rows}
    parts: dict[int, dict[str, PartRow]] = {i: {} for i in ids}
    for part in written:
        parts[part.review_id][part.part] = part
    photos: dict[int, dict[str, list[PhotoRow]]] = {i: {} for i in ids}
    for photo in pictures:
        photos[photo.review_id].setdefault(photo.part, []).append(photo)
    return [Shown(cards[i], parts[i], photos[i]) for i in ids if i in cards]


async def product_by_key(ctx: Context, key: str) -> Product:
    """A product by the marketplace's id. Raises NotFound."""
    found = await ctx.store.one(PRODUCT_BY_KEY, external_id=key)
    if found is None:
        raise NotFound
    return found


async def public_photo(ctx: Context, name: str, *, full: bool) -> bytes:
    """The JPEG of a photo of a published part. Raises NotFound."""
    found = await ctx.store.one(_PUBLIC, name=name)
    if found is None:
        raise NotFound
    return await ctx.photos.read(found.full_name if full else found.thumb_name)
