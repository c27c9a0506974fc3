"""What somebody who writes a client has to go by: the API's pages, and what a refusal says of a wrong request."""

import re
from typing import Any

import pytest

from chat_server.web.routes import OPERATIONS
from chat_server.wire.codes import ErrorCode
from tests.api.harness import HOST
from tests.factories import Town

SITE = f"https://{HOST}"
PERSON = {"name": "Ana", "version": 1}


async def test_the_page_shows_every_type_to_its_last_field(town: Town) -> None:
    client = town.parley.client(base_url=SITE)
    document = (await client.get("/openapi.json")).json()
    page = (await client.get("/docs")).text

    assert page.count("<section") == len(OPERATIONS) + len(document["components"]["schemas"])
    for name, kind in document["components"]["schemas"].items():
        section = page.split(f'<section id="{name}">')[1].split("</section>")[0]
        for field in kind.get("properties", {}):
            assert f"<code>{field}" in section
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors


async def test_what_stands_below_a_field_in_its_class_is_said_of_it(town: Town) -> None:
    document = (await town.parley.client(base_url=SITE).get("/openapi.json")).json()

    author = document["components"]["schemas"]["PublicReview"]["properties"]["author"]

    assert author["description"] == "First letter of the name."


async def test_a_path_asks_for_an_id_only_where_it_wants_one(town: Town) -> None:
    paths = (await town.parley.client(base_url=SITE).get("/openapi.json")).json()["paths"]

    def asked(path: str, name: str) -> Any:
        (operation, *_) = paths[f"/api/v1{path}"].values()
        return next(p["schema"] for p in operation["parameters"] if p["name"] == name)

    assert "reply" in asked("/reviews/{review}/parts/{part}", "part")["enum"]
    assert "16" not in asked("/review-photos/{name}/{variant}", "name").get("description", "")
    assert "16 hexadecimal" in asked("/orders/{order}", "order")["description"]


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
async def test_the_type_of_a_refusal_leads_to_what_it_means(language: str, town: Town) -> None:
    headers = {"accept-language": language}
    body = {"shop": "nowhere", "title": "T", "version": 1}
    refusal = await town.backend.put("/backend/products/p", json=body, headers=headers)
    path, _, anchor = refusal.json()["type"].partition("#")
    page = await town.parley.client(base_url=SITE).get(path, headers=headers)

    section = page.text.split(f'<section id="{anchor}">')[1].split("</section>")[0]

    assert page.headers["content-language"] == language
    assert all(f'<section id="{code}">' in page.text for code in ErrorCode)
    assert f"<code>{refusal.json()['reason']}</code>" in section
    assert refusal.json()["detail"] in section


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ({"name": "Ana"}, "version"),
        ({**PERSON, "name": 7}, "$.name"),
        ({**PERSON, "mail": "a@b"}, "mail"),
        ({**PERSON, "locale": "x"}, "$.locale"),
    ],
)
async def test_a_wrong_body_is_told_where_it_is_wrong(
    body: dict[str, Any], hint: str, town: Town
) -> None:
    answer = await town.backend.put("/backend/people/ana", json=body)

    assert (answer.status_code, answer.json()["reason"]) == (422, "body")
    assert hint in answer.json()["hint"]


async def test_a_wrong_address_is_told_where_it_is_wrong(town: Town) -> None:
    answer = await town.parley.client().get("/products/p/reviews?stars=7")

    assert "$.stars" in answer.json()["hint"]


@pytest.mark.parametrize("name", ["x" * 100_000, "\\ud800", "<script>"])
async def test_a_hint_is_short_whatever_was_sent(name: str, town: Town) -> None:
    raw = f'{{"name": "Ana", "version": 1, "{name}": 1}}'.encode()
    headers = {"content-type": "application/json"}

    answer = await town.backend.put("/backend/people/ana", content=raw, headers=headers)

    assert answer.status_code == 422
    assert len(answer.json()["hint"]) <= 300
