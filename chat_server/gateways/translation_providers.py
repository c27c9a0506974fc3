"""How each provider is asked: four through deep-translator, and LibreTranslate by ourselves.

deep-translator sets no limits of time or size, and asks DeepL in a way that DeepL has given up (the key and the
text in an address). So the module that it sends with, `requests`, is replaced in its four modules by `_Sender`,
which sends through `Exchange`; what it says and how it reads the answers stays its own. The library is loaded
when it is first asked: that takes a second.
"""

import functools
import html
import threading
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from chat_server.gateways.translation_http import Away, Exchange, Page, Unsupported

DEEPL: Final = "https://api.deepl.com/v2/translate"
DEEPL_FREE: Final = "https://api-free.deepl.com/v2/translate"
FREE_KEY: Final = ":fx"
"""How keys of DeepL's free plan end."""

GOOGLE_PLACES: Final = ("t0", "result-container")
"""Where deep-translator looks for the translation."""


class Call(NamedTuple):
    """One text on its way: through which connections, until when, and to whom."""

    exchange: Exchange
    until: float
    """Of `time.monotonic()`."""
    url: str
    """Of the settings; empty for the provider's own."""
    key: str
    region: str
    text: str
    source: str
    target: str


class Provider(NamedTuple):
    """A provider as the gateway knows it."""

    ask: Callable[[Call], object]
    """Runs in a thread; what it gives is a stranger's. Raises Away, Slow, Unsupported; anything else is Away."""
    longest: int
    """Characters that it takes at most."""
    codes: Mapping[str, str] = {}
    """What it calls a language, where that is not our code for it."""


class _Sender:
    """Stands in the place of the module `requests` in deep-translator."""

    exceptions = SimpleNamespace(RequestException=())
    """What Microsoft's class would catch, to write a line of its own into the log: nothing."""

    def __init__(self, send: Callable[..., Page]) -> None:
        self._send = send

    def get(self, url: str, params: Mapping[str, Any] | None = None, **_: object) -> Page:
        """As `requests.get`."""
        return self._send("GET", url, params, None, None)

    def post(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        **_: object,
    ) -> Page:
        """As `requests.post`."""
        return self._send("POST", url, params, headers, json)


_here = threading.local()
"""The call of this thread: deep-translator has no place for it on its way to `_Sender`."""


@functools.cache
def _library() -> SimpleNamespace:
    """The four classes of deep-translator, with our sender in their modules."""
    from deep_translator import constants, deepl, exceptions, google, microsoft, mymemory

    class Microsoft(microsoft.MicrosoftTranslator):  # type: ignore[misc]  # untyped
        """Asks for the list of languages before each text; it may be asked for any, and refuses by itself."""

        def _get_supported_languages(self) -> dict[str, str]:
            codes = (*constants.GOOGLE_LANGUAGES_TO_CODES.values(), "zh-hans")
            return {code: code for code in codes}

    for module, send in (
        (google, _send_to_google),
        (deepl, _send_to_deepl),
        (microsoft, _send),
        (mymemory, _send_to_mymemory),
    ):
        vars(module)["requests"] = _Sender(send)
    constants.DEEPL_LANGUAGE_TO_CODE["arabic"] = "ar"  # Younger than the library.
    return SimpleNamespace(
        Google=google.GoogleTranslator,
        Deepl=deepl.DeeplTranslator,
        Microsoft=Microsoft,
        MyMemory=mymemory.MyMemoryTranslator,
        unsupported=(
            exceptions.LanguageNotSupportedException,
            exceptions.NotValidLength,
            exceptions.NotValidPayload,
        ),
    )


def _send(
    method: str,
    url: str,
    params: Mapping[str, Any] | None,
    headers: Mapping[str, str] | None,
    body: object,
) -> Page:
    call: Call = _here.call
    return call.exchange.send(
        method, call.url or url, call.until, params=params, headers=headers, body=body
    )


def _send_to_google(
    method: str,
    url: str,
    params: Mapping[str, Any] | None,
    headers: Mapping[str, str] | None,
    body: object,
) -> Page:
    """Of Google's page only the text of the translation: some pages keep the library's parser busy for minutes."""
    page = _send(method, url, params, headers, body)
    for name in GOOGLE_PLACES:
        _, found, behind = page.text.partition(f'class="{name}"')
        if found:
            inside = behind.partition(">")[2].partition("</div>")[0]
            shown = html.escape(html.unescape(inside))
            return Page(page.status_code, f'<div class="{name}">{shown}</div>')
    raise Away("no translation on the page")


def _send_to_deepl(_: str, __: str, params: Mapping[str, Any], ___: object, ____: object) -> Page:
    """As DeepL wants it: a POST, with the key in a header."""
    call: Call = _here.call
    own = DEEPL_FREE if call.key.endswith(FREE_KEY) else DEEPL
    return call.exchange.send(
        "POST",
        call.url or own,
        call.until,
        headers={"authorization": f"DeepL-Auth-Key {call.key}"},
        body={
            "text": [params["text"]],
            "source_lang": params["source_lang"].upper(),
            "target_lang": params["target_lang"].upper(),
        },
    )


def _send_to_mymemory(
    method: str,
    url: str,
    params: Mapping[str, Any] | None,
    headers: Mapping[str, str] | None,
    body: object,
) -> Page:
    """Over TLS; what it has to say of itself it says in the place of a translation, with another status inside."""
    page = _send(method, url.replace("http://", "https://", 1), params, headers, body)
    if str(page.json().get("responseStatus")) != "200":
        raise Away("refused")
    return page


def _asked(call: Call, make: Callable[[SimpleNamespace], Any]) -> object:
    library = _library()
    _here.call = call
    try:
        return make(library).translate(call.text)
    except library.unsupported as error:
        raise Unsupported from error


def _google(call: Call) -> object:
    return _asked(call, lambda library: library.Google(call.source, call.target))


def _deepl(call: Call) -> object:
    return _asked(call, lambda library: library.Deepl(call.source, call.target, call.key))


def _microsoft(call: Call) -> object:
    return _asked(
        call,
        lambda library: library.Microsoft(
            call.source, call.target, call.key, call.region or None, **{"api-version": "3.0"}
        ),
    )


def _mymemory(call: Call) -> object:
    answer = _asked(call, lambda library: library.MyMemory(call.source, call.target))
    return html.unescape(answer) if isinstance(answer, str) else answer


def _libretranslate(call: Call) -> object:
    body = {"q": call.text, "source": call.source, "target": call.target, "format": "text"}
    if call.key:
        body["api_key"] = call.key
    url = call.url.rstrip("/") + "/translate"
    answer = call.exchange.send("POST", url, call.until, body=body).json()
    return answer.get("translatedText") if isinstance(answer, dict) else None


PROVIDERS: Final[Mapping[str, Provider]] = {
    "google": Provider(_google, 4999, {"zh": "zh-CN"}),
    "deepl": Provider(_deepl, 20_000),
    "microsoft": Provider(_microsoft, 20_000, {"zh": "zh-hans"}),
    "mymemory": Provider(
        _mymemory,
        499,
        {
            "en": "en-GB",
            "ru": "ru-RU",
            "ro": "ro-RO",
            "es": "es-ES",
            "ar": "ar-SA",
            "uk": "uk-UA",
            "de": "de-DE",
            "fr": "fr-FR",
            "zh": "zh-CN",
        },
    ),
    "libretranslate": Provider(_libretranslate, 20_000),
}
"""By the name that a setting gives them (`settings.TRANSLATORS`)."""
