"""One `parley demo` process of the tests' own, with its own SQLite file, and what its database holds."""

import asyncio
import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from typing_extensions import override

from tests.e2e.node import ServerNode, ServerProgram, command
from tests.e2e.truth import POSTED, Row, read_truth

FILE: Final = "parley.sqlite3"


@functools.cache
def _seed() -> Path:
    """What a demo leaves behind that is started with nothing, and ended at once."""
    folder = Path(tempfile.mkdtemp(prefix="parley-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    node = DemoNode(folder)
    node.program.start()
    node.program.stop()
    node.program.log.unlink()
    return folder


class DemoNode(ServerNode):
    """The demo market on a port of its own that it keeps over restarts."""

    def __init__(self, folder: Path, **settings: object) -> None:
        """`settings` are those of the server, in its spelling without the prefix."""
        super().__init__(folder, f"sqlite:///{folder / FILE}", **{"bot": "1", **settings})

    @override
    async def start(self, wrap: Callable[[list[str]], list[str]] | None = None) -> None:
        """Its first start finds what one of this process has written before: to seed takes seconds."""
        if not (self.folder / FILE).exists():
            seeded = await asyncio.to_thread(_seed)
            shutil.copytree(seeded, self.folder, dirs_exist_ok=True)
        await super().start(wrap)

    def told(self, **settings: object) -> None:
        """Changes settings, for its next start."""
        self._values.update(settings)
        self.url = str(self._values.get("base_url", self.url))
        self.program = self._new_program()

    async def stored(self, text: str) -> list[Row]:
        """Every message with exactly this text, read past the server."""
        truth = await read_truth(self.store)
        rows = [row for talk in truth.talks.values() for row in talk.rows]
        return [row for row in rows if row.kind == POSTED and row.text == text]

    @override
    def _new_program(self) -> ServerProgram:
        return ServerProgram(
            command("demo"), self.folder, self.is_ready, environment=self._environment()
        )
