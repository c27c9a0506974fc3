"""Who may do what: every operation and every command, asked by every kind of caller (items 15, 16, 27)."""

import typing

import pytest

from chat_server.web.routes import OPERATIONS
from chat_server.wire.frames import Command
from tests.api.line import closing
from tests.factories import OnLine, Town
from tests.security.roles import Scene, fingerprint, read_matrix

MATRIX = read_matrix()
PARTIES = ("buyer", "seller", "agent", "supervisor")
"""Whose marks move."""

TAGS = [str(kind.__struct_config__.tag) for kind in typing.get_args(Command)]


def test_item_15_every_operation_has_a_row() -> None:
    assert sorted(MATRIX["operations"]) == sorted(f"{op.method} {op.path}" for op in OPERATIONS)


def test_item_15_every_command_has_a_row() -> None:
    assert sorted(MATRIX["commands"]) == sorted(TAGS)


@pytest.mark.parametrize("operation", MATRIX["operations"])
async def test_item_15_operations_answer_as_the_matrix_says(operation: str, town: Town) -> None:
    scene = await Scene.set_up(
        town,
        photo="/photos/" in operation,
        review="{review}" in operation,
        dispute="{dispute}" in operation,
        complaint="{complaint}" in operation,
    )

    for caller, expected in MATRIX["operations"][operation].items():
        before = fingerprint(town.parley)
        response = await scene.client(caller).request(**scene.request(operation))
        assert str(response.status_code) == expected, f"{caller}: {response.text}"
        if not response.is_success:
            assert fingerprint(town.parley) == before, f"{caller} was refused and changed something"


@pytest.mark.parametrize("tag", MATRIX["commands"])
async def test_item_15_commands_are_answered_as_the_matrix_says(tag: str, town: Town) -> None:
    scene = await Scene.set_up(town, photo=False)

    for caller, expected in MATRIX["commands"][tag].items():
        before = fingerprint(town.parley)
        assert await said_to(scene, caller, tag) == expected, caller
        if expected in ("not_found", "not_allowed") or (
            expected == "silence" and caller.startswith("other_")
        ):
            assert fingerprint(town.parley) == before, f"{caller} changed something"


async def said_to(scene: Scene, caller: str, tag: str) -> str:
    """What a caller is told about one command: a frame's tag, an error's code, a close code, or nothing."""
    parley = scene.pair.parley
    if caller == "nobody":
        async with closing(await parley.line()) as line:
            await line.send(tag, **scene.command(tag, "x" * 32))
            return await line.word()
    person: OnLine
    if caller in scene.staff:
        person = scene.staff[caller]
    else:
        person = scene.customer("buyer" if caller == "signed_out" else caller)
    ticket = await person.ticket()
    async with closing(await (parley.line() if tag == "hello" else person.on_line())) as line:
        if caller == "signed_out":
            await scene.sign_out(scene.pair.buyer)
        command = scene.command(tag, ticket, desk=caller in scene.staff)
        number = await line.send(tag, **command)
        if MATRIX["commands"][tag][caller] == "silence":
            await line.ask("threads")
            if tag == "mark" and caller in PARTIES:
                await line.push("marks")  # So that it is not taken for what the next one did.
            return "noise" if line.told(number) else "silence"
        return await line.word()
