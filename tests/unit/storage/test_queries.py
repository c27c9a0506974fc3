"""Reading SQL files: names, parameters and what takes whose place."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server.storage.queries import ONLY_POSTGRES, load, rewrite

NAMES = st.text(string.ascii_lowercase + "_", min_size=1, max_size=6).filter(
    lambda name: not name.startswith("_")
)
INERT = st.sampled_from(
    ["SELECT", "a.b", "'it''s :not'", "x::text", "'a:b'", "1", "<=", "(", ")", "'--'", '"col"', ","]
)


def test_parameters_are_numbered_in_the_order_of_their_first_use() -> None:
    sqlite = rewrite("one", "SELECT :b, :a WHERE x = :b", "sqlite")
    postgres = rewrite("one", "SELECT :b, :a WHERE x = :b", "postgres")

    assert sqlite.sql == "SELECT ?1, ?2 WHERE x = ?1"
    assert postgres.sql == "SELECT $1, $2 WHERE x = $1"
    assert sqlite.params == postgres.params == ("b", "a")


@given(st.lists(st.one_of(INERT, NAMES.map(":{}".format)), min_size=1, max_size=20))
def test_only_parameters_are_rewritten(pieces: list[str]) -> None:
    prepared = rewrite("any", " ".join(pieces), "postgres")

    expected = [
        f"${prepared.params.index(piece[1:]) + 1}" if piece.startswith(":") else piece
        for piece in pieces
    ]
    assert prepared.sql == " ".join(expected).strip()
    used = dict.fromkeys(piece[1:] for piece in pieces if piece.startswith(":"))
    assert prepared.params == tuple(used)


@given(st.text(string.printable.replace("\n", ""), max_size=40), NAMES)
def test_nothing_in_a_comment_counts(comment: str, name: str) -> None:
    prepared = rewrite("any", f"SELECT 1 -- {comment}\nWHERE x = :{name}", "sqlite")

    assert prepared.params == (name,)
    assert prepared.sql.split() == ["SELECT", "1", "WHERE", "x", "=", "?1"]


def test_a_statement_knows_whether_it_gives_rows() -> None:
    texts = {
        "SELECT 1": True,
        "-- Why.\nSELECT 1;": True,
        "WITH a AS (SELECT 1) SELECT * FROM a": True,
        "UPDATE t SET a = 1 RETURNING a": True,
        "UPDATE t SET a = 1": False,
        "INSERT INTO t SELECT 1": False,
    }

    for text, returns in texts.items():
        assert rewrite("any", text, "sqlite").returns is returns
        assert not rewrite("any", text, "sqlite").sql.endswith(";")


def test_engines_have_the_same_statements_with_the_same_parameters() -> None:
    sqlite, postgres = load("sqlite"), load("postgres")
    # The place in the stream has two parts on PostgreSQL; its store gives both.
    other = {"stream_events"}

    assert set(postgres) - set(sqlite) == ONLY_POSTGRES
    for name, prepared in sqlite.items():
        if name not in other:
            assert set(prepared.params) == set(postgres[name].params), name
            assert prepared.returns == postgres[name].returns, name


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_every_statement_says_in_a_sentence_what_it_is_for(engine: str) -> None:
    import re

    from chat_server.storage.queries import sql_root

    folder = sql_root() / "queries"
    if engine == "postgres":
        folder = folder / "postgres"
    for file in folder.iterdir():
        if file.name.endswith(".sql"):
            parts = re.split(r"^-- name: (\w+)\s*$", file.read_text("utf-8"), flags=re.MULTILINE)
            for name, text in zip(parts[1::2], parts[2::2], strict=True):
                assert text.strip().startswith("-- "), name
