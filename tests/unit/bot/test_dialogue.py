"""One turn of the shipped bot, and of a small one that is changed while it is asked."""

import functools

import pytest

from bot import Bot, load_corpus
from bot.answer import Answer, DidYouMean, HandOff, Smalltalk
from bot.corpus import Corpus, Entry, Wording
from bot.dialogue import Bot as Dialogue
from bot.lexicon import EMPTY

TEXTS = {
    "status": (
        "Where is my order?",
        ["track my parcel", "has my package been sent", "where is it", "status"],
    ),
    "refund": (
        "When do I get my money back?",
        ["refund time", "how long does a refund take", "my money", "refund"],
    ),
    "fraud": (
        "Somebody stole my card",
        ["my card was stolen", "card fraud", "stolen credit card", "thief"],
    ),
}


def small() -> Bot:
    entries = tuple(
        Entry(
            name,
            "orders",
            {"en": Wording(question, "An answer.", tuple(texts))},
            ask_human=name == "fraud",
        )
        for name, (question, texts) in TEXTS.items()
    )
    return Dialogue(Corpus(entries, EMPTY, {}, {"en": ("it rains", "who won the match")}))


@functools.cache
def shipped() -> Bot:
    return Bot(load_corpus())


def test_what_is_surely_meant_is_answered_and_says_why() -> None:
    outcome = small().turn("where is my order")

    assert isinstance(outcome, Answer)
    assert (outcome.entry, outcome.why.matched) == ("status", "Where is my order?")
    assert outcome.why.probability > 0.5
    assert outcome.why.ranking[0][0] == "status" and outcome.why.reasons


def test_an_entry_may_ask_for_a_person() -> None:
    outcome = small().turn("my card was stolen")

    assert isinstance(outcome, HandOff)
    assert (outcome.reason, outcome.entry) == ("entry", "fraud")


def test_after_two_misses_in_a_row_a_person_is_offered() -> None:
    once, twice = small().turn("xyzzy"), small().turn("xyzzy", misses=1)

    assert isinstance(once, DidYouMean) and isinstance(twice, DidYouMean)
    assert (once.entries, once.offers_person, twice.offers_person) == ((), False, True)


def test_an_entry_is_mended_for_the_next_question() -> None:
    bot = small()
    bot.put(
        Entry(
            "voucher",
            "payment",
            {"en": Wording("My voucher is refused", "So.", ("voucher refused",))},
        )
    )
    assert bot.turn("my voucher is refused").why.entry == "voucher"

    bot.remove("voucher")
    bot.remove("voucher")

    assert bot.turn("my voucher is refused").why.entry != "voucher"
    assert "voucher" not in bot.entries


def test_what_is_being_typed_brings_questions_up() -> None:
    bot = small()

    assert bot.suggest("wher is my or", "en")[0] == "status"
    assert bot.suggest("my mon", "en")[0] == "refund"
    assert bot.suggest("w", "en") == []
    assert bot.suggest("where is", "ru") == []


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Hello!", "en", "greeting"),
        ("спасибо!!", "ru", "thanks"),
        ("Bună ziua", "ro", "greeting"),
        ("muchas gracias", "es", "thanks"),
    ],
)
def test_courtesies_are_answered_in_kind(text: str, language: str, kind: str) -> None:
    outcome = shipped().turn(text, language)

    assert isinstance(outcome, Smalltalk)
    assert (outcome.kind, outcome.why.language) == (kind, language)


@pytest.mark.parametrize("text", ["operator!", "живой человек", "agent uman", "persona real"])
def test_whoever_wants_a_person_gets_one_at_once(text: str) -> None:
    outcome = shipped().turn(text)

    assert isinstance(outcome, HandOff)
    assert outcome.reason == "asked"
