"""The FAQ's public pages: a page an answer, in four languages, for whoever comes."""

import re

import pytest

from bot import load_corpus
from bot.corpus import load_entries
from chat_server.actions.faq import libraries
from tests.api.harness import HOST, Parley
from tests.factories import Town

SITE = f"https://{HOST}"


@pytest.mark.parametrize(
    ("wished", "language"),
    [("ro-MD,ru;q=0.8", "ro"), ("de,es;q=0.5", "es"), ("zh", "en"), ("", "en")],
)
async def test_a_reader_comes_to_his_own_language(
    parley: Parley, wished: str, language: str
) -> None:
    answer = await parley.client().get(f"{SITE}/faq", headers={"accept-language": wished})

    assert (answer.status_code, answer.headers["location"]) == (307, f"/faq/{language}")
    assert answer.headers["vary"] == "accept-language"


@pytest.mark.parametrize("language", ["en", "ru", "ro", "es"])
async def test_every_question_is_listed_and_leads_to_its_answer(
    parley: Parley, language: str
) -> None:
    client = parley.client()
    contents = await client.get(f"{SITE}/faq/{language}")
    links = re.findall(rf'<li><a href="(/faq/{language}/\w+)">', contents.text)

    assert sorted(links) == sorted(f"/faq/{language}/{entry.id}" for entry in load_corpus().entries)
    for link in links:
        page = await client.get(f"{SITE}{link}")
        assert page.status_code == 200
        assert page.headers["content-language"] == language
        assert "{" not in page.text, "every number is filled in"


async def test_an_answer_says_the_rules_and_names_its_other_languages(parley: Parley) -> None:
    page = (await parley.client().get(f"{SITE}/faq/ru/dispute_deadline")).text

    assert "<h1>Сколько времени у продавца на ответ по спору?</h1>" in page
    assert "5 дней" in page
    assert re.findall(r'rel="alternate" hreflang="(\w+)"', page) == ["en", "ru", "ro", "es"]
    assert re.search(r'rel="canonical" href="[^"]+/faq/ru/dispute_deadline"', page)
    assert '<a href="/faq/ru/dispute_escalate">' in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/faq/xx",
        "/faq/en/nothing",
        "/faq/en/..%2f..%2fsettings",
        "/faq/en/%00",
        "/faq/EN/order_status",
        "/faq/en/order_status/more",
    ],
)
async def test_security_43_what_is_not_there_is_missing(parley: Parley, path: str) -> None:
    answer = await parley.client().get(f"{SITE}{path}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_search_engines_are_told_of_every_page(parley: Parley) -> None:
    answer = await parley.client().get(f"{SITE}/faq/sitemap.xml")

    pages = sum(1 + len(library.articles) for library in libraries(load_entries()).values())
    assert answer.text.count("<loc>") == pages
    assert answer.headers["content-type"].startswith("application/xml")


async def test_what_a_supervisor_publishes_is_on_the_public_page(helpful: Town) -> None:
    supervisor, reader = await helpful.colleague(), helpful.parley.client()
    entry = {
        "id": "gift_wrap",
        "group": "orders",
        "wordings": {
            "en": {
                "question": "Is there gift wrap?",
                "answer": "Within {ship_within}, ask <b>us</b>.",
            }
        },
    }
    before = await reader.get(f"{SITE}/faq/en/gift_wrap")
    body = {"entry": entry, "revision": 0}
    await supervisor.api.put("/console/faq/entries/gift_wrap", json=body)

    page = await reader.get(f"{SITE}/faq/en/gift_wrap")

    assert (before.status_code, page.status_code) == (404, 200)
    assert "Within 10 days, ask &lt;b&gt;us&lt;/b&gt;." in page.text
    assert 'hreflang="ru"' in page.text, "the other languages are still a step away"
    assert "/faq/ru/gift_wrap" not in page.text, "but not where there is no such page"
    assert "Is there gift wrap?" in (await reader.get(f"{SITE}/faq/en")).text
