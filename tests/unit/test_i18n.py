"""Sentences, plurals, negotiation, money and time in five languages."""

import datetime
import zoneinfo

import pytest

from chat_server import i18n
from chat_server.domain import hours
from chat_server.i18n import (
    LOCALES,
    Catalogs,
    country_name,
    negotiate,
    opening_phrase,
    show_day,
    show_decimal,
    show_money,
    show_share,
    show_time,
)

CATALOGS = Catalogs(
    {
        "en": {
            "list.unread": ("{count} unread message", "{count} unread messages"),
            "thread.typing": "{name} is typing",
            "error.invalid": "Not right.",
            "error.invalid.empty": "Write something.",
            "only.english": "Only here",
        },
        "ru": {
            "list.unread": ("{count} сообщение", "{count} сообщения", "{count} сообщений"),
            "thread.typing": "{name} печатает",
        },
        "ro": {"list.unread": ("{count} mesaj", "{count} mesaje", "{count} de mesaje")},
        "ar": {
            "list.unread": (
                "لا رسائل",
                "رسالة",
                "رسالتان",
                "{count} رسائل",
                "{count} رسالة",
                "{count} رسالة",
            ),
            "thread.typing": "{name} يكتب",
        },
    }
)


@pytest.mark.parametrize(
    ("locale", "count", "sentence"),
    [
        ("en", 1, "1 unread message"),
        ("en", 0, "0 unread messages"),
        ("ru", 1, "1 сообщение"),
        ("ru", 22, "22 сообщения"),
        ("ru", 11, "11 сообщений"),
        ("ro", 1, "1 mesaj"),
        ("ro", 19, "19 mesaje"),
        ("ro", 20, "20 de mesaje"),
        ("ar", 0, "لا رسائل"),
        ("ar", 1, "رسالة"),
        ("ar", 2, "رسالتان"),
        ("ar", 5, "5 رسائل"),
        ("ar", 11, "11 رسالة"),
        ("ar", 100, "100 رسالة"),
    ],
)
def test_plural_forms_follow_the_language(locale: str, count: int, sentence: str) -> None:
    assert CATALOGS.sentence("list.unread", locale, count=count) == sentence


def test_numbers_are_written_as_the_language_does() -> None:
    assert CATALOGS.sentence("list.unread", "ro-MD", count=12345) == "12.345 de mesaje"


def test_a_missing_sentence_falls_back_to_english_and_an_unknown_key_shows_itself() -> None:
    assert CATALOGS.sentence("only.english", "ru") == "Only here"
    assert CATALOGS.sentence("no.such.key", "ru") == "no.such.key"


def test_an_error_is_as_exact_as_there_are_words() -> None:
    assert CATALOGS.error("invalid", "empty", "en") == "Write something."
    assert CATALOGS.error("invalid", "else", "en") == "Not right."
    assert CATALOGS.error("invalid", "", "en") == "Not right."


def test_a_placeholder_without_a_value_stays_visible() -> None:
    assert CATALOGS.sentence("thread.typing", "en") == "{name} is typing"


def test_a_name_that_runs_the_other_way_is_isolated() -> None:
    assert CATALOGS.sentence("thread.typing", "ar", name="Ana") == "\u2068Ana\u2069 يكتب"
    assert CATALOGS.sentence("thread.typing", "en", name="ليلى") == "\u2068ليلى\u2069 is typing"
    assert CATALOGS.sentence("thread.typing", "en", name="Ana") == "Ana is typing"


def test_a_brace_in_a_value_is_text() -> None:
    assert CATALOGS.sentence("thread.typing", "en", name="{count}") == "{count} is typing"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("fr, ar;q=0.5, ro-MD;q=0.9", "ro"),
        ("en;q=0, ar", "ar"),
        ("mo", "ro"),
        ("gl, en;q=0.5", "es"),
        ("es-419,es;q=0.9,en;q=0.8", "es"),
        ("de", "en"),
        ("", "en"),
        ("*;q=0.5", "en"),
        ("ru;q=x", "ru"),
        (";;,,=q", "en"),
        ("a" * 100_000, "en"),
    ],
)
def test_accept_language_is_read_by_weight(header: str, language: str) -> None:
    assert negotiate(header) == language


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "€1,290"),
        ("ru", "1\xa0290\xa0€"),
        ("ro", "1.290\xa0EUR"),
        ("es", "1.290\xa0€"),
        ("ar", "\u200f1,290\xa0€"),
    ],
)
def test_whole_amounts_have_no_cents(locale: str, shown: str) -> None:
    assert show_money("1290.00", "EUR", locale) == shown


