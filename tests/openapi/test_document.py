"""Whatever schemathesis thinks of, every kind of caller is answered as the OpenAPI document says.

A real server on a real SQLite file; the seed is fixed, so that a finding can be found again.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import (
    not_a_server_error,
)
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from chat_server.web.operations import PREFIX
from chat_server.web.routes import OPERATIONS
from tests.e2e.market import Market, build_market
from tests.e2e.node import API_KEY, ServerNode

CHECKS: Final = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
EXAMPLES: Final = 12
"""Of each operation and kind of caller."""

CALLERS: Final = ("nobody", "buyer", "seller", "backend")


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServerNode, Market]]:
    """One server for all operations."""
    folder: Path = tmp_path_factory.mktemp("openapi")
    node = ServerNode(folder / "node", f"sqlite:///{folder / 'parley.sqlite3'}")

    async def start() -> Market:
        await node.start()
        return await build_market(node.url)

    market = asyncio.run(start())
    yield node, market
    asyncio.run(node.stop())


@pytest.fixture(scope="module")
def document(stand: tuple[ServerNode, Market]) -> Any:
    """The document as the server gives it."""
    return schemathesis.openapi.from_url(f"{stand[0].url}/openapi.json")


def headers_of(caller: str, market: Market) -> dict[str, str]:
    """How this kind of caller proves who he is."""
    if caller == "nobody":
        return {}
    if caller == "backend":
        return {"authorization": f"Bearer {API_KEY}"}
    person = next(p for p in market.people.values() if p.role == caller)
    return {"authorization": f"Bearer {person.token()}"}


@pytest.mark.slow
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: f"{op.method}-{op.path}")
def test_every_caller_is_answered_as_the_document_says(
    stand: tuple[ServerNode, Market], document: Any, operation: Any, caller: str
) -> None:
    headers = headers_of(caller, stand[1])
    described = document[PREFIX + operation.path][operation.method]

    @hypothesis.seed(20261122)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=described.as_strategy())
    def answered(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    answered()
