"""The knowledge room: what a supervisor mends, the next customer gets."""

from typing import Any

from tests.api.harness import SECOND
from tests.api.test_support import ask
from tests.factories import Colleague, Town

PATH = "/console/faq/entries"
NEW: dict[str, Any] = {
    "id": "gift_wrap",
    "group": "orders",
    "wordings": {
        "en": {
            "question": "Can my order be gift wrapped?",
            "answer": "Ask the seller before he ships it, within {ship_within} of payment.",
            "phrasings": [
                "wrap it as a present",
                "do you do gift wrapping",
                "nice wrapping paper please",
            ],
        }
    },
}


async def put(supervisor: Colleague, entry: dict[str, Any], revision: int = 0, **more: Any) -> Any:
    body = {"entry": entry, "revision": revision, **more}
    return await supervisor.api.put(f"{PATH}/{entry['id']}", json=body)


async def test_a_mended_answer_is_what_the_next_customer_gets(helpful: Town) -> None:
    supervisor, visitor = await helpful.colleague(), await helpful.visitor()
    before = await ask(visitor, "how long do refunds take")
    draft = (await supervisor.api.get(f"{PATH}/refund_time")).json()
    entry = draft["entry"]
    entry["wordings"]["en"]["answer"] = "Refunds take {refund_max} at most. Promised."

    published = await put(supervisor, entry, draft["revision"])

    assert published.status_code == 200, published.text
    assert published.json()["revision"] == 1
    after = await ask(visitor, "how long do refunds take")
    assert "Promised" not in before["text"]
    assert after["text"].endswith("Refunds take 15 days at most. Promised.")


async def test_two_who_change_the_same_entry_do_not_overwrite_each_other(helpful: Town) -> None:
    supervisor = await helpful.colleague()
    assert (await put(supervisor, NEW)).status_code == 200

    stale = await put(supervisor, NEW)

    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


async def test_history_is_kept_and_any_of_it_can_be_brought_back(helpful: Town) -> None:
    supervisor, visitor = await helpful.colleague(), await helpful.visitor()
    entry = (await supervisor.api.get(f"{PATH}/refund_time")).json()["entry"]
    shipped = entry["wordings"]["en"]["answer"]
    entry["wordings"]["en"]["answer"] = "A bad idea, written on a Friday."
    await put(supervisor, entry)
    removed = await supervisor.api.delete(f"{PATH}/refund_time", params={"revision": 1})

    assert removed.json() == {"revision": 2}
    assert (await ask(visitor, "how long do refunds take"))["card"].get("entry") != "refund_time"
    history = (await supervisor.api.get(f"{PATH}/refund_time/history")).json()["revisions"]
    assert [
        (r["revision"], "entry" in r, r["by"]) if "by" in r else (r["revision"], "entry" in r, "")
        for r in history
    ] == [
        (2, False, "Supervisor"),
        (1, True, "Supervisor"),
        (0, True, ""),
    ]
    undone = await supervisor.api.post(f"{PATH}/refund_time/undo", json={"to": 0, "revision": 2})
    assert undone.json() == {"revision": 3}
    now = (await supervisor.api.get(f"{PATH}/refund_time")).json()["entry"]
    assert now["wordings"]["en"]["answer"] == shipped


async def test_what_would_make_the_bot_say_nonsense_is_refused(helpful: Town) -> None:
    supervisor = await helpful.colleague()
    wording = NEW["wordings"]["en"]
    wrong: dict[str, dict[str, Any]] = {
        "faq_group": {"group": "nonsense"},
        "faq_action": {"actions": ["refund_everything"]},
        "faq_related": {"related": ["no_such_entry"]},
        "faq_placeholder": {"wordings": {"en": {**wording, "answer": "In {whenever}."}}},
        "faq_empty": {"wordings": {"en": {**wording, "answer": "   "}}},
        "faq_entry": {"wordings": {}},
    }
    for reason, change in wrong.items():
        refused = await put(supervisor, {**NEW, **change})
        assert (refused.status_code, refused.json()["reason"]) == (422, reason)
        assert refused.json()["detail"] != refused.json()["title"], reason
    advice = (await put(supervisor, NEW)).json()["mistakes"]
    assert any("phrasings" in said for said in advice), "few phrasings are advice, no refusal"


async def test_a_question_can_be_tried_and_says_why(helpful: Town) -> None:
    supervisor = await helpful.colleague()

    tried = (
        await supervisor.api.post("/console/faq/try", json={"question": "how long do refnuds take"})
    ).json()

    assert (tried["outcome"], tried["entry"]) == ("answer", "refund_time")
    assert tried["ranking"][0]["name"] == "refund_time"
    assert tried["probability"] >= tried["answers_from"]
    assert tried["reasons"] and tried["matched"]
    assert "refunds" in tried["repaired"].values() or "refund" in str(tried["repaired"])


