"""What the marketplace's backend puts: people, shops and products. Only a newer version wins."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.actions.sessions import PERSON_BY_KEY, RESYNC
from chat_server.domain.errors import Invalid, Stale, WrongState
from chat_server.domain.events import Cut
from chat_server.domain.hours import is_zone
from chat_server.domain.orders import Product
from chat_server.domain.people import Person, clean_name
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value

TRIES: Final = 5
"""Of two who put the same thing at once, one looks again; five in a row means something else is wrong."""


class Standing(NamedTuple):
    """What stands after a put."""

    id: int
    version: int
    applied: bool


class _Version(NamedTuple):
    id: int
    version: int


class _ShopRecord(NamedTuple):
    id: int
    external_id: str
    name: str
    version: int


_PERSON: Final = Query("person_version", _Version, light=True)
_SHOP: Final = Query("shop_by_external_id", _ShopRecord, light=True)
_MEMBERS: Final = Query("members_of_shop", lambda person_id: int(person_id))
PRODUCT_BY_KEY: Final = Query("product_by_external_id", Product, light=True)


async def put_person(
    ctx: Context, external_id: str, version: int, values: Mapping[str, Value]
) -> Standing:
    """Somebody who buys or sells. `values`: name, locale, zone, country. Raises Invalid (`name`, `hours_zone`)."""
    name = _name(str(values["name"]))
    if not is_zone(str(values["zone"])):
        raise Invalid("hours_zone")
    params = {**values, "name": name, "external_id": external_id, "version": version}
    for _ in range(TRIES):
        found = await ctx.store.one(_PERSON, external_id=external_id)
        if found is not None and found.version >= version:
            return Standing(found.id, found.version, applied=False)
        if found is None:
            fresh = ctx.ids.new_id()
            statement = Statement("add_person", {**params, "id": fresh, "at": ctx.clock.now_ms()})
        else:
            fresh, statement = found.id, Statement("update_person", params)
        try:
            await ctx.store.commit(Commit([statement]))
        except Conflict:
            continue
        return Standing(fresh, version, applied=True)
    raise Stale


async def person_of_token(ctx: Context, external_id: str, name: str, locale: str) -> Person:
    """The person that a token speaks of. One who was never put is taken at the token's word, as version 0."""
    found = await ctx.store.one(PERSON_BY_KEY, external_id=external_id)
    if found is not None:
        return found
    values: dict[str, Value] = {
        "id": ctx.ids.new_id(),
        "external_id": external_id,
        "name": clean_name(name) or external_id,
        "locale": locale,
        "zone": "UTC",
        "country": "",
        "version": 0,
        "at": ctx.clock.now_ms(),
    }
    try:
        await ctx.store.commit(Commit([Statement("add_person", values)]))
    except Conflict:
        pass  # Two tokens of one newcomer at once: the other request has made him.
    found = await ctx.store.one(PERSON_BY_KEY, external_id=external_id)
    assert found is not None
    return found


async def put_shop(
    ctx: Context, external_id: str, version: int, name: str, members: Sequence[str]
) -> Standing:
    """A shop and all of its people; who is not named is no longer a member, and is cut off at once.

    Raises Invalid (`unknown_person`, `name`).
    """
    name = _name(name)
    people = {await _known_person(ctx, member) for member in members}
    for _ in range(TRIES):
        found = await ctx.store.one(_SHOP, external_id=external_id)
        if found is not None and found.version >= version:
            return Standing(found.id, found.version, applied=False)
        now = ctx.clock.now_ms()
        params: dict[str, Value] = {"external_id": external_id, "name": name, "version": version}
        if found is None:
            shop_id, before = ctx.ids.new_id(), set[int]()
            statements = [Statement("add_shop", {**params, "id": shop_id, "at": now})]
        else:
            shop_id, before = found.id, set(await ctx.store.all(_MEMBERS, shop_id=found.id))
            statements = [Statement("update_shop", params)]
        for person_id in sorted(people - before):
            statements.append(
                Statement("add_member", {"shop_id": shop_id, "person_id": person_id}, ANY)
            )
        for person_id in sorted(before - people):
            statements.append(
                Statement("drop_member", {"shop_id": shop_id, "person_id": person_id}, ANY)
            )
        for person_id in sorted(before ^ people):
            cut: dict[str, Value] = {"person_id": person_id, "code": RESYNC, "at": now}
            statements.append(Statement("add_revocation", cut))
        try:
            await ctx.store.commit(Commit(statements))
        except Conflict:
            continue
        for person_id in before ^ people:
            ctx.sink.tell(Cut(person_id, signed_out=False))
        return Standing(shop_id, version, applied=True)
    raise Stale


def _name(text: str) -> str:
    name = clean_name(text)
    if not name:
        raise Invalid("name")
    return name


async def _known_person(ctx: Context, external_id: str) -> int:
    found = await ctx.store.one(_PERSON, external_id=external_id)
    if found is None:
        raise Invalid("unknown_person")
    return found.id


async def put_product(
    ctx: Context, external_id: str, version: int, shop: str, values: Mapping[str, Value]
) -> Standing:
    """A product of a shop. `values`: title, url, photo_url, price_amount, price_currency.

    Raises Invalid (`unknown_shop`), WrongState (`other_shop`: the shop of a product never changes).
    """
    owner = await ctx.store.one(_SHOP, external_id=shop)
    if owner is None:
        raise Invalid("unknown_shop")
    params = {**values, "external_id": external_id, "version": version}
    for _ in range(TRIES):
        found = await ctx.store.one(PRODUCT_BY_KEY, external_id=external_id)
        if found is not None and found.shop_id != owner.id:
            raise WrongState("other_shop")
        if found is not None and found.version >= version:
            return Standing(found.id, found.version, applied=False)
        if found is None:
            fresh = ctx.ids.new_id()
            statement = Statement("add_product", {**params, "id": fresh, "shop_id": owner.id})
        else:
            fresh, statement = found.id, Statement("update_product", params)
        try:
            await ctx.store.commit(Commit([statement]))
        except Conflict:
            continue
        return Standing(fresh, version, applied=True)
    raise Stale