def test_amounts_are_exact() -> None:
    assert show_money("9007199254740993.01", "USD", "en") == "$9,007,199,254,740,993.01"
    assert show_money("49.90", "EUR", "ru") == "49,90\xa0€"


def test_times_are_the_readers_own() -> None:
    at = 1_767_222_000_000  # 2025-12-31T23:00:00Z

    assert show_day(at, "en", "UTC") == "December 31, 2025"
    assert show_day(at, "ro", "Europe/Chisinau") == "1 ianuarie 2026"
    assert "02:00" in show_time(at, "ru", "Europe/Moscow")


def test_a_zone_that_nobody_knows_keeps_nobody_from_his_answer() -> None:
    at = 1_767_222_000_000  # 2025-12-31T23:00:00Z

    assert show_day(at, "en", "Mars/Base") == "December 31, 2025"
    assert "11:00" in show_time(at, "en", "Mars/Base")


def test_the_shipped_catalogs_are_read_once() -> None:
    assert i18n.shipped() is i18n.shipped()
    assert i18n.shipped().sentence("common.close", "ru") == "Закрыть"


@pytest.mark.parametrize(
    ("locale", "average", "share", "country"),
    [
        ("en", "4.0", "98.5%", "Moldova"),
        ("ru", "4,0", "98,5\u00a0%", "Молдова"),
        ("xx", "4.0", "98.5%", "Moldova"),
    ],
)
def test_averages_shares_and_countries_are_written_as_their_readers_do(
    locale: str, average: str, share: str, country: str
) -> None:
    assert show_decimal("4.0", locale) == average
    assert show_share(985, locale) == share
    assert show_share(980, locale) == share.replace(",", ".").replace("98.5", "98")
    assert country_name("MD", locale) == country
    assert country_name("", locale) == "", "who told none has none"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 mensaje nuevo"),
        (2, "2 mensajes nuevos"),
        (0, "0 mensajes nuevos"),
        (1_000_000, "1.000.000 mensajes nuevos"),
    ],
)
def test_spanish_counts(count: int, words: str) -> None:
    assert i18n.shipped().sentence("thread.new", "es-MX", count=count) == words


def test_spanish_money_and_days() -> None:
    assert show_money("1290.50", "EUR", "es").replace("\u00a0", " ") == "1.290,50 €"
    assert show_day(1_800_000_000_000, "es", "UTC") == "15 de enero de 2027"
    assert i18n.nearest(("ca",)) == i18n.nearest(("es-419",)) == "es"


# When a team opens.


def moscow(wall: str) -> int:
    zone = zoneinfo.ZoneInfo("Europe/Moscow")
    return round(datetime.datetime.fromisoformat(wall).replace(tzinfo=zone).timestamp() * 1000)


MONDAY = moscow("2026-11-30 07:00")


