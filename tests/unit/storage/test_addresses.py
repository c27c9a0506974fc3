"""An address chooses the engine, and loads no other."""

import subprocess
import sys
from pathlib import Path

import pytest

from chat_server.storage import is_shared, open_store
from chat_server.storage.postgres import PostgresStore
from chat_server.storage.sqlite import SqliteStore


def test_an_address_chooses_the_engine() -> None:
    assert isinstance(open_store("sqlite:///parley.db"), SqliteStore)
    assert isinstance(open_store("postgresql://parley@db.example/parley"), PostgresStore)
    assert not is_shared("sqlite:////var/lib/parley.db")
    assert is_shared("postgres://db.example/parley")


def test_three_slashes_are_relative_and_four_are_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    from chat_server.storage import migrate_url

    monkeypatch.chdir(tmp_path)

    asyncio.run(migrate_url("sqlite:///here/parley.db"))
    asyncio.run(migrate_url(f"sqlite:///{tmp_path}/there/parley.db"))

    assert (tmp_path / "here" / "parley.db").exists()
    assert (tmp_path / "there" / "parley.db").exists()


@pytest.mark.parametrize("url", ["", "parley.db", "sqlite://", "sqlite:///", "mysql://db/parley"])
def test_an_unknown_address_is_refused_with_what_is_known(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///path"):
        open_store(url)


def test_the_embedded_store_does_not_load_the_other_driver() -> None:
    code = (
        "import sys; from chat_server.storage import open_store;"
        "open_store('sqlite:///x.db'); print('asyncpg' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