async def test_what_could_not_be_answered_is_grouped_and_becomes_an_entry(helpful: Town) -> None:
    supervisor = await helpful.colleague()
    asked = [
        "is there somewhere to park a caravan nearby",
        "where may I park my caravan",
        "caravan parking near you?",
        "zxcv qwerty asdf",
    ]
    for question in asked:
        await ask(await helpful.visitor(), question)

    clusters = (await supervisor.api.get("/console/faq/unanswered")).json()["clusters"]

    first = clusters[0]
    assert first["count"] == 3
    assert set(first["examples"]) == set(asked[:3])
    assert len(clusters) == 2
    entry = {
        **NEW,
        "id": "parking",
        "wordings": {
            "en": {
                "question": "Where can I park?",
                "answer": "Nowhere: we are a web site.",
                "phrasings": first["examples"],
            }
        },
    }
    assert (await put(supervisor, entry, settles=first["turns"])).status_code == 200
    told = await ask(await helpful.visitor(), "may I park a caravan at yours")
    assert told["card"]["entry"] == "parking"
    dismissed = await supervisor.api.post(
        "/console/faq/dismissals", json={"turns": clusters[1]["turns"]}
    )
    assert dismissed.status_code == 204
    assert (await supervisor.api.get("/console/faq/unanswered")).json()["clusters"] == []


async def test_an_answer_that_did_not_help_is_among_the_unanswered(helpful: Town) -> None:
    supervisor, visitor = await helpful.colleague(), await helpful.visitor()
    said = await ask(visitor, "how long do refunds take")
    thread = await visitor.ask_support()
    path = f"/threads/{thread}/messages/{said['seq']}/feedback"
    await visitor.api.put(path, json={"helpful": False})

    clusters = (await supervisor.api.get("/console/faq/unanswered")).json()["clusters"]

    assert [(c["count"], c["unhelpful"], c["nearest"]) for c in clusters] == [(1, 1, "refund_time")]


async def test_the_faq_goes_out_as_a_file_and_comes_back(helpful: Town) -> None:
    supervisor = await helpful.colleague()
    exported = await supervisor.api.get("/console/faq/export")
    toml = await supervisor.api.get(
        "/console/faq/export", params={"format": "toml", "entry": "refund_time"}
    )

    async def bring(text: str, form: str = "csv") -> Any:
        return await supervisor.api.post(
            "/console/faq/import", params={"format": form}, content=text.encode()
        )

    assert exported.headers["content-type"].startswith("text/csv")
    assert (await bring(exported.text)).json() == {"changed": []}
    changed = await bring(toml.text.replace('question = "', 'question = "Tell me: ', 1), "toml")
    assert changed.json() == {"changed": ["refund_time"]}
    for text, form in (("a,b\n1,2\n", "csv"), ("id = ", "toml"), ("\udcff", "csv")):
        refused = await bring(text.encode("utf-8", "surrogatepass").decode("latin-1"), form)
        assert (refused.status_code, refused.json()["reason"]) == (422, "faq_file")


async def test_a_spreadsheet_is_given_no_formula(helpful: Town) -> None:
    supervisor = await helpful.colleague()
    wording = {**NEW["wordings"]["en"], "question": '=HYPERLINK("https://evil.example")'}
    await put(supervisor, {**NEW, "wordings": {"en": wording}})

    exported = (await supervisor.api.get("/console/faq/export")).text

    assert "\"'=HYPERLINK(" in exported


async def test_figures_count_what_was_said(helpful: Town) -> None:
    supervisor, visitor = await helpful.colleague(), await helpful.visitor()
    for question in ("how long do refunds take", "hello", "zxcv qwerty"):
        await ask(visitor, question)
    guesses = await ask(
        visitor, "на каком этапе сейчас моя заявка, оплатил в пятницу, хочу понять отгрузили ли"
    )
    choice = guesses["card"]["choices"][1]
    await ask(visitor, choice["label"], pick=choice["pick"])
    await ask(visitor, "operator!")
    helpful.parley.clock.advance(SECOND)

    figures = (await supervisor.api.get("/console/faq/figures", params={"days": 7})).json()

    assert len(figures["days"]) == 7
    today = figures["days"][-1]
    assert (today["answers"], today["options"], today["misses"]) == (2, 1, 1)
    assert (today["smalltalk"], today["handoffs"]) == (1, 1)
    assert {row["entry"]: row["answers"] for row in figures["entries"]} == {
        "refund_time": 1,
        choice["pick"].removeprefix("entry:"): 1,
    }
    assert {row["language"]: row["answered"] for row in figures["languages"]}["ru"] == 1
    assert (figures["talks"], figures["handed_off"], figures["taken"]) == (1, 1, 1)
