"""The word lists of moderation, read from `chat_server/moderation/`."""

import functools
import tomllib
from pathlib import Path
from typing import Final

from chat_server.domain.moderation import Lists, make_lists

FOLDER: Final = Path(__file__).parent.parent / "moderation"


@functools.cache
def word_lists() -> Lists:
    """The lists of all languages, made ready; read once."""
    files = sorted(FOLDER.glob("*.toml"))
    return make_lists({file.stem: tomllib.loads(file.read_text("utf-8")) for file in files})
