"""Each step of a dispute carries what its sentence in the conversation speaks of."""

import re
from typing import Any

from chat_server.i18n import FALLBACK, shipped
from tests.api.disputants import PAID, Dispute, euros, in_mediation, opened
from tests.api.harness import DAY
from tests.factories import Town

PART = {"kind": "partial", "amount": euros("5.00")}
LESS = {"kind": "partial", "amount": euros("4.00")}


async def told(one: Dispute) -> dict[str, dict[str, str]]:
    """The parameters of the last step of each kind, as the buyer's screen gets them; none lacks what is spoken of."""
    one.deal.buyer.renew()
    steps = [e for e in await one.deal.buyer.events(one.thread) if e["kind"] == "state"]
    for step in steps:
        lacking = spoken_of(step) - given(step["params"])
        assert not lacking, (step["code"], lacking)
    return {step["code"].removeprefix("dispute."): step["params"] for step in steps}


def spoken_of(step: dict[str, Any]) -> set[str]:
    """What the sentence of a step has places for."""
    keys = [f"event.{step['code']}.{kind}" for kind in ("because", step["params"]["by"])]
    known = [key for key in (*keys, f"event.{step['code']}") if shipped().has(key)]
    return set(re.findall(r"\{(\w+)\}", shipped().sentence(known[0], FALLBACK)))


def given(params: dict[str, str]) -> set[str]:
    """What a client has words for: with its kind and, where anything is paid, its amount also for a remedy."""
    words = set(params)
    if params.get("kind") == "none" or {"kind", "amount", "currency"} <= words:
        words.add("remedy")
    return words


def said(params: dict[str, str]) -> tuple[str, str]:
    """What kind of remedy, and how much."""
    return params["kind"], params["amount"]


async def test_what_is_asked_offered_and_accepted(town: Town) -> None:
    one = await opened(town)
    await one.does(one.deal.seller, "counter", wish=PART, text="It still works.")
    offer = (await told(one))["counter"]
    await one.does(one.deal.buyer, "counter", wish={"kind": "full"}, text="It does not.")
    asked = (await told(one))["counter"]
    await one.does(one.deal.seller, "accept")
    await one.refund()

    steps = await told(one)

    assert (said(steps["opened"]), steps["opened"]["reason"]) == (("full", PAID), "damaged")
    assert (offer["by"], said(offer)) == ("seller", ("partial", "5.00"))
    assert (asked["by"], said(asked)) == ("buyer", ("full", PAID))
    assert said(steps["accept"]) == said(steps["pay"]) == ("full", PAID)


async def test_what_is_proposed_and_agreed_on(town: Town) -> None:
    mediator = await town.colleague()
    one = await in_mediation(town, mediator)
    await one.does(mediator, "propose", wish=PART, text="Would this do?")
    await one.does(one.deal.seller, "agree", wish=PART)
    await one.does(one.deal.buyer, "agree", wish=PART)

    steps = await told(one)

    assert {said(steps[step]) for step in ("propose", "agree", "settled")} == {("partial", "5.00")}


async def test_that_nothing_is_paid_back(town: Town) -> None:
    mediator = await town.colleague()
    one = await in_mediation(town, mediator)
    await one.does(mediator, "decide", wish={"kind": "none"}, text="It is whole.")

    assert (await told(one))["decide"]["kind"] == "none"


async def test_what_is_asked_for_when_it_is_opened_again(town: Town) -> None:
    one = await opened(town)
    await one.does(one.deal.buyer, "withdraw")
    await one.does(one.deal.buyer, "reopen", wish=LESS, text="Still broken.")

    assert said((await told(one))["reopened"]) == ("partial", "4.00")


async def test_what_silence_has_brought(town: Town) -> None:
    one, other = await opened(town), await opened(town, kind="return")
    await one.later(6 * DAY)

    steps, others = await told(one), await told(other)

    assert said(steps["expired.refund_pending"]) == ("full", PAID)
    assert said(others["expired.awaiting_return"]) == ("return", PAID)