@pytest.mark.parametrize(
    ("locale", "now", "reader", "phrase"),
    [
        ("en", "2026-11-30 03:00", "Europe/Berlin", "today at 07:00 (Moscow), 05:00 for you"),
        ("en", "2026-11-29 03:00", "Europe/Moscow", "tomorrow at 07:00 (Moscow)"),
        (
            "en",
            "2026-11-27 03:00",
            "Europe/Chisinau",
            "on Monday, November 30 at 07:00 (Moscow), 06:00 for you",
        ),
        ("ru", "2026-11-30 03:00", "Europe/Berlin", "сегодня в 07:00 (Москва), у вас — 05:00"),
        ("ru", "2026-11-29 03:00", "Europe/Moscow", "завтра в 07:00 (Москва)"),
        (
            "ru",
            "2026-11-27 03:00",
            "Europe/Chisinau",
            "в понедельник, 30 ноября, в 07:00 (Москва), у вас — 06:00",
        ),
        ("ro", "2026-11-30 03:00", "Europe/Berlin", "astăzi la 07:00 (Moscova), ora ta: 05:00"),
        ("ro", "2026-11-29 03:00", "Europe/Moscow", "mâine la 07:00 (Moscova)"),
        (
            "ro",
            "2026-11-27 03:00",
            "Europe/Chisinau",
            "luni, 30 noiembrie, la 07:00 (Moscova), ora ta: 06:00",
        ),
        ("ar", "2026-11-30 03:00", "Europe/Berlin", "اليوم في الساعة 07:00 (موسكو)، 05:00 بتوقيتك"),
        ("ar", "2026-11-29 03:00", "Europe/Moscow", "غدًا في الساعة 07:00 (موسكو)"),
        (
            "ar",
            "2026-11-27 03:00",
            "Europe/Chisinau",
            "يوم الاثنين 30 نوفمبر في الساعة 07:00 (موسكو)، 06:00 بتوقيتك",
        ),
        (
            "es",
            "2026-11-30 03:00",
            "Europe/Berlin",
            "hoy a las 7:00 (Moscú), 5:00 en tu zona horaria",
        ),
        ("es", "2026-11-29 03:00", "Europe/Moscow", "mañana a las 7:00 (Moscú)"),
        (
            "es",
            "2026-11-27 03:00",
            "Europe/Chisinau",
            "el lunes 30 de noviembre a las 7:00 (Moscú), 6:00 en tu zona horaria",
        ),
    ],
)
def test_an_opening_is_told_in_the_teams_time_and_the_readers(
    locale: str, now: str, reader: str, phrase: str
) -> None:
    assert opening_phrase(MONDAY, moscow(now), "Europe/Moscow", reader, locale) == phrase


def test_the_readers_part_names_the_day_where_his_calendar_shows_another() -> None:
    now = moscow("2026-11-30 03:00")

    late = opening_phrase(moscow("2026-11-30 23:00"), now, "Europe/Moscow", "Asia/Tokyo", "en")
    early = opening_phrase(MONDAY, now, "Europe/Moscow", "America/New_York", "ru")

    assert late == "today at 23:00 (Moscow), tomorrow at 05:00 for you"
    assert early == "сегодня в 07:00 (Москва), у вас — сегодня в 23:00"


def test_the_day_is_named_where_the_wall_shows_the_same_hour_of_another() -> None:
    told = opening_phrase(MONDAY, MONDAY - 1, "Pacific/Apia", "Pacific/Midway", "en")

    assert told == "today at 17:00 (Apia), today at 17:00 for you"


@pytest.mark.parametrize("reader", ["", "Atlantis", "../../etc/passwd", "localtime", "\udc80"])
def test_a_zone_that_nobody_knows_counts_as_the_teams(reader: str) -> None:
    told = opening_phrase(MONDAY, MONDAY - 1, "Europe/Moscow", reader, "en")

    assert told == "today at 07:00 (Moscow)"


def test_another_year_is_named() -> None:
    opens, now = moscow("2027-01-05 07:00"), moscow("2026-12-28 12:00")

    assert opening_phrase(opens, now, "Europe/Moscow", "", "ru") == (
        "во вторник, 5 января 2027\u202fг., в 07:00 (Москва)"
    )


def test_spanish_says_one_o_clock_in_the_singular() -> None:
    opens = moscow("2026-11-30 01:00")

    assert opening_phrase(opens, opens - 1, "Europe/Moscow", "", "es") == "hoy a la 1:00 (Moscú)"


@pytest.mark.parametrize("locale", LOCALES)
def test_an_opening_can_be_told_of_every_zone(locale: str) -> None:
    untold = [
        zone
        for zone in zoneinfo.available_timezones()
        if hours.is_zone(zone)
        and "{" in opening_phrase(MONDAY, MONDAY - 1, zone, "Europe/Moscow", locale)
    ]

    assert untold == []
