"""Message keys to sentences in the reader's language; plurals, dates and money by Babel.

The one source is `locales/<language>/LC_MESSAGES/parley.po`; the web client's catalogs are written
from it by `scripts/catalogs`. Nothing of HTTP or sockets lives here, and no sentence is built here.
"""

import datetime
import functools
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple, Self

from babel import Locale
from babel.dates import (
    format_date,
    format_datetime,
    format_skeleton,
    get_timezone,
    get_timezone_location,
)
from babel.messages import pofile
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from chat_server.domain import hours

LOCALES: Final = ("en", "ru", "ro", "ar", "es")
FALLBACK: Final = "en"

FOLDER: Final = Path(__file__).parent / "locales"

PLURAL_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("one", "other"),
    "ru": ("one", "few", "many"),
    "ro": ("one", "few", "other"),
    "ar": ("zero", "one", "two", "few", "many", "other"),
    "es": ("one", "other"),
}
"""The CLDR category of each `msgstr[n]`, in gettext's order.

Russian fractions read as `many`, Spanish millions as `other`.
"""

NEIGHBOURS: Final[Mapping[str, str]] = {"mo": "ro", "be": "ru", "kk": "ru", "ca": "es", "gl": "es"}
"""Languages whose readers are better served by another of ours than by English."""

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_RIGHT_TO_LEFT: Final = frozenset({"ar"})
_RTL_LETTER: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR_LETTER: Final = re.compile(r"[A-Za-z\u00c0-\u058f]")
_ISOLATE: Final = "\u2068{}\u2069"

Entry = str | tuple[str, ...]
"""A sentence, or its plural forms in the order of `PLURAL_FORMS`."""


class Catalogs:
    """All sentences of all languages. Immutable once loaded."""

    def __init__(self, sentences: Mapping[str, Mapping[str, Entry]]) -> None:
        """`sentences` is language to key to sentence."""
        self._sentences = sentences

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Reads the .po file of every language; OSError where one is missing."""
        return cls({language: read_po(language, folder) for language in LOCALES})

    def has(self, key: str) -> bool:
        """Whether there is a sentence for `key` in any language."""
        return key in self._sentences[FALLBACK]

    def below(self, prefix: str) -> list[str]:
        """All keys that begin so."""
        return sorted(key for key in self._sentences[FALLBACK] if key.startswith(prefix))

    def sentence(self, key: str, locale: str, /, **params: str | int) -> str:
        """The sentence in the nearest language that has it; the key itself where none has.

        Plural forms are chosen by `count`. A placeholder without a value stays as it is.
        """
        for language in dict.fromkeys((nearest((locale,)), FALLBACK)):
            entry = self._sentences[language].get(key)
            if entry:
                return _fill(entry, language, params)
        return key

    def first(self, keys: Iterable[str], locale: str, /, **params: str | int) -> str:
        """The sentence of the first key that is known: the narrower key stands before the wider."""
        key = ""
        for key in keys:
            if self.has(key):
                break
        return self.sentence(key, locale, **params)

    def error(self, code: str, reason: str, locale: str) -> str:
        """What a person is told about a refusal (see `domain.errors`)."""
        keys = [f"error.{code}"]
        if reason:
            keys.insert(0, f"error.{code}.{reason}")
        return self.first(keys, locale)


@functools.cache
def shipped() -> Catalogs:
    """The catalogs that come with Parley, read once in a process."""
    return Catalogs.load()


def read_po(language: str, folder: Path = FOLDER) -> dict[str, Entry]:
    """Key to sentence in the file of one language; empty ones and guesses are left out."""
    path = folder / language / "LC_MESSAGES" / "parley.po"
    with path.open("rb") as file:
        catalog = pofile.read_po(file, locale=language, abort_invalid=True)
    sentences: dict[str, Entry] = {}
    for message in catalog:
        key = message.id if isinstance(message.id, str) else message.id[0]
        given = message.string or ""
        entry = given if isinstance(given, str) else tuple(given)
        if key and not message.fuzzy and entry and (isinstance(entry, str) or all(entry)):
            sentences[key] = entry
    return sentences


def language_of(tag: str) -> str:
    """The language of a tag such as `pt-BR` or `pt_BR`."""
    return re.split(r"[-_]", tag.lower(), maxsplit=1)[0]


def nearest(wished: Iterable[str]) -> str:
    """The first of the wished tags that we have, by its language; English where there is none."""
    for tag in wished:
        language = language_of(tag)
        language = NEIGHBOURS.get(language, language)
        if language in LOCALES:
            return language
    return FALLBACK


def is_right_to_left(language: str) -> bool:
    """Whether a language of ours is written from right to left."""
    return language in _RIGHT_TO_LEFT


def negotiate(accept_language: str) -> str:
    """The language for an `Accept-Language` header; a malformed header is no wish."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:400].split(",")):
        tag, _, weight = part.strip().partition(";")
        found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        quality = float(found[1]) if found else 1.0
        if quality > 0 and re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", tag):
            wishes.append((-quality, place, tag))
    return nearest(tag for _, _, tag in sorted(wishes))


def show_money(amount: str, currency: str, locale: str) -> str:
    """A decimal string such as "1290.00" with its ISO currency, whole amounts without the cents."""
    value, language = Decimal(amount), nearest((locale,))
    if value != value.to_integral_value():
        return format_currency(value, currency, locale=language)
    pattern = Locale.parse(language).currency_formats["standard"].pattern
    whole = re.sub(r"\.0+", "", pattern)
    return format_currency(value, currency, whole, locale=language, currency_digits=False)


