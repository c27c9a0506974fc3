"""How words are cut, and that what is written and what is sought are cut alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.search import (
    MAX_QUESTION_WORDS,
    MAX_WORD,
    customer_token,
    fold,
    query_of,
    shop_token,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Order", "order"),
        ("ЁЛКА", "елка"),
        ("мой Мой", "мой мой"),
        ("Vânzătorul", "vanzatorul"),
        ("ŞşȘș Ţţ", "ssss tt"),
        ("straße", "strasse"),
        ("ＡＢＣ①", "abc1"),
        ("ﬁn", "fin"),
        ("İstanbul", "istanbul"),
        ("شُكرًا كـتاب", "شكرا كتاب"),
        ("Їжак ґанок", "іжак ґанок"),
        ("한국어", "한국어"),
        ("", ""),
    ],
)
def test_case_marks_and_forms_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Where is my order? My order!", ["where", "is", "my", "order"]),
        ("#12-345 a_b", ["12", "345", "a", "b"]),
        ("没有货 ok", ["没", "有", "货", "没有", "有货", "ok"]),
        ("款", ["款"]),
        ("iPhone手机壳", ["iphone", "手", "机", "壳", "手机", "机壳"]),
        ("... 🙂 !", []),
    ],
)
def test_a_text_is_found_by_its_words_each_once(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Where is it", [["where*"], ["is"], ["it"]]),
        ("退款", [["退款"]]),
        ("没有发货", [["没有"], ["有发"], ["发货"]]),
        ("款", [["款"]]),
        ("order order", [["order*"]]),
        ("  ?!", []),
    ],
)
def test_a_question_asks_for_all_its_words_by_their_beginnings(
    text: str, groups: list[list[str]]
) -> None:
    assert query_of(text) == groups


def test_long_words_and_long_questions_have_an_end() -> None:
    assert words_of("x" * 100) == ["x" * MAX_WORD]
    assert query_of("x" * 100) == [["x" * MAX_WORD + "*"]]
    assert len(query_of(" ".join(f"word{n}" for n in range(99)))) == MAX_QUESTION_WORDS


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_a_text_is_found_by_itself(text: str) -> None:
    words = words_of(text)

    for (sought,) in query_of(text):
        stem = sought.removesuffix("*")
        assert any(word.startswith(stem) if "*" in sought else word == stem for word in words)


@given(st.text(max_size=60), st.integers(1, 2**63 - 1))
def test_no_text_passes_for_an_owner(text: str, number: int) -> None:
    written = words_of(f"{text} {customer_token(number)} {shop_token(number)}")

    assert not any("_" in word or " " in word for word in written)
    assert customer_token(number) not in written
    assert shop_token(number) != customer_token(number)


@given(st.text(max_size=200))
def test_words_are_short_and_never_empty(text: str) -> None:
    for word in words_of(text):
        assert 0 < len(word) <= MAX_WORD
        assert word.replace(" ", "") == word
