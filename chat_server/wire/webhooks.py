"""Bodies about webhooks: where they go, and what became of them."""

from typing import Annotated, Literal

from msgspec import Meta

from chat_server.domain.webhooks import LONGEST_URL
from chat_server.wire.bodies import Name
from chat_server.wire.desk import Revision
from chat_server.wire.shapes import Id, Millis, Shape

Target = Annotated[
    str, Meta(min_length=8, max_length=LONGEST_URL, description="Begins with https:// or http://.")
]
Secret = Annotated[str, Meta(description="`whsec_` and base64. It is shown once, and never again.")]
Count = Annotated[int, Meta(ge=0)]


class WebhookEndpoint(Shape, frozen=True):
    """Where webhooks go."""

    id: Id
    name: str
    url: str
    """Of one in the settings no more than the server; empty where it has left them."""
    in_settings: bool
    """The operator keeps it: here it can only pause."""
    active: bool
    """It does not pause; while it does, what would go there waits."""
    waiting: Count
    dead: Count
    """Given up after all tries."""
    revision: Revision
    old_secret_until: Millis | None = None
    """Until then the secret before signs as well."""


class WebhookEndpoints(Shape, frozen=True):
    """All of them, by name."""

    endpoints: list[WebhookEndpoint]


class WebhookDelivery(Shape, frozen=True):
    """A message to one endpoint."""

    message_id: Id
    type: str
    state: Literal["waiting", "held", "sent", "dead"]
    attempts: Count
    said: str
    """The status that it was answered with last, or why it did not arrive; empty before the first try."""
    created_at: Millis
    next_at: Millis
    sent_at: Millis | None = None


class WebhookDeliveries(Shape, frozen=True):
    """The newest first."""

    deliveries: list[WebhookDelivery]
    next: Id | None = None
    """`before` of the next page."""


class AddWebhook(Shape, frozen=True):
    """Another endpoint."""

    name: Name
    url: Target


class WebhookSecret(Shape, frozen=True):
    """An endpoint, and the secret that was made for it."""

    endpoint: WebhookEndpoint
    secret: Secret


class PutWebhook(Shape, frozen=True):
    """An endpoint as it is to be. Of one in the settings only `active` counts."""

    name: Name
    url: Annotated[str, Meta(max_length=LONGEST_URL)]
    active: bool
    revision: Revision


class RotateWebhook(Shape, frozen=True):
    """It is to have another secret."""

    revision: Revision


class ReplayWebhooks(Shape, frozen=True):
    """What was given up is to be tried anew."""

    message_id: Id | None = None
    """Left out: all of this endpoint."""
