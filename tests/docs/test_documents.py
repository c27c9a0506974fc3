"""What the documents promise is what there is: tables, commands, links, and the settings of every layer."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from chat_server.__main__ import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def test_every_table_says_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "docs"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.returncode == 0


def test_every_command_stands_in_the_operators_page() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")

    missing = [name for name in cli.commands if f"`parley {name}" not in page]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text("utf-8"))

    broken = [target for target in targets if not (page.parent / target).exists()]

    assert broken == []


def test_every_room_of_the_server_is_drawn() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = [
        path.name.removesuffix(".py")
        for path in (ROOT / "chat_server").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.name != "__init__.py"
    ]

    missing = [room for room in rooms if room not in picture]

    assert missing == []
