"""One spelling of everything: folding, contractions, limits."""

import pytest

from bot.text import MAX_QUESTION, MAX_WORDS, fold, letters_of, words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Vânzătorul", "vanzatorul"),
        ("ВСЁ ещё", "все еще"),
        ("мой", "мой"),
        ("ﬁnd", "find"),
        ("a\u200bb", "ab"),
        ("¿Dónde?", "¿donde?"),
    ],
)
def test_what_only_looks_different_is_the_same(typed: str, read: str) -> None:
    assert fold(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I didn't get it", "i did not get it"),
        ("dont know wheres it", "do not know where is it"),
        ("can’t pay", "can not pay"),
        ("seller's", "seller"),
        ("order 12345 (2nd)", "order 0 0nd"),
        ("?!… ---", ""),
    ],
)
def test_contractions_are_written_out_and_numbers_are_one(typed: str, read: str) -> None:
    assert " ".join(words(typed)) == read


def test_a_question_is_read_up_to_a_bound() -> None:
    assert len(words("a " * 10_000)) == MAX_WORDS
    assert sum(map(len, words("x" * 10_000))) == MAX_QUESTION


def test_letters_tell_the_alphabet() -> None:
    assert [letters_of(text) for text in ("где order", "where заказ мой", "12 !")] == [
        "latin",
        "cyrillic",
        "",
    ]
