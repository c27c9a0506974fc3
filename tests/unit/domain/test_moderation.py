"""What is found in texts, where it stands, and what becomes of it when it is masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.domain.moderation import (
    CONTACTS,
    MARK,
    MAX_LENGTH,
    Found,
    Kind,
    Lists,
    check,
    mask,
)
from chat_server.gateways.phones import PhonePlans
from chat_server.gateways.word_lists import word_lists

LISTS = word_lists()
PHONES = PhonePlans().knows


def found(text: str) -> list[tuple[str, str]]:
    """What was found, and the piece of the text that it stands on."""
    return [(one.kind.value, text[one.start : one.end]) for one in check(text, LISTS, PHONES)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Write to a.b@example.com.", [("email", "a.b@example.com")]),
        ("john (at) doe (dot) com now", [("email", "john (at) doe (dot) com")]),
        ("почта ivan собака mail точка ру!", [("email", "ivan собака mail точка ру")]),
        ("i v a n @ m a i l . r u", [("email", "i v a n @ m a i l . r u")]),
        ("Sunați la 069 123 456, vă rog", [("phone", "069 123 456")]),
        ("нет, 8-916-123-45-67/8-916-123-45-68",
         [("phone", "8-916-123-45-67"), ("phone", "8-916-123-45-68")]),
        ("это восемь девятьсот шестнадцать 123 сорок пять 67.",
         [("phone", "восемь девятьсот шестнадцать 123 сорок пять 67")]),
        ("card 4111 1111 1111 1111 ok", [("card", "4111 1111 1111 1111")]),
        ("IBAN MD24 AG00 0225 1000 1310 4168, BIC", [("iban", "MD24 AG00 0225 1000 1310 4168")]),
        ("тг: anna_shop, пишите", [("handle", "anna_shop")]),
        ("(https://shop.example/a?b=1)", [("link", "https://shop.example/a?b=1")]),
        ("ești o vacă proastă", [("insult", "ești o vacă proastă")]),
        ("+40 721 234 567 or a@b.example",
         [("phone", "+40 721 234 567"), ("email", "a@b.example")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_finding_stands_where_it_was_written(text: str, pieces: list[tuple[str, str]]) -> None:
    assert found(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "f\u200bu\u200bck",
        "\uff46\uff55\uff43\uff4b",
        "fu\u0301ck",
        "f\u00adu\u202ec\u2066k\u2069",
        "F U C K",
        "f-u-c-k",
        "fuuuuuck",
        "f*ck",
        "fυсk",
        "fuck\u0301\u0301",
    ],
)
def test_hidden_marked_and_borrowed_letters_do_not_hide_a_word_and_belong_to_its_span(
    text: str,
) -> None:
    whole = f"well, {text}!"

    [(kind, piece)] = found(whole)

    assert kind == "insult"
    assert piece.rstrip("\u0301\u2069") == text.rstrip("\u0301\u2069")


@pytest.mark.parametrize(
    "text",
    ["who're you", "travelogue", "an ENT doctor", "M.I.T. and a.s. Roma", "put a lid on it", "cărămizi arse",
     "Scunthorpe", "употреблять хлеб", "disputa", "the cl*ss act", "SsangYong, СсангЙонг", "недоумение", "лошарик"],
)  # fmt: skip
def test_words_that_only_hold_an_insult_or_look_like_one_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_digits_of_any_script_are_digits() -> None:
    assert found("٠٧٢١٢٣٤٥٦٧") == [("phone", "٠٧٢١٢٣٤٥٦٧")]
    assert found("0️⃣7️⃣2️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣")[0][0] == "phone"


def test_an_account_or_card_with_a_wrong_check_digit_is_none() -> None:
    assert found("IBAN MD24AG000225100013104169") == []
    assert found("4111 1111 1111 1112") == []


def test_the_words_before_a_number_say_what_it_is() -> None:
    assert found("заказ 0721234567") == []
    assert found("звоните 0721234567") == [("phone", "0721234567")]
    assert found("Заказ 123, звоните 0721234567") == [("phone", "0721234567")]
    assert found("№ 0721234567") == []
    assert found("720 300 400 lei") == []


def test_each_finding_says_by_what_it_was_known() -> None:
    reasons = [one.reason for one in check("t.me/abc, viber: ana_99, ești idiot", LISTS, PHONES)]

    assert reasons[:2] == ["telegram", "viber"]
    assert reasons[2] in {"en", "ro"}
    assert check("so: 0 7 2 1 2 3 4 5 6 7", LISTS, PHONES)[0].reason == "spelled"


def test_a_link_with_an_address_in_it_is_found_once() -> None:
    assert found("https://x.example/?to=a@b.example") in (
        [("email", "to=a@b.example")],
        [("link", "https://x.example/?to=a@b.example")],
        [("email", "a@b.example")],
    )


def test_what_stands_behind_the_limit_is_not_read() -> None:
    text = "x " * (MAX_LENGTH // 2) + "a@b.example"

    assert found(text) == []


def test_without_lists_and_plans_plain_addresses_are_still_found() -> None:
    text = "a@b.example, www.shop.example, idiot, 0721234567"

    kinds = [one.kind for one in check(text, Lists(), lambda _: False)]

    assert kinds == [Kind.EMAIL, Kind.LINK]


def test_a_mark_stands_for_each_finding_and_all_else_stays() -> None:
    text = "Call 069 123 456 or write a@b.example, please"

    assert mask(text, check(text, LISTS, PHONES)) == f"Call {MARK} or write {MARK}, please"
    assert mask(text, []) == text


def test_insults_are_no_contact_data() -> None:
    assert Kind.INSULT not in CONTACTS
    assert len(CONTACTS) == len(Kind) - 1


SAMPLES = (
    "a @ . , 1 069 123456 +40 721 234567 4111 1111 - / ( ) at dot собака точка сто двадцать один double "
    "fuck f * u c k сука x у й @ivan telegram : anna_1 https://a.com t.me/x MD24 IBAN \u200b \u0301 n\u0303 "
    "ﷺ İ ß ½ ² 👍 \n \t é"
)
PIECES = st.sampled_from(SAMPLES.split(" "))


@given(st.lists(st.one_of(PIECES, st.text(max_size=6), st.just(" ")), max_size=40))
def test_whatever_is_written_spans_are_inside_in_order_and_never_over_another(
    pieces: list[str],
) -> None:
    text = "".join(pieces)

    findings = check(text, LISTS, PHONES)

    places = [place for one in findings for place in (one.start, one.end)]
    assert places == sorted(places)
    assert all(0 <= one.start < one.end <= len(text) for one in findings)
    assert mask(text, findings).count(MARK) >= len(findings)
    assert findings == check(text, LISTS, PHONES)


@given(st.text(max_size=60))
def test_masking_leaves_no_more_than_was_not_found(text: str) -> None:
    findings = [Found(Kind.LINK, place, place + 1, "") for place in range(0, len(text), 2)]

    assert mask(text, findings).replace(MARK, "") == text[1::2].replace(MARK, "")
