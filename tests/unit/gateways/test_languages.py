"""Which language a text is taken for, and when none."""

import tracemalloc

import pytest

from chat_server.gateways.languages import Lingua

LINGUA = Lingua()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Great quality, arrived in a week", "en"),
        ("The colour is not as described, I want a refund", "en"),
        ("Отличное качество, всем советую", "ru"),
        ("Пришло не то, верните деньги", "ru"),
        ("Foarte multumit, recomand", "ro"),
        ("Produsul nu corespunde descrierii, vreau banii înapoi", "ro"),
        ("Muy buena calidad, lo recomiendo", "es"),
        ("¿Dónde está mi pedido?", "es"),
        ("جودة ممتازة وصل بسرعة", "ar"),
        ("Якість чудова, дуже дякую", "uk"),
        ("质量很好，谢谢", "zh"),
        ("Sehr gute Qualität, gerne wieder", "de"),
        ("Très bonne qualité, je recommande", "fr"),
        ("gracias", "es"),
        ("спасибо", "ru"),
    ],
)
async def test_a_language_is_recognised(text: str, language: str) -> None:
    assert await LINGUA.detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "да",
        "👍👍",
        "12345 67",
        "ana@mail.example https://mail.example/muy/bueno",
        "dziękuję bardzo",
        "muito bom, recomendação",
        "kalitesi çok güzel, teşekkür ederim, aldığım gibi",
        "ありがとうございます",
        "کجاست سفارش من",
        "Дуже прыгожы ўбор",
        "super",
    ],
)
async def test_a_text_that_does_not_say_is_in_none(text: str) -> None:
    assert await LINGUA.detect(text) == ""


async def test_a_hint_decides_between_languages_that_are_about_as_likely() -> None:
    assert await LINGUA.detect("merci", ["ro"]) == "ro"
    assert await LINGUA.detect("merci", ["ru"]) == ""
    assert await LINGUA.detect("Muy buena calidad, lo recomiendo", ["ro", "xx"]) == "es"


async def test_a_long_text_is_looked_at_in_its_beginning_only() -> None:
    await LINGUA.detect("warm the models up")
    tracemalloc.start()

    language = await LINGUA.detect("Great quality and arrived in a week. " * 10_000)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert language == "en"
    assert peak < 1_000_000
