"""Guessing a language, and Russian in Latin letters."""

import pytest

from bot.language import guess, is_small, language_of, small_words, stem
from bot.translit import Translit, cyrillic, rough, rough_of_cyrillic


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my parcel", "en"),
        ("где моя посылка", "ru"),
        ("unde este coletul meu", "ro"),
        ("când îmi vine coletul", "ro"),
        ("dónde está mi paquete", "es"),
        ("ok", "ro"),
        ("", "ro"),
    ],
)
def test_a_language_is_guessed_and_the_askers_own_is_taken_where_nothing_tells(
    text: str, language: str
) -> None:
    assert guess(text, default="ro") == language


def test_a_knowledge_base_has_one_language_or_several_or_none_that_is_known() -> None:
    assert language_of(["where is my order", "the refund", "wie ist das Wetter"]) == "en"
    assert language_of(["where is the order", "где мой заказ"]) is None
    assert language_of(["xyz", "qqq"]) == ""
    assert guess("где", among=("en",)) == "en"


def test_words_are_brought_to_their_stem_in_a_language_that_is_known() -> None:
    assert stem("orders", "en") == stem("order", "en")
    assert stem("заказы", "ru") == stem("заказ", "ru")
    assert stem("orders", "xx") == "orders"
    assert is_small("the", "en") and not is_small("parcel", "en")
    assert small_words("xx") == frozenset()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zakaz", "заказ"),
        ("posylka", "посылка"),
        ("posilka", "посылка"),
        ("vozvrashchenie", "возвращение"),
        ("xochu", "хочу"),
        ("ho4u", "хочу"),
        ("gde", "где"),
    ],
)
def test_the_spellings_of_a_word_in_latin_letters_are_one(typed: str, meant: str) -> None:
    assert rough(typed) == rough_of_cyrillic(meant)


def nothing(_: str) -> bool:
    return False


def test_a_question_is_russian_where_its_words_are() -> None:
    translit = Translit(["где", "мой", "заказ", "order"])

    assert translit.read(["gde", "moi", "zakaz", "0"], nothing) == ["где", "мой", "заказ", "0"]
    assert translit.read(["gde", "zakaz", "posylka"], nothing) == ["где", "заказ", "посылка"]
    assert translit.read(["where", "is", "it"], {"where", "is"}.__contains__) is None
    assert translit.read(["où", "zakaz"], nothing) is None
    for word in ("где", "мой", "заказ", "order"):
        translit.remove(word)
    assert not translit
    assert cyrillic("shchas") == "щас"
