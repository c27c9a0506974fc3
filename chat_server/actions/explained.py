"""Where a shop's figure comes from, for its own people: what became of all ratings in sums, and of each page by page.

A page is a stretch of the shop's ratings, newest first, and a group belongs to the page of its opener: what merged into
it is told there, however much newer it is, and nowhere else. So no page's end parts a group, and over all pages each
rating is told once. For that the other ratings of a page's buyers are read, and no more.
"""

import json
from typing import Final, NamedTuple

from chat_server.actions import rating
from chat_server.actions.context import Context
from chat_server.actions.rating import Card
from chat_server.actions.threads import END_OF_TIME, Place
from chat_server.domain import ratings
from chat_server.domain.errors import NotFound
from chat_server.domain.ids import ShopId
from chat_server.domain.people import Actor
from chat_server.domain.ratings import Fates, Rating, Section, Standing, Told
from chat_server.ports import Query, Value

PAGE: Final = 50


class Explained(NamedTuple):
    """A shop's figure, and a page of what it is made of."""

    card: Card
    """As everybody sees it."""
    fates: Fates
    """Of all ratings."""
    told: list[Told]
    next: Place | None


_ALL: Final = Query("ratings_of_shop_page", Rating)
_COUNTING: Final = Query("ratings_counting_page", Rating)
_EXCLUDED: Final = Query("ratings_excluded_page", Rating)
_OF_BUYERS: Final = Query("ratings_of_buyers", Rating)
_FATES: Final = Query("fates_of_shop", Fates, light=True)


async def page(
    ctx: Context,
    actor: Actor,
    shop_id: ShopId,
    before: Place | None,
    section: Section | None = None,
    *,
    size: int = PAGE,
) -> Explained:
    """A page of all ratings, or of those of a section. Raises NotFound."""
    if shop_id not in actor.shops:
        raise NotFound
    card = await rating.card(ctx, shop_id)
    stands = card.standing
    fates = await ctx.store.one(_FATES, shop_id=shop_id) or Fates(0, 0, 0)
    place = before or END_OF_TIME
    while True:
        given = await _given(ctx, shop_id, stands, place, section, size + 1)
        told = await _tell(ctx, shop_id, given[:size], stands)
        told = [each for each in told if section in (None, each.section)]
        last = given[size - 1] if len(given) > size else None
        # All of a stretch may have merged into what is older.
        if told or last is None:
            after = Place(last.rated_at, last.id) if last is not None else None
            return Explained(card, fates, told, after)
        place = Place(last.rated_at, last.id)


async def _given(
    ctx: Context,
    shop_id: ShopId,
    stands: Standing,
    place: Place,
    section: Section | None,
    limit: int,
) -> list[Rating]:
    """A stretch in which what belongs to the section stands; beside it there may be what does not."""
    earliest, surely = ratings.window_edges(stands.since, ctx.settings.zone)
    if section is Section.EARLIER:
        place = min(place, Place(surely, 0))
    stretch: dict[str, Value] = {
        "shop_id": shop_id,
        "before": place.at,
        "before_id": place.id,
        "limit": limit,
    }
    match section:
        case None:
            return await ctx.store.all(_ALL, **stretch)
        case Section.EXCLUDED:
            return await ctx.store.all(_EXCLUDED, **stretch)
        case Section.WINDOW:
            return await ctx.store.all(_COUNTING, **stretch, since=earliest)
        case Section.EARLIER:
            return await ctx.store.all(_COUNTING, **stretch, since=0)


async def _tell(ctx: Context, shop_id: ShopId, given: list[Rating], stands: Standing) -> list[Told]:
    buyers = sorted({one.buyer_id for one in given if not one.excluded})
    theirs = (
        await ctx.store.all(_OF_BUYERS, shop_id=shop_id, ids=json.dumps(buyers)) if buyers else []
    )
    return ratings.tell(given, ratings.groups_of(theirs, ctx.settings.zone), stands)
