"""Logs are facts: one JSON object a line, an event's name and ids, never message text, tokens or addresses."""

import logging
import sys
from typing import Any, Final

import structlog

KEPT: Final = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "taskName",
}
"""What every record has of itself; the rest was given as `extra`."""


LOUD: Final = (
    "uvicorn",
    "uvicorn.error",
    "uvicorn.access",
    "asyncio",
    "websockets",
    "httpx2",
    "httpcore2",
)
"""Of these only warnings are kept at any level: they would tell what is said, frame by frame."""


def _extras(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        event.update({k: v for k, v in record.__dict__.items() if k not in KEPT})
    return event


def configure(level: str) -> None:
    """Everything that is logged in this process goes to standard error, as JSON."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _extras,
        structlog.processors.format_exc_info,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in LOUD:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