def show_decimal(number: str, locale: str) -> str:
    """A decimal string such as "4.5", with one digit behind its point: "4,5"."""
    return format_decimal(Decimal(number), "0.0", locale=nearest((locale,)))


def show_share(per_mille: int, locale: str) -> str:
    """Tenths of a percent: 985 is "98.5%", 980 is "98%"."""
    language = nearest((locale,))
    pattern = Locale.parse(language).percent_formats[None].pattern.replace("0", "0.#")
    return format_percent(Decimal(per_mille) / 1000, pattern, locale=language)


def country_name(code: str, locale: str) -> str:
    """A country by its ISO code, as its readers call it; the code where nobody knows it."""
    return str(Locale.parse(nearest((locale,))).territories.get(code, code))


def show_day(at_ms: int, locale: str, zone: str) -> str:
    """The date of an instant in an IANA zone: "12 March 2026"."""
    return format_date(_local(at_ms, zone), format="long", locale=nearest((locale,)))


def show_time(at_ms: int, locale: str, zone: str) -> str:
    """Date and time of an instant in an IANA zone."""
    local = _local(at_ms, zone)
    return format_datetime(local, format="medium", tzinfo=local.tzinfo, locale=nearest((locale,)))


def _local(at_ms: int, zone: str) -> datetime.datetime:
    """A zone that nobody knows is UTC: a name that some other server took must not keep a person from an answer."""
    known = zone if hours.is_zone(zone) else "UTC"
    return datetime.datetime.fromtimestamp(at_ms / 1000, tz=get_timezone(known))


def _fill(entry: Entry, language: str, params: Mapping[str, str | int]) -> str:
    text = entry if isinstance(entry, str) else _plural(entry, language, params.get("count", 0))

    def value(found: re.Match[str]) -> str:
        given = params.get(found[1])
        if given is None:
            return found[0]
        if isinstance(given, int):
            return format_decimal(given, locale=language)
        return _isolated(given, language)

    return _PLACEHOLDER.sub(value, text)


def _plural(forms: tuple[str, ...], language: str, count: str | int) -> str:
    category = Locale.parse(language).plural_form(int(count))
    categories = PLURAL_FORMS[language]
    return forms[categories.index(category) if category in categories else -1]


def _isolated(value: str, language: str) -> str:
    """A name that runs the other way must not turn the words around it."""
    foreign = _LTR_LETTER if language in _RIGHT_TO_LEFT else _RTL_LETTER
    return _ISOLATE.format(value) if foreign.search(value) else value


_UNITS: Final = {
    "minute": ("duration-minute", "long"),
    "hour": ("duration-hour", "long"),
    "day": ("duration-day", "long"),
    "month": ("duration-month", "long"),
    "byte": ("digital-megabyte", "short"),
}


def quantity(count: int, unit: str, locale: str) -> str:
    """`5 days`, `15 MB`, or the plain number where the unit is none of these. Any language that Babel knows."""
    if unit not in _UNITS:
        return format_decimal(count, locale=locale)
    name, length = _UNITS[unit]
    return format_unit(count, name, length=length, locale=locale)  # type: ignore[arg-type]


def zone_name(zone: str, locale: str) -> str:
    """The city of a time zone in the reader's language: `Moscow`."""
    return get_timezone_location(zone, locale=locale, return_city=True)


_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class _Moment(NamedTuple):
    """What calendar and wall of one zone show of an instant to come."""

    wall: datetime.datetime
    day: str
    """`today`, `tomorrow` or `day`."""
    this_year: bool


def opening_phrase(at_ms: int, now_ms: int, team_zone: str, reader_zone: str, locale: str) -> str:
    """When a team opens, as the rest of a sentence: `today at 07:00 (Moscow), 06:00 for you`.

    The reader's time stands there only where his wall shows another, and with its day where his calendar does.
    A zone of his that nobody knows counts as the team's.
    """
    there = _moment(at_ms, now_ms, team_zone)
    here = _moment(at_ms, now_ms, reader_zone if hours.is_zone(reader_zone) else team_zone)
    params = {
        "opening": _day_and_time(there, locale),
        "city": zone_name(team_zone, nearest((locale,))),
    }
    if here == there:
        return shipped().sentence("server.hours.there", locale, **params)
    same_day = (here.wall.date(), here.day) == (there.wall.date(), there.day)
    yours = _clock(here.wall, locale) if same_day else _day_and_time(here, locale)
    return shipped().sentence("server.hours.there_and_here", locale, yours=yours, **params)


def _moment(at_ms: int, now_ms: int, zone: str) -> _Moment:
    wall, today = _local(at_ms, zone).replace(tzinfo=None), _local(now_ms, zone).date()
    day = {0: "today", 1: "tomorrow"}.get((wall.date() - today).days, "day")
    return _Moment(wall, day, wall.year == today.year)


def _day_and_time(moment: _Moment, locale: str) -> str:
    wall, language = moment.wall, nearest((locale,))
    date = (
        format_skeleton("MMMMd", wall, locale=language)
        if moment.this_year
        else format_date(wall, format="long", locale=language)
    )
    clock = _clock(wall, locale)
    return shipped().sentence(
        f"server.hours.{moment.day}",
        locale,
        at=shipped().sentence("server.hours.at", locale, count=wall.hour, time=clock),
        weekday=shipped().sentence(f"server.hours.{_WEEKDAYS[wall.weekday()]}", locale),
        date=date,
    )


def _clock(wall: datetime.datetime, locale: str) -> str:
    return format_skeleton("Hm", wall, locale=nearest((locale,)))
