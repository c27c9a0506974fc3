"""What Parley costs before anybody has come: time to start, memory, and bytes of the widget."""

import gzip
import re
from pathlib import Path
from statistics import median

from benchmarks.measures import Figure
from benchmarks.parley import command, settings
from benchmarks.process import Server, free_port

DIST = Path(__file__).parent.parent / "web_client" / "dist"

_ASSET = re.compile(r"""(?:src|href)="\.?/?(assets/[^"]+)\"""")
_STATIC = re.compile(r"""(?:^|;)\s*(?:import|export)[^;()]*?["']\./([^"']+\.js)["']""")
_STYLE = re.compile(r"""["'](?:\./)?(assets/[^"']+\.css)["']""")


def measure(folder: Path, rounds: int) -> list[Figure]:
    """Starts servers on fresh stores, migration included."""
    times, resident, private = [], [], []
    for number in range(rounds):
        home = folder / f"start{number}"
        home.mkdir()
        port = free_port()
        log = home / "log"
        with Server(command("serve"), port, env=settings(port, home), log=log) as server:
            times.append(server.ready_after)
            resident.append(server.rss() / 1e6)
            private.append(server.uss() / 1e6)
    note = f"{median(private):.0f} MB of it private"
    return [
        Figure("start", median(times), note="fresh store, migrated on the way"),
        Figure("empty", median(resident), note=note),
    ]


def widget() -> list[Figure]:
    """Bytes as they would travel, gzip level 9; nothing where the client has not been built."""
    page = DIST / "widget.html"
    loader = next(
        (path for path in (DIST / "widget.js", DIST / "loader.js") if path.exists()), None
    )
    figures = []
    if loader is not None:
        figures.append(Figure("loader", _packed(loader) / 1e3))
    if page.exists():
        files = _needed(page)
        names = ", ".join(sorted(file.name.partition("-")[0] for file in files))
        figures.append(Figure("widget", sum(map(_packed, files)) / 1e3, note=names))
    return figures


def _needed(page: Path) -> list[Path]:
    """The page, what it names, what that imports at once, its styles, and one language's words."""
    files = [page, *(DIST / name for name in _ASSET.findall(page.read_text()))]
    for file in files:
        if file.suffix == ".js":
            text = file.read_text()
            found = [file.parent / name for name in _STATIC.findall(text)]
            found += [DIST / name for name in _STYLE.findall(text)]
            files += [path for path in dict.fromkeys(found) if path.exists() and path not in files]
    words = sorted(DIST.glob("assets/core.en*.js"))
    return files + [path for path in words[:1] if path not in files]


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
