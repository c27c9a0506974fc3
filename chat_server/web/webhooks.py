"""Webhooks over HTTP, as supervisors look after them."""

from urllib.parse import urlsplit

import msgspec

from chat_server.actions import webhooks
from chat_server.actions.webhooks import Delivery, Endpoint, Wish
from chat_server.domain.ids import read, show
from chat_server.web.operations import Call
from chat_server.wire import webhooks as bodies
from chat_server.wire.shapes import Id


class DeliveriesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of them."""

    dead: bool = False
    """Only what was given up."""
    before: Id | None = None


async def list_endpoints(call: Call) -> bodies.WebhookEndpoints:
    """Where webhooks go."""
    found = await webhooks.endpoints(call.ctx)
    return bodies.WebhookEndpoints(endpoints=[_endpoint(one) for one in found])


async def add_endpoint(call: Call) -> bodies.WebhookSecret:
    """A new endpoint."""
    body: bodies.AddWebhook = call.body
    made, secret = await webhooks.add_endpoint(call.ctx, call.caller, body.name, body.url)
    return bodies.WebhookSecret(endpoint=_endpoint(made), secret=secret)


async def put_endpoint(call: Call) -> bodies.WebhookEndpoint:
    """An endpoint as it is to be."""
    body: bodies.PutWebhook = call.body
    wish = Wish(body.name, body.url, body.active, body.revision)
    return _endpoint(await webhooks.put_endpoint(call.ctx, call.caller, call.id("webhook"), wish))


async def remove_endpoint(call: Call) -> None:
    """Nothing goes there any more."""
    revision = call.query.revision
    await webhooks.remove_endpoint(call.ctx, call.caller, call.id("webhook"), revision)


async def rotate_secret(call: Call) -> bodies.WebhookSecret:
    """Another secret."""
    body: bodies.RotateWebhook = call.body
    made, secret = await webhooks.rotate_secret(
        call.ctx, call.caller, call.id("webhook"), body.revision
    )
    return bodies.WebhookSecret(endpoint=_endpoint(made), secret=secret)


async def list_deliveries(call: Call) -> bodies.WebhookDeliveries:
    """What goes and went to one endpoint."""
    query: DeliveriesQuery = call.query
    before = None if query.before is None else read(query.before)
    found, after = await webhooks.deliveries(call.ctx, call.id("webhook"), before, dead=query.dead)
    return bodies.WebhookDeliveries(
        deliveries=[_delivery(one) for one in found], next=None if after is None else show(after)
    )


async def send_test(call: Call) -> None:
    """Something to try it with."""
    await webhooks.send_test(call.ctx, call.caller, call.id("webhook"))


async def replay(call: Call) -> None:
    """What was given up is tried anew."""
    body: bodies.ReplayWebhooks = call.body
    message_id = None if body.message_id is None else read(body.message_id)
    await webhooks.replay(call.ctx, call.caller, call.id("webhook"), message_id)


def _endpoint(one: Endpoint) -> bodies.WebhookEndpoint:
    return bodies.WebhookEndpoint(
        id=show(one.id),
        name=one.name,
        url=_server(one.url) if one.trusted else one.url,
        in_settings=one.trusted,
        active=one.active,
        waiting=one.waiting,
        dead=one.dead,
        revision=one.revision,
        old_secret_until=one.old_until,
    )


def _server(url: str) -> str:
    """No more of an address than where it leads: the rest is the operator's."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if url else ""


def _delivery(one: Delivery) -> bodies.WebhookDelivery:
    return bodies.WebhookDelivery(
        message_id=show(one.message_id),
        type=one.type,
        state=one.state,  # type: ignore[arg-type]
        attempts=one.attempts,
        said=one.said,
        created_at=one.created_at,
        next_at=one.next_at,
        sent_at=one.sent_at,
    )
