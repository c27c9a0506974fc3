"""The explanation of a shop's figure, from its first page to its last."""

from typing import Any

from chat_server.actions import explained
from chat_server.actions.context import Context
from chat_server.domain.ids import ShopId
from chat_server.domain.people import Actor
from chat_server.domain.ratings import Fate, Section, Told


async def walk(
    ctx: Context, actor: Actor, shop_id: ShopId, section: Section | None = None, *, size: int
) -> list[list[Told]]:
    """All pages."""
    pages, before = [], None
    while True:
        page = await explained.page(ctx, actor, shop_id, before, section, size=size)
        pages.append(page.told)
        if page.next is None:
            return pages
        assert page.told
        before = page.next


def whole(pages: list[list[Told]]) -> list[Told]:
    """The pages together. On each, what merged stands with what it merged into."""
    for page in pages:
        opened = {told.rating.id for told in page if told.fate is Fate.COUNTED}
        merged = [told.group for told in page if told.fate is Fate.MERGED and told.group]
        assert {group.ratings[0].id for group in merged} <= opened
    return [told for page in pages for told in page]


async def walk_http(api: Any, shop: str, **query: str) -> dict[str, Any]:
    """All pages over HTTP, as if they were one answer."""
    answers: list[dict[str, Any]] = []
    before = ""
    while not answers or before:
        where = {**query, **({"before": before} if before else {})}
        answer = await api.get(f"/shops/{shop}/rating", params=where)
        assert answer.status_code == 200, answer.text
        answers.append(answer.json())
        before = answers[-1].get("next", "")
    told = [one for answer in answers for one in answer["ratings"]]
    return {**answers[-1], "ratings": told, "pages": len(answers)}
