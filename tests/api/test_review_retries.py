"""Of several tries under one key each is told the same, though they come at once."""

import asyncio
import functools

from chat_server.actions import rating
from chat_server.domain.ids import OrderId, PersonId, read, show
from chat_server.domain.people import Actor, Role
from tests.api.deals import deal, send
from tests.api.harness import fresh_key
from tests.factories import Town


async def test_stars_are_given_once_and_each_try_gives_the_same_review(town: Town) -> None:
    one = await deal(town)
    buyer, order = Actor(PersonId(read(one.buyer.id)), Role.BUYER), OrderId(read(one.order.id))
    rate = functools.partial(
        rating.rate, town.parley.ctx, buyer, order, read(one.line), fresh_key()
    )

    found = await asyncio.gather(*[rate(4) for _ in "abc"])

    mine = (await one.buyer.api.get("/reviews/mine")).json()["reviews"]
    assert [review["id"] for review in mine] == [show(found[0])]
    assert found == [found[0]] * 3


async def test_words_are_sent_once_and_each_try_succeeds(town: Town) -> None:
    one = await deal(town)
    review, key = await one.rated(4), fresh_key()

    said = await asyncio.gather(
        *[send(one.buyer, review, "text", "Bright.", client_key=key) for _ in "abc"]
    )

    assert [answer.status_code for answer in said] == [204] * 3
