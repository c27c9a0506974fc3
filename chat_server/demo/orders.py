"""Orders of the demo, each put at the time at which its goods were received."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib import resources
from typing import Any, Final

from chat_server.actions import orders
from chat_server.actions.context import Context
from chat_server.actions.orders import PutLine, PutOrder, PutRefund
from chat_server.demo.past import at
from chat_server.domain.ids import OrderId
from chat_server.domain.orders import DAY_MS, Dates, OrderState

FOLDER: Final = resources.files(__package__)


@functools.cache
def invented() -> dict[str, Any]:
    """The market as it is written down."""
    return tomllib.loads((FOLDER / "market.toml").read_text("utf-8"))


def picture(ctx: Context, product: str) -> str:
    """Where a product's drawing is."""
    return f"{ctx.settings.public_url}/demo/art/{product}.svg"


async def put_order(
    ctx: Context, order: Mapping[str, Any], *, version: int = 1, refunds: Sequence[PutRefund] = ()
) -> OrderId:
    """An order as `market.toml` writes it down; its id. One that was received is put when it was."""
    now = ctx.clock.now_ms()

    def ago(key: str) -> int | None:
        return now - int(order[key] * DAY_MS) if key in order else None

    then = ctx if version > 1 else at(ctx, ago("received_days_ago") or now)
    put = _put(ctx, order, ago("placed_days_ago") or now, ago("shipped_days_ago"))
    standing = await orders.put_order(then, put._replace(version=version, refunds=refunds))
    return OrderId(standing.id)


def _put(ctx: Context, order: Mapping[str, Any], placed: int, shipped: int | None) -> PutOrder:
    found = invented()
    currency = found["market"]["currency"]
    by_id = {product["id"]: product for product in found["products"]}
    state = OrderState(order["state"])
    lines = [
        PutLine(
            key=line["product"],
            title=by_id[line["product"]]["title"],
            photo_url=picture(ctx, line["product"]),
            amount=by_id[line["product"]]["price"],
            currency=currency,
            quantity=line["quantity"],
            product=line["product"],
        )
        for line in order["lines"]
    ]
    total = sum((Decimal(line.amount) * line.quantity for line in lines), Decimal(0))
    paid = None if state is OrderState.PLACED else placed
    return PutOrder(
        external_id=order["id"],
        buyer=order["buyer"],
        shop=order["shop"],
        state=state,
        version=1,
        total_amount=str(total),
        total_currency=currency,
        placed_at=placed,
        dates=Dates(paid, None, shipped, order.get("promised_days"), None),
        carrier=order.get("carrier", ""),
        tracking=order.get("tracking", ""),
        lines=lines,
        refunds=(),
        free_return=order.get("free_return", False),
    )
