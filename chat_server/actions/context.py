"""What an action may use: ports, and nothing behind them."""

import asyncio
import dataclasses
from collections.abc import Callable

from chat_server.actions.known_figures import KnownFigures
from chat_server.actions.known_translations import KnownTranslations
from chat_server.actions.live_faq import LiveFaq
from chat_server.domain.moderation import Found
from chat_server.ports import (
    Broker,
    Clock,
    EventSink,
    Hooks,
    Ids,
    Languages,
    Passwords,
    Photos,
    Store,
    Translator,
)
from chat_server.settings import Settings


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """Handed to every action by whoever calls it."""

    store: Store
    broker: Broker
    clock: Clock
    ids: Ids
    sink: EventSink
    photos: Photos
    passwords: Passwords
    settings: Settings
    faq: LiveFaq = dataclasses.field(default_factory=LiveFaq)
    """The bot of this node; it is built when it is first wanted."""
    mail_queued: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    """Set where this node has queued a mail: whoever sends them need not wait for his next look."""
    notices_given: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    """Set where this node has written a notice: whoever is connected here may be told at once."""
    webhooks_queued: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    """Set where this node has queued a webhook."""
    hooks: Hooks | None = None
    """None where no webhook leaves."""
    found: Callable[[str], list[Found]] = lambda _: []
    """What moderation finds in a text; takes some milliseconds of a long one."""
    translator: Translator | None = None
    """None where texts are not translated."""
    languages: Languages | None = None
    """None where languages of texts are not guessed."""
    figures: KnownFigures = dataclasses.field(default_factory=KnownFigures)
    """How fast shops answer, as this node worked it out of late."""
    translations: KnownTranslations = dataclasses.field(default_factory=KnownTranslations)
    """What this node was told of late, and asks for now."""
