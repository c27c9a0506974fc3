"""How providers are asked, what they may do to us, and that nobody waits for them longer than agreed."""

import asyncio
import json
import logging
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from typing_extensions import override

from chat_server.domain.translation import NoTranslation, mask
from chat_server.gateways import translation_providers
from chat_server.gateways.translation import FAILURES, PAUSE_MS, QUEUE, Provided
from chat_server.gateways.translation_http import LARGEST, Exchange, Page, Slow
from chat_server.settings import TRANSLATORS, Settings, SettingsError
from tests.api.harness import SetClock, until
from tests.services.translators import Bureau

KEY = "a-key-of-the-provider"
NAMES = ("google", "deepl", "microsoft", "mymemory", "libretranslate")


class Office:
    """Gateways over one bureau; all are closed after the test."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.clock = SetClock()
        self._made: list[Provided] = []

    def gateway(self, name: str = "libretranslate", **changes: Any) -> Provided:
        url = self.bureau.url if name == "libretranslate" else self.bureau.at(name)
        values = {"translator_url": url, "translator_key": KEY, "translator_seconds": 30.0}
        settings = Settings(translator=name, **{**values, **changes})
        self._made.append(Provided(settings, self.clock))
        return self._made[-1]

    def close(self) -> None:
        self.bureau.open.set()
        self.bureau.ends.set()
        for gateway in self._made:
            gateway.close()
        for gateway in self._made:
            while gateway.held:
                time.sleep(0.002)


@pytest.fixture
def desk(bureau: Bureau) -> Iterator[Office]:
    office = Office(bureau)
    yield office
    office.close()


async def ask(gateway: Provided, text: str = "Where is my order?") -> str | NoTranslation:
    return await gateway.translate(mask(text), "en", "ru")


@pytest.mark.parametrize("name", NAMES)
async def test_each_provider_gives_a_translation_with_its_marks(desk: Office, name: str) -> None:
    answer = await ask(desk.gateway(name), 'Where is order 12345, is <it> & all "well"?')

    [asked] = desk.bureau.asked
    assert answer == f'<{asked.target}> Where is order {{{{0}}}}, is <it> & all "well"?'
    assert asked.text == 'Where is order {{0}}, is <it> & all "well"?'
    assert asked.source.lower()[:2] == "en"
    assert asked.target.lower()[:2] == "ru"
    assert asked.headers["accept-encoding"] == "identity"


async def test_libretranslate_is_asked_for_plain_text_with_nothing_in_the_address(
    desk: Office,
) -> None:
    await ask(desk.gateway(translator_url=desk.bureau.url + "/"))

    [asked] = desk.bureau.asked
    assert (asked.method, asked.path) == ("POST", "/translate")
    assert asked.body == {
        "q": "Where is my order?",
        "source": "en",
        "target": "ru",
        "format": "text",
        "api_key": KEY,
    }


async def test_libretranslate_without_a_key_is_sent_none(desk: Office) -> None:
    await ask(desk.gateway(translator_key=""))

    assert "api_key" not in desk.bureau.asked[0].body


async def test_deepl_is_asked_as_it_wants_to_be_with_the_key_in_a_header(desk: Office) -> None:
    await ask(desk.gateway("deepl"))

    [asked] = desk.bureau.asked
    assert (asked.method, asked.path) == ("POST", "/deepl")
    assert asked.headers["authorization"] == f"DeepL-Auth-Key {KEY}"
    assert asked.body == {
        "text": ["Where is my order?"],
        "source_lang": "EN",
        "target_lang": "RU",
    }


async def test_microsoft_is_asked_once_a_text_with_key_and_region_in_headers(desk: Office) -> None:
    await ask(desk.gateway("microsoft", translator_region="westeurope"))

    [asked] = desk.bureau.asked
    assert asked.headers["ocp-apim-subscription-key"] == KEY
    assert asked.headers["ocp-apim-subscription-region"] == "westeurope"
    assert "api-version=3.0" in asked.path
    assert KEY not in asked.path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "ru", "ro", "es", "ar", "uk", "zh", "de", "fr"])
async def test_each_provider_knows_the_languages_that_we_tell_apart(
    desk: Office, name: str, language: str
) -> None:
    other = "en" if language != "en" else "ru"

    answer = await desk.gateway(name).translate(mask("Hallo"), language, other)

    assert isinstance(answer, str), answer
    assert desk.bureau.asked[0].source.lower()[:2] == language


async def test_where_providers_are_by_themselves_is_over_tls() -> None:
    sent: list[str] = []

    class Listening(Exchange):
        @override
        def send(self, method: str, url: str, until: float, **_: Any) -> Page:
            sent.append(url)
            return Page(200, "{}")

    for name, key in (*((n, KEY) for n in NAMES[:4]), ("deepl", KEY + ":fx")):
        call = translation_providers.Call(
            Listening(1), time.monotonic() + 5, "", key, "", "Hi", "en-GB", "ru-RU"
        )
        if name != "mymemory":
            call = call._replace(source="en", target="ru")
        with pytest.raises(Exception):  # noqa: B017  # It is no translation, whatever else.
            translation_providers.PROVIDERS[name].ask(call)

    assert [url.split("?")[0] for url in sent] == [
        "https://translate.google.com/m",
        "https://api.deepl.com/v2/translate",
        "https://api.cognitive.microsofttranslator.com/translate",
        "https://api.mymemory.translated.net/get",
        "https://api-free.deepl.com/v2/translate",
    ]


def test_the_names_of_the_settings_are_those_of_the_providers() -> None:
    assert set(TRANSLATORS) == {"", *translation_providers.PROVIDERS}


@pytest.mark.parametrize(
    "changes",
    [
        {"translator": "yandex"},
        {"translator": "libretranslate"},
        {"translator": "deepl"},
        {"translator": "microsoft"},
        {"translator": "google", "translator_url": "ftp://x.example"},
        {"translator_seconds": 0.0},
        {"translator_threads": 0},
    ],
)
def test_a_mistake_in_the_settings_is_found_at_the_start(changes: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="translator"):
        Settings(**changes)


def test_the_key_is_not_shown_with_the_settings() -> None:
    assert KEY not in repr(Settings(translator="deepl", translator_key=KEY))


@pytest.mark.parametrize(
    ("masked", "source", "target", "why"),
    [
        ("12345", "en", "ru", NoTranslation.NOTHING),
        ("word", "en", "en", NoTranslation.UNSUPPORTED),
        ("word", "en", "../x", NoTranslation.UNSUPPORTED),
        ("word", "", "ru", NoTranslation.UNSUPPORTED),
        ("word " * 5000, "en", "ru", NoTranslation.UNSUPPORTED),
    ],
)
async def test_what_cannot_be_translated_is_not_sent(
    desk: Office, masked: str, source: str, target: str, why: NoTranslation
) -> None:
    assert await desk.gateway().translate(mask(masked), source, target) is why
    assert desk.bureau.asked == []


@pytest.mark.parametrize(("name", "longest"), [("google", 4999), ("mymemory", 499)])
async def test_a_text_longer_than_the_provider_takes_is_not_sent(
    desk: Office, name: str, longest: int
) -> None:
    gateway = desk.gateway(name)
    desk.bureau.translate = lambda asked: "x" * len(asked.text)

    assert await ask(gateway, "y" * (longest + 1)) is NoTranslation.UNSUPPORTED
    assert isinstance(await ask(gateway, "y" * longest), str)


async def test_a_language_that_the_provider_does_not_know_is_no_failure_of_its(
    desk: Office,
) -> None:
    gateway = desk.gateway("deepl")
    libre = desk.gateway()
    desk.bureau.status = 400

    for _ in range(FAILURES + 1):
        assert await gateway.translate(mask("word"), "en", "tlh") is NoTranslation.UNSUPPORTED
        assert await ask(libre) is NoTranslation.UNSUPPORTED


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 456, 500, 503])
async def test_a_provider_that_refuses_is_away(desk: Office, name: str, status: int) -> None:
    desk.bureau.status = status
    desk.bureau.headers = {"location": desk.bureau.at("translate")}

    assert await ask(desk.gateway(name)) is NoTranslation.AWAY
    assert len(desk.bureau.asked) == 1


async def test_a_provider_that_nobody_answers_for_is_away(desk: Office) -> None:
    for url in ("http://127.0.0.1:1", "http://[::", "http://nowhere.invalid"):
        assert await ask(desk.gateway(translator_url=url)) is NoTranslation.AWAY


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00\x80",
    "no json": b"<html>Sorry</html>",
    "null": b"null",
    "a number": b"12",
    "a list": b"[[[]]]",
    "an empty list": b"[]",
    "other things": b'{"translations": 5, "responseData": [], "responseStatus": 200}',
    "lists in the place of texts": b'{"translatedText": ["a"], "translations": [{"text": ["a"]}]}',
    "a hole without a bottom": b"[" * 200_000,
    "numbers without an end": b"1" * 200_000,
    "markup without an end": b'<div class="result-container">' + b"<a b " * 50_000,
    "more than is taken": b'{"translatedText": "' + b"x" * LARGEST + b'"}',
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_strange_answer_is_no_translation_and_no_error(
    desk: Office, name: str, kind: str
) -> None:
    desk.bureau.raw = lambda _: HOSTILE[kind]
    gateway = desk.gateway(name)
    began = time.process_time()

    answer = await ask(gateway)

    assert answer in (NoTranslation.AWAY, NoTranslation.SPOILT)
    assert time.process_time() - began < 3.0


@pytest.mark.parametrize("name", NAMES)
async def test_an_answer_without_the_marks_is_spoilt(desk: Office, name: str) -> None:
    desk.bureau.translate = lambda _: "Где заказ?"

    assert await ask(desk.gateway(name), "Where is order 12345?") is NoTranslation.SPOILT


@pytest.mark.parametrize("name", NAMES)
async def test_an_answer_that_is_too_long_is_spoilt(desk: Office, name: str) -> None:
    desk.bureau.translate = lambda asked: "x" * (4 * len(asked.text) + 201)

    assert await ask(desk.gateway(name)) is NoTranslation.SPOILT


@pytest.mark.parametrize("name", NAMES)
async def test_markup_in_an_answer_stays_letters(desk: Office, name: str) -> None:
    hostile = "<img src=x onerror=alert(1)> &lt;b&gt; ${7*7}"
    desk.bureau.translate = lambda _: hostile

    assert await ask(desk.gateway(name)) == hostile


async def test_what_mymemory_says_of_itself_is_no_translation(desk: Office) -> None:
    said = {"responseData": {"translatedText": "MYMEMORY WARNING: ALL USED"}, "responseStatus": 429}
    desk.bureau.raw = lambda _: json.dumps(said).encode()

    assert await ask(desk.gateway("mymemory")) is NoTranslation.AWAY


async def test_a_packed_answer_is_not_unpacked(desk: Office) -> None:
    desk.bureau.headers = {"content-encoding": "gzip"}

    assert await ask(desk.gateway()) is NoTranslation.AWAY


@pytest.mark.parametrize("name", NAMES)
async def test_a_provider_that_does_not_answer_is_waited_for_no_longer_than_agreed(
    desk: Office, name: str
) -> None:
    await ask(desk.gateway(name))  # The library is loaded once.
    desk.bureau.open.clear()
    gateway = desk.gateway(name, translator_seconds=0.3)

    async with asyncio.timeout(10):
        assert await ask(gateway) is NoTranslation.SLOW

    await until(lambda: gateway.held == 0)


async def test_a_provider_that_drips_is_waited_for_no_longer_than_agreed(desk: Office) -> None:
    desk.bureau.drips = True
    gateway = desk.gateway(translator_seconds=0.3)

    async with asyncio.timeout(10):
        assert await ask(gateway) is NoTranslation.SLOW

    await until(lambda: gateway.held == 0)


def test_what_has_waited_for_its_thread_too_long_is_not_sent(bureau: Bureau) -> None:
    with pytest.raises(Slow):
        Exchange(1).send("GET", bureau.at("google"), time.monotonic() - 1)

    assert bureau.asked == []


async def test_so_many_at_once_so_many_in_line_and_one_more_is_refused_at_once(
    desk: Office,
) -> None:
    desk.bureau.open.clear()
    gateway = desk.gateway(translator_threads=2)
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(ask(gateway, f"Text {'a' * n}")) for n in range(1, 3 + QUEUE)]
        await until(lambda: gateway.held == 2 + QUEUE)
        await until(lambda: len(desk.bureau.asked) == 2)

        assert await ask(gateway) is NoTranslation.BUSY

        assert gateway.held == 2 + QUEUE, "he was not let wait until there was room"
        assert len(desk.bureau.asked) == 2
        desk.bureau.open.set()

    assert all(isinstance(task.result(), str) for task in asked)
    assert gateway.held == 0


async def test_who_goes_away_while_he_waits_takes_his_place_in_the_line_along(desk: Office) -> None:
    desk.bureau.open.clear()
    gateway = desk.gateway(translator_threads=1)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(gateway)) for _ in range(3)]
        await until(lambda: gateway.held == 3)
        for task in tasks:
            task.cancel()
        await until(lambda: gateway.held == 1)
        desk.bureau.open.set()
        await until(lambda: gateway.held == 0)


async def test_a_provider_that_fails_again_and_again_is_left_alone_for_a_while(
    desk: Office, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = desk.gateway()
    desk.bureau.status = 503
    for _ in range(FAILURES):
        assert await ask(gateway) is NoTranslation.AWAY
    desk.bureau.status = 200

    assert await ask(gateway) is NoTranslation.RESTING
    assert len(desk.bureau.asked) == FAILURES
    desk.clock.advance(PAUSE_MS)
    assert isinstance(await ask(gateway), str)
    assert isinstance(await ask(gateway), str)

    said = [record.message for record in caplog.records if record.name == "parley.translation"]
    assert said == ["translator.left_alone", "translator.works_again"]


@pytest.mark.parametrize("name", NAMES)
async def test_neither_a_text_nor_a_key_comes_into_the_log(
    desk: Office, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="parley")
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    gateway = desk.gateway(name)
    for status in (200, 403, 500):
        desk.bureau.status = status
        await ask(gateway, "Secretword")

    assert "Secretword" not in caplog.text
    assert KEY not in caplog.text


async def test_a_gateway_that_is_closed_takes_nothing_and_nobody_waits_for_it(
    desk: Office,
) -> None:
    desk.bureau.open.clear()
    gateway = desk.gateway()
    async with asyncio.TaskGroup() as group:
        last = group.create_task(ask(gateway))
        await until(lambda: len(desk.bureau.asked) == 1)
        gateway.close()
        assert gateway.held == 1, "the provider has not answered yet"
        assert await ask(gateway) is NoTranslation.BUSY
        desk.bureau.open.set()

    assert isinstance(last.result(), str)


def test_no_thread_is_started_and_no_library_loaded_before_the_first_text(
    desk: Office,
) -> None:
    before = set(threading.enumerate())

    desk.gateway("google")

    # Those of other tests may end at any time.
    assert set(threading.enumerate()) <= before
