"""What leaves for a translator, what stays, and what of an answer is taken (SECURITY: translation)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.translation import Masked, Span, mask


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to ana.pop@mail.md please", "Write to {{0}} please"),
        ("Почта: почта@пример.рф", "Почта: {{0}}"),
        ("Call +373 69 123-456 or 8 (916) 123-45-67", "Call {{0}} or {{1}}"),
        (
            "Card 4111 1111 1111 1111, iban MD24 AG00 0225 1000 1310 4168",
            "Card {{0}}, iban {{1}} {{2}}",
        ),
        ("Заказ №АБ-12345, трек LX123456789CN", "Заказ {{0}}, трек {{1}}"),
        ("Am plătit 1.299,50 lei și $20", "Am plătit {{0}} lei și {{1}}"),
        ("за 5 рублей или 20€", "за {{0}} рублей или {{1}}"),
        ("See https://a.example/x?y=z and shop.example.com/p", "See {{0}} and {{1}}"),
        ("t.me/ana, www.shop.example, tel:+37369", "{{0}} {{1}} {{2}}"),
        ("Ask @ana_shop", "Ask {{0}}"),
        ("我的订单号是123456789，谢谢", "我的订单号是{{0}}，谢谢"),
        ("رقم الطلب ١٢٣٤٥٦", "رقم الطلب {{0}}"),
        ("Say {{0}} or {name}", "Say {{0}}0{{1}} or {{2}}name{{3}}"),
    ],
)
def test_what_is_somebodys_own_and_what_is_no_word_stays_here(text: str, left: str) -> None:
    masked = mask(text)

    assert masked.text == left
    assert masked.restored(left) == text


@pytest.mark.parametrize(
    "text",
    [
        "Three pieces, size 42, came in 5 days",
        "Хорошо.Спасибо, 15-летний сын доволен",
        "e.g. this one, i.e. that one... fine",
        "Muy bueno!Gracias",
    ],
)
def test_words_leave_as_they_are(text: str) -> None:
    assert mask(text) == Masked(text, ())


def test_what_others_found_is_masked_as_well_and_once() -> None:
    text = "ana at mail dot com, 069 123 456"

    masked = mask(text, [Span(0, 19), Span(17, 25), Span(3, 3)])

    assert masked == Masked("{{0}}", (text,))


def test_an_answer_may_move_marks_and_write_them_in_its_own_way() -> None:
    masked = mask("Order 12345 costs $20")
    answer = "｛｛ 1 ｝｝ ist der Preis von { { ٠ } }"

    read = masked.read(answer)

    assert read == answer
    assert masked.restored(answer) == "$20 ist der Preis von 12345"


@pytest.mark.parametrize(
    "answer",
    [
        "without any",
        "{{0}} alone",
        "{{0}} {{1}} {{1}}",
        "{{0}} {{1}} {{2}}",
        "{{0}} {1}",
        "",
        " \n\x00",
        None,
        17,
        ["{{0}} {{1}}"],
        {"text": "{{0}} {{1}}"},
        "{{0}} {{1}}" + "x" * 400,
    ],
)
def test_an_answer_that_lost_doubled_or_made_up_a_mark_or_is_too_long_is_none(
    answer: object,
) -> None:
    assert mask("Order 12345 costs $20").read(answer) is None


def test_an_answer_is_plain_text_without_controls_and_without_turns_of_direction() -> None:
    answer = "\x00<b>Да</b>\u202e\x1b[31m\r\nнет\u2028\ud800\ufffe{{0}}\u2066\x7f "

    assert mask("Yes 12345").read(answer) == "<b>Да</b>[31m\nнет\n{{0}}"


def test_an_answer_may_be_four_times_as_long_and_some_more() -> None:
    masked = mask("word " * 100)

    assert masked.read("x" * 2200) is not None
    assert masked.read("x" * 2201) is None


@pytest.mark.parametrize("text", ["", "12345", "+373 69 123456 🙂", "a@b.example", "1 2 3!"])
def test_without_words_there_is_nothing_to_translate(text: str) -> None:
    assert not mask(text).is_translatable


def test_a_list_of_numbers_is_not_translated() -> None:
    text = " and ".join(str(1000 + n) for n in range(51))

    assert not mask(text).is_translatable
    assert mask(text[: text.rindex(" and ")]).is_translatable


@given(st.text(max_size=200))
def test_what_was_masked_can_be_put_back(text: str) -> None:
    masked = mask(text)

    assert masked.restored(masked.text) == text
    assert masked.text.count("{") == 2 * len(masked.kept)


@given(st.text(max_size=200))
def test_whatever_a_provider_says_is_taken_or_not(answer: str) -> None:
    masked = mask("My mail is ana@b.example")

    read = masked.read(answer)

    assert read is None or "ana@b.example" in (masked.restored(read) or "")


PIECES = (
    *(
        "a",
        "1",
        "@",
        "a@",
        "a.",
        "1-",
        "+(",
        "{",
        "1\u00a0",
        "a-",
        "www.",
        "a1",
        "#",
        "http://",
        "$",
    ),
    *("$1", "1руб", "(", "@.", "x:", "а.ру", "1:", "-", ".", "{{", "}}", "№1", "1,", " ", "{ {1"),
)


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_long_to_mask(piece: str) -> None:
    text = (piece * 4000)[:4000]

    def took() -> float:
        began = time.thread_time()
        masked = mask(text)
        masked.read(masked.text)
        return time.thread_time() - began

    # Of three: rubbish is looked for meanwhile, and others share the processor.
    assert min(took() for _ in range(3)) < 0.1
