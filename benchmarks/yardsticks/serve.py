"""Starts one: `python -m benchmarks.yardsticks.serve (chat|echo|bare) PORT [DATABASE]`."""

import sys

import uvicorn
from starlette.types import ASGIApp

from benchmarks.yardsticks import echo, group_commit


def _app(name: str, database: str) -> ASGIApp:
    if name == "chat":
        return group_commit.create_app(database)
    return echo.through_starlette() if name == "echo" else echo.bare


def main(name: str, port: str, database: str = "") -> None:
    """Serves until SIGTERM, with the settings under which uvicorn is fastest."""
    uvicorn.run(
        _app(name, database),
        port=int(port),
        loop="asyncio",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        lifespan="auto" if name == "chat" else "off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
