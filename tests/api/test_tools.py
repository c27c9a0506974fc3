"""What agents say, do and mark often, and the marketplace's look: made by supervisors, checked before it is kept."""

from pathlib import Path
from typing import Any

import pytest

from chat_server.domain.ids import show
from tests.api.harness import SECOND, running
from tests.factories import Colleague, Town

CANNED, MACROS, LABELS = "/console/canned", "/console/macros", "/console/labels"
BRAND = "/console/brand"
HELLO: dict[str, Any] = {
    "shortcut": "hello",
    "title": "Greeting",
    "texts": {"en": "Hello {customer}, {agent} here.", "ru": "Здравствуйте, {customer}."},
}
VIP: dict[str, Any] = {"slug": "vip", "name": "VIP", "color": "#b4482a"}


async def listed(who: Colleague, path: str) -> list[dict[str, Any]]:
    """What is at this place."""
    answer = await who.api.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()[path.rpartition("/")[2]]
    return found


async def test_a_canned_reply_is_made_changed_and_removed(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague("agent")

    made = (await supervisor.api.post(CANNED, json=HELLO)).json()
    path = f"{CANNED}/{made['id']}"
    changed = await supervisor.api.put(path, json={**HELLO, "title": "Hi", "revision": 1})
    seen = await listed(agent, CANNED)
    gone = await supervisor.api.delete(path, params={"revision": 2})

    assert {key: made[key] for key in HELLO} == HELLO
    assert (changed.status_code, changed.json()["revision"]) == (200, 2)
    assert seen == [changed.json()]
    assert gone.status_code == 204
    assert await listed(agent, CANNED) == []


async def test_a_shortcut_means_one_reply(town: Town) -> None:
    supervisor = await town.colleague()
    await supervisor.api.post(CANNED, json=HELLO)
    other = (await supervisor.api.post(CANNED, json={**HELLO, "shortcut": "bye"})).json()

    again = await supervisor.api.post(CANNED, json=HELLO)
    renamed = await supervisor.api.put(f"{CANNED}/{other['id']}", json={**HELLO, "revision": 1})

    for refused in (again, renamed):
        assert (refused.status_code, refused.json()["reason"]) == (409, "shortcut_taken")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"texts": {"en": "Dear {name}, hello."}}, "variable"),
        ({"texts": {"en": "Dear { customer }"}}, "variable"),
        ({"texts": {"en": "Fine.", "ru": "{заказ}"}}, "variable"),
        ({"texts": {}}, "canned_empty"),
        ({"texts": {"en": "  "}}, "canned_empty"),
        ({"title": "\u202e"}, "title"),
        ({"team_id": show(77)}, "team_unknown"),
        ({"shortcut": "Two words"}, "body"),
    ],
)
async def test_a_reply_that_would_be_sent_wrongly_is_refused(
    town: Town, change: dict[str, Any], reason: str
) -> None:
    supervisor = await town.colleague()

    refused = await supervisor.api.post(CANNED, json={**HELLO, **change})

    assert (refused.status_code, refused.json()["reason"]) == (422, reason)


async def test_braces_without_a_word_are_text(town: Town) -> None:
    supervisor = await town.colleague()

    kept = await supervisor.api.post(CANNED, json={**HELLO, "texts": {"en": "{} { :-} {customer}"}})

    assert kept.status_code == 201, kept.text


async def test_of_two_who_change_a_reply_the_slower_one_looks_again(town: Town) -> None:
    supervisor = await town.colleague()
    made = (await supervisor.api.post(CANNED, json=HELLO)).json()
    path = f"{CANNED}/{made['id']}"
    await supervisor.api.put(path, json={**HELLO, "revision": 1})

    late = await supervisor.api.put(path, json={**HELLO, "revision": 1})
    unseen = await supervisor.api.put(path, json=HELLO)
    removal = await supervisor.api.delete(path, params={"revision": 1})

    for refused in (late, unseen, removal):
        assert (refused.status_code, refused.json()["code"]) == (409, "stale")
    assert [reply["revision"] for reply in await listed(supervisor, CANNED)] == [2]


async def test_a_macro_keeps_its_steps_in_order(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague("agent")
    me = (await agent.api.get("/console/me")).json()["id"]
    await supervisor.api.put(LABELS, json={"labels": [VIP]})
    steps = [
        {"kind": "reply", "value": "Thank you, {customer}."},
        {"kind": "label", "value": "vip"},
        {"kind": "priority", "value": "2"},
        {"kind": "assign", "value": me},
        {"kind": "transfer", "value": show(1)},
        {"kind": "snooze", "value": "90"},
        {"kind": "resolve"},
    ]

    made = await supervisor.api.post(MACROS, json={"name": "Everything", "steps": steps})

    assert made.status_code == 201, made.text
    assert (await listed(agent, MACROS))[0] == made.json()
    kept = [(step["kind"], step.get("value", "")) for step in made.json()["steps"]]
    assert kept == [(step["kind"], step.get("value", "")) for step in steps]
    path = f"{MACROS}/{made.json()['id']}"
    shorter = {"name": "Less", "steps": steps[:1], "revision": 1}
    assert (await supervisor.api.put(path, json=shorter)).json()["revision"] == 2
    assert (await supervisor.api.delete(path, params={"revision": 2})).status_code == 204


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("reply", " ", "macro_text"),
        ("note", "{who}", "variable"),
        ("label", "unheard-of", "label_unknown"),
        ("priority", "3", "macro_step"),
        ("assign", show(5), "agent_unknown"),
        ("transfer", show(5), "team_unknown"),
        ("snooze", "0", "macro_snooze"),
        ("snooze", "\u0661", "macro_snooze"),
        ("resolve", "now", "macro_step"),
    ],
)
async def test_a_step_that_could_not_be_done_is_refused(
    town: Town, kind: str, value: str, reason: str
) -> None:
    supervisor = await town.colleague()
    body = {"name": "Wrong", "steps": [{"kind": kind, "value": value}]}

    refused = await supervisor.api.post(MACROS, json=body)

    assert (refused.status_code, refused.json()["reason"]) == (422, reason)


