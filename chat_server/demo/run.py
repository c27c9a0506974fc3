"""The settings of the demo, and what it prints: which addresses to open."""

import os
from pathlib import Path
from typing import Any, Final

from chat_server.demo.market import STAFF, STAFF_PASSWORD
from chat_server.demo.routes import demo_keys

FOLDER: Final = Path("var/demo")


def overrides(host: str, port: int | None) -> dict[str, Any]:
    """Settings that the demo decides: its keys are new with every start, its files are its own."""
    values: dict[str, Any] = {
        **demo_keys(),
        "host": host,
        "demo": True,
        "cookie_secure": False,
        "brand_name": "Karavela",
        "brand_color": "#b4482a",
    }
    if port is not None:
        values["port"] = port
    if "PARLEY_LOG_LEVEL" not in os.environ:
        values["log_level"] = "warning"
    if "PARLEY_STORE" not in os.environ:
        values["store"] = f"sqlite:///{FOLDER / 'parley.db'}"
    if "PARLEY_PHOTO_STORE" not in os.environ:
        values["photo_store"] = str(FOLDER / "photos")
    return values


def greeting(url: str) -> str:
    """What to open."""
    return "\n".join(
        (
            "",
            "  Parley runs. Open in a browser:",
            f"    {url}/               the demo marketplace: sign in as somebody, write to a seller",
            f"    {url}/side-by-side   a buyer and a seller beside each other",
            f"    {url}/console        the support team: {STAFF[0][0]}, password: {STAFF_PASSWORD}",
            f"    {url}/faq            the FAQ's public pages",
            f"    {url}/docs           the API",
            "  Stop it with Ctrl+C.",
            "",
        )
    )
