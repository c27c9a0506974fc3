"""A Chromium for tests: `CHROMIUM_BIN`, else one on PATH, else the one that npm has brought.

The npm package `@sparticuz/chromium` holds a compressed headless Chromium for Linux on x86-64 with
the few libraries that it needs; it is unpacked once, into `.cache/chromium`.
"""

import contextlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TypedDict

from tests.services.program import CACHE, ROOT, ServiceError, one_at_a_time

ON_PATH = (
    "chromium",
    "chromium-headless-shell",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ON_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PACKAGE = ROOT / "web_client" / "node_modules" / "@sparticuz" / "chromium" / "bin"
AXE = ROOT / "web_client" / "node_modules" / "axe-core" / "axe.min.js"

LAUNCH_ARGS = [
    # Inside a container, and as root, Chromium cannot build its sandbox; it sees our pages only.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # It talks to loopback and to nobody else.
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
]

LAUNCH_LIMIT_MS = 120_000
"""Reading a browser from a disk that is cold, on a machine that is busy."""

# Brotli is not part of Python, but it is part of node.
UNPACK = """
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
const [source, target] = process.argv.slice(-2);
await pipeline(
  createReadStream(source),
  createBrotliDecompress({ chunkSize: 1 << 21 }),
  createWriteStream(target),
);
"""

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/fonts-cache</cachedir></fontconfig>
"""


class LaunchOptions(TypedDict):
    executable_path: str
    args: list[str]
    headless: bool
    timeout: float


def launch_options() -> LaunchOptions:
    """What Playwright's `chromium.launch(**launch_options())` wants."""
    return {
        "executable_path": str(find_chromium()),
        "args": list(LAUNCH_ARGS),
        "headless": True,
        "timeout": LAUNCH_LIMIT_MS,
    }


def axe_source() -> str:
    """The accessibility checker, to be given to `page.evaluate` before `axe.run()`."""
    if not AXE.exists():
        raise ServiceError("there is no axe-core: run `make install`.")
    return AXE.read_text(encoding="utf-8")


def find_chromium() -> Path:
    """The program, or an error that says what to do."""
    named = os.environ.get("CHROMIUM_BIN")
    if named:
        return Path(named)
    for name in ON_PATH:
        found = shutil.which(name)
        if found:
            return Path(found)
    if ON_MACOS.exists():
        return ON_MACOS
    if sys.platform == "linux" and platform.machine() in ("x86_64", "AMD64"):
        return _unpacked()
    raise ServiceError("there is no Chromium: install chromium, or set CHROMIUM_BIN.")


def _unpacked() -> Path:
    if not PACKAGE.exists():
        raise ServiceError("there is no Chromium: run `make install`, or set CHROMIUM_BIN.")
    package = PACKAGE.parent / "package.json"
    folder = CACHE / "chromium"
    starter = folder / "start"
    with one_at_a_time("chromium"):
        fresh = starter.exists() and starter.stat().st_mtime >= package.stat().st_mtime
        if not fresh:
            shutil.rmtree(folder, ignore_errors=True)
            _unpack(folder)
            _write_starter(folder, starter)
    return starter


def _unpack(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("chromium", "swiftshader.tar", "fonts.tar", "al2023.tar"):
        target = folder / name
        subprocess.run(
            [
                *(str(ROOT / "scripts" / "node-env"), "node", "--input-type=module", "-e", UNPACK),
                *(str(PACKAGE / f"{name}.br"), str(target)),
            ],
            check=True,
        )
        if name.endswith(".tar"):
            with tarfile.open(target) as archive:
                # The first 3.11s do not know filters yet; the archive is pinned by its hash.
                archive.extraction_filter = getattr(tarfile, "data_filter", None)
                archive.extractall(folder)
            target.unlink()
    (folder / "chromium").chmod(0o755)
    (folder / "fonts.conf").write_text(FONTS.format(folder=folder))


def _write_starter(folder: Path, starter: Path) -> None:
    """A script that starts Chromium with what this machine lacks: its libraries, or all fonts."""
    lines = ["#!/bin/sh"]
    chromium = folder / "chromium"
    if not _runs(chromium, {}):
        libraries = {"LD_LIBRARY_PATH": str(folder / "lib")}
        if not _runs(chromium, libraries):
            raise ServiceError("Chromium does not run here: install chromium, or set CHROMIUM_BIN.")
        lines.append(f"export LD_LIBRARY_PATH='{folder / 'lib'}'")
    if not Path("/etc/fonts/fonts.conf").exists():
        lines.append(f"export FONTCONFIG_FILE='{folder / 'fonts.conf'}'")
    lines.append(f"exec '{chromium}' \"$@\"")
    starter.write_text("\n".join(lines) + "\n")
    starter.chmod(0o755)


def _runs(chromium: Path, environment: dict[str, str]) -> bool:
    with contextlib.suppress(OSError):
        done = subprocess.run(
            [chromium, "--version"], env=environment, capture_output=True, check=False
        )
        return done.returncode == 0
    return False