async def test_a_name_means_one_macro(town: Town) -> None:
    supervisor = await town.colleague()
    body = {"name": "Close", "steps": [{"kind": "resolve"}]}
    await supervisor.api.post(MACROS, json=body)

    again = await supervisor.api.post(MACROS, json=body)

    assert (again.status_code, again.json()["reason"]) == (409, "macro_taken")


async def test_labels_are_put_as_a_whole_by_who_has_seen_them(town: Town) -> None:
    supervisor, agent = await town.colleague(), await town.colleague("agent")
    refund = {"slug": "refund", "name": "Refund", "color": "#2f6fd0"}

    first = await supervisor.api.put(LABELS, json={"labels": [VIP, refund]})
    late = await supervisor.api.put(LABELS, json={"labels": []})
    second = await supervisor.api.put(LABELS, json={"labels": [VIP], "revision": 1})

    assert (first.status_code, first.json()["revision"]) == (200, 1)
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert second.json() == {"labels": [VIP], "revision": 2}
    assert await listed(agent, LABELS) == [VIP]


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ([VIP, {**VIP, "name": "Other"}], "label_twice"),
        ([{**VIP, "color": "#fff2a8"}], "label_color"),
        ([{**VIP, "color": "#101214"}], "label_color"),
        ([{**VIP, "name": " "}], "title"),
    ],
)
async def test_labels_that_could_not_be_told_apart_or_seen_are_refused(
    town: Town, labels: list[dict[str, Any]], reason: str
) -> None:
    supervisor = await town.colleague()

    refused = await supervisor.api.put(LABELS, json={"labels": labels})

    assert (refused.status_code, refused.json()["reason"]) == (422, reason)


async def test_the_brand_is_as_the_settings_say_until_a_supervisor_says_otherwise(
    town: Town,
) -> None:
    supervisor = await town.colleague()
    settings = town.parley.settings
    before = (await supervisor.api.get(BRAND)).json()
    wished = {"name": "Karavela & Co", "color": "#2f6fd0", "revision": 0}

    after = await supervisor.api.put(BRAND, json=wished)
    late = await supervisor.api.put(BRAND, json=wished)

    assert (before["name"], before["color"]) == (settings.brand_name, settings.brand_color)
    assert after.json() == {**wished, "revision": 1}
    assert (await supervisor.api.get(BRAND)).json() == after.json()
    assert (late.status_code, late.json()["code"]) == (409, "stale")


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"color": "#fffff0"}, "brand_faint"), ({"name": "\u200b"}, "brand_name")],
)
async def test_a_brand_that_nobody_could_see_is_refused(
    town: Town, change: dict[str, Any], reason: str
) -> None:
    supervisor = await town.colleague()

    refused = await supervisor.api.put(BRAND, json={"name": "Market", "color": "#2f6fd0", **change})

    assert (refused.status_code, refused.json()["reason"]) == (422, reason)


async def test_pages_show_a_new_brand_within_seconds_and_nothing_of_it_is_markup(
    tmp_path: Path, store_template: Path
) -> None:
    root = tmp_path / "web"
    root.mkdir()
    (root / "console.html").write_text('<!doctype html><html lang="en"><body></body></html>')
    async with running(tmp_path, store_template, web_root=str(root)) as parley:
        supervisor = await Town(parley).colleague()
        door = parley.client(base_url="https://chat.example")
        before = (await door.get("/console")).text
        wished = {"name": 'A"><script>', "color": "#2f6fd0"}

        await supervisor.api.put(BRAND, json=wished)
        parley.clock.advance(SECOND)

        after = (await door.get("/console")).text
        assert f'data-brand-name="{parley.settings.brand_name}"' in before
        assert 'data-brand="#2f6fd0"' in after
        assert 'data-brand-name="A&quot;&gt;&lt;script&gt;"' in after


async def test_each_change_of_a_tool_is_kept_for_good(town: Town) -> None:
    supervisor = await town.colleague()
    await supervisor.api.post(CANNED, json=HELLO)
    await supervisor.api.post(MACROS, json={"name": "Close", "steps": [{"kind": "resolve"}]})
    await supervisor.api.put(LABELS, json={"labels": [VIP]})
    await supervisor.api.put(BRAND, json={"name": "Market", "color": "#2f6fd0"})

    kept = town.parley.rows("SELECT action, details FROM audit ORDER BY at, id")

    done = [action for action, _ in kept if action != "signed_in"]
    assert done == ["canned_changed", "macro_changed", "labels_changed", "brand_changed"]
    assert "customer" not in str(kept), "texts are not kept a second time"
