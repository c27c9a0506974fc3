"""What the bot says: its decisions as texts and buttons in the reader's language. Nothing is stored or sent here."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot import Bot
from bot.answer import Answer, DidYouMean, HandOff, Smalltalk, Why
from bot.answer import Outcome as Turn
from bot.corpus import Entry
from chat_server.actions.faq import rendered
from chat_server.domain.events import Action, Card, Choice
from chat_server.domain.ids import show
from chat_server.domain.orders import DAY_MS, OrderCard, OrderState, can_confirm
from chat_server.domain.support import ENTRY, WISH, Outcome
from chat_server.i18n import language_of, shipped, show_day

MOST_RELATED: Final = 3
CYRILLIC: Final = "ru"
"""The language that is told by its letters alone."""


class Reader(NamedTuple):
    """Whom the bot talks to, and what it knows of him."""

    locale: str
    zone: str
    orders: Sequence[OrderCard]
    """His own that the question is about, the likeliest first."""
    knows_orders: bool
    """Whether he is signed in, so that there may be orders at all."""


class Reply(NamedTuple):
    """What the bot says, and what it comes to."""

    outcome: Outcome
    why: Why
    text: str = ""
    card: Card | None = None
    misses: int = 0


def reply(bot: Bot, turn: Turn, reader: Reader, misses: int) -> Reply:
    """A decision of the bot in words. `misses` is how many turns before this one ended without an answer."""
    language = turn.why.language or reader.locale
    match turn:
        case Answer(entry, why):
            return _answered(bot, entry, why, language, reader)
        case Smalltalk(_, text, why):
            return Reply(Outcome.SMALLTALK, why, text, Card("smalltalk"), misses)
        case HandOff(_, why):
            return Reply(Outcome.HANDOFF, why)
        case DidYouMean(entries, why, offers_person):
            if not entries and why.language != CYRILLIC:
                # Of Latin letters that mean nothing the language is a guess: his own is none.
                language = reader.locale
            return _guesses(bot, entries, why, language, offers_person=offers_person, misses=misses)


def _answered(bot: Bot, entry_id: str, why: Why, language: str, reader: Reader) -> Reply:
    """An entry as an answer, with the state of the reader's own orders where that is what he asks for."""
    entry = bot.entries[entry_id]
    spoken = language if language in entry.wordings else entry.nearest(language_of(reader.locale))
    text = rendered(entry.wordings[spoken].answer, spoken)
    orders = reader.orders if entry.needs_order else ()
    if orders:
        text = "\n".join([*(order_line(o, spoken, reader.zone) for o in orders), "", text])
    related = _choices(bot, entry.related[:MOST_RELATED], spoken)
    card = Card("answer", entry_id, related, _actions(entry, orders, reader), rates=True)
    return Reply(Outcome.ANSWER, why, text, card)


def offer(language: str) -> tuple[str, Card]:
    """A person is offered, in so many words and one button."""
    return _said("offer", language), Card("offer", choices=(_person(language),))


def too_many(why: Why, language: str, misses: int) -> Reply:
    """A person cannot be had now, since too many wait already."""
    return Reply(Outcome.MISS, why, _said("too_many", language), Card("options"), misses)


def _guesses(
    bot: Bot, entries: Sequence[str], why: Why, language: str, *, offers_person: bool, misses: int
) -> Reply:
    choices = _choices(bot, entries, language)
    outcome = Outcome.OPTIONS if choices else Outcome.MISS
    text = _said("did_you_mean" if choices else "not_understood", language)
    if offers_person:
        choices = (_person(language), *choices)
        text = _said("did_you_mean_or_person" if len(choices) > 1 else "offer", language)
    return Reply(outcome, why, text, Card("options", choices=choices), misses + 1)


def _choices(bot: Bot, entries: Iterable[str], language: str) -> tuple[Choice, ...]:
    wished = language_of(language)
    found = [bot.entries[entry] for entry in entries if entry in bot.entries]
    return tuple(Choice(f"{ENTRY}{e.id}", e.wordings[e.nearest(wished)].question) for e in found)


def _person(language: str) -> Choice:
    return Choice(WISH, _said("person", language))


def _actions(entry: Entry, orders: Sequence[OrderCard], reader: Reader) -> tuple[Action, ...]:
    """Buttons to screens that there are; to one's orders only for who may have some."""
    if not reader.knows_orders:
        return ()
    newest = reader.orders[0] if reader.orders else None
    found: list[Action] = []
    for wanted in entry.actions:
        if wanted == "show_order":
            found += [Action("show_order", show(o.id)) for o in orders] or [Action("show_orders")]
        elif wanted == "message_seller" and newest is not None:
            found.append(Action("message_seller", show(newest.id)))
        elif wanted == "confirm_receipt":
            ready = [o for o in reader.orders if can_confirm(OrderState(o.state))]
            found += [Action("confirm_receipt", show(o.id)) for o in ready[:1]]
        elif wanted == "open_dispute":
            paid = [o for o in orders or reader.orders if _is_disputable(o)]
            about = show(paid[0].id) if len(paid) == 1 else None
            found.append(Action("open_dispute", about) if about else Action("show_orders"))
    return tuple(found)


def _is_disputable(order: OrderCard) -> bool:
    """Whether something may go wrong with it; what may be said of it, and when, its own screen tells."""
    return order.paid_at is not None and order.state != OrderState.CANCELLED


def order_line(order: OrderCard, language: str, zone: str) -> str:
    """Where an order stands, in a sentence or two with its dates."""
    dates = {
        "paid": order.paid_at,
        "ship_by": order.ship_by,
        "shipped": order.shipped_at,
        "received": order.received_at,
        "placed": order.placed_at,
    }
    said = {name: show_day(at, language, zone) for name, at in dates.items() if at is not None}
    key = f"server.bot.order.{order.state}"
    line = shipped().sentence(key, language, number=order.external_id, **said)
    if order.state == OrderState.SHIPPED:
        line = " ".join([line, *_parcel(order, language, zone)])
    return line


def _parcel(order: OrderCard, language: str, zone: str) -> Iterable[str]:
    if order.tracking:
        number = f"{order.carrier} {order.tracking}".strip()
        yield shipped().sentence("server.bot.order.tracking", language, number=number)
    if order.promised_days and order.shipped_at is not None:
        day = show_day(order.shipped_at + order.promised_days * DAY_MS, language, zone)
        yield shipped().sentence("server.bot.order.expected", language, day=day)


def _said(key: str, language: str) -> str:
    return shipped().sentence(f"server.bot.{key}", language)


def kept(why: Why) -> Mapping[str, int | str]:
    """The reasons of a turn as they are stored."""
    details = {
        "ranking": [[entry, round(score, 4)] for entry, score in why.ranking],
        "reasons": [[name, round(weight, 4)] for name, weight in why.reasons[:12]],
        "repaired": dict(why.repaired or {}),
        "matched": why.matched,
        "rule": why.rule,
    }
    return {
        "entry": why.entry,
        "runner_up": why.runner_up,
        "probability": round(why.probability * 1000),
        "language": why.language,
        "why": json.dumps(details, ensure_ascii=False, separators=(",", ":")),
    }
