"""Webhooks: what leaves, under which signature, how often it is tried, and what supervisors see and do."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from standardwebhooks import WebhookVerificationError

from chat_server.actions import webhook_sending
from chat_server.actions.webhook_sending import LEASE_MS, LOST_MS, SENT_MS
from chat_server.actions.webhooks import OLD_SECRET_MS
from chat_server.domain.ids import read
from chat_server.domain.webhooks import BACK_OFF_MS, JITTER, TYPES, secret_of
from tests.api.disputants import euros, opened
from tests.api.harness import DAY, SECOND, until
from tests.api.hooks import SECRET, Hooked, checked, hooked
from tests.factories import Colleague
from tests.services.receivers import Came, Receiver, webhook_receiver

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The marketplace's backend."""
    with webhook_receiver() as found:
        yield found


@pytest.fixture
async def shop(tmp_path: Path, store_template: Path, receiver: Receiver) -> AsyncIterator[Hooked]:
    """A town whose operator has written one endpoint into the settings."""
    urls, secrets = {"backend": f"{receiver.url}?key=hidden"}, {"backend": SECRET}
    async with hooked(
        tmp_path, store_template, receiver, webhook_urls=urls, webhook_secrets=secrets
    ) as found:
        yield found


@pytest.fixture
async def typed(tmp_path: Path, store_template: Path, receiver: Receiver) -> AsyncIterator[Hooked]:
    """A town whose endpoints are typed in the console."""
    async with hooked(tmp_path, store_template, receiver) as found:
        yield found


@pytest.fixture
async def boss(typed: Hooked) -> Colleague:
    """Its supervisor."""
    return await typed.colleague()


class TestTelling:
    """What the backend is told."""

    async def test_a_dispute_is_told_step_by_step(self, shop: Hooked) -> None:
        one = await opened(shop)
        told = checked(await shop.came(1), SECRET)

        assert told["type"] == "dispute.opened"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told["timestamp"])
        assert told["data"]["dispute"] == one.id
        assert told["data"]["order"] == one.deal.order.key

        await one.does(one.deal.seller, "accept")
        await shop.came(3)
        later = [checked(came, SECRET) for came in shop.receiver.came[1:]]
        assert sorted(told["type"] for told in later) == ["dispute.updated", "refund.requested"]
        asked = next(told["data"] for told in later if told["type"] == "refund.requested")
        assert asked["amount"] == euros("12.50")
        assert asked["refund_key"] == f"dispute-{one.id}-1"

    async def test_it_says_nothing_of_people(self, shop: Hooked) -> None:
        one = await opened(shop)
        came = await shop.came(1)

        for secret in (one.deal.buyer.name, "It came broken.", one.deal.buyer.id):
            assert secret.encode() not in came.body

    async def test_what_was_refused_is_not_told(self, shop: Hooked) -> None:
        one = await opened(shop)
        await shop.came(1)

        refused = await one.tries(one.deal.buyer, "accept")

        assert refused.status_code >= 400
        await shop.came(1)

    async def test_a_signature_is_of_one_secret_one_payload_and_one_time(
        self, shop: Hooked
    ) -> None:
        await opened(shop)
        came = await shop.came(1)

        with pytest.raises(WebhookVerificationError):
            checked(came, secret_of(b"somebody else's, and 32 bytes too"))
        earlier = str(int(came.headers["webhook-timestamp"]) - 1)
        for forged in ({"webhook-id": "0" * 16}, {"webhook-timestamp": earlier}):
            with pytest.raises(WebhookVerificationError):
                checked(Came(came.path, {**came.headers, **forged}, came.body), SECRET)

    def test_every_type_is_documented(self) -> None:
        page = PAGE.read_text("utf-8")

        assert [kind for kind in TYPES if f"### `{kind}`" not in page] == []


class TestTries:
    """How often it is tried, and what is left of it."""

    async def test_it_is_tried_later_and_later_and_then_no_more(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        typed.receiver.status = 500
        endpoint, _ = await typed.adds(boss)
        await typed.tests(boss, endpoint)
        first = await typed.came(1)

        for number, planned in enumerate(BACK_OFF_MS, 2):
            await typed.wait(planned - 1)
            await typed.came(number - 1)
            await typed.wait(round(planned * JITTER) + 2)
            await typed.came(number)
        await typed.wait(30 * DAY)
        last = await typed.came(1 + len(BACK_OFF_MS))

        assert {came.headers["webhook-id"] for came in typed.receiver.came} == {
            first.headers["webhook-id"]
        }
        assert first.body == last.body
        assert first.headers["webhook-signature"] != last.headers["webhook-signature"]
        boss = await typed.colleague()
        [letter] = await typed.deliveries(boss, endpoint, dead="true")
        assert (letter["state"], letter["said"], letter["attempts"]) == ("dead", "500", 10)
        assert (await typed.endpoint(boss, endpoint))["dead"] == 1

    async def test_an_endpoint_that_asks_for_time_gets_it(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        typed.receiver.status, typed.receiver.headers["retry-after"] = 503, "600"
        endpoint, _ = await typed.adds(boss)
        await typed.tests(boss, endpoint)
        await typed.came(1)

        await typed.wait(599_000)
        await typed.came(1)
        await typed.wait(2000)
        await typed.came(2)

    async def test_a_dead_letter_is_sent_again_under_the_same_id(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, secret = await typed.adds(boss)
        letters = await self._dead(typed, boss, endpoint, 3)

        one = await boss.api.post(
            f"/console/webhooks/{endpoint}/replays", json={"message_id": letters[0]}
        )
        await until(lambda: len(typed.receiver.came) == 1)
        again = await boss.api.post(
            f"/console/webhooks/{endpoint}/replays", json={"message_id": letters[0]}
        )
        rest = await boss.api.post(f"/console/webhooks/{endpoint}/replays", json={})
        await typed.came(3)

        assert (one.status_code, rest.status_code) == (204, 204)
        assert (again.status_code, again.json()["reason"]) == (409, "webhook_not_dead")
        ids = [came.headers["webhook-id"] for came in typed.receiver.came]
        assert ids[0] == letters[0]
        assert sorted(ids) == sorted(letters)
        assert checked(typed.receiver.came[0], secret)["type"] == "webhook.test"
        assert await typed.deliveries(boss, endpoint, dead="true") == []

    async def _dead(self, typed: Hooked, boss: Colleague, endpoint: str, number: int) -> list[str]:
        """So many dead letters, without the days that they take to die: signatures are checked by today's clock."""
        typed.receiver.status = 503
        for _ in range(number):
            await typed.tests(boss, endpoint)
        await typed.rest()
        typed.change("UPDATE webhook_deliveries SET state = 'dead'")
        typed.receiver.status = 200
        typed.receiver.came.clear()
        return [one["message_id"] for one in await typed.deliveries(boss, endpoint)]

    async def test_whoever_is_not_there_is_tried_again(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        with socket.socket() as shut:
            # As long as it is held and nobody listens, nobody answers there.
            shut.bind(("127.0.0.1", 0))
            elsewhere = f"http://127.0.0.1:{shut.getsockname()[1]}/hooks"
            assert (await typed.puts(boss, endpoint, url=elsewhere)).status_code == 200
            await typed.tests(boss, endpoint)
            await typed.rest()
        [waiting] = await typed.deliveries(boss, endpoint)
        assert (waiting["state"], waiting["said"]) == ("waiting", "unreachable")

        await typed.puts(boss, endpoint, url=typed.receiver.url)
        await typed.wait(round(BACK_OFF_MS[0] * (1 + JITTER)) + 1)
        await typed.came(1)

    async def test_of_several_nodes_that_want_the_same_one_sends(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        typed.receiver.open.clear()
        await typed.tests(boss, endpoint)
        await until(lambda: len(typed.receiver.came) == 1)
        await typed.tests(boss, endpoint)

        ctx, number = typed.parley.ctx, read(endpoint)
        others = asyncio.gather(*[webhook_sending.send_due(ctx, number) for _ in range(4)])
        await until(lambda: len(typed.receiver.came) == 2)
        typed.receiver.open.set()
        await others

        await typed.came(2)
        assert len({came.headers["webhook-id"] for came in typed.receiver.came}) == 2

    async def test_what_a_node_took_and_did_not_send_another_sends_after_its_lease(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        typed.receiver.open.clear()
        await typed.tests(boss, endpoint)
        await until(lambda: len(typed.receiver.came) == 1)

        typed.parley.clock.advance(LEASE_MS + 1)
        other = asyncio.gather(webhook_sending.send_due(typed.parley.ctx, read(endpoint)))
        await until(lambda: len(typed.receiver.came) == 2)
        typed.receiver.open.set()
        await other

        one, two = typed.receiver.came
        assert one.headers["webhook-id"] == two.headers["webhook-id"]
        await typed.rest()
        assert [d["state"] for d in await typed.deliveries(boss, endpoint)] == ["sent"]

    async def test_one_that_is_slow_keeps_no_other_waiting(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        with webhook_receiver() as slow:
            slow.open.clear()
            dull, _ = await typed.adds(boss, "Slow", url=slow.url)
            quick, _ = await typed.adds(boss, "Quick")
            for _ in range(3):
                await typed.tests(boss, dull)
            await until(lambda: len(slow.came) == 1)

            for _ in range(3):
                await typed.tests(boss, quick)
            await until(lambda: len(typed.receiver.came) == 3)
            assert len(slow.came) == 1

    async def test_what_has_arrived_is_forgotten_after_a_month_and_what_has_not_is_kept(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        await typed.tests(boss, endpoint)
        await typed.came(1)
        await typed.tests(boss, endpoint)
        await typed.came(2)
        typed.change(
            "UPDATE webhook_deliveries SET state = 'dead' WHERE message_id = "
            "(SELECT MAX(message_id) FROM webhook_deliveries)"
        )

        typed.parley.clock.advance(SENT_MS + SECOND)
        await webhook_sending.clean(typed.parley.ctx)
        left = typed.parley.rows("SELECT state FROM webhook_deliveries")
        typed.parley.clock.advance(LOST_MS)
        await webhook_sending.clean(typed.parley.ctx)

        assert left == [("dead",)]
        assert typed.parley.rows("SELECT state FROM webhook_deliveries") == []


class TestEndpoints:
    """What supervisors do."""

    async def test_a_secret_is_shown_once(self, typed: Hooked, boss: Colleague) -> None:
        endpoint, secret = await typed.adds(boss)
        await typed.tests(boss, endpoint)
        checked(await typed.came(1), secret)

        shown = [
            await boss.api.get("/console/webhooks"),
            await boss.api.get(f"/console/webhooks/{endpoint}/deliveries"),
            await boss.api.get("/console/audit"),
        ]

        assert not any(secret.removeprefix("whsec_") in answer.text for answer in shown)

    async def test_for_a_day_the_old_secret_signs_as_well(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, old = await typed.adds(boss)
        rotated = await boss.api.post(f"/console/webhooks/{endpoint}/secret", json={"revision": 1})
        new = rotated.json()["secret"]
        await typed.tests(boss, endpoint)
        both = await typed.came(1)
        assert checked(both, old) == checked(both, new)

        typed.change("UPDATE webhook_endpoints SET old_until = old_until - ?", OLD_SECRET_MS)
        await typed.tests(boss, endpoint)
        alone = await typed.came(2)

        checked(alone, new)
        with pytest.raises(WebhookVerificationError):
            checked(alone, old)

    async def test_while_it_pauses_what_is_told_waits(self, typed: Hooked, boss: Colleague) -> None:
        endpoint, _ = await typed.adds(boss)
        await typed.puts(boss, endpoint, active=False)
        await opened(typed)
        await typed.rest()
        refused = await boss.api.post(f"/console/webhooks/{endpoint}/tests")
        [held] = await typed.deliveries(boss, endpoint)

        assert (held["state"], typed.receiver.came) == ("held", [])
        assert refused.json()["reason"] == "webhook_paused"

        await typed.puts(boss, endpoint, active=True)
        came = await typed.came(1)
        assert came.headers["webhook-id"] == held["message_id"]

    async def test_what_was_told_in_the_moment_of_a_pause_waits_as_well(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        await typed.tests(boss, endpoint)
        await typed.came(1)
        await typed.puts(boss, endpoint, active=False)

        # Written by a node that did not see the pause yet.
        typed.change("UPDATE webhook_deliveries SET state = 'waiting', next_at = 0")

        assert await webhook_sending.send_due(typed.parley.ctx, read(endpoint)) == 0

    async def test_who_says_that_he_is_gone_is_left_alone(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        typed.receiver.status = 410
        await typed.tests(boss, endpoint)
        await typed.came(1)
        await until(lambda: typed.parley.rows("SELECT active FROM webhook_endpoints") == [(0,)])

        assert [d["state"] for d in await typed.deliveries(boss, endpoint)] == ["held"]

        typed.receiver.status = 200
        typed.parley.clock.advance(10 * SECOND)
        await typed.puts(boss, endpoint, active=True)
        await typed.came(2)

    async def test_two_have_not_the_same_name_and_nobody_writes_over_another(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        body = {"name": "Shop", "url": typed.receiver.url}
        twice = await boss.api.post("/console/webhooks", json=body)
        await typed.puts(boss, endpoint, name="Store")
        stale = await typed.puts(boss, endpoint, revision=1)
        gone = await boss.api.delete(f"/console/webhooks/{endpoint}?revision=1")

        assert (twice.status_code, twice.json()["reason"]) == (409, "webhook_taken")
        assert (stale.json()["code"], gone.json()["code"]) == ("stale", "stale")

    async def test_what_is_removed_is_told_nothing_more(
        self, typed: Hooked, boss: Colleague
    ) -> None:
        endpoint, _ = await typed.adds(boss)
        await typed.puts(boss, endpoint, active=False)
        await opened(typed)

        gone = await boss.api.delete(f"/console/webhooks/{endpoint}?revision=2")

        assert gone.status_code == 204
        assert typed.parley.rows("SELECT * FROM webhook_deliveries") == []

    async def test_every_deed_is_in_the_audit(self, typed: Hooked, boss: Colleague) -> None:
        endpoint, _ = await typed.adds(boss)
        await typed.puts(boss, endpoint, active=False)

        deeds = (await boss.api.get("/console/audit?action=webhooks_changed")).json()["entries"]

        assert [deed["details"]["what"] for deed in deeds] == ["paused", "added"]


class TestSettings:
    """What the operator keeps."""

    async def test_a_supervisor_may_let_it_pause_and_do_nothing_else(self, shop: Hooked) -> None:
        boss = await shop.colleague()
        [one] = (await boss.api.get("/console/webhooks")).json()["endpoints"]
        path = f"/console/webhooks/{one['id']}"

        paused = (await shop.puts(boss, one["id"], url="https://1.1.1.1/", active=False)).json()
        removed = await boss.api.delete(f"{path}?revision={paused['revision']}")
        rotated = await boss.api.post(f"{path}/secret", json={"revision": paused["revision"]})

        assert one["url"] == f"http://127.0.0.1:{shop.receiver.port}"
        assert (one["in_settings"], paused["active"], paused["url"]) == (True, False, one["url"])
        assert removed.json()["reason"] == rotated.json()["reason"] == "webhook_in_settings"

    async def test_what_leaves_the_settings_is_told_nothing_more_until_it_comes_back(
        self, tmp_path: Path, store_template: Path, receiver: Receiver
    ) -> None:
        there = {"webhook_urls": {"backend": receiver.url}, "webhook_secrets": {"backend": SECRET}}
        async with hooked(tmp_path, store_template, receiver, **there) as first:
            await opened(first)
            await first.came(1)
        async with hooked(tmp_path, store_template, receiver) as second:
            boss = await second.colleague()
            [one] = (await boss.api.get("/console/webhooks")).json()["endpoints"]
            await opened(second)
            await second.came(1)
            resumed = await second.puts(boss, one["id"], active=True)
        async with hooked(tmp_path, store_template, receiver, **there) as third:
            await opened(third)
            checked(await third.came(2), SECRET)

        assert (one["url"], one["active"]) == ("", False)
        assert resumed.json()["reason"] == "webhook_in_settings"

    async def test_a_pause_outlives_a_restart(
        self, tmp_path: Path, store_template: Path, receiver: Receiver
    ) -> None:
        there = {"webhook_urls": {"backend": receiver.url}, "webhook_secrets": {"backend": SECRET}}
        async with hooked(tmp_path, store_template, receiver, **there) as first:
            boss = await first.colleague()
            [one] = (await boss.api.get("/console/webhooks")).json()["endpoints"]
            await first.puts(boss, one["id"], active=False)
        async with hooked(tmp_path, store_template, receiver, **there) as second:
            boss = await second.colleague()
            assert (await second.endpoint(boss, one["id"]))["active"] is False
